"""What the page may ask for, as HTTP and JSON. The page can act as everybody, so only the page may ask.

Every request must name this server as its host (no other name may be pointed here), come from this origin if
from any, and carry a header of our own, which no other site can add without the browser asking us first.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Self

from aiohttp import web

from bot.sandbox import attachments, view
from bot.sandbox.panel import DemoPanel
from bot.sandbox.people import NotPossibleError
from bot.sandbox.pulse import ANYTHING
from bot.sandbox.updates import Json
from bot.sandbox.world import World

HEADER = "X-Sandbox"
EVENT_SECONDS = 20.0
TAP_SECONDS = 8.0
PAGE = {
    "/": ("index.html", "text/html"),
    "/sandbox/app.js": ("app.js", "text/javascript"),
    "/sandbox/phone.js": ("phone.js", "text/javascript"),
    "/sandbox/message.js": ("message.js", "text/javascript"),
    "/sandbox/text.js": ("text.js", "text/javascript"),
    "/sandbox/icon.svg": ("icon.svg", "image/svg+xml"),
    "/sandbox/style.css": ("style.css", "text/css"),
}
OWN_FILES_ONLY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
"""The page's content security policy: nothing from any other place, nothing inline."""
DOCUMENT_IN_A_BOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""A document from the bot runs no script, and is a stranger to the page that opened it."""


class RefusedError(Exception):
    """A request that did not come from our page."""


class Control:
    """The page's routes. `origin` is set once the server knows its port."""

    def __init__(self, world: World, panel: DemoPanel | None) -> None:
        self.world = world
        self.panel = panel
        self.origin = ""

    def add_routes(self, app: web.Application) -> None:
        """Put the page and what it asks for in this application."""
        for path in PAGE:
            app.router.add_get(path, self._page)
        app.router.add_get("/sandbox/document/{path:.+}", self._document)
        app.router.add_get("/sandbox/events", self._guarded(self._events))
        for name, handler in self._handlers().items():
            app.router.add_post(f"/sandbox/{name}", self._guarded(handler))

    def _handlers(self) -> Mapping[str, Callable[[web.Request], Awaitable[web.Response]]]:
        acts = {
            "say": self._say, "send": self._send, "tap": self._tap, "start": self._start, "follow": self._follow,
            "block": self._block, "action": self._action,
        }  # fmt: skip

        def handler(act: Callable[[Asked], Awaitable[Json]]) -> Callable[[web.Request], Awaitable[web.Response]]:
            async def answer(request: web.Request) -> web.Response:
                return web.json_response(await act(Asked.parse(await request.text())))

            return answer

        return {name: handler(act) for name, act in acts.items()}

    def _guarded(
        self, handler: Callable[[web.Request], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The handler, behind the checks, with kind words for what is not possible."""

        async def checked(request: web.Request) -> web.Response:
            try:
                self._check_host(request)
                self._check_ours(request)
                return await handler(request)
            except RefusedError:
                return web.json_response({"error": "Dit kan alleen vanaf de pagina zelf."}, status=403)
            except (LookupError, NotPossibleError):
                return web.json_response({"error": "Dat kan nu niet."}, status=409)

        return checked

    def _check_host(self, request: web.Request) -> None:
        port = self.origin.rpartition(":")[2]
        if request.host not in {f"127.0.0.1:{port}", f"localhost:{port}"}:
            raise RefusedError

    def _check_ours(self, request: web.Request) -> None:
        if request.headers.get("Origin", f"http://{request.host}") != f"http://{request.host}":
            raise RefusedError
        if HEADER not in request.headers:
            raise RefusedError

    async def _page(self, request: web.Request) -> web.Response:
        name, kind = PAGE[request.path]
        body = files("bot.sandbox").joinpath("page", name).read_text(encoding="utf-8")
        headers = {
            "Content-Security-Policy": OWN_FILES_ONLY + "; frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return web.Response(text=body, content_type=kind, charset="utf-8", headers=headers)

    async def _document(self, request: web.Request) -> web.Response:
        """A document or picture of the bot, to look at in a tab of its own."""
        for file in self.world.state.files.values():
            if file.path == request.match_info["path"]:
                headers = {"Content-Security-Policy": DOCUMENT_IN_A_BOX, "X-Content-Type-Options": "nosniff"}
                return web.Response(body=file.content, content_type=file.mime, charset="utf-8", headers=headers)
        raise web.HTTPNotFound

    async def _events(self, request: web.Request) -> web.Response:
        """The page as it is, as soon as it differs from beat `since`; or after a while, for the status line."""
        state = self.world.state

        def news() -> bool:
            return state.closed or request.query.get("since") != str(state.pulse.beats)

        await state.pulse.until(ANYTHING, news, EVENT_SECONDS)
        return web.json_response(view.page(state, self.panel))

    async def _say(self, asked: Asked) -> Json:
        chat = self.world.chat(asked.number("chat"))
        answered = chat.by_id[asked.number("reply")] if asked.has("reply") else None
        self.world.say(self.world.state.users[asked.number("person")], chat, asked.text("text"), answered)
        return {}

    async def _send(self, asked: Asked) -> Json:
        kind = next((kind for kind in attachments.KINDS if kind == asked.text("kind")), None)
        if kind is None:
            raise LookupError("no such kind")
        self.world.send(self.world.state.users[asked.number("person")], asked.number("chat"), kind)
        return {}

    async def _tap(self, asked: Asked) -> Json:
        """Tap a button; what the bot answers, or an empty text when it takes long."""
        message = self.world.chat(asked.number("chat")).by_id[asked.number("message")]
        button = message.keyboard[asked.number("row")][asked.number("column")]
        tap = self.world.tap(self.world.state.users[asked.number("person")], message, button.data)
        try:
            answer = await tap.answered(TAP_SECONDS)
        except TimeoutError:
            return {"text": "De bot antwoordt nog niet.", "alert": False}
        return {"text": answer.text, "alert": answer.alert, "url": answer.url}

    async def _start(self, asked: Asked) -> Json:
        self.world.start(self.world.state.users[asked.number("person")], asked.text("code"))
        return {}

    async def _follow(self, asked: Asked) -> Json:
        self.world.follow(self.world.state.users[asked.number("person")], asked.text("url"))
        return {}

    async def _block(self, asked: Asked) -> Json:
        user = self.world.state.users[asked.number("person")]
        blocked = self.world.chat(user).status == "kicked"
        (self.world.unblock if blocked else self.world.block)(user)
        return {}

    async def _action(self, asked: Asked) -> Json:
        actions = self.panel.actions if self.panel else ()
        action = next((action for action in actions if action.id == asked.text("id")), None)
        if action is None:
            raise LookupError("no such action")
        return {"text": await action.run()}


class Asked:
    """What the page sent along."""

    def __init__(self, body: Json) -> None:
        self._body = body

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a JSON object. Raises NotPossibleError when it is none."""
        try:
            body = json.loads(text)
        except ValueError as error:
            raise NotPossibleError("not JSON") from error
        if not isinstance(body, dict):
            raise NotPossibleError("expected a JSON object")
        return cls(body)

    def text(self, name: str) -> str:
        """A string, empty when absent. Raises NotPossibleError when it is something else."""
        value = self._body.get(name, "")
        if not isinstance(value, str):
            raise NotPossibleError(name)
        return value

    def has(self, name: str) -> bool:
        """Whether this was sent along."""
        return self._body.get(name) is not None

    def number(self, name: str) -> int:
        """A whole number. Raises NotPossibleError when it is something else, or absent."""
        value = self._body.get(name)
        if not isinstance(value, int):
            raise NotPossibleError(name)
        return value
