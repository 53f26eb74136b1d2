"""A data directory, opened for reading only: nothing in it is made, mended or changed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from storage.batch import File
from storage.chats import ChatBook
from storage.keys import Keys
from storage.schema import answers_migrations, contacts_migrations
from storage.store import Store, furnish

MIGRATIONS = {"contacts.db": contacts_migrations, "answers.db": answers_migrations}
"""The two files, and the migrations that this version knows for each."""


def read_store(data: Path) -> Store:
    """The rooms of this directory, to look into. Close it after use.

    Raises sqlite3.Error when a file is missing or damaged, and MissingKeyError without a master key.
    """
    keys = Keys(data / "keys")
    book = ChatBook(keys.contact_keys(create=False))
    return furnish(read_database(data / "contacts.db"), read_database(data / "answers.db"), book, keys)


def read_database(path: Path, *, still: bool = False) -> File:
    """One database to look into; `still` when nobody can be writing it. Raises sqlite3.Error.

    A file with a write-ahead log of which no log is there can only be read as one that stands still: SQLite would
    make the log first.
    """
    logged = path.name == "contacts.db" and not path.with_name(f"{path.name}-wal").exists()
    mode = "mode=ro&immutable=1" if still or logged else "mode=ro"
    address = f"file:{quote(str(path.absolute()))}?{mode}"
    connection = sqlite3.connect(address, uri=True, timeout=10, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA trusted_schema = OFF")
    return File(connection)


def is_whole(db: Database) -> bool:
    """Whether SQLite finds nothing wrong in any page of this file."""
    return [tuple(row) for row in db.conn.execute("PRAGMA integrity_check")] == [("ok",)]


def versions_apart(db: Database, name: str) -> tuple[set[str], set[str]]:
    """Migrations that this file still lacks, and those in it that this version of naastbot does not know."""
    known = MIGRATIONS[name]
    missing = {migration.name for migration in known.pending(db)}
    ours = missing | {migration.name for migration in known.pending(Database(memory=True))}
    return missing, {migration.name for migration in known.applied(db)} - ours
