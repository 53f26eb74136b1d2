"""The choices of a rhythm: the same screens on the way in and in the settings."""

from __future__ import annotations

from dataclasses import dataclass

from bot.house import House
from bot.incoming import Press
from bot.render import Button, Screen
from bot.wording import texts
from dialogues.rhythm import DAYPARTS, MOMENT, RHYTHMS
from storage.participant import Participant
from storage.teams import Team

FIRST_DAYS, OTHER_DAYS = range(4), range(4, 7)
"""At most five buttons a screen: the week takes two."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, by whom; `next` names the screen that belongs after it on the way in."""

    team: Team
    person: Participant
    field: str
    next: str


def ask_every(team: Team, prefix: str, text: str) -> Screen:
    """How often."""
    buttons = tuple(Button(label, f"{prefix}.{team.code}.e.{every}") for every, label in texts.EVERY.items())
    return Screen(f"{text}\n\n{texts.EVERY_HINT}", buttons)


def ask_day(team: Team, prefix: str, *, others: bool = False) -> Screen:
    """Which day of the week."""
    days = OTHER_DAYS if others else FIRST_DAYS
    last = (
        Button(texts.BACK, f"{prefix}.{team.code}.o.0")
        if others
        else Button(texts.OTHER_DAY, f"{prefix}.{team.code}.o.1")
    )
    return Screen(
        texts.ASK_DAY, (*(Button(texts.DAYS[day], f"{prefix}.{team.code}.d.{day}") for day in days), last)
    )


def ask_part(team: Team, prefix: str) -> Screen:
    """Which part of the day."""
    buttons = tuple(Button(label, f"{prefix}.{team.code}.p.{part}") for part, label in texts.PARTS.items())
    return Screen(texts.ASK_PART, buttons)


async def take(house: House, press: Press) -> Choice | None:
    """Store what was tapped, and show it in the message; None when there was nothing to store."""
    prefix, kind, value = press.kind, press.part(1), press.part(2)
    person = house.person(press.chat, press.part(0))
    if person is None or not person.active or person.role is None:
        await house.sender.answer(press.callback, texts.NOT_MEMBER)
        return None
    team = house.team(person)
    if kind == "o":
        await house.sender.answer(press.callback)
        await house.sender.edit(press.chat, press.message, ask_day(team, prefix, others=value == "1"))
        return None
    read = _read(kind, value)
    if read is None:
        await house.sender.answer(press.callback, texts.OVER)
        return None
    field, stored, label, following = read
    person = house.store.contacts.set(person.id, field, stored)
    await house.sender.answer(press.callback)
    asked = (press.text or "").split("\n\n" + texts.EVERY_HINT)[0]
    shown = texts.CHOSEN.format(choice=label)
    await house.sender.edit(press.chat, press.message, Screen(f"{asked}\n\n{shown}" if asked else shown))
    return Choice(team, person, field, following)


def _read(kind: str, value: str) -> tuple[str, str | int, str, str] | None:
    """Field, value, label and next screen of a button; None for a button that was never ours."""
    if kind == "e" and (value in RHYTHMS or value == MOMENT):
        return "every", value, texts.EVERY[value], "part" if value == MOMENT else "day"
    if kind == "d" and value.isdecimal() and int(value) < len(texts.DAYS):
        return "weekday", int(value), texts.DAYS[int(value)], "part"
    if kind == "p" and value in DAYPARTS:
        return "daypart", value, texts.PARTS[value], "done"
    return None
