"""Closing, from the command line: what is released, and that nothing else of the period is left anywhere."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import timedelta
from pathlib import Path

import pytest
from bench import START, Bench, bench
from test_answering import kept

from bot.sandbox.model import Message, User

CANARY = "koffie op dinsdag"


async def answer_at_random(b: Bench, user: User, chance: random.Random) -> None:
    """Check in, and tap through to the end as it comes."""
    message = await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))
    while message.labels:
        options = [label for label in message.labels if label != "Hulp nodig?"]
        message = await b.press(user, message, chance.choice(options[:-1] or options))


async def a_period(b: Bench, team: str, naasten: int, professionals: int) -> list[User]:
    """Everybody joins, and answers in three rounds; some with words."""
    chance = random.Random(1)
    roles = ["naaste"] * naasten + ["professional"] * professionals
    users = [b.sandbox.world.user(f"Persoon {number}") for number in range(len(roles))]
    await asyncio.gather(*(b.join(user, team, role) for user, role in zip(users, roles, strict=True)))
    for week in (1, 5, 9):
        b.set_clock(START + timedelta(weeks=week))
        await asyncio.gather(*(answer_at_random(b, user, chance) for user in users))
    return users


async def test_a_period_from_answers_to_feedback(tmp_path: Path) -> None:
    """Released feedback shows bands and classes alone; an open period is refused; files hold nothing else."""
    async with bench(tmp_path) as b:
        team = await b.team()
        users = await a_period(b, team, naasten=8, professionals=7)
        refused = b.run("feedback", team)
        assert refused.returncode == 1
        assert "nog open" in refused.stderr
        assert refused.stdout == ""
        people = [person for user in users for person in b.store.contacts.of_chat(user.id)]
        period = b.store.answers.open_period(team)
        assert period is not None
        key = b.store.keys.period_key(team, period.number)
        assert len(kept(b, team)) > 0
        closed = b.run("close", team)
        assert closed.returncode == 0, closed.stderr
        shown = json.loads(b.run("feedback", team, "--json").stdout)
        assert set(shown) == {"team", "period", "threshold", "dialogues", "texts", "shared"}
        groups = {q["group"] for d in shown["dialogues"] for p in d["panels"] for q in p["questions"]}
        assert groups <= {"naaste", "professional", "samen"}
        assert groups
        page = tmp_path / "pagina.html"
        assert b.run("feedback", team, "-o", str(page)).returncode == 0
        assert "<html" in page.read_text(encoding="utf-8")
        assert "Terugkoppeling" in b.run("feedback", team).stdout
        await b.stop()
        everything = [(file, file.read_bytes()) for file in b.data.rglob("*") if file.is_file()]
        traces = [str(user.id).encode() for user in users] + [user.id.to_bytes(8, "big") for user in users]
        answers = [(file, content) for file, content in everything if file.name.startswith("answers.db")]
        for file, content in everything:
            assert not [trace for trace in traces if trace in content], file
            assert key not in content, file
        for file, content in answers:
            assert not [person for person in people if person.id in content], file
        assert kept_rows(b.data) == 0


def kept_rows(data: Path) -> int:
    """How many rows of answers, texts and waiting questions are left."""
    import sqlite3

    with sqlite3.connect(data / "answers.db") as connection:
        tables = ("answers", "texts", "awaiting")
        return sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


async def at_the_words(b: Bench, user: User) -> Message:
    """Before the question of the team's own tree that takes words."""
    first = await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))
    await b.press(user, first, "Goed")
    own = await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))
    return await b.press(user, own, "Ja")


@pytest.mark.parametrize("writers", [4, 5])
async def test_texts_come_out_from_five_authors_on(tmp_path: Path, own_trees: str, writers: int) -> None:
    """Below five texts or ten respondents, what people wrote is destroyed unread: no byte of it stays."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        users = [b.sandbox.world.user(f"Persoon {number}") for number in range(10)]
        await asyncio.gather(*(b.join(user, team, "naaste") for user in users))
        b.forward(days=1)
        await asyncio.gather(*(at_the_words(b, user) for user in users))
        for user in users[:writers]:
            proposal = await b.after(user, lambda user=user: b.sandbox.world.say(user, user, CANARY))
            await b.press(user, proposal, "Zo is het goed")
        b.set_clock(START + timedelta(weeks=8, hours=1))
        assert b.run("close", team).returncode == 0
        shown = json.loads(b.run("feedback", team, "--json").stdout)
        assert [text["text"] for text in shown["texts"]] == [CANARY] * (writers if writers >= 5 else 0)
        await b.stop()
        holds = [file for file in b.data.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()]
        assert bool(holds) == (writers >= 5)


async def test_closing_early_is_refused_with_the_first_day(tmp_path: Path) -> None:
    """In the first eight weeks nothing closes, the answers stay, and the first possible day is named."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await answer_at_random(b, anna, random.Random(3))
        before = kept(b, team)
        b.set_clock(START + timedelta(weeks=8, hours=-2))
        refused = b.run("close", team)
        assert (refused.returncode, "maandag 2 november" in refused.stderr) == (1, True)
        early = b.run("moment", team, "2026-10-30")
        assert (early.returncode, "dinsdag 3 november" in early.stderr) == (1, True)
        assert kept(b, team) == before


async def test_a_button_of_a_closed_period_is_over(tmp_path: Path) -> None:
    """After closing nothing of the old period can be answered, changed or withdrawn; the new one begins empty."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        b.set_clock(START + timedelta(weeks=9))
        asked = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        await b.press(anna, asked, "Goed")
        assert b.run("close", team).returncode == 0
        assert "voorbij" in (await b.alert(anna, asked, "Wijzig") or "")
        shown = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/gegevens"))
        assert "Goed" not in shown.text
        again = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        await b.press(anna, again, "Zwaar")
        assert list(kept(b, team).values()) == ["zwaar"]
