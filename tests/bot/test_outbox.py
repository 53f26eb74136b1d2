"""A broadcast meets what broadcasts meet: kills, refusals, a network that is away, chats that are gone."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from bench import Bench, bench
from killed_while_sending import killed_while_sending
from organisation import Run, ask_everybody, asked, settle
from test_robustness import WEDNESDAY
from test_time import QUESTION, said, ticked

from bot.network.pace import EvenPace
from bot.run import build, furnish
from bot.sandbox.errors import ApiError, forbidden, too_many
from bot.sandbox.methods import METHODS
from bot.sandbox.model import User
from bot.sandbox.server import Sandbox
from bot.schedule.outbox import AT_ONCE, READY
from bot.settings import read_settings

HELP = "/gegevens"
"""Stands in the answer to /help, and in no question."""


async def many(b: Bench, team: str, how_many: int) -> list[User]:
    """So many naasten who are asked on Wednesday afternoon."""
    users = [b.sandbox.world.user(f"Persoon {number}") for number in range(how_many)]
    await asyncio.gather(*(b.join(user, team, "naaste") for user in users))
    return users


def refusing(monkeypatch: pytest.MonkeyPatch, refusal: Any, method: str = "sendmessage") -> None:
    """The server asks `refusal` first, with the chat and how often it was asked before; it may raise."""
    real, calls = METHODS[method], list[int]()

    def send(state: Any, params: Any) -> Any:
        calls.append(params.chat_id())
        refusal(params.chat_id(), len(calls) - 1)
        return real(state, params)

    methods: Any = METHODS
    monkeypatch.setitem(methods, method, send)


async def test_kill_nine_repeats_no_more_than_was_under_way(tmp_path: Path) -> None:
    """After each kill at most what was under way comes twice; the log says how many, and nobody is left out."""
    story = await killed_while_sending(tmp_path, 2, 0.1, random.Random(3))
    assert story.left_out == 0
    assert all(kill.repeated <= kill.promised <= AT_ONCE for kill in story.kills)
    log = (tmp_path / "log").read_text()
    assert "may come twice" in log
    assert "Persoon" not in log


async def test_a_broadcast_is_never_refused(tmp_path: Path) -> None:
    """The real program at its own pace, against a server that enforces the limits: everybody once, no 429."""
    async with Sandbox(limits=True) as sandbox:
        b = Bench(sandbox, tmp_path / "data")
        users = settle(b, 3, 75)
        ask_everybody(b)
        run = Run(b, tmp_path / "log")
        await run.start()
        for _ in range(300):
            await asyncio.sleep(0.1)
            if all(asked(b, user) for user in users):
                break
        await run.end()
        assert [len(asked(b, user)) for user in users] == [1] * 75
        assert sandbox.refused == 0


async def test_too_many_requests_in_the_middle_doubles_and_skips_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal with a waiting time holds everything for that long; then all that waited goes, once."""

    def refusal(_: int, before: int) -> None:
        if before in (5, 6, 12):
            raise too_many(1)

    async with bench(tmp_path) as b:
        team = await b.team()
        users = await many(b, team, 20)
        refusing(monkeypatch, refusal)
        b.set_clock(WEDNESDAY)
        await ticked(b)
        await asyncio.sleep(2.5)
        await ticked(b)
        assert [said(b, user).count(QUESTION) for user in users] == [1] * 20


async def test_a_server_that_is_away_for_a_while_doubles_and_skips_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nothing can be sent, what is planned waits; nobody is waited for at a question that never came."""
    away = True

    def refusal(_: int, __: int) -> None:
        if away:
            raise ApiError(502, "Bad Gateway")

    monkeypatch.setattr("bot.network.send.RETRIES", 1)
    monkeypatch.setattr("bot.schedule.outbox.TRY_AGAIN", 0.2)
    async with bench(tmp_path) as b:
        team = await b.team()
        users = await many(b, team, 40)
        refusing(monkeypatch, refusal)
        b.set_clock(WEDNESDAY)
        await ticked(b)
        await b.stop()
        await b.start()
        assert not any(QUESTION in said(b, user) for user in users)
        b.set_clock(WEDNESDAY.replace(hour=18))
        away = False
        await ticked(b)
        await ticked(b)
        assert [said(b, user).count(QUESTION) for user in users] == [1] * 40


async def test_a_question_that_was_not_sent_lies_open_before_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What failed for today is dropped the next day, and does not count as a question that nobody tapped."""

    def refusal(_: int, __: int) -> None:
        raise ApiError(502, "Bad Gateway")

    monkeypatch.setattr("bot.network.send.RETRIES", 1)
    monkeypatch.setattr("bot.schedule.outbox.TRY_AGAIN", 0.2)
    async with bench(tmp_path) as b:
        team = await b.team()
        (anna,) = await many(b, team, 1)
        (person,) = b.store.contacts.of_chat(anna.id)
        refusing(monkeypatch, refusal)
        b.set_clock(WEDNESDAY)
        await ticked(b)
        b.set_clock(WEDNESDAY.replace(day=10))
        await ticked(b)
        assert b.diary(team).open_prompts(person.id) == {}
        assert [state for _, state in b.diary(team).history(person.id)] == ["dropped"]


async def test_a_connection_that_breaks_doubles_nobody_and_skips_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may have arrived is not said again; until the server answers, hardly anybody's question is risked."""
    broken = ["posts first", "posts nothing", ""]

    async with bench(tmp_path) as b:
        team = await b.team()
        users = await many(b, team, 40)
        real = Sandbox._result

        async def breaks(self: Sandbox, request: web.Request) -> object:
            sends = request.match_info["method"].lower() == "sendmessage"
            result = await real(self, request) if broken[0] != "posts nothing" or not sends else None
            if sends and broken[0] and request.transport is not None:
                request.transport.abort()
            return result

        monkeypatch.setattr("bot.schedule.outbox.TRY_AGAIN", 0.5)
        monkeypatch.setattr(Sandbox, "_result", breaks)
        b.set_clock(WEDNESDAY)
        while broken[0]:
            await ticked(b)
            broken.pop(0)
        await ticked(b)
        await asyncio.sleep(1.5)
        await ticked(b)
        times = [said(b, user).count(QUESTION) for user in users]
        assert max(times) == 1
        assert times.count(0) <= 2 * READY
        assert b.store.agenda.waiting() == 0


async def test_a_locked_file_doubles_and_skips_nobody(tmp_path: Path) -> None:
    """What was sent and could not be written down is written later, and nothing more is sent before that."""
    async with bench(tmp_path) as b:
        team = await b.team()
        users = await many(b, team, 40)
        b.store.contacts.db.conn.execute("PRAGMA busy_timeout = 20")
        b.set_clock(WEDNESDAY)
        other = sqlite3.connect(b.data / "contacts.db", isolation_level=None)
        for _ in range(8):
            await asyncio.sleep(0.2)
            with contextlib.suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(0.2)
            with contextlib.suppress(sqlite3.OperationalError):
                other.execute("ROLLBACK")
        other.close()
        await ticked(b)
        await asyncio.sleep(1)
        await ticked(b)
        assert [said(b, user).count(QUESTION) for user in users] == [1] * 40


async def test_a_bot_that_is_told_to_stop_leaves_nothing_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped in the middle of a broadcast, it goes on at the next start: nobody twice, nobody left out."""
    async with bench(tmp_path) as b:
        team = await b.team()
        users = await many(b, team, 30)
        monkeypatch.setattr("bench.EvenPace", lambda **_: EvenPace(per_second=10, per_chat_seconds=0))
        await b.restart()
        b.set_clock(WEDNESDAY)
        await ticked(b)
        assert b._task is not None
        b._stop.set()
        await b._task
        states = [row["state"] for row in b.store.contacts.db["outbox"].rows]
        assert {"sent", "pending"} <= set(states) <= {"sent", "pending", "dropped"}
        monkeypatch.undo()
        await b.restart()
        await ticked(b)
        assert [said(b, user).count(QUESTION) for user in users] == [1] * 30


async def test_people_who_are_gone_hold_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocked, deleted and unknown chats in a broadcast: they are sent nothing more, and all others are asked."""
    async with bench(tmp_path) as b:
        team = await b.team()
        users = await many(b, team, 24)
        blocked, deleted, unknown = users[:3]

        def refusal(chat: int, _: int) -> None:
            if chat == deleted.id:
                raise forbidden("user is deactivated")

        refusing(monkeypatch, refusal)
        b.sandbox.world.chat(blocked).status = "kicked"
        del b.sandbox.world.state.chats[unknown.id]
        b.set_clock(WEDNESDAY)
        await ticked(b)
        assert [said(b, user).count(QUESTION) for user in users[3:]] == [1] * 21
        states = {user.id: b.store.contacts.of_chat(user.id)[0].state for user in users}
        assert [states[user.id] for user in users] == ["blocked"] * 3 + ["active"] * 21
        assert b.store.agenda.waiting() == 0


async def test_a_group_that_moved_gets_its_page(tmp_path: Path) -> None:
    """A page follows a group to the supergroup that it became, and so does everything after it."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        group = world.group("Team", [world.user("Eigenaar")])
        world.add_bot(group, b.code(team, "group"))
        await world.next_message(group, after=0)
        # The update about it is still on its way when the page leaves.
        new = world.state.add_group(group.title, tuple(group.members.values()), "supergroup")
        new.status, group.migrated_to = group.status, new
        settings = read_settings(b.env)
        app = build(settings, b.sandbox.token, EvenPace())
        async with app.bot:
            sender = furnish(settings, b.store, app.bot).sender
            await sender.send_page(group.id, "bladzij.html", "<p>Dag</p>", "De bladzij")
        assert [m.document.name for m in world.chat(new).messages if m.document] == ["bladzij.html"]
        assert b.store.groups.chat_of(team) == new.id


async def test_somebody_whose_own_question_waits_is_answered_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply waits behind a few messages of a broadcast at most, also in a chat that is to get one of them."""
    async with bench(tmp_path) as b:
        team = await b.team()
        users = await many(b, team, 40)
        monkeypatch.setattr("bench.EvenPace", lambda **_: EvenPace(per_second=20, per_chat_seconds=0))
        await b.restart()
        b.set_clock(WEDNESDAY)
        for _ in range(100):
            await asyncio.sleep(0.05)
            if any(QUESTION in said(b, user) for user in users):
                break
        waiting = [user for user in users if QUESTION not in said(b, user)]
        for user in waiting:
            b.sandbox.world.say(user, user, "/help")
        for user in waiting:
            await b.sandbox.world.until(user, lambda user=user: any(HELP in text for text in said(b, user)), 20)
        told = [[HELP in text for text in said(b, user) if HELP in text or text == QUESTION] for user in waiting]
        assert len(waiting) > 2 * READY
        assert sum(not helped_first for helped_first, *_ in told) <= READY + 2


@pytest.mark.parametrize(
    ("left", "hours"),
    [("sending", 6.5), ("sending", 20), ("sending", -30), ("pending", 20)],
    ids=["at night", "the next day", "with the clock set back", "put back too late"],
)
async def test_what_arrived_before_a_crash_can_be_answered_the_next_day(
    tmp_path: Path, left: str, hours: float
) -> None:
    """Restarted in the night or later it is not asked again that round, and whoever has it is not refused."""
    async with bench(tmp_path) as b:
        team = await b.team()
        (anna,) = await many(b, team, 1)
        b.set_clock(WEDNESDAY)
        await ticked(b)
        asked = b.sandbox.world.chat(anna).messages[-1]
        (person,) = b.store.contacts.of_chat(anna.id)
        (errand,) = b.diary(team).sent(person.id)
        b.diary(team).mark(errand, left)
        b.forward(hours=hours)
        await b.restart()
        b.set_clock(WEDNESDAY + timedelta(hours=20))
        await ticked(b)
        assert [state for _, state in b.diary(team).history(person.id)] == ["sent"]
        following = await b.press(anna, asked, asked.labels[0])
        assert following.labels
        assert b.diary(team).open_prompts(person.id) == {}


async def test_feedback_that_may_not_have_arrived_is_sent_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that breaks costs no coordinator the page of a whole period."""
    real, calls = Sandbox._result, list[str]()

    async def breaks(self: Sandbox, request: web.Request) -> object:
        page = request.match_info["method"].lower() == "senddocument"
        calls.extend(["page"] * page)
        if page and len(calls) <= 1 and request.transport is not None:
            request.transport.abort()
            return None
        return await real(self, request)

    monkeypatch.setattr("bot.schedule.outbox.TRY_AGAIN", 0.1)
    async with bench(tmp_path) as b:
        await b.team()
        monkeypatch.setattr(Sandbox, "_result", breaks)
        b.forward(weeks=16, hours=1)
        coordinator = next(
            u for u in b.sandbox.world.state.users.values() if u.first_name.startswith("Kartrekker")
        )
        chat = b.sandbox.world.chat(coordinator)
        await b.sandbox.world.until(coordinator, lambda: any(m.document for m in chat.messages), 20)
        await ticked(b)
        assert len([m for m in chat.messages if m.document]) == 1
