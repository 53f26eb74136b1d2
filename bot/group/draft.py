"""A reminder that is being made: all that was chosen so far is in the buttons and, in words, in the message. Pure.

So a restart loses nothing, and what somebody types can be added to what the message already says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.wording import planning_texts as texts
from bot.wording.planned import of_each_month
from dialogues.calendar import (
    EVERY,
    MONTHLY,
    MONTHLY_WEEKDAY,
    ONCE,
    WEEKS,
    Recurrence,
    day_of_month,
    nth_weekday,
)
from dialogues.dates import MONTHS, dutch_date
from dialogues.short import code
from dialogues.tree import Dialogue
from dialogues.typed import MisreadError, read_day_of_month, read_nth_weekday, read_time

PLAN = "plan"
"""The first word of every button here."""
OWN = "t"
"""Stands for a team's own words in a button; the words are in the message."""
_CODES = {every: every.replace("ly", "").replace("-weekday", "w") for every in EVERY}
LONG_AGO = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen so far. `number`: of the plan that is moved, 0 for a new one. `what`: the short code of a
    dialogue, or OWN with `text`; of one that is moved its mark, or empty."""

    number: int = 0
    what: str = ""
    every: str = ""
    first: date | None = None
    at: time | None = None
    text: str = field(default="", repr=False)

    def button(self, action: str) -> str:
        """As the data of a button."""
        day = f"{self.first:%Y%m%d}" if self.first else ""
        clock = f"{self.at:%H%M}" if self.at else ""
        return ".".join((PLAN, action, str(self.number), self.what, _CODES.get(self.every, ""), day, clock))

    def recurrence(self) -> Recurrence | None:
        """The rule, once all of it was chosen."""
        if not self.every or self.first is None or self.at is None:
            return None
        return Recurrence(self.every, self.first, self.at)

    def settled(self, now: datetime, zone: ZoneInfo) -> Draft:
        """The same, a week later where today was meant and its time has passed."""
        if self.every not in WEEKS or self.first is None or self.at is None:
            return self
        passed = datetime.combine(self.first, self.at, zone).astimezone(UTC) <= now
        today = self.first == now.astimezone(zone).date()
        return replace(self, first=self.first + timedelta(weeks=1)) if passed and today else self


def read_button(data: str, message: str | None) -> Draft | None:
    """What a button means, with the words in its message; None when it was never ours."""
    parts = data.split(".")[2:]
    if len(parts) != 5 or not re.fullmatch(r"[0-9]{1,3}", parts[0]):
        return None
    every = next((every for every, short in _CODES.items() if short == parts[2]), "")
    try:
        day = date.fromisoformat(parts[3]) if parts[3] else None
        clock = read_time(f"{parts[4][:2]}:{parts[4][2:]}") if parts[4] else None
    except (ValueError, MisreadError):
        return None
    words = text_in(message or "") if parts[1] == OWN else ""
    return Draft(int(parts[0]), parts[1], every, day, clock, words)


def header(draft: Draft, dialogues: Mapping[str, Dialogue]) -> str:
    """What was chosen so far, in words that `read_words` reads back."""
    title = texts.MOVE_HEAD.format(number=draft.number) if draft.number else texts.NEW_HEAD
    name = texts.OWN_TEXT_VALUE if draft.what == OWN else title_of(draft.what, dialogues)
    lines = [texts.WHAT_LINE.format(value=name)] if name else []
    if draft.every:
        lines.append(texts.EVERY_LINE.format(value=texts.EVERY_VALUES[draft.every]))
    if draft.first and draft.every in (MONTHLY, MONTHLY_WEEKDAY):
        which = texts.OF_EACH_MONTH.format(day=of_each_month(draft.every, draft.first))
        lines.append(texts.DAY_LINE.format(value=which))
    elif draft.first:
        pattern = texts.DAY_LINE if draft.every == ONCE else texts.FIRST_LINE
        lines.append(pattern.format(value=dutch_date(draft.first, LONG_AGO)))
    if draft.at:
        lines.append(texts.AT_LINE.format(value=f"{draft.at:%H:%M}"))
    return "\n".join([title, "", *lines]) if lines else title


def screen_text(draft: Draft, dialogues: Mapping[str, Dialogue], *below: str) -> str:
    """The header, what is asked or said below it, and a team's own words last: nothing comes after those."""
    parts = [header(draft, dialogues), *filter(None, below)]
    return "\n\n".join([*parts, texts.TEXT_MARK + draft.text] if draft.text else parts)


def text_in(message: str) -> str:
    """A team's own words out of a message of the wizard; empty when there are none."""
    return message.partition(texts.TEXT_MARK)[2]


def read_words(message: str, dialogues: Mapping[str, Dialogue], today: date) -> Draft | None:
    """What a message of the wizard says was chosen so far; None when it is no such message."""
    ours, _, words = message.partition(texts.TEXT_MARK)
    said = ours.split("\n")
    moved = re.fullmatch(re.escape(texts.MOVE_HEAD).replace(r"\{number\}", "([0-9]{1,3})"), said[0])
    if moved is None and said[0] != texts.NEW_HEAD:
        return None
    name, often = value_in(said, texts.WHAT_LINE), value_in(said, texts.EVERY_LINE)
    which, clock = value_in(said, texts.DAY_LINE), value_in(said, texts.AT_LINE)
    day = value_in(said, texts.FIRST_LINE) or (which if often == texts.EVERY_VALUES[ONCE] else "")
    known = {dialogue.title: code(dialogue.id) for dialogue in dialogues.values()}
    try:
        return Draft(
            number=int(moved[1]) if moved else 0,
            what=OWN if name == texts.OWN_TEXT_VALUE else known.get(name, ""),
            every=next((every for every, value in texts.EVERY_VALUES.items() if value == often), ""),
            first=written(day) if day else _of_month(which, today),
            at=read_time(clock) if clock else None,
            text=words,
        )
    except (MisreadError, ValueError):
        return None


def title_of(what: str, dialogues: Mapping[str, Dialogue]) -> str:
    """The title of the dialogue with this short code; empty when there is none."""
    return next((dialogue.title for dialogue in dialogues.values() if code(dialogue.id) == what), "")


def is_over(draft: Draft, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it would come once, at a moment that has passed."""
    if draft.every != ONCE or draft.first is None or draft.at is None:
        return False
    return datetime.combine(draft.first, draft.at, zone).astimezone(UTC) <= now


def written(day: str) -> date:
    """The day that stands in a header. Raises ValueError."""
    number, month, year = day.split()[-3:]
    return date(int(year), MONTHS.index(month) + 1, int(number))


def _of_month(which: str, today: date) -> date | None:
    """The anchor of what comes back each month; None when it says nothing."""
    number, nth = read_day_of_month(which), read_nth_weekday(which)
    if number is not None:
        return day_of_month(number, today)
    return nth_weekday(*nth, today) if nth is not None else None


def value_in(lines: list[str], pattern: str) -> str:
    """What stands behind the fixed words of this line; empty when the line is not there."""
    fixed = pattern.removesuffix("{value}")
    return next((found.removeprefix(fixed) for found in lines if found.startswith(fixed)), "")
