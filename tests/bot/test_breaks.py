"""A break: as long as somebody chose, nothing in it, and no more after it than there would have been."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from bench import Bench, bench
from test_retention import of
from test_silence import WEDNESDAY, questions
from test_time import ticked

from bot.sandbox.model import Message, User
from bot.wording import texts


async def paused(b: Bench, user: User, label: str) -> Message:
    """A break by /settings: two taps."""
    menu = await b.after(user, lambda: b.sandbox.world.say(user, user, "/settings"))
    await b.sandbox.world.tap(user, menu, texts.SET_PAUSE).answered()
    await b.sandbox.world.until(user, lambda: label in menu.labels)
    await b.sandbox.world.tap(user, menu, label).answered()
    await b.sandbox.world.until(user, lambda: menu.text.startswith("Goed."))
    return menu


async def asked_in_weeks(b: Bench, user: User, weeks: int) -> list[int]:
    """How many questions lie in the chat after each of these Wednesdays."""
    seen = []
    for week in range(weeks):
        b.set_clock(WEDNESDAY + timedelta(weeks=week))
        await ticked(b)
        seen.append(len(questions(b, user)))
    return seen


@pytest.mark.parametrize(("label", "seen"), [("Eén week", [0, 1, 2]), ("Twee weken", [0, 0, 1])])
async def test_a_timed_break_ends_by_itself(tmp_path: Path, label: str, seen: list[int]) -> None:
    """Nothing in it, also not what is asked of all; then the next question, once, and none to make up for it."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await paused(b, anna, label)
        assert b.run("ask", team, "wat-lukte").returncode == 0
        assert await asked_in_weeks(b, anna, 3) == seen


async def test_a_break_until_somebody_says_so(tmp_path: Path) -> None:
    """It lasts across restarts until one tap ends it; an old button for a break does what it says."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        old = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/pauze"))
        await paused(b, anna, texts.PAUSES["0"])
        await b.restart()
        assert await asked_in_weeks(b, anna, 6) == [0] * 6
        b.forward(days=1)
        resume = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/pauze"))
        assert resume.labels == [texts.RESUME]
        await b.sandbox.world.tap(anna, resume, texts.RESUME).answered()
        await b.sandbox.world.until(anna, lambda: resume.text == texts.RESUMED)
        await ticked(b)
        assert questions(b, anna) == []
        b.set_clock(WEDNESDAY + timedelta(weeks=6))
        await ticked(b)
        assert len(questions(b, anna)) == 1
        await b.sandbox.world.tap(anna, old, "Vier weken").answered()
        await b.sandbox.world.settled()
        assert of(b, anna).paused_until == (WEDNESDAY + timedelta(weeks=10)).date()


async def test_forged_choices_change_nothing(tmp_path: Path) -> None:
    """A break of three weeks, an eighth day, a rhythm that does not exist: nothing happens to anything."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await b.sandbox.world.settled()
        before, message = of(b, anna), b.sandbox.world.chat(anna).last
        code = b.store.teams.require(team).code
        for kind, rest in (("p", "3"), ("p", "-1"), ("p", ""), ("i", "d.7"), ("i", "e.daily"), ("c", "x.1")):
            await b.sandbox.world.forge(anna, message, f"{kind}.{code}.{rest}").answered()
            await b.sandbox.world.settled()
            assert of(b, anna) == before
