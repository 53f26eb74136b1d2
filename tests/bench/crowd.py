"""A Bot API server with a crowd: everybody has one tap in flight, and taps again as soon as the bot has replied.

As little as a bot can do with, so that the bot is what is measured: no rule of Telegram's is checked here, apart
from what `getUpdates` promises. An update stays until a later offset confirms it, and comes again until then.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections import Counter
from types import TracebackType
from urllib.parse import unquote_plus

from aiohttp import web

TOKEN = "1:crowd"
BATCH = 100
OPTIONS = 3
"""Of how many buttons a person taps one, in turns: the first ones, which are answers."""

_CHAT = re.compile(r'(?:^|&)chat_id=(\d+)|name="?chat_id"?\r\n(?:[^\r\n]+\r\n)*\r\n(\d+)')
_OFFSET = re.compile(r'(?:^|&)offset=(\d+)|name="?offset"?\r\n(?:[^\r\n]+\r\n)*\r\n(\d+)')
_TIMEOUT = re.compile(r'(?:^|&)timeout=(\d+)|name="?timeout"?\r\n(?:[^\r\n]+\r\n)*\r\n(\d+)')
_BUTTON = re.compile(r'"callback_data": ?("[^"]+")')

BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "crowd_bot"}


class Crowd:
    """So many people on one server. `begin` is what their first button says; without it they type /start.

    Who sees a message without buttons begins again, at a message that they did not tap before.
    """

    def __init__(self, people: int, begin: tuple[str, ...] = ()) -> None:
        self._people = range(1001, 1001 + people)
        self._begin = begin
        self._updates: dict[int, bytes] = {}
        self._numbers = itertools.count(1)
        self._turns = itertools.count()
        self._news = asyncio.Event()
        self._runner: web.ServerRunner | None = None
        self._replies = 0
        self._enough: tuple[int, asyncio.Future[None]] | None = None
        self.calls: Counter[str] = Counter()
        self.url = ""

    async def __aenter__(self) -> Crowd:
        self._runner = web.ServerRunner(web.Server(self._answer))
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def arrive(self) -> None:
        """Everybody taps for the first time."""
        for person in self._people:
            if self._begin:
                self._tap(person, ())
            else:
                self._put("message", {**self._message(person), "text": "/start", "entities": [COMMAND]})

    async def replies(self, count: int, within: float = 120) -> float:
        """Seconds until the bot has sent so many messages more. Raises TimeoutError."""
        began = time.perf_counter()
        enough = asyncio.get_running_loop().create_future()
        self._enough = self._replies + count, enough
        await asyncio.wait_for(enough, within)
        return time.perf_counter() - began

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        method = request.path.rpartition("/")[2].lower()
        body = unquote_plus((await request.read()).decode())
        self.calls[method] += 1
        if method == "getupdates":
            result = await self._get_updates(_number(_OFFSET, body), _number(_TIMEOUT, body))
        elif method == "sendmessage":
            # Each still as JSON: a button may carry characters that are escaped there.
            buttons = tuple(json.loads(data) for data in _BUTTON.findall(body))
            result = self._sent(_number(_CHAT, body), buttons)
        elif method.startswith("editmessage"):
            result = json.dumps({**self._message(_number(_CHAT, body)), "text": "edited"}).encode()
        else:
            result = json.dumps(BOT if method == "getme" else True).encode()
        return web.Response(body=b'{"ok":true,"result":%s}' % result, content_type="application/json")

    async def _get_updates(self, offset: int, patience: int) -> bytes:
        for number in [number for number in self._updates if number < offset]:
            del self._updates[number]
        if not self._updates and patience:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), patience)
        return b"[%s]" % b",".join(itertools.islice(self._updates.values(), BATCH))

    def _sent(self, person: int, buttons: tuple[str, ...]) -> bytes:
        """A message came: whoever it is for taps one of its buttons at once."""
        self._tap(person, buttons)
        self._replies += 1
        if self._enough is not None and self._replies >= self._enough[0]:
            self._enough[1].set_result(None)
            self._enough = None
        return json.dumps({**self._message(person), "text": "sent"}).encode()

    def _tap(self, person: int, buttons: tuple[str, ...]) -> None:
        choices = buttons[:OPTIONS] or self._begin
        data = choices[next(self._turns) % len(choices)]
        rows = [[{"text": "Een antwoord", "callback_data": button}] for button in buttons or self._begin]
        message = {
            **self._message(person),
            "from": BOT,
            "text": "Een vraag, zo lang als vragen zijn die mensen krijgen?",
            "reply_markup": {"inline_keyboard": rows},
        }
        query = {"id": str(next(self._turns)), "from": _user(person), "chat_instance": "1", "data": data}
        self._put("callback_query", {**query, "message": message})

    def _put(self, kind: str, content: dict[str, object]) -> None:
        number = next(self._numbers)
        self._updates[number] = json.dumps({"update_id": number, kind: content}).encode()
        self._news.set()

    def _message(self, person: int) -> dict[str, object]:
        chat = {"id": person, "type": "private", "first_name": "Iemand"}
        return {"message_id": next(self._numbers), "date": 1, "chat": chat, "from": _user(person)}


COMMAND = {"type": "bot_command", "offset": 0, "length": 6}


def _user(person: int) -> dict[str, object]:
    return {"id": person, "is_bot": False, "first_name": "Iemand", "language_code": "nl"}


def _number(pattern: re.Pattern[str], body: str) -> int:
    found = pattern.search(body)
    return int(found[1] or found[2]) if found else 0
