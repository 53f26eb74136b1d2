"""What is planned in Dutch words: what, how often, when next, and why something comes on another day. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.wording import planning_texts as texts
from dialogues.calendar import MONTHLY, MONTHLY_WEEKDAY, ONCE, FreeDays, Recurrence
from dialogues.dates import DAYS, dutch_date, dutch_moment
from dialogues.tree import Dialogue
from dialogues.typed import NTH
from storage.plans import Plan

LABEL = 20
"""Characters on a button."""
EXCERPT = 40
"""Characters of a team's own words in a list."""


def label(words: str) -> str:
    """These words as they fit on a button: cut behind a word, where one ends in the second half."""
    if len(words) <= LABEL:
        return words
    end = words.rfind(" ", LABEL // 2, LABEL)
    return words[: end if end > 0 else LABEL - 1].rstrip(" ,.:;") + "…"


def what(plan: Plan, dialogues: Mapping[str, Dialogue], most: int = EXCERPT) -> str:
    """The dialogue's title, or the beginning of a team's own words on one line."""
    if plan.dialogue is not None:
        dialogue = dialogues.get(plan.dialogue)
        return dialogue.title if dialogue else plan.dialogue
    words = " ".join((plan.text or "").split())
    return f"‘{words}’" if len(words) <= most else f"‘{words[: most - 1].rstrip()}…’"


def how_often(recurrence: Recurrence, today: date) -> str:
    """`elke twee weken op donderdag om 10:30`."""
    day = recurrence.first
    if recurrence.every == ONCE:
        when = f"op {dutch_date(day, today)}"
    elif recurrence.every in (MONTHLY, MONTHLY_WEEKDAY):
        when = f"op de {of_each_month(recurrence.every, day)} van elke maand"
    else:
        when = f"{texts.EVERY_VALUES[recurrence.every]} op {DAYS[day.weekday()]}"
    return f"{when} om {recurrence.at:%H:%M}"


def of_each_month(every: str, first: date) -> str:
    """Which day of a month comes back: `15e`, `laatste dag`, `eerste maandag`."""
    if every == MONTHLY_WEEKDAY:
        return f"{NTH[(first.day - 1) // 7]} {DAYS[first.weekday()]}"
    return "laatste dag" if first.day == 31 else f"{first.day}e"


def coming(plan: Plan, now: datetime, zone: ZoneInfo, free: FreeDays, count: int = 2) -> list[datetime]:
    """The next so many times that it comes, in local time."""
    return list(islice(plan.comes(now, zone, free), count))


def line(plan: Plan, dialogues: Mapping[str, Dialogue], now: datetime, zone: ZoneInfo, free: FreeDays) -> str:
    """One plan as one line of the list."""
    today = now.astimezone(zone).date()
    following = coming(plan, now, zone, free, 1)
    if plan.paused:
        comes = texts.LIST_PAUSED
    elif following and comes_as_said(plan, following[0].date()):
        comes = ""
    elif following:
        comes = texts.LIST_NEXT.format(day=dutch_date(following[0].date(), today))
    else:
        comes = texts.LIST_OVER
    if plan.skip and plan.skip >= today and not plan.paused:
        comes += texts.LIST_SKIPPED
    when = how_often(plan.recurrence, today)
    return texts.LIST_LINE.format(number=plan.number, what=what(plan, dialogues), when=when, next=comes).rstrip()


def comes_as_said(plan: Plan, day: date) -> bool:
    """Whether it comes once, and on the day that `how_often` names already."""
    return plan.recurrence.every == ONCE and plan.recurrence.first == day


def summary(plan: Plan, now: datetime, zone: ZoneInfo, free: FreeDays) -> str:
    """The next two dates in words, and for each that a free day moved from where and why; empty without dates."""
    today = now.astimezone(zone).date()
    dates = [dutch_date(moment.date(), today) for moment in coming(plan, now, zone, free)]
    if not dates:
        return ""
    following = coming(plan, now, zone, free, 1)[0]
    if len(dates) == 1:
        said = texts.SUMMARY_ONCE.format(first=dutch_moment(following, today))
    else:
        said = texts.SUMMARY_TWO.format(first=dutch_moment(following, today), second=dates[1])
    last = coming(plan, now, zone, free)[-1].date()
    return "\n".join([said, *_moved(plan, following.date(), last, today, free)])


def _moved(plan: Plan, first: date, last: date, today: date, free: FreeDays) -> Iterator[str]:
    """For each date from the first to the last one that was moved: from where, why, and to where."""
    for planned, comes in plan.recurrence.moves(free, near=first):
        if comes > last:
            return
        if comes >= first and comes != planned:
            yield texts.MOVED_FREE.format(
                planned=dutch_date(planned, today).capitalize(),
                why=free.name(planned) or texts.OWN_FREE_DAY,
                comes=dutch_date(comes, today),
            )
