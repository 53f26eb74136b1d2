"""Days and times as people type them in Dutch: `3 december`, `3-12`, `morgen`, `10:30`. Pure.

What can't be read is never guessed at: it raises MisreadError, which says why, so that whoever asks can put it in
words.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, time, timedelta

from dialogues.dates import DAYS, MONTHS
from dialogues.quiet import QUIET_FROM, QUIET_UNTIL

UNKNOWN, NO_SUCH_DAY, PAST, TOO_FAR, OTHER_WEEKDAY, UNKNOWN_TIME, NIGHT, NO_WORDS = (
    *("unknown", "no-such-day", "past", "too-far", "other-weekday", "unknown-time", "night", "no-words"),
)
"""Why something can't be used as it was typed."""

FAR = timedelta(days=2 * 366)
"""A day further away than this is a slip of the pen."""

LONG_PAST = timedelta(days=366)
"""A day longer ago than this is in no button any more: even the last month with a 31st is nearer."""

_SOON = {"vandaag": 0, "morgen": 1, "overmorgen": 2, "over een week": 7, "over twee weken": 14, "gisteren": -1}
_SHORT_MONTHS = {"mrt": 3, "sept": 9, **{name[:3]: number for number, name in enumerate(MONTHS, 1)}}
_MONTH_NUMBERS = {**_SHORT_MONTHS, **{name: number for number, name in enumerate(MONTHS, 1)}}
_WEEKDAYS = {**{name[:2]: n for n, name in enumerate(DAYS)}, **{name: n for n, name in enumerate(DAYS)}}
_MONTH_WORD = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_WEEKDAY_WORD = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_NUMBER = r"(?P<day>\d{1,2})(?:e|ste|de)?"
_WORDS = re.compile(rf"{_NUMBER}\s+(?P<word>{_MONTH_WORD})\.?(?:\s+(?P<year>\d{{4}}))?")
_FIGURES = re.compile(r"(?P<day>\d{1,2})\s?[-/.]\s?(?P<month>\d{1,2})(?:\s?[-/.]\s?(?P<year>\d{4}|\d{2}))?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_UNTIL = re.compile(r"\s+(?:tot en met|t/m|tot|-)\s+")
NTH = ("eerste", "tweede", "derde", "vierde", "laatste")
"""Which weekday of a month; five is the last one."""
_DAY_ALONE = re.compile(_NUMBER)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:\s?[:.u]\s?(?P<minute>\d{2})|\s?(?:u|uur))(?:\s?uur)?")


class MisreadError(Exception):
    """Why what was typed can't be used. `day`: the day that was read, if it is one; `month` and `year`: the month
    that has no such day."""

    def __init__(self, reason: str, day: date | None = None, month: int = 0, year: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.day = day
        self.month = month
        self.year = year


def with_words(text: str) -> str:
    """The same text. Raises MisreadError, NO_WORDS, when there is nothing in it: a picture was sent, or spaces."""
    if not text.strip():
        raise MisreadError(NO_WORDS)
    return text


def read_day(text: str, today: date) -> date:
    """The day that is meant, today or later. One without a year is the first that comes.

    Raises MisreadError: UNKNOWN, NO_SUCH_DAY, PAST, TOO_FAR, OTHER_WEEKDAY.
    """
    words = " ".join(text.lower().split()).removesuffix(".")
    if words in _SOON:
        return _checked(today + timedelta(days=_SOON[words]), today)
    weekday, rest = _weekday(words)
    if weekday is not None and not rest:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    day = _checked(_date(rest, today), today)
    if weekday is not None and day.weekday() != weekday:
        raise MisreadError(OTHER_WEEKDAY, day)
    return day


def read_stretch(text: str, today: date) -> tuple[date, date]:
    """The first and last day of `24 december` or `24 december tot en met 3 januari`. Raises MisreadError."""
    first, _, last = (part.strip() for part in _UNTIL.sub("|", text.lower(), count=1).partition("|"))
    begins = read_day(first.removeprefix("van ").strip(), today)
    return begins, read_day(last, begins) if last else begins


def read_day_of_month(text: str) -> int | None:
    """The day of every month that is meant: `31`, `de 15e`, `de laatste dag` (31); None for other words."""
    words = " ".join(text.lower().split()).removeprefix("de ").removesuffix(" van de maand")
    if words in ("laatste", "laatste dag"):
        return 31
    found = _DAY_ALONE.fullmatch(words)
    return int(found["day"]) if found and 1 <= int(found["day"]) <= 31 else None


def read_nth_weekday(text: str) -> tuple[int, int] | None:
    """Which one in the month, 1 to 5 (5: the last), and which weekday, of `de eerste maandag`; None otherwise."""
    words = text.lower().removesuffix(" van de maand").split()
    words = words[1:] if words[:1] == ["de"] else words
    if len(words) != 2 or words[0] not in NTH or words[1] not in _WEEKDAYS:
        return None
    return NTH.index(words[0]) + 1, _WEEKDAYS[words[1]]


def read_time(text: str) -> time:
    """The clock time that is meant, outside the quiet hours. Raises MisreadError: UNKNOWN_TIME, NIGHT."""
    found = _CLOCK.fullmatch(" ".join(text.lower().split()).removeprefix("om ").removesuffix("."))
    if found is None or int(found["hour"]) > 23 or int(found["minute"] or 0) > 59:
        raise MisreadError(UNKNOWN_TIME)
    clock = time(int(found["hour"]), int(found["minute"] or 0))
    if not QUIET_UNTIL <= clock < QUIET_FROM:
        raise MisreadError(NIGHT)
    return clock


def is_at_hand(day: date, today: date) -> bool:
    """Whether this day can have been put in a button: no calendar has to reckon with the year 1, or 9999."""
    return today - LONG_PAST <= day <= today + FAR


def _weekday(words: str) -> tuple[int | None, str]:
    """A weekday in front, and what stands behind it."""
    found = re.match(rf"({_WEEKDAY_WORD})(?:\s+|$)", words)
    return (_WEEKDAYS[found[1]], words[found.end() :]) if found else (None, words)


def _date(words: str, today: date) -> date:
    if found := _WORDS.fullmatch(words):
        return _found(int(found["day"]), _MONTH_NUMBERS[found["word"]], found["year"], today)
    if found := _FIGURES.fullmatch(words) or _ISO.fullmatch(words):
        if not 1 <= int(found["month"]) <= 12:
            raise MisreadError(UNKNOWN)
        return _found(int(found["day"]), int(found["month"]), found["year"], today)
    if found := _DAY_ALONE.fullmatch(words):
        month = today if int(found["day"]) >= today.day else today.replace(day=1) + timedelta(days=31)
        return _found(int(found["day"]), month.month, str(month.year), today)
    raise MisreadError(UNKNOWN)


def _found(number: int, month: int, year_typed: str | None, today: date) -> date:
    """This day of this month, in the year that was typed or else the first in which it comes."""
    year = int(year_typed) if year_typed else today.year
    year += 2000 if year < 100 else 0
    if not year_typed and (month, number) < (today.month, today.day):
        year += 1
    if not today.year - 100 <= year <= today.year + 100:
        raise MisreadError(UNKNOWN)
    if not 1 <= number <= calendar.monthrange(year, month)[1]:
        raise MisreadError(NO_SUCH_DAY, month=month, year=year)
    return _checked(date(year, month, number), today)


def _checked(day: date, today: date) -> date:
    if day < today:
        raise MisreadError(PAST, day)
    if day > today + FAR:
        raise MisreadError(TOO_FAR, day)
    return day
