"""What one person does on a phone: start, say, send, edit, tap, block, open a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from bot.sandbox import attachments
from bot.sandbox.markup import recognised
from bot.sandbox.model import CallbackAnswer, Chat, Message, User
from bot.sandbox.privacy import hears
from bot.sandbox.state import State
from bot.sandbox.updates import Json

Place = Chat | User | int
"""A chat, the person whose private chat is meant, or a chat's id."""

PATIENCE = 20.0
"""Seconds to wait for something that does come, on however busy a machine; a sign of trouble when it does not."""


class NotPossibleError(Exception):
    """A phone would not let this person do this."""


@dataclass(frozen=True, slots=True)
class CallbackTap:
    """One tap on a button, on its way to the bot."""

    id: str
    state: State

    async def answered(self, within: float = PATIENCE) -> CallbackAnswer:
        """What the bot answered. Raises TimeoutError when it did not within so many seconds."""
        answers = self.state.answers
        if not await self.state.pulse.until(self.id, lambda: self.id in answers, within):
            raise TimeoutError("the bot did not answer this tap")
        return answers[self.id]


class People:
    """People and their chats. Needs no server; a beat of `state.pulse` follows every change."""

    def __init__(
        self, bot: User, now: Callable[[], datetime], clock: Callable[[], float], *, limits: bool = True
    ) -> None:
        self.bot = bot
        self.state = State(bot, now, clock, limits=limits)

    def user(self, name: str, language: str = "nl", username: str = "") -> User:
        """A new person. The bot can't write to them until they pressed start."""
        return self.state.add_user(name, language, username)

    def group(self, title: str, members: tuple[User, ...] | list[User] = ()) -> Chat:
        """A new group of these people, without the bot. The first one is its owner."""
        return self.state.add_group(title, tuple(members))

    def chat(self, place: Place) -> Chat:
        """The chat meant. Raises LookupError when there is none."""
        if isinstance(place, Chat):
            return place
        chat_id = place.id if isinstance(place, User) else place
        if chat_id not in self.state.chats:
            raise LookupError(f"no chat {chat_id}")
        return self.state.chats[chat_id]

    # What one person does with the bot

    def start(self, user: User, code: str = "") -> Message:
        """Press start, or open t.me/<bot>?start=<code>; a blocked bot is unblocked first."""
        chat = self.chat(user)
        self.unblock(user)
        chat.started, chat.status = True, "member"
        return self.say(user, chat, f"/start {code}".rstrip())

    def block(self, user: User) -> None:
        """Block the bot."""
        chat = self.chat(user)
        if chat.started and chat.status == "member":
            self.state.set_status(chat, user, "kicked")

    def unblock(self, user: User) -> None:
        """Unblock the bot, without saying anything to it."""
        chat = self.chat(user)
        if chat.status == "kicked":
            self.state.set_status(chat, user, "member")

    def say(self, user: User, place: Place, text: str, reply_to: Message | None = None) -> Message:
        """Send a text. Raises NotPossibleError before start, when blocked, and outside one's own chats."""
        return self._new(user, self.chat(place), text=text, reply_to=reply_to)

    def send(
        self,
        user: User,
        place: Place,
        kind: attachments.Kind,
        caption: str = "",
        reply_to: Message | None = None,
    ) -> Message:
        """Send a photo, voice message, sticker, location or contact."""
        extra = attachments.make(self.state, user, kind)
        return self._new(user, self.chat(place), text=caption, extra=extra, reply_to=reply_to)

    def send_photo(self, user: User, place: Place, caption: str = "") -> Message:
        """Send a photo."""
        return self.send(user, place, "photo", caption)

    def edit(self, user: User, message: Message, text: str) -> Message:
        """Change one's own message. Raises NotPossibleError when it is somebody else's, or gone."""
        if message.sender.id != user.id or message.deleted:
            raise NotPossibleError("only your own message can be changed")
        message.text, message.entities, message.edited = text, recognised(text), self.state.now()
        self.state.pulse.beat(message.chat.id)
        if hears(self.bot, message):
            self.state.announce("edited_message", message.json())
        return message

    def tap(self, user: User, message: Message, button: str) -> CallbackTap:
        """Tap the button with this label (or this data), as it is now on the message.

        Raises LookupError when there is no such button, NotPossibleError when the message is gone or the button
        is a link (see `follow`).
        """
        found = message.button(button)
        if message.deleted or found.url:
            raise NotPossibleError("there is nothing to tap")
        return self.forge(user, message, found.data)

    def forge(self, user: User, message: Message, data: str) -> CallbackTap:
        """A tap with any data at all, as an old or a changed app may send it."""
        self._check_presence(user, message.chat)
        return CallbackTap(self.state.add_tap(user, message, data), self.state)

    def follow(self, user: User, url: str) -> Message:
        """Open t.me/<this bot>?start=<code>. Raises NotPossibleError for any other link."""
        parts = urlsplit(url if "://" in url else f"https://{url}")
        if parts.netloc.lower() != "t.me" or parts.path.strip("/").lower() != self.bot.username.lower():
            raise NotPossibleError("not a link to this bot")
        return self.start(user, parse_qs(parts.query).get("start", [""])[0])

    def _new(
        self,
        user: User,
        chat: Chat,
        *,
        text: str = "",
        extra: Json | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Put a person's message in a chat, and tell the bot if it may hear it."""
        self._check_presence(user, chat)
        message = Message(
            self.state.next_message_id(chat), chat, user, self.state.now(), text, recognised(text),
            reply_to=reply_to, extra=extra or {},
        )  # fmt: skip
        self.state.post(message)
        if hears(self.bot, message):
            self.state.announce("message", message.json())
        return message

    def _check_presence(self, user: User, chat: Chat) -> None:
        if user.id not in chat.members or chat.migrated_to is not None:
            raise NotPossibleError("this person is not in this chat")
        if chat.type == "private" and not chat.started:
            raise NotPossibleError("press start first")
        if chat.type == "private" and chat.status == "kicked":
            raise NotPossibleError("this person blocked the bot")
