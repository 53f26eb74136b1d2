"""Calls to the sandbox over HTTP: what Telegram accepts is accepted, what it refuses is refused in its words."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.sandbox.server import Sandbox


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.day = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.seconds = 0.0


@pytest.fixture
def clock() -> Clock:
    """A Monday morning."""
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """A Telegram without limits, on that clock."""
    now, tick = (lambda: clock.day), (lambda: clock.seconds)
    async with Sandbox(limits=False, now=now, clock=tick) as sandbox:
        yield sandbox


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """A plain client, without a library's own checks. Loading certificates takes long and is of no use here."""
    async with httpx.AsyncClient(base_url=f"{sandbox.url}/bot{sandbox.token}", verify=False) as client:
        yield client


async def call(api: httpx.AsyncClient, method: str, **params: object) -> dict[str, object]:
    """The JSON answer; its code agrees with the HTTP status."""
    answer = await api.post(f"/{method}", json=params)
    body = answer.json()
    assert answer.status_code == (200 if body["ok"] else body["error_code"])
    return body


def keyboard(*buttons: dict[str, object]) -> dict[str, object]:
    """An inline keyboard with one button per row."""
    return {"inline_keyboard": [[button] for button in buttons]}


TAP = {"text": "Ja", "callback_data": "j"}
LONG = "x" * 4097

REFUSALS = [
    ("sendMessage", {"text": "hoi"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 1, "text": "hoi"}, "chat not found"),
    ("sendMessage", {"chat_id": "@iemand", "text": "hoi"}, "chat not found"),
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "message text is empty"),
    ("sendMessage", {"text": LONG}, "message is too long"),
    ("sendMessage", {"text": "🌻" * 2049}, "message is too long"),
    ("sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
    ("sendMessage", {"text": "<b>x</i>", "parse_mode": "HTML"}, "can't parse entities: Unmatched end tag"),
    (
        "sendMessage",
        {"text": "<p>x</p>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "p"',
    ),
    ("sendMessage", {"text": "1 < 2", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag"),
    ("sendMessage", {"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendMessage", {"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    ("sendMessage", {"text": "x", "reply_markup": keyboard({"text": "Ja"})}, "can't parse inline keyboard button"),
    ("sendMessage", {"text": "x", "reply_markup": keyboard({**TAP, "text": ""})}, "can't parse inline keyboard"),
    (
        "sendMessage",
        {"text": "x", "reply_markup": keyboard({**TAP, "callback_data": "é" * 33})},
        "BUTTON_DATA_INV",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": keyboard({"text": "x", "url": "ftp://a.b"})},
        "inline keyboard but",
    ),
    ("sendDocument", {}, "there is no document in the request"),
    ("sendChatAction", {"action": "dansen"}, "wrong parameter action in request"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"text": "x", "message_id": 99}, "message to edit not found"),
    ("editMessageText", {"text": "x", "message_id": 1}, "message can't be edited"),
    ("deleteMessage", {"message_id": 99}, "message to delete not found"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("getFile", {"file_id": "x"}, "invalid file_id"),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ("setMyCommands", {"commands": [{"command": "Hulp!", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "hulp", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "unsupported BotCommandScope specified"),
    ("getUpdates", {"offset": "x"}, 'invalid parameter "offset" specified'),
]


@pytest.mark.parametrize(("method", "params", "says"), REFUSALS)
async def test_refusals(sandbox, api, method, params, says):
    """A call that Telegram refuses is refused here, with 400 and the words that clients look for."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    defaults = {} if params.get("text") == "hoi" else {"chat_id": anna.id}
    answer = await call(api, method, **{**defaults, **params})
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {says}")
    assert len(sandbox.world.chat(anna).messages) == 1


async def test_unknown_method_and_token(sandbox, api):
    """What this server does not know is 404, and another bot's token opens nothing, files included."""
    assert (await call(api, "sendDice"))["description"] == "Not Found"
    async with httpx.AsyncClient(base_url=sandbox.url) as client:
        for path in ("/bot1:x/getMe", f"/bot{sandbox.token[:-1]}x/getMe", "/file/bot1:x/documents/a"):
            answer = await client.get(path)
            assert answer.status_code == 401
            assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


def test_token_has_telegrams_shape():
    """A sandbox with a token that Telegram could never give out does not start."""
    with pytest.raises(ValueError, match="35 characters"):
        Sandbox("123:abc")


async def test_who_can_be_reached(sandbox, api):
    """Blocked, never started, removed, left and upgraded chats each answer with Telegram's own reason."""
    world = sandbox.world
    anna, bas = world.user("Anna"), world.user("Bas")

    async def refusal(chat_id: int) -> tuple[object, object, object]:
        answer = await call(api, "sendMessage", chat_id=chat_id, text="hoi")
        return answer["error_code"], answer["description"], answer.get("parameters")

    assert await refusal(anna.id) == (403, "Forbidden: bot can't initiate conversation with a user", None)
    world.start(anna)
    world.block(anna)
    assert await refusal(anna.id) == (403, "Forbidden: bot was blocked by the user", None)
    removed, left, old = (world.group(title, [anna, bas]) for title in ("A", "B", "C"))
    for group in (removed, left, old):
        world.add_bot(group)
    world.remove_bot(removed)
    assert await refusal(removed.id) == (403, "Forbidden: bot was kicked from the group chat", None)
    assert (await call(api, "leaveChat", chat_id=left.id))["ok"]
    assert await refusal(left.id) == (403, "Forbidden: bot is not a member of the group chat", None)
    new = world.upgrade(old)
    upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
    assert await refusal(old.id) == (400, upgraded, {"migrate_to_chat_id": new.id})
    assert (await call(api, "sendMessage", chat_id=new.id, text="hoi"))["ok"]


async def test_form_multipart_and_address(sandbox, api):
    """The same call works from the address, as a form, as multipart and as JSON."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    fields = {"chat_id": str(anna.id), "text": "hoi"}
    answers = [
        await api.get("/sendMessage", params=fields),
        await api.post("/SENDMESSAGE", data=fields),
        await api.post("/sendMessage", files={name: (None, value) for name, value in fields.items()}),
        await api.post("/sendMessage", json={"chat_id": anna.id, "text": "hoi"}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["hoi"] * 4


async def test_html_becomes_entities(sandbox, api):
    """Marked-up text arrives as plain text with entities, counted in UTF-16 as Telegram does."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    source = '🌻 <b>A &amp; <i>B</i></b> <a href="https://x.nl/?a=1&amp;b=2">x</a> /hulp'
    sent = (await call(api, "sendMessage", chat_id=anna.id, text=source, parse_mode="HTML"))["result"]
    assert sent["text"] == "🌻 A & B x /hulp"
    assert sent["entities"] == [
        {"type": "bold", "offset": 3, "length": 5},
        {"type": "italic", "offset": 7, "length": 1},
        {"type": "text_link", "offset": 9, "length": 1, "url": "https://x.nl/?a=1&b=2"},
        {"type": "bot_command", "offset": 11, "length": 5},
    ]


async def test_edits(sandbox, api):
    """An edit changes what people see; one that changes nothing is refused; without keyboard, buttons go."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    sent = (await call(api, "sendMessage", chat_id=anna.id, text="a", reply_markup=keyboard(TAP)))["result"]
    same = {"chat_id": anna.id, "message_id": sent["message_id"], "text": "a", "reply_markup": keyboard(TAP)}
    assert "message is not modified" in (await call(api, "editMessageText", **same))["description"]
    assert "message is not modified" in (await call(api, "editMessageReplyMarkup", **same))["description"]
    assert "edit_date" in (await call(api, "editMessageText", **{**same, "text": "b"}))["result"]
    del same["reply_markup"]
    assert (await call(api, "editMessageReplyMarkup", **same))["ok"]
    shown = sandbox.world.chat(anna).last
    assert (shown.text, shown.buttons, shown.edited is not None) == ("b", [], True)


async def test_deletes(sandbox, api, clock):
    """In private any message can go within 48 hours; in a group only the bot's own."""
    world = sandbox.world
    anna = world.user("Anna")
    said = world.start(anna)
    old = world.say(anna, anna, "oud")
    assert (await call(api, "deleteMessage", chat_id=anna.id, message_id=said.id))["ok"]
    assert said.deleted
    clock.day += timedelta(hours=49)
    late = await call(api, "deleteMessage", chat_id=anna.id, message_id=old.id)
    assert late["description"] == "Bad Request: message can't be deleted for everyone"
    group = world.group("Team", [anna])
    added = world.add_bot(group)
    theirs = await call(api, "deleteMessage", chat_id=group.id, message_id=added.id)
    assert theirs["description"] == "Bad Request: message can't be deleted for everyone"


async def test_tap_carries_the_message_and_is_answered_once(sandbox, api, clock):
    """The bot gets the message as it was at the tap; one answer counts, and not after its time."""
    world = sandbox.world
    anna = world.user("Anna")
    world.start(anna)
    await call(api, "sendMessage", chat_id=anna.id, text="Doe je mee?", reply_markup=keyboard(TAP))
    message = world.chat(anna).last
    tap = world.tap(anna, message, "Ja")
    query = (await call(api, "getUpdates", offset=-1))["result"][0]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("j", "Doe je mee?")
    assert query["message"]["reply_markup"] == keyboard(TAP)
    answer = {"callback_query_id": query["id"], "text": "Fijn", "show_alert": True}
    assert (await call(api, "answerCallbackQuery", **answer))["ok"]
    assert await tap.answered() == await tap.answered()
    assert ((await tap.answered()).text, (await tap.answered()).alert) == ("Fijn", True)
    assert (await call(api, "answerCallbackQuery", **answer))["error_code"] == 400
    late = world.forge(anna, message, "vals")
    clock.seconds += 61
    assert (await call(api, "answerCallbackQuery", callback_query_id=late.id))["error_code"] == 400


async def test_files_go_round(sandbox, api):
    """A document that is sent can be found by its id and fetched, and can be sent again by its id."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    upload = {"document": ("blad.html", b"<p>hoi</p>", "text/html")}
    sent = await api.post("/sendDocument", data={"chat_id": str(anna.id), "caption": "kijk"}, files=upload)
    document = sent.json()["result"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("blad.html", "text/html")
    path = (await call(api, "getFile", file_id=document["file_id"]))["result"]["file_path"]
    async with httpx.AsyncClient(verify=False) as client:
        fetched = await client.get(f"{sandbox.url}/file/bot{sandbox.token}/{path}")
    assert fetched.content == b"<p>hoi</p>"
    assert (await call(api, "sendDocument", chat_id=anna.id, document=document["file_id"]))["ok"]
    assert [message.document.name for message in sandbox.world.chat(anna).messages[1:]] == ["blad.html"] * 2


async def test_commands_per_scope(sandbox, api):
    """Commands are kept per scope and language, and one scope never answers for another."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    scope = {"type": "chat", "chat_id": anna.id}
    listed = [{"command": "hulp", "description": "Wie kun je bellen?"}]
    await call(api, "setMyCommands", commands=listed, scope=scope)
    assert (await call(api, "getMyCommands", scope=scope))["result"] == listed
    assert (await call(api, "getMyCommands"))["result"] == []
    await call(api, "deleteMyCommands", scope=scope)
    assert (await call(api, "getMyCommands", scope=scope))["result"] == []
