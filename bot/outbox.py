"""Sending what was planned: each errand once, and only if it is still wanted when its turn comes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from functools import partial

from telegram.error import BadRequest, TelegramError

from bot import notices, texts
from bot.due import may_be_asked
from bot.handlers.answering import opening
from bot.house import House
from bot.pace import BULK, NotWantedError, Turn
from bot.render import Screen
from bot.send import UnreachableError, may_have_arrived
from storage.answers import PeriodClosedError
from storage.diary import Diary
from storage.errands import Errand
from storage.intake import Desk
from storage.keys import MissingKeyError
from storage.participant import Participant

log = logging.getLogger("naastbot.outbox")

AT_ONCE = 64
"""Messages under way together; the pace itself is kept by `bot.pace`."""

HOPELESS = (UnreachableError, BadRequest, PeriodClosedError, MissingKeyError, LookupError, ValueError)
"""What trying again would not help."""
TRY_AGAIN = 5.0
"""Seconds."""

Name = tuple[bytes, str]


class Outbox:
    """Takes pending errands out of the agenda and sends them, side by side, beside everything else."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._limit = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[Name, asyncio.Task[None]] = {}
        self._stopping = False

    def send_pending(self) -> None:
        """Start on everything that is pending and not begun yet."""
        for errand in self._house.store.agenda.pending():
            name = (errand.participant, errand.occasion)
            if name not in self._tasks:
                task = asyncio.create_task(self._in_turn(errand))
                self._tasks[name] = task
                task.add_done_callback(partial(self._ended, name))

    def tell_groups(self) -> None:
        """Each join is said in the group, without name or role: false members are noticed.

        Joins that come while a message waits for its turn are told together in the next one.
        """
        for team, count in self._house.store.groups.joins_to_tell():
            name = (b"", team)
            if name not in self._tasks and self._house.is_decent(team):
                self._tasks[name] = asyncio.create_task(self._tell_group(team, count))
                self._tasks[name].add_done_callback(partial(self._ended, name))

    async def _tell_group(self, team: str, count: int) -> None:
        house = self._house
        group = house.store.groups.chat_of(team)
        if group is None:
            return
        text = texts.JOIN_ANNOUNCED if count == 1 else texts.JOINS_ANNOUNCED.format(count=count)
        # Written down before it is said: what fails for sure is put back, and nothing is said twice.
        house.store.groups.told(team, count)
        try:
            await house.sender.send(group, Screen(text), turn=Turn(BULK.priority, partial(house.is_decent, team)))
        except NotWantedError:
            # The night fell while it waited for its turn.
            house.store.groups.told(team, -count)
        except HOPELESS as error:
            log.warning("a group could not be told of a join (%s)", type(error).__name__)
        except TelegramError as error:
            log.warning("a group could not be told of a join (%s)", type(error).__name__)
            if not may_have_arrived(error):
                house.store.groups.told(team, -count)
                await asyncio.sleep(TRY_AGAIN)

    def _is_decent(self, errand: Errand) -> bool:
        """Whether its person may be disturbed now with this."""
        return self._house.is_decent(errand.team, free_too=not notices.waits(errand))

    def _ended(self, name: Name, _: asyncio.Task[None]) -> None:
        self._tasks.pop(name, None)

    async def stop(self) -> None:
        """Let what is under way arrive, for a few seconds; the rest comes at the next start."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(set(self._tasks.values()), timeout=5)
        for task in list(self._tasks.values()):
            task.cancel()

    async def _in_turn(self, errand: Errand) -> None:
        async with self._limit:
            if self._stopping:
                return
            try:
                state = await self._send(errand)
            except (sqlite3.Error, OSError) as error:
                # Nothing has left yet: it is still pending, or its claim is put back below.
                log.warning("a message could not be prepared (%s)", type(error).__name__)
                state = "pending"
                await asyncio.sleep(1)
            await self._mark(errand, state)

    async def _mark(self, errand: Errand, state: str | None) -> None:
        """Write down what became of it, however long that takes: forgotten, it would be sent again."""
        while state is not None:
            try:
                if errand.dialogue is None and state != "pending":
                    notices.after(self._house, errand)
                self._diary(errand).mark(errand, state)
            except PeriodClosedError:
                # What was sent in it is forgotten with it.
                return
            except (sqlite3.Error, OSError) as error:
                log.warning("a message could not be marked (%s); trying again", type(error).__name__)
                await asyncio.sleep(1)
            else:
                return

    async def _send(self, errand: Errand) -> str | None:
        """Send one errand; what became of it, or None when it stays as it is."""
        house = self._house
        person = house.store.contacts.get(errand.participant)
        if person is None or not self._wanted(errand):
            return "dropped"
        # Telegram has no way to ask whether a message arrived: claimed before, so that a crash repeats at most
        # the messages under way, and so that nothing is sent twice side by side.
        if not self._is_decent(errand) or not self._diary(errand).claim(errand):
            return None
        try:
            await self._say(errand, person)
        except NotWantedError:
            later = not self._is_decent(errand) or self._stopping
            return self._not_said(errand, person, "pending" if later else "dropped")
        except HOPELESS as error:
            log.warning("a message was dropped (%s)", type(error).__name__)
            return self._not_said(errand, person, "dropped")
        except TelegramError as error:
            if may_have_arrived(error):
                # The same question twice is worse than a question less.
                return "sent"
            log.warning("a message could not be sent (%s); trying again", type(error).__name__)
            await asyncio.sleep(TRY_AGAIN)
            return "pending"
        return "sent"

    def _not_said(self, errand: Errand, person: Participant, state: str) -> str:
        """Nobody is waited for at a question that never came."""
        house = self._house
        period = house.store.answers.open_period(errand.team)
        if errand.dialogue is not None and period is not None:
            with contextlib.suppress(PeriodClosedError):
                self._diary(errand).close_prompt(person.id, errand.dialogue, errand.round)
                house.store.intake.expect_nothing(person, period)
        return state

    def _diary(self, errand: Errand) -> Diary:
        return self._house.store.agenda.diary(errand.team, errand.period)

    def _wanted(self, errand: Errand) -> bool:
        """Things change between planning and sending: a stop, a break, another day, round or period."""
        house = self._house
        person = house.store.contacts.get(errand.participant)
        period = house.store.answers.open_period(errand.team)
        if person is None or period is None or period.number != errand.period:
            return False
        if errand.dialogue is None:
            return notices.wanted(house, errand, person)
        dialogue = house.shelf.look(period, errand.dialogue)
        same_time = errand.day == house.today() and errand.round == period.round_at(house.now())
        return same_time and dialogue is not None and may_be_asked(house, person, dialogue)

    async def _say(self, errand: Errand, person: Participant) -> None:
        house = self._house
        period = house.store.answers.open_period(errand.team)
        if period is None:
            raise PeriodClosedError
        turn = Turn(BULK.priority, lambda: self._now(errand))
        if errand.dialogue is None:
            await notices.say(house, errand, person, period, turn)
            return
        dialogue = house.shelf.take(period, errand.dialogue)
        if dialogue is None or person.role is None:
            raise LookupError("no such dialogue for this role")
        desk = Desk(person, person.role, period, errand.round, dialogue)
        self._diary(errand).open_prompt(person.id, dialogue.id, errand.round, house.today())
        await house.sender.send(person.chat, opening(house, desk), turn=turn)

    def _now(self, errand: Errand) -> bool:
        """Whether this may leave at this very moment."""
        return self._is_decent(errand) and not self._stopping and self._wanted(errand)
