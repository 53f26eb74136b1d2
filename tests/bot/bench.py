"""A whole naastbot on a sandbox: real files, real HTTP, and a clock that tests move."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import clock
from bot.log import set_up_logging
from bot.network.pace import EvenPace
from bot.run import serve
from bot.sandbox.model import Message, User
from bot.sandbox.server import Sandbox
from bot.schedule import tick
from bot.settings import read_settings
from storage import closing
from storage.diary import Diary
from storage.store import Store, open_store

ROOT = Path(__file__).parents[2]
BY_WEBHOOK = False
"""How updates reach the bot where a test does not choose."""
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 9, 7, 10, 0, tzinfo=AMSTERDAM)
"""A Monday morning."""

tick.SECONDS = 0.1
"""Tests wait for the ticker again and again."""


@dataclass
class Bench:
    """One data directory, one sandbox, and a bot that can be stopped and started between two messages."""

    sandbox: Sandbox
    data: Path
    extra: dict[str, str] = field(default_factory=dict)
    webhook: bool = False
    per_chat_seconds: float = 0
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None
    _store: Store | None = None

    @property
    def clock_file(self) -> Path:
        """The file behind NAASTBOT_CLOCK."""
        return self.data.parent / "clock"

    @property
    def env(self) -> dict[str, str]:
        """The settings of this bot, for any process."""
        return {
            "NAASTBOT_TOKEN": self.sandbox.token,
            "NAASTBOT_API_URL": self.sandbox.url,
            "NAASTBOT_DATA": str(self.data),
            "NAASTBOT_CLOCK": str(self.clock_file),
            **self.extra,
        }

    def set_clock(self, moment: datetime) -> None:
        """Let it be this moment, for every process that looks."""
        seconds = (moment - datetime.now(UTC)).total_seconds()
        sign, seconds = ("-" if seconds < 0 else "+"), abs(seconds)
        draft = self.clock_file.with_suffix(".new")
        draft.write_text(f"{sign}P{int(seconds // 86400)}DT{seconds % 86400:.3f}S")
        draft.rename(self.clock_file)

    def now(self) -> datetime:
        """What time the bot thinks it is."""
        return clock(self.clock_file)()

    def forward(self, **amount: float) -> None:
        """Move the clock."""
        self.set_clock(self.now() + timedelta(**amount))

    def run(self, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """The real command line, as a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=ROOT,
            env={**os.environ, **self.env, **(env or {})},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def store(self) -> Store:
        """What the running bot keeps."""
        assert self._store is not None
        return self._store

    def diary(self, team: str) -> Diary:
        """What was sent in the open period of this team."""
        period = self.store.answers.open_period(team)
        assert period is not None
        return self.store.agenda.diary(team, period.number)

    async def start(self) -> None:
        """Start the bot in this process, from nothing but its files."""
        set_up_logging()
        settings = read_settings(self.env)
        self._store = open_store(settings.data)
        self._stop = asyncio.Event()
        pace = EvenPace(per_second=2000, per_chat_seconds=self.per_chat_seconds)
        way = "setwebhook" if self.webhook else "getupdates"
        before = self.sandbox.calls[way]
        self._task = asyncio.create_task(
            serve(settings, self._store, self.sandbox.token, self._stop, pace, webhook=self.webhook)
        )
        polling = asyncio.create_task(polled(self.sandbox, before, way=way))
        await asyncio.wait({self._task, polling}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            self._task.result()
        await polling

    async def stop(self) -> None:
        """End it at once, in the middle of whatever it does."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            self.store.close()

    async def restart(self) -> None:
        """End it, and start it from its files."""
        await self.stop()
        await self.start()

    # what tests need again and again

    async def team(self, name: str = "De Linde") -> str:
        """A team that is ready: contact line and coordinator."""
        team = self.store.teams.add(name)
        self.store.teams.set_contact(team.id, "bel 020 123 45 67")
        closing.ensure_periods(self.store, self.now())
        coordinator = self.sandbox.world.user(f"Kartrekker {name}")
        await self.join(coordinator, team.id, "coordinator")
        return team.id

    def code(self, team: str, role: str, uses: int = 1) -> str:
        """A fresh invitation."""
        last = (self.now() + timedelta(days=30)).date()
        return self.store.invitations.make(team, role, uses=uses, last_day=last)

    async def join(
        self, user: User, team: str, role: str, every: str = "Elke week", day: str = "Woensdag"
    ) -> None:
        """Join by invitation, through the chat."""
        world = self.sandbox.world
        message = await self.after(user, lambda: world.start(user, self.code(team, role)))
        if role == "coordinator":
            return
        for label in ("Ja, ik doe mee", every, day, "Middag"):
            if label in message.labels:
                message = await self.press(user, message, label)
        assert not message.labels

    async def ticked(self) -> None:
        """The ticker has looked at the clock since, and what it found is on its way, for a second at most."""
        await TICKS.two_more()
        left = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                for _ in iter(lambda: self.store.agenda.db.execute(left).fetchone()[0], 0):
                    await asyncio.sleep(0.01)
        await self.sandbox.world.settled()

    async def after(self, user: User, act: Callable[[], object]) -> Message:
        """The bot's next message after something a person does."""
        chat = self.sandbox.world.chat(user)
        last = chat.messages[-1].id if chat.messages else 0
        act()
        return await self.sandbox.world.next_message(user, after=last)

    async def press(self, user: User, message: Message, label: str) -> Message:
        """Tap, and wait for the bot's next message."""
        return await self.after(user, lambda: self.sandbox.world.tap(user, message, label))

    async def alert(self, user: User, message: Message, label: str) -> str | None:
        """Tap, and wait for what pops up."""
        answer = await self.sandbox.world.tap(user, message, label).answered()
        return answer.text


class Ticks:
    """How often the ticker of the bot in this process has looked at the clock."""

    def __init__(self) -> None:
        self.count = 0
        count, look = self._count, tick.Ticker.look

        async def counted(ticker: tick.Ticker) -> None:
            # A slow machine looks less often at what people did: no test waits for that.
            ticker._lookout._again = 0.0
            try:
                await look(ticker)
            finally:
                count()

        tick.Ticker.look = counted

    def _count(self) -> None:
        self.count += 1

    async def two_more(self) -> None:
        """One look that began after this call has ended."""
        enough = self.count + 2
        async with asyncio.timeout(20):
            for _ in iter(lambda: self.count >= enough, True):
                await asyncio.sleep(0.01)


TICKS = Ticks()


async def polled(sandbox: Sandbox, before: int, within: float = 20, way: str = "getupdates") -> None:
    """Wait until a bot has asked for updates once more than before, or has said where to bring them."""
    async with asyncio.timeout(within):
        for _ in iter(lambda: sandbox.calls[way] > before, True):
            await asyncio.sleep(0.005)


def a_webhook() -> dict[str, str]:
    """Settings for a webhook on a port of this machine that is free now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{found.getsockname()[1]}"
    return {"NAASTBOT_WEBHOOK_URL": f"http://{place}/updates", "NAASTBOT_WEBHOOK_LISTEN": place}


@asynccontextmanager
async def bench(directory: Path, *, webhook: bool | None = None, **extra: str) -> AsyncIterator[Bench]:
    """A sandbox with a running bot, by polling or by webhook, from a Monday morning on."""
    webhook = BY_WEBHOOK if webhook is None else webhook
    async with Sandbox(limits=False) as sandbox:
        made = Bench(sandbox, directory / "data", extra | (a_webhook() if webhook else {}), webhook)
        made.set_clock(START)
        await made.start()
        try:
            yield made
        finally:
            await made.stop()
