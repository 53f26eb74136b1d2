"""Everything that this Telegram knows, and how news reaches the bot. No input or output anywhere near it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from itertools import count

from bot.sandbox.limits import Limits
from bot.sandbox.model import CallbackAnswer, Chat, ChatType, File, Message, Status, User, Webhook, member_json
from bot.sandbox.pulse import Pulse
from bot.sandbox.updates import Json, UpdateQueue

FIRST_USER = 5_000_000_001
"""Above 32 bits, as many real ids are by now."""
CALLBACK_SECONDS = 60.0
"""How long a tap can be answered. Telegram does not publish its figure; about a minute is what bots report."""
UPDATES = "updates"
"""The pulse's topic for a change of the queue."""


class State:
    """Users, chats, files, taps that wait for an answer, and the queue of updates."""

    def __init__(
        self, bot: User, now: Callable[[], datetime], clock: Callable[[], float], *, limits: bool
    ) -> None:
        self.bot = bot
        self.now = now
        self.clock = clock
        self.pulse = Pulse()
        self.limits = Limits(clock, on=limits)
        self.queue = UpdateQueue()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.taps: dict[str, tuple[float, int]] = {}
        self.answers: dict[str, CallbackAnswer] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.texts: dict[str, str] = {}
        self.webhook: Webhook | None = None
        self.closed = False
        self._user_ids = count(FIRST_USER)
        self._group_ids = count(4_100_000_001)
        self._message_ids = count(1)
        self._file_ids = count(1)

    def add_user(self, name: str, language: str, username: str) -> User:
        """A new person, with an empty private chat that the bot can't write to yet."""
        user = User(next(self._user_ids), name, language, username)
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", name, {user.id: user})
        return user

    def add_group(self, title: str, members: tuple[User, ...], kind: ChatType = "group") -> Chat:
        """A new group without the bot; its first member is its owner."""
        number = next(self._group_ids)
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = Chat(chat_id, kind, title, {member.id: member for member in members})
        self.chats[chat.id] = chat
        self.pulse.beat(chat.id)
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """A supergroup counts its own messages; all other chats of one account share a counter."""
        return len(chat.by_id) + 1 if chat.type == "supergroup" else next(self._message_ids)

    def post(self, message: Message) -> Message:
        """Put a message in its chat, for everyone there to see."""
        message.chat.by_id[message.id] = message
        self.pulse.beat(message.chat.id)
        return message

    def store_file(self, folder: str, name: str, mime: str, content: bytes) -> File:
        """Keep an upload; its id and path can't be guessed from its number."""
        number = next(self._file_ids)
        token = hashlib.sha256(f"{number}".encode() + content).hexdigest()[:40]
        suffix = name[name.rindex(".") :] if "." in name else ""
        file = File(f"AgAD{token}", name, mime, f"{folder}/file_{number}_{secrets.token_hex(8)}{suffix}", content)
        self.files[file.id] = file
        return file

    def announce(self, kind: str, payload: Json) -> int | None:
        """Queue an update and wake the bot; its id, or None when the bot does not want this kind."""
        number = self.queue.add(kind, payload)
        self.pulse.beat(UPDATES)
        return number

    def set_status(self, chat: Chat, by: User, status: Status) -> None:
        """Change the bot's standing in a chat and tell it (my_chat_member)."""
        old = chat.status
        chat.status = status
        chat.left_by_itself = by.is_bot
        change: Json = {
            "chat": chat.json(),
            "from": by.json(),
            "date": int(self.now().timestamp()),
            "old_chat_member": member_json(self.bot, old),
            "new_chat_member": member_json(self.bot, status),
        }
        self.announce("my_chat_member", change)
        self.pulse.beat(chat.id)

    def add_tap(self, user: User, message: Message, data: str) -> str:
        """Queue a callback query that carries the message as it is now; the query's id."""
        tap_id = str(secrets.randbits(62))
        self.taps[tap_id] = (self.clock(), user.id)
        instance = hashlib.sha256(f"{message.chat.id}".encode()).hexdigest()[:16]
        self.announce(
            "callback_query",
            {
                "id": tap_id,
                "from": user.json(),
                "message": message.json(),
                "chat_instance": str(int(instance, 16)),
                "data": data,
            },
        )
        return tap_id
