"""Putting a copy back into an empty data directory: checked whole first, and all of it or nothing."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from storage.backup import LEFT_OUT, flush
from storage.chats import ChatBook
from storage.contacts import Contacts
from storage.keys import Keys, contact_keys
from storage.manifest import DamagedCopyError, Manifest, NewerCopyError, read_manifest, sha256
from storage.reading import is_whole, read_database, versions_apart
from storage.store import RESTORING, open_store
from storage.teams import Teams

MOVED = ("keys", "answers.db", "contacts.db")
"""What a restored data directory begins with. Contacts come last: without them it is no installation yet."""


class NotEmptyError(Exception):
    """The data directory holds something already; nothing was changed."""


def restore(directory: Path, data: Path, master: bytes, zone: ZoneInfo) -> Manifest:
    """Fill this empty data directory with the copy in `directory`; returns what the copy says of itself.

    Each open period goes on under its own number and dates, without answers and with a new key. `zone` turns the
    moment of the copy into the day that people are told.
    Raises what `check_copy` raises, NotEmptyError, and OSError, with the data directory as empty as before.
    """
    with _held(directory):
        manifest = check_copy(directory, master)
        staging = _begin(data)
        try:
            (staging / "keys").mkdir(mode=0o700)
            Keys(staging / "keys").put_master(master)
            for name, part in manifest.parts.items():
                shutil.copyfile(directory / part.name, staging / name)
                (staging / name).chmod(0o600)
            _start_empty(staging, manifest.made.astimezone(zone).date())
            for name in MOVED:
                (staging / name).rename(data / name)
            flush(data)
            staging.rmdir()
        except BaseException:
            _clear(data)
            raise
        flush(data)
    return manifest


def check_copy(directory: Path, master: bytes) -> Manifest:
    """What the copy says of itself, once every part of it has been looked through.

    Raises NoCopyError, WrongKeyError, NewerCopyError and DamagedCopyError.
    """
    manifest = read_manifest(directory, master)
    for name in LEFT_OUT:
        part = manifest.parts.get(name)
        path = directory / part.name if part else directory / name
        try:
            if part is None or sha256(path) != part.sha256:
                raise DamagedCopyError(path.name)
            with closing(read_database(path, still=True)) as db:
                _check(db, name, master)
        except (OSError, sqlite3.Error, ValueError):
            raise DamagedCopyError(path.name) from None
    return manifest


def _check(db: Database, name: str, master: bytes) -> None:
    """Raises NewerCopyError, sqlite3.Error, and ValueError for what no copy of ours can hold."""
    _, newer = versions_apart(db, name)
    if newer:
        raise NewerCopyError
    if not is_whole(db) or db.conn.execute("PRAGMA foreign_key_check").fetchone():
        raise ValueError("the file is damaged")
    there = set(db.table_names())
    if any(db[table].count for table in LEFT_OUT[name] if table in there):
        raise ValueError("a copy never holds this")
    if name == "contacts.db":
        people = Contacts(db, ChatBook(contact_keys(master)))
        for team in Teams(db).all():
            people.of_team(team.id)


def _begin(data: Path) -> Path:
    """An empty place within an empty data directory. While it is there, nothing else opens that directory."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (data / RESTORING).exists():
        # An earlier restore was cut off: all that is there is its own, since nobody could open it.
        _clear(data)
    if any(data.iterdir()):
        raise NotEmptyError
    data.chmod(0o700)
    (data / RESTORING).mkdir(mode=0o700)
    return data / RESTORING


def _start_empty(staging: Path, copied_on: date) -> None:
    """Open periods begin anew: a new key, since nothing was given under it, and people are to be told."""
    store = open_store(staging)
    try:
        for period in store.answers.all_periods(state="open"):
            store.keys.make_period_key(period.team, period.number)
            store.agenda.set_restored(period.team, period.number, copied_on)
    finally:
        store.close()


def _clear(data: Path) -> None:
    """Remove what a restore makes; the sign that one is under way goes last."""
    for name in (*MOVED, RESTORING):
        path = data / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _held(directory: Path) -> Iterator[None]:
    """The copy as it is: a new one waits until we have read this one."""
    if not directory.is_dir():
        yield
        return
    file = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield
    finally:
        os.close(file)
