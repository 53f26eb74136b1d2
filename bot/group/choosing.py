"""The screens of the wizard in the group: for each thing that is not chosen yet, what there is to choose. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from bot.group.draft import Draft, screen_text
from bot.render import Button, Screen
from bot.wording import planning_texts as texts
from dialogues.calendar import MONTHLY, MONTHLY_WEEKDAY, ONCE, day_of_month, next_weekday, nth_weekday
from dialogues.dates import DAYS
from dialogues.tree import Dialogue

SHOW, KEEP, ADJUST, CANCEL = "s", "k", "a", "x"
TYPE_TEXT, TYPE_DAY, TYPE_TIME = "qt", "qd", "qu"
TIMES = (time(9), time(11), time(13, 30), time(16))
OFFERED_WEEKDAYS = 5
"""Monday to Friday have a button; the weekend can be typed."""

Dialogues = Mapping[str, Dialogue]


def ask_next(draft: Draft, dialogues: Dialogues, today: date, wrong: str = "") -> Screen | None:
    """The screen for the first thing that is not chosen yet; None when all is. `wrong`: why it is asked again."""
    if not draft.every:
        buttons = [Button(label, replace(draft, every=every).button(SHOW)) for every, label in texts.EVERY.items()]
        return Screen(screen_text(draft, dialogues, wrong, texts.ASK_EVERY), tuple(buttons))
    if draft.first is None:
        buttons = [*_days(draft, today), Button(texts.OTHER_DAY, draft.button(TYPE_DAY))]
        return Screen(screen_text(draft, dialogues, wrong, texts.ASK_DAY), tuple(buttons))
    if draft.at is None:
        buttons = [Button(f"{at:%H:%M}", replace(draft, at=at).button(SHOW)) for at in TIMES]
        buttons.append(Button(texts.OTHER_TIME, draft.button(TYPE_TIME)))
        return Screen(screen_text(draft, dialogues, wrong, texts.ASK_TIME), tuple(buttons))
    return None


def ask_right(draft: Draft, dialogues: Dialogues, said: str) -> Screen:
    """The summary, with what it comes to in `said`."""
    text = screen_text(draft, dialogues, said, texts.SUMMARY)
    return Screen(text, (Button(texts.RIGHT, draft.button(KEEP)), Button(texts.ADJUST, draft.button(ADJUST))))


def ask_what_to_adjust(draft: Draft, dialogues: Dialogues) -> Screen:
    """Which choice is made again. Another rhythm needs another day."""
    without = {
        "every": replace(draft, every="", first=None),
        "first": replace(draft, first=None),
        "at": replace(draft, at=None),
    }
    buttons = [Button(label, without[name].button(SHOW)) for name, label in texts.ADJUST_WHAT.items()]
    buttons += [Button(texts.CANCEL, draft.button(CANCEL)), Button(texts.BACK, draft.button(SHOW))]
    return Screen(screen_text(draft, dialogues, texts.ADJUST_ASK), tuple(buttons))


def ask_to_type(draft: Draft, dialogues: Dialogues, question: str, wrong: str = "") -> Screen:
    """A message to be answered with words; `wrong` says why the last words could not be used."""
    return Screen(screen_text(draft, dialogues, wrong, question), reply=texts.PLACEHOLDER[question])


def _days(draft: Draft, today: date) -> list[Button]:
    def button(label: str, day: date, every: str = draft.every) -> Button:
        return Button(label, replace(draft, first=day, every=every).button(SHOW))

    if draft.every == ONCE:
        return [button(label, today + timedelta(days=ahead)) for ahead, label in texts.SOON.items()]
    if draft.every in (MONTHLY, MONTHLY_WEEKDAY):
        firsts = [
            button(texts.FIRST_WEEKDAY.format(day=DAYS[weekday]), nth_weekday(1, weekday, today), MONTHLY_WEEKDAY)
            for weekday in (0, 3)
        ]
        return [
            button(texts.FIRST_OF_MONTH, day_of_month(1, today), MONTHLY),
            button(texts.FIFTEENTH, day_of_month(15, today), MONTHLY),
            button(texts.LAST_OF_MONTH, day_of_month(31, today), MONTHLY),
            *firsts,
        ]
    return [
        button(DAYS[weekday].capitalize(), next_weekday(weekday, today)) for weekday in range(OFFERED_WEEKDAYS)
    ]


def with_day(draft: Draft, day: date, every: str) -> Draft:
    """The draft with this day, and the rule that goes with it."""
    return replace(draft, first=day, every=every)


def with_time(draft: Draft, at: time) -> Draft:
    """The draft with this time."""
    return replace(draft, at=at)
