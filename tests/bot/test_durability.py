"""kill -9 at random moments under load: no answer is lost, none is counted twice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

from bench import ROOT, START, Bench, polled

from bot.sandbox.model import Message, User
from bot.sandbox.server import Sandbox
from storage.store import open_store

PEOPLE = 12
KILLS = int(os.environ.get("NAASTBOT_KILLS", "8"))
"""A tenth of the full proof is enough to notice; `make proof` asks for more."""


class Process:
    """`naastbot run` as a process of its own, that can be killed."""

    def __init__(self, b: Bench) -> None:
        self._bench = b
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait for its first request for updates."""
        sandbox = self._bench.sandbox
        before = sandbox.calls["getupdates"]
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=ROOT,
            env={**os.environ, **self._bench.env},
            stderr=asyncio.subprocess.DEVNULL,
        )
        await polled(sandbox, before)

    async def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)
            await self._process.wait()


async def tap_until_confirmed(b: Bench, user: User, message: Message, label: str) -> None:
    """Tap like a person who sees nothing happen: again after a while, until the message shows the choice."""
    while f"✓ {label}" not in message.text:
        if label in message.labels:
            b.sandbox.world.tap(user, message, label)
        with contextlib.suppress(TimeoutError):
            await b.sandbox.world.until(user, lambda: f"✓ {label}" in message.text, 3)


async def person(b: Bench, user: User, chance: random.Random, given: dict[int, str]) -> None:
    """Ask for the question of this round, and answer it."""
    question: Message | None = None
    while question is None:
        b.sandbox.world.say(user, user, "/checkin")
        await asyncio.sleep(chance.random())
        with contextlib.suppress(TimeoutError):
            question = await b.sandbox.world.next_message(user, after=0, within=5)
            if "Hoe gaat het" not in question.text:
                question = next(
                    (m for m in b.sandbox.world.chat(user).messages if m.text.startswith("De Linde\n\nHoe gaat")),
                    None,
                )
    label = chance.choice(["Goed", "Wisselend", "Zwaar"])
    await tap_until_confirmed(b, user, question, label)
    given[user.id] = label.lower()


async def test_kill_nine_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Every answer that a person saw confirmed is in the file exactly once, however often the bot is killed."""
    chance = random.Random(7)
    async with Sandbox(limits=False) as sandbox:
        b = Bench(sandbox, tmp_path / "data")
        b.set_clock(START)
        await b.start()
        team = await b.team()
        users = [sandbox.world.user(f"Persoon {number}") for number in range(PEOPLE)]
        await asyncio.gather(*(b.join(user, team, "naaste") for user in users))
        await b.stop()
        process = Process(b)
        given: dict[int, str] = {}
        await process.start()
        everyone = asyncio.gather(*(person(b, user, chance, given) for user in users))
        try:
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(0.05, 0.9))
                await process.kill()
                await process.start()
            await asyncio.wait_for(everyone, 120)
            await sandbox.world.settled(within=20)
        finally:
            await process.kill()
        store = open_store(b.data)
        period = store.answers.open_period(team)
        assert period is not None
        rows = [kept.value for kept in store.answers.of_period(team, period.number) if kept.slot.question == "hoe"]
        aside = store.ledger.set_aside()
        store.close()
    assert Counter(rows) == Counter(given.values())
    assert len(given) == PEOPLE
    assert aside == []
    print(f"{KILLS} kills, {len(rows)} answers, 0 lost, 0 doubled")
