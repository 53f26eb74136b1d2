"""An even pace towards Telegram: replies before bulk, one message a second per chat, twenty a minute per group.

Spreading messages evenly keeps below the limits; waiting for refusals, as reacting limiters do, bursts first
and is refused. Limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.network.latency import Latency

PER_SECOND = 29.4
"""Messages a second over all chats. AT_MOST in a SECOND would allow 29.7: what lies between is the room in which
delays of a busy machine are made up for, so that a broadcast as a whole keeps this pace."""
AT_MOST = 30
"""Never more than this many within a second, however late some of them arrive."""
SECOND = 1.01
"""A second, with room for clocks that differ."""
CATCH_UP = 10
"""So many messages late, at most, are made up for, at no more than twice the pace: all else would be a burst."""
PER_CHAT_SECONDS = 1.01
PER_GROUP_MINUTE = 20

REMEMBERED_CHATS = 10_000

Callback = Callable[..., Coroutine[Any, Any, Any]]


@dataclass(slots=True)
class _Chat:
    """One chat: one message under way at a time, and when the last ones had certainly arrived."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    sent: deque[float] = field(default_factory=lambda: deque(maxlen=PER_GROUP_MINUTE))

    def free_at(self, apart: float, *, group: bool) -> float:
        """From when on another message may go to this chat."""
        if not self.sent:
            return 0.0
        free = self.sent[-1] + apart
        if group and len(self.sent) == PER_GROUP_MINUTE:
            free = max(free, self.sent[0] + 60)
        return free


class NotWantedError(Exception):
    """While it waited for its turn, the message stopped being wanted; it was not sent."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How urgent a message is (lower goes first), and whether it is still wanted when its turn comes."""

    priority: int
    wanted: Callable[[], bool] = lambda: True


REPLY, NEEDED, BULK = Turn(0), Turn(0), Turn(1)
"""A reply to a chat that sends too fast may be left out; one that is needed, never."""


class EvenPace(BaseRateLimiter[Turn]):
    """Gives each message a moment to leave; other calls pass at once.

    `rate_limit_args` is a Turn, REPLY if left out. After a refusal everything waits until one deadline.
    """

    def __init__(
        self,
        per_second: float = PER_SECOND,
        per_chat_seconds: float = PER_CHAT_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._between = 1 / per_second
        self._most = int(AT_MOST * per_second / PER_SECOND)
        self._per_chat = per_chat_seconds
        self._turn = 0.0
        self._last_left = 0.0
        self._halted_until = 0.0
        self._under_way = 0
        self._arrived: deque[float] = deque()
        self._latency = Latency()
        self._answered = asyncio.Event()
        self._chats: OrderedDict[int, _Chat] = OrderedDict()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._serving: asyncio.Task[None] | None = None

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Stop serving the queue."""
        if self._serving is not None:
            self._serving.cancel()

    async def process_request(
        self,
        callback: Callback,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Turn | None,
    ) -> Any:
        """Call back when it is this request's turn, again when Telegram says to wait."""
        if not endpoint.startswith("send") or endpoint == "sendChatAction":
            return await self._call(callback, args, kwargs)
        number = int(data.get("chat_id", 0))
        chat = self._chat(number)
        async with chat.lock:
            while True:
                await self._until(chat.free_at(self._per_chat, group=number < 0))
                turn = rate_limit_args or REPLY
                await self._next_turn(turn.priority)
                left = self._monotonic()
                try:
                    if not turn.wanted():
                        raise NotWantedError
                    result = await callback(*args, **kwargs)
                    self._latency.add(self._monotonic() - left)
                except RetryAfter as refusal:
                    # It takes a new turn: else all that waited would leave at once when the halt is over.
                    self._halt(refusal)
                else:
                    return result
                finally:
                    # Counted from the answer on: by then the message has certainly arrived.
                    chat.sent.append(self._monotonic())
                    self._arrived.append(self._monotonic())
                    self._leave()

    async def _call(self, callback: Callback, args: Any, kwargs: dict[str, Any]) -> Any:
        while True:
            # Without a turn of the event loop for nothing: three of these belong to each tap.
            if self._halted_until > self._monotonic():
                await self._until(self._halted_until)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refusal:
                self._halt(refusal)

    def _halt(self, refusal: RetryAfter) -> None:
        self._halted_until = max(self._halted_until, self._monotonic() + seconds(refusal) + 0.1)
        # What was halted is not late: nothing is made up for it.
        self._turn = max(self._turn, self._halted_until)

    def _leave(self) -> None:
        self._under_way -= 1
        self._answered.set()

    async def _until(self, moment: float) -> None:
        await asyncio.sleep(max(0.0, moment - self._monotonic()))

    def _chat(self, number: int) -> _Chat:
        chat = self._chats.setdefault(number, _Chat())
        self._chats.move_to_end(number)
        while len(self._chats) > REMEMBERED_CHATS and not self._chats[next(iter(self._chats))].lock.locked():
            self._chats.popitem(last=False)
        return chat

    async def _next_turn(self, priority: int) -> None:
        """Wait for a turn of the whole bot; replies are served before bulk."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, next(self._order), turn))
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()
            raise

    async def _serve(self) -> None:
        # To have had nothing to send is no delay: nothing is made up for it.
        self._turn = max(self._turn, self._monotonic())
        while self._waiting:
            await self._until(max(self._turn, self._last_left + self._between / 2, self._halted_until))
            await self._room()
            if self._halted_until > self._monotonic():
                continue
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                now = self._monotonic()
                self._turn = max(self._turn, now - CATCH_UP * self._between) + self._between
                self._last_left = now
                self._under_way += 1
                turn.set_result(None)

    async def _room(self) -> None:
        """Wait until one more fits in any second, whenever those that are under way turn out to arrive.

        What leaves evenly may arrive in a bunch, behind a slow connection or a busy machine. When it arrived is
        not known, but the way back of the one and the way there of the other take, together, no less than a
        call at its shortest: so much earlier may the other leave. Else a server far away would slow it all down.
        """
        while True:
            now, apart = self._monotonic(), SECOND - self._latency.at_least
            while self._arrived and self._arrived[0] <= now - apart:
                self._arrived.popleft()
            if self._under_way + len(self._arrived) < self._most:
                return
            if self._arrived:
                await self._until(self._arrived[0] + apart)
            else:
                self._answered.clear()
                await self._answered.wait()


def seconds(refusal: RetryAfter) -> float:
    """How long Telegram says to wait."""
    wait = refusal.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
