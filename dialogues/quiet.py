"""The quiet hours: when nobody is sent anything, and when that is over. Pure; on the clocks of a time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)


def is_quiet(now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is too late or too early, on the clocks of `zone`, to send anybody anything.

    Raises ValueError for a moment without a zone, as everything here does.
    """
    clock = local(now, zone).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def next_open(now: datetime, zone: ZoneInfo) -> datetime:
    """`now` itself outside the quiet hours, else the moment at which they end, in `zone`."""
    if not is_quiet(now, zone):
        return now
    clock = local(now, zone)
    night = timedelta(days=1) if clock.time() >= QUIET_FROM else timedelta(0)
    return at(clock.date() + night, QUIET_UNTIL, zone)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """This moment on the clocks of `zone`."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(zone)


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """This local time on this day; where the clocks skip it, the same instant as they really show it."""
    return datetime.combine(day, clock, zone).astimezone(UTC).astimezone(zone)
