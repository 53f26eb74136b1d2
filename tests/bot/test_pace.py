"""The pace towards Telegram: even, replies first, apart per chat, and one halt after a refusal."""

from __future__ import annotations

import asyncio
import itertools
import random
import time

from telegram.error import RetryAfter

from bot.network.pace import BULK, REPLY, EvenPace, Turn

Log = list[tuple[float, int, Turn]]


async def send(pace: EvenPace, log: Log, chat: int, kind: Turn = REPLY) -> None:
    """One message; the log says when it left, to whom, and of which kind."""

    async def call() -> bool:
        log.append((time.monotonic(), chat, kind))
        return True

    await pace.process_request(call, (), {}, "sendMessage", {"chat_id": chat}, kind)


async def test_messages_leave_evenly() -> None:
    """No burst at the start: that is what gets a bot refused."""
    pace, log = EvenPace(per_second=100, per_chat_seconds=0), Log()
    begin = time.monotonic()
    await asyncio.gather(*(send(pace, log, chat) for chat in range(40)))
    assert len(log) == 40
    assert log[-1][0] - begin >= 0.38
    assert sum(moment - begin < 0.1 for moment, _, _ in log) <= 12


async def test_replies_go_before_bulk() -> None:
    """Somebody who taps does not wait for a broadcast."""
    pace, log = EvenPace(per_second=100, per_chat_seconds=0), Log()
    broadcast = [asyncio.create_task(send(pace, log, chat, BULK)) for chat in range(30)]
    await asyncio.sleep(0.05)
    await send(pace, log, 999)
    assert len(log) < 15
    await asyncio.gather(*broadcast)
    assert len(log) == 31


async def test_one_chat_gets_its_messages_apart_and_in_order() -> None:
    """One message at a time per chat, with the time between them counted from when the last had arrived."""
    pace, log = EvenPace(per_second=1000, per_chat_seconds=0.1), Log()
    await asyncio.gather(
        *(send(pace, log, 5) for _ in range(4)), *(send(pace, log, chat) for chat in range(6, 20))
    )
    own = [moment for moment, chat, _ in log if chat == 5]
    assert all(later - earlier >= 0.099 for earlier, later in itertools.pairwise(own))
    assert {chat for moment, chat, _ in log if moment < own[1]} >= set(range(6, 20))


async def test_after_a_refusal_everything_waits_and_nothing_is_lost() -> None:
    """Telegram's own waiting time counts for every chat, and the refused message still goes."""
    pace, log = EvenPace(per_second=1000, per_chat_seconds=0), Log()
    refused = 0

    async def call() -> bool:
        nonlocal refused
        if not refused:
            refused += 1
            raise RetryAfter(1)
        log.append((time.monotonic(), 1, REPLY))
        return True

    begin = time.monotonic()
    first = asyncio.create_task(pace.process_request(call, (), {}, "sendMessage", {"chat_id": 1}, REPLY))
    await asyncio.sleep(0.05)
    await send(pace, log, 2)
    await first
    assert len(log) == 2
    assert min(moment for moment, _, _ in log) - begin >= 1


async def test_after_a_refusal_nothing_bursts() -> None:
    """All that waited during a halt leaves evenly afterwards: a burst would be refused again."""
    pace, log = EvenPace(per_second=100, per_chat_seconds=0), Log()
    halted = False

    async def call() -> bool:
        nonlocal halted
        if not halted:
            halted = True
            raise RetryAfter(0)
        log.append((time.monotonic(), 0, REPLY))
        return True

    calls = (pace.process_request(call, (), {}, "sendMessage", {"chat_id": chat}, REPLY) for chat in range(30))
    await asyncio.gather(*calls)
    moments = [moment for moment, _, _ in log]
    # Where the machine stalled it is made up for at twice the pace, no faster; a burst takes a millisecond or two.
    assert all(later - earlier >= 0.03 for earlier, later in zip(moments, moments[8:], strict=False))


async def test_messages_that_arrive_in_a_bunch_still_keep_the_limit() -> None:
    """However unevenly messages arrive, no second holds more of them than Telegram allows."""
    pace, arrived = EvenPace(per_second=95, per_chat_seconds=0), []
    delay = random.Random(1)

    async def call() -> bool:
        # Ten at a time, as behind a connection that stalls.
        await asyncio.sleep(0.3 - time.monotonic() % 0.3 + delay.random() / 100)
        arrived.append(time.monotonic())
        return True

    calls = (pace.process_request(call, (), {}, "sendMessage", {"chat_id": chat}, REPLY) for chat in range(160))
    await asyncio.gather(*calls)
    assert len(arrived) == 160
    assert all(later - earlier > 1 for earlier, later in zip(arrived, arrived[100:], strict=False))


async def test_what_is_no_message_is_not_held_up() -> None:
    """Answering a tap and editing pass at once, also while a broadcast waits."""
    pace, log = EvenPace(per_second=5, per_chat_seconds=1), Log()
    broadcast = [asyncio.create_task(send(pace, log, chat, BULK)) for chat in range(5)]
    await asyncio.sleep(0)

    async def call() -> str:
        return "at once"

    answer = await pace.process_request(call, (), {}, "answerCallbackQuery", {"callback_query_id": "1"}, None)
    assert (answer, len(log) < 5) == ("at once", True)
    await pace.shutdown()
    for task in broadcast:
        task.cancel()
    await asyncio.gather(*broadcast, return_exceptions=True)
