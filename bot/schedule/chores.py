"""What is done once in each part of a day: prompts that nobody tapped end, and what is old is forgotten."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta

from bot.house import House
from bot.schedule import asking_less, reminders
from bot.schedule.look import look_at
from dialogues.rhythm import parts_begun
from storage.answers import Period, PeriodClosedError
from storage.errands import Errand
from storage.schema import writing

log = logging.getLogger("naastbot.chores")

FREE_DAYS_STAY = timedelta(days=366)
"""A team's free days are forgotten a year later: a date of a year ago moves nothing that is still to come."""

Part = tuple[date, frozenset[str]]
"""A local day, and the parts of it that have begun."""


def part_of_day(house: House) -> Part:
    """What has begun of today."""
    now = house.local(house.now())
    return now.date(), parts_begun(now, house.settings.zone)


class Chores:
    """Remembers, while the program runs, what was done when; doing it again after a start costs nothing."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, int], Part] = {}
        self._reminded: dict[tuple[str, int], Part] = {}
        self._invitations: date | None = None

    def do(self, house: House) -> None:
        """For every open period that has not had its turn in this part of the day, and once a day for all."""
        today, part = house.today(), part_of_day(house)
        if self._invitations != today:
            house.store.invitations.forget_old(today)
            house.store.free_days.forget_before(today - FREE_DAYS_STAY)
            self._invitations = today
        for period in house.store.answers.all_periods(state="open"):
            before = self._done.get((period.team, period.number))
            if before != part:
                try:
                    _do(house, period, *part, is_new_day=before is None or before[0] != today)
                except (LookupError, ValueError) as error:
                    # One team's trouble, such as a row that can't be read any more, is not the others'.
                    log.warning("the chores of a team could not be done (%s)", type(error).__name__)
                self._done[period.team, period.number] = part

    def reminders(self, house: House, part: Part) -> Iterator[list[Errand]]:
        """Who is reminded in this part of the day, team by team, where that was not looked at; none at night."""
        for period in house.store.answers.all_periods(state="open"):
            of_team = (period.team, period.number)
            if self._reminded.get(of_team) != part and house.is_decent(period.team):
                try:
                    yield list(reminders.due(look_at(house, period), part[1]))
                except (LookupError, ValueError, PeriodClosedError) as error:
                    log.warning("a team could not be reminded (%s)", type(error).__name__)
                self._reminded[of_team] = part


def _do(house: House, period: Period, today: date, parts: frozenset[str], *, is_new_day: bool) -> None:
    try:
        diary = house.store.agenda.diary(period.team, period.number)
    except PeriodClosedError:
        return

    def may_hear(participant: bytes) -> bool:
        """In somebody's own part of the day: what is said when their prompt ends comes as it ends."""
        person = house.store.contacts.get(participant)
        return person is None or person.rhythm.daypart in parts

    with writing(house.store.contacts.db):
        for participant in diary.take_expired_prompts(today, may_hear):
            asking_less.count(house, period, diary, participant)
        if is_new_day:
            # All that was sent has to be read for it.
            diary.forget_earlier_rounds(period.round_at(house.now()), today)
