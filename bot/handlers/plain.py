"""What needs no state: help, privacy, and everything that can't be kept."""

from __future__ import annotations

from bot import texts
from bot.handlers.incoming import Note
from bot.house import House
from bot.render import Screen
from dialogues.help import help_card


async def explain(house: House, note: Note) -> None:
    """/help: the commands, and whom to call."""
    numbers = [house.team(person).huisartsenpost for person in house.people(note.chat)]
    card = help_card(next(filter(None, numbers), None))
    await house.sender.send(note.chat, Screen(texts.HELP_TEXT.format(card=card)))


async def privacy(house: House, note: Note) -> None:
    """/privacy: what happens with what someone says, and when it is gone."""
    closes = ""
    for person in house.people(note.chat):
        period = house.store.answers.open_period(person.team)
        if period is not None:
            closes += texts.PRIVACY_CLOSES.format(
                team=house.team(person).name, closes=house.closes_in_words(period)
            )
    await house.sender.send(note.chat, Screen(texts.PRIVACY.format(closes=closes)))


async def unknown(house: House, note: Note) -> None:
    """A command that does not exist."""
    await house.sender.send(note.chat, Screen(texts.UNKNOWN_COMMAND))


async def not_kept(house: House, note: Note) -> None:
    """A photo, a voice message, a sticker, a place, a contact: nothing is done with it."""
    await house.sender.send(note.chat, Screen(texts.NOT_KEPT))


async def edited(house: House, note: Note) -> None:
    """A message that was changed afterwards."""
    await house.sender.send(note.chat, Screen(texts.EDITED))
