"""fetch -> handle -> commit -> acknowledge: an update is confirmed to Telegram only once it is dealt with."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ContextTypes

from bot.pace import NotWantedError, seconds
from bot.send import UnreachableError, may_have_arrived
from storage.ledger import MAX_TRIES, Ledger

log = logging.getLogger("naastbot.updates")

LONG_POLL_SECONDS = 25
BATCH = 100
LONGEST_PAUSE = 30.0
"""Seconds between two tries, and between two tries to fetch."""
DONE_ALL_THE_SAME = (UnreachableError, NotWantedError)
QUIET_WEEK = 5 * 24 * 3600
"""Seconds without updates after which Telegram may soon begin to number from anywhere (it says: a week)."""
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
LOOK_AGAIN = 0.2
"""Seconds between two looks at Telegram while something is still being handled."""
UNPARSEABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError, OSError)

App = Application[Any, Any, Any, Any, Any, Any]
Raw = dict[str, Any]
Work = Callable[[Update], Coroutine[Any, Any, None]]
Gate = Callable[[Update], Work | bool]
"""Asked as soon as an update arrives: True to handle it, False to let it go, or what to do instead."""


class Updates:
    """Our own loop around `getUpdates` and `process_update`.

    Chats are handled side by side, each chat in order; fetching goes on meanwhile. What fails is tried three
    times and then set aside; only its id and the class of the error are kept.
    """

    def __init__(self, app: App, ledger: Ledger, gate: Gate) -> None:
        self._app = app
        self._ledger = ledger
        self._gate = gate
        self._failures: dict[int, BaseException] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._tails: dict[object, asyncio.Task[None]] = {}
        self._messages: dict[int, object] = {}
        self._done: set[int] = set()
        self._next = 0
        """Not kept anywhere: without an offset Telegram gives all that was not confirmed, and the ledger knows
        what of that was handled. A stored offset would skip updates when Telegram counts on from elsewhere."""
        self._fetched_at = time.monotonic()
        app.add_error_handler(self._note_failure)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. Raises InvalidToken when Telegram does not know the token (any more)."""
        pause = 0.5
        while not stop.is_set():
            try:
                self._commit()
                new = self._begin(await _unless(stop, self._fetch()))
            except InvalidToken:
                raise
            except Conflict:
                log.warning("another program fetches the updates of this bot; waiting for it to stop")
                await _pause(stop, 3)
            except RetryAfter as refusal:
                await _pause(stop, seconds(refusal))
            except (TelegramError, sqlite3.Error, OSError) as error:
                log.warning("updates could not be fetched or stored (%s); trying again", type(error).__name__)
                await _pause(stop, pause)
                pause = min(LONGEST_PAUSE, pause * 2)
            else:
                pause = 0.5
                await self._some_progress(wait=not new)
        await self._finish()

    async def _fetch(self) -> list[Raw]:
        # Raw, because one malformed update would make `get_updates` fail for the whole batch, and be logged whole.
        if time.monotonic() - self._fetched_at > QUIET_WEEK:
            self._next = 0
        waiting = LONG_POLL_SECONDS if not self._busy else 0
        result: Any = await self._app.bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": min(self._busy, default=self._next),
                "limit": BATCH,
                "timeout": waiting,
                "allowed_updates": ALLOWED,
            },
            read_timeout=waiting + 10,
        )
        return [raw for raw in result if isinstance(raw, dict)] if isinstance(result, list) else []

    def _begin(self, batch: list[Raw]) -> bool:
        """Start on what is new in this batch; False when nothing is."""
        found = {raw["update_id"]: raw for raw in batch if type(raw.get("update_id")) is int}
        new = [number for number in found if number not in self._busy and number not in self._done]
        seen = self._ledger.seen(new)
        for number in new:
            if number in seen:
                continue
            chat, update = self._parse(number, found[number])
            if update is None:
                self._done.add(number)
                continue
            work = self._gate(update)
            if work is not True:
                self._let_go(chat)
            if work is False:
                self._done.add(number)
                continue
            before = self._tails.get(chat)
            handle = work if callable(work) else self._process
            task = asyncio.create_task(self._handle(number, update, before, handle))
            self._busy[number] = self._tails[chat] = task
            if update.callback_query is None:
                self._messages[number] = chat
            task.add_done_callback(partial(self._forget_tail, chat))
        if found:
            self._next = list(found)[-1] + 1
            self._fetched_at = time.monotonic()
        return bool(new)

    async def _handle(self, number: int, update: Update, before: asyncio.Task[None] | None, handle: Work) -> None:
        """One update, after the one before it in its chat. What fails comes again, three times at most."""
        if before is not None:
            await asyncio.wait({before})
        pause = 0.5
        while True:
            error = await self._try(number, update, handle)
            if error is None or isinstance(error, DONE_ALL_THE_SAME) or may_have_arrived(error):
                break
            # A full disk, a locked file or a network that is away is no fault of the update: it waits.
            if not _not_its_fault(error) and self._give_up(number, error):
                break
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        self._done.add(number)

    async def _try(self, number: int, update: Update, handle: Work) -> BaseException | None:
        try:
            await handle(update)
        except (TelegramError, UnreachableError, NotWantedError) as error:
            return error
        return self._failures.pop(number, None)

    async def _process(self, update: Update) -> None:
        await self._app.process_update(update)

    def _commit(self) -> None:
        """Write down what is done; only then may the offset pass it."""
        done = set(self._done)
        self._ledger.commit(done)
        for number in done:
            self._busy.pop(number, None)
            self._messages.pop(number, None)
        self._done -= done

    async def _some_progress(self, *, wait: bool) -> None:
        """While something is being handled: until some of it is done, or for a moment."""
        if self._busy and (wait or not self._done):
            await asyncio.wait(set(self._busy.values()), timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
            if not self._done:
                await asyncio.sleep(0.01)

    async def _finish(self) -> None:
        """Let what is under way end, for a few seconds; what does not comes again at the next start."""
        if self._busy:
            await asyncio.wait(set(self._busy.values()), timeout=5)
            for task in self._busy.values():
                task.cancel()
        with contextlib.suppress(sqlite3.Error):
            self._commit()

    def _let_go(self, chat: object) -> None:
        """Confirm the messages of a flooding chat before they are answered; never its taps.

        Telegram shows at most a hundred updates from the first unconfirmed one on: those of one chat that wait for
        their replies would hide everybody else's. A crash may cost this chat some replies, and nobody an answer.
        """
        self._done |= {number for number, of in self._messages.items() if of == chat}

    def _forget_tail(self, chat: object, ended: asyncio.Task[None]) -> None:
        if self._tails.get(chat) is ended:
            del self._tails[chat]

    def _parse(self, number: int, raw: Raw) -> tuple[object, Update | None]:
        """The chat and the update, or no update when it can't be read: then it is set aside at once."""
        try:
            update = Update.de_json(raw, self._app.bot)
            chat = update.effective_chat.id if update.effective_chat else None
            hash(chat)
        except UNPARSEABLE as error:
            for _ in range(MAX_TRIES):
                self._give_up(number, error)
            return None, None
        return chat, update

    def _give_up(self, number: int, error: BaseException) -> bool:
        """Count this failure; True when the update is set aside now."""
        try:
            tries = self._ledger.failed(number, type(error).__name__)
        except sqlite3.Error:
            return False
        log.error("an update failed (%s), try %d of %d", type(error).__name__, tries, MAX_TRIES)
        return tries >= MAX_TRIES

    async def _note_failure(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        # process_update swallows what handlers raise; this is the only place where it can be seen.
        if isinstance(update, Update) and context.error is not None:
            self._failures[update.update_id] = context.error


def _not_its_fault(error: BaseException) -> bool:
    away = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return away or isinstance(error, sqlite3.OperationalError)


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
