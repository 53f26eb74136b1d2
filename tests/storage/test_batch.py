"""Group commit: who is told that something is stored can rely on it, whatever becomes of others' steps."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.batch import NotStoredError
from storage.schema import outside_transactions, writing
from storage.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two new files, whose locks nobody waits for."""
    opened = open_store(tmp_path / "data")
    for db in (opened.answers.db, opened.contacts.db):
        db.conn.execute("PRAGMA busy_timeout = 0")
    yield opened
    opened.close()


def other(store: Store, file: str) -> sqlite3.Connection:
    """Another program on this file."""
    return sqlite3.connect(store.keys.directory.parent / file, isolation_level=None, timeout=0)


def period(store: Store, team: str) -> None:
    """One step in answers.db."""
    with writing(store.answers.db):
        store.answers.db.conn.execute("INSERT INTO periods VALUES (?, 1, '2026-01-05', 1, 'done')", (team,))


def seen(store: Store, number: int) -> None:
    """One step in contacts.db."""
    with writing(store.contacts.db):
        store.contacts.db.conn.execute("INSERT INTO seen_updates VALUES (?)", (number,))


def stored(store: Store) -> tuple[set[str], set[int]]:
    """What another program finds in both files."""
    teams = {row[0] for row in other(store, "answers.db").execute("SELECT team FROM periods")}
    return teams, {row[0] for row in other(store, "contacts.db").execute("SELECT id FROM seen_updates")}


async def handle(store: Store, number: int) -> None:
    """What an update does: a step in each file, and nothing said before both are stored."""
    with store.batch.together():
        period(store, f"team-{number}")
        seen(store, number)
        await store.batch.stored()


async def test_side_by_side_all_share_one_commit_and_none_goes_on_before_it(store: Store) -> None:
    """Ten updates in one turn take one commit of each file; whoever goes on finds all of its work on disk."""
    commits: list[str] = []
    for db in (store.answers.db, store.contacts.db):
        db.conn.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)

    async def one(number: int) -> None:
        await handle(store, number)
        teams, numbers = stored(store)
        assert f"team-{number}" in teams
        assert number in numbers

    await asyncio.gather(*(one(number) for number in range(10)))
    assert len(commits) == 2


async def test_a_step_that_fails_takes_back_only_itself(store: Store) -> None:
    """Somebody's mistake in the middle of a batch costs nobody else an answer."""

    def mistake() -> None:
        with writing(store.contacts.db):
            seen(store, 101)
            raise KeyError

    async def fails() -> None:
        with store.batch.together():
            seen(store, 100)
            with pytest.raises(KeyError):
                mistake()
            await store.batch.stored()

    await asyncio.gather(handle(store, 1), fails(), handle(store, 2))
    assert stored(store) == ({"team-1", "team-2"}, {1, 2, 100})


async def test_a_commit_that_fails_confirms_nothing_to_anybody(store: Store) -> None:
    """While another program reads answers.db nothing can be committed: all who wrote hear so."""
    reader = other(store, "answers.db")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM periods").fetchall()
    outcomes = await asyncio.gather(*(handle(store, n) for n in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [NotStoredError] * 3
    reader.execute("ROLLBACK")
    assert stored(store) == (set(), set())
    await asyncio.gather(*(handle(store, n) for n in range(3)))
    assert stored(store)[1] == {0, 1, 2}


async def test_contacts_never_say_more_than_answers(store: Store) -> None:
    """Contacts are committed second: when that fails the answer is there, the rest is not, and all hear of it."""
    real = store.contacts.db
    real.conn.execute("CREATE TABLE later (id REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED)")

    async def breaks_at_the_commit() -> None:
        with store.batch.together():
            with writing(real):
                real.conn.execute("INSERT INTO later VALUES ('no such team')")
            await store.batch.stored()

    outcomes = await asyncio.gather(handle(store, 1), breaks_at_the_commit(), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [NotStoredError] * 2
    assert stored(store) == ({"team-1"}, set())


async def test_a_lost_transaction_fails_all_who_wrote_in_it(store: Store) -> None:
    """Where SQLite takes everything back, as on a full disk, nobody counts as stored, asked or not."""
    store.contacts.db.conn.execute(
        "CREATE TRIGGER full BEFORE INSERT ON seen_updates WHEN new.id = 13"
        " BEGIN SELECT RAISE(ROLLBACK, 'full'); END"
    )
    late = asyncio.Event()

    async def asks_later() -> None:
        with store.batch.together():
            period(store, "late")
            await late.wait()
            with pytest.raises(NotStoredError):
                seen(store, 7)
            await store.batch.stored()

    tasks = [asyncio.create_task(work) for work in (asks_later(), handle(store, 1), handle(store, 13))]
    await asyncio.wait(tasks[1:])
    late.set()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [NotStoredError, NotStoredError, sqlite3.IntegrityError]
    assert stored(store) == (set(), set())
    await handle(store, 1)
    assert stored(store) == ({"team-1"}, {1})


async def test_between_two_batches_another_program_gets_its_turn(store: Store) -> None:
    """No lock is held while an update waits for anything, whether or not it asked for its work to be stored."""
    with store.batch.together():
        seen(store, 1)
        await asyncio.sleep(0.01)
        for file in ("contacts.db", "answers.db"):
            another = other(store, file)
            another.execute("BEGIN IMMEDIATE")
            another.execute("ROLLBACK")
        assert stored(store)[1] == {1}
        seen(store, 2)
        await store.batch.stored()
    assert stored(store)[1] == {1, 2}


async def test_whatever_else_writes_stores_first_what_waits(store: Store) -> None:
    """The ticker, a task that outlives its update, a VACUUM: what waited is committed before theirs."""

    async def afterwards() -> None:
        await asyncio.sleep(0.01)
        seen(store, 5)
        assert 5 in stored(store)[1]

    with store.batch.together():
        period(store, "a")
        outliving = asyncio.create_task(afterwards())
    seen(store, 2)
    assert stored(store) == ({"a"}, {2})
    with store.batch.together():
        seen(store, 3)
        outside_transactions(store.answers.db).execute("VACUUM")
        assert 3 in stored(store)[1]
        await store.batch.stored()
    await outliving
