"""/wis: take back one answer of this period, all of them, or everything."""

from __future__ import annotations

from bot import render
from bot.handlers import erasing, mydata
from bot.handlers.mydata import Given
from bot.house import House
from bot.incoming import Press
from bot.render import Button, Screen, Tap
from bot.wording import rights_texts, texts
from dialogues.short import code
from storage.answers import Period, PeriodClosedError
from storage.participant import Participant

PER_SCREEN = 3
"""Answers in one list; with the way on and the way out that makes five buttons."""
MAX_LABEL = 20
"""Characters that a button shows on a small phone."""


async def wis(house: House, person: Participant) -> None:
    """/wis: what should go."""
    team = house.team(person)
    answers = ((rights_texts.WIS_ONE, "one"), (rights_texts.WIS_ANSWERS, "answers")) if person.role else ()
    entries = (*answers, (rights_texts.WIS_ALL, "all"), (texts.DISCARD, "no"))
    buttons = tuple(Button(label, f"z.{team.code}.{what}") for label, what in entries)
    await house.sender.send(person.chat, Screen(rights_texts.WIS.format(team=team.name), buttons))


async def choice(house: House, press: Press) -> None:
    """What was chosen there, or in the list of answers."""
    person = house.person(press.chat, press.part(0))
    await house.sender.answer(press.callback, None if person else texts.NOT_MEMBER)
    if person is None:
        return
    match press.part(1):
        case "one":
            screen = _list(house, person, press.part(2))
        case "answers":
            erasing.withdraw(house, person)
            screen = Screen(rights_texts.WITHDRAWN)
        case "all":
            screen = erasing.ask(house, person)
        case _:
            screen = Screen(rights_texts.NOTHING_CHANGED)
    await house.sender.edit(press.chat, press.message, screen)


async def one(house: House, press: Press) -> None:
    """One answer out of the list: it goes, with the path behind it, in whatever round it was given."""
    tap = render.decode(press.data)
    person = house.person(press.chat, tap.team) if tap else None
    period = house.store.answers.open_period(person.team) if person else None
    if tap is None or person is None or period is None:
        await house.sender.answer(press.callback, texts.NOT_MEMBER)
        return
    given = _given(house, person, period) if tap.period == period.number else None
    if given is None:
        await house.sender.answer(press.callback, rights_texts.NOTHING_TO_TIE)
        return
    wanted = (tap.dialogue, tap.round, tap.question)
    found = next((answer for answer in given if _address(answer) == wanted), None)
    gone = _remove(house, person, period, found) if found else 0
    if found is None or not gone:
        await house.sender.answer(press.callback, rights_texts.ALREADY_WITHDRAWN)
        return
    await house.sender.answer(press.callback)
    more = rights_texts.WITHDRAWN_MORE if gone > 1 else ""
    another = (Button(rights_texts.WIS_ANOTHER, f"z.{tap.team}.one"),) if len(given) > gone else ()
    text = rights_texts.WITHDRAWN_ONE.format(asked=found.asked, more=more)
    await house.sender.edit(press.chat, press.message, Screen(text, another))


def _list(house: House, person: Participant, page: str) -> Screen:
    """One screen of answers, each with a button; `page` counts on, and begins again after the last."""
    team, period = house.team(person), house.store.answers.open_period(person.team)
    given = _given(house, person, period) if period else None
    if not given or period is None:
        return Screen(rights_texts.DATA_NO_ANSWERS)
    pages = -(-len(given) // PER_SCREEN)
    at = int(page) % pages if page.isdecimal() else 0
    shown = list(enumerate(given, 1))[at * PER_SCREEN : (at + 1) * PER_SCREEN]
    lines = "\n".join(f"{number}. {answer.line()}" for number, answer in shown)
    buttons = [Button(_label(answer, number), _data(team.code, period, answer)) for number, answer in shown]
    if pages > 1:
        buttons.append(Button(rights_texts.WIS_MORE, f"z.{team.code}.one.{(at + 1) % pages}"))
    buttons.append(Button(texts.DISCARD, f"z.{team.code}.no"))
    return Screen(rights_texts.WHICH_ANSWER.format(team=team.name, lines=lines), tuple(buttons))


def _given(house: House, person: Participant, period: Period) -> list[Given] | None:
    """What this person gave in the open period; None when it closed just now."""
    try:
        return mydata.given(house, person, period)
    except PeriodClosedError:
        return None


def _remove(house: House, person: Participant, period: Period, answer: Given) -> int:
    try:
        slot = answer.kept.slot
        return house.store.intake.withdraw_one(person, person.role or "", period, slot, answer.dialogue)
    except PeriodClosedError:
        return 0


def _address(answer: Given) -> tuple[str, int, str]:
    slot = answer.kept.slot
    return code(slot.dialogue), slot.round, code(slot.question)


def _data(team_code: str, period: Period, answer: Given) -> str:
    """Where the answer belongs, as under a question; never its row's key, which nobody outside may know."""
    dialogue, round_number, question = _address(answer)
    return Tap(render.WITHDRAW, team_code, period.number, dialogue, round_number, question).encode()


def _label(answer: Given, number: int) -> str:
    said = rights_texts.OWN_WORDS if answer.kept.kind != "choice" else answer.said
    room = MAX_LABEL - len(f" ({number})")
    return f"{said if len(said) <= room else said[: room - 1].rstrip() + '…'} ({number})"
