"""How long it takes a message to go to Telegram and be answered, at the least."""

from __future__ import annotations

import bisect
from collections import deque

REMEMBERED = 1000
"""Calls."""
ENOUGH = 30
"""Calls; before that the first ones, which set up their connections, would count for too much."""


class Latency:
    """What a call takes at the least, by the last ones."""

    def __init__(self) -> None:
        self._calls: deque[float] = deque(maxlen=REMEMBERED)
        self._sorted: list[float] = []

    @property
    def at_least(self) -> float:
        """Seconds; 0 while too few calls are known to tell.

        The shortest of all, less what the shortest tenth differ among themselves: where calls differ much, none
        of them may have had luck on both ways.
        """
        if len(self._sorted) < ENOUGH:
            return 0.0
        return max(0.0, 2 * self._sorted[0] - self._sorted[len(self._sorted) // 10])

    def add(self, seconds: float) -> None:
        """One more call took this long."""
        if len(self._calls) == REMEMBERED:
            del self._sorted[bisect.bisect_left(self._sorted, self._calls[0])]
        self._calls.append(seconds)
        bisect.insort(self._sorted, seconds)
