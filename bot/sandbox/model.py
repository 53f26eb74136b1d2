"""The things in a Telegram: people, chats, messages, buttons, files; each can say itself in Bot API JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.sandbox.markup import Entity
from bot.sandbox.updates import Json

ChatType = Literal["private", "group", "supergroup"]
Status = Literal["creator", "member", "left", "kicked"]


@dataclass(frozen=True, slots=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    language: str = ""
    username: str = ""
    is_bot: bool = False

    def json(self) -> Json:
        """https://core.telegram.org/bots/api#user"""
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            shown["username"] = self.username
        if self.language:
            shown["language_code"] = self.language
        return shown


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: `data` goes to the bot when tapped, `url` opens; exactly one of the two is set."""

    label: str
    data: str = ""
    url: str = ""

    def json(self) -> Json:
        """https://core.telegram.org/bots/api#inlinekeyboardbutton"""
        return {"text": self.label, **({"url": self.url} if self.url else {"callback_data": self.data})}


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the bot wants its updates brought, the secret that has to come along, and how many at once."""

    url: str
    secret: str = field(repr=False)
    connections: int


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """Something that was uploaded. `path` is what getFile calls file_path."""

    id: str
    name: str
    mime: str
    path: str
    content: bytes = field(repr=False)

    def json(self) -> Json:
        """The fields that every kind of file has."""
        return {"file_id": self.id, "file_unique_id": self.id[-12:], "file_size": len(self.content)}


@dataclass(slots=True)
class Message:
    """One message as a person sees it. `extra` holds what is not text: photo, sticker, service fields."""

    id: int
    chat: Chat
    sender: User
    date: datetime
    text: str = ""
    entities: Sequence[Entity] = ()
    keyboard: Keyboard = ()
    reply_to: Message | None = None
    extra: Json = field(default_factory=dict)
    document: File | None = None
    edited: datetime | None = None
    deleted: bool = False
    asks_reply: str | None = None
    """Below it a phone opens a field to answer it, with these words in grey (ForceReply)."""

    @property
    def buttons(self) -> list[list[str]]:
        """Rows of labels."""
        return [[button.label for button in row] for row in self.keyboard]

    @property
    def labels(self) -> list[str]:
        """All labels, left to right, top to bottom."""
        return [button.label for row in self.keyboard for button in row]

    def button(self, wanted: str) -> Button:
        """The button with this label or, failing that, this data. Raises LookupError when there is none."""
        buttons = [button for row in self.keyboard for button in row]
        for button in buttons:
            if button.label == wanted:
                return button
        for button in buttons:
            if button.data == wanted:
                return button
        raise LookupError(f"no button {wanted!r} among {self.labels}")

    def json(self, *, nested: bool = False) -> Json:
        """https://core.telegram.org/bots/api#message; a nested message does not show what it replied to."""
        shown: Json = {
            "message_id": self.id,
            "from": self.sender.json(),
            "chat": self.chat.json(),
            "date": int(self.date.timestamp()),
        }
        if self.reply_to and not self.reply_to.deleted and not nested:
            shown["reply_to_message"] = self.reply_to.json(nested=True)
        if self.edited:
            shown["edit_date"] = int(self.edited.timestamp())
        is_caption = "photo" in self.extra or "document" in self.extra
        if self.text:
            shown["caption" if is_caption else "text"] = self.text
        if self.entities:
            shown["caption_entities" if is_caption else "entities"] = list(self.entities)
        if self.keyboard:
            rows = [[button.json() for button in row] for row in self.keyboard]
            shown["reply_markup"] = {"inline_keyboard": rows}
        return {**shown, **self.extra}


@dataclass(slots=True, eq=False)
class Chat:
    """One chat. `status` is the bot's own standing; in a private chat, "kicked" means blocked."""

    id: int
    type: ChatType
    title: str
    members: dict[int, User]
    status: Status = "left"
    started: bool = False
    migrated_to: Chat | None = None
    left_by_itself: bool = False
    by_id: dict[int, Message] = field(default_factory=dict, repr=False)

    @property
    def messages(self) -> list[Message]:
        """Everything ever said here, oldest first, deleted messages too (they say so)."""
        return list(self.by_id.values())

    @property
    def last(self) -> Message:
        """The newest message that was not deleted. Raises LookupError in an empty chat."""
        for message in reversed(self.by_id.values()):
            if not message.deleted:
                return message
        raise LookupError(f"nothing was said in chat {self.id}")

    def json(self) -> Json:
        """https://core.telegram.org/bots/api#chat"""
        if self.type != "private":
            return {"id": self.id, "type": self.type, "title": self.title}
        (person,) = self.members.values()
        name: Json = {"username": person.username} if person.username else {}
        return {"id": self.id, "type": "private", "first_name": person.first_name, **name}


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot answered to a tap: an alert is a window to close, otherwise a line that fades."""

    text: str
    alert: bool
    url: str = ""


def member_json(user: User, status: Status) -> Json:
    """https://core.telegram.org/bots/api#chatmember"""
    extra: dict[Status, Json] = {"creator": {"is_anonymous": False}, "kicked": {"until_date": 0}}
    return {"user": user.json(), "status": status, **extra.get(status, {})}
