"""The side of the sandbox that tests and demo hold: people, groups, and waiting for what the bot does."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.model import Chat, File, Message, User
from bot.sandbox.people import PATIENCE, CallbackTap, NotPossibleError, People, Place
from bot.sandbox.state import UPDATES
from bot.sandbox.updates import Json

__all__ = ["CallbackTap", "NotPossibleError", "Place", "World"]


class World(People):
    """Everybody and every chat."""

    # Groups

    def add_bot(self, group: Chat, code: str = "", by: User | None = None) -> Message:
        """Add the bot to a group, by its owner by default; a code comes as with t.me/<bot>?startgroup=<code>."""
        adder = by or next(iter(group.members.values()))
        self._check_presence(adder, group)
        self.state.set_status(group, adder, "member")
        group.members[self.bot.id] = self.bot
        added = self._new(adder, group, extra={"new_chat_members": [self.bot.json()]})
        return self.say(adder, group, f"/start@{self.bot.username} {code}") if code else added

    def remove_bot(self, group: Chat, by: User | None = None) -> None:
        """Remove the bot from a group."""
        remover = by or next(iter(group.members.values()))
        group.members.pop(self.bot.id, None)
        self.state.set_status(group, remover, "kicked")
        self._new(remover, group, extra={"left_chat_member": self.bot.json()})

    def join(self, user: User, group: Chat) -> Message:
        """Somebody joins a group."""
        group.members[user.id] = user
        return self._new(user, group, extra={"new_chat_members": [user.json()]})

    def leave(self, user: User, group: Chat) -> Message:
        """Somebody leaves a group."""
        message = self._new(user, group, extra={"left_chat_member": user.json()})
        del group.members[user.id]
        return message

    def upgrade(self, group: Chat) -> Chat:
        """Turn a group into a supergroup: a new chat with a new id; the old one only says where it went."""
        people = tuple(group.members.values())
        new = self.state.add_group(group.title, people, "supergroup")
        new.status = group.status
        owner = next(iter(people))
        self._new(owner, group, extra={"migrate_to_chat_id": new.id})
        group.migrated_to = new
        self._new(owner, new, extra={"migrate_from_chat_id": group.id})
        return new

    # For tests: what a network, an old app or a new kind of update may do

    def inject(self, update: Json) -> int:
        """Queue a raw update, well-formed or not; its id."""
        number = self.state.queue.inject(update)
        self.state.pulse.beat(UPDATES)
        return number

    def redeliver(self, update_id: int) -> None:
        """Deliver an update once more. Raises LookupError when it is unknown."""
        self.state.queue.again(update_id)
        self.state.pulse.beat(UPDATES)

    def file(self, file_id: str) -> File:
        """An uploaded file. Raises LookupError when there is none."""
        return self.state.files[file_id]

    async def next_message(
        self, place: Place, after: Message | int | None = None, within: float = PATIENCE
    ) -> Message:
        """The bot's first message after this one (default: after all that is there now), waiting for it.

        Raises TimeoutError when none came within these seconds.
        """
        chat = self.chat(place)
        newest = max(chat.by_id, default=0) if after is None else after if isinstance(after, int) else after.id

        def found() -> Message | None:
            for message in chat.by_id.values():
                if message.id > newest and message.sender == self.bot and not message.deleted:
                    return message
            return None

        await self.until(chat, lambda: found() is not None, within)
        message = found()
        if message is None:
            raise TimeoutError(f"the message in chat {chat.id} was withdrawn")
        return message

    async def until(self, place: Place, ready: Callable[[], bool], within: float = PATIENCE) -> None:
        """Wait until this is so; asked again at every change of the chat. Raises TimeoutError."""
        chat = self.chat(place)
        if not await self.state.pulse.until(chat.id, ready, within):
            raise TimeoutError(f"nothing of the kind in chat {chat.id} within {within} s")

    async def settled(self, quiet: float = 0.1, within: float = PATIENCE) -> None:
        """Wait until the bot confirmed every update and nothing changed for `quiet` s. Raises TimeoutError."""
        deadline = self.state.clock() + within
        while self.state.clock() < deadline:
            if await self.state.pulse.quiet(quiet) and not len(self.state.queue):
                return
        raise TimeoutError(f"the bot was still busy after {within} s")
