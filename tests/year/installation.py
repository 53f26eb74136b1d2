"""The real house on a clock that is set by hand, with a post office of our own where Telegram would be.

Files, keys, dialogues, planning, outbox, closing and handlers are the ones that run in production; what is left
out is the network, and that the disk is waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from bot.group import groups
from bot.house import House
from bot.masker import Masker
from bot.network.calm import Calm
from bot.network.double_taps import DoubleTaps
from bot.network.pace import REPLY, NotWantedError, Turn
from bot.network.patience import Patience
from bot.network.send import Sender, UnreachableError
from bot.render import Screen
from bot.schedule import tick
from bot.settings import read_settings
from bot.shelf import Shelf
from storage import contacts
from storage.store import Store, open_store


class Clock:
    """Shows what it was set to, as `bot.clock.Now` does."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Now, in UTC."""
        return self.now.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it arrived: when on the clock of the bot, for whom, in whose turn, and what it said."""

    at: datetime
    chat: int
    screen: Screen
    at_once: bool


class Crash(BaseException):
    """The machine went down in the middle of a call, after the message had left."""


class Post:
    """Takes the place of `bot.network.send.Sender`: everything arrives at once, and is kept in `letters`.

    `blocked` holds the chats that can't be reached. While `fuse` is a number, so many planned messages still
    arrive; after the last of these no call returns any more, as when the power fails.
    """

    def __init__(self, clock: Clock, gone: Callable[[int], None]) -> None:
        self._clock = clock
        self._gone = gone
        self.bot_name = "naastbot"
        self.letters: list[Letter] = []
        self.blocked: set[int] = set()
        self.fuse: int | None = None
        self.failed = False

    async def send(self, chat: int, screen: Screen, *, turn: Turn = REPLY, **_: Any) -> None:
        """As `Sender.send`."""
        if not turn.wanted():
            raise NotWantedError
        await self._deliver(chat, screen, at_once=turn.priority == REPLY.priority)

    async def send_page(self, chat: int, name: str, page: str, caption: str, **_: Any) -> None:
        """As `Sender.send_page`."""
        await self._deliver(chat, Screen(caption), at_once=False)

    async def edit(self, chat: int, message: int, screen: Screen) -> None:
        """Nobody looks at what an old message says now."""

    async def answer(self, callback: str, text: str | None = None) -> None:
        """Nobody looks at what pops up."""

    async def delete(self, chat: int, message: int) -> bool:
        """Every message can still be removed."""
        return True

    async def _deliver(self, chat: int, screen: Screen, *, at_once: bool) -> None:
        if self.failed:
            await asyncio.Event().wait()
        if chat in self.blocked:
            self._gone(chat)
            raise UnreachableError
        # One slip for what Telegram would refuse: a button that carries too much.
        assert screen.keyboard is None or screen.buttons
        self.letters.append(Letter(self._clock.now, chat, screen, at_once))
        if self.fuse is not None and not at_once:
            self.fuse -= 1
            if self.fuse <= 0:
                self.fuse, self.failed = None, True
                await asyncio.Event().wait()


@dataclass
class Installation:
    """A data directory and the program on it, which can be stopped, killed and started again."""

    data: Path
    clock: Clock
    durable: bool = False
    _house: House | None = None
    _shelf: Shelf | None = None
    _ticker: tick.Ticker | None = None

    @property
    def house(self) -> House:
        """What runs now."""
        assert self._house is not None
        return self._house

    @property
    def ticker(self) -> tick.Ticker:
        """Its only loop over time, of which every turn is taken by hand."""
        assert self._ticker is not None
        return self._ticker

    @property
    def store(self) -> Store:
        """What it keeps."""
        return self.house.store

    @property
    def post(self) -> Post:
        """Where its messages arrive."""
        return cast("Post", self.house.sender)

    def start(self, blocked: frozenset[int] = frozenset()) -> int:
        """Start from nothing but the files; how many messages an interrupted start puts back to be sent again."""
        store = open_store(self.data)
        if not self.durable:
            # Losing the power is not what is tried here, and waiting for a disk would be all that takes time.
            for db in (store.contacts.db, store.answers.db):
                db.conn.execute("PRAGMA synchronous = OFF")
                db.conn.execute("PRAGMA secure_delete = OFF")
            # Nor is a thief of two copies: see tests/privacy for that.
            contacts.COVER = 0
        settings = read_settings({"NAASTBOT_DATA": str(self.data), "NAASTBOT_API_URL": "http://127.0.0.1:1"})
        post = Post(self.clock, lambda chat: groups.lost(self.house, chat))
        post.blocked |= blocked
        self._house = House(
            settings=settings,
            now=self.clock,
            store=store,
            shelf=self._put_up(store),
            sender=cast("Sender", post),
            patience=Patience(),
            double_taps=DoubleTaps(),
            calm=Calm(),
            masker=Masker(),
        )
        self.house.shelf.refresh()
        again = store.agenda.interrupted(tick.still_asked(self.house))
        self._ticker = tick.Ticker(self.house)
        return again

    def _put_up(self, store: Store) -> Shelf:
        """The dialogues, which are read once: reading seven trees a hundred times is not what takes a year."""
        if self._shelf is None:
            self._shelf = Shelf(store.teams, None)
        self._shelf._teams = store.teams
        return self._shelf

    async def look(self) -> None:
        """One look at the clock."""
        await self.ticker.look()

    async def tick(self) -> list[Letter]:
        """One look at the clock, and everything sent that it brings; what arrived."""
        before = len(self.post.letters)
        await self.look()
        await self.quiet()
        return self.post.letters[before:]

    async def quiet(self) -> None:
        """Until nothing is under way any more, or nothing goes on since the machine is down."""
        outbox = self.ticker._outbox
        while not self.post.failed:
            await asyncio.sleep(0)
            if len(asyncio.all_tasks()) == 1 and outbox._soon is None:
                break

    async def kill(self) -> None:
        """End it where it stands, as kill -9 does: nothing is written down any more."""
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.store.close()
        self._house = None
