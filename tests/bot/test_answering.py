"""Answering by tapping: nothing is lost, nothing counted twice, and a button that is over stores nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from bench import Bench, bench

from bot.sandbox.attachments import Kind
from bot.sandbox.model import Message, User
from bot.wording import texts
from dialogues.library import builtin_paths
from dialogues.parse import read


def kept(b: Bench, team: str) -> dict[str, str]:
    """Question -> value of everything that is stored for the open period of a team."""
    period = b.store.answers.open_period(team)
    assert period is not None
    return {row.slot.question: row.value for row in b.store.answers.of_period(team, period.number)}


async def checked_in(b: Bench, team: str, name: str = "Anna", role: str = "naaste") -> tuple[User, Message]:
    """Someone who takes part, with the question of this round before them."""
    user = b.sandbox.world.user(name)
    await b.join(user, team, role)
    return user, await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))


JULLIE = read(next(path for path in builtin_paths() if path.stem == "hoe-gaat-het-met-jullie"))


def label(question: str, option: str) -> str:
    """What the button of an option says."""
    found = JULLIE.questions[question].option(option)
    assert found is not None
    return found.say["naaste"]


def after_core(option: str) -> str:
    """Where an option of the core question leads."""
    found = JULLIE.core.option(option)
    assert found is not None
    return found.then["naaste"]


def follow_ups() -> tuple[str, str]:
    """Two options of the core question, and of the first one's follow-up an option that can be tapped."""
    core = JULLIE.core
    first = next(o for o in core.options if JULLIE.questions[o.then["naaste"]].options)
    other = next(o for o in core.options if o.id != first.id)
    return first.id, other.id


async def test_changing_an_answer_removes_the_path_that_is_left(tmp_path: Path) -> None:
    """*Wijzig* replaces, never adds: the rows of a branch that was left are gone in the same step."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        first, other = follow_ups()
        second = await b.press(anna, asked, label("hoe", first))
        branch = after_core(first)
        option = JULLIE.questions[branch].options[0]
        await b.press(anna, second, option.say["naaste"])
        assert kept(b, team) == {"hoe": first, branch: option.id}
        await b.sandbox.world.tap(anna, asked, texts.CHANGE).answered()
        await b.sandbox.world.until(anna, lambda: label("hoe", other) in asked.labels)
        assert kept(b, team) == {"hoe": first, branch: option.id}
        await b.press(anna, asked, label("hoe", other))
        still = {"hoe": other}
        if after_core(other) == branch:
            still[branch] = option.id
        assert kept(b, team) == still


async def test_a_skip_leaves_no_row_and_removes_an_earlier_one(tmp_path: Path) -> None:
    """Skipping is not an answer; changing one's mind to a skip takes everything behind it along."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Zwaar")
        assert kept(b, team) == {"hoe": "zwaar"}
        await b.sandbox.world.tap(anna, asked, texts.CHANGE).answered()
        await b.sandbox.world.until(anna, lambda: texts.SKIP in asked.labels)
        ended = await b.press(anna, asked, texts.SKIP)
        assert ended.text == texts.AFTER_SKIP
        assert kept(b, team) == {}


async def test_a_double_tap_asks_the_next_question_once(tmp_path: Path) -> None:
    """Two quick taps store one answer and bring one next question."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        taps = [b.sandbox.world.tap(anna, asked, "Goed") for _ in range(3)]
        await asyncio.gather(*(tap.answered() for tap in taps))
        await b.sandbox.world.settled()
        assert kept(b, team) == {"hoe": "goed"}
        after = [m for m in b.sandbox.world.chat(anna).messages if m.id > asked.id]
        assert len(after) == 1


async def test_updates_delivered_again_change_nothing(tmp_path: Path) -> None:
    """Telegram may deliver an update again, also after a restart: same database, no second question."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")
        await b.sandbox.world.settled()
        before = len(b.sandbox.world.chat(anna).messages)
        await b.restart()
        first = b.sandbox.world.inject({})
        for update in range(first - 8, first):
            b.sandbox.world.redeliver(update)
        await b.sandbox.world.settled()
        assert kept(b, team) == {"hoe": "goed"}
        assert len(b.sandbox.world.chat(anna).messages) == before


async def test_old_and_forged_buttons_store_nothing(tmp_path: Path) -> None:
    """Whatever a button says is checked: another team, period, round, question, option or role is refused."""
    async with bench(tmp_path) as b:
        team, other = await b.team(), await b.team("Het Eiland")
        anna, asked = await checked_in(b, team)
        code = b.store.teams.require(other).code
        parts = asked.button("Goed").data.split(".")
        forged = [
            [*parts[:1], code, *parts[2:]],
            [*parts[:2], "2", *parts[3:]],
            [*parts[:3], "zzzzz", *parts[4:]],
            [*parts[:4], "1", *parts[5:]],
            [*parts[:5], "zzzzz", parts[6]],
            [*parts[:6], "zzzzz"],
            ["a"],
            ["a", "", "x", "", "-1", "", ""],
            ["r", parts[1], "d", "9"],
            ["t", parts[1], "bestaatniet"],
            ["onzin"],
        ]
        for data in forged:
            answer = await b.sandbox.world.forge(anna, asked, ".".join(data)).answered()
            assert answer.text in (texts.OVER, texts.NOT_MEMBER), data
        bert = b.sandbox.world.user("Bert")
        await b.after(bert, lambda: b.sandbox.world.start(bert))
        mine = b.sandbox.world.chat(bert).messages[-1]
        answer = await b.sandbox.world.forge(bert, mine, ".".join(parts)).answered()
        assert answer.text == texts.OVER
        assert kept(b, team) == kept(b, other) == {}


async def test_a_question_is_over_when_its_round_is(tmp_path: Path) -> None:
    """An answer belongs to the round in which it was asked; later it says kindly that it is over."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        b.forward(days=28)
        assert await b.alert(anna, asked, "Goed") == texts.OVER
        assert kept(b, team) == {}
        again = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        await b.press(anna, again, "Goed")
        assert kept(b, team) == {"hoe": "goed"}


async def test_help_is_there_under_any_question_however_old(tmp_path: Path) -> None:
    """There is always someone to call, also under a question that is over, with the team's own number."""
    async with bench(tmp_path) as b:
        team = await b.team()
        b.store.teams.set_huisartsenpost(team, "0900 1515")
        anna, asked = await checked_in(b, team)
        for _ in range(2):
            card = await b.press(anna, asked, texts.HELP)
            assert "112" in card.text
            assert "113" in card.text
            assert "0900 1515" in card.text
            b.forward(days=60)


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "location", "contact"])
async def test_what_can_not_be_kept_is_not_kept(tmp_path: Path, kind: Kind) -> None:
    """Photos, voice, stickers, places and contacts get a kind sentence, and leave nothing behind."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, _ = await checked_in(b, team)
        said = await b.after(anna, lambda: b.sandbox.world.send(anna, anna, kind))
        assert said.text == texts.NOT_KEPT
        assert kept(b, team) == {}


@pytest.mark.parametrize("command", ["/start", "/help", "/hulp", "/privacy", "/settings", "/ritme", "/pauze"])
@pytest.mark.parametrize("state", ["stranger", "member", "stopped", "coordinator", "two teams"])
async def test_every_command_answers_in_every_state(tmp_path: Path, command: str, state: str) -> None:
    """Nobody is left without an answer, whoever they are and whatever they type."""
    async with bench(tmp_path) as b:
        await _every_state(b, state, command)


@pytest.mark.parametrize("command", ["/stop", "/gegevens", "/wis", "/checkin", "/watisdit", "/checkin@naastbot"])
@pytest.mark.parametrize("state", ["stranger", "member", "stopped", "coordinator", "two teams"])
async def test_every_right_answers_in_every_state(tmp_path: Path, command: str, state: str) -> None:
    """The same for the commands that change something."""
    async with bench(tmp_path) as b:
        await _every_state(b, state, command)


async def _every_state(b: Bench, state: str, command: str) -> None:
    team = await b.team()
    anna = b.sandbox.world.user("Anna")
    if state == "stranger":
        await b.after(anna, lambda: b.sandbox.world.start(anna))
    else:
        await b.join(anna, team, "coordinator" if state == "coordinator" else "naaste")
    if state == "two teams":
        await b.join(anna, await b.team("Het Eiland"), "professional")
    if state == "stopped":
        await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/stop"))
    said = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, command))
    assert said.text
    assert all(len(name) <= 20 for name in said.labels)
    assert len(said.labels) <= 5 or texts.SKIP in said.labels
    await b.sandbox.world.settled()
    assert b.store.ledger.set_aside() == []


async def test_an_update_that_can_not_be_handled_stops_nothing(tmp_path: Path) -> None:
    """A malformed update is set aside by id and class of error alone; everybody else goes on."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        bad = b.sandbox.world.inject({"message": {"message_id": "x", "date": "gisteren", "chat": 5}})
        await b.press(anna, asked, "Goed")
        await b.sandbox.world.settled()
        assert kept(b, team) == {"hoe": "goed"}
        assert [number for number, _ in b.store.ledger.set_aside()] == [bad]
