"""One chat that floods costs the others nothing: beyond a burst, its messages are let go without a reply."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

BURST = 12
"""Messages in a row that are all answered."""
PER_SECOND = 1.0
"""How fast a chat earns another answer."""
REMEMBERED = 10_000


GROUP_PER_SECOND = 0.25
"""The same in a group, where Telegram takes twenty messages a minute."""


class Calm:
    """A bucket of answers per chat, while the bot runs; asked as soon as an update arrives, before it waits."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._left: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def take(self, chat: int) -> float:
        """Take one answer out of this chat's bucket; what was left before, 0 or less when it was empty."""
        now = self._monotonic()
        left, since = self._left.pop(chat, (float(BURST), now))
        earned = (now - since) * (PER_SECOND if chat > 0 else GROUP_PER_SECOND)
        left = min(float(BURST), left + earned)
        self._left[chat] = (max(-1.0, left - 1), now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return left
