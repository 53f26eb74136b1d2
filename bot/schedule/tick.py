"""The only loop over time: close what is due, plan what is due, and hand it to those who send."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import date, datetime

from telegram.error import TelegramError

from bot.house import House
from bot.network.send import UnreachableError
from bot.progress import Progress, screen
from bot.schedule.chores import Chores, part_of_day
from bot.schedule.due import due
from bot.schedule.joins import Joins
from bot.schedule.lookout import Lookout
from bot.schedule.outbox import Outbox
from bot.schedule.postings import Postings
from bot.schedule.tidying import Tidying
from bot.shelf import LostDialogueError
from dialogues.quiet import is_quiet, next_open
from storage import closing
from storage.answers import Period, PeriodClosedError
from storage.errands import Errand
from storage.keys import MissingKeyError

log = logging.getLogger("naastbot.tick")

SECONDS = 1.0
"""Between two looks; an ask begins to be sent well within five seconds."""
PASSING = (
    *(OSError, sqlite3.Error, TelegramError, UnreachableError),
    *(MissingKeyError, PeriodClosedError, ValueError, LookupError),
)
"""What may go wrong with one team or one message without ending anything else."""


async def run(house: House, stop: asyncio.Event) -> None:
    """Tick until `stop` is set. What goes wrong is logged by its class, and tried again at the next tick."""
    ticker, tidying, began = Ticker(house), Tidying(house.store.answers), False
    while not stop.is_set():
        try:
            began = began or _begin(house)
            await ticker.look()
        except PASSING as error:
            log.warning("a tick failed (%s); trying again", type(error).__name__)
        tidying.look()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SECONDS)
    await ticker.stop()


def _begin(house: House) -> bool:
    """What a crash left half sent is sent again, before anything else."""
    interrupted = house.store.agenda.interrupted(still_asked(house))
    if interrupted:
        log.warning("stopped in the middle of sending: at most %d messages may come twice", interrupted)
    interrupted = house.store.posted.interrupted()
    if interrupted:
        log.warning("stopped in the middle of posting: at most %d messages may come twice", interrupted)
    return True


def still_asked(house: House) -> date:
    """Questions of this day may still be sent: today's, and from the evening on only tomorrow's."""
    return house.local(next_open(house.now(), house.settings.zone)).date()


class Ticker:
    """What is done at every look at the clock, with what it remembers from one to the next."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._outbox, self._joins, self._chores = Outbox(house), Joins(house), Chores()
        self._postings = Postings(house)
        self._lookout = Lookout(house, self._due)
        self._progress = Progress(time.monotonic, screen())
        self._minute: datetime | None = None

    async def look(self) -> None:
        """One look at the clock. Sending goes on beside it, so that a large broadcast holds up nothing."""
        house = self._house
        house.shelf.refresh()
        close_periods(house)
        minute = house.now().replace(second=0, microsecond=0)
        if minute != self._minute:
            _forget(house)
            self._minute = minute
        self._chores.do(house)
        await self._lookout.look()
        if not is_quiet(house.now(), house.settings.zone):
            house.store.agenda.told_of_restores(house.today())
        self._outbox.send_pending()
        self._joins.tell()
        self._postings.look()
        self._progress.look(self._outbox.sent, house.store.agenda.waiting())

    def _due(self) -> Iterator[list[Errand]]:
        """Reminders last: nobody is reminded of an old question on a day that brings a new one.

        Of the parts of the day that had begun before: one that begins meanwhile has its questions to come.
        """
        part = part_of_day(self._house)
        for errands in due(self._house):
            yield errands
            if errands:
                # They are written down now, and need not wait until all teams were looked at.
                self._outbox.send_pending()
        yield from self._chores.reminders(self._house, part)

    async def stop(self) -> None:
        """Let what is under way arrive."""
        self._progress.close()
        await asyncio.gather(self._outbox.stop(), self._joins.stop(), self._postings.stop())


def close_periods(house: House) -> None:
    """Finish what a crash interrupted, and close the periods whose time has come; each team by itself."""
    closing.ensure_periods(house.store, house.now())
    for period in closing.due_periods(house.store, house.now()):
        try:
            _close(house, period)
        except LostDialogueError as error:
            log.warning("a period can't be closed: dialogue %s can't be read any more; put its file back", error)
        except MissingKeyError as error:
            log.warning("a period can't be closed: %s is missing from the data directory", error)
        except (LookupError, ValueError) as error:
            log.warning("a period can't be closed (%s)", type(error).__name__)
    closing.finish_all(house.store)
    if house.store.contacts.log_holds_removed:
        house.store.contacts.truncate_log()


def _close(house: House, period: Period) -> None:
    used = house.shelf.used_in(period)
    closing.release_period(house.store, period, used, house.now(), random.SystemRandom())
    log.info("a period was closed and its feedback released")


def _forget(house: House) -> None:
    """Words nobody typed, and wrong codes of earlier days."""
    house.store.invitations.forget_failed_tries(before=house.today())
    for period in house.store.answers.all_periods(state="open"):
        with contextlib.suppress(PeriodClosedError):
            house.store.intake.forget_expired(period, house.now())
