"""The network under the bot: what never left is told from what may have arrived, and no error holds the token."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from bot.network import transport
from bot.network.send import in_doubt, may_have_arrived
from bot.network.transport import Transport

TOKEN = "12345:geheim-token"
SENT = {"ok": True, "result": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}}

Handle = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def bot_on(handle: Handle, **limits: float) -> AsyncIterator[Bot]:
    """A bot whose server does this with every call; one connection at a time."""
    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    async with Transport(1, **limits) as ours:
        yield Bot(TOKEN, base_url=url, request=ours, get_updates_request=ours)
    await runner.cleanup()


async def failing(bot: Bot) -> TelegramError:
    """What a message comes to that does not arrive; nothing of it, or behind it, holds the token."""
    with pytest.raises(TelegramError) as failed:
        await bot.send_message(5, "hallo")
    assert "geheim" not in "".join(traceback.format_exception(failed.value))
    behind: BaseException | None = failed.value
    while behind is not None:
        assert "geheim" not in repr(behind)
        behind = behind.__cause__ or behind.__context__
    return failed.value


async def late(_: web.BaseRequest) -> web.StreamResponse:
    """An answer that comes after anybody's patience."""
    await asyncio.sleep(1)
    return web.json_response(SENT)


async def test_an_answer_that_does_not_come_in_time_may_have_arrived() -> None:
    """The request was with Telegram: sending it again could say the same thing twice."""
    async with bot_on(late, read=0.1) as bot:
        error = await failing(bot)
    assert isinstance(error, TimedOut)
    assert may_have_arrived(error)


async def test_what_found_no_connection_never_left() -> None:
    """With all connections taken for too long, the message can safely be sent again."""
    async with bot_on(late, pool=0.1, connect=0.1) as bot:
        first = asyncio.create_task(bot.send_message(5, "hallo"))
        await asyncio.sleep(0.05)
        error = await failing(bot)
        assert (await first).message_id == 1
    assert not may_have_arrived(error)


async def test_a_server_that_is_away_is_a_network_error() -> None:
    """Nobody listens: the bot tries again. Whoever listens hangs up: what may have come is told from that."""

    async def hangs_up(request: web.BaseRequest) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with bot_on(hangs_up) as bot:
        error = await failing(bot)
    assert isinstance(error, NetworkError)
    assert (may_have_arrived(error), in_doubt(error)) == (False, True)
    async with Transport() as ours:
        error = await failing(Bot(TOKEN, base_url="http://127.0.0.1:1/bot", request=ours))
    assert type(error) is NetworkError
    assert (may_have_arrived(error), in_doubt(error)) == (False, False)


async def test_refusals_are_understood() -> None:
    """What Telegram says with a refusal arrives as python-telegram-bot's own errors."""

    async def too_fast(_: web.BaseRequest) -> web.StreamResponse:
        refusal = {"ok": False, "error_code": 429, "description": "Too Many", "parameters": {"retry_after": 7}}
        return web.json_response(refusal, status=429)

    async with bot_on(too_fast) as bot:
        assert isinstance(await failing(bot), RetryAfter)


async def test_a_page_is_sent_whole() -> None:
    """A file arrives byte by byte, with its name, beside the other parameters."""
    found: dict[str, object] = {}

    async def keep(request: web.BaseRequest) -> web.StreamResponse:
        form = await request.post()
        file = form["document"]
        assert isinstance(file, web.FileField)
        found.update(name=file.filename, content=file.file.read(), chat=form["chat_id"], caption=form["caption"])
        return web.json_response(SENT)

    async with bot_on(keep) as bot:
        await bot.send_document(5, "é & <b>".encode() * 1000, filename="pagina.html", caption="Zo & zo")
    assert found == {
        "name": "pagina.html",
        "content": "é & <b>".encode() * 1000,
        "chat": "5",
        "caption": "Zo & zo",
    }


async def test_calls_go_through_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy the bot works as other programs do; some addresses can be left out of it."""
    asked: list[str] = []

    async def proxy(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.raw_path.replace(TOKEN, "TOKEN"))
        return web.json_response(SENT)

    monkeypatch.setattr(transport, "_proxy_of", transport._proxy_of.__wrapped__)
    async with bot_on(proxy) as bot:
        there = bot.base_url.removesuffix(f"/bot{TOKEN}")
        monkeypatch.setenv("http_proxy", there)
        far = Bot(TOKEN, base_url="http://telegram.invalid/bot", request=bot.request)
        await far.send_message(5, "hallo")
        monkeypatch.setenv("no_proxy", "telegram.invalid,127.0.0.1")
        await bot.send_message(5, "hallo")
        assert type(await failing(far)) is NetworkError
    assert asked == ["http://telegram.invalid/botTOKEN/sendMessage", "/botTOKEN/sendMessage"]
