"""The story of a broadcast during which the bot is killed with -9, told by the server."""

from __future__ import annotations

import asyncio
import random
import re
import signal
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from unittest import mock

from aiohttp import web
from bench import Bench
from organisation import Run, ask_everybody, asked, settle

from bot.sandbox.model import User
from bot.sandbox.server import Sandbox

PEOPLE_PER_KILL = 12
"""So that there is always something to send; the pace lets 29 leave in a second."""
PROMISE = re.compile(rb"at most (\d+) messages may come twice")


@dataclass
class Kill:
    """One kill: when it was over, how many calls the server had not answered, of how many messages the next run's
    log spoke, and how many questions came again because of it."""

    over: datetime
    unanswered: int
    promised: int = 0
    repeated: int = 0


@dataclass
class Story:
    """All kills, and how many people never got their question."""

    kills: list[Kill] = field(default_factory=list)
    left_out: int = 0


class Slow:
    """A server that sends a message at once and takes a while to say so; counts what it has not answered."""

    def __init__(self, sandbox: Sandbox, latency: float) -> None:
        self._call = sandbox._call
        self._latency = latency
        self.unanswered = 0

    async def call(self, request: web.Request) -> web.Response:
        """One call; nothing else than sending is slow."""
        answer = await self._call(request)
        if request.match_info["method"].lower() == "sendmessage":
            self.unanswered += 1
            try:
                await asyncio.sleep(self._latency)
            finally:
                self.unanswered -= 1
        return answer


async def killed_while_sending(directory: Path, kills: int, latency: float, chance: random.Random) -> Story:
    """Ask everybody, and kill the bot so many times while it is at it."""
    story, sandbox = Story(), Sandbox(limits=True)
    slow = Slow(sandbox, latency)
    with mock.patch.object(sandbox, "_call", slow.call):
        async with sandbox:
            b = Bench(sandbox, directory / "data")
            users = settle(b, 10, kills * PEOPLE_PER_KILL + 30)
            ask_everybody(b)
            run = Run(b, directory / "log")
            await run.start()
            for _ in range(kills):
                await asyncio.sleep(chance.uniform(0.05, 0.6))
                unanswered = slow.unanswered
                await run.end(signal.SIGKILL)
                # What had left by then arrives all the same.
                await asyncio.sleep(0.05)
                story.kills.append(Kill(b.sandbox.world.state.now(), unanswered))
                await run.start()
            await _everybody_asked(b, users)
            await run.end()
    _reckon(b, users, (directory / "log").read_bytes(), story)
    return story


async def _everybody_asked(b: Bench, users: list[User]) -> None:
    """Wait for that, within reason."""
    for _ in range(50 + 2 * len(users)):
        if all(asked(b, user) for user in users):
            break
        await asyncio.sleep(0.1)
    # A question that comes twice may still be on its way.
    await asyncio.sleep(2)


def _reckon(b: Bench, users: list[User], log: bytes, story: Story) -> None:
    """Which kill made a question come again: the first one after it had come."""
    runs = log.split(b"naastbot runs")[2:]
    for kill, told in zip(story.kills, runs, strict=True):
        found = PROMISE.search(told)
        kill.promised = int(found[1]) if found else 0
    for user in users:
        came = asked(b, user)
        story.left_out += not came
        for moment in came[:-1]:
            next(kill for kill in story.kills if kill.over > moment).repeated += 1
