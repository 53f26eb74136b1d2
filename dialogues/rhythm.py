"""When a person is next due, given now: rhythm, part of the day, free days and quiet hours.

Nothing is remembered here: the answer follows from the rhythm and the clock alone, so it survives restarts
and clocks that jump. Whoever sends keeps the dates that were served.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from dialogues.calendar import FreeDays
from dialogues.quiet import at, is_quiet, local

RHYTHMS: Mapping[str, int] = MappingProxyType({"weekly": 1, "fortnightly": 2, "fourweekly": 4})
"""Rhythm -> weeks between two check-ins."""

MOMENT = "moment"
"""Only around the evaluation moment: never due by rhythm."""

_SLOWER: Mapping[str, str] = MappingProxyType(
    {"weekly": "fortnightly", "fortnightly": "fourweekly", "fourweekly": MOMENT, MOMENT: MOMENT}
)

DAYPARTS: Mapping[str, time] = MappingProxyType(
    {"ochtend": time(9), "tussen-de-middag": time(12), "middag": time(15), "avond": time(19)}
)
"""Part of the day -> local time from which a check-in may be sent."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a person chose. `weekday`: Monday is 0; `anchor`: the local day on which they joined."""

    every: str
    weekday: int
    daypart: str
    anchor: date

    def __post_init__(self) -> None:
        """Raises ValueError for a rhythm, a weekday or a part of the day that does not exist."""
        if self.every != MOMENT and self.every not in RHYTHMS:
            raise ValueError("no such rhythm")
        if not 0 <= self.weekday <= 6:
            raise ValueError("no such weekday")
        if self.daypart not in DAYPARTS:
            raise ValueError("no such part of the day")


def slower(every: str) -> str:
    """The next rhythm that asks less; the slowest one is its own."""
    return _SLOWER[every]


def parts_begun(now: datetime, zone: ZoneInfo) -> frozenset[str]:
    """The parts of today that have begun on the clocks of `zone`."""
    clock = local(now, zone).time()
    return frozenset(part for part, begins in DAYPARTS.items() if begins <= clock)


def due_day(rhythm: Rhythm, now: datetime, zone: ZoneInfo, free: FreeDays) -> date | None:
    """The planned day of the check-in that is due right now, else None.

    On a free day it waits for the first day after it that is not free, and is due then: its planned day, by which
    it is known, stays the same whatever days are free. What waits until the next one has come gives way to it.
    The same date comes back from the chosen part of the day until the quiet hours begin; the next day nothing
    does, so a check-in that could not be sent in its own day is dropped.
    """
    today = local(now, zone).date()
    planned = _last_planned(rhythm, today)
    if planned is None or is_quiet(now, zone) or free.next_open(planned) != today:
        return None
    begins = at(today, DAYPARTS[rhythm.daypart], zone)
    return planned if begins.astimezone(UTC) <= now.astimezone(UTC) else None


def next_slot(rhythm: Rhythm, after: datetime, zone: ZoneInfo, free: FreeDays) -> datetime | None:
    """When the first check-in later than `after` really comes, in `zone`; None when this rhythm plans none."""
    if rhythm.every == MOMENT:
        return None
    step = timedelta(weeks=RHYTHMS[rhythm.every])
    planned = _last_planned(rhythm, local(after, zone).date()) or _first_day(rhythm)
    while True:
        moved = free.next_open(planned)
        comes = at(moved, DAYPARTS[rhythm.daypart], zone)
        if moved < planned + step and comes.astimezone(UTC) > after.astimezone(UTC):
            return comes
        planned += step


def _first_day(rhythm: Rhythm) -> date:
    """The first chosen weekday after the day of joining: nobody gets a check-in on that day itself."""
    tomorrow = rhythm.anchor + timedelta(days=1)
    return tomorrow + timedelta(days=(rhythm.weekday - tomorrow.weekday()) % 7)


def _last_planned(rhythm: Rhythm, day: date) -> date | None:
    """The last day up to this one for which a check-in was planned; None before the first."""
    first = _first_day(rhythm)
    if rhythm.every == MOMENT or day < first:
        return None
    return day - (day - first) % timedelta(weeks=RHYTHMS[rhythm.every])
