"""A data directory, opened: both databases, the keys, and the rooms that work on them."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.agenda import Agenda
from storage.answers import Answers
from storage.batch import Batch, File
from storage.chats import ChatBook
from storage.contacts import Contacts
from storage.free_days import OwnFreeDays
from storage.groups import Groups
from storage.intake import Intake
from storage.invitations import Invitations
from storage.keys import Keys
from storage.ledger import Ledger
from storage.plans import Plans
from storage.posted import Posted
from storage.schema import open_answers, open_contacts
from storage.sealing import UnfitKeyError
from storage.teams import Teams

RESTORING = "restoring"
"""Within a data directory while a copy is put back into it: see storage.restoring."""


class UnusableDirectoryError(Exception):
    """The data directory can't be made, read or written; holds its path."""


class MissingFileError(Exception):
    """One of the two files is there, and the other, which this names, is not: a new one would hide the loss."""


class HalfRestoredError(Exception):
    """A restore into this directory was cut off: it holds no whole installation."""


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is kept, by room."""

    teams: Teams
    contacts: Contacts
    groups: Groups
    invitations: Invitations
    agenda: Agenda
    free_days: OwnFreeDays
    plans: Plans
    posted: Posted
    ledger: Ledger
    answers: Answers
    intake: Intake
    keys: Keys
    batch: Batch

    def wait_for_locks(self, seconds: float) -> None:
        """How long a step stands still for another program that is writing, before it raises sqlite3.Error."""
        for db in (self.contacts.db, self.answers.db):
            db.conn.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def close(self) -> None:
        """Close both files. What is not stored by now is not: it was not confirmed to anybody either."""
        self.batch.give_up()
        self.contacts.db.close()
        self.answers.db.close()


def open_store(data: Path) -> Store:
    """Open a data directory, and make it first when it is not there.

    Raises UnusableDirectoryError, HalfRestoredError, MissingFileError, MissingKeyError when there are contacts
    but no master key, and UnfitKeyError when that key is not theirs.
    """
    if (data / RESTORING).exists():
        raise HalfRestoredError
    keys = Keys(data / "keys")
    _make_directories(data, keys.directory)
    with _one_at_a_time(data):
        return _open(data, keys)


def _open(data: Path, keys: Keys) -> Store:
    contacts_path, answers_path = data / "contacts.db", data / "answers.db"
    if contacts_path.exists() and not answers_path.exists():
        raise MissingFileError("answers.db")
    book = ChatBook(keys.contact_keys(create=not contacts_path.exists()))
    # Contacts are made last: a first start that is cut off then leaves nothing that looks like a loss.
    answers = open_answers(answers_path)
    if not contacts_path.exists() and answers["periods"].count:
        answers.close()
        raise MissingFileError("contacts.db")
    store = furnish(open_contacts(contacts_path), answers, book, keys)
    try:
        store.contacts.try_key()
    except UnfitKeyError:
        store.close()
        raise
    return store


@contextlib.contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    """Two programs that open a new directory at once would both make its files: one waits for the other."""
    directory = os.open(data, os.O_RDONLY)
    try:
        fcntl.flock(directory, fcntl.LOCK_EX)
        yield
    finally:
        os.close(directory)


def _make_directories(*directories: Path) -> None:
    try:
        for directory in directories:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            directory.chmod(0o700)
    except OSError:
        raise UnusableDirectoryError(str(directories[0])) from None
    if not all(os.access(directory, os.R_OK | os.W_OK | os.X_OK) for directory in directories):
        raise UnusableDirectoryError(str(directories[0]))


def furnish(contacts: File, answers: File, book: ChatBook, keys: Keys) -> Store:
    """The rooms that work on these two files."""
    rows = Answers(answers)
    return Store(
        teams=Teams(contacts),
        contacts=Contacts(contacts, book),
        groups=Groups(contacts, book),
        invitations=Invitations(contacts, book),
        agenda=Agenda(contacts, keys),
        free_days=OwnFreeDays(contacts),
        plans=Plans(contacts, book),
        posted=Posted(contacts),
        ledger=Ledger(contacts),
        answers=rows,
        intake=Intake(rows, keys),
        keys=keys,
        batch=Batch(answers, contacts),
    )
