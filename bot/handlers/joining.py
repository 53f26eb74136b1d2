"""Joining: an invitation, what people are told before they say yes, consent, and the choice of a rhythm."""

from __future__ import annotations

from functools import partial

from bot import agreement
from bot.handlers import choices, codes, links
from bot.house import House
from bot.incoming import Note, Press
from bot.render import Button, Screen
from bot.wording import texts
from dialogues.rhythm import MOMENT, next_slot
from storage.admission import COORDINATOR, GROUP, admit, member
from storage.invitations import Invitation
from storage.participant import Participant


async def start(house: House, note: Note) -> None:
    """/start, with or without a code."""
    if not note.argument:
        await _without_code(house, note.chat)
        return
    if links.is_link(note.argument):
        await links.follow(house, note.chat, note.argument)
        return
    await with_code(house, note.chat, note.argument)


async def with_code(house: House, chat: int, code: str) -> None:
    """Somebody opens a link, or types the code in it."""
    await codes.unhurried(house, chat, partial(_try_code, house, chat, code))


async def agree(house: House, press: Press) -> None:
    """`Ja, ik doe mee`: only now is there an account. A button can be forged, so its code may be a guess too."""
    await house.sender.answer(press.callback)
    await codes.unhurried(house, press.chat, partial(_agree, house, press, press.part(0)))


async def _agree(house: House, press: Press, code: str) -> None:
    if press.part(1) != str(agreement.current().version):
        # The text above this button is not the one of now, so a yes below it is not a yes to that.
        found = codes.look(house, press.chat, code)
        screen = Screen(found) if isinstance(found, str) else _invitation(house, found, code)
        await house.sender.edit(press.chat, press.message, screen)
        return
    admitted = admit(house.store, code, press.chat, house.today(), agreement.current().version)
    if admitted is None or admitted.person is None:
        found = codes.look(house, press.chat, code)
        text = found if isinstance(found, str) else texts.WRONG_CODE
        await house.sender.edit(press.chat, press.message, Screen(text))
        return
    person = admitted.person
    team = house.team(person)
    # What people agreed to stays where they can read it again.
    told = press.text or team.name
    yes = f"\n\n{texts.CHOSEN.format(choice=texts.CONSENT)}"
    await house.sender.edit(press.chat, press.message, Screen(told.removesuffix(yes) + yes))
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
    if not agreement.agreed(person):
        await house.sender.edit(press.chat, press.message, agreement.ask_again(house.team(person), person))
        return
    person = house.store.contacts.come_back(person.id)
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
    if person.paused(house.today()):
        return texts.FIRST_AFTER_BREAK
    if not house.ready(house.team(person)):
        return texts.FIRST_WHEN_READY
    if person.rhythm.every == MOMENT or not person.consent_rhythm:
        return texts.FIRST_AT_MOMENT
    slot = next_slot(person.rhythm, house.now(), house.settings.zone, house.free_days(person.team))
    return texts.FIRST_QUESTION.format(day=house.day_in_words(slot.date())) if slot else texts.FIRST_AT_MOMENT


async def _try_code(house: House, chat: int, code: str) -> None:
    known = house.store.invitations.look(code, house.today())
    if known is not None and member(house.store, known.team, known.role, chat):
        # Whoever opens their own link again is already in, whatever became of the link.
        name = house.store.teams.require(known.team).name
        await house.sender.send(chat, Screen(texts.ALREADY_IN.format(team=name)))
        return
    stopped = [p for p in house.store.contacts.of_chat(chat) if known and p.team == known.team and not p.active]
    if known is not None and known.refusal and stopped:
        await house.sender.send(chat, come_back(house, stopped[0]))
        return
    found = codes.look(house, chat, code)
    if isinstance(found, str):
        await house.sender.send(chat, Screen(found))
        if known is None and house.store.contacts.of_chat(chat):
            # An old link of their own, perhaps: invitations are forgotten after a while.
            await _without_code(house, chat)
    elif found.role == GROUP:
        await house.sender.send(chat, Screen(texts.GROUP_CODE))
    elif found.role == COORDINATOR:
        await _welcome_coordinator(house, chat, code)
    else:
        await house.sender.send(chat, _invitation(house, found, code))


def _invitation(house: House, found: Invitation, code: str) -> Screen:
    team, now = house.store.teams.require(found.team), agreement.current()
    contact = team.contact or texts.ASK_WHO_INVITED
    text = now.invitation.format(team=team.name, role=texts.ROLE_NAMES[found.role], contact=contact)
    return Screen(text, (Button(texts.CONSENT, f"j.{code}.{now.version}"), Button(texts.NO_CONSENT, "l.")))


async def _welcome_coordinator(house: House, chat: int, code: str) -> None:
    admitted = admit(house.store, code, chat, house.today(), None)
    period = house.store.answers.open_period(admitted.team) if admitted else None
    if admitted is None or admitted.person is None or period is None:
        await house.sender.send(chat, Screen(texts.USED_CODE))
        return
    planned = house.store.agenda.moment(admitted.team, period.number)
    text = texts.COORDINATOR.format(
        team=house.team(admitted.person).name,
        closes=house.closes_in_words(period),
        moment=texts.COORDINATOR_MOMENT if planned else texts.COORDINATOR_NO_MOMENT,
        own="" if admitted.person.role else texts.COORDINATOR_NO_QUESTIONS,
    )
    await house.sender.send(chat, Screen(text))


async def _without_code(house: House, chat: int) -> None:
    # Whoever was coordinator, and is still to hear that they are not, has no part in the team any more.
    everyone = [p for p in house.store.contacts.of_chat(chat) if p.role or p.next_role or p.coordinator]
    active = [person for person in everyone if person.active]
    if active:
        names = " en ".join(house.team(person).name for person in active)
        answers = any(person.role for person in active)
        hello = texts.HELLO_AGAIN if answers else texts.HELLO_COORDINATOR
        await house.sender.send(chat, Screen(hello.format(teams=names)))
    for person in everyone:
        if not person.active:
            await house.sender.send(chat, come_back(house, person))
    if not everyone:
        await house.sender.send(chat, Screen(texts.NO_INVITATION))


def come_back(house: House, person: Participant) -> Screen:
    """For someone who stopped: one button to take part again."""
    team = house.team(person)
    return Screen(texts.REJOIN.format(team=team.name), (Button(texts.CONSENT, f"b.{team.code}"),))
