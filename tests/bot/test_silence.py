"""Whoever does not react is asked less, not more: an offer after two prompts, a pause after four."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bench import AMSTERDAM, Bench, bench
from test_retention import of
from test_time import said, ticked

from bot.sandbox.model import Message, User
from bot.wording import rights_texts, silence_texts, texts

WEDNESDAY = datetime(2026, 9, 9, 15, 1, tzinfo=AMSTERDAM)
"""When Anna, who joined on Monday 7 September, is asked for the first time: weekly, in the afternoon."""
OFFER = silence_texts.ASK_LESS.format(team="De Linde")
PAUSE = silence_texts.SILENT.format(team="De Linde")


async def anna_of(b: Bench, team: str, every: str = "Elke week") -> User:
    """Anna, who takes part and then lets everything go by."""
    anna = b.sandbox.world.user("Anna")
    await b.join(anna, team, "naaste", every)
    return anna


async def until_week(b: Bench, week: int, first: int = 0) -> None:
    """Live through the Wednesdays up to this one, the first being 0."""
    for number in range(first, week + 1):
        b.set_clock(WEDNESDAY + timedelta(weeks=number))
        await ticked(b)


def questions(b: Bench, user: User) -> list[Message]:
    """Every question that lies in this chat or lay there."""
    chat = b.sandbox.world.chat(user)
    return [m for m in chat.messages if m.sender == b.sandbox.world.bot and texts.SKIP in m.labels]


async def test_two_unanswered_bring_an_offer_and_four_a_pause(tmp_path: Path) -> None:
    """Prompts that nobody taps: two, an offer in place of the third, two more, a pause; then nothing."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = await anna_of(b, team)
        seen = []
        for week in range(9):
            await until_week(b, week, week)
            seen.append((len(questions(b, anna)), said(b, anna).count(OFFER), said(b, anna).count(PAUSE)))
            if week == 2:
                await b.restart()
        assert seen == [
            *((1, 0, 0), (2, 0, 0), (2, 1, 0), (3, 1, 0)),
            *((4, 1, 0), (4, 1, 1), (4, 1, 1), (4, 1, 1), (4, 1, 1)),
        ]
        assert b.run("ask", team, "hoe-gaat-het-met-jullie").returncode == 0
        await ticked(b)
        assert len(questions(b, anna)) == 4


async def test_the_offer_takes_one_tap_and_comes_again_only_after_a_reaction(tmp_path: Path) -> None:
    """The next slower rhythm is one tap away; whoever lets two more go by later is offered the next one."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = await anna_of(b, team)
        await until_week(b, 2)
        offer = b.sandbox.world.chat(anna).last
        assert offer.labels == [texts.EVERY["fortnightly"], texts.SET_PAUSE, silence_texts.LEAVE_IT]
        changed = await b.press(anna, offer, texts.EVERY["fortnightly"])
        assert "elke twee weken op woensdag" in changed.text
        await b.sandbox.world.settled()
        assert (of(b, anna).rhythm.every, of(b, anna).unanswered) == ("fortnightly", 0)
        await until_week(b, 7, 3)
        assert said(b, anna).count(OFFER) == 1
        again = b.sandbox.world.chat(anna).last
        assert again.labels == [texts.EVERY["fourweekly"], texts.SET_PAUSE, silence_texts.LEAVE_IT]


@pytest.mark.parametrize("label", [texts.SET_PAUSE, silence_texts.LEAVE_IT])
async def test_the_offer_can_be_a_break_or_nothing(tmp_path: Path, label: str) -> None:
    """A break is two taps away; who wants nothing changed says so in one, and is asked again as before."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = await anna_of(b, team)
        await until_week(b, 2)
        offer = b.sandbox.world.chat(anna).last
        await b.sandbox.world.tap(anna, offer, label).answered()
        if label == texts.SET_PAUSE:
            await b.sandbox.world.until(anna, lambda: "Twee weken" in offer.labels)
            await b.sandbox.world.tap(anna, offer, "Twee weken").answered()
            await b.sandbox.world.until(anna, lambda: "Ik vraag je niets tot" in offer.text)
        else:
            await b.sandbox.world.until(anna, lambda: offer.text == silence_texts.LEFT_AS_IT_IS)
        before = len(questions(b, anna))
        await until_week(b, 3, 3)
        assert len(questions(b, anna)) == before + (label != texts.SET_PAUSE)


@pytest.mark.parametrize("reaction", ["button", "/checkin", "/settings", "/gegevens", "an old question"])
async def test_any_reaction_ends_the_pause(tmp_path: Path, reaction: str) -> None:
    """The button, a command or a tap on an old question: the next day of the rhythm brings a question again."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = await anna_of(b, team)
        await b.sandbox.world.settled()
        for _ in range(3):
            b.store.contacts.add_unanswered(of(b, anna).id)
        await until_week(b, 1)
        old, pause = b.sandbox.world.chat(anna).messages[-2:]
        assert pause.text == PAUSE
        b.forward(days=1)
        if reaction == "button":
            await b.sandbox.world.tap(anna, pause, texts.RESUME).answered()
            await b.sandbox.world.until(anna, lambda: pause.text == texts.RESUMED)
        elif reaction == "an old question":
            await b.press(anna, old, "Goed")
        else:
            told = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, reaction))
            says = {
                "/settings": silence_texts.SILENT_LINE,
                "/gegevens": rights_texts.DATA_LINES["silent"],
            }
            assert says.get(reaction, "") in told.text
        await b.sandbox.world.settled()
        assert of(b, anna).unanswered == 0
        before = len(questions(b, anna))
        await until_week(b, 2, 2)
        assert len(questions(b, anna)) == before + 1


async def test_an_offer_that_is_overtaken_does_not_come(tmp_path: Path) -> None:
    """Somebody who reacted in the evening, before it could be said, gets no offer in the morning."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = await anna_of(b, team)
        await until_week(b, 1)
        b.set_clock(WEDNESDAY + timedelta(weeks=2, hours=7))
        await ticked(b)
        assert of(b, anna).unanswered == 2
        await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/help"))
        await b.sandbox.world.settled()
        b.set_clock(WEDNESDAY + timedelta(weeks=2, days=1))
        await ticked(b)
        assert OFFER not in said(b, anna)
