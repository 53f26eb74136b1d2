"""Running a demo from beginning to end: by itself, or with a page on which somebody takes part."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.clock import real_now
from bot.sandbox.demo import Demo, Plan, first_monday
from bot.sandbox.installation import CLOCK, DemoClock, DemoError, Installation, claim
from bot.sandbox.server import Sandbox
from bot.sandbox.stage import Stage

DEFAULT_PORT = 8088
Say = Callable[[str], None]
"""Prints one line."""


class StoppedError(Exception):
    """Somebody stopped the demo, by Ctrl-C or SIGTERM."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run a demo; without a port the usual one or, when that is taken, any."""

    directory: Path
    plan: Plan
    once: bool = False
    port: int | None = None


async def show(options: Options, say: Say) -> Path | None:
    """Run a demo; with `once` until its feedback page is written, and the path of that page.

    Raises StoppedError when it is stopped, and DemoError when it can't begin, or when the bot ends by itself.
    """
    with claim(options.directory) as directory:
        clock = DemoClock(directory / CLOCK, first_monday(real_now()))
        async with _sandbox(options, clock.now) as sandbox:
            naastbot = Installation(directory, clock.file, sandbox.token, sandbox.url)
            demo = Demo(sandbox, clock, naastbot, options.plan)
            async with naastbot.running():
                play = _play_once(demo, directory, say) if options.once else _play_on_page(demo, say)
                page = await _unless_over(play, naastbot)
            await demo.crowd.leave()
            if sandbox.refused:
                say(f"Let op: de bot was {sandbox.refused} keer te snel voor Telegram.")
            return page


@contextlib.asynccontextmanager
async def _sandbox(options: Options, now: Callable[[], datetime]) -> AsyncIterator[Sandbox]:
    """A sandbox on the port that was asked for, or else the usual one, or else any that is free."""
    usual = (0,) if options.once else (DEFAULT_PORT, 0)
    async with contextlib.AsyncExitStack() as stack:
        sandbox = None
        for port in usual if options.port is None else (options.port,):
            with contextlib.suppress(OSError):
                sandbox = await stack.enter_async_context(Sandbox(port=port, now=now))
                break
        if sandbox is None:
            raise DemoError(
                f"Poort {options.port} is bezet. Kies een andere poort, of laat --port weg.", misused=True
            )
        yield sandbox


async def _unless_over(play: Coroutine[Any, Any, Path | None], naastbot: Installation) -> Path | None:
    """What the play gives. Raises StoppedError by a signal, and DemoError when the bot ends before."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    playing = asyncio.create_task(play)
    ended = asyncio.create_task(naastbot.ended())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({playing, ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (playing, ended, stopping):
            task.cancel()
        await asyncio.gather(playing, ended, stopping, return_exceptions=True)
    # Ctrl-C reaches the bot as well, so that it may end at the same moment.
    if stop.is_set():
        raise StoppedError
    if ended.done() and not ended.cancelled():
        raise DemoError(f"De bot is gestopt (code {ended.result()}). Kijk in {naastbot.log}.")
    return playing.result()


async def _play_once(demo: Demo, directory: Path, say: Say) -> Path:
    """Everything without anybody, until the feedback page is there."""
    plan = demo.plan
    say(f"Demo met {plan.people} verzonnen mensen. Alles blijft op deze computer.")
    await demo.set_up()
    say("Iedereen doet mee.")
    told = 0

    def progress() -> None:
        nonlocal told
        if demo.week != told:
            told = demo.week
            say(f"Week {told} van {plan.weeks}")

    await demo.to_closing(progress)
    page = directory / f"terugkoppeling-{demo.team}.html"
    await demo.naastbot.command("feedback", demo.team, "-o", str(page))
    say("De periode is gesloten. De bladzijde met de terugkoppeling:")
    return page


async def _play_on_page(demo: Demo, say: Say) -> None:
    """The page with phones, until somebody stops it."""
    stage = Stage(demo)
    await stage.open()
    say(f"De demo staat op {demo.sandbox.url}")
    say("Klaarzetten duurt even. Stoppen: Ctrl-C.")
    await stage.prepare()
    say("De demo staat klaar.")
    await asyncio.Event().wait()
