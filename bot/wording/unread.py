"""Why what somebody typed can't be used, in Dutch."""

from __future__ import annotations

import calendar

from bot.wording import planning_texts as texts
from dialogues.dates import DAYS, MONTHS, dutch_day
from dialogues.typed import NO_SUCH_DAY, MisreadError


def in_words(misread: MisreadError) -> str:
    """One or two sentences: what is wrong, and what to type."""
    words = texts.MISREAD[misread.reason]
    if misread.reason == NO_SUCH_DAY:
        days = calendar.monthrange(misread.year, misread.month)[1]
        name = MONTHS[misread.month - 1]
        # Only of February the length depends on the year.
        month = f"{name} {misread.year}" if name == "februari" else name
        return words.format(month=month.capitalize(), days=days)
    if misread.day is None:
        return words
    weekday = DAYS[misread.day.weekday()]
    written = dutch_day(misread.day)
    return words.format(day=written, date=written, weekday=weekday)
