"""Posting in the teams' groups: what they planned, and two messages around the evaluation moment. Each once.

What was due on a day that has passed is not posted any more: a late start, or a group that comes back, brings what
is of today and nothing of before.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial

from telegram.error import TelegramError

from bot.group import moments
from bot.group.seat import PLANNER, Room, room_of
from bot.handlers.links import link
from bot.house import House
from bot.network.pace import BULK, NotWantedError, Turn
from bot.network.send import in_doubt
from bot.render import Button, Screen
from bot.schedule.outbox import HOPELESS, TRY_AGAIN
from bot.wording import planning_texts as texts
from dialogues import periods
from dialogues.calendar import ONCE, FreeDays, Recurrence
from dialogues.dates import dutch_moment
from dialogues.quiet import is_quiet
from storage.answers import Period
from storage.plans import Plan

log = logging.getLogger("naastbot.postings")

OVER = timedelta(days=7)
"""So long what was to come once stays in the list after its day, in case the clock was wrong."""
REMEMBERED = periods.MAX_OPEN + timedelta(days=14)
"""So long it is known what was posted: longer than anything here can be due, and than a period is open."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One message for one group. `occasion` makes it unique within its team."""

    team: str
    occasion: str
    screen: Screen


class Postings:
    """Looks what is due, and posts it beside everything else."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._looked: datetime | None = None

    def look(self) -> None:
        """Start on everything that is due. Once a minute: nothing is planned to the second."""
        minute = self._house.now().replace(second=0, microsecond=0)
        if minute == self._looked or not self._is_decent():
            return
        if self._looked is None or self._looked.date() != minute.date():
            self._house.store.posted.forget_before(self._house.today() - REMEMBERED)
            _forget(self._house)
        for posting in due(self._house):
            name = (posting.team, posting.occasion)
            if name not in self._tasks:
                task = asyncio.create_task(self._post(posting))
                self._tasks[name] = task
                task.add_done_callback(partial(self._ended, name))
        self._looked = minute

    async def stop(self) -> None:
        """Let what is under way arrive, for a few seconds; the rest comes at the next start."""
        if self._tasks:
            await asyncio.wait(set(self._tasks.values()), timeout=5)
        for task in list(self._tasks.values()):
            task.cancel()

    def _ended(self, name: tuple[str, str], _: asyncio.Task[None]) -> None:
        self._tasks.pop(name, None)

    def _is_decent(self) -> bool:
        return not is_quiet(self._house.now(), self._house.settings.zone)

    async def _post(self, posting: Posting) -> None:
        """Written down before it is said: what fails for sure is put back, and nothing is said twice."""
        posted = self._house.store.posted
        try:
            if not posted.claim(posting.team, posting.occasion, self._house.today()):
                return
        except (sqlite3.Error, OSError) as error:
            # Nothing was said yet: it is due in the next minute too.
            log.warning("a message could not be prepared (%s)", type(error).__name__)
            return
        arrived = await self._say(posting)
        while True:
            try:
                if arrived:
                    posted.said(posting.team, posting.occasion)
                else:
                    posted.put_back(posting.team, posting.occasion)
            except (sqlite3.Error, OSError) as error:
                log.warning("a message could not be marked (%s); trying again", type(error).__name__)
                await asyncio.sleep(1)
            else:
                return

    async def _say(self, posting: Posting) -> bool:
        """Whether it arrived, or may have. What surely did not is looked at again while it is due."""
        house = self._house
        group = house.store.groups.chat_of(posting.team)
        if group is None:
            return False
        try:
            await house.sender.send(
                group, posting.screen, turn=Turn(BULK.priority, partial(self._wanted, posting))
            )
        except NotWantedError:
            return False
        except HOPELESS as error:
            log.warning("a message could not be posted (%s)", type(error).__name__)
            return False
        except (TelegramError, sqlite3.Error, OSError) as error:
            log.warning("a message could not be posted (%s)", type(error).__name__)
            if in_doubt(error):
                return True
            await asyncio.sleep(TRY_AGAIN)
            # Not only in the next minute: it may be the last one of the day.
            self._looked = None
            return False
        return True

    def _wanted(self, posting: Posting) -> bool:
        """Things change while it waits for its turn: the night falls, or somebody stops, skips or moves it."""
        room = _room(self._house, posting.team)
        if room is None or not self._is_decent():
            return False
        return posting.occasion in {occasion for occasion, _ in _occasions(room)}


def _forget(house: House) -> None:
    """What was to come once and has been is over; and who has no part in the team any more made nothing in it."""
    for team in house.store.plans.teams():
        # One team's trouble, such as a year without an open day, is not the others'.
        with contextlib.suppress(LookupError, ValueError):
            _forget_of(house, team)


def _forget_of(house: House, team: str) -> None:
    free = house.free_days(team)
    for plan in house.store.plans.of_team(team):
        if plan.recurrence.every == ONCE and free.next_open(plan.recurrence.first) + OVER < house.today():
            house.store.plans.remove(plan)
        elif plan.maker is not None and house.store.contacts.get(plan.maker) is None:
            house.store.plans.save(replace(plan, maker=None))


def due(house: House) -> Iterator[Posting]:
    """Every message for a group that belongs to this moment and was not posted before."""
    for team in house.store.groups.teams():
        try:
            room = _room(house, team)
            known = house.store.posted.known(team)
            found = [*_occasions(room)] if room is not None else []
        except (LookupError, ValueError) as error:
            # One team's trouble is not the others'.
            log.warning("a group could not be looked at (%s)", type(error).__name__)
            continue
        yield from (Posting(team, occasion, screen) for occasion, screen in found if occasion not in known)


def _room(house: House, team: str) -> Room | None:
    group = house.store.groups.chat_of(team)
    return room_of(house, group) if group is not None else None


def _occasions(room: Room) -> Iterator[tuple[str, Screen]]:
    """What is due in this group now, posted or not, by the name of its occasion."""
    today, free = room.house.today(), room.free
    for plan in room.plans:
        if comes_now(room, plan, today):
            screen = _screen(room, plan)
            if screen is not None:
                yield f"plan:{plan.id.hex()}:{today.isoformat()}", screen
    period = room.house.store.answers.open_period(room.team.id)
    if period is not None and today not in free and room.house.ready(room.team):
        yield from _around_moment(room, period)


def comes_now(room: Room, plan: Plan, today: date) -> bool:
    """Whether this comes today and its time has come; not when it was made, moved or taken up again since then."""
    house, zone = room.house, room.house.settings.zone
    if plan.paused or not comes_on(plan.recurrence, room.free, today):
        return False
    at = datetime.combine(today, plan.recurrence.at, zone)
    begins = datetime.combine(today, time(), zone)
    return at <= house.now() and at in (moment for moment in _of_today(plan, room, begins))


def _of_today(plan: Plan, room: Room, begins: datetime) -> Iterator[datetime]:
    """The one time that it comes today, unless that is skipped or lies before it was made."""
    first = next(plan.comes(begins - timedelta(seconds=1), room.house.settings.zone, room.free), None)
    if first is not None and first.date() == begins.date():
        yield first


@lru_cache(maxsize=4096)
def comes_on(recurrence: Recurrence, free: FreeDays, day: date) -> bool:
    """Whether it comes on this day. Remembered: every group is looked at every minute."""
    for _, comes in recurrence.moves(free, near=day):
        if comes >= day:
            return comes == day
    return False


def _screen(room: Room, plan: Plan) -> Screen | None:
    """A team's own words as they typed them; or the core question of a dialogue, with the way to answer it."""
    if plan.dialogue is None:
        return Screen(plan.text or "")
    dialogue = room.dialogues.get(plan.dialogue)
    if dialogue is None or PLANNER not in dialogue.roles or not room.house.ready(room.team):
        return None
    address = link(room.house.sender.bot_name, room.team, dialogue.id)
    text = f"{dialogue.core.ask[PLANNER]}\n\n{texts.QUESTION_HINT}"
    return Screen(text, (Button(texts.TO_PRIVATE, url=address),))


def _around_moment(room: Room, period: Period) -> Iterator[tuple[str, Screen]]:
    """Two weeks before the moment, and when the feedback is there; for a moment that moved, said again."""
    house = room.house
    at = house.store.agenda.moment(period.team, period.number)
    if at is not None:
        local, closes = house.local(at), house.closes(period)
        if moments.asked_on(house, period, room.free) <= house.today() < closes.date():
            occasion = moments.before(period.number, local.date())
            again = moments.said_before(house, period) - {occasion}
            text = texts.BEFORE_MOVED_MOMENT if again else texts.BEFORE_MOMENT
            yield occasion, Screen(text.format(moment=dutch_moment(local, today=house.today())))
    past = house.store.agenda.moment(period.team, period.number - 1)
    if past is not None and past > house.now():
        local = house.local(past)
        if house.today() >= moments.told_on(local.date(), house.local(period.opened).date(), room.free):
            day = texts.TODAY if local.date() == house.today() else texts.TOMORROW
            text = texts.FEEDBACK_IS_THERE.format(day=day, time=f"{local:%H:%M}")
            yield f"after:{period.number - 1}:{local.date().isoformat()}", Screen(text)
