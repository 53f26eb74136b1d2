"""The button under a reminder: be reminded no more."""

from __future__ import annotations

from bot import render
from bot.handlers import answering, preferences
from bot.house import House
from bot.incoming import Press
from bot.wording import silence_texts
from storage.participant import REMINDERS


async def never_again(house: House, press: Press) -> None:
    """Switch reminders off; the question stays as it was asked, without this button."""
    person = await preferences.member(house, press, silence_texts.REMINDERS_OFF)
    if person is None:
        return
    house.store.contacts.set(person.id, REMINDERS, 0)
    tap = render.decode(press.data)
    asked = answering.find(house, press.chat, tap) if tap else None
    if asked is not None:
        answering.reacted(house, asked)
        screen = render.ask(asked.place, asked.question, team_name=asked.heading)
        await house.sender.edit(press.chat, press.message, screen)
