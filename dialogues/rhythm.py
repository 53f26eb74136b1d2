"""When a person is next due, given now: rhythm, part of the day and quiet hours.

Nothing is remembered here: the answer follows from the rhythm and the clock alone, so it survives restarts
and clocks that jump. Whoever sends keeps the dates that were served.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

RHYTHMS: Mapping[str, int] = MappingProxyType({"weekly": 1, "fortnightly": 2, "fourweekly": 4})
"""Rhythm -> weeks between two check-ins."""

MOMENT = "moment"
"""Only around the evaluation moment: never due by rhythm."""

DAYPARTS: Mapping[str, time] = MappingProxyType(
    {"ochtend": time(9), "tussen-de-middag": time(12), "middag": time(15), "avond": time(19)}
)
"""Part of the day -> local time from which a check-in may be sent."""

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)


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


def is_quiet(now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is too late or too early, on the clocks of `zone`, to send anybody anything."""
    clock = _local(now, zone).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def next_open(now: datetime, zone: ZoneInfo) -> datetime:
    """`now` itself outside the quiet hours, else the moment at which they end, in `zone`."""
    if not is_quiet(now, zone):
        return now
    local = _local(now, zone)
    night = timedelta(days=1) if local.time() >= QUIET_FROM else timedelta(0)
    return _at(local.date() + night, QUIET_UNTIL, zone)


def due_day(rhythm: Rhythm, now: datetime, zone: ZoneInfo) -> date | None:
    """Today's local date when a check-in is due right now, else None.

    The same date comes back from the chosen part of the day until the quiet hours begin; the next day nothing
    does, so a check-in that could not be sent in its own day is dropped.
    """
    today = _local(now, zone).date()
    if not _is_slot(rhythm, today) or is_quiet(now, zone):
        return None
    begins = _at(today, DAYPARTS[rhythm.daypart], zone)
    return today if begins.astimezone(UTC) <= now.astimezone(UTC) else None


def next_slot(rhythm: Rhythm, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The first planned check-in later than `after`, in `zone`; None when this rhythm plans none."""
    if rhythm.every == MOMENT:
        return None
    step = timedelta(weeks=RHYTHMS[rhythm.every])
    first = _first_day(rhythm)
    missed = max(0, (_local(after, zone).date() - first) // step)
    day = first + missed * step
    while True:
        planned = _at(day, DAYPARTS[rhythm.daypart], zone)
        if planned.astimezone(UTC) > after.astimezone(UTC):
            return planned
        day += step


def _first_day(rhythm: Rhythm) -> date:
    """The first chosen weekday after the day of joining: nobody gets a check-in on that day itself."""
    tomorrow = rhythm.anchor + timedelta(days=1)
    return tomorrow + timedelta(days=(rhythm.weekday - tomorrow.weekday()) % 7)


def _is_slot(rhythm: Rhythm, day: date) -> bool:
    if rhythm.every == MOMENT:
        return False
    passed = (day - _first_day(rhythm)).days
    return passed >= 0 and passed % (7 * RHYTHMS[rhythm.every]) == 0


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(zone)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """This local time on this day; where the clocks skip it, the same instant as they really show it."""
    return datetime.combine(day, clock, zone).astimezone(UTC).astimezone(zone)
