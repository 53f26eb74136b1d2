"""Parameters of a call: read from any of the wire's forms, and refused in Telegram's words when they are wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.markup import MAX_TEXT, Entity, read, width
from bot.sandbox.model import Button, Keyboard
from bot.sandbox.updates import Json

MAX_DATA_BYTES = 64
MAX_CAPTION = 1024
MAX_TAP_ANSWER = 200
MAX_BUTTONS = 100
MAX_PLACEHOLDER = 64
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES: Mapping[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart request."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of one call. Values are strings, or JSON values when the body was JSON."""

    values: Mapping[str, object]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string; empty when absent."""
        value = self.values.get(name)
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int) -> int:
        """A whole number; the default when absent. Raises ApiError 400 when it is none."""
        found = self.maybe_number(name)
        return default if found is None else found

    def maybe_number(self, name: str) -> int | None:
        """A whole number, or None when absent. Raises ApiError 400 when it is none."""
        text = self.text(name)
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,18}", text):
            raise bad_request(f'invalid parameter "{name}" specified: expected an integer')
        return int(text)

    def flag(self, name: str) -> bool:
        """A boolean as Telegram reads one: "true", "yes" or "1"."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def json(self, name: str) -> object:
        """A JSON value; None when absent or empty. Raises ApiError 400 when it does not parse."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def chat_id(self) -> int:
        """The chat meant. Raises ApiError 400 when absent or a name (nobody here has one)."""
        text = self.text("chat_id")
        if not text:
            raise bad_request("chat_id is empty")
        if not re.fullmatch(r"-?\d{1,18}", text):
            raise bad_request("chat not found")
        return int(text)

    def message_id(self) -> int:
        """The message meant. Raises ApiError 400 when absent."""
        found = self.number("message_id", 0)
        if found <= 0:
            raise bad_request("message identifier is not specified")
        return found

    def reply_to(self) -> tuple[int | None, bool]:
        """The message replied to, and whether it must exist."""
        reply = self.json("reply_parameters")
        if reply is None:
            return self.maybe_number("reply_to_message_id"), not self.flag("allow_sending_without_reply")
        number = reply.get("message_id") if isinstance(reply, dict) else None
        if not isinstance(reply, dict) or not isinstance(number, int):
            raise bad_request("can't parse reply parameters JSON object")
        return number, reply.get("allow_sending_without_reply") is not True


def text(params: Params) -> tuple[str, list[Entity]]:
    """The text of a message and its entities. Raises ApiError 400 when empty, too long or badly marked up."""
    plain, entities = _marked(params, "text", "entities")
    if not plain.strip():
        raise bad_request("message text is empty")
    if width(plain) > MAX_TEXT:
        raise bad_request("message is too long")
    return plain, entities


def caption(params: Params) -> tuple[str, list[Entity]]:
    """The words below a file. Raises ApiError 400 when too long or badly marked up."""
    plain, entities = _marked(params, "caption", "caption_entities")
    if width(plain) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return plain, entities


def keyboard(params: Params) -> Keyboard:
    """The inline keyboard; empty when absent. Raises ApiError 400 for any other markup or a wrong button."""
    markup = params.json("reply_markup")
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None and set(markup) & {"keyboard", "remove_keyboard", "force_reply"}:
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: inline_keyboard must be an array of arrays")
    keyboard = tuple(tuple(_button(button) for button in row) for row in rows if row)
    if sum(len(row) for row in keyboard) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard


def asks_reply(params: Params) -> str | None:
    """The words in grey of a ForceReply; None without one. Raises ApiError 400 when they are too long."""
    markup = params.json("reply_markup")
    if not isinstance(markup, dict) or markup.get("force_reply") is not True:
        return None
    if "inline_keyboard" in markup:
        raise bad_request("can't parse reply keyboard markup JSON object")
    words = markup.get("input_field_placeholder", "")
    if not isinstance(words, str) or len(words) > MAX_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    return words


def tap_answer(params: Params) -> str:
    """What a tap is answered with. Raises ApiError 400 when too long."""
    words = params.text("text")
    if width(words) > MAX_TAP_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    return words


def commands(params: Params) -> list[Json]:
    """The list of commands. Raises ApiError 400 when one is wrong."""
    listed = params.json("commands")
    if not isinstance(listed, list):
        raise bad_request("can't parse commands JSON object")
    if len(listed) > MAX_BUTTONS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in listed]


def scope(params: Params) -> tuple[Json, str]:
    """The scope of commands, and its language. Raises ApiError 400 when it is none of Telegram's."""
    wanted = params.json("scope") or {"type": "default"}
    if not isinstance(wanted, dict) or wanted.get("type") not in _SCOPES:
        raise bad_request("unsupported BotCommandScope specified")
    needed = _SCOPES[wanted["type"]]
    if any(name not in wanted for name in needed):
        raise bad_request("can't parse BotCommandScope: chat or user is missing")
    language = params.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("BOT_LANGUAGE_CODE_INVALID")
    return {"type": wanted["type"], **{name: wanted[name] for name in needed}}, language


def names(params: Params, name: str) -> Sequence[str] | None:
    """A JSON list of strings; None when absent. Raises ApiError 400 when it is something else."""
    listed = params.json(name)
    if listed is None:
        return None
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise bad_request(f"can't parse {name} JSON array")
    return listed


def _marked(params: Params, name: str, entities: str) -> tuple[str, list[Entity]]:
    given = params.json(entities) or []
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise bad_request("can't parse entities: expected an array of objects")
    source = params.text(name).replace("\0", "").replace("\r", "")
    return read(source, params.text("parse_mode"), given)


def _button(button: object) -> Button:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an object")
    label, data, url = button.get("text"), button.get("callback_data"), button.get("url")
    if not isinstance(label, str) or not label.strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be a non-empty string')
    if isinstance(url, str) and url:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme not in {"http", "https", "tg"} or "." not in parts.netloc + "." * (parts.scheme == "tg"):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return Button(label, url=url)
    if not isinstance(data, str) or not data:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(data.encode()) > MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(label, data)


def _command(item: object) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an object")
    name, description = item.get("command"), item.get("description")
    if not isinstance(name, str) or not _COMMAND.fullmatch(name.removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}
