"""The page with phones: it shows what people see, acts for them, and nobody but the page may do so."""

import asyncio
import re
from collections.abc import AsyncIterator
from importlib.resources import files

import httpx
import pytest

from bot.sandbox.control import HEADER, PAGE
from bot.sandbox.model import User
from bot.sandbox.panel import DemoAction, DemoPanel, DemoPhone
from bot.sandbox.server import Sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram without limits."""
    async with Sandbox(limits=False) as sandbox:
        yield sandbox


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """What the page's own script may do."""
    async with httpx.AsyncClient(base_url=sandbox.url, headers={HEADER: "1"}, verify=False) as client:
        yield client


async def bot_says(sandbox: Sandbox, user: User, text: str, *labels: str, **more: object) -> None:
    """A message by the bot, with these buttons."""
    rows = [[{"text": label, "callback_data": label}] for label in labels]
    body = {"chat_id": user.id, "text": text, "reply_markup": {"inline_keyboard": rows}, **more}
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.post(f"{sandbox.url}/bot{sandbox.token}/sendMessage", json=body)
    assert answer.json()["ok"]


@pytest.mark.parametrize("name", sorted(name for name, _ in PAGE.values()))
def test_nothing_from_outside_and_no_html_from_data(name):
    """The page works without any network, and cannot turn what people say into HTML."""
    source = files("bot.sandbox").joinpath("page", name).read_text(encoding="utf-8")
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", source)
    assert set(re.findall(r"https?://[\w.]+", source)) <= {"http://www.w3.org"}
    assert all(word not in source for word in ("@import", "url(", " onclick="))


async def test_all_parts_are_served_and_locked_in(page):
    """Every file of the page is there, under a policy that allows no other origin and nothing inline."""
    for path, (_, kind) in PAGE.items():
        answer = await page.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")


@pytest.mark.parametrize(
    "headers",
    [
        {HEADER: "1", "Origin": "https://kwaad.example"},
        {HEADER: "1", "Origin": "null"},
        {HEADER: "1", "Host": "kwaad.example"},
        {},
    ],
)
async def test_only_the_page_may_act(sandbox, headers):
    """Another site, another host name, or a request without our header changes and reads nothing."""
    anna = sandbox.world.user("Anna")
    async with httpx.AsyncClient(base_url=sandbox.url, headers=headers, verify=False) as client:
        acted = await client.post("/sandbox/start", json={"person": anna.id})
        read = await client.get("/sandbox/events?since=-1")
    assert (acted.status_code, read.status_code) == (403, 403)
    assert sandbox.world.chat(anna).messages == []


async def test_a_person_does_everything_from_the_phone(sandbox, page):
    """Start, say, send, tap, follow and block from the page do what they do on a phone."""
    world = sandbox.world
    anna = world.user("Anna")
    me = {"person": anna.id, "chat": anna.id}
    assert (await page.post("/sandbox/say", json={**me, "text": "te vroeg"})).status_code == 409
    assert (await page.post("/sandbox/start", json={**me, "code": "CODE"})).status_code == 200
    assert (await page.post("/sandbox/say", json={**me, "text": "hoi"})).status_code == 200
    assert (await page.post("/sandbox/send", json={**me, "kind": "voice"})).status_code == 200
    assert (await page.post("/sandbox/send", json={**me, "kind": "olifant"})).status_code == 409
    follow = {**me, "url": "https://t.me/naastbot?start=vraag"}
    assert (await page.post("/sandbox/follow", json=follow)).status_code == 200
    assert [message.text for message in world.chat(anna).messages] == ["/start CODE", "hoi", "", "/start vraag"]
    await page.post("/sandbox/block", json=me)
    assert world.chat(anna).status == "kicked"
    await page.post("/sandbox/block", json=me)
    assert world.chat(anna).status == "member"


async def test_a_tap_brings_the_answer_back(sandbox, page):
    """The page gets what the bot answers to the tap, alert or not."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    await bot_says(sandbox, anna, "Doe je mee?", "Ja", "Nee")
    where = {"person": anna.id, "chat": anna.id, "message": sandbox.world.chat(anna).last.id}
    tapping = asyncio.create_task(page.post("/sandbox/tap", json={**where, "row": 1, "column": 0}))
    async with httpx.AsyncClient(base_url=f"{sandbox.url}/bot{sandbox.token}") as api:
        updates = (await api.get("/getUpdates?offset=-1&timeout=2")).json()["result"]
        if "callback_query" not in updates[0]:
            offset = updates[0]["update_id"] + 1
            updates = (await api.get(f"/getUpdates?offset={offset}&timeout=2")).json()["result"]
        query = updates[0]["callback_query"]
        assert query["data"] == "Nee"
        answer = {"callback_query_id": query["id"], "text": "Jammer", "show_alert": True}
        await api.post("/answerCallbackQuery", json=answer)
    assert (await tapping).json() == {"text": "Jammer", "alert": True, "url": ""}


@pytest.mark.parametrize("body", ["", "[]", '{"person": "x"}', '{"person": 1, "chat": 1, "text": "x"}'])
async def test_wrong_requests_are_no_crash(page, body):
    """What the page would never send gets a sentence, not a traceback."""
    answer = await page.post("/sandbox/say", content=body)
    assert answer.status_code == 409
    assert answer.json() == {"error": "Dat kan nu niet."}


async def test_phones_show_what_their_holders_see(sandbox, page):
    """Words, marks, buttons, replies, edits and deletions are on the phone; a link's code is not."""
    world = sandbox.world
    anna, piet = world.user("Anna"), world.user("Piet")
    group = world.group("Team", [piet])
    world.add_bot(group, "GEHEIM")
    said = world.start(anna, "GEHEIM")
    await bot_says(sandbox, anna, "<b>Hoi</b>", "Ja", parse_mode="HTML", reply_to_message_id=said.id)
    gone = world.say(anna, anna, "weg ermee")
    gone.deleted = True
    phones = (DemoPhone(anna.id, anna.id, "Anna, naaste"), DemoPhone(group.id, piet.id, "De groep"))
    sandbox.show(DemoPanel("Proef", phones, status=lambda: "Week 3"))
    answer = await page.get("/sandbox/events?since=-1")
    shown = answer.json()
    assert "GEHEIM" not in answer.text
    assert "weg ermee" not in answer.text
    assert (shown["title"], shown["status"]) == ("Proef", "Week 3")
    own, team = shown["phones"]
    start, bot, deleted = own["screens"][0]["messages"]
    assert (start["mine"], bot["mine"], deleted["deleted"]) == (True, False, True)
    assert (bot["text"], bot["entities"][0]["type"], bot["rows"]) == (
        "Hoi",
        "bold",
        [[{"label": "Ja", "url": ""}]],
    )
    assert bot["reply"] == {"sender": "Anna", "text": "/start"}
    assert [screen["title"] for screen in team["screens"]] == ["Team", "naastbot"]
    assert team["screens"][0]["messages"][0]["service"] == "Piet voegde naastbot toe"


async def test_events_wait_for_news(sandbox, page):
    """The page's poll returns as soon as anything changes, and not before."""
    beat = (await page.get("/sandbox/events?since=-1")).json()["beat"]
    waiting = asyncio.create_task(page.get(f"/sandbox/events?since={beat}"))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    sandbox.world.start(sandbox.world.user("Anna"))
    assert (await asyncio.wait_for(waiting, 2)).json()["beat"] > beat


async def test_actions_of_the_demo(sandbox, page):
    """A button at the top runs what the demo gave it, and shows its answer."""
    weeks = []

    async def next_week() -> str:
        weeks.append(len(weeks) + 1)
        return f"Week {weeks[-1]}"

    sandbox.show(DemoPanel("Proef", (), (DemoAction("week", "Volgende week", next_week),)))
    assert (await page.post("/sandbox/action", json={"id": "week"})).json() == {"text": "Week 1"}
    assert (await page.post("/sandbox/action", json={"id": "jaar"})).status_code == 409
    assert weeks == [1]


async def test_documents_open_in_a_box(sandbox, page):
    """A document opens as what it is, but may run nothing and fetch nothing."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    upload = {"document": ("blad.html", b"<h1>Dag</h1>", "text/html")}
    url = f"{sandbox.url}/bot{sandbox.token}/sendDocument"
    async with httpx.AsyncClient(verify=False) as client:
        await client.post(url, data={"chat_id": str(anna.id)}, files=upload)
    shown = (await page.get("/sandbox/events?since=-1")).json()
    file = shown["phones"][0]["screens"][0]["messages"][-1]["file"]
    document = await page.get(file["path"])
    assert (document.text, file["name"]) == ("<h1>Dag</h1>", "blad.html")
    assert document.headers["content-type"] == "text/html; charset=utf-8"
    assert document.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert sandbox.token not in file["path"]


async def test_a_phone_answers_a_message_that_asks_for_it(sandbox, page):
    """In a group the bot hears nothing but answers to it: the field that a ForceReply opens makes one, once."""
    anna = sandbox.world.user("Anna")
    group = sandbox.world.group("De Linde", [anna])
    sandbox.world.add_bot(group)
    force = {"force_reply": True, "input_field_placeholder": "3 december"}
    async with httpx.AsyncClient(verify=False) as client:
        url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
        sent = {"chat_id": group.id, "text": "Welke dag?", "reply_markup": force}
        assert (await client.post(url, json=sent)).json()["ok"]
        force["input_field_placeholder"] = "x" * 65
        assert (await client.post(url, json=sent)).status_code == 400
    screen = (await page.get("/sandbox/events?since=-1")).json()["phones"][1]["screens"][0]
    asked = screen["reply"]
    assert (asked["text"], asked["hint"]) == ("Welke dag?", "3 december")
    said = {"person": anna.id, "chat": group.id, "text": "morgen", "reply": asked["id"]}
    await page.post("/sandbox/say", json=said)
    screen = (await page.get("/sandbox/events?since=-1")).json()["phones"][1]["screens"][0]
    assert screen["reply"] is None
    assert screen["messages"][-1]["reply"] == {"sender": "naastbot", "text": "Welke dag?"}
    assert len(sandbox.world.state.queue) == 3
