"""What the bot does to the world, with every check that Telegram makes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox.errors import NOT_MODIFIED, bad_request, forbidden, migrated
from bot.sandbox.markup import Entity
from bot.sandbox.model import CallbackAnswer, Chat, File, Keyboard, Message
from bot.sandbox.state import CALLBACK_SECONDS, State
from bot.sandbox.updates import Json

DELETE_WITHIN = timedelta(hours=48)
"""https://core.telegram.org/bots/api#deletemessage"""


@dataclass(frozen=True, slots=True)
class Content:
    """What a message is to say."""

    text: str = ""
    entities: Sequence[Entity] = ()
    keyboard: Keyboard = ()
    document: File | None = None
    extra: Json | None = None
    asks_reply: str | None = None


def find_chat(state: State, chat_id: int) -> Chat:
    """The chat, if the bot could know it at all. Raises ApiError."""
    chat = state.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to.id)
    return chat


def open_chat(state: State, chat_id: int) -> Chat:
    """The chat, if the bot may write there. Raises ApiError with Telegram's reason if not."""
    chat = find_chat(state, chat_id)
    if chat.status in {"member", "creator"}:
        return chat
    if chat.type != "private":
        kicked = chat.status == "kicked" and not chat.left_by_itself
        raise forbidden(
            f"bot was kicked from the {chat.type} chat"
            if kicked
            else f"bot is not a member of the {chat.type} chat"
        )
    if chat.started:
        raise forbidden("bot was blocked by the user")
    raise forbidden("bot can't initiate conversation with a user")


def post(state: State, chat_id: int, content: Content, reply_to: int | None, *, must_reply: bool) -> Message:
    """Send a message; counted by the limits. Raises ApiError."""
    chat = open_chat(state, chat_id)
    replied = chat.by_id.get(reply_to) if reply_to is not None else None
    if reply_to is not None and (replied is None or replied.deleted):
        if must_reply:
            raise bad_request("message to be replied not found")
        replied = None
    state.limits.take(chat.id)
    message = Message(
        state.next_message_id(chat), chat, state.bot, state.now(), content.text, content.entities,
        content.keyboard, replied, content.extra or {}, content.document, asks_reply=content.asks_reply,
    )  # fmt: skip
    return state.post(message)


def edit_text(state: State, chat_id: int, message_id: int, content: Content) -> Message:
    """Replace text and keyboard of the bot's own message. Raises ApiError."""
    message = _own(state, chat_id, message_id)
    if not message.text or message.document is not None or message.extra:
        raise bad_request("there is no text in the message to edit")
    same_text = message.text == content.text and list(message.entities) == list(content.entities)
    if same_text and message.keyboard == content.keyboard:
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities = content.text, content.entities
    return _edited(state, message, content.keyboard)


def edit_keyboard(state: State, chat_id: int, message_id: int, keyboard: Keyboard) -> Message:
    """Replace the keyboard of the bot's own message; an empty one removes it. Raises ApiError."""
    message = _own(state, chat_id, message_id)
    if message.keyboard == keyboard:
        raise bad_request(NOT_MODIFIED)
    return _edited(state, message, keyboard)


def delete(state: State, chat_id: int, message_id: int) -> None:
    """Delete within 48 hours: own messages anywhere, people's messages in a private chat. Raises ApiError."""
    chat = open_chat(state, chat_id)
    message = chat.by_id.get(message_id)
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    foreign = message.sender != state.bot and chat.type != "private"
    if foreign or state.now() - message.date > DELETE_WITHIN:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    state.pulse.beat(chat.id)


def answer_tap(state: State, tap_id: str, answer: CallbackAnswer) -> None:
    """Answer a callback query, once and in time. Raises ApiError."""
    asked, _ = state.taps.pop(tap_id, (float("-inf"), 0))
    if state.clock() - asked > CALLBACK_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    state.answers[tap_id] = answer
    state.pulse.beat(tap_id)


def leave(state: State, chat_id: int) -> None:
    """Leave a group. Raises ApiError."""
    chat = open_chat(state, chat_id)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.members.pop(state.bot.id, None)
    state.set_status(chat, state.bot, "left")


def _own(state: State, chat_id: int, message_id: int) -> Message:
    message = open_chat(state, chat_id).by_id.get(message_id)
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if message.sender != state.bot:
        raise bad_request("message can't be edited")
    return message


def _edited(state: State, message: Message, keyboard: Keyboard) -> Message:
    message.keyboard = keyboard
    message.edited = state.now()
    state.pulse.beat(message.chat.id)
    return message
