"""The chats as JSON for the page: what each phone shows, and nothing that its holder would not see."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from bot.sandbox.model import Button, Chat, Message, User
from bot.sandbox.panel import DemoPanel, DemoPhone
from bot.sandbox.state import State
from bot.sandbox.updates import Json

NEWEST = 80
"""Messages on one phone."""
_ATTACHED = {
    "photo": "Foto",
    "voice": "Spraakbericht (0:03)",
    "sticker": "Sticker 🌻",
    "location": "Locatie",
    "contact": "Contact",
}


def page(state: State, panel: DemoPanel | None) -> Json:
    """Everything on the page. Without a panel, one phone per chat."""
    shown = panel or DemoPanel("naastbot — proeftuin", _all_phones(state))
    return {
        "beat": state.pulse.beats,
        "bot": state.bot.username,
        "title": shown.title,
        "intro": shown.intro,
        "status": shown.status(),
        "actions": [{"id": action.id, "label": action.label} for action in shown.actions],
        "links": [{"label": link.label, "path": link.path} for link in shown.links()],
        "phones": [_phone(state, phone) for phone in shown.phones],
    }


def _all_phones(state: State) -> tuple[DemoPhone, ...]:
    phones = []
    for chat in state.chats.values():
        holder = next((member for member in chat.members.values() if not member.is_bot), None)
        if holder is not None and chat.migrated_to is None:
            phones.append(DemoPhone(chat.id, holder.id, chat.title))
    return tuple(phones)


def _phone(state: State, phone: DemoPhone) -> Json:
    """One phone with its chat; a phone that shows a group can also show its holder's chat with the bot."""
    person = state.users[phone.person_id]
    chat = state.chats[phone.chat_id]
    chat = chat.migrated_to or chat
    chats = [chat] if chat.type == "private" else [chat, state.chats[person.id]]
    return {
        "key": f"{phone.chat_id}-{person.id}",
        "person": person.id,
        "name": person.first_name,
        "caption": phone.caption,
        "invitation": phone.invitation,
        "screens": [_screen(state, one, person) for one in chats],
    }


def _screen(state: State, chat: Chat, person: User) -> Json:
    private = chat.type == "private"
    people = ", ".join(member.first_name for member in chat.members.values() if not member.is_bot)
    return {
        "chat": chat.id,
        "private": private,
        "title": state.bot.first_name if private else chat.title,
        "members": "" if private else people,
        "started": chat.started or not private,
        "blocked": private and chat.status == "kicked",
        "description": state.texts.get("description", ""),
        "commands": _commands(state, chat),
        "reply": _reply(chat, person),
        "messages": [_message(state, message, person.id) for message in chat.messages[-NEWEST:]],
    }


def _reply(chat: Chat, person: User) -> Json | None:
    """The message that this person's phone opens a field to answer: the newest that asks for it, until they do."""
    for message in reversed(chat.messages):
        if (
            message.sender.id == person.id
            and message.reply_to is not None
            and message.reply_to.asks_reply is not None
        ):
            return None
        if message.asks_reply is not None and not message.deleted:
            words = {"sender": message.sender.first_name, "text": _words(message)[:80]}
            return {"id": message.id, "hint": message.asks_reply, **words}
    return None


def _commands(state: State, chat: Chat) -> Sequence[Json]:
    """The menu of this chat: the narrowest scope that is set, in Dutch if there is one."""
    everyone = "all_private_chats" if chat.type == "private" else "all_group_chats"
    scopes: list[Json] = [{"type": "chat", "chat_id": chat.id}, {"type": everyone}, {"type": "default"}]
    for scope in scopes:
        for language in ("nl", ""):
            found = state.commands.get((json.dumps(scope, sort_keys=True), language))
            if found is not None:
                return found
    return []


def _message(state: State, message: Message, person_id: int) -> Json:
    replied = message.reply_to
    return {
        "id": message.id,
        "mine": message.sender.id == person_id,
        "bot": message.sender == state.bot,
        "sender": message.sender.first_name,
        "time": message.date.astimezone(state.now().tzinfo).strftime("%H:%M"),
        "day": message.date.astimezone(state.now().tzinfo).strftime("%Y-%m-%d"),
        "deleted": message.deleted,
        "edited": message.edited is not None,
        "service": _service(message),
        "text": _words(message),
        "entities": [] if message.deleted else list(message.entities),
        "attached": next((words for kind, words in _ATTACHED.items() if kind in message.extra), ""),
        "file": _file(message),
        "reply": {"sender": replied.sender.first_name, "text": _words(replied)[:80]} if replied else None,
        "rows": [] if message.deleted else [[_button(button) for button in row] for row in message.keyboard],
    }


def _words(message: Message) -> str:
    """The text, none when deleted; an app does not show the code that came with a link."""
    return "" if message.deleted else re.sub(r"^(/start(?:@\w+)?) .*", r"\1", message.text)


def _file(message: Message) -> Json | None:
    file = message.document
    if file is None or message.deleted:
        return None
    return {"name": file.name, "path": f"/sandbox/document/{file.path}", "picture": "photo" in message.extra}


def _button(button: Button) -> Json:
    return {"label": button.label, "url": button.url}


def _service(message: Message) -> str:
    """What a line between the messages says; empty for a message by a person or the bot."""
    who = message.sender.first_name
    if "new_chat_members" in message.extra:
        added = message.extra["new_chat_members"]
        names = (
            [str(user["first_name"]) for user in added if isinstance(user, dict)]
            if isinstance(added, list)
            else []
        )
        return f"{who} is erbij gekomen" if names == [who] else f"{who} voegde {', '.join(names)} toe"
    if "left_chat_member" in message.extra:
        left = message.extra["left_chat_member"]
        name = str(left["first_name"]) if isinstance(left, dict) else ""
        return f"{who} ging uit de groep" if name == who else f"{who} haalde {name} uit de groep"
    if "migrate_to_chat_id" in message.extra or "migrate_from_chat_id" in message.extra:
        return "De groep is een supergroep geworden"
    return ""
