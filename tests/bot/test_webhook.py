"""Updates that Telegram brings: only by whoever knows the secret, and confirmed only when they are stored."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import test_answering
import test_joining
from bench import Bench, a_webhook, bench
from test_answering import checked_in, kept

from bot.network.updates import Updates
from bot.network.webhook import HEADER, MOST_BYTES
from bot.sandbox.model import Message, User
from bot.settings import SettingsError, read_settings

STORIES = (
    test_joining.test_join_then_checkin_then_answer,
    test_answering.test_changing_an_answer_removes_the_path_that_is_left,
    test_answering.test_a_double_tap_asks_the_next_question_once,
    test_answering.test_updates_delivered_again_change_nothing,
    test_answering.test_an_update_that_can_not_be_handled_stops_nothing,
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.removeprefix("test_"))
async def test_the_same_story_by_webhook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story: Callable[[Path], Coroutine[Any, Any, None]]
) -> None:
    """What people notice is the same, whichever way their taps and words come in."""
    monkeypatch.setattr("bench.BY_WEBHOOK", True)
    await story(tmp_path)


async def bring(b: Bench, update: object, *, secret: str | None = None, path: str = "") -> tuple[int, bytes]:
    """Bring something to the webhook as anybody can who reaches it; the status and the body of the answer."""
    hook = b.sandbox.world.state.webhook
    assert hook is not None
    headers = {HEADER: hook.secret if secret is None else secret}
    body = {"data": update} if isinstance(update, bytes) else {"json": update}
    async with (
        aiohttp.ClientSession() as session,
        session.post(hook.url + path, headers={k: v for k, v in headers.items() if v}, **body) as answer,
    ):
        return answer.status, await answer.read()


def tapped(b: Bench, user: User, message: Message, label: str, number: int) -> dict[str, object]:
    """The update that a tap would bring, without the sandbox bringing it."""
    b.sandbox.world.state.queue.allow(["message"])
    tap = b.sandbox.world.tap(user, message, label)
    data = message.button(label).data
    query = {"id": tap.id, "from": user.json(), "message": message.json(), "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}


async def test_only_who_knows_the_secret_brings_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stranger who found the address can bring no answer, and learns and leaves nothing but a count."""
    async with bench(tmp_path, webhook=True) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        update = tapped(b, anna, asked, "Goed", 900_000_000)
        capsys.readouterr()
        for secret in ("", "x", "ë", "x" * 300):
            assert await bring(b, update, secret=secret) == (401, b"")
        (line,) = capsys.readouterr().err.splitlines()
        assert line.endswith("WARNING calls to the webhook without the right secret: 1")
        assert kept(b, team) == {}
        assert await bring(b, update) == (200, b"")
        assert kept(b, team) == {"hoe": "goed"}


async def test_each_start_has_a_secret_of_its_own(tmp_path: Path) -> None:
    """Whoever once saw a secret, in a log of a proxy perhaps, can do nothing with it after a restart."""
    async with bench(tmp_path, webhook=True) as b:
        first = b.sandbox.world.state.webhook
        await b.restart()
        second = b.sandbox.world.state.webhook
        assert first is not None
        assert second is not None
        assert len(second.secret) >= 32
        assert first.secret != second.secret
        assert (await bring(b, {"update_id": 1}, secret=first.secret))[0] == 401


BROUGHT: tuple[tuple[object, int], ...] = (
    (b"", 400),
    (b"{", 400),
    (b"\xff\xfe", 400),
    (b"[" * 100_000, 400),
    ([], 400),
    (5, 400),
    (b" " * (MOST_BYTES + 1), 413),
    ({}, 200),
    ({"update_id": "tekst"}, 200),
    ({"update_id": 2**70}, 200),
    ({"update_id": 900_000_001}, 200),
    ({"update_id": 900_000_002, "message": []}, 200),
    ({"update_id": 900_000_003, "something_new": {"of": "next year"}}, 200),
)


async def test_nothing_that_is_brought_ends_the_bot(tmp_path: Path) -> None:
    """What is no update is refused; what can't be read is set aside and confirmed; the next person is answered."""
    async with bench(tmp_path, webhook=True) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        for update, status in BROUGHT:
            assert (await bring(b, update))[0] == status, update
        assert b.store.ledger.set_aside() == [(900_000_002, "TypeError")]
        await b.press(anna, asked, "Goed")
        assert kept(b, team) == {"hoe": "goed"}


async def test_there_is_one_address_and_nothing_else(tmp_path: Path) -> None:
    """The server does one thing: any other path is unknown, even with the secret."""
    async with bench(tmp_path, webhook=True) as b:
        assert (await bring(b, {"update_id": 1}, path="/more"))[0] == 404


async def test_an_update_brought_twice_at_once_counts_once(tmp_path: Path) -> None:
    """Telegram brings again what it waited for too long; both times it hears that all is well, once it is."""
    async with bench(tmp_path, webhook=True) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        update = tapped(b, anna, asked, "Goed", 900_000_000)
        before = len(b.sandbox.world.chat(anna).messages)
        assert await asyncio.gather(*(bring(b, update) for _ in range(5))) == [(200, b"")] * 5
        assert kept(b, team) == {"hoe": "goed"}
        assert len(b.sandbox.world.chat(anna).messages) == before + 1


async def test_what_is_not_stored_is_not_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update whose number can't be written down gets 503, and comes again; its answer still counts once."""
    async with bench(tmp_path, webhook=True) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        update = tapped(b, anna, asked, "Goed", 900_000_000)

        def full(_: Updates) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        with monkeypatch.context() as patched:
            patched.setattr(Updates, "commit", full)
            assert await bring(b, update) == (503, b"")
        assert await bring(b, update) == (200, b"")
        assert kept(b, team) == {"hoe": "goed"}


async def test_too_much_at_once_comes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the bot has no hands for is left with Telegram, and nothing of it is lost."""
    async with bench(tmp_path, webhook=True) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        with monkeypatch.context() as patched:
            patched.setattr("bot.network.updates.MOST_AT_ONCE", 0)
            b.sandbox.world.tap(anna, asked, "Goed")
            await asyncio.sleep(0.2)
            assert kept(b, team) == {}
        await b.sandbox.world.until(anna, lambda: "✓ Goed" in asked.text)
        await b.sandbox.world.settled()
        assert kept(b, team) == {"hoe": "goed"}


async def test_going_over_to_polling_and_back_loses_nothing(tmp_path: Path) -> None:
    """`--webhook` can be left out or added at any start: what came in between waits, and is handled once."""
    async with bench(tmp_path, webhook=True) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        for label, way in (("Goed", False), ("Zwaar", True), ("Wisselend", False)):
            await b.stop()
            b.sandbox.world.tap(anna, asked, label if label in asked.labels else "Wijzig")
            b.webhook = way
            await b.start()
            await b.sandbox.world.settled()
            if label in asked.labels:
                await b.press(anna, asked, label)
            assert (b.sandbox.world.state.webhook is not None) == way
            assert kept(b, team)["hoe"] == label.lower()


def test_every_fault_of_the_webhook_is_told_at_once() -> None:
    """An operator hears in one go what is wrong with the address, and with where to listen."""
    with pytest.raises(SettingsError) as found:
        read_settings({"NAASTBOT_WEBHOOK_URL": "http://example.org/x", "NAASTBOT_WEBHOOK_LISTEN": "8443"})
    assert [fault.split(" ")[0] for fault in found.value.faults] == [
        "NAASTBOT_WEBHOOK_URL",
        "NAASTBOT_WEBHOOK_LISTEN",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org:99",
        "https://[::1",
        "https://a.nl:x",
        "https://a.nl/{x",
    ],
)
def test_an_address_that_telegram_can_not_use_is_refused(url: str) -> None:
    """What setWebhook would refuse is said before the bot starts."""
    with pytest.raises(SettingsError):
        read_settings({"NAASTBOT_WEBHOOK_URL": url})


def test_a_webhook_that_can_not_be_is_one_clear_line(tmp_path: Path) -> None:
    """Without an address, or on a port that is taken, the bot does not start, and says what to do."""
    taken = a_webhook()
    host, _, port = taken["NAASTBOT_WEBHOOK_LISTEN"].rpartition(":")

    async def both() -> list[str]:
        server = await asyncio.start_server(lambda *_: None, host, int(port))
        async with server, bench(tmp_path) as b:
            await b.stop()
            said = [await asyncio.to_thread(b.run, "run", "--webhook", env=env) for env in ({}, taken)]
            assert [process.returncode for process in said] == [2, 1]
            await b.start()
        return [process.stderr.splitlines()[-1] for process in said]

    without, busy = asyncio.run(both())
    assert "NAASTBOT_WEBHOOK_URL" in without
    assert "NAASTBOT_WEBHOOK_LISTEN" in busy
