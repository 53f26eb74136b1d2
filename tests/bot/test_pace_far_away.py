"""The pace against servers near and far, on machines that are busy: never refused, and hardly ever slower."""

from __future__ import annotations

import asyncio
import itertools
import random
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from skipped_time import SkippedTime, in_skipped_time

from bot.network.pace import AT_MOST, BULK, EvenPace
from bot.schedule.outbox import AT_ONCE


@dataclass
class Server:
    """Messages take `there` to arrive and `back` to be answered, each up to `jitter` more. All in seconds.

    The loop is busy for `stall` once a second, as with a look at what is due.
    """

    there: float
    back: float
    jitter: float = 0.0
    stall: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    arrived: list[float] = field(default_factory=list)

    async def take(self) -> bool:
        """One message."""
        await asyncio.sleep(self.there + self.chance.random() * self.jitter)
        self.arrived.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.back + self.chance.random() * self.jitter)
        return True


async def broadcast(server: Server, messages: int) -> None:
    """Send so many, as many at once as the outbox does."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SkippedTime)
    pace, room = EvenPace(monotonic=loop.time), asyncio.Semaphore(AT_ONCE)

    async def send(chat: int) -> None:
        async with room:
            await pace.process_request(server.take, (), {}, "sendMessage", {"chat_id": chat}, BULK)

    async def busy() -> None:
        while True:
            loop.stall(server.stall)
            await asyncio.sleep(1)

    stalling = asyncio.create_task(busy())
    await asyncio.gather(*(send(chat) for chat in range(1, messages + 1)))
    stalling.cancel()


def rate(server: Server, messages: int = 2000) -> float:
    """Messages a second, from the first to the last."""
    in_skipped_time(broadcast(server, messages))
    assert len(server.arrived) == messages
    return (messages - 1) / (server.arrived[-1] - server.arrived[0])


def worst(server: Server) -> int:
    """The most that arrived within any second."""
    return max(
        sum(first <= moment < first + 1 for moment in itertools.islice(server.arrived, start, start + 60))
        for start, first in enumerate(server.arrived)
    )


def test_a_server_that_is_far_away_costs_no_pace() -> None:
    """At least 95% of what Telegram allows, however long a message is under way, up to half a second."""
    for way in (0.0, 0.01, 0.05, 0.1, 0.25):
        server = Server(there=way, back=way)
        assert rate(server) >= 0.95 * AT_MOST, way
        assert worst(server) <= AT_MOST


def test_a_busy_machine_makes_up_for_what_it_missed() -> None:
    """A loop that is busy for a fiftieth of each second sends as much in the end, and never too much at once."""
    server = Server(there=0.02, back=0.02, stall=0.02)
    assert rate(server) >= 0.95 * AT_MOST
    assert worst(server) <= AT_MOST


@given(
    there=st.floats(0, 0.25),
    back=st.floats(0, 0.25),
    jitter=st.floats(0, 0.2),
    stall=st.floats(0, 0.2),
    seed=st.integers(0, 1000),
)
@settings(max_examples=25)
def test_no_second_ever_holds_more_than_telegram_allows(
    there: float, back: float, jitter: float, stall: float, seed: int
) -> None:
    """Wherever the server is, however unevenly messages reach it, and however busy the machine is."""
    server = Server(there, back, jitter, stall, random.Random(seed))
    rate(server, 300)
    assert worst(server) <= AT_MOST
