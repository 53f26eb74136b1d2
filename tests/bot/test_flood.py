"""Chats that send more than anyone can answer keep nobody else waiting, and lose no answer themselves.

How long others wait is measured by tests/proofs/flood.py; here it is who comes first.
"""

from __future__ import annotations

from pathlib import Path

from bench import Bench, bench
from test_answering import checked_in
from test_time import said

from bot.network.calm import BURST
from bot.sandbox.model import Message, User
from bot.sandbox.state import UPDATES
from bot.wording import texts

SLOW = 4.0
"""Seconds between two replies to one chat: far more than it takes to answer somebody else."""


async def slowed(b: Bench) -> None:
    """The bot goes on, at a pace that Telegram would find very slow."""
    b.per_chat_seconds = SLOW
    await b.restart()


async def stored(b: Bench, user: User) -> str:
    """What this person answered to the core question."""
    (person,) = b.store.contacts.of_chat(user.id)
    period = b.store.answers.open_period(person.team)
    assert period is not None
    return next(row.value for row in b.store.intake.all_given(person, period) if row.slot.question == "hoe")


async def test_a_flood_of_messages_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Somebody else is answered while the first replies to a flood are still on their way; a stop gets through."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        noise = b.sandbox.world.user("Ruis")
        await b.after(noise, lambda: b.sandbox.world.start(noise))
        await slowed(b)
        for number in range(400):
            b.sandbox.world.say(noise, noise, f"hallo {number}")
        await b.press(anna, asked, "Goed")
        assert len(said(b, noise)) < BURST
        assert await stored(b, anna) == "goed"


async def test_a_flood_gets_few_replies_and_is_told_why(tmp_path: Path) -> None:
    """Beyond a burst a chat hears once that this is too much, and others go on as always."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, _ = await checked_in(b, team)
        noise = b.sandbox.world.user("Ruis")
        await b.after(noise, lambda: b.sandbox.world.start(noise))
        for number in range(400):
            b.sandbox.world.say(noise, noise, f"hallo {number}")
        await b.sandbox.world.settled(within=20)
        assert len(said(b, noise)) < 40
        assert said(b, noise)[-1] == texts.TOO_MUCH
        menu = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/stop"))
        assert menu.text.startswith("Goed. Je krijgt geen berichten meer")


async def test_floods_of_taps_keep_nobody_waiting_and_lose_no_answer(tmp_path: Path) -> None:
    """Many chats that tap without end do not fill what Telegram shows at a time; of each the last tap stands."""
    async with bench(tmp_path) as b:
        team = await b.team()
        noisy = [await checked_in(b, team, f"Ruis {number}") for number in range(6)]
        anna, asked = await checked_in(b, team)
        await slowed(b)
        for number in range(40):
            for user, message in noisy:
                tap_anyway(b, user, message, number)
        await b.press(anna, asked, "Zwaar")
        assert len(b.sandbox.world.state.queue) > 0
        for user, message in noisy:
            await b.sandbox.world.until(user, lambda message=message: "✓ Wisselend" in message.text, 60)
        assert {await stored(b, user) for user, _ in noisy} == {"wisselend"}
        assert await stored(b, anna) == "zwaar"


def tap_anyway(b: Bench, user: User, message: Message, number: int) -> None:
    """Tap one of the options that the message had when it came, as a changed app can; the 40th is Wisselend."""
    options = ("Goed", "Wisselend", "Zwaar")
    known = DATA.setdefault(message.id, {label: message.button(label).data for label in options})
    b.sandbox.world.forge(user, message, known["Goed" if number % 2 == 0 else "Wisselend"])


DATA: dict[int, dict[str, str]] = {}


async def test_a_stop_within_a_flood_is_never_let_go(tmp_path: Path) -> None:
    """What a chat sends after its /stop does not confirm that stop before it is handled."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, _ = await checked_in(b, team)
        await slowed(b)
        world = b.sandbox.world
        for text in (*["hallo"] * BURST, "/stop", *["hallo"] * 50):
            world.say(anna, anna, text)
        queue = world.state.queue
        assert await world.state.pulse.until(UPDATES, lambda: len(queue) <= 51, 20)
        first = queue.fetch(0, 1)[0]["message"]
        assert isinstance(first, dict)
        assert first["text"] == "/stop"


async def test_whoever_tapped_one_button_again_and_again_sees_it_in_the_end(tmp_path: Path) -> None:
    """Of taps that pile up while the bot is away the last one shows the choice, and what follows comes once."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.stop()
        for _ in range(12):
            b.sandbox.world.tap(anna, asked, "Zwaar")
        await b.start()
        await b.sandbox.world.until(anna, lambda: "✓ Zwaar" in asked.text)
        await b.sandbox.world.settled()
        following = [m for m in b.sandbox.world.chat(anna).messages if m.id > asked.id]
        assert len(following) == 1
