"""The Bot API over HTTP on this machine: calls, updates and files; the page's own routes come on top."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox import checks
from bot.sandbox.checks import Params, Upload
from bot.sandbox.control import Control
from bot.sandbox.errors import CONFLICT, WEBHOOK_IS_SET, ApiError, bad_request
from bot.sandbox.methods import MAX_DOCUMENT, METHODS
from bot.sandbox.model import User
from bot.sandbox.panel import DemoPanel
from bot.sandbox.state import UPDATES
from bot.sandbox.updates import Json
from bot.sandbox.webhook import deliver
from bot.sandbox.world import World

HOST = "127.0.0.1"
"""Never anything else: whoever reaches the page can act as everybody on it."""
TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]{35}")
DEMO_TOKEN = "1234567890:" + "proeftuin" * 3 + "proeftui"
LONGEST_POLL = 50
"""Seconds; Telegram cuts longer timeouts off here."""


def utc_now() -> datetime:
    """The time of day, for the date on messages."""
    return datetime.now(UTC)


class Sandbox:
    """A Telegram with one bot, from `async with` until its end.

    `port` 0 takes a free one; `limits` refuses sending faster than Telegram allows; `now` dates the messages,
    `clock` gives monotonic seconds for limits and expiry. Raises ValueError when the token has a wrong shape.
    """

    def __init__(
        self,
        token: str = DEMO_TOKEN,
        port: int = 0,
        *,
        limits: bool = True,
        username: str = "naastbot",
        now: Callable[[], datetime] = utc_now,
        clock: Callable[[], float] = time.monotonic,
        panel: DemoPanel | None = None,
    ) -> None:
        if not TOKEN_SHAPE.fullmatch(token):
            raise ValueError("a bot token looks like 123456:ABC, with 35 characters after the colon")
        self.token = token
        self.calls: Counter[str] = Counter()
        bot = User(int(token.split(":")[0]), username, username=username, is_bot=True)
        self.world = World(bot, now, clock, limits=limits)
        self.control = Control(self.world, panel)
        self._port = port
        self._polls = 0
        self._runner: web.AppRunner | None = None
        self._delivering: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end; the page is there, and the API below /bot<token>."""
        return f"http://{HOST}:{self._port}"

    @property
    def refused(self) -> int:
        """How many sends were answered with 429."""
        return self.world.state.limits.refused

    def show(self, panel: DemoPanel) -> None:
        """Put these phones and actions on the page."""
        self.control.panel = panel
        self.world.state.pulse.beat("panel")

    async def __aenter__(self) -> Self:
        """Start to listen. Raises OSError when the port is taken."""
        app = web.Application(client_max_size=MAX_DOCUMENT + 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self.control.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        self.control.origin = self.url
        self._delivering = asyncio.create_task(deliver(self.world.state))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of every waiting poll, and stop."""
        self.world.state.closed = True
        self.world.state.pulse.beat(UPDATES)
        if self._delivering is not None:
            self._delivering.cancel()
            await asyncio.gather(self._delivering, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.Response:
        """One Bot API call."""
        try:
            result = await self._result(request)
        except ApiError as error:
            return web.json_response(error.body(), status=error.code)
        return web.json_response({"ok": True, "result": result})

    async def _result(self, request: web.Request) -> object:
        if request.match_info["token"] != self.token:
            raise ApiError(401, "Unauthorized")
        name = request.match_info["method"].lower()
        if name != "getupdates" and name not in METHODS:
            raise ApiError(404, "Not Found")
        self.calls[name] += 1
        params = await read_params(request)
        if name == "getupdates":
            return await self._updates(params)
        return METHODS[name](self.world.state, params)

    async def _updates(self, params: Params) -> list[Json]:
        """What waits, or comes within the timeout. A newer poll ends an older one with 409."""
        state = self.world.state
        if state.webhook is not None:
            raise ApiError(409, WEBHOOK_IS_SET)
        offset, limit = params.number("offset", 0), min(max(params.number("limit", 100), 1), 100)
        kinds = checks.names(params, "allowed_updates")
        if kinds is not None:
            state.queue.allow(kinds)
        self._polls += 1
        mine = self._polls
        state.pulse.beat(UPDATES)
        found = state.queue.fetch(offset, limit)
        seconds = min(params.number("timeout", 0), LONGEST_POLL)
        if found or seconds <= 0:
            return found

        def ready() -> bool:
            return state.closed or self._polls != mine or state.webhook is not None or len(state.queue) > 0

        await state.pulse.until(UPDATES, ready, seconds)
        if self._polls != mine or state.webhook is not None:
            raise ApiError(409, CONFLICT)
        return state.queue.fetch(offset, limit)

    async def _file(self, request: web.Request) -> web.Response:
        """A file's content, as Telegram gives it: bytes without a promise about their kind."""
        if request.match_info["token"] != self.token:
            return web.json_response(ApiError(401, "Unauthorized").body(), status=401)
        for file in self.world.state.files.values():
            if file.path == request.match_info["path"]:
                return web.Response(body=file.content, content_type="application/octet-stream")
        return web.json_response(ApiError(404, "Not Found").body(), status=404)


async def read_params(request: web.Request) -> Params:
    """Parameters from the address, and from a form, multipart or JSON body. Raises ApiError 400."""
    values: dict[str, object] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.method != "POST":
        return Params(values)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError as error:
            raise bad_request("can't parse JSON object") from error
        if not isinstance(body, dict):
            raise bad_request("object expected")
        return Params(values | body)
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params(values, files)
