"""Days and moments in Dutch words, without the machine's locale: servers rarely have a Dutch one."""

from __future__ import annotations

from datetime import date, datetime

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def dutch_day(day: date) -> str:
    """`3 december 2026`, for what is read again years later."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def dutch_date(day: date, today: date | None = None) -> str:
    """`donderdag 3 december`; the year comes behind it when `today` is given and lies in another year."""
    words = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if today is not None and today.year != day.year else words


def dutch_moment(local: datetime, today: date | None = None) -> str:
    """`donderdag 3 december om 14:00`, reading the clock as `local` shows it: bring it to the zone first."""
    return f"{dutch_date(local.date(), today)} om {local:%H:%M}"
