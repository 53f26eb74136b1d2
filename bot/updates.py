"""fetch -> handle -> commit -> acknowledge: an update is confirmed to Telegram only once it is dealt with."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections import defaultdict
from collections.abc import Coroutine
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, ContextTypes

from bot.pace import seconds
from bot.send import UnreachableError
from storage.ledger import MAX_TRIES, Ledger

log = logging.getLogger("naastbot.updates")

LONG_POLL_SECONDS = 25
BATCH = 100
QUIET_WEEK = 5 * 24 * 3600
"""Seconds without updates after which Telegram may soon begin to number from anywhere (it says: a week)."""
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]

App = Application[Any, Any, Any, Any, Any, Any]
Raw = dict[str, Any]


class Updates:
    """Our own loop around `getUpdates` and `process_update`.

    Chats are handled side by side, each chat in order. What fails is tried three times and then set aside; only
    its id and the class of the error are kept.
    """

    def __init__(self, app: App, ledger: Ledger) -> None:
        self._app = app
        self._ledger = ledger
        self._failures: dict[int, Exception] = {}
        # Not kept anywhere: without an offset Telegram gives all that was not confirmed, and the ledger knows
        # what of that was handled. A stored offset would skip updates when Telegram starts counting elsewhere.
        self._offset = 0
        self._monotonic = time.monotonic
        self._fetched_at = self._monotonic()
        app.add_error_handler(self._note_failure)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. Raises InvalidToken when Telegram does not know the token (any more)."""
        pause = 0.5
        while not stop.is_set():
            try:
                await self.handle(await _unless(stop, self._fetch()))
            except InvalidToken:
                raise
            except Conflict:
                log.warning("another program fetches the updates of this bot; waiting for it to stop")
                await asyncio.sleep(3)
            except RetryAfter as refusal:
                await asyncio.sleep(seconds(refusal))
            except (TelegramError, sqlite3.Error, OSError) as error:
                log.warning("updates could not be fetched or stored (%s); trying again", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(30.0, pause * 2)
            else:
                pause = 0.5

    async def _fetch(self) -> list[Raw]:
        # Raw, because one malformed update would make `get_updates` fail for the whole batch, and be logged whole.
        if self._monotonic() - self._fetched_at > QUIET_WEEK:
            self._offset = 0
        arguments: Raw = {"offset": self._offset, "limit": BATCH, "timeout": LONG_POLL_SECONDS}
        result: list[Raw] = await self._app.bot.do_api_request(
            "getUpdates",
            api_kwargs={**arguments, "allowed_updates": ALLOWED},
            read_timeout=LONG_POLL_SECONDS + 10,
        )
        return result

    async def handle(self, batch: list[Raw]) -> None:
        """Deal with a batch, and confirm what is done: everything below the first update that must come again."""
        if not batch:
            return
        ids = [int(raw["update_id"]) for raw in batch]
        done = self._ledger.seen(ids)
        chats: defaultdict[object, list[tuple[int, Update]]] = defaultdict(list)
        for number, raw in zip(ids, batch, strict=True):
            if number in done:
                continue
            update = self._parse(number, raw)
            if update is None:
                done.add(number)
            else:
                key = update.effective_chat.id if update.effective_chat else None
                chats[key].append((number, update))
        for handled in await asyncio.gather(*(self._in_order(updates) for updates in chats.values())):
            done |= handled
        missing = [number for number in ids if number not in done]
        self._ledger.commit(done)
        self._offset = min(missing) if missing else ids[-1] + 1
        self._fetched_at = self._monotonic()
        if missing:
            await asyncio.sleep(0.5)

    async def _in_order(self, updates: list[tuple[int, Update]]) -> set[int]:
        done = set()
        for number, update in updates:
            await self._app.process_update(update)
            error = self._failures.pop(number, None)
            # A full disk or a locked file is no fault of the update: it comes again until it can be stored.
            if isinstance(error, (sqlite3.Error, OSError)) or (
                error is not None and not self._give_up(number, error)
            ):
                break
            done.add(number)
        return done

    def _parse(self, number: int, raw: Raw) -> Update | None:
        try:
            return Update.de_json(raw, self._app.bot)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            for _ in range(MAX_TRIES):
                self._give_up(number, error)
            return None

    def _give_up(self, number: int, error: Exception) -> bool:
        """Count this failure; True when the update is set aside now."""
        tries = self._ledger.failed(number, type(error).__name__)
        log.error("an update failed (%s), try %d of %d", type(error).__name__, tries, MAX_TRIES)
        return tries >= MAX_TRIES

    async def _note_failure(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        # process_update swallows what handlers raise; this is the only place where it can be seen.
        error = context.error
        if isinstance(update, Update) and error is not None and not isinstance(error, UnreachableError):
            self._failures[update.update_id] = error


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
