"""Slower answers to a chat that keeps trying wrong codes, without keeping anybody else waiting."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot.network.send import UnreachableError

log = logging.getLogger("naastbot.patience")

FREE_TRIES = 5
"""Wrong codes before answers get slower."""
LONGEST_WAIT = 60.0
"""Seconds."""


class Patience:
    """At most one slow answer under way per chat, to the last code that it tried."""

    def __init__(self) -> None:
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._answers: dict[int, Callable[[], Awaitable[None]]] = {}

    def later(self, chat: int, tries: int, answer: Callable[[], Awaitable[None]]) -> None:
        """Answer after a while that doubles with every try beyond the free ones; only the last try counts."""
        self._answers[chat] = answer
        if chat in self._tasks:
            return
        seconds = min(LONGEST_WAIT, 2.0 ** min(10, tries - FREE_TRIES + 1))

        async def wait() -> None:
            try:
                while chat in self._answers:
                    await asyncio.sleep(seconds)
                    await self._answers.pop(chat)()
            except (TelegramError, UnreachableError, sqlite3.Error) as error:
                # Whoever waited can simply try again: nothing of theirs was stored.
                log.warning("a slow answer failed (%s)", type(error).__name__)
            finally:
                del self._tasks[chat]

        self._tasks[chat] = asyncio.create_task(wait())

    def stop(self) -> None:
        """Answer nobody any more."""
        for task in self._tasks.values():
            task.cancel()
