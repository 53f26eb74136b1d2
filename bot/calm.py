"""One chat that floods costs the others nothing: beyond a burst, its messages are let go without a reply."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

BURST = 20
"""Messages in a row that are all answered."""
PER_SECOND = 1.0
"""How fast a chat earns another answer."""
REMEMBERED = 10_000


class Calm:
    """A bucket of answers per chat, while the bot runs. Taps are never let go: only what a flood is made of."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._left: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def take(self, chat: int) -> float:
        """Take one answer out of this chat's bucket; what was left before, 0 or less when it was empty."""
        now = self._monotonic()
        left, since = self._left.pop(chat, (float(BURST), now))
        left = min(float(BURST), left + (now - since) * PER_SECOND)
        self._left[chat] = (max(-1.0, left - 1), now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return left
