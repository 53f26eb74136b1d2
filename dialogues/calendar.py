"""One calendar: days that are free, and what comes back every so often. Pure; local days and clock times only.

Everything follows from an anchor, a rule and the clock on the wall, never from what happened last: so nothing
drifts when a clock jumps, an hour is skipped or a server was off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays
from dateutil import rrule

from dialogues.quiet import QUIET_FROM, QUIET_UNTIL

ONCE, MONTHLY, MONTHLY_WEEKDAY = "once", "monthly", "monthly-weekday"
WEEKS: Mapping[str, int] = MappingProxyType({"weekly": 1, "fortnightly": 2, "fourweekly": 4})
EVERY = (ONCE, *WEEKS, MONTHLY, MONTHLY_WEEKDAY)
"""How often something comes. Monthly: on the anchor's day of the month, or on its weekday (the first Monday)."""

LONGEST_FREE = timedelta(days=92)
"""A team's own free days in one stretch: a quarter of a year, more is a slip of the pen."""
LONGEST_MOVE = timedelta(days=366)
"""Nothing is moved further than this: see FreeDays.next_open."""
_NEVER_OPEN = "more than a year of free days in a row"


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The Dutch public holidays, and a team's own free days beside them (first and last day of each stretch).

    The holidays are those that https://www.rijksoverheid.nl names, as the package `holidays` keeps them.
    """

    own: tuple[tuple[date, date], ...] = ()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in _public(day.year) or self._is_own(day))

    def name(self, day: date) -> str | None:
        """The holiday's Dutch name; None for any other day, also for one that a team keeps free."""
        return _public(day.year).get(day)

    def next_open(self, day: date) -> date:
        """This day, or the first one after it that is not free. Raises ValueError when a year holds none."""
        for later in range(366):
            if (candidate := day + timedelta(days=later)) not in self:
                return candidate
        raise ValueError(_NEVER_OPEN)

    def moved_to(self, day: date) -> tuple[date, ...]:
        """The days of which what was planned comes on this one: itself and the free days right before it.

        Empty for a day that is free itself.
        """
        if day in self:
            return ()
        days = [day]
        while (before := days[-1] - timedelta(days=1)) in self:
            days.append(before)
        return tuple(days)

    def _is_own(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.own)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Something that comes at a local clock time, from its anchor on.

    `first` is the anchor: it says from when on, on which weekday or day of the month. What would come on the 31st
    comes on the last day of a shorter month; a fifth Monday is the last one.
    """

    every: str
    first: date
    at: time

    def __post_init__(self) -> None:
        """Raises ValueError for a rule that does not exist, and for a time in the quiet hours."""
        if self.every not in EVERY:
            raise ValueError("no such recurrence")
        if not QUIET_UNTIL <= self.at < QUIET_FROM or self.at.tzinfo is not None:
            raise ValueError("a local time outside the quiet hours")

    def days(self, free: FreeDays) -> Iterator[date]:
        """Its days, in order, each moved to the first day that is not free; one for what comes once, else no end.

        What is moved as far as the next one, or past it, is left out: that one comes in its place.
        """
        return (comes for _, comes in self.moves(free))

    def moves(self, free: FreeDays, near: date | None = None) -> Iterator[tuple[date, date]]:
        """The same days, each behind the day on which it would have come without free days.

        With `near`, days long before that one may be left out: nobody waits for the years since an old anchor.
        """
        if self.every == ONCE:
            yield self.first, free.next_open(self.first)
            return
        for day, following in pairwise(self._planned(near)):
            if (moved := free.next_open(day)) < following:
                yield day, moved

    def after(self, moment: datetime, zone: ZoneInfo, free: FreeDays) -> Iterator[datetime]:
        """When it comes, later than `moment`, in `zone`. Raises ValueError for a moment without a zone."""
        if moment.utcoffset() is None:
            raise ValueError("a moment needs a time zone")
        for _, day in self.moves(free, near=moment.astimezone(zone).date()):
            comes = datetime.combine(day, self.at, zone)
            if comes.astimezone(UTC) > moment.astimezone(UTC):
                yield comes

    def _planned(self, near: date | None = None) -> Iterator[date]:
        start = datetime.combine(self.first, time())
        if near is not None and self.every in WEEKS:
            step = timedelta(weeks=WEEKS[self.every])
            start += max(0, (near - LONGEST_MOVE - self.first) // step) * step
        if self.every in WEEKS:
            rule = rrule.rrule(rrule.WEEKLY, dtstart=start, interval=WEEKS[self.every])
        elif self.every == MONTHLY:
            # Of the days that the month has, the last one up to the anchor's.
            days = range(min(28, self.first.day), self.first.day + 1)
            rule = rrule.rrule(rrule.MONTHLY, dtstart=start, bymonthday=tuple(days), bysetpos=-1)
        else:
            nth = (self.first.day - 1) // 7 + 1
            which = rrule.weekday(self.first.weekday(), -1 if nth == 5 else nth)
            rule = rrule.rrule(rrule.MONTHLY, dtstart=start, byweekday=which)
        return (planned.date() for planned in rule)


def next_weekday(weekday: int, today: date) -> date:
    """The first such day, today included."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def day_of_month(number: int, today: date) -> date:
    """The last time that a month had such a day, this month included: from there on the rule says the rest."""
    month = today.replace(day=1)
    while True:
        if number <= (month + timedelta(days=31)).replace(day=1).toordinal() - month.toordinal():
            return month.replace(day=number)
        month = (month - timedelta(days=1)).replace(day=1)


def nth_weekday(nth: int, weekday: int, today: date) -> date:
    """The last first, second, third or fourth such day of a month; the fifth, the last, in a month that has it."""
    month = today.replace(day=1)
    while True:
        found = next_weekday(weekday, month) + timedelta(weeks=nth - 1)
        if found.month == month.month:
            return found
        month = (month - timedelta(days=1)).replace(day=1)


@cache
def _public(year: int) -> dict[date, str]:
    """The public holidays of a year, with their Dutch names."""
    return dict(holidays.country_holidays("NL", years=year, language="nl"))
