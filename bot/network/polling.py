"""Fetching updates from Telegram, again and again, and confirming those that are dealt with."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import Coroutine
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.network.gate import Raw
from bot.network.pace import seconds
from bot.network.updates import ALLOWED, Updates, number_of

log = logging.getLogger("naastbot.updates")

LONG_POLL_SECONDS = 25
BATCH = 100
LONGEST_PAUSE = 30.0
"""Seconds between two tries to fetch."""
BETWEEN = 0.001
"""Seconds between two fetches for each update under way: all of these come again with every fetch."""
QUIET_WEEK = 5 * 24 * 3600
"""Seconds without updates after which Telegram may soon begin to number from anywhere (it says: a week)."""


class Polling:
    """Our own loop around `getUpdates`: the offset confirms all below it, and never passes what is not stored."""

    def __init__(self, bot: ExtBot[Any], updates: Updates) -> None:
        self._bot = bot
        self._updates = updates
        self._next = 0
        """Not kept anywhere: without an offset Telegram gives all that was not confirmed, and the ledger knows
        what of that was handled. A stored offset would skip updates when Telegram counts on from elsewhere."""
        self._fetched_at = time.monotonic()
        self._webhook_gone = False

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. Raises InvalidToken when Telegram does not know the token (any more)."""
        pause = 0.5
        while not stop.is_set():
            try:
                self._updates.commit()
                new = self._begin(await _unless(stop, self._fetch()))
            except InvalidToken:
                raise
            except Conflict:
                log.warning("another program fetches the updates of this bot; waiting for it to stop")
                self._webhook_gone = False
                await _pause(stop, 3)
            except RetryAfter as refusal:
                await _pause(stop, seconds(refusal))
            except (TelegramError, sqlite3.Error, OSError) as error:
                log.warning("updates could not be fetched or stored (%s); trying again", type(error).__name__)
                await _pause(stop, pause)
                pause = min(LONGEST_PAUSE, pause * 2)
            else:
                pause = 0.5
                await self._updates.some_progress(wait=not new)
                await asyncio.sleep(BETWEEN * self._updates.under_way)
        await self._updates.finish()

    async def _remove_webhook(self) -> None:
        """While a webhook is set nothing can be fetched; what waits for it stays, and comes here."""
        if not self._webhook_gone:
            await self._bot.delete_webhook()
            self._webhook_gone = True

    async def _fetch(self) -> list[Raw]:
        await self._remove_webhook()
        # Raw, because one malformed update would make `get_updates` fail for the whole batch, and be logged whole.
        if time.monotonic() - self._fetched_at > QUIET_WEEK:
            self._next = 0
        oldest = self._updates.oldest
        waiting = LONG_POLL_SECONDS if oldest is None else 0
        result: Any = await self._bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": self._next if oldest is None else oldest,
                "limit": BATCH,
                "timeout": waiting,
                "allowed_updates": ALLOWED,
            },
            read_timeout=waiting + 10,
        )
        return [raw for raw in result if isinstance(raw, dict)] if isinstance(result, list) else []

    def _begin(self, batch: list[Raw]) -> bool:
        new = self._updates.begin(batch)
        numbers = [number for raw in batch if (number := number_of(raw)) is not None]
        if numbers:
            self._next = numbers[-1] + 1
            self._fetched_at = time.monotonic()
        return new


async def _pause(stop: asyncio.Event, length: float) -> None:
    """Wait so many seconds, or until `stop` is set."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), length)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, list[Raw]]) -> list[Raw]:
    """What the work gives, or nothing when `stop` is set first."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working in done:
        return working.result()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    return []
