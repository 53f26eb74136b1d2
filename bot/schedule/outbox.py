"""Sending what was planned: each errand once, and only if it is still wanted when its turn comes."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import sqlite3
from collections import deque
from functools import partial

from telegram.error import BadRequest, TelegramError

from bot.house import House
from bot.network.pace import BULK, NotWantedError, Turn
from bot.network.send import UnreachableError, in_doubt
from bot.schedule import delivering
from bot.schedule.delivering import FAULTY
from storage.errands import Errand
from storage.participant import Participant
from storage.schema import unhurried, writing

log = logging.getLogger("naastbot.outbox")

AT_ONCE = 30
"""Messages claimed at once, which is how many a crash can repeat at most. The pace lets no more leave in a second,
so that more would be of use only with a server that takes longer than that to answer."""
READY = 8
"""Of these so many may wait for their turn: enough for the pace never to wait for the disk, and so few that
somebody who writes just then, and whose own message is among them, is not kept waiting for a reply."""
READ_AHEAD = 64
"""Errands read from the file at a time."""

HOPELESS = (UnreachableError, BadRequest, *FAULTY)
"""What trying again would not help."""
TRY_AGAIN = 5.0
"""Seconds."""
LAST_TRIES = 5
"""To write down what was sent, before the program ends."""

Name = tuple[bytes, str]


def _name(errand: Errand) -> Name:
    return errand.participant, errand.occasion


class Outbox:
    """Takes pending errands out of the agenda and sends them, side by side, beside everything else.

    pending -> sending (claimed) -> sent or dropped, or pending again. What ended is written down together with the
    claims of what comes next, in one durable transaction.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._next: deque[Errand] = deque()
        self._tasks: dict[Name, asyncio.Task[None]] = {}
        self._chats: set[int] = set()
        self._ready: dict[Name, Errand] = {}
        self._ended: dict[Name, tuple[Errand, str]] = {}
        self._soon: asyncio.Handle | None = None
        self._stopping = False
        self._doubt_until: float | None = None
        self._doubted: set[Name] = set()
        self.sent = 0
        """Messages that were sent since the start."""

    def send_pending(self) -> None:
        """Write down what ended, and start on what is pending, as far as it may be under way at once."""
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        try:
            chosen, dropped = self._choose()
            if chosen or dropped or self._ended:
                self._start(self._write(chosen, dropped))
        except (sqlite3.Error, OSError, *FAULTY) as error:
            # What ended stays here, since forgotten it would be sent again; nothing new has begun.
            log.warning("messages could not be claimed or marked (%s); trying again", type(error).__name__)
            self._go_on(after=1)

    async def stop(self) -> None:
        """Let what is under way arrive, for a few seconds; the rest comes at the next start."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(set(self._tasks.values()), timeout=5)
        # What never left comes at the next start, and not twice.
        never_left = dict(self._ready)
        for task in list(self._tasks.values()):
            task.cancel()
        self._ended |= {name: (errand, "pending") for name, errand in never_left.items()}
        for _ in range(LAST_TRIES):
            self.send_pending()
            if not self._ended:
                break
            await asyncio.sleep(1)
        if self._soon is not None:
            self._soon.cancel()

    # which, and in which order

    def _choose(self) -> tuple[list[tuple[Errand, Participant]], list[Errand]]:
        """What may be claimed now, with its person; and what is not wanted any more."""
        chosen: list[tuple[Errand, Participant]] = []
        dropped: list[Errand] = []
        if self._stopping:
            return chosen, dropped
        room = self._room()
        if len(self._next) < room:
            self._read()
        busy, later = set(self._chats), list[Errand]()
        while self._next and len(chosen) < room:
            errand = self._next.popleft()
            person = self._person(errand)
            if person is None:
                dropped.append(errand)
            elif person.chat in busy:
                # One at a time in each chat, which gets one a second: others need not wait behind it.
                later.append(errand)
            elif self._is_decent(errand):
                busy.add(person.chat)
                chosen.append((errand, person))
        self._next.extendleft(reversed(later))
        return chosen, dropped

    def _room(self) -> int:
        """How many may be claimed now; in doubt, one at a time and now and then."""
        if self._doubt_until is not None:
            return int(not self._tasks and self._doubt_until <= asyncio.get_running_loop().time())
        # Some at a time: each claim waits for the disk.
        few = len(self._ready) <= READY // 2
        return min(AT_ONCE - len(self._tasks), READY - len(self._ready)) if few else 0

    def _read(self) -> None:
        """Read on in what is pending, in random order; of one person's messages the first comes first."""
        known = {*self._tasks, *self._ended}
        pending = self._house.store.agenda.pending()
        able = (
            errand
            for errand in pending
            if _name(errand) not in known and delivering.is_decent(self._house, errand)
        )
        self._next = deque(sorted(itertools.islice(able, READ_AHEAD), key=lambda errand: errand.occasion))

    def _person(self, errand: Errand) -> Participant | None:
        """Whom it is for, if it is wanted still."""
        try:
            person = self._house.store.contacts.get(errand.participant)
            return person if person is not None and delivering.wanted(self._house, errand) else None
        except FAULTY as error:
            log.warning("a message was dropped (%s)", type(error).__name__)
            return None

    # writing it down

    def _write(
        self, chosen: list[tuple[Errand, Participant]], dropped: list[Errand]
    ) -> list[tuple[Errand, Participant]]:
        """All that there is to write, in one transaction; returns what was claimed, and so may be sent.

        Telegram has no way to ask whether a message arrived: claimed before it leaves, so that a crash repeats at
        most what was under way, and so that nothing is sent twice side by side. What ended need not reach the disk
        at once: should the power go, it is claimed still, and comes again, as the log says.
        """
        house, ended = self._house, dict(self._ended)
        db = house.store.contacts.db
        with contextlib.nullcontext() if chosen else unhurried(db), writing(db):
            for errand, state in ended.values():
                delivering.mark(house, errand, state)
            for errand in dropped:
                delivering.mark(house, errand, "dropped", claimed=False)
            claimed = [(errand, person) for errand, person in chosen if delivering.claim(house, errand)]
        for name in ended:
            del self._ended[name]
        return claimed

    # sending

    def _start(self, claimed: list[tuple[Errand, Participant]]) -> None:
        for errand, person in claimed:
            name = _name(errand)
            self._ready[name] = errand
            self._chats.add(person.chat)
            task = self._tasks[name] = asyncio.create_task(self._deliver(errand, person))
            task.add_done_callback(partial(self._left, name, person.chat))

    def _left(self, name: Name, chat: int, _: asyncio.Task[None]) -> None:
        self._tasks.pop(name, None)
        self._ready.pop(name, None)
        self._chats.discard(chat)
        self._go_on()

    def _go_on(self, after: float = 0.0) -> None:
        """Come back to `send_pending` once, as soon as what happens now is over."""
        loop = asyncio.get_running_loop()
        if self._soon is None:
            self._soon = loop.call_later(after, self.send_pending) if after else loop.call_soon(self.send_pending)

    async def _deliver(self, errand: Errand, person: Participant) -> None:
        state = await self._send(errand, person)
        while True:
            # However long that takes: forgotten, it would be sent again.
            if delivering.follows(self._house, errand, person, state):
                break
            await asyncio.sleep(1)
        self.sent += state == "sent"
        self._ended[_name(errand)] = errand, state

    async def _send(self, errand: Errand, person: Participant) -> str:
        """Send one errand that was claimed; what became of it."""
        try:
            turn = Turn(BULK.priority, lambda: self._leaves(errand))
            await delivering.say(self._house, errand, person, turn)
        except NotWantedError:
            return "pending" if self._stopping or not self._is_decent(errand) else "dropped"
        except HOPELESS as error:
            log.warning("a message was dropped (%s)", type(error).__name__)
            self._doubt_until = None
            return "dropped"
        except (sqlite3.Error, OSError) as error:
            # Nothing has left yet.
            log.warning("a message could not be prepared (%s)", type(error).__name__)
            await asyncio.sleep(1)
            return "pending"
        except TelegramError as error:
            if in_doubt(error):
                # The same question twice is worse than a question less. Until the server answers again it is tried
                # with a message now and then, so that few people have one less. Feedback, or a new text, has
                # no other way: a notice is sent once more.
                self._doubt_until = asyncio.get_running_loop().time() + TRY_AGAIN
                again = errand.dialogue is None and _name(errand) not in self._doubted
                self._doubted.add(_name(errand))
                return "pending" if again else "sent"
            log.warning("a message could not be sent (%s); trying again", type(error).__name__)
            await asyncio.sleep(TRY_AGAIN)
            return "pending"
        self._doubt_until = None
        return "sent"

    def _leaves(self, errand: Errand) -> bool:
        """Its turn has come: whether it may leave at this very moment."""
        self._ready.pop(_name(errand), None)
        if len(self._ready) <= READY // 2:
            self._go_on()
        return not self._stopping and self._is_decent(errand) and delivering.wanted(self._house, errand)

    def _is_decent(self, errand: Errand) -> bool:
        return delivering.is_decent(self._house, errand)
