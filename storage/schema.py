"""The two databases: their tables, made by ordered migrations, and how they are opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from storage.batch import Batch, File
from storage.tables import ANSWERS_TABLES, CONTACTS_TABLES, FREE_DAYS_TABLE, PLANS_TABLES

contacts_migrations = Migrations("contacts")
answers_migrations = Migrations("answers")


@contacts_migrations()
def m001_contacts(db: Database) -> None:
    """Everything about people and plans; no answer, nor a trace of one."""
    _run(db, CONTACTS_TABLES)


@contacts_migrations()
def m002_free_days(db: Database) -> None:
    """Days that a team keeps free by itself."""
    _run(db, FREE_DAYS_TABLE)


@contacts_migrations()
def m003_plans(db: Database) -> None:
    """What teams plan for their own group, and what was posted there."""
    _run(db, PLANS_TABLES)


@answers_migrations()
def m001_answers(db: Database) -> None:
    """Everything about answers; no chat, no participant, no time finer than the round."""
    _run(db, ANSWERS_TABLES)


def open_contacts(path: Path) -> File:
    """contacts.db at this path, up to date. Write-ahead log, so that commands can read beside a running bot."""
    return _open(path, "WAL", contacts_migrations)


def open_answers(path: Path) -> File:
    """answers.db at this path, up to date.

    A rollback journal, never a write-ahead log: a log keeps the order of writing, and order links people.
    """
    return _open(path, "DELETE", answers_migrations)


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """A write transaction that waits for its turn at the start, not halfway; nested ones become savepoints.

    Within `Batch.together` it is a savepoint too: others' steps are in the same transaction, which is committed
    soon after. Everywhere else it is committed at the end, and whatever is still waiting for that before it.
    """
    batch = db.batch if isinstance(db, File) else None
    if (batch is not None and batch.joins()) or db.conn.in_transaction:
        with _step(db, batch):
            yield db
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
        # Inside the `try`: a commit that fails (a reader held its lock too long) leaves the transaction open,
        # and the next one would only be a savepoint within it, never stored.
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def outside_transactions(db: Database) -> sqlite3.Connection:
    """The connection, for what SQLite does only outside transactions; what waited for a commit is stored first."""
    if isinstance(db, File) and db.batch is not None:
        db.batch.commit()
    return db.conn


@contextmanager
def unhurried(db: Database) -> Iterator[None]:
    """What is written inside is safe when the program ends, however it ends, without waiting for the disk.

    When the power goes it may be lost, until something else is stored: only for what may be forgotten then.
    """
    connection = outside_transactions(db)
    connection.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def _step(db: Database, batch: Batch | None) -> Iterator[None]:
    # One name for all: SQLite means the innermost, and a new name would have to be parsed each time.
    db.conn.execute("SAVEPOINT step")
    try:
        yield
        db.conn.execute("RELEASE step")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK TO step")
            db.conn.execute("RELEASE step")
        elif batch is not None:
            # A full disk, say: SQLite has taken back the whole transaction, and with it what others wrote in it.
            batch.give_up()
        raise


def _open(path: Path, journal_mode: str, migrations: Migrations) -> File:
    if not path.exists():
        path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    connection.row_factory = sqlite3.Row
    db = File(connection)
    for pragma in (
        f"journal_mode = {journal_mode}",
        "synchronous = FULL",
        "secure_delete = ON",
        "trusted_schema = OFF",
        "foreign_keys = ON",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    migrations.apply(db)
    return db


def _run(db: Database, script: str) -> None:
    # executescript() would commit the transaction that holds the migration together.
    for statement in script.split(";"):
        if statement.strip():
            db.conn.execute(statement)
