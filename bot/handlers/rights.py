"""/gegevens; and commands about one team: for whoever is in more than one, first the question which."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot import agreement, render
from bot.handlers import answering, preferences, stopping, withdrawing
from bot.handlers.joining import come_back
from bot.handlers.mydata import describe, nothing_else
from bot.house import House
from bot.incoming import Note, Press
from bot.render import Button, Screen
from bot.wording import texts
from storage.participant import Participant

OnPerson = Callable[[House, Participant], Awaitable[None]]


async def gegevens(house: House, note: Note) -> None:
    """/gegevens: everything that is kept about this chat, in every team."""
    everyone = house.store.contacts.of_chat(note.chat)
    for person in everyone:
        for piece in render.chunks(describe(house, person)):
            await house.sender.send(note.chat, Screen(piece))
    if not everyone:
        await house.sender.send(note.chat, Screen(nothing_else(house, note.chat)))


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
    elif command == "checkin" and not agreement.agreed(person):
        await house.sender.send(person.chat, agreement.ask_again(house.team(person), person))
    else:
        await PER_TEAM[command](house, person)


def _concerned(house: House, chat: int, command: str) -> list[Participant]:
    # Someone who stopped may still withdraw what they gave, and is asked so again when they stop again.
    return house.store.contacts.of_chat(chat) if command in ("wis", "stop") else house.people(chat)


PER_TEAM: Mapping[str, OnPerson] = {
    "checkin": answering.checkin,
    "settings": preferences.settings,
    "ritme": preferences.rhythm,
    "pauze": preferences.take_a_break,
    "stop": stopping.stop,
    "wis": withdrawing.wis,
}
