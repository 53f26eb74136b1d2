"""What the oracle knows of days: written from the promises, without a look at how naastbot reckons.

Easter after Gauss and Meeus; everything else follows from it, or stands in the law.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
WEEKS = {"weekly": 1, "fortnightly": 2, "fourweekly": 4}
PARTS = {"ochtend": time(9), "tussen-de-middag": time(12), "middag": time(15), "avond": time(19)}


@cache
def easter(year: int) -> date:
    """Easter Sunday."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    days = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * days) // 451
    month, day = divmod(h + days - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of the Netherlands in a year between 2014 and 2029."""
    kings_day = date(year, 4, 27)
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    fixed.append(kings_day - DAY if kings_day.weekday() == 6 else kings_day)
    if year % 5 == 0:
        fixed.append(date(year, 5, 5))
    return frozenset(fixed) | {easter(year) + days * DAY for days in (-2, 0, 1, 39, 49, 50)}


@dataclass
class Free:
    """The free days of one team: the holidays and its own, as (first, last)."""

    own: list[tuple[date, date]] = field(default_factory=list)

    def __contains__(self, day: date) -> bool:
        return day in holidays(day.year) or any(first <= day <= last for first, last in self.own)

    def open_from(self, day: date) -> date:
        """The first day from this one on that is not free."""
        while day in self:
            day += DAY
        return day


def planned_for(every: str, weekday: int, joined: date, today: date, free: Iterable[date] | Free) -> date | None:
    """The day for which the check-in that comes today was planned; None when none comes."""
    if every not in WEEKS or today in free:
        return None
    first = joined + DAY
    while first.weekday() != weekday:
        first += DAY
    if today < first:
        return None
    found = between = today - ((today - first).days % (7 * WEEKS[every])) * DAY
    while between < today:
        if between not in free:
            return None
        between += DAY
    return found


def local(moment: datetime) -> datetime:
    """On the clocks of the Netherlands."""
    return moment.astimezone(ZONE)
