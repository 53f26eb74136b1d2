"""A question to 2,000 people at once, against a server that enforces Telegram's limits, as a table.

python tests/proofs/broadcast.py [--quick]

The bot is the real `naastbot run`, as a process of its own; the server is the sandbox, in this process, with its
limits on: 30 messages in any second, one in any second per chat, 20 in any minute per group. Some people write and
tap meanwhile. Ends with 1 when a figure is not reached.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bot"))

from bench import Bench
from organisation import QUESTION, Run, ask_everybody, asked, settle
from privacy.adversary.tables import markdown

from bot.network.pace import EvenPace
from bot.run import build, furnish
from bot.sandbox.limits import OVERALL
from bot.sandbox.model import User
from bot.sandbox.server import Sandbox
from bot.schedule.due import due
from bot.settings import read_settings
from storage.store import open_store

TEAMS, PEOPLE = 50, 2000
SHARE = 0.95
"""Of the server's limit, from the first message of the broadcast to the last."""
BETWEEN_ACTS = 1.0
"""Seconds on average between two people who do something during the broadcast."""


@dataclass
class Figures:
    """What was measured."""

    planning: float = 0.0
    first_after: float = 0.0
    length: float = 0.0
    messages: int = 0
    reached: int = 0
    doubled: int = 0
    refused: int = 0
    processor: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Messages a second over the whole broadcast, as a share of the limit."""
        return (self.messages - 1) / self.length / OVERALL.most if self.length else 0.0


async def broadcast(directory: Path, teams: int, people: int) -> Figures:
    """Ask everybody, and wait until everybody has been asked."""
    found = Figures()
    async with Sandbox(limits=True) as sandbox:
        b = Bench(sandbox, directory / "data")
        users = settle(b, teams, people)
        found.planning = planning(b, directory / "copy")
        run = Run(b, directory / "log")
        await run.start()
        await asyncio.sleep(2)
        ask_everybody(b)
        asked_at = b.sandbox.world.state.now()
        began = time.monotonic()
        busy = asyncio.create_task(people_meanwhile(b, users, found))
        deadline = began + 20 + 2 * people / OVERALL.most
        waiting = users
        while waiting and time.monotonic() < deadline:
            # Not often, and only at those who wait: looking keeps the server from answering.
            await asyncio.sleep(1)
            waiting = [user for user in waiting if not asked(b, user)]
        wall = time.monotonic() - began
        busy.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await busy
        await run.end()
        count(b, users, found)
        found.first_after -= asked_at.timestamp()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.processor = (used.ru_utime + used.ru_stime) / wall
        print((directory / "log").read_text(), file=sys.stderr)
    return found


def planning(b: Bench, copy: Path) -> float:
    """Seconds that one look at what is due takes, with everybody to be planned; on a copy of the files."""
    shutil.copytree(b.data, copy)
    beside = Bench(b.sandbox, copy)
    ask_everybody(beside)
    settings = read_settings(beside.env)
    store = open_store(settings.data)
    house = furnish(settings, store, build(settings, b.sandbox.token, EvenPace()).bot)
    house.shelf.refresh()
    began = time.perf_counter()
    list(due(house))
    took = time.perf_counter() - began
    store.close()
    return took


async def people_meanwhile(b: Bench, users: list[User], found: Figures) -> None:
    """Now and then somebody who was asked a while ago answers, or somebody wants help; each waits for a reply."""
    chance, acting, done = random.Random(1), set[asyncio.Task[None]](), set[int]()
    try:
        while True:
            await asyncio.sleep(chance.expovariate(1 / BETWEEN_ACTS))
            user, now = chance.choice(users), b.sandbox.world.state.now()
            if user.id in done or any((now - at).total_seconds() < 2 for at in asked(b, user)):
                continue
            done.add(user.id)
            acting.add(asyncio.create_task(act(b, user, found)))
    finally:
        await asyncio.gather(*acting, return_exceptions=True)


async def act(b: Bench, user: User, found: Figures) -> None:
    """Answer the question if it is there, else ask for help; note how long the reply took."""
    world, began = b.sandbox.world, time.monotonic()
    chat = world.chat(user)
    before = len(chat.messages)
    if asked(b, user):
        world.tap(user, chat.last, "Goed")
    else:
        world.say(user, user, "/help")

    def replied() -> bool:
        return any(m.sender == world.bot and QUESTION not in m.text for m in chat.messages[before:])

    with contextlib.suppress(TimeoutError):
        await world.until(chat, replied, 30)
    found.waits.append(time.monotonic() - began)


def count(b: Bench, users: list[User], found: Figures) -> None:
    """What the server saw."""
    per_person = [asked(b, user) for user in users]
    moments = [moment.timestamp() for moments in per_person for moment in moments]
    first, last = min(moments), max(moments)
    every = [
        m.date.timestamp()
        for user in users
        for m in b.sandbox.world.chat(user).messages
        if m.sender == b.sandbox.world.bot
    ]
    found.first_after = first
    found.length = last - first
    found.messages = sum(first <= moment <= last for moment in every)
    found.reached = sum(bool(times) for times in per_person)
    found.doubled = sum(len(times) - 1 for times in per_person if times)
    found.refused = b.sandbox.refused


def main(quick: bool) -> int:
    """Print the table; 0 when every figure is reached."""
    logging.disable(logging.CRITICAL)
    teams, people = (5, 200) if quick else (TEAMS, PEOPLE)
    with tempfile.TemporaryDirectory() as directory:
        found = asyncio.run(broadcast(Path(directory), teams, people))
    waits = statistics.quantiles(found.waits, n=20) if len(found.waits) > 1 else [0.0] * 19
    rows = [
        ("people who were asked", f"{found.reached} of {people}", "all"),
        ("asked twice", str(found.doubled), "0"),
        ("refusals (429)", str(found.refused), "0"),
        ("messages in all, first to last", f"{found.messages} in {found.length:.1f} s", ""),
        ("share of 30 a second", f"{100 * found.share:.1f}%", f"≥ {100 * SHARE:.0f}%"),
        ("first message after the ask", f"{found.first_after:.1f} s", "≤ 5 s"),
        ("replies meanwhile, median", f"{statistics.median(found.waits):.2f} s ({len(found.waits)} of them)", ""),
        ("replies meanwhile, 95th percentile", f"{waits[18]:.2f} s", "≤ 2 s"),
        ("planning, one look", f"{1000 * found.planning:.0f} ms", ""),
        ("processor time of the bot", f"{100 * found.processor:.0f}% of one", ""),
    ]
    print(f"\n{people} people in {teams} teams\n")
    print(markdown(("what", "measured", "figure"), rows))
    return 0 if fine(found, people) else 1


def fine(found: Figures, people: int) -> bool:
    """Whether every figure was reached."""
    whole = found.reached == people and not found.doubled and not found.refused
    return whole and found.share >= SHARE and found.first_after <= 5


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
