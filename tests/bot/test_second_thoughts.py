"""What a second round of trying to break it found: odd moments, odd places, and Telegram being away."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import AMSTERDAM, bench
from telegram.error import TimedOut
from telegram.ext import ExtBot
from test_answering import checked_in, kept
from test_robustness import WEDNESDAY, failing
from test_time import QUESTION, said, ticked

from bot.network.calm import BURST
from bot.network.pace import EvenPace
from bot.network.patience import FREE_TRIES
from bot.network.transport import NeverLeftError
from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS
from bot.wording import rights_texts, texts


async def test_a_personal_code_in_a_group_lets_nobody_in(tmp_path: Path) -> None:
    """A group can only become the team's group; a coordinator's code stays usable by a person."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        owner, carla = world.user("Eigenaar"), world.user("Carla")
        group = world.group("Team", [owner])
        code = b.code(team, "coordinator")
        world.add_bot(group, code)
        refused = await world.next_message(group, after=0)
        assert refused.text == texts.PERSONAL_CODE
        assert b.store.contacts.of_chat(group.id) == []
        said_to_carla = await b.after(carla, lambda: world.start(carla, code))
        assert "coördinator van De Linde" in said_to_carla.text


async def test_a_connection_that_never_came_about_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A prompt that never left is sent once the network is back; one that may have arrived is not repeated."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        real, calls = ExtBot.do_api_request, list[int]()

        async def away(self: Any, *args: Any, **kwargs: Any) -> Any:
            if args[0] != "sendMessage":
                return await real(self, *args, **kwargs)
            calls.append(1)
            if len(calls) <= 2:
                raise NeverLeftError("away")
            if len(calls) == 3:
                await real(self, *args, **kwargs)
                raise TimedOut("late")
            return await real(self, *args, **kwargs)

        monkeypatch.setattr(ExtBot, "do_api_request", away)
        b.set_clock(WEDNESDAY)
        await b.sandbox.world.until(anna, lambda: QUESTION in said(b, anna))
        await ticked(b)
        assert said(b, anna).count(QUESTION) == 1
        assert len(calls) == 3


async def test_a_flood_at_the_real_pace_hides_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At one message a second per chat, 300 messages of one chat still let another chat through."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        noise = b.sandbox.world.user("Ruis")
        await b.after(noise, lambda: b.sandbox.world.start(noise))
        await b.stop()
        monkeypatch.setattr("bench.EvenPace", lambda **_: EvenPace())
        await b.start()
        for number in range(300):
            b.sandbox.world.say(noise, noise, f"/help {number}")
        begin = time.monotonic()
        await b.press(anna, asked, "Goed")
        assert time.monotonic() - begin < 3
        assert len(said(b, noise)) <= BURST + 3
        menu = b.sandbox.world.say(noise, noise, "/stop")
        assert menu.text == "/stop"


async def test_joins_are_told_though_the_group_moves(tmp_path: Path) -> None:
    """A group that becomes a supergroup hears of every join, once."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        group = world.group("Team", [world.user("Eigenaar")])
        world.add_bot(group, b.code(team, "group"))
        await world.next_message(group, after=0)
        b.set_clock(WEDNESDAY.replace(hour=23))
        for name in ("Anna", "Bert"):
            await b.join(world.user(name), team, "naaste")
        moved = world.upgrade(group)
        await world.settled()
        b.set_clock(WEDNESDAY + timedelta(days=1))
        await ticked(b)
        assert said(b, moved).count(texts.JOINS_ANNOUNCED.format(count=2)) == 1
        await b.join(world.user("Cor"), team, "naaste")
        await ticked(b)
        assert said(b, moved).count(texts.JOIN_ANNOUNCED) == 1


async def test_the_day_of_closing_asks_nothing_twice(tmp_path: Path) -> None:
    """Whoever was asked in the morning is not asked again by the period that opens at noon."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        morning = datetime(2026, 11, 11, 15, 1, tzinfo=AMSTERDAM)
        b.set_clock(morning)
        await ticked(b)
        before = len(said(b, anna))
        assert said(b, anna).count(QUESTION) == 1
        b.set_clock(morning + timedelta(hours=2))
        assert b.run("close", team).returncode == 0
        await ticked(b)
        assert len(said(b, anna)) == before


async def test_a_refused_tap_works_once_it_may(tmp_path: Path) -> None:
    """A button that was over while someone had stopped works again when they take part again."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        menu = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/stop"))
        again = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/stop"))
        assert again.labels == menu.labels
        assert await b.alert(anna, asked, "Goed") == texts.OVER
        await b.sandbox.world.tap(anna, menu, rights_texts.STOP_UNDO).answered()
        await b.press(anna, asked, "Goed")
        assert kept(b, team) == {"hoe": "goed"}


async def test_stopping_does_not_wait_for_telegram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While Telegram says to wait for minutes, the bot still ends within seconds, and forgets nothing."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        methods: Any = METHODS
        real = methods["sendmessage"]

        def wait(state: Any, params: Any) -> Any:
            raise ApiError(429, "Too Many Requests: retry after 120", parameters={"retry_after": 120})

        monkeypatch.setitem(methods, "sendmessage", wait)
        b.set_clock(WEDNESDAY)
        await asyncio.sleep(1.5)
        begin = time.monotonic()
        b._stop.set()
        assert b._task is not None
        await b._task
        assert time.monotonic() - begin < 12
        b._task = None
        b.store.close()
        monkeypatch.setitem(methods, "sendmessage", real)
        await b.start()
        await ticked(b)
        assert said(b, anna).count(QUESTION) == 1


async def test_the_last_of_many_codes_counts(tmp_path: Path) -> None:
    """A right code that comes while a slow answer is under way is answered too."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        for number in range(FREE_TRIES):
            await b.after(anna, lambda number=number: b.sandbox.world.start(anna, f"gok{number}"))
        b.sandbox.world.start(anna, "gok-nog-een")
        await b.sandbox.world.settled()
        b.sandbox.world.say(anna, anna, b.code(team, "naaste").upper())
        await b.sandbox.world.until(anna, lambda: any("nodigt je uit" in text for text in said(b, anna)), 10)


async def test_a_long_word_is_no_code(tmp_path: Path, own_trees: str) -> None:
    """One word of sixteen letters is an answer when words are awaited."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")
        own = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        await b.press(anna, own, "Ja")
        proposal = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "verantwoordelijk"))
        assert proposal.text != texts.WRONG_CODE
        assert b.store.invitations.failed_tries(anna.id) == 0


async def test_checkin_on_a_shaky_network_asks_one_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trying again asks the same again, never the next."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        failing(monkeypatch, 5)
        asked = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        assert asked.text == QUESTION
        await b.sandbox.world.settled()
        assert len([text for text in said(b, anna) if text.startswith("De Linde\n\n")]) == 1
