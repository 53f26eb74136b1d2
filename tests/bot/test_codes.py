"""Who gets in: codes can't be guessed in any way that a chat offers, and every join is heard of."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from bench import Bench, bench
from in_process import run_here
from test_time import said, ticked

from bot.network.patience import FREE_TRIES, LONGEST_WAIT
from bot.sandbox.model import Chat, User
from bot.wording import texts
from storage.closing import finish_all
from storage.invitations import CODE_BYTES
from storage.store import open_store

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


async def test_codes_that_were_taken_back_open_nothing(tmp_path: Path) -> None:
    """Whoever still has one is told to ask for another; whoever is in already notices nothing."""
    async with bench(tmp_path) as b:
        team = await b.team()
        other = await b.team("Het Eiland")
        world = b.sandbox.world
        anna, bert, carla = world.user("Anna"), world.user("Bert"), world.user("Carla")
        codes = {role: b.code(team, role) for role in ("naaste", "coordinator")}
        elsewhere = b.code(other, "naaste")
        told = await b.after(anna, lambda: world.start(anna, codes["naaste"]))
        await b.join(bert, team, "naaste")
        assert run_here(b.data, "team", "revoke", team, "invitations", **clock_of(b)).returncode == 0
        for code in codes.values():
            answer = await b.after(carla, lambda code=code: world.start(carla, code))
            assert answer.text == texts.EXPIRED_CODE
        await world.tap(anna, told, texts.CONSENT).answered()
        await world.until(anna, lambda: told.text == texts.EXPIRED_CODE)
        assert b.store.contacts.of_chat(anna.id) == []
        assert b.store.contacts.of_chat(bert.id)[0].active
        assert (await b.after(carla, lambda: world.start(carla, elsewhere))).labels[0] == texts.CONSENT
        assert "geen open" in run_here(b.data, "team", "revoke", team, "invitations", **clock_of(b)).stdout


async def test_a_coordinator_who_loses_the_right_is_told_and_kept_no_longer(tmp_path: Path) -> None:
    """The right is gone at once, the news comes at a decent hour, and who only coordinated is then forgotten."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        (first,) = (user for user in world.state.users.values() if user.first_name == "Kartrekker De Linde")
        both, code = world.user("Bo"), b.code(team, "coordinator")
        await b.join(both, team, "professional")
        await b.join(both, team, "coordinator")
        await b.join(world.user("Anna"), team, "naaste")
        b.set_clock(b.now().replace(hour=22))
        done = run_here(b.data, "team", "revoke", team, "coordinator", **clock_of(b))
        assert (done.returncode, "stuurt dit team geen vragen" in done.stdout) == (0, True)
        assert b.store.contacts.coordinators(team) == []
        heard = {user: len(world.chat(user).messages) for user in (first, both)}
        await ticked(b)
        assert {user: len(world.chat(user).messages) for user in (first, both)} == heard
        carla = world.user("Carla")
        assert (await b.after(carla, lambda: world.start(carla, code))).text == texts.EXPIRED_CODE
        hello = await b.after(first, lambda: world.start(first))
        assert "coördinator" not in hello.text
        b.forward(hours=12)
        await ticked(b)
        news = texts.REVOKED.format(team="De Linde")
        assert said(b, first)[-1] == news + texts.REVOKED_GONE
        assert said(b, both)[-1] == news + texts.REVOKED_ROLE
        assert b.store.contacts.of_chat(first.id) == []
        (person,) = b.store.contacts.of_chat(both.id)
        assert (person.role, person.coordinator, person.active) == ("professional", False, True)
        assert "had geen" in run_here(b.data, "team", "revoke", team, "coordinator", **clock_of(b)).stdout


async def test_news_of_a_lost_right_outlives_the_period(tmp_path: Path) -> None:
    """Taken back in the night in which the period closes, it is told in the morning all the same."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        (first,) = (user for user in world.state.users.values() if user.first_name == "Kartrekker De Linde")
        both = world.user("Bo")
        await b.join(both, team, "professional")
        await b.join(both, team, "coordinator")
        moment = (b.now() + timedelta(weeks=9)).replace(hour=4)
        b.store.agenda.set_moment(team, 1, moment)
        b.set_clock(moment - timedelta(hours=25))
        await ticked(b)
        assert run_here(b.data, "team", "revoke", team, "coordinator", **clock_of(b)).returncode == 0
        b.set_clock(moment - timedelta(hours=23))
        await ticked(b)
        assert b.store.answers.release(team, 1) is not None
        finish_all(b.store)
        b.set_clock(moment - timedelta(hours=18))
        await ticked(b)
        news = texts.REVOKED.format(team="De Linde")
        assert said(b, first).count(news + texts.REVOKED_GONE) == 1
        assert said(b, both).count(news + texts.REVOKED_ROLE) == 1
        assert b.store.contacts.of_chat(first.id) == []
        (person,) = b.store.contacts.of_chat(both.id)
        assert (person.role, person.coordinator) == ("professional", False)


async def test_a_group_that_is_uncoupled_hears_nothing_more(tmp_path: Path) -> None:
    """Joins are told nowhere until there is a new group, and open codes for a group are over."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        group = world.group("Team De Linde", [world.user("Eigenaar")])
        world.add_bot(group, b.code(team, "group"))
        await world.settled()
        code = b.code(team, "group")
        assert run_here(b.data, "team", "revoke", team, "group", **clock_of(b)).returncode == 0
        heard = len(said(b, group))
        await b.join(world.user("Anna"), team, "naaste")
        await ticked(b)
        assert len(said(b, group)) == heard
        world.say(next(iter(group.members.values())), group, f"/start@{world.bot.username} {code}")
        await world.until(group, lambda: said(b, group)[-1] == texts.EXPIRED_CODE)
        assert b.store.groups.chat_of(team) is None


def test_a_code_for_many_says_what_it_risks_and_a_list_betrays_nobody(tmp_path: Path) -> None:
    """Open codes are shown, but none of which the use would tell who takes part, and never how often used."""
    data = tmp_path / "data"
    run_here(data, "team", "add", "De Linde")
    single = run_here(data, "invite", "de-linde", "naaste")
    assert "Let op: deze code" not in single.stdout
    poster = run_here(data, "invite", "de-linde", "naaste", "--uses", "20")
    assert "Let op: deze code werkt 20 keer" in poster.stdout
    assert "nog geen groep" in poster.stdout
    run_here(data, "invite", "de-linde", "coordinator")
    before = run_here(data, "team", "list", "--json").stdout
    assert [(code["role"], code["many"]) for code in json.loads(before)[0]["codes"]] == [
        ("coordinator", False),
        ("naaste", True),
    ]
    store = open_store(data)
    for code in (single, poster):
        assert store.invitations.use(code.stdout.splitlines()[-1], date(2026, 1, 1))
    store.close()
    assert run_here(data, "team", "list", "--json").stdout == before


def clock_of(b: Bench) -> dict[str, str]:
    """What a command needs to know the time of the bench."""
    return {name: value for name, value in b.env.items() if name in ("NAASTBOT_CLOCK", "NAASTBOT_API_URL")}
