"""Periods and their rounds: when one closes, how long its rounds are, which round it is now.

Elapsed time is absolute, so a change of the clocks makes no period longer or shorter. Every moment that comes
in must be aware, and every moment that goes out is in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MIN_OPEN = timedelta(weeks=8)
"""No period closes earlier: an earlier close would publish a handful of answers from a handful of people."""
PLANNED = timedelta(weeks=16)
"""How long a period is planned to take while nobody has set an evaluation moment."""
MAX_OPEN = timedelta(weeks=26)
"""A period closes here in any case, so that no answer waits longer with its key still in being."""
CLOSE_BEFORE_MOMENT = timedelta(hours=24)
"""The team has its feedback a day before the evaluation moment."""
COUNTS_FROM = timedelta(weeks=2)
"""Only people who joined this long before closing count; a late false member changes no threshold."""
MIN_ROUND = timedelta(weeks=4)
LAST_ROUND = 3


def round_length(planned: timedelta) -> timedelta:
    """The length of each round, fixed at opening: a quarter of the planned length, at least four weeks."""
    return max(MIN_ROUND, planned / 4)


def current_round(opened: datetime, length: timedelta, now: datetime) -> int:
    """The round that is open now, 0 to 3; the last one lasts until closing.

    A clock that stands before the opening is in round 0. Raises ValueError for a time without a zone.
    """
    elapsed = _utc(now) - _utc(opened)
    return max(0, min(LAST_ROUND, elapsed // length))


def turn(first_opened: datetime, opened: datetime, length: timedelta, round_number: int) -> int:
    """A number that is higher in each next round of a team, from 0 in its first one on, across its periods.

    `first_opened` is when the team's first period opened. It counts in steps of the shortest round, from the
    calendar alone; a round that a closing cuts short may share a number with the next.
    """
    return max(0, (_utc(opened) + round_number * length - _utc(first_opened)) // MIN_ROUND)


def rounds_begun(opened: datetime, length: timedelta, now: datetime) -> int:
    """How many rounds have begun by now, 1 to 4."""
    return current_round(opened, length, now) + 1


def first_close(opened: datetime) -> datetime:
    """The first moment at which a period that opened then may close, in UTC."""
    return _utc(opened) + MIN_OPEN


def earliest_moment(opened: datetime) -> datetime:
    """The first possible evaluation moment of a period that opened then, in UTC."""
    return first_close(opened) + CLOSE_BEFORE_MOMENT


def latest_moment(opened: datetime) -> datetime:
    """The last moment that can be set, in UTC: twice the longest period. Beyond it lies a slip of the pen."""
    return _utc(opened) + 2 * MAX_OPEN


def closes_at(opened: datetime, moment: datetime | None) -> datetime:
    """When the period closes by itself, in UTC: a day before its evaluation moment, or else as planned.

    Never before the first possible close, and never after the last, whatever the moment.
    """
    wanted = _utc(opened) + PLANNED if moment is None else _utc(moment) - CLOSE_BEFORE_MOMENT
    return max(first_close(opened), min(wanted, _utc(opened) + MAX_OPEN))


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
