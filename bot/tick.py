"""The only loop over time: close what is due, plan what is due, send it, mark it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import sqlite3

from telegram.error import TelegramError

from bot import render, texts
from bot.due import CLOSED, due
from bot.feedback.page import as_page
from bot.feedback.text import as_text
from bot.handlers.answering import opening
from bot.house import House
from bot.render import Screen
from bot.send import UnreachableError
from dialogues.rhythm import is_quiet
from storage import closing
from storage.agenda import Errand
from storage.answers import Period, PeriodClosedError
from storage.contacts import Participant
from storage.intake import Desk
from storage.release import PublishableFeedback

log = logging.getLogger("naastbot.tick")

SECONDS = 1.0
"""Between two looks; an ask begins to be sent well within five seconds."""
AT_ONCE = 64
"""Messages under way together; the pace itself is kept by `bot.pace`."""


async def run(house: House, stop: asyncio.Event) -> None:
    """Tick until `stop` is set. What goes wrong is logged by its class, and tried again at the next tick."""
    interrupted = house.store.agenda.interrupted()
    if interrupted:
        log.warning("stopped in the middle of sending: at most %d messages may come twice", interrupted)
    while not stop.is_set():
        try:
            await tick(house, stop)
        except (OSError, sqlite3.Error, TelegramError) as error:
            log.warning("a tick failed (%s); trying again", type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SECONDS)


async def tick(house: House, stop: asyncio.Event) -> None:
    """One look at the clock; a stop lets what is under way arrive, and leaves the rest for later."""
    house.shelf.refresh()
    close_periods(house)
    _forget(house)
    house.store.agenda.add(due(house))
    pending = house.store.agenda.pending()
    limit = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_send(house, errand, limit, stop) for errand in pending))


def close_periods(house: House) -> None:
    """Finish what a crash interrupted, and close the periods whose time has come."""
    closing.ensure_periods(house.store, house.now())
    for period in house.store.answers.all_periods(state="closed"):
        closing.finish(house.store, period)
    for period in closing.due_periods(house.store, house.now()):
        close_period(house, period)


def close_period(house: House, period: Period) -> None:
    """Close one period now. Raises TooEarlyError in its first eight weeks."""
    used = house.shelf.used_in(period)
    closing.close(house.store, period, used, house.now(), random.SystemRandom())
    log.info("a period was closed and its feedback released")


def _forget(house: House) -> None:
    """Prompts nobody tapped, words nobody typed, and wrong codes of earlier days."""
    today = house.today()
    for participant in house.store.agenda.take_expired_prompts(today):
        house.store.contacts.add_unanswered(participant)
    for period in house.store.answers.all_periods(state="open"):
        with contextlib.suppress(PeriodClosedError):
            house.store.intake.forget_expired(period, house.now())
    house.store.invitations.forget_failed_tries(before=today)


async def _send(house: House, errand: Errand, limit: asyncio.Semaphore, stop: asyncio.Event) -> None:
    async with limit:
        if stop.is_set():
            return
        person = house.store.contacts.get(errand.participant)
        if person is None or not _still_wanted(house, errand, person):
            house.store.agenda.mark(errand, "dropped")
            return
        if is_quiet(house.now(), house.settings.zone):
            return
        # Telegram has no way to ask whether a message arrived: marked before, so that a crash repeats at most
        # the messages under way.
        house.store.agenda.mark(errand, "sending")
        try:
            await _say(house, errand, person)
        except UnreachableError:
            house.store.agenda.mark(errand, "dropped")
        except TelegramError:
            house.store.agenda.mark(errand, "pending")
            raise
        else:
            house.store.agenda.mark(errand, "sent")


def _still_wanted(house: House, errand: Errand, person: Participant) -> bool:
    """Things change between planning and sending: a stop, a break, another day, another period."""
    period = house.store.answers.open_period(errand.team)
    current = period is not None and period.number == errand.period and errand.day == house.today()
    if errand.dialogue is None:
        return current and person.active and person.coordinator
    return current and person.active and not person.paused(house.today()) and person.role is not None


async def _say(house: House, errand: Errand, person: Participant) -> None:
    if errand.dialogue is None:
        await _notice(house, errand, person)
        return
    period = house.store.answers.open_period(errand.team)
    dialogue = house.shelf.take(period, errand.dialogue) if period else None
    if period is None or dialogue is None or person.role is None:
        return
    desk = Desk(person, person.role, period, period.round_at(house.now()), dialogue)
    house.store.agenda.open_prompt(person.id, dialogue.id, house.today())
    await house.sender.send(person.chat, opening(house, desk), bulk=True)


async def _notice(house: House, errand: Errand, person: Participant) -> None:
    team = house.team(person)
    if errand.occasion.startswith(CLOSED):
        stored = house.store.answers.release(team.id, errand.period - 1)
        if stored is None:
            return
        feedback = PublishableFeedback.from_stored(stored)
        await house.sender.send(person.chat, Screen(texts.CLOSED_NOTICE.format(team=team.name)), bulk=True)
        for piece in render.chunks(as_text(feedback)):
            await house.sender.send(person.chat, Screen(piece), bulk=True)
        caption = texts.CLOSED_CAPTION.format(team=team.name)
        await house.sender.send_page(
            person.chat, f"terugkoppeling-{team.id}-{feedback.period}.html", as_page(feedback), caption
        )
        return
    period = house.store.answers.open_period(team.id)
    if period is not None:
        text = texts.MOMENT_MISSING.format(team=team.name, closes=house.closes_in_words(period))
        await house.sender.send(person.chat, Screen(text), bulk=True)
