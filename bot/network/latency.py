"""How long it takes a message to go to Telegram and be answered, at the least."""

from __future__ import annotations

import bisect
from collections import deque

REMEMBERED = 1000
"""Calls."""
ENOUGH = 100
"""Calls; with fewer, all of them may have had bad luck."""

UNSTEADY = 0.02
"""Seconds."""


class Latency:
    """What a call takes at the least, by the last ones."""

    def __init__(self) -> None:
        self._calls: deque[float] = deque(maxlen=REMEMBERED)
        self._sorted: list[float] = []

    @property
    def at_least(self) -> float:
        """Seconds; 0 while too few calls are known to tell, or they differ too much.

        The shortest of all, less twice what the shortest tenth differ among themselves: the more calls differ, the
        less likely it is that any of them had luck on both ways.
        """
        if len(self._sorted) < ENOUGH:
            return 0.0
        shortest, tenth = self._sorted[0], self._sorted[len(self._sorted) // 10]
        differ = tenth - shortest
        return max(0.0, shortest - 2 * differ) if differ <= UNSTEADY else 0.0

    def add(self, seconds: float) -> None:
        """One more call took this long."""
        if len(self._calls) == REMEMBERED:
            del self._sorted[bisect.bisect_left(self._sorted, self._calls[0])]
        self._calls.append(seconds)
        bisect.insort(self._sorted, seconds)
