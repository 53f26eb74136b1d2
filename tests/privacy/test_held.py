"""/gegevens is complete: every field of every table and of every sealed row has a line there, or says why not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench import START, Bench, bench
from test_retention import close
from test_time import ticked

from bot.sandbox.model import User
from bot.schedule.outbox import Outbox
from bot.wording import rights_texts, texts
from dialogues.calendar import Recurrence
from storage.errands import Errand
from storage.intake import _open_waiting
from storage.keys import derive
from storage.participant import NEW
from storage.plans import Plan
from storage.sealing import Box

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("held.yaml").read_text(encoding="utf-8")
)
OTHER: Mapping[str, Any] = {
    "role": "professional",
    "next_role": "naaste",
    "coordinator": False,
    "every": "weekly",
    "weekday": 1,
    "daypart": "ochtend",
    "language": "en",
    "consent_version": 2,
    "consented_on": "2026-08-01",
    "asked_version": 3,
    "consent_rhythm": False,
    "consent_moment": False,
    "consent_feedback": True,
    "reminders": True,
    "paused_until": "2026-12-31",
    "unanswered": 2,
    "idle_closings": 0,
    "joined_on": "2026-08-01",
    "state": "stopped",
}
"""Another value for each attribute of a person, which has to read differently."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks often is not told to slow down."""
    monkeypatch.setattr("bot.network.calm.BURST", 10_000)


async def all_that_can_be_kept(b: Bench, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody about whom everything is kept that the files can hold, in the second period of a team."""
    world = b.sandbox.world
    b.set_clock(START - timedelta(weeks=8, hours=1))
    team = await b.team()
    await close(b, team)
    b.set_clock(START)
    anna = world.user("Anna")
    await b.join(anna, team, "naaste")
    for command, said in (("/checkin", "Wisselend"), ("/checkin", "Ja")):
        asked = await b.after(anna, lambda command=command: world.say(anna, anna, command))
        await b.press(anna, asked, said)
    proposal = await b.after(anna, lambda: world.say(anna, anna, "het gaat wel"))
    await b.press(anna, proposal, texts.KEEP)
    await world.tap(anna, proposal, texts.CHANGE).answered()
    await world.until(anna, lambda: texts.SKIP in proposal.labels)
    for _ in range(2):
        await b.after(anna, lambda: world.say(anna, anna, "/start nergensvoor"))
    await ticked(b)
    (person,) = b.store.contacts.of_chat(anna.id)
    b.store.contacts._change(person.id, {**EVERYTHING})
    await ticked(b)
    # From here on nothing is sent: what is planned next stays planned, however long the rest takes.
    monkeypatch.setattr(Outbox, "send_pending", lambda _: None)
    period = b.store.answers.open_period(team)
    assert period is not None
    diary = b.diary(team)
    diary.open_prompt(person.id, "aan-het-woord", 0, START.date())
    weekly = Recurrence("weekly", date(2026, 9, 10), time(10, 30))
    b.store.plans.add(Plan(b"", team, 0, weekly, START, dialogue="aan-het-woord", maker=person.id), -1, 1)
    planned = Errand(person.id, "rhythm:2026-09-20", team, period.number, 0, "wat-lukte", START.date())
    diary.add([planned])
    diary.mark(planned, "pending")
    return anna


EVERYTHING: Mapping[str, Any] = {
    "next_role": "professional",
    "coordinator": True,
    "every": "fourweekly",
    "weekday": 4,
    "daypart": "avond",
    "asked_version": 2,
    "consent_feedback": False,
    "reminders": False,
    "paused_until": "2026-09-14",
    "unanswered": 3,
    "idle_closings": 1,
}


async def shown(b: Bench, user: User) -> str:
    """All that /gegevens says, its messages one after another."""
    await b.sandbox.world.settled()
    last = max(b.sandbox.world.chat(user).by_id)
    (person,) = b.store.contacts.of_chat(user.id)
    before = (person.unanswered, person.idle_closings)
    b.sandbox.world.say(user, user, "/gegevens")
    await b.sandbox.world.settled()
    # Asking is a reaction too: it starts these counts again, once they were shown.
    b.store.contacts._change(person.id, {"unanswered": before[0], "idle_closings": before[1]})
    messages = b.sandbox.world.chat(user).messages
    text = "\n\n".join(m.text for m in messages if m.id > last and m.sender == b.sandbox.world.bot)
    assert text.startswith("De Linde\n\nDit bewaar ik over jou")
    return text


def columns(path: Path) -> dict[str, set[str]]:
    """Every table of a database file, with its columns."""
    with sqlite3.connect(path) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in names if not name.startswith(("_sqlite_migrations", "sqlite_"))]
        return {name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")} for name in own}


def sealed(b: Bench, team: str) -> Iterator[tuple[str, set[str]]]:
    """Every kind of sealed row that is in the files, with the names of what is in it."""
    contacts = b.store.contacts
    period = b.store.answers.open_period(team)
    assert period is not None
    key = b.store.keys.period_key(team, period.number)
    errands, prompts = Box(derive(key, "naastbot errands")), Box(derive(key, "naastbot prompts"))
    for row in contacts.db.execute("SELECT by_id, sealed FROM participants").fetchall():
        yield "participant", {*contacts._book.people.open(*row)}
    for row in contacts.db.execute("SELECT id, sealed FROM plans").fetchall():
        yield "plan", {*contacts._book.plans.open(*row)}
    for row in contacts.db.execute("SELECT key, sealed FROM outbox").fetchall():
        yield "errand", {*errands.open(*row)}
    for row in contacts.db.execute("SELECT key, sealed FROM open_prompts").fetchall():
        yield "prompt", {*prompts.open(*row)}
    for row in b.store.answers.db.execute("SELECT key, sealed FROM awaiting").fetchall():
        opened = _open_waiting(key, *(bytes(part) for part in row))
        assert opened is not None
        yield "awaiting", dict(zip(("round", "dialogue", "question", "until"), opened, strict=True)).keys() | set()


def lines() -> Iterator[tuple[str, str]]:
    """Each field that is about a person, with what /gegevens says of it."""
    for file, tables in TABLE.items():
        for table, fields in tables.items():
            if "says" in fields:
                yield f"{file}:{table}", fields["says"]
            elif "nobody" not in fields:
                yield from ((f"{file}:{table}.{name}", f["says"]) for name, f in fields.items() if "says" in f)


async def test_every_stored_field_has_a_line_in_gegevens(
    tmp_path: Path, own_trees: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks sees all that is kept of them: a field that was added without a line fails here."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        anna = await all_that_can_be_kept(b, monkeypatch)
        text = await shown(b, anna)
        for file in ("contacts.db", "answers.db"):
            listed = {
                table: {*fields} for table, fields in TABLE[file].items() if not {"nobody", "says"} & {*fields}
            }
            stored = columns(b.data / file)
            assert {*stored} == {*TABLE[file]}, "a table that held.yaml does not know"
            assert {table: stored[table] for table in listed} == listed
        (person,) = b.store.contacts.of_chat(anna.id)
        seen: dict[str, set[str]] = {}
        for kind, names in sealed(b, person.team):
            seen[kind] = seen.get(kind, set()) | names
        assert seen == {kind: {*fields} for kind, fields in TABLE["sealed"].items()}
        assert {name: said for name, said in lines() if said not in text} == {}, text


async def test_another_value_reads_differently(tmp_path: Path) -> None:
    """No line stands there whatever is kept: each attribute of a person shows, with its value."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await b.sandbox.world.settled()
        (person,) = b.store.contacts.of_chat(anna.id)
        b.store.contacts._change(person.id, {**EVERYTHING})
        assert {*OTHER} == {*NEW, "joined_on"}, "another value for an attribute that was added"
        before = await shown(b, anna)
        original = json.loads(json.dumps(b.store.contacts._of_chat(team, anna.id)))
        for name, value in OTHER.items():
            assert original[name] != value, name
            b.store.contacts._change(person.id, {name: value})
            assert await shown(b, anna) != before, name
            b.store.contacts._change(person.id, {name: original[name]})
        assert await shown(b, anna) == before


@pytest.mark.parametrize("state", ["active", "stopped", "blocked", "leaving"])
async def test_everybody_can_see_what_is_kept(tmp_path: Path, state: str) -> None:
    """Also whoever stopped, blocked the bot, is about to go, or takes part in two teams."""
    async with bench(tmp_path) as b:
        linde, eiland = await b.team(), await b.team("Het Eiland")
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, linde, "naaste")
        await b.join(anna, eiland, "professional")
        b.set_clock(START.replace(hour=23))
        for person in b.store.contacts.of_chat(anna.id):
            if person.team == linde:
                b.store.contacts.set(person.id, "state", state)
        last = max(b.sandbox.world.chat(anna).by_id)
        b.sandbox.world.say(anna, anna, "/gegevens")
        await b.sandbox.world.settled()
        first, second = (m.text for m in b.sandbox.world.chat(anna).messages if m.id > last + 1)
        assert rights_texts.DATA_LINES[f"state_{state}"] in first
        assert "De Linde" in first
        assert "Je rol: naaste." in first
        assert rights_texts.DATA_LINES["state_active"] in second
        assert "Het Eiland" in second
        assert "Je rol: professional." in second


async def test_a_coordinator_sees_what_is_kept_too(tmp_path: Path) -> None:
    """Somebody who answers nothing sees the right they have, and what was sent to them."""
    async with bench(tmp_path) as b:
        team = await b.team()
        carla = b.sandbox.world.user("Carla")
        await b.join(carla, team, "coordinator")
        await close(b, team)
        await b.sandbox.world.until(carla, lambda: any(m.document for m in b.sandbox.world.chat(carla).messages))
        told = await b.after(carla, lambda: b.sandbox.world.say(carla, carla, "/gegevens"))
        assert rights_texts.DATA_LINES["coordinator"] in told.text
        assert rights_texts.DATA_LINES["no_role"] in told.text
        assert rights_texts.NOTICE_TITLES["closed"] in told.text
