"""A naastbot of the demo's own: a directory, a clock that can be moved, commands, and the running bot.

The bot and every command are processes of their own, told by nothing but settings: what the demo shows is what
anybody gets who runs naastbot.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import real_now

ZONE = ZoneInfo("Europe/Amsterdam")
MARKER = ".naastbot-demo"
"""Says that a directory is a demo's. Without it nothing in there is touched."""
DATA, CLOCK, LOG, PAGES = "data", "clock", "bot.log", "terugkoppeling-*.html"
STOP_SECONDS = 1.5
"""How long the bot may take to finish what it is sending; whatever it has stored stays either way."""


class DemoError(Exception):
    """The demo can't begin or go on; says in Dutch what to do. `misused` when it was started wrongly."""

    def __init__(self, message: str, *, misused: bool = False) -> None:
        super().__init__(message)
        self.misused = misused


@contextlib.contextmanager
def claim(directory: Path) -> Iterator[Path]:
    """This directory, empty and for one demo only; what an earlier demo left there is removed.

    Raises DemoError when it holds anything else, when another demo uses it, or when it can't be written.
    """
    with contextlib.ExitStack() as stack:
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not (directory / MARKER).is_file() and any(directory.iterdir()):
                raise DemoError(
                    f"In de map {directory} staat iets anders dan een demo. Kies met --dir een andere map.",
                    misused=True,
                )
            marker = stack.enter_context((directory / MARKER).open("w", encoding="utf-8"))
            _lock(marker.fileno(), directory)
            _clear(directory)
        except OSError:
            raise DemoError(
                f"De map {directory} is niet te gebruiken. Kies met --dir een map waarin je mag schrijven.",
                misused=True,
            ) from None
        yield directory.resolve()


def _lock(file: int, directory: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DemoError(f"In de map {directory} draait al een demo. Stop die eerst, of kies --dir.") from None


def _clear(directory: Path) -> None:
    """Remove what a demo makes, by name: whatever else someone put there stays."""
    if (directory / DATA).is_dir():
        shutil.rmtree(directory / DATA)
    for path in (directory / CLOCK, directory / LOG, *directory.glob(PAGES)):
        path.unlink(missing_ok=True)


class DemoClock:
    """The time of the demo, for the sandbox and, by a file, for the bot and every command."""

    def __init__(self, file: Path, start: datetime) -> None:
        self.file = file
        self._ahead = timedelta(0)
        self.set(start)

    def now(self) -> datetime:
        """The local time in the demo."""
        return (real_now() + self._ahead).astimezone(ZONE)

    def set(self, moment: datetime) -> None:
        """Let it be this moment from now on."""
        self._ahead = moment - real_now()
        seconds = self._ahead.total_seconds()
        sign, seconds = ("-" if seconds < 0 else "+"), abs(seconds)
        draft = self.file.with_suffix(".new")
        draft.write_text(f"{sign}P{int(seconds // 86400)}DT{seconds % 86400:.3f}S", encoding="utf-8")
        draft.replace(self.file)


class Installation:
    """What an operator has: the settings, the commands, and a bot that runs."""

    def __init__(self, directory: Path, clock_file: Path, token: str, url: str) -> None:
        self.log = directory / LOG
        self._env = {
            # Settings that were meant for a real bot must not reach this one.
            **{name: value for name, value in os.environ.items() if not name.startswith("NAASTBOT_")},
            "NAASTBOT_TOKEN": token,
            "NAASTBOT_API_URL": url,
            "NAASTBOT_DATA": str(directory / DATA),
            "NAASTBOT_CLOCK": str(clock_file),
            # The sandbox is on this machine: no proxy can reach it.
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
        }
        self._bot: asyncio.subprocess.Process | None = None

    async def command(self, *words: str) -> str:
        """Run a command of naastbot; the last line that it printed. Raises DemoError with its own words."""
        process = await asyncio.create_subprocess_exec(
            *_naastbot(*words),
            env=self._env,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = (stream.decode(errors="replace").strip() for stream in await process.communicate())
        if process.returncode:
            raise DemoError(f"'naastbot {words[0]}' lukte niet in de demo: {err.rpartition('naastbot: ')[2]}")
        return out.splitlines()[-1] if out else ""

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The bot, from here until the end of the block."""
        with self.log.open("wb") as log:
            self._bot = await asyncio.create_subprocess_exec(
                *_naastbot("run"), env=self._env, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            yield
        finally:
            await self._stop(self._bot)

    async def ended(self) -> int:
        """Wait until the bot ends; its exit code. Raises DemoError when it was never started."""
        if self._bot is None:
            raise DemoError("De bot is niet gestart.")
        return await self._bot.wait()

    async def _stop(self, bot: asyncio.subprocess.Process) -> None:
        if bot.returncode is not None:
            return
        bot.terminate()
        try:
            await asyncio.wait_for(bot.wait(), STOP_SECONDS)
        except TimeoutError:
            bot.kill()
            await bot.wait()


def _naastbot(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "bot", *words)
