"""One errand: whether it is wanted still, how it is said, and what follows from what became of it."""

from __future__ import annotations

import logging
import sqlite3

from bot.handlers.answering import opening
from bot.house import House
from bot.network.pace import Turn
from bot.schedule import notices, reminders
from bot.schedule.due import may_be_asked
from storage.answers import PeriodClosedError
from storage.diary import PROMPT_LASTS
from storage.errands import Errand
from storage.intake import Desk
from storage.keys import MissingKeyError
from storage.participant import Participant

log = logging.getLogger("naastbot.delivering")

FAULTY = (MissingKeyError, PeriodClosedError, LookupError, ValueError)
"""What may be wrong with one errand, and with no other."""


def is_decent(house: House, errand: Errand) -> bool:
    """Whether its person may be disturbed now with this."""
    try:
        waits = notices.waits(errand)
    except LookupError:
        # Of a kind that this release does not know: it is dropped when its turn comes.
        waits = True
    return house.is_decent(errand.team, free_too=not waits)


def wanted(house: House, errand: Errand) -> bool:
    """Things change between planning and sending: a stop, a break, another day, round or period."""
    person = house.store.contacts.get(errand.participant)
    period = house.store.answers.open_period(errand.team)
    if person is None or period is None or period.number != errand.period:
        return False
    if errand.dialogue is None:
        return notices.wanted(house, errand, person)
    if errand.is_reminder and not reminders.wanted(house, errand, person):
        return False
    dialogue = house.shelf.look(period, errand.dialogue)
    same_time = errand.day == house.today() and errand.round == period.round_at(house.now())
    return same_time and dialogue is not None and may_be_asked(house, person, dialogue)


def claim(house: House, errand: Errand) -> bool:
    """Within a transaction: it is being sent, and its question lies open. False when that may not be."""
    try:
        diary = house.store.agenda.diary(errand.team, errand.period)
    except FAULTY:
        return False
    claimed = diary.claim(errand)
    # What is repeated lies open already, until its own day: a reminder is no second prompt.
    if claimed and errand.dialogue is not None and not errand.is_reminder:
        diary.open_prompt(errand.participant, errand.dialogue, errand.round, house.today())
    return claimed


def mark(house: House, errand: Errand, state: str, *, claimed: bool = True) -> None:
    """Within a transaction: what became of it."""
    try:
        diary = house.store.agenda.diary(errand.team, errand.period)
    except FAULTY:
        # What was sent in a period is forgotten with it.
        return
    if errand.dialogue is not None and not errand.is_reminder and state != "sent":
        if claimed:
            # Nobody is waited for at a question that never came.
            diary.close_prompt(errand.participant, errand.dialogue, errand.round)
        elif diary.open_prompts(errand.participant).get(errand.dialogue) == errand.day + PROMPT_LASTS:
            # It was under way at a crash, and its day went by since: it may be there.
            state = "sent"
    diary.mark(errand, state)


async def say(house: House, errand: Errand, person: Participant, turn: Turn) -> None:
    """Send it, in its turn. Raises what `Sender.send` raises, and FAULTY."""
    period = house.store.answers.open_period(errand.team)
    if period is None:
        raise PeriodClosedError
    if errand.dialogue is None:
        await notices.say(house, errand, person, period, turn)
        return
    dialogue = house.shelf.take(period, errand.dialogue)
    if dialogue is None or person.role is None:
        raise LookupError("no such dialogue for this role")
    desk = Desk(person, person.role, period, errand.round, dialogue)
    screen = reminders.screen(house, desk) if errand.is_reminder else opening(house, desk)
    await house.sender.send(person.chat, screen, turn=turn)


def follows(house: House, errand: Errand, person: Participant, state: str) -> bool:
    """What follows from it, before it is written down; False when that has to be tried again."""
    try:
        if errand.dialogue is None:
            if state != "pending":
                notices.after(house, errand)
        elif state != "sent":
            _expect_nothing(house, errand, person)
    except FAULTY as error:
        log.warning("a message could not be seen to (%s)", type(error).__name__)
    except (sqlite3.Error, OSError) as error:
        log.warning("a message could not be seen to (%s); trying again", type(error).__name__)
        return False
    return True


def _expect_nothing(house: House, errand: Errand, person: Participant) -> None:
    """Nobody is waited for at a question that never came. Those for another one are still awaited."""
    period = house.store.answers.open_period(errand.team)
    dialogue = house.shelf.look(period, errand.dialogue or "") if period else None
    if period is not None and dialogue is not None and dialogue.core.text:
        house.store.intake.expect_nothing(person, period)
