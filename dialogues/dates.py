"""Days and moments in Dutch words, without the machine's locale: servers rarely have a Dutch one."""

from __future__ import annotations

from datetime import date, datetime

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
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
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def dutch_date(day: date, today: date | None = None) -> str:
    """`donderdag 3 december`; the year comes behind it when `today` is given and lies in another year."""
    words = f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if today is not None and today.year != day.year else words


def short_date(day: date) -> str:
    """`do 3 december 2026`: at most twenty characters, so that it fits on a button."""
    month = MONTHS[day.month - 1]
    return (
        f"{DAYS[day.weekday()][:2]} {day.day} {month if day.day < 10 or len(month) < 9 else month[:4]} {day.year}"
    )


def dutch_moment(local: datetime, today: date | None = None) -> str:
    """`donderdag 3 december om 14:00`, reading the clock as `local` shows it: bring it to the zone first."""
    return f"{dutch_date(local.date(), today)} om {local:%H:%M}"
