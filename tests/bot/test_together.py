"""Many taps at once are stored together; what that means when it fails."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from bench import bench
from test_answering import checked_in

from bot.sandbox.model import Message, User


async def test_nobody_sees_an_answer_confirmed_that_is_not_stored_and_all_are_in_the_end(tmp_path: Path) -> None:
    """While answers.db can't be committed nobody's message shows a choice; when it can, everybody's does, once."""
    async with bench(tmp_path) as b:
        team = await b.team()
        asked = [await checked_in(b, team, name) for name in ("Anna", "Bert", "Cor", "Dien")]
        for db in (b.store.answers.db, b.store.contacts.db):
            db.conn.execute("PRAGMA busy_timeout = 20")
        reader = sqlite3.connect(b.data / "answers.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM answers").fetchall()
        for user, message in asked:
            b.sandbox.world.tap(user, message, "Goed")
        await asyncio.sleep(1.2)
        assert not any("✓" in message.text for _, message in asked)
        reader.execute("ROLLBACK")
        for user, message in asked:
            await b.sandbox.world.until(user, lambda message=message: "✓ Goed" in message.text)
        await b.sandbox.world.settled()
        assert reader.execute("SELECT count(*) FROM answers").fetchone() == (4,)
        assert b.store.ledger.set_aside() == []


async def test_one_answer_that_cannot_be_stored_is_set_aside_and_the_others_count(tmp_path: Path) -> None:
    """An update that breaks the transaction of all who tap with it is found out, and only that one is given up."""
    async with bench(tmp_path) as b:
        team = await b.team()
        asked: list[tuple[User, Message]] = [
            await checked_in(b, team, name) for name in ("Anna", "Bert", "Cor", "Dien")
        ]
        b.store.answers.db.conn.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON answers WHEN new.option = 'zwaar'"
            " BEGIN SELECT RAISE(ROLLBACK, 'broken'); END"
        )
        for (user, message), label in zip(asked, ("Goed", "Zwaar", "Goed", "Wisselend"), strict=True):
            b.sandbox.world.tap(user, message, label)
        for user, message in (asked[0], asked[2], asked[3]):
            await b.sandbox.world.until(user, lambda message=message: "✓" in message.text)
        await b.sandbox.world.settled(within=20)
        assert "✓" not in asked[1][1].text
        assert [kind for _, kind in b.store.ledger.set_aside()] == ["IntegrityError"]
        period = b.store.answers.open_period(team)
        assert period is not None
        rows = [row.value for row in b.store.answers.of_period(team, period.number)]
        assert sorted(rows) == ["goed", "goed", "wisselend"]
