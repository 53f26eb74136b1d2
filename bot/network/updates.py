"""fetch -> handle -> commit -> acknowledge: an update is confirmed to Telegram only once it is dealt with.

This is the middle of it, the same for `bot.network.polling`, which fetches, and for `bot.network.webhook`, where
updates are brought.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections import Counter
from functools import partial
from typing import Any

from telegram import Update
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import Application, ContextTypes

from bot.network.gate import Gate, Glance, Raw, Verdict, Work
from bot.network.pace import NotWantedError
from bot.network.send import Crowd, UnreachableError, crowd, may_have_arrived
from storage.batch import Batch, NotStoredError
from storage.ledger import MAX_TRIES, Ledger

log = logging.getLogger("naastbot.updates")

LONGEST_PAUSE = 30.0
"""Seconds between two tries."""
DONE_ALL_THE_SAME = (UnreachableError, NotWantedError)
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
MOST_AT_ONCE = 256
"""Updates in hand beyond which no more are taken in by webhook; fetching has a limit of its own, of 100."""
CROWD = 5
"""Updates of one chat that may wait; with more, a tap is stored, and replied to by the last ones only."""
LOOK_AGAIN = 0.2
"""Seconds between two looks at Telegram while something is still being handled."""
UNPARSEABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError, OSError)

App = Application[Any, Any, Any, Any, Any, Any]


class Updates:
    """Our own way around `process_update`: chats side by side, each chat in order.

    What comes meanwhile is begun at once. What fails is tried three times and then set aside; only its id and the
    class of the error are kept.
    """

    def __init__(self, app: App, ledger: Ledger, batch: Batch, gate: Gate) -> None:
        self._app = app
        self._ledger = ledger
        self._batch = batch
        self._gate = gate
        self._failures: dict[int, BaseException] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._tails: dict[object, asyncio.Task[None]] = {}
        self._waiting: Counter[object] = Counter()
        self._spare: dict[int, object] = {}
        self._done: set[int] = set()
        self._writing: asyncio.Task[None] | None = None
        app.add_error_handler(self._note_failure)

    @property
    def oldest(self) -> int | None:
        """The first update that is not confirmed yet, if any: no offset may pass it."""
        return min(self._busy, default=None)

    @property
    def full(self) -> bool:
        """Whether so much is under way that what comes had better come again."""
        return len(self._busy) >= MOST_AT_ONCE

    async def deal_with(self, raw: Raw) -> bool:
        """Handle one update that came by itself; True once it is dealt with, and that is written down.

        False when the bot stops first. An update without a number can't be remembered, and is let go. Raises
        sqlite3.Error when it could not be stored; then it has to come again.
        """
        number = number_of(raw)
        if number is None:
            log.error("an update without a number was let go")
            return True
        self.begin([raw])
        if number in self._busy:
            await asyncio.wait({self._busy[number]})
        await self._written()
        return number not in self._busy and number not in self._done

    @property
    def under_way(self) -> int:
        """How many updates are begun and not done yet."""
        return len(self._busy.keys() - self._done)

    def begin(self, batch: list[Raw]) -> bool:
        """Start on what is new in this batch; False when nothing is. Raises sqlite3.Error, before it starts."""
        found = {number: raw for raw in batch if (number := number_of(raw)) is not None}
        new = [number for number in found if number not in self._busy and number not in self._done]
        seen = self._ledger.seen(new)
        for number in new:
            if number in seen:
                continue
            raw = found[number]
            verdict = self._gate(raw)
            if callable(verdict) or verdict is Verdict.LET_GO:
                self._let_go(Glance.at(raw).chat)
            chat, update = (None, None) if verdict is Verdict.LET_GO else self._parse(number, raw)
            if update is None:
                self._done.add(number)
                continue
            if verdict is not Verdict.KEEP:
                self._spare[number] = chat
            self._start(number, update, chat, verdict if callable(verdict) else self._process)
        return bool(new)

    def _start(self, number: int, update: Update, chat: object, work: Work) -> None:
        before = self._tails.get(chat)
        task = asyncio.create_task(self._handle(number, update, before, work))
        self._busy[number] = self._tails[chat] = task
        self._waiting[chat] += 1
        task.add_done_callback(partial(self._ended, chat))

    async def _handle(self, number: int, update: Update, before: asyncio.Task[None] | None, handle: Work) -> None:
        """One update, after the one before it in its chat. What fails comes again, three times at most."""
        if before is not None:
            await asyncio.wait({before})
        if update.callback_query is not None and update.effective_chat is not None:
            crowd.set(Crowd(partial(self._crowded, update.effective_chat.id)))
        pause, alone = 0.5, False
        while True:
            error = await self._try(number, update, handle, alone=alone)
            if error is None or isinstance(error, DONE_ALL_THE_SAME) or may_have_arrived(error):
                break
            # A full disk, a locked file or a network that is away is no fault of the update: it waits.
            if not _not_its_fault(error) and self._give_up(number, error):
                break
            await asyncio.sleep(pause)
            # What others write in the same transaction can't be why it fails again, nor it why they do.
            pause, alone = min(LONGEST_PAUSE, pause * 2), True
        self._done.add(number)

    async def _try(self, number: int, update: Update, handle: Work, *, alone: bool) -> BaseException | None:
        """Handle it until all that it wrote is on disk; what went wrong, or None."""
        with contextlib.nullcontext() if alone else self._batch.together():
            try:
                await handle(update)
                error = self._failures.pop(number, None)
            except (TelegramError, UnreachableError, NotWantedError, sqlite3.Error) as raised:
                error = raised
            try:
                await self._batch.stored()
            except NotStoredError as lost:
                error = lost
        return error

    async def _process(self, update: Update) -> None:
        await self._app.process_update(update)

    def commit(self) -> None:
        """Write down what is done; only then may it be confirmed. Raises sqlite3.Error."""
        done = set(self._done)
        self._ledger.commit(done)
        for number in done:
            self._busy.pop(number, None)
            self._spare.pop(number, None)
        self._done -= done

    async def _written(self) -> None:
        """Commit, together with all that ends in this turn of the loop."""
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(self._writing)

    async def _write(self) -> None:
        await asyncio.sleep(0)
        self._writing = None
        self.commit()

    async def some_progress(self, *, wait: bool) -> None:
        """While something is being handled: until some of it is done, or for a moment."""
        if self._busy and (wait or not self._done):
            await asyncio.wait(set(self._busy.values()), timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
            if not self._done:
                await asyncio.sleep(0.01)

    async def finish(self) -> None:
        """Let what is under way end, for a few seconds; what does not comes again at the next start."""
        if self._busy:
            await asyncio.wait(set(self._busy.values()), timeout=5)
            for task in self._busy.values():
                task.cancel()
        with contextlib.suppress(sqlite3.Error):
            self.commit()

    def _let_go(self, chat: object) -> None:
        """Confirm the messages of a flooding chat before they are answered; never its taps, nor a stop.

        Telegram shows at most a hundred updates from the first unconfirmed one on: those of one chat that wait for
        their replies would hide everybody else's. A crash may cost this chat some replies, and nobody an answer.
        """
        self._done |= {number for number, of in self._spare.items() if of == chat}

    def _crowded(self, chat: object) -> bool:
        """Whether so much of this chat waits behind what is being handled that no reply to that is waited for."""
        return self._waiting[chat] > CROWD

    def _ended(self, chat: object, ended: asyncio.Task[None]) -> None:
        self._waiting[chat] -= 1
        if not self._waiting[chat]:
            del self._waiting[chat]
        if self._tails.get(chat) is ended:
            del self._tails[chat]

    def _parse(self, number: int, raw: Raw) -> tuple[object, Update | None]:
        """The chat and the update, or no update when it can't be read: then it is set aside at once."""
        try:
            _without_buttons(raw)
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


def number_of(raw: Raw) -> int | None:
    """The number of this update, or None when it has none that can be written down."""
    number = raw.get("update_id")
    return number if type(number) is int and 0 <= number < 2**63 else None


def _without_buttons(raw: Raw) -> None:
    """The buttons of the message that was tapped are of no use here, and take as long to read as all the rest."""
    tap = raw.get("callback_query")
    message = tap.get("message") if isinstance(tap, dict) else None
    if isinstance(message, dict):
        message.pop("reply_markup", None)


def _not_its_fault(error: BaseException) -> bool:
    away = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return away or isinstance(error, sqlite3.OperationalError)
