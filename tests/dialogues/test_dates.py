"""Days in Dutch words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogues.dates import dutch_date, dutch_moment


def test_days_and_moments_read_as_people_say_them() -> None:
    """Weekday, day and month, without zeros in front; the time with two digits each."""
    assert dutch_date(date(2026, 12, 3)) == "donderdag 3 december"
    moment = datetime(2026, 12, 3, 14, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert dutch_moment(moment) == "donderdag 3 december om 14:00"


def test_another_year_is_named() -> None:
    """Around New Year nobody has to guess which January is meant."""
    assert dutch_date(date(2027, 1, 7), today=date(2026, 12, 30)) == "donderdag 7 januari 2027"
    assert dutch_date(date(2026, 12, 31), today=date(2026, 12, 30)) == "donderdag 31 december"


def test_every_weekday_and_month_has_its_name() -> None:
    """A year of days gives seven weekdays and twelve months, each spelled one way."""
    days = [dutch_date(date(2024, 1, 1) + timedelta(days=n)).split() for n in range(366)]
    assert len({day[0] for day in days}) == 7
    assert len({day[2] for day in days}) == 12
    assert len({" ".join(day[1:]) for day in days}) == 366
