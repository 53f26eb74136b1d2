"""kill -9 at random moments under lasting load: no answer is lost, none is counted twice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from bench import ROOT, START, Bench, a_webhook, polled
from busy import Busy, Given
from own_tree import TREE

from bot.sandbox.server import Sandbox
from dialogues.library import builtin_paths
from dialogues.parse import parse, read
from storage.store import open_store

TEAMS, PEOPLE = ("De Linde", "De Berk"), 5
ROLES = ("naaste", "professional")
BASE = ("hoe-gaat-het-met-jullie", "hoe-gaat-het-met-jou")
KILLS = int(os.environ.get("NAASTBOT_KILLS", "20"))
"""A tenth of the full proof is enough to notice; `make proof` asks for more."""


class Process:
    """`naastbot run` as a process of its own, that can be killed."""

    def __init__(self, b: Bench) -> None:
        self._bench = b
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *, webhook: bool = False) -> None:
        """Start it, and wait until it asks for updates, or says where to bring them."""
        sandbox, way = self._bench.sandbox, "setwebhook" if webhook else "getupdates"
        before = sandbox.calls[way]
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", *(["--webhook"] if webhook else [])),
            cwd=ROOT,
            env={**os.environ, **self._bench.env},
            stderr=asyncio.subprocess.DEVNULL,
        )
        await polled(sandbox, before, way=way)

    def fill_disk(self) -> None:
        """From now on no file that it writes can grow: what a full disk says, this says too. Linux only."""
        self._limit(0)

    def empty_disk(self) -> None:
        """There is room again."""
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, most: int) -> None:
        assert self._process is not None
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    async def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)
            await self._process.wait()


async def everybody(b: Bench, chance: random.Random) -> list[Busy]:
    """Two teams with naasten and professionals, each with two questions before them."""
    trees = [read(path) for path in builtin_paths() if path.stem in BASE] + [parse(TREE, "aan-het-woord.yaml")]
    people: list[Busy] = []
    for name in TEAMS:
        team = await b.team(name)
        users = [b.sandbox.world.user(f"Persoon {number}") for number in range(PEOPLE)]
        await asyncio.gather(*(b.join(user, team, ROLES[n % 2]) for n, user in enumerate(users)))
        for user in users:
            await b.after(user, lambda user=user: b.sandbox.world.say(user, user, "/checkin"))
        assert (await asyncio.to_thread(b.run, "ask", team, "aan-het-woord")).returncode == 0
        people += [Busy(b, user, ROLES[n % 2], trees, chance) for n, user in enumerate(users)]
    for person in people:
        chat = b.sandbox.world.chat(person.user)
        await b.sandbox.world.until(person.user, lambda chat=chat: "iets nieuws" in chat.messages[-1].text)
    return people


async def kill_again_and_again(process: Process, chance: random.Random) -> Counter[str]:
    """Kill it at random moments, and start it again by polling or by webhook; how often each was killed."""
    killed: Counter[str] = Counter()
    for _ in range(KILLS):
        webhook = chance.random() < 0.5
        await process.start(webhook=webhook)
        await asyncio.sleep(chance.uniform(0.0, 1.0))
        await process.kill()
        killed["webhook" if webhook else "polling"] += 1
    return killed


def stored(b: Bench, person: Busy) -> Given:
    """What the files hold of this person's answers, found by their own keys."""
    store = open_store(b.data)
    try:
        (found,) = store.contacts.of_chat(person.user.id)
        period = store.answers.open_period(found.team)
        assert period is not None
        kept = store.intake.all_given(found, period)
        return {(row.slot.dialogue, row.slot.question): row.value for row in kept}
    finally:
        store.close()


async def test_kill_nine_loses_and_doubles_nothing(
    tmp_path: Path, own_trees: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What people saw confirmed is in the files exactly once, however often the bot is killed while they go on.

    They answer, change, skip, type words and approve them until after the last kill; updates come by polling and
    by webhook, in turns that chance decides.
    """
    chance = random.Random(7)
    async with Sandbox(limits=False) as sandbox:
        b = Bench(sandbox, tmp_path / "data", {"NAASTBOT_DIALOGUES": own_trees, **a_webhook()})
        b.set_clock(START)
        await b.start()
        people = await everybody(b, chance)
        await b.stop()
        process, enough = Process(b), asyncio.Event()
        load = asyncio.gather(*(person.go_on(enough) for person in people))
        try:
            killed = await kill_again_and_again(process, chance)
            enough.set()
            await process.start()
            await asyncio.wait_for(load, 60)
            await sandbox.world.settled(within=20)
        finally:
            load.cancel()
            await process.kill()
    wrong = [person for person in people if stored(b, person) != person.given]
    store = open_store(b.data)
    rows, aside = store.answers.db.execute("SELECT count(*) FROM kept").fetchone()[0], store.ledger.set_aside()
    store.close()
    confirmed = sum(len(person.given) for person in people)
    with capsys.disabled():
        print(
            f"\n{sum(killed.values())} kills ({killed['polling']} by polling, {killed['webhook']} by webhook), "
            f"{sum(person.acts for person in people)} confirmed acts of {len(people)} people, "
            f"{confirmed} answers: {len(wrong)} people with a lost or wrong one, {rows - confirmed} doubled"
        )
    assert wrong == []
    assert rows == confirmed
    assert aside == []
    assert all(person.acts for person in people)
