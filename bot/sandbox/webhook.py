"""Updates brought to the bot: many chats side by side, each chat in order, again and again until the bot says 200.

So does tdlib/telegram-bot-api (`WebhookActor.cpp`): a queue per chat, in which the first has to be taken before
the next is brought; only its pauses are longer.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict, deque
from functools import partial
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox import checks
from bot.sandbox.checks import Params
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Webhook
from bot.sandbox.state import UPDATES, State
from bot.sandbox.updates import Json

HEADER = "X-Telegram-Bot-Api-Secret-Token"
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
"""Seconds before an update is brought again."""
ANSWER_SECONDS = 60.0
AN_HOUR = 3600.0


def set_webhook(state: State, params: Params) -> object:
    """Bring updates to this address from now on; an empty one is the same as deleteWebhook.

    Without encryption within this machine only, as a Bot API server of one's own allows.
    """
    url, secret = params.text("url"), params.text("secret_token")
    parts = urlsplit(url)
    near = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if url and parts.scheme != "https" and not near:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    kinds = checks.names(params, "allowed_updates")
    if kinds is not None:
        state.queue.allow(kinds)
    connections = min(max(params.number("max_connections", 40), 1), 100)
    return _change(state, params, Webhook(url, secret, connections) if url else None)


def delete_webhook(state: State, params: Params) -> object:
    """Bring updates nowhere any more: they wait for getUpdates."""
    return _change(state, params, None)


def get_webhook_info(state: State, params: Params) -> object:
    """Where updates are brought, if anywhere."""
    url = state.webhook.url if state.webhook else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(state.queue)}


def _change(state: State, params: Params, webhook: Webhook | None) -> bool:
    if params.flag("drop_pending_updates"):
        state.queue.drop()
    state.webhook = webhook
    state.pulse.beat(UPDATES)
    return True


async def deliver(state: State) -> None:
    """Bring what waits to whatever webhook is set, until the server closes."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS)) as session:
        while not state.closed:
            webhook = state.webhook
            if webhook is not None:
                async with asyncio.TaskGroup() as lanes:
                    await _Lanes(state, webhook, session, lanes).fill()
            await state.pulse.until(UPDATES, partial(_replaced, state, webhook), AN_HOUR)


def _replaced(state: State, webhook: Webhook | None) -> bool:
    return state.closed or state.webhook is not webhook


class _Lanes:
    """A queue for each chat, as long as this webhook is the one that is set."""

    def __init__(
        self, state: State, webhook: Webhook, session: aiohttp.ClientSession, tasks: asyncio.TaskGroup
    ) -> None:
        self._state = state
        self._webhook = webhook
        self._session = session
        self._tasks = tasks
        self._lanes: defaultdict[object, deque[Json]] = defaultdict(deque)
        self._connections = asyncio.Semaphore(webhook.connections)
        self._newest = 0

    async def fill(self) -> None:
        """Put every update in the lane of its chat as it comes."""
        while not _replaced(self._state, self._webhook):
            for update in self._state.queue.since(self._newest):
                self._newest = max(self._newest, int(str(update["update_id"])))
                chat = _chat_of(update)
                self._lanes[chat].append(update)
                if len(self._lanes[chat]) == 1:
                    self._tasks.create_task(self._empty(chat))
            await self._state.pulse.until(UPDATES, self._something_new, AN_HOUR)

    def _something_new(self) -> bool:
        return _replaced(self._state, self._webhook) or self._state.queue.news(self._newest)

    async def _empty(self, chat: object) -> None:
        """Bring all of one chat, each when the one before it was taken."""
        lane, pause = self._lanes[chat], SHORTEST_PAUSE
        while lane and not _replaced(self._state, self._webhook):
            async with self._connections:
                taken = await self._bring(lane[0])
            if not taken:
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
                continue
            self._state.queue.confirm(int(str(lane.popleft()["update_id"])))
            self._state.pulse.beat(UPDATES)
            pause = SHORTEST_PAUSE

    async def _bring(self, update: Json) -> bool:
        secret = {HEADER: self._webhook.secret} if self._webhook.secret else {}
        try:
            async with self._session.post(self._webhook.url, json=update, headers=secret) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False


def _chat_of(update: Json) -> object:
    """Which lane an update belongs in: its chat, or one for all that have none."""
    for kind in update.values():
        found = kind.get("message", kind) if isinstance(kind, dict) else {}
        chat = found.get("chat") if isinstance(found, dict) else None
        if isinstance(chat, dict):
            return str(chat.get("id"))
    return None
