"""Who gets in: codes can't be guessed in any way that a chat offers, and every join is heard of."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import Bench, bench

from bot import texts
from bot.patience import FREE_TRIES, LONGEST_WAIT
from bot.sandbox.model import Chat, User
from storage.invitations import CODE_BYTES

Place = User | Chat


def answers(b: Bench, place: Place) -> list[str]:
    """What the bot's messages in this chat say now."""
    chat = b.sandbox.world.chat(place)
    return [message.text for message in chat.messages if message.sender == b.sandbox.world.bot]


async def by_link(b: Bench, user: User, number: int) -> Place:
    """Open a link with a made-up code."""
    b.sandbox.world.start(user, f"gok{number}")
    return user


async def by_hand(b: Bench, user: User, number: int) -> Place:
    """Type something that looks like a code."""
    b.sandbox.world.say(user, user, "abcdefghijklmnop"[number:] + "a" * number)
    return user


async def by_forged_button(b: Bench, user: User, number: int) -> Place:
    """Tap a button that an app made up."""
    chat = b.sandbox.world.chat(user)
    await b.sandbox.world.forge(user, chat.messages[-1], f"j.gok{number}").answered()
    return user


async def in_a_group(b: Bench, user: User, number: int) -> Place:
    """Try it as a group."""
    world = b.sandbox.world
    group = next((chat for chat in world.state.chats.values() if chat.title == "Gokkers"), None)
    if group is None:
        group = world.group("Gokkers", [user])
        world.add_bot(group)
    world.say(user, group, f"/start@{world.bot.username} gok{number}")
    return group


@pytest.mark.parametrize("way", [by_link, by_hand, by_forged_button, in_a_group])
async def test_guessing_is_counted_whatever_the_way(tmp_path: Path, way: object) -> None:
    """After a few wrong codes every next answer waits, also after a restart; there is no way around."""
    assert callable(way)
    async with bench(tmp_path) as b:
        await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.after(anna, lambda: b.sandbox.world.start(anna))
        for number in range(FREE_TRIES):
            place = await way(b, anna, number)
            await b.sandbox.world.settled()
        chat = b.sandbox.world.chat(place)
        assert b.store.invitations.failed_tries(chat.id) == FREE_TRIES
        await b.restart()
        heard = answers(b, place)
        await way(b, anna, FREE_TRIES)
        await b.sandbox.world.settled()
        assert answers(b, place) == heard
        assert b.store.invitations.failed_tries(chat.id) == FREE_TRIES


async def test_a_right_code_still_opens_after_wrong_ones(tmp_path: Path) -> None:
    """Whoever mistyped a few times gets in all the same, a little later; and their wrong tries are forgotten."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        for number in range(FREE_TRIES):
            await b.after(anna, lambda number=number: b.sandbox.world.start(anna, f"gok{number}"))
        code, last = b.code(team, "naaste"), b.sandbox.world.chat(anna).messages[-1].id
        b.sandbox.world.start(anna, code)
        told = await b.sandbox.world.next_message(anna, after=last + 1)
        assert told.labels[0] == texts.CONSENT
        await b.press(anna, told, texts.CONSENT)
        assert b.store.contacts.of_chat(anna.id)
        assert b.store.invitations.failed_tries(anna.id) == 0


def test_the_chance_of_guessing_a_code_is_nil() -> None:
    """The figures in docs/architecture.md: ten thousand chats that guess for a year, at a thousand open codes."""
    a_day = FREE_TRIES + 24 * 3600 / LONGEST_WAIT
    guesses = 10_000 * 365 * (a_day + 12)
    assert guesses * 1000 / 2 ** (8 * CODE_BYTES) < 1e-11
    as_fast_as_the_bot_can_read = 1000 * 3600 * 24 * 365
    assert as_fast_as_the_bot_can_read * 1000 / 2 ** (8 * CODE_BYTES) < 1e-10


async def test_the_group_hears_of_everyone_who_comes_in_by_a_poster(tmp_path: Path) -> None:
    """A code for many uses tells of each of them, without name or role; and it stops at its number."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        group = world.group("Team De Linde", [world.user("Eigenaar")])
        world.add_bot(group, b.code(team, "group"))
        await world.next_message(group, after=0)
        poster = b.code(team, "naaste", uses=3)
        for name in ("Anna", "Bert", "Carla"):
            user, last = world.user(name), max(world.chat(group).by_id)
            told = await b.after(user, lambda user=user: world.start(user, poster))
            await b.press(user, told, texts.CONSENT)
            assert (await world.next_message(group, after=last)).text == texts.JOIN_ANNOUNCED
        dirk = world.user("Dirk")
        assert (await b.after(dirk, lambda: world.start(dirk, poster))).text == texts.USED_CODE
