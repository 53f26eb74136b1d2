"""Updates that Telegram brings by itself: a small server, which says 200 to what is dealt with and stored.

TLS is the work of the reverse proxy in front of it. Behaviour of Telegram: https://core.telegram.org/bots/api#setwebhook
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import sqlite3
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.network.pace import seconds
from bot.network.updates import ALLOWED, LONGEST_PAUSE, Updates

log = logging.getLogger("naastbot.webhook")

HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 100
"""How many updates Telegram may bring at once, each chat in order: the most that it allows."""
MOST_BYTES = 1024 * 1024
"""Of one update. A text of 4,096 characters with a hundred marks, in reply to another, is under 100 kB."""
BODY_SECONDS = 10.0


class WebhookRefusedError(Exception):
    """Telegram does not take this address as a webhook."""


class NotFreeError(Exception):
    """The webhook can't listen there: another program does, or the address is not of this machine."""


class Webhook:
    """A server for one address and one bot.

    The secret is told to Telegram, and has to come back with every update. At a stop the webhook stays set: what
    comes meanwhile waits at Telegram, for a day, until the bot is there again, in whichever way.
    """

    def __init__(self, bot: ExtBot[Any], updates: Updates, url: str, listen: tuple[str, int], secret: str) -> None:
        self._bot = bot
        self._updates = updates
        self._url = url
        self._listen = listen
        self._secret = secret
        self._stopping = False
        self._refused = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. Raises NotFreeError, WebhookRefusedError, and InvalidToken for a wrong token."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_post(urlsplit(self._url).path or "/", self._take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, *self._listen).start()
            except OSError:
                raise NotFreeError from None
            if await self._announce(stop):
                log.info("updates come in by webhook")
            await stop.wait()
        finally:
            self._stopping = True
            await self._updates.finish()
            await runner.cleanup()

    async def _announce(self, stop: asyncio.Event) -> bool:
        """Tell Telegram where to bring updates, until it knows; False when the bot stops first."""
        pause = 0.5
        while not stop.is_set():
            try:
                return await self._bot.set_webhook(
                    self._url,
                    allowed_updates=ALLOWED,
                    secret_token=self._secret,
                    max_connections=CONNECTIONS,
                )
            except InvalidToken:
                raise
            except BadRequest:
                raise WebhookRefusedError from None
            except RetryAfter as refusal:
                pause = seconds(refusal)
            except (TelegramError, OSError) as error:
                log.warning("the webhook could not be set (%s); trying again", type(error).__name__)
                pause = min(LONGEST_PAUSE, pause * 2)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
        return False

    async def _take(self, request: web.Request) -> web.Response:
        """One update: 200 when it is dealt with, 503 when it has to come again."""
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode()):
            return self._stranger()
        if self._stopping or self._updates.full:
            return web.Response(status=503)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                raw = json.loads(await request.read())
        except TimeoutError:
            return web.Response(status=408)
        except (ValueError, RecursionError):
            raw = None
        if not isinstance(raw, dict):
            log.error("what came in by webhook was no update")
            return web.Response(status=400)
        try:
            dealt_with = await self._updates.deal_with(raw)
        except (sqlite3.Error, OSError) as error:
            log.warning("an update could not be stored (%s); it comes again", type(error).__name__)
            dealt_with = False
        return web.Response(status=200 if dealt_with else 503)

    def _stranger(self) -> web.Response:
        self._refused += 1
        # At 1, 10, 100, ...: whoever keeps knocking does not fill the log.
        if str(self._refused).strip("0") == "1":
            log.warning("calls to the webhook without the right secret: %d", self._refused)
        return web.Response(status=401)
