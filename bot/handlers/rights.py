"""/stop, /wis and /gegevens; and for whoever is in more than one team, the question which one."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping

from bot import render, texts
from bot.handlers import answering, preferences
from bot.handlers.incoming import Note, Press
from bot.handlers.joining import come_back
from bot.handlers.mydata import describe
from bot.house import House
from bot.render import Button, Screen
from storage.answers import PeriodClosedError
from storage.contacts import Participant
from storage.teams import Team

OnPerson = Callable[[House, Participant], Awaitable[None]]


async def stop(house: House, person: Participant) -> None:
    """/stop: at once. What happens to the answers is asked afterwards."""
    house.store.contacts.set(person.id, "state", "stopped")
    house.store.agenda.drop_pending(person.id)
    team = house.team(person)
    if person.role is None:
        alone = "" if house.store.contacts.coordinators(team.id) else texts.NO_COORDINATOR_LEFT
        undo = Button(texts.STOP_UNDO, f"q.{team.code}.undo")
        erase = Button(texts.STOP_ERASE, f"q.{team.code}.erase")
        text = texts.COORDINATOR_STOPPED.format(team=team.name, alone=alone)
        await house.sender.send(person.chat, Screen(text, (undo, erase)))
        return
    entries = (
        (texts.STOP_KEEP, "keep"),
        (texts.STOP_WITHDRAW, "withdraw"),
        (texts.STOP_ERASE, "erase"),
        (texts.STOP_CHANGED, "changed"),
        (texts.STOP_UNDO, "undo"),
    )
    buttons = tuple(Button(label, f"q.{team.code}.{what}") for label, what in entries)
    await house.sender.send(person.chat, Screen(texts.STOPPED.format(team=team.name), buttons))


async def stop_choice(house: House, press: Press) -> None:
    """What to do with the answers of someone who stopped."""
    person = house.person(press.chat, press.part(0))
    await house.sender.answer(press.callback, None if person else texts.NOT_MEMBER)
    if person is None:
        return
    team, what = house.team(person), press.part(1)
    if what == "undo":
        house.store.contacts.set(person.id, "state", "active")
        text = texts.HELLO_AGAIN.format(teams=team.name)
    elif what == "changed":
        contact = texts.GENTLE_CONTACT.format(contact=team.contact) if team.contact else ""
        text = texts.GENTLE.format(contact=contact)
    elif what == "withdraw":
        text = _withdraw(house, person)
    elif what == "erase":
        text = _erase(house, person, team)
    else:
        text = texts.STOP_KEPT
    await house.sender.edit(press.chat, press.message, Screen(text))


async def wis(house: House, person: Participant) -> None:
    """/wis: withdraw the answers of this period, or everything."""
    team = house.team(person)
    entries = ((texts.WIS_ANSWERS, "answers"), (texts.WIS_ALL, "all"), (texts.DISCARD, "no"))
    buttons = tuple(Button(label, f"z.{team.code}.{what}") for label, what in entries)
    await house.sender.send(person.chat, Screen(texts.WIS.format(team=team.name), buttons))


async def wis_choice(house: House, press: Press) -> None:
    """What to withdraw."""
    person = house.person(press.chat, press.part(0))
    await house.sender.answer(press.callback, None if person else texts.NOT_MEMBER)
    if person is None:
        return
    match press.part(1):
        case "answers":
            text = _withdraw(house, person)
        case "all":
            text = _erase(house, person, house.team(person))
        case _:
            text = texts.NOTHING_CHANGED
    await house.sender.edit(press.chat, press.message, Screen(text))


async def gegevens(house: House, note: Note) -> None:
    """/gegevens: everything that is kept about this chat, in every team."""
    everyone = house.store.contacts.of_chat(note.chat)
    for person in everyone:
        for piece in render.chunks(describe(house, person)):
            await house.sender.send(note.chat, Screen(piece))
    if not everyone:
        tried = house.store.invitations.failed_tries(note.chat) > 0
        await house.sender.send(note.chat, Screen(texts.DATA_TRIES if tried else texts.DATA_NONE))


async def for_team(house: House, note: Note, command: str) -> None:
    """A command that is about one team: done at once, or after the question which team."""
    people = _concerned(house, note.chat, command)
    if not people:
        # Someone who stopped needs no invitation to come back.
        stopped = house.store.contacts.of_chat(note.chat)
        screens = [come_back(house, person) for person in stopped] or [Screen(texts.NOT_MEMBER)]
        for screen in screens:
            await house.sender.send(note.chat, screen)
    elif len(people) == 1:
        await _for_person(house, people[0], command)
    else:
        teams = [house.team(person) for person in people]
        buttons = tuple(Button(team.name, f"t.{team.code}.{command}") for team in teams)
        await house.sender.send(note.chat, Screen(texts.WHICH_TEAM, buttons))


async def team_chosen(house: House, press: Press) -> None:
    """Which team a command is about."""
    command = press.part(1)
    people = _concerned(house, press.chat, command)
    person = next((p for p in people if house.team(p).code == press.part(0)), None)
    known = person is not None and command in PER_TEAM
    await house.sender.answer(press.callback, None if known else texts.NOT_MEMBER)
    if person is not None and known:
        chosen = texts.CHOSEN.format(choice=house.team(person).name)
        await house.sender.edit(press.chat, press.message, Screen(chosen))
        await _for_person(house, person, command)


async def _for_person(house: House, person: Participant, command: str) -> None:
    """Whoever only coordinates is asked nothing, and so has no rhythm to choose."""
    if person.role is None and command in ("checkin", "settings", "ritme", "pauze"):
        await house.sender.send(person.chat, Screen(texts.NO_ROLE.format(team=house.team(person).name)))
    else:
        await PER_TEAM[command](house, person)


def _concerned(house: House, chat: int, command: str) -> list[Participant]:
    # Someone who stopped may still withdraw what they gave, and is asked so again when they stop again.
    return house.store.contacts.of_chat(chat) if command in ("wis", "stop") else house.people(chat)


def _withdraw(house: House, person: Participant) -> str:
    period = house.store.answers.open_period(person.team)
    # Without a period or its key there is nothing left that could be tied to anybody.
    with contextlib.suppress(PeriodClosedError):
        if period is not None:
            house.store.intake.withdraw(person, period)
    return texts.WITHDRAWN


def _erase(house: House, person: Participant, team: Team) -> str:
    """Answers first: once the person is gone, nobody could find their rows any more."""
    _withdraw(house, person)
    house.store.contacts.erase(person.id)
    return texts.ERASED.format(team=team.name)


PER_TEAM: Mapping[str, OnPerson] = {
    "checkin": answering.checkin,
    "settings": preferences.settings,
    "ritme": preferences.rhythm,
    "pauze": preferences.take_a_break,
    "stop": stop,
    "wis": wis,
}
