"""Each join is said in the team's group, without name or role: false members are noticed."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from functools import partial

from telegram.error import BadRequest, TelegramError

from bot.house import House
from bot.network.pace import BULK, NotWantedError, Turn
from bot.network.send import UnreachableError, in_doubt
from bot.render import Screen
from bot.wording import texts

log = logging.getLogger("naastbot.joins")

TRY_AGAIN = 5.0
"""Seconds."""


class Joins:
    """Joins that come while a message waits for its turn are told together in the next one."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def tell(self) -> None:
        """Say in each group what it is still to hear, when its people may be disturbed."""
        for team, count in self._house.store.groups.joins_to_tell():
            if team not in self._tasks and self._house.is_decent(team):
                self._tasks[team] = asyncio.create_task(self._tell(team, count))
                self._tasks[team].add_done_callback(partial(self._ended, team))

    async def stop(self) -> None:
        """Let what is under way arrive, for a few seconds."""
        if self._tasks:
            await asyncio.wait(set(self._tasks.values()), timeout=5)
        for task in list(self._tasks.values()):
            task.cancel()

    def _ended(self, team: str, _: asyncio.Task[None]) -> None:
        self._tasks.pop(team, None)

    async def _tell(self, team: str, count: int) -> None:
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
            await self._put_back(team, count)
        except (UnreachableError, BadRequest) as error:
            log.warning("a group could not be told of a join (%s)", type(error).__name__)
        except (TelegramError, sqlite3.Error, OSError) as error:
            log.warning("a group could not be told of a join (%s)", type(error).__name__)
            if not in_doubt(error):
                await self._put_back(team, count)
                await asyncio.sleep(TRY_AGAIN)

    async def _put_back(self, team: str, count: int) -> None:
        """However long that takes: what is not written down is not told any more."""
        while True:
            try:
                self._house.store.groups.told(team, -count)
            except (sqlite3.Error, OSError) as error:
                log.warning("a join could not be put back (%s); trying again", type(error).__name__)
                await asyncio.sleep(1)
            else:
                return
