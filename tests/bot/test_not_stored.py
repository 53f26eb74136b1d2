"""A full disk and a locked file: what is not stored is not confirmed, to nobody, and is stored once it can be."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bench import START, Bench, a_webhook, bench
from test_answering import checked_in, kept
from test_durability import Process, everybody, stored

from bot.handlers import flood
from bot.network.updates import Updates
from bot.sandbox.errors import forbidden
from bot.sandbox.methods import METHODS
from bot.sandbox.server import Sandbox
from bot.schedule.tidying import Tidying
from storage.contacts import Contacts

LOCKED = 15.0 if os.environ.get("TEST_PROFILE") == "proof" else 2.0
"""Seconds."""
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""
WAYS = pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])


def fill(path: Path) -> None:
    """Rows with random keys until no leaf of the table has room for another, within the pages that there are."""
    connection = sqlite3.connect(path, isolation_level=None)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    connection.execute("PRAGMA synchronous = OFF")
    refused = 0
    while refused < 200:
        try:
            connection.execute("INSERT INTO answers VALUES (randomblob(16), 'nobody', 1, 0, 'x', 'x', 'x')")
            refused = 0
        except sqlite3.OperationalError:
            refused += 1
    connection.close()


def pages(b: Bench, more: int) -> None:
    """From now on answers.db may have so many pages more than it has."""
    connection = b.store.answers.db.conn
    (now,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {now + more}")


@WAYS
async def test_a_full_database_confirms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, webhook: bool
) -> None:
    """With no page left in answers.db nobody sees their choice confirmed, nor does Telegram; later it all is."""
    monkeypatch.setattr(Tidying, "look", lambda _: None)
    async with bench(tmp_path, webhook=webhook) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.sandbox.world.settled()
        fill(b.data / "answers.db")
        pages(b, 0)
        b.sandbox.world.tap(anna, asked, "Goed")
        await asyncio.sleep(1.5)
        assert "✓" not in asked.text
        assert len(b.sandbox.world.state.queue) == 1
        assert kept(b, team) == {}
        pages(b, 1000)
        await b.sandbox.world.until(anna, lambda: "✓ Goed" in asked.text, 20)
        await b.sandbox.world.settled()
        assert kept(b, team) == {"hoe": "goed"}


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux can fill the disk of a running process")
async def test_a_full_disk_under_load_confirms_nothing(tmp_path: Path, own_trees: str) -> None:
    """While no file can grow nothing is confirmed; killed in that state or not, what was confirmed is there."""
    chance = random.Random(3)
    async with Sandbox(limits=False) as sandbox:
        b = Bench(sandbox, tmp_path / "data", {"NAASTBOT_DIALOGUES": own_trees, **a_webhook()})
        b.set_clock(START)
        await b.start()
        people = await everybody(b, chance)
        await b.stop()
        process, enough = Process(b), asyncio.Event()
        await process.start()
        process.fill_disk()
        load = asyncio.gather(*(person.go_on(enough) for person in people))
        try:
            await asyncio.sleep(1.5)
            assert [person.given for person in people] == [{}] * len(people)
            await process.kill()
            await process.start(webhook=True)
            await asyncio.sleep(1.5)
            process.fill_disk()
            await asyncio.sleep(1.5)
            process.empty_disk()
            enough.set()
            await asyncio.wait_for(load, 60)
            await sandbox.world.settled(within=20)
        finally:
            load.cancel()
            await process.kill()
    assert any(person.given for person in people)
    assert [person.user for person in people if stored(b, person) != person.given] == []


@pytest.mark.parametrize(("name", "webhook"), [("answers.db", False), ("contacts.db", True)])
async def test_a_file_that_another_program_locks_confirms_nothing(
    tmp_path: Path, name: str, webhook: bool
) -> None:
    """However long a lock is held nothing is confirmed, and nobody else waits for it; then all is stored."""
    async with bench(tmp_path, webhook=webhook) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.sandbox.world.settled()
        for db in (b.store.answers.db, b.store.contacts.db):
            assert db.execute("PRAGMA busy_timeout").fetchone()[0] <= 100
        pipe = asyncio.subprocess.PIPE
        holder = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", HOLDER, str(b.data / name)), stdin=pipe, stdout=pipe
        )
        assert holder.stdout is not None
        try:
            await holder.stdout.readline()
            b.sandbox.world.tap(anna, asked, "Goed")
            await asyncio.sleep(LOCKED)
            assert "✓" not in asked.text
            assert len(b.sandbox.world.state.queue) == 1
        finally:
            await holder.communicate(b"\n")
        await b.sandbox.world.until(anna, lambda: "✓ Goed" in asked.text, 40)
        await b.sandbox.world.settled()
        assert kept(b, team) == {"hoe": "goed"}


async def test_a_bot_starts_while_a_file_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that is being made at that moment keeps nothing from beginning, once it is done."""
    async with bench(tmp_path) as b:
        team = await b.team()
        await b.stop()
        other = sqlite3.connect(b.data / "contacts.db", isolation_level=None)

        def locked(*given: Any) -> Updates:
            other.execute("BEGIN IMMEDIATE")
            return Updates(*given)

        with monkeypatch.context() as patch:
            patch.setattr("bot.run.Updates", locked)
            await b.start()
        await asyncio.sleep(0.5)
        other.close()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")


async def test_a_lock_while_a_flood_is_told_so_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever floods, and has blocked the bot, can't be written down as gone just then: later they are."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, _ = await checked_in(b, team)
        change, failed = Contacts.set, list[int]()

        def fails_first(self: Contacts, *given: Any) -> Any:
            if not failed:
                failed.append(1)
                raise sqlite3.OperationalError("database is locked")
            return change(self, *given)

        monkeypatch.setattr(Contacts, "set", fails_first)
        monkeypatch.setattr(flood, "gate", lambda house, _: partial(flood._say_so, house))
        await b.restart()
        monkeypatch.setitem(METHODS, "sendmessage", refused)
        b.sandbox.world.say(anna, anna, "hallo")
        await b.sandbox.world.settled(within=10)
        assert failed
        assert [person.state for person in b.store.contacts.of_chat(anna.id)] == ["blocked"]


def refused(*_: object) -> object:
    """A chat in which the bot was blocked."""
    raise forbidden("bot was blocked by the user")
