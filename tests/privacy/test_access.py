"""Who may do what in the chat: all of access.yaml against a real bot; and nobody reaches anybody else."""

from __future__ import annotations

import os
import random
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from bench import Bench, bench
from telegram.ext import CommandHandler

from bot import agreement, taps
from bot.group import in_group
from bot.house import House
from bot.routes import routes
from bot.sandbox.model import Chat, Message, User
from bot.wording import planning_texts, rights_texts, texts

TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("access.yaml").read_text(encoding="utf-8")
)
PRIVATE = ("stranger", "naaste", "professional", "coordinator", "elsewhere", "stopped", "blocked")
WHO = (*PRIVATE, "member", "owner", "channel")
FORGERIES = 2000 if os.environ.get("TEST_PROFILE") == "proof" else 200

REFUSALS = tuple(
    re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(text)), re.DOTALL)
    for text in (
        *(texts.NOT_MEMBER, texts.NO_INVITATION, texts.NO_ROLE, texts.REJOIN, texts.UNKNOWN_COMMAND),
        *(
            texts.OVER,
            texts.PERIOD_OVER,
            rights_texts.NOTHING_TO_TIE,
            rights_texts.ALREADY_WITHDRAWN,
            rights_texts.DATA_NONE,
        ),
        *(texts.WRONG_CODE, texts.GROUP_HELP),
        *(
            planning_texts.NOT_YOURS,
            planning_texts.ONLY_COORDINATORS,
            planning_texts.NO_TEAM,
            planning_texts.IN_THE_GROUP,
        ),
    )
)


def expected(kind: str, who: str) -> Iterator[tuple[str, str]]:
    """What the table says of one person: command or button, and yes, no or -."""
    for name, row in TABLE[kind].items():
        assert len(row) == len(WHO), name
        yield name, {True: "yes", False: "no"}.get(cast("Any", row[WHO.index(who)]), str(row[WHO.index(who)]))


@dataclass
class Cast:
    """A team with people of every kind, and Anna, a naaste whom all others try to reach."""

    b: Bench
    team: str
    anna: User
    someone: dict[str, User]
    group: Chat

    def untouched(self) -> object:
        """Everything of Anna: what is kept of her, her answers, and what stands in her chat."""
        (person,) = self.b.store.contacts.of_chat(self.anna.id)
        period = self.b.store.answers.open_period(self.team)
        assert period is not None
        chat = [(m.text, tuple(m.labels)) for m in self.b.sandbox.world.chat(self.anna).messages]
        return person, self.b.store.intake.all_given(person, period), chat

    def states(self) -> dict[bytes, str]:
        """Who takes part, and who stopped or blocked the bot."""
        return {person.id: person.state for person in self.b.store.contacts.of_team(self.team)}

    def place(self, who: str) -> User | Chat:
        """Where this person speaks."""
        return self.group if who in ("member", "owner") else self.someone[who]

    def said(self, who: str, after: int) -> list[Message]:
        """What the bot said there after that message."""
        chat = self.b.sandbox.world.chat(self.place(who))
        return [m for m in chat.messages if m.id > after and m.sender == self.b.sandbox.world.bot]


async def journey(b: Bench, user: User) -> dict[str, tuple[Message, str]]:
    """Answer, come to words and leave them for approval: every button that a naaste meets, by its first word."""
    world, found = b.sandbox.world, dict[str, tuple[Message, str]]()

    def note(message: Message) -> None:
        for row in message.keyboard:
            for button in row:
                found.setdefault(button.data.split(".")[0], (message, button.data))

    core = await b.after(user, lambda: world.say(user, user, "/checkin"))
    note(core)
    following = await b.press(user, core, "Wisselend")
    note(core)
    note(core)
    found |= {
        "a": (core, following.button(following.labels[0]).data),
        "s": (core, following.button(texts.SKIP).data),
    }
    own = await b.after(user, lambda: world.say(user, user, "/checkin"))
    await b.press(user, own, "Ja")
    note(await b.after(user, lambda: world.say(user, user, "het gaat wel")))
    (person,) = b.store.contacts.of_chat(user.id)
    code = b.store.teams.require(person.team).code
    listed = await b.after(user, lambda: world.say(user, user, "/wis"))
    await world.tap(user, listed, rights_texts.WIS_ONE).answered()
    await world.until(user, lambda: "Wisselend (2)" in listed.labels)
    note(listed)
    made_up = {"r": "e.weekly", "b": "", "t": "wis", "c": "feedback.0", "i": "e.weekly", "m": "e", "p": "1"}
    for kind, rest in made_up.items():
        found[kind] = (core, f"{kind}.{code}.{rest}".rstrip("."))
    for kind, rest in (("q", "keep"), ("z", "no"), ("e", "yes")):
        found[kind] = (core, f"{kind}.{code}.{rest}")
    found["o"] = (core, f"o.{found['s'][1].partition('.')[2]}")
    version = agreement.current().version
    found["g"] = (core, f"g.{code}.{version}.yes")
    found["j"] = (core, f"j.{b.code(person.team, 'naaste', uses=100)}.{version}")
    found["l"] = (core, "l.")
    found |= {kind: (core, f"{kind}.k.1.20261210.1000") for kind in ("plan", "eval", "vrij")}
    return found


async def a_cast(b: Bench) -> Cast:
    """Everybody in place."""
    world = b.sandbox.world
    team, other = await b.team(), await b.team("Het Eiland")
    anna = world.user("Anna")
    someone = {who: world.user(who) for who in (*PRIVATE, "member", "owner")}
    await b.join(anna, team, "naaste")
    for who in ("naaste", "stopped", "blocked"):
        await b.join(someone[who], team, "naaste")
    await b.join(someone["professional"], team, "professional")
    await b.join(someone["coordinator"], team, "coordinator")
    await b.join(someone["elsewhere"], other, "naaste")
    await b.after(someone["stranger"], lambda: world.start(someone["stranger"]))
    await b.after(someone["stopped"], lambda: world.say(someone["stopped"], someone["stopped"], "/stop"))
    world.block(someone["blocked"])
    await world.settled()
    world.unblock(someone["blocked"])
    group = world.group("Team De Linde", [someone["owner"], someone["member"], anna])
    world.add_bot(group, b.code(team, "group"))
    await world.next_message(group, after=0)
    return Cast(b, team, anna, someone, group)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries everything is not told to slow down."""
    monkeypatch.setattr("bot.network.calm.BURST", 10_000)


@pytest.mark.parametrize("who", WHO)
async def test_everybody_may_do_what_the_table_says(tmp_path: Path, own_trees: str, who: str) -> None:
    """Each command, and each button that is tapped or forged, does what it should, and nothing to anybody else."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        cast_ = await a_cast(b)
        of_anna = await journey(b, cast_.anna)
        own = await journey(b, cast_.someone["naaste"]) if who == "naaste" else {}
        states = cast_.states()
        before = cast_.untouched()
        for command, wanted in expected("commands", who):
            assert await outcome_of_command(cast_, who, command) == wanted, command
        assert cast_.untouched() == before
        for person, state in states.items():
            b.store.contacts.set(person, "state", state)
        for kind, wanted in expected("buttons", who):
            message, data = own.get(kind) or (None, of_anna[kind][1])
            assert await outcome_of_tap(cast_, who, message, data) == wanted, data
            assert cast_.untouched() == before, data


async def outcome_of_command(cast_: Cast, who: str, command: str) -> str:
    """yes, no or -, as the bot's reply shows."""
    world = cast_.b.sandbox.world
    if who == "channel":
        post = {"message_id": 1, "date": 0, "chat": {"id": -100777, "type": "channel", "title": "K"}}
        world.inject({"channel_post": {**post, "text": f"/{command}"}})
        await world.settled()
        return "-"
    place, user = cast_.place(who), cast_.someone[who]
    last = max(world.chat(place).by_id)
    world.say(user, place, f"/{command}")
    await world.settled(quiet=0.05)
    said = cast_.said(who, last)
    for message in said:
        assert who != "elsewhere" or "De Linde" not in message.text
        assert (
            who in ("naaste", "professional", "coordinator", "stopped", "blocked")
            or "Wisselend" not in message.text
        )
    if who in ("member", "owner") and command in ("help", "hulp"):
        return "yes" if [m.text for m in said] == [planning_texts.GROUP_HELP] else "no"
    return judged([m.text for m in said])


def judged(said: list[str]) -> str:
    """Silence is `-`, a kind sentence that refuses is `no`, and anything else is `yes`."""
    if not said:
        return "-"
    return "no" if any(refusal.fullmatch(text) for text in said for refusal in REFUSALS) else "yes"


async def outcome_of_tap(cast_: Cast, who: str, message: Message | None, data: str) -> str:
    """yes, no or -, as alerts, new messages and changed ones show."""
    world = cast_.b.sandbox.world
    if who == "channel":
        number = secrets.token_hex(4)
        shown = {"message_id": 1, "date": 1, "chat": {"id": -100777, "type": "channel", "title": "K"}, "text": "x"}
        query = {"from": cast_.someone["stranger"].json(), "message": shown, "chat_instance": "1", "data": data}
        world.state.taps[number] = (world.state.clock(), cast_.someone["stranger"].id)
        world.inject({"callback_query": {"id": number, **query}})
        await world.settled()
        return judged([world.state.answers[number].text])
    chat, user = world.chat(cast_.place(who)), cast_.someone[who]
    target = message or chat.messages[-1]
    last, before = max(chat.by_id), (target.text, target.labels)
    answer = await world.forge(user, target, data).answered()
    await world.settled(quiet=0.05)
    texts_now = [m.text for m in cast_.said(who, last)]
    if (target.text, target.labels) != before:
        texts_now.append(target.text)
    return judged([answer.text] if answer.text else texts_now or ["done"])


def test_the_table_is_whole() -> None:
    """A command or a kind of button that is added stands in the table, or this fails."""
    listed: set[str] = set()
    for route in routes(cast("House", None)):
        if isinstance(route, CommandHandler):
            listed |= route.commands
    assert listed <= set(TABLE["commands"])
    assert set(TABLE["buttons"]) == {*taps.ELSEWHERE, *taps.AT_A_QUESTION, *in_group.BUTTONS}


async def test_the_group_treats_all_alike(tmp_path: Path) -> None:
    """Somebody who takes part and somebody who does not get the same answers there, so that nothing shows who."""
    async with bench(tmp_path) as b:
        world = b.sandbox.world
        team = await b.team()
        anna, nobody = world.user("Anna"), world.user("Niemand")
        group = world.group("Team", [nobody, anna])
        world.add_bot(group, b.code(team, "group"))
        welcome = await world.next_message(group, after=0)
        await b.join(anna, team, "naaste")
        await world.next_message(group, after=welcome)
        answers = {}
        code = b.code(team, "naaste")
        for user in (anna, nobody):
            answers[user.first_name] = heard = list[str]()
            for command in ("checkin", "gegevens", "wis", "stop", "start", f"start {code}", "onzin"):
                last = max(world.chat(group).by_id)
                world.say(user, group, f"/{command}")
                await world.settled(quiet=0.05)
                heard += [m.text for m in world.chat(group).messages if m.id > last and m.sender == world.bot]
            tapped = await world.forge(user, welcome, f"t.{b.store.teams.require(team).code}.checkin").answered()
            heard.append(tapped.text)
            assert tapped.alert
        assert answers["Anna"] == answers["Niemand"]
        everything = " ".join(m.text for m in world.chat(group).messages if m.sender == world.bot)
        assert not any(word in everything for word in ("Anna", "Niemand", "naaste", "professional"))


async def test_a_coordinator_sees_the_own_team_only(tmp_path: Path) -> None:
    """Feedback goes to the coordinators of its team, in their own chats, and to nobody else."""
    async with bench(tmp_path) as b:
        world, names = b.sandbox.world, ("De Linde", "Het Eiland")
        teams = [await b.team(name) for name in names]
        anna = world.user("Anna")
        await b.join(anna, teams[0], "naaste")
        b.forward(weeks=8, hours=1)
        for team in teams:
            assert b.run("close", team).returncode == 0
        chats = [world.chat(b.store.contacts.coordinators(team)[0].chat) for team in teams]
        for chat, name, other in zip(chats, names, reversed(names), strict=True):
            await world.until(chat, lambda chat=chat: any(m.document for m in chat.messages))
            said = [m.text + (m.document.content.decode() if m.document else "") for m in chat.messages]
            assert any(texts.CLOSED_NOTICE.format(team=name) in text for text in said)
            assert not [text for text in said if other in text]
        assert not [m for m in world.chat(anna).messages if m.document or "gesloten" in m.text]


async def test_buttons_with_anything_in_them_reach_nobody_else(tmp_path: Path, own_trees: str) -> None:
    """Codes of other teams, periods, rounds and questions, put in at random, change nothing of anybody else."""
    chance = random.Random(7)
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        cast_ = await a_cast(b)
        of_anna = await journey(b, cast_.anna)
        before, world = cast_.untouched(), b.sandbox.world
        words = {part for _, data in of_anna.values() for part in data.split(".") if part not in ("j", "l")}
        words |= {team.code for team in b.store.teams.all()} | {
            "0",
            "1",
            "2",
            "-1",
            "9" * 20,
            "",
            "é",
            "yes",
            "all",
        }
        choices = sorted(words - {of_anna["j"][1].split(".")[1]})
        for _ in range(FORGERIES):
            data = chance.choice(list(of_anna.values()))[1].split(".")
            for _ in range(chance.randint(1, 3)):
                data[chance.randrange(len(data))] = chance.choice(choices)
            who = chance.choice(("stranger", "professional", "coordinator", "elsewhere", "stopped", "blocked"))
            user = cast_.someone[who]
            forged = ".".join(data)[:64]
            await world.forge(user, chance.choice(world.chat(user).messages), forged).answered()
            assert cast_.untouched() == before, (who, forged)
