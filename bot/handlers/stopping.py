"""/stop: at once, and asked only afterwards what should happen to the answers."""

from __future__ import annotations

from bot import agreement
from bot.handlers import erasing
from bot.house import House
from bot.incoming import Press
from bot.render import Button, Screen
from bot.wording import rights_texts, texts
from storage.participant import Participant
from storage.teams import Team

CHOICES = (
    (rights_texts.STOP_KEEP, "keep"),
    (rights_texts.STOP_WITHDRAW, "withdraw"),
    (rights_texts.STOP_ERASE, "erase"),
    (rights_texts.STOP_CHANGED, "changed"),
    (rights_texts.STOP_UNDO, "undo"),
)


async def stop(house: House, person: Participant) -> None:
    """/stop: no message goes to this person any more; what happens to the answers is asked afterwards."""
    house.store.contacts.set(person.id, "state", "stopped")
    house.plan_nothing(person)
    team = house.team(person)
    if person.role is None:
        text = rights_texts.COORDINATOR_STOPPED.format(team=team.name, alone=_alone(house, team))
        choices = [choice for choice in CHOICES if choice[1] in ("erase", "undo")]
    else:
        text, choices = rights_texts.STOPPED.format(team=team.name), [*CHOICES]
    buttons = tuple(Button(label, f"q.{team.code}.{what}") for label, what in choices)
    await house.sender.send(person.chat, Screen(text, buttons))


async def choice(house: House, press: Press) -> None:
    """What to do with the answers of someone who stopped."""
    person = house.person(press.chat, press.part(0))
    await house.sender.answer(press.callback, None if person else texts.NOT_MEMBER)
    if person is None:
        return
    team, what = house.team(person), press.part(1)
    screen = Screen(rights_texts.STOP_KEPT)
    if what == "undo":
        screen = _again(house, person)
    elif what == "changed":
        contact = rights_texts.GENTLE_CONTACT.format(contact=team.contact) if team.contact else ""
        screen = Screen(rights_texts.GENTLE.format(contact=contact))
    elif what == "withdraw":
        erasing.withdraw(house, person)
        screen = Screen(rights_texts.WITHDRAWN)
    elif what == "erase":
        screen = erasing.ask(house, person)
    await house.sender.edit(press.chat, press.message, screen)


def _again(house: House, person: Participant) -> Screen:
    """As it was; or first the text that changed while they were away."""
    team = house.team(person)
    if not agreement.agreed(person):
        return agreement.ask_again(team, person)
    house.store.contacts.come_back(person.id)
    return Screen(texts.HELLO_AGAIN.format(teams=team.name))


def _alone(house: House, team: Team) -> str:
    return "" if house.store.contacts.coordinators(team.id) else rights_texts.NO_COORDINATOR_LEFT
