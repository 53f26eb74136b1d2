"""Copies of a data directory that betray nothing: people, plans and released feedback, and no answer at all.

What a copy holds is chosen table by table, and written into files that never held anything else. So there is no
row, no freed page and no log of what was left out.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from storage.manifest import MANIFEST, Manifest, Part, sha256
from storage.reading import MIGRATIONS
from storage.schema import writing
from storage.store import Store

CARRIED: dict[str, tuple[str, ...]] = {
    "contacts.db": (
        "teams",
        "participants",
        "groups",
        "moments",
        "plans",
        "free_days",
        "editions",
        "dialogue_texts",
    ),
    "answers.db": ("periods", "releases"),
}
"""What goes into a copy, in an order in which no row points at one that is not there yet."""

LEFT_OUT: dict[str, tuple[str, ...]] = {
    "contacts.db": (
        # What was sent to whom, and what lies open, is of this period only.
        "outbox",
        "open_prompts",
        "asks",
        # A code that was used or taken back must not work again.
        "invitations",
        "failed_tries",
        # Updates that Telegram gives once more have lost their answers: they must be handled again.
        "seen_updates",
        "failed_updates",
        # Days of the past, but for today's: that may be said once more, which is better than never.
        "posted",
        "restored",
    ),
    "answers.db": ("answers", "texts", "awaiting"),
}
"""What never does, and why."""

_PART = re.compile(r"(contacts|answers)-[0-9a-f]{16}\.db(\.new)?|manifest\.json\.new")

Tables = dict[str, list[dict[str, Any]]]


class NotForCopiesError(Exception):
    """This directory holds something else than copies."""


def back_up(store: Store, directory: Path, now: datetime) -> None:
    """Put a copy into this directory, in place of the one that is there.

    Until the new one is whole, the old one can be read: the manifest is replaced last, in one step. A bot may run
    meanwhile. Raises NotForCopiesError, and OSError when the directory can't be written.
    """
    with _held(directory):
        contents = _read(store)
        parts = {name: _write(directory, name, tables) for name, tables in contents.items()}
        text = Manifest(now, parts).to_text(store.keys.master())
        draft = directory / f"{MANIFEST}.new"
        _put(draft, text.encode())
        draft.replace(directory / MANIFEST)
        flush(directory)
        for path in directory.iterdir():
            if _PART.fullmatch(path.name) and path.name not in {part.name for part in parts.values()}:
                path.unlink()


@contextlib.contextmanager
def _held(directory: Path) -> Iterator[None]:
    """The directory for one copy at a time, made when it is not there, and its owner's alone."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = {path.name for path in directory.iterdir()}
    if MANIFEST not in names and any(not _PART.fullmatch(name) for name in names):
        raise NotForCopiesError
    directory.chmod(0o700)
    file = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _read(store: Store) -> dict[str, Tables]:
    """Both files at one moment.

    A closing writes to answers.db and then to contacts.db. While both are held it stands before the first step or
    after it, and from there it can be finished after a restore.
    """
    with writing(store.contacts.db), writing(store.answers.db):
        contacts = _rows(store.contacts.db, CARRIED["contacts.db"])
        contacts["participants"] = list(store.contacts.for_a_copy())
        return {"contacts.db": contacts, "answers.db": _rows(store.answers.db, CARRIED["answers.db"])}


def _rows(db: Database, tables: Iterable[str]) -> Tables:
    return {table: list(db.table(table).rows) for table in tables}


def _write(directory: Path, name: str, tables: Tables) -> Part:
    """A new file that holds these rows and never held anything else."""
    stem = name.removesuffix(".db")
    draft = directory / f"{stem}-{secrets.token_hex(8)}.db.new"
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        db = Database(connection)
        MIGRATIONS[name].apply(db)
        for table, rows in tables.items():
            db.table(table).insert_all(rows)
        _put(draft, b"")
        connection.execute("VACUUM INTO ?", (str(draft),))
    flush(draft)
    found = sha256(draft)
    part = Part(f"{stem}-{found[:16]}.db", found)
    draft.replace(directory / part.name)
    return part


def _put(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    flush(path)


def flush(path: Path) -> None:
    """Make sure that this file, or what this directory lists, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
