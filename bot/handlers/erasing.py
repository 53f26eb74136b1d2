"""Taking everything back: the answers of the open period, or the person with them, after one more yes."""

from __future__ import annotations

import contextlib

from bot.house import House
from bot.incoming import Press
from bot.render import Button, Screen
from bot.wording import rights_texts, texts
from storage import erasure
from storage.answers import PeriodClosedError
from storage.participant import Participant


def ask(house: House, person: Participant) -> Screen:
    """What goes, that it can't be undone, and one button that does it."""
    team = house.team(person)
    coordinator = rights_texts.ERASE_COORDINATOR if person.coordinator else ""
    return Screen(
        rights_texts.ERASE.format(team=team.name, coordinator=coordinator),
        (
            Button(rights_texts.ERASE_YES, f"e.{team.code}.yes"),
            Button(rights_texts.ERASE_NO, f"e.{team.code}.no"),
        ),
    )


async def choice(house: House, press: Press) -> None:
    """The answer to that question; anything but a yes leaves all as it is."""
    person = house.person(press.chat, press.part(0))
    await house.sender.answer(press.callback, None if person else texts.NOT_MEMBER)
    if person is None:
        return
    team = house.team(person)
    if press.part(1) == "yes":
        erase(house, person)
        text = rights_texts.ERASED.format(team=team.name)
    else:
        text = rights_texts.NOT_ERASED if person.active else rights_texts.NOT_ERASED_STOPPED.format(team=team.name)
    await house.sender.edit(press.chat, press.message, Screen(text))


def withdraw(house: House, person: Participant) -> None:
    """Remove every answer and text of this person from the open period."""
    period = house.store.answers.open_period(person.team)
    # Without a period or its key there is nothing left that could be tied to anybody.
    with contextlib.suppress(PeriodClosedError):
        if period is not None:
            house.store.intake.withdraw(person, period)


def erase(house: House, person: Participant) -> None:
    """Remove the person with all that is theirs."""
    erasure.erase(house.store, person)
    house.store.invitations.forget_failed_tries(before=house.today(), chat=person.chat)
