"""What needs no state: help, privacy, and everything that can't be kept."""

from __future__ import annotations

from bot import agreement, render
from bot.agreement import Agreement
from bot.house import House
from bot.incoming import Note
from bot.render import Screen
from bot.wording import texts
from dialogues.help import help_card, signals_danger


async def explain(house: House, note: Note) -> None:
    """/help: the commands, and whom to call."""
    await house.sender.send(note.chat, Screen(texts.HELP_TEXT.format(card=_card(house, note.chat))))


async def helped(house: House, note: Note) -> bool:
    """Words with a signal of danger get the help card at once, and are not kept."""
    if not signals_danger(note.text):
        return False
    await house.sender.send(note.chat, Screen(f"{_card(house, note.chat)}\n\n{texts.NOT_STORED}"))
    return True


async def privacy(house: House, note: Note) -> None:
    """/privacy: what happens with what someone says, and when it is gone."""
    closes = ""
    for person in house.people(note.chat):
        period = house.store.answers.open_period(person.team)
        if period is not None:
            closes += texts.PRIVACY_CLOSES.format(
                team=house.team(person).name, closes=house.closes_in_words(period)
            )
    now = agreement.current()
    text = now.privacy.format(closes=closes)
    await _in_pieces(house, note, f"{text}\n\n{_version(house, now)}")


async def agreed_to(house: House, note: Note) -> None:
    """/tekst_1: what people said yes to at the time, both texts whole."""
    number = note.text.split("@")[0].rpartition("_")[2]
    then = agreement.AGREEMENTS[int(number)]
    invitation = then.invitation.format(team=texts.SOME_TEAM, role=texts.SOME_ROLE, contact=texts.SOME_CONTACT)
    whole = "\n\n".join((_version(house, then), invitation, then.privacy.format(closes="")))
    await _in_pieces(house, note, whole)


async def unknown(house: House, note: Note) -> None:
    """A command that does not exist."""
    await house.sender.send(note.chat, Screen(texts.UNKNOWN_COMMAND))


async def not_kept(house: House, note: Note) -> None:
    """A photo, a voice message, a sticker, a place, a contact: nothing is done with it."""
    if not await helped(house, note):
        await house.sender.send(note.chat, Screen(texts.NOT_KEPT))


async def edited(house: House, note: Note) -> None:
    """A message that was changed afterwards."""
    if not await helped(house, note):
        await house.sender.send(note.chat, Screen(texts.EDITED))


def _card(house: House, chat: int) -> str:
    """Whom to call, with the number of the first of this chat's teams that has one."""
    numbers = [house.team(person).huisartsenpost for person in house.people(chat)]
    return help_card(next(filter(None, numbers), None))


def _version(house: House, which: Agreement) -> str:
    return texts.VERSION.format(version=which.version, since=house.day_in_words(which.since))


async def _in_pieces(house: House, note: Note, text: str) -> None:
    for piece in render.chunks(text):
        await house.sender.send(note.chat, Screen(piece))
