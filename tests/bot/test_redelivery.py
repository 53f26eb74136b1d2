"""Updates that come again, any number of times and in any order, change nothing."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bench import AMSTERDAM
from telegram import User
from telegram.ext import ApplicationBuilder
from year.installation import Clock, Installation

from bot import render
from bot.handlers import answering, flood
from bot.network.gate import Raw
from bot.network.updates import Updates
from bot.routes import routes
from storage import closing
from storage.intake import Desk

UPDATES = 10_000 if os.environ.get("TEST_PROFILE") == "proof" else 1_000
MOST_COPIES = 5
PEOPLE = 40
BASE = {"naaste": "hoe-gaat-het-met-jullie", "professional": "hoe-gaat-het-met-jou"}
NOW = datetime(2026, 9, 7, 10, 0, tzinfo=AMSTERDAM)


async def furnished(data: Path) -> list[tuple[int, list[str]]]:
    """Two teams whose people have a question before them: each chat, with the buttons that may be tapped there."""
    installation = Installation(data, Clock(NOW))
    installation.start()
    house, found = installation.house, list[tuple[int, list[str]]]()
    for name in ("De Linde", "De Berk"):
        team = house.store.teams.add(name)
        house.store.teams.set_contact(team.id, "bel 020 123 45 67")
        closing.ensure_periods(house.store, NOW)
        house.store.contacts.make_coordinator(team.id, 1 + len(found), house.today())
        period = house.store.answers.open_period(team.id)
        assert period is not None
        for number in range(PEOPLE // 2):
            chat, role = 1000 + len(found), list(BASE)[number % 2]
            person = house.store.contacts.join(team.id, chat, role, house.today(), 1)
            dialogue = house.shelf.in_use(period)[BASE[role]]
            desk = Desk(person, role, period, 0, dialogue)
            await answering.ask_now(house, desk)
            place = answering.place_of(team, desk)
            data_of = [b.data for q in dialogue.questions.values() for b in render.ask(place, q).buttons]
            wishes = [f"c.{team.code}.rhythm.{on}" for on in "01"] + [f"p.{team.code}.{w}" for w in "12x"]
            changes = [place.tap(render.CHANGE, question) for question in dialogue.questions.values()]
            found.append((chat, [d for d in data_of + changes + wishes if not d.startswith(f"{render.HELP}.")]))
    await installation.kill()
    return found


def taps(buttons: list[tuple[int, list[str]]], chance: random.Random) -> list[Raw]:
    """So many taps by all these people, core questions more often than others."""
    found = []
    for number in range(UPDATES):
        chat, known = chance.choice(buttons)
        who = {"id": chat, "is_bot": False, "first_name": "P"}
        place = {"id": chat, "type": "private", "first_name": "P"}
        message = {"message_id": number + 1, "date": 1, "chat": place, "text": "?"}
        data = chance.choice(known[:4] if chance.random() < 0.5 else known)
        query = {"id": str(number), "from": who, "message": message, "chat_instance": "1", "data": data}
        found.append({"update_id": 700_000_001 + number, "callback_query": query})
    return found


def again_and_again(updates: list[Raw], chance: random.Random) -> list[Raw]:
    """Each update once in its turn, and up to four times more at any moment after that."""
    turns: list[tuple[float, Raw]] = []
    for at, update in enumerate(updates):
        copies = chance.randint(1, MOST_COPIES)
        turns += [(at, update), *((chance.uniform(at, len(updates)), update) for _ in range(copies - 1))]
    return [update for _, update in sorted(turns, key=lambda turn: turn[0])]


def batches(updates: list[Raw], chance: random.Random) -> Iterator[list[Raw]]:
    """As they come in: one by one, or up to a hundred at a time."""
    while updates:
        size = chance.choice((1, 5, 100))
        yield updates[:size]
        updates = updates[size:]


async def handled(data: Path, deliveries: list[Raw], chance: random.Random) -> dict[str, Any]:
    """What the files hold after these deliveries, fetched or brought, with a restart now and then."""
    installation = Installation(data, Clock(NOW))
    running: Updates | None = None
    for batch in batches(deliveries, chance):
        if running is None:
            installation.start()
            running = updates_of(installation)
        if chance.random() < 0.5:
            running.begin(batch)
            await asyncio.sleep(0)
            running.commit()
        else:
            assert all(await asyncio.gather(*(running.deal_with(raw) for raw in batch)))
        if chance.random() < 0.02:
            await running.finish()
            await installation.kill()
            running = None
    if running is None:
        installation.start()
    else:
        await running.finish()
    try:
        return contents(installation)
    finally:
        await installation.kill()


def updates_of(installation: Installation) -> Updates:
    """The middle of a bot, with nothing of a network around it."""
    app = ApplicationBuilder().token("1:a").updater(None).job_queue(None).build()
    app.bot._bot_user = User(1, "naastbot", is_bot=True, username="naastbot")
    app._initialized = True
    app.add_handlers(routes(installation.house))
    store = installation.store
    return Updates(app, store.ledger, store.batch, partial(flood.gate, installation.house))


def contents(installation: Installation) -> dict[str, Any]:
    """All that is kept of people and their answers, in clear, without the random order in which it lies there."""
    store, found = installation.store, dict[str, Any]()
    for team in store.teams.all():
        period = store.answers.open_period(team.id)
        assert period is not None
        diary = store.agenda.diary(team.id, period.number)
        for person in store.contacts.of_team(team.id):
            given = [(k.slot.dialogue, k.slot.question, k.value) for k in store.intake.all_given(person, period)]
            waits = store.intake.expected_text(person, period, NOW)
            found[person.id.hex()] = (person, given, waits, diary.open_prompts(person.id))
    found["rows"] = store.answers.db.execute("SELECT count(*) FROM kept").fetchone()[0]
    found["set aside"] = store.ledger.set_aside()
    return found


async def test_what_comes_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Taps that are each delivered one to five times, in any order, leave what each of them once would leave."""
    chance = random.Random(int(os.environ.get("NAASTBOT_SEED", "11")))
    first, second = tmp_path / "once", tmp_path / "again"
    buttons = await furnished(first)
    shutil.copytree(first, second)
    updates = taps(buttons, chance)
    deliveries = again_and_again(updates, chance)
    once = await handled(first, updates, chance)
    again = await handled(second, deliveries, chance)
    assert once == again
    assert once["set aside"] == []
    with capsys.disabled():
        print(f"\n{len(updates)} updates in {len(deliveries)} deliveries: {once['rows']} answers, the same")
