"""What comes in, reduced to what handlers need; python-telegram-bot's objects stop here."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType

from bot.house import House
from bot.render import SEPARATOR


@dataclass(frozen=True, slots=True)
class Press:
    """One tap on a button: by whom, of which message, with which data, and what that message said."""

    chat: int = field(repr=False)
    user: int = field(repr=False)
    message: int
    callback: str = field(repr=False)
    data: str = field(repr=False)
    text: str | None = field(repr=False)
    answers_to: int | None
    private: bool

    @property
    def kind(self) -> str:
        """The first word of the data: which sort of button this is."""
        return self.data.partition(SEPARATOR)[0]

    def part(self, number: int) -> str:
        """A word of the data behind the first, counted from 0; empty when it is not there."""
        parts = self.data.split(SEPARATOR)[1:]
        return parts[number] if number < len(parts) else ""


@dataclass(frozen=True, slots=True)
class Note:
    """One message with words, from a private chat or a group. `answers`: what our own message said that this
    answers, if it answers one. `user`: who sent it; None for a channel, a group and an anonymous administrator."""

    chat: int = field(repr=False)
    message: int
    text: str = field(repr=False)
    answers: str | None = field(default=None, repr=False)
    user: int | None = field(default=None, repr=False)

    @property
    def argument(self) -> str:
        """What stands behind a command."""
        return self.text.partition(" ")[2].strip()


OnPress = Callable[[House, Press], Coroutine[Any, Any, None]]
OnNote = Callable[[House, Note], Coroutine[Any, Any, None]]


def press_of(update: Update) -> Press | None:
    """The tap in this update, or None."""
    query = update.callback_query
    if query is None or query.message is None:
        return None
    # A message that Telegram no longer gives access to says neither its text nor what it replied to.
    message = query.message if isinstance(query.message, Message) else None
    replied = message.reply_to_message if message else None
    return Press(
        chat=query.message.chat.id,
        user=query.from_user.id,
        message=query.message.message_id,
        callback=query.id,
        data=query.data or "",
        text=message.text if message else None,
        answers_to=replied.message_id if replied else None,
        private=query.message.chat.type == ChatType.PRIVATE,
    )


def note_of(update: Update) -> Note | None:
    """The message in this update, or None."""
    message = update.effective_message
    if message is None:
        return None
    replied = message.reply_to_message
    ours = replied is not None and replied.from_user is not None and replied.from_user.id == message.get_bot().id
    answers = replied.text if replied is not None and ours else None
    return Note(
        message.chat.id, message.message_id, message.text or message.caption or "", answers, _sender(message)
    )


def _sender(message: Message) -> int | None:
    """The person who sent this. With a sender chat, `from` is an account of Telegram's own, the same for all."""
    return message.from_user.id if message.from_user is not None and message.sender_chat is None else None
