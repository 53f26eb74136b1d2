"""getUpdates of the sandbox: nothing is lost before it is confirmed, nothing comes back after."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.server import Sandbox
from bot.sandbox.updates import FIRST_UPDATE, UpdateQueue


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram of its own for each test."""
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """A plain client, without a library's own checks. Loading certificates takes long and is of no use here."""
    async with httpx.AsyncClient(base_url=f"{sandbox.url}/bot{sandbox.token}", verify=False) as client:
        yield client


async def poll(api: httpx.AsyncClient, **params: object) -> list[dict[str, object]]:
    """The updates that getUpdates returns."""
    answer = (await api.post("/getUpdates", json=params)).json()
    assert answer["ok"], answer
    return answer["result"]


@given(
    st.lists(st.one_of(st.just("add"), st.integers(0, 12), st.integers(-5, -1)), max_size=40), st.integers(1, 5)
)
def test_queue_forgets_exactly_what_was_confirmed(steps, limit):
    """Whatever the order of events: a poll returns the oldest updates that no offset confirmed, in order."""
    queue, expected, added = UpdateQueue(), [], 0
    for step in steps:
        if step == "add":
            expected.append(queue.add("message", {"n": added}))
            added += 1
            continue
        offset = FIRST_UPDATE + step if step >= 0 else step
        expected = [number for number in expected if number >= offset] if step >= 0 else expected[step:]
        assert [update["update_id"] for update in queue.fetch(offset, limit)] == expected[:limit]
    assert len(queue) == len(expected)


async def test_unconfirmed_updates_come_again(sandbox, api):
    """A bot that dies before it confirms gets the same updates after its restart."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    first = await poll(api)
    assert await poll(api) == first
    assert await poll(api, offset=first[0]["update_id"] + 1) == []
    assert await poll(api) == []


async def test_long_poll_wakes_at_once(sandbox, api):
    """A waiting poll returns as soon as something happens, and empty when nothing does."""
    anna = sandbox.world.user("Anna")
    waiting = asyncio.create_task(poll(api, timeout=5))
    await asyncio.sleep(0.1)
    sandbox.world.start(anna, "CODE")
    (update,) = await asyncio.wait_for(waiting, 1)
    assert update["message"]["text"] == "/start CODE"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert await poll(api, offset=update["update_id"] + 1, timeout=0) == []


async def test_second_poll_ends_the_first(api):
    """Two bots on one token are noticed: the older poll is told so with 409."""
    older = asyncio.create_task(api.post("/getUpdates", json={"timeout": 5}))
    await asyncio.sleep(0.1)
    assert await poll(api, timeout=0) == []
    answer = await older
    assert answer.status_code == 409
    assert answer.json()["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_negative_offset_keeps_the_newest(sandbox, api):
    """An offset of -1 asks for the newest update and forgets the rest, as Telegram does."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    sandbox.world.say(anna, anna, "een")
    sandbox.world.say(anna, anna, "twee")
    assert [update["message"]["text"] for update in await poll(api, offset=-1)] == ["twee"]
    assert len(sandbox.world.state.queue) == 1


async def test_allowed_updates_hold_until_changed(sandbox, api):
    """Kinds that the bot did not ask for stay away, also in later polls that do not name any."""
    await poll(api, allowed_updates=["callback_query"])
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    assert await poll(api) == []
    await poll(api, allowed_updates=[])
    sandbox.world.say(anna, anna, "hoi")
    assert len(await poll(api)) == 1


async def test_redelivery_and_malformed_updates(sandbox, api):
    """Tests can deliver an update twice, even after its confirmation, and anything that is no update."""
    anna = sandbox.world.user("Anna")
    sandbox.world.start(anna)
    (update,) = await poll(api)
    after = update["update_id"] + 1
    await poll(api, offset=after)
    sandbox.world.redeliver(update["update_id"])
    assert await poll(api, offset=after) == [update]
    assert await poll(api, offset=after) == []
    number = sandbox.world.inject({"message": {"no": "date"}})
    assert await poll(api, offset=after) == [{"update_id": number, "message": {"no": "date"}}]


async def test_stopping_lets_polls_go():
    """The server stops promptly though a poll still waits."""
    async with Sandbox() as sandbox, httpx.AsyncClient(verify=False) as client:
        url = f"{sandbox.url}/bot{sandbox.token}/getUpdates?timeout=30"
        waiting = asyncio.create_task(client.get(url))
        await asyncio.sleep(0.1)
        await asyncio.wait_for(sandbox.__aexit__(None, None, None), 3)
        assert (await waiting).json() == {"ok": True, "result": []}
