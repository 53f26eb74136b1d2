"""The only caller of Telegram's sending methods: pace, blocked chats, moved groups, messages that are gone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from telegram import ChatMember
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.network.pace import BULK, REPLY, Turn
from bot.network.transport import CutOffError, NeverLeftError
from bot.render import Screen

log = logging.getLogger("naastbot.send")


class Crowd:
    """Whether the chat whose tap is being handled sends faster than it can be answered: see .updates.

    `left_out`: something was not said for that reason.
    """

    def __init__(self, is_there: Callable[[], bool] = lambda: False) -> None:
        self.is_there = is_there
        self.left_out = False

    def leaves_out(self) -> bool:
        """Whether what is to be said now is left out."""
        if self.is_there():
            self.left_out = True
            return True
        return False


NO_CROWD = Crowd()
crowd: ContextVar[Crowd] = ContextVar("crowd", default=NO_CROWD)

GONE = ("chat not found", "user is deactivated", "peer_id_invalid")
RETRIES = 4
NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}


class UnreachableError(Exception):
    """This chat can't be written to: blocked, deleted, or the bot was thrown out."""


def may_have_arrived(error: BaseException) -> bool:
    """Whether a failed call may have done its work all the same: it timed out after it had left this machine."""
    return isinstance(error, TimedOut) and not isinstance(error, NeverLeftError)


def in_doubt(error: BaseException) -> bool:
    """The same, or its connection broke. What nobody asked for is not said again then; a reply is."""
    return may_have_arrived(error) or isinstance(error, CutOffError)


class Sender:
    """Sends, edits and deletes; calls `on_gone` for a chat that can't be reached, `on_moved` for a moved group.

    Nothing leaves before `stored` returns: what is said was written down. What that raises, each of these raises.
    """

    def __init__(
        self,
        bot: ExtBot[Turn],
        *,
        stored: Callable[[], Awaitable[None]],
        on_gone: Callable[[int], None],
        on_moved: Callable[[int, int], None],
    ) -> None:
        self._bot = bot
        self._stored = stored
        self._on_gone = on_gone
        self._on_moved = on_moved

    @property
    def bot_name(self) -> str:
        """The bot's public name, for links to it."""
        return self._bot.username

    async def send(self, chat: int, screen: Screen, *, turn: Turn = REPLY, reply_to: int | None = None) -> None:
        """Send one message, unless the chat is crowded and can do without. Raises as `_send` does."""
        if turn is REPLY and crowd.get().leaves_out():
            return
        reply = {"message_id": reply_to, "allow_sending_without_reply": True} if reply_to else None
        message = {"text": screen.text, "reply_markup": screen.markup, "reply_parameters": reply, **NO_PREVIEW}

        async def call(to: int) -> object:
            return await self._call("sendMessage", {"chat_id": to, **message}, turn)

        await self._send(chat, call, turn)

    async def send_page(self, chat: int, name: str, page: str, caption: str, *, turn: Turn = BULK) -> None:
        """Send an HTML page as a file. Raises as `_send` does."""

        async def call(to: int) -> object:
            return await self._bot.send_document(
                to, page.encode(), filename=name, caption=caption, rate_limit_args=turn
            )

        await self._send(chat, call, turn)

    async def edit(self, chat: int, message: int, screen: Screen) -> None:
        """Change a message of our own, unless its chat is crowded; fine when it says so already, or is gone."""
        if crowd.get().leaves_out():
            return
        await self._stored()
        try:
            says = {"text": screen.text, "reply_markup": screen.keyboard, **NO_PREVIEW}
            await self._call("editMessageText", {"chat_id": chat, "message_id": message, **says})
        except BadRequest:
            log.debug("a message could not be changed")
        except Forbidden as refusal:
            self._unless_gone(chat, refusal)

    async def answer(self, callback: str, text: str | None = None) -> None:
        """Answer a tap, with an alert when there is something to say; fine when Telegram finds it too old."""
        await self._stored()
        try:
            alert = {"text": text, "show_alert": text is not None}
            await self._call("answerCallbackQuery", {"callback_query_id": callback, **alert})
        except BadRequest:
            log.debug("a tap was too old to answer")

    async def delete(self, chat: int, message: int) -> bool:
        """Remove a message; False when Telegram does not allow it any more, after 48 hours."""
        await self._stored()
        try:
            return await self._bot.delete_message(chat, message)
        except BadRequest as refusal:
            log.debug("a message could not be removed")
            return "not found" in refusal.message.lower()

    async def first_name(self, chat: int, user: int) -> str | None:
        """What this member of the group is called there, or None when they are not in it or nobody can say."""
        try:
            member = await self._bot.get_chat_member(chat, user)
        except TelegramError:
            return None
        return None if member.status in (ChatMember.LEFT, ChatMember.BANNED) else member.user.full_name

    async def _call(self, method: str, parameters: dict[str, Any], turn: Turn | None = None) -> object:
        """One call, and its result as it came.

        The library's own methods make objects of what goes out and of what comes back, at which nobody here looks,
        and that takes several times as long as the call itself.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        return await self._bot.do_api_request(method, api_kwargs=given, rate_limit_args=turn)

    async def _send(self, chat: int, call: Callable[[int], Awaitable[object]], turn: Turn) -> None:
        """Call with this chat, or with the one that it became.

        Raises UnreachableError; NotWantedError when the turn says so; TimedOut when it may have arrived, with
        CutOffError for what is no reply; and NetworkError after a few tries.
        """
        await self._stored()
        for attempt in range(RETRIES):
            try:
                await call(chat)
            except ChatMigrated as moved:
                self._on_moved(chat, moved.new_chat_id)
                chat = moved.new_chat_id
            except (Forbidden, BadRequest) as refusal:
                self._unless_gone(chat, refusal)
            except NetworkError as error:
                if may_have_arrived(error) or (turn.priority >= BULK.priority and in_doubt(error)):
                    # A second try could say the same thing twice.
                    raise
                if attempt == RETRIES - 1:
                    raise NetworkError("not sent") from None
                await asyncio.sleep(2**attempt / 2)
            else:
                return

    def _unless_gone(self, chat: int, refusal: Forbidden | BadRequest) -> None:
        """Raises UnreachableError when the chat is gone, and the refusal itself when it is our own fault."""
        gone = isinstance(refusal, Forbidden) or any(sign in refusal.message.lower() for sign in GONE)
        if not gone:
            raise refusal
        self._on_gone(chat)
        raise UnreachableError from None
