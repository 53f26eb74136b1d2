"""The Bot API methods that this server knows, as one table. Anything else is 404.

Source of names, parameters and results: https://core.telegram.org/bots/api. `getUpdates` is not here: it waits,
so it lives with the server.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Mapping

from bot.sandbox import acts, checks, webhook
from bot.sandbox.checks import Params
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.model import CallbackAnswer, Chat, File, member_json
from bot.sandbox.state import State
from bot.sandbox.updates import Json

Method = Callable[[State, Params], object]

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_DOCUMENT = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
ACTIONS = frozenset(
    {
        *("typing", "choose_sticker", "find_location"),
        *("upload_photo", "upload_video", "upload_voice", "upload_document", "upload_video_note"),
        *("record_video", "record_voice", "record_video_note"),
    }
)

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(state: State, params: Params) -> object:
    """The bot itself, with what only getMe shows."""
    return {
        **state.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def send_message(state: State, params: Params) -> object:
    """Send a text."""
    words, entities = checks.text(params)
    return _post(
        state, params, acts.Content(words, entities, checks.keyboard(params), asks_reply=checks.asks_reply(params))
    )


def send_document(state: State, params: Params) -> object:
    """Send a file, uploaded now or known by its id."""
    words, entities = checks.caption(params)
    file = _upload(state, params, "document", MAX_DOCUMENT)
    extra: Json = {"document": file.json() | {"file_name": file.name, "mime_type": file.mime}}
    return _post(state, params, acts.Content(words, entities, checks.keyboard(params), file, extra))


def send_photo(state: State, params: Params) -> object:
    """Send a picture, uploaded now or known by its id."""
    words, entities = checks.caption(params)
    file = _upload(state, params, "photo", MAX_PHOTO)
    extra: Json = {"photo": [file.json() | {"width": 1280, "height": 853}]}
    return _post(state, params, acts.Content(words, entities, checks.keyboard(params), file, extra))


def send_chat_action(state: State, params: Params) -> object:
    """Show "is typing". Not counted by the limits."""
    acts.open_chat(state, params.chat_id())
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def edit_message_text(state: State, params: Params) -> object:
    """Change text and keyboard of a message."""
    words, entities = checks.text(params)
    content = acts.Content(words, entities, checks.keyboard(params))
    return acts.edit_text(state, params.chat_id(), params.message_id(), content).json()


def edit_message_reply_markup(state: State, params: Params) -> object:
    """Change the keyboard of a message."""
    found = checks.keyboard(params)
    return acts.edit_keyboard(state, params.chat_id(), params.message_id(), found).json()


def delete_message(state: State, params: Params) -> object:
    """Delete a message."""
    acts.delete(state, params.chat_id(), params.message_id())
    return True


def answer_callback_query(state: State, params: Params) -> object:
    """Answer a tap."""
    answer = CallbackAnswer(checks.tap_answer(params), params.flag("show_alert"), params.text("url"))
    acts.answer_tap(state, params.text("callback_query_id"), answer)
    return True


def get_file(state: State, params: Params) -> object:
    """Where a file can be fetched."""
    file = state.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return file.json() | {"file_path": file.path}


def get_chat(state: State, params: Params) -> object:
    """A chat with the fields that ChatFullInfo always has."""
    always: Json = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    return _member_of(state, params).json() | always


def get_chat_member(state: State, params: Params) -> object:
    """How somebody stands in a chat."""
    chat = _member_of(state, params)
    user_id = params.number("user_id", 0)
    user = state.bot if user_id == state.bot.id else state.users.get(user_id)
    if user is None:
        raise bad_request("invalid user_id specified")
    if user == state.bot:
        return member_json(user, chat.status)
    if user.id not in chat.members:
        return member_json(user, "left")
    owner = chat.type != "private" and next(iter(chat.members)) == user.id
    return member_json(user, "creator" if owner else "member")


def leave_chat(state: State, params: Params) -> object:
    """Leave a group."""
    acts.leave(state, params.chat_id())
    return True


def set_my_commands(state: State, params: Params) -> object:
    """Set the commands of one scope and language."""
    state.commands[_scope(state, params)] = checks.commands(params)
    return True


def get_my_commands(state: State, params: Params) -> object:
    """The commands of exactly this scope and language."""
    return state.commands.get(_scope(state, params), [])


def delete_my_commands(state: State, params: Params) -> object:
    """Forget the commands of one scope and language."""
    state.commands.pop(_scope(state, params), None)
    return True


def set_my_description(state: State, params: Params) -> object:
    """What people read before they press start."""
    return _set_text(state, params, "description", 512)


def set_my_short_description(state: State, params: Params) -> object:
    """What people read on the bot's profile."""
    return _set_text(state, params, "short_description", 120)


METHODS: Mapping[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendchataction": send_chat_action,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "leavechat": leave_chat,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmydescription": set_my_description,
    "setmyshortdescription": set_my_short_description,
    "setwebhook": webhook.set_webhook,
    "deletewebhook": webhook.delete_webhook,
    "getwebhookinfo": webhook.get_webhook_info,
}
"""Method names in lower case: Telegram does not mind the case."""


def _post(state: State, params: Params, content: acts.Content) -> object:
    reply_to, must_reply = params.reply_to()
    return acts.post(state, params.chat_id(), content, reply_to, must_reply=must_reply).json()


def _upload(state: State, params: Params, name: str, most: int) -> File:
    upload = params.files.get(params.text(name).removeprefix("attach://") or name)
    if upload is None:
        known = state.files.get(params.text(name))
        if known is None:
            raise bad_request(
                f"there is no {name} in the request" if not params.text(name) else "wrong file identifier"
            )
        return known
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > most:
        raise ApiError(413, "Request Entity Too Large")
    acts.open_chat(state, params.chat_id())
    mime = mimetypes.guess_type(upload.name)[0] or upload.mime
    return state.store_file(f"{name}s", upload.name, mime, upload.content)


def _member_of(state: State, params: Params) -> Chat:
    """The chat, if the bot may look at it: being blocked does not hinder that."""
    chat = acts.find_chat(state, params.chat_id())
    return chat if chat.type == "private" and chat.started else acts.open_chat(state, chat.id)


def _scope(state: State, params: Params) -> tuple[str, str]:
    scope, language = checks.scope(params)
    if isinstance(scope.get("chat_id"), int):
        acts.open_chat(state, int(str(scope["chat_id"])))
    return json.dumps(scope, sort_keys=True), language


def _set_text(state: State, params: Params, name: str, most: int) -> bool:
    if len(params.text(name)) > most:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    state.texts[name] = params.text(name)
    return True
