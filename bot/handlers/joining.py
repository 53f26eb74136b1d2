"""Joining: an invitation, what people are told before they say yes, consent, and the choice of a rhythm."""

from __future__ import annotations

import contextlib
from functools import partial

from bot import texts
from bot.handlers import choices
from bot.handlers.incoming import Note, Press
from bot.house import House
from bot.patience import FREE_TRIES
from bot.render import Button, Screen
from bot.send import UnreachableError
from dialogues.rhythm import MOMENT, next_slot
from storage.admission import admit
from storage.contacts import Participant
from storage.invitations import Invitation
from storage.teams import Team

REFUSALS = {"used": texts.USED_CODE, "expired": texts.EXPIRED_CODE}


async def start(house: House, note: Note) -> None:
    """/start, with or without a code."""
    if not note.argument:
        await _without_code(house, note.chat)
        return
    tries = house.store.invitations.failed_tries(note.chat)
    if tries < FREE_TRIES:
        await _try_code(house, note.chat, note.argument)
    elif not house.patience.busy(note.chat):
        house.patience.later(note.chat, tries, partial(_try_code, house, note.chat, note.argument))


async def agree(house: House, press: Press) -> None:
    """`Ja, ik doe mee`: only now is there an account."""
    code = press.part(0)
    await house.sender.answer(press.callback)
    person = admit(house.store, code, press.chat, house.today(), texts.CONSENT_VERSION)
    if person is None:
        found = _look(house, code)
        text = found if isinstance(found, str) else texts.WRONG_CODE
        await house.sender.edit(press.chat, press.message, Screen(text))
        return
    team = house.team(person)
    chosen = f"{team.name}\n\n{texts.CHOSEN.format(choice=texts.CONSENT)}"
    await house.sender.edit(press.chat, press.message, Screen(chosen))
    await _announce(house, team)
    if person.next_role:
        role = texts.ROLE_NAMES[person.next_role]
        await house.sender.send(press.chat, Screen(texts.ROLE_LATER.format(role=role)))
        return
    await house.sender.send(press.chat, choices.ask_every(team, "r", texts.ASK_EVERY.format(team=team.name)))


async def refuse(house: House, press: Press) -> None:
    """`Nee, liever niet`: nothing is kept."""
    await house.sender.answer(press.callback)
    await house.sender.edit(press.chat, press.message, Screen(texts.DECLINED))


async def rejoin(house: House, press: Press) -> None:
    """Someone who stopped takes part again."""
    person = house.person(press.chat, press.part(0))
    await house.sender.answer(press.callback)
    if person is None:
        await house.sender.edit(press.chat, press.message, Screen(texts.NOT_MEMBER))
        return
    person = house.store.contacts.set(person.id, "state", "active")
    await house.sender.edit(press.chat, press.message, Screen(texts.CHOSEN.format(choice=texts.CONSENT)))
    await house.sender.send(
        press.chat, Screen(texts.JOINED.format(team=house.team(person).name, when=when(house, person)))
    )


async def choose(house: House, press: Press) -> None:
    """One choice on the way in: how often, which day, which part of the day; then it is done."""
    choice = await choices.take(house, press)
    if choice is None:
        return
    team, person = choice.team, choice.person
    match choice.next:
        case "day":
            await house.sender.send(press.chat, choices.ask_day(team, "r"))
        case "part":
            await house.sender.send(press.chat, choices.ask_part(team, "r"))
        case "done":
            text = texts.JOINED.format(team=team.name, when=when(house, person))
            await house.sender.send(press.chat, Screen(text))


def when(house: House, person: Participant) -> str:
    """A sentence on when the first question comes."""
    if person.rhythm.every == MOMENT:
        return texts.FIRST_AT_MOMENT
    slot = next_slot(person.rhythm, house.now(), house.settings.zone)
    return texts.FIRST_QUESTION.format(day=house.day_in_words(slot.date())) if slot else texts.FIRST_AT_MOMENT


async def _try_code(house: House, chat: int, code: str) -> None:
    found = _look(house, code)
    if isinstance(found, str):
        house.store.invitations.add_failed_try(chat, house.today())
        await house.sender.send(chat, Screen(found))
        return
    team = house.store.teams.require(found.team)
    if found.role == "group":
        await house.sender.send(chat, Screen(texts.GROUP_CODE))
    elif found.role == "coordinator":
        await _welcome_coordinator(house, chat, team, code)
    elif any(
        person.team == team.id and person.role == found.role and not person.next_role
        for person in house.people(chat)
    ):
        await house.sender.send(chat, Screen(texts.ALREADY_IN.format(team=team.name)))
    else:
        await house.sender.send(chat, _invitation(team, found, code))


def _look(house: House, code: str) -> Invitation | str:
    """What this code opens, or a kind sentence on why it does not."""
    found = house.store.invitations.look(code, house.today())
    if found is None:
        return texts.WRONG_CODE
    return REFUSALS[found.refusal] if found.refusal else found


def _invitation(team: Team, found: Invitation, code: str) -> Screen:
    contact = team.contact or texts.NO_CONTACT
    text = texts.WELCOME.format(team=team.name, role=texts.ROLE_NAMES[found.role], contact=contact)
    return Screen(text, (Button(texts.CONSENT, f"j.{code}"), Button(texts.NO_CONSENT, "l.")))


async def _welcome_coordinator(house: House, chat: int, team: Team, code: str) -> None:
    if not house.store.invitations.use(code, house.today()):
        await house.sender.send(chat, Screen(texts.USED_CODE))
        return
    house.store.contacts.make_coordinator(team.id, chat, house.today())
    period = house.store.answers.open_period(team.id)
    if period is None:
        return
    planned = house.store.agenda.moment(team.id, period.number)
    moment = texts.COORDINATOR_MOMENT if planned else texts.COORDINATOR_NO_MOMENT
    closes = house.closes_in_words(period)
    text = texts.COORDINATOR.format(team=team.name, closes=closes, moment=moment)
    await house.sender.send(chat, Screen(text))


async def _without_code(house: House, chat: int) -> None:
    everyone = house.store.contacts.of_chat(chat)
    active = [person for person in everyone if person.active]
    if active:
        names = " en ".join(house.team(person).name for person in active)
        await house.sender.send(chat, Screen(texts.HELLO_AGAIN.format(teams=names)))
    for person in everyone:
        if not person.active:
            team = house.team(person)
            button = Button(texts.CONSENT, f"b.{team.code}")
            await house.sender.send(chat, Screen(texts.REJOIN.format(team=team.name), (button,)))
    if not everyone:
        await house.sender.send(chat, Screen(texts.NO_INVITATION))


async def _announce(house: House, team: Team) -> None:
    """Each join is said in the group, without name or role: false members are noticed (design §5.10)."""
    group = house.store.groups.chat_of(team.id)
    if group is not None:
        with contextlib.suppress(UnreachableError):
            await house.sender.send(group, Screen(texts.JOIN_ANNOUNCED))
