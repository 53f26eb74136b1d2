"""Group commit: what many updates write side by side is stored by one commit of each file.

A commit waits for the disk, and that is what storing an answer costs. So the steps of all updates that are handled
in one turn of the event loop go into one transaction per file; then answers.db is committed, then contacts.db, and
only then does any of these updates say anything. Nothing here waits for a network or a clock.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlite_utils import Database

log = logging.getLogger("naastbot.batch")


class NotStoredError(sqlite3.OperationalError):
    """What was written together is not stored, whoever's fault it is: each does its work again, alone."""


class File(Database):
    """One of the two databases; `batch` is what it shares with the other."""

    batch: Batch | None = None


class _Work:
    """One piece of work whose steps are committed together with those of others."""

    __slots__ = ("over", "round")

    def __init__(self) -> None:
        self.round: _Round | None = None
        self.over = False


class _Round:
    """One transaction of each file, from its first step until both are committed, or neither is worth anything."""

    __slots__ = ("ended", "failed")

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self.failed = False


_WORK: ContextVar[_Work | None] = ContextVar("work", default=None)


class Batch:
    """Two files that are committed one after the other: answers.db, then contacts.db."""

    def __init__(self, answers: File, contacts: File) -> None:
        self._files = (answers, contacts)
        self._round: _Round | None = None
        answers.batch = contacts.batch = self

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside, and in what it awaits, is committed with what others write: see `stored`."""
        work = _Work()
        token = _WORK.set(work)
        try:
            yield
        finally:
            # A task that was started in here and lives on commits for itself.
            work.over = True
            _WORK.reset(token)

    async def stored(self) -> None:
        """Wait until all that this piece of work wrote is on disk; outside `together`, what anybody wrote.

        Raises NotStoredError when it is not: then its work has to be done again.
        """
        work = _WORK.get()
        awaited = self._round if work is None or work.over else work.round
        if awaited is None:
            return
        await awaited.ended.wait()
        if awaited.failed:
            raise NotStoredError("what was written together could not be stored")

    def joins(self) -> bool:
        """Before a step: True when it is to be part of the open transactions, False when it makes its own.

        Raises sqlite3.Error, as when a file is locked, or when earlier steps of the same work are lost.
        """
        work = _WORK.get()
        if work is None or work.over:
            self.commit()
            return False
        if work.round is not None and work.round.failed:
            raise NotStoredError("earlier steps of the same work were not stored")
        if self._round is None:
            self._round = self._begin()
        work.round = self._round
        return True

    def commit(self) -> None:
        """Store at once what is waiting for it. Raises sqlite3.Error; then nobody's part counts as stored."""
        if self._round is None:
            return
        try:
            for file in self._files:
                file.conn.execute("COMMIT")
        except sqlite3.Error:
            self.give_up()
            raise
        self._end(failed=False)

    def give_up(self) -> None:
        """What is not committed yet is gone, from both files; all who wrote in it have to do it again."""
        for file in self._files:
            # A file that is closed already has nothing to take back.
            with contextlib.suppress(sqlite3.Error):
                file.rollback()
        self._end(failed=True)

    def _begin(self) -> _Round:
        """Lock both files: contacts first, as a copy does, so that two programs never wait for each other."""
        begun, loop = _Round(), asyncio.get_running_loop()
        try:
            for file in reversed(self._files):
                file.conn.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            for file in self._files:
                file.rollback()
            raise
        # All that is ready to run now runs in this turn or the next, and gets its steps in.
        loop.call_soon(self._in_time, begun)
        return begun

    def _in_time(self, begun: _Round) -> None:
        if self._round is begun:
            try:
                self.commit()
            except sqlite3.Error as error:
                log.warning("what was written could not be stored (%s); it is done again", type(error).__name__)

    def _end(self, *, failed: bool) -> None:
        ended, self._round = self._round, None
        if ended is not None:
            ended.failed = failed
            ended.ended.set()
