"""The sandbox brings updates as Telegram does: each chat in order, again and again, with the secret."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from aiohttp import web
from bench import a_webhook

from bot.network.webhook import HEADER
from bot.sandbox.server import Sandbox


class Door:
    """Somebody's webhook: what was brought, with which secret, and what it answers."""

    def __init__(self) -> None:
        self.brought: list[tuple[int, str]] = []
        self.refuses: set[str] = set()
        self.secret = ""

    async def take(self, request: web.Request) -> web.Response:
        """Note it, and say 200 or 500."""
        message = (await request.json())["message"]
        self.secret = request.headers.get(HEADER, "")
        self.brought.append((message["chat"]["id"], message["text"]))
        return web.Response(status=500 if message["text"] in self.refuses else 200)


@asynccontextmanager
async def door_at(url: str) -> AsyncIterator[Door]:
    """A server at this address."""
    door, app = Door(), web.Application()
    app.router.add_post("/updates", door.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", httpx.URL(url).port).start()
    try:
        yield door
    finally:
        await runner.cleanup()


async def call(sandbox: Sandbox, method: str, **params: object) -> dict[str, object]:
    """What a method of the Bot API answers."""
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.post(f"{sandbox.url}/bot{sandbox.token}/{method}", json=params)
        return answer.json()


@pytest.mark.parametrize(
    "params", [{"url": "http://example.org/x"}, {"url": "https://example.org/x", "secret_token": "no spaces"}]
)
async def test_what_telegram_refuses_is_refused(params: dict[str, object]) -> None:
    """Without encryption within this machine only, and no signs in the secret that a header can't hold."""
    async with Sandbox() as sandbox:
        assert (await call(sandbox, "setWebhook", **params))["error_code"] == 400
        assert (await call(sandbox, "getWebhookInfo"))["result"]["url"] == ""


async def test_there_is_one_way_at_a_time() -> None:
    """While a webhook is set nothing can be fetched; once it is gone, what waited can."""
    async with Sandbox() as sandbox:
        await call(sandbox, "setWebhook", url="https://example.org/x")
        anna = sandbox.world.user("Anna")
        sandbox.world.start(anna)
        assert (await call(sandbox, "getUpdates"))["error_code"] == 409
        await call(sandbox, "deleteWebhook")
        assert len((await call(sandbox, "getUpdates"))["result"]) == 1


async def test_a_chat_waits_for_its_own_and_nobody_elses() -> None:
    """What is refused is brought again before the next of its chat; other chats go on meanwhile."""
    url = a_webhook()["NAASTBOT_WEBHOOK_URL"]
    async with Sandbox() as sandbox, door_at(url) as door:
        door.refuses = {"/start"}
        world = sandbox.world
        anna, bert = world.user("Anna"), world.user("Bert")
        world.start(anna)
        world.say(anna, anna, "een")
        await call(sandbox, "setWebhook", url=url, secret_token="geheim")
        world.start(bert)
        await asyncio.sleep(0.3)
        assert (anna.id, "een") not in door.brought
        assert door.brought.count((anna.id, "/start")) > 1
        assert (bert.id, "/start") in door.brought
        assert door.secret == "geheim"
        door.refuses = set()
        await world.settled()
        assert door.brought[-1] == (anna.id, "een")
        assert door.brought.count((anna.id, "een")) == 1
