"""One chat that floods costs the others nothing: beyond a burst, its messages are let go without a reply."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

BURST = 12
"""Messages in a row that are all answered."""
PER_SECOND = 0.5
"""How fast a chat earns another answer. Slower than replies go out, one a second: by webhook a chat's next message
comes when the one before it was answered, and would never be too much."""
RESTED = 6
"""Answers that a chat has to earn again once it ran out: what floods is let go quickly, and not one by one."""
REMEMBERED = 10_000


GROUP_PER_SECOND = 0.25
"""The same in a group, where Telegram takes twenty messages a minute."""


class Calm:
    """A bucket of answers per chat, while the bot runs; asked as soon as an update arrives, before it waits."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._left: OrderedDict[int, tuple[float, float, bool]] = OrderedDict()

    def take(self, chat: int) -> float:
        """Take one answer out of this chat's bucket; what was left before.

        Less than 1 when it runs out just now, and less than 0 from then on, until the chat has rested.
        """
        now = self._monotonic()
        left, since, out = self._left.pop(chat, (float(BURST), now, False))
        earned = (now - since) * (PER_SECOND if chat > 0 else GROUP_PER_SECOND)
        left = min(float(BURST), left + earned)
        out = out and left < RESTED
        self._left[chat] = (max(-1.0, left - 1), now, out or left < 1)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return -1.0 if out else left
