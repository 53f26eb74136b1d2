"""How fast a bot may send, counted the way Telegram words it; refuses early rather than late.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a
second overall, one a second in a single chat, 20 a minute in a group. Telegram tolerates short bursts in one
chat; this does not, so that a bot which passes here has room to spare there.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `most` sends in any window of `seconds`."""

    most: int
    seconds: float


OVERALL = Rule(30, 1.0)
PRIVATE_CHAT = Rule(1, 1.0)
GROUP = Rule(20, 60.0)


class Limits:
    """Remembers accepted sends and refuses the one too many. `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float], *, on: bool = True) -> None:
        self.on = on
        self.refused = 0
        self._clock = clock
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}

    def take(self, chat_id: int) -> None:
        """Count one send to this chat (groups have negative ids).

        Raises ApiError 429 with retry_after in whole seconds; a refused send is not counted as sent.
        """
        if not self.on:
            return
        now = self._clock()
        own = PRIVATE_CHAT if chat_id > 0 else GROUP
        chat = self._chats.setdefault(chat_id, deque())
        wait = max(_wait(self._all, OVERALL, now), _wait(chat, own, now))
        if wait > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        self._all.append(now)
        chat.append(now)


def _wait(sent: deque[float], rule: Rule, now: float) -> float:
    """Seconds until one more send fits; forgets what fell out of the window."""
    while sent and sent[0] <= now - rule.seconds:
        sent.popleft()
    return sent[0] + rule.seconds - now if len(sent) >= rule.most else 0.0
