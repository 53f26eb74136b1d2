"""A team with everything that can be kept of one, and what there is to be found of it in files."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench import Bench

from bot.sandbox.model import Chat, Message, User
from bot.shelf import Shelf
from storage import closing
from storage.store import Store


@dataclass
class FullTeam:
    """Its id, its people with the last question before each of them, and its group."""

    id: str
    people: dict[str, User]
    asked: dict[str, Message]
    group: Chat


async def full_team(b: Bench, name: str = "De Linde", count: int = 6) -> FullTeam:
    """A team in its second period: feedback of the first; answers, open questions, a group, a moment, codes."""
    team = await b.team(name)
    world = b.sandbox.world
    group = world.group(name, [world.user("Eigenaar")])
    world.add_bot(group, b.code(team, "group"))
    people = {f"{name} {number}": world.user(f"{name} {number}") for number in range(count)}
    await asyncio.gather(*(b.join(user, team, "naaste") for user in people.values()))
    b.forward(weeks=9)
    await asyncio.gather(*(_answer(b, user) for user in people.values()))
    _close(b, team)
    asked = dict(zip(people, await asyncio.gather(*(_answer(b, user) for user in people.values())), strict=True))
    period = b.store.answers.open_period(team)
    assert period is not None
    b.store.agenda.set_moment(team, period.number, b.now() + timedelta(weeks=12))
    b.code(team, "professional", uses=5)
    await world.settled()
    return FullTeam(team, people, asked, group)


def _close(b: Bench, team: str) -> None:
    """Close the open period, as the ticker does."""
    period = b.store.answers.open_period(team)
    assert period is not None
    shelf = Shelf(b.store.teams, None)
    shelf.refresh()
    closing.release_period(b.store, period, shelf.used_in(period), b.now(), random.Random(1))
    closing.finish_all(b.store)


async def _answer(b: Bench, user: User) -> Message:
    """Answer the first question of the round; the message that follows."""
    first = await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))
    return await b.press(user, first, "Zwaar")


def traces(store: Store, team: str) -> list[bytes]:
    """Bytes that stand for this team in files: id, name and code, the keys of its rows, its period keys."""
    found = store.teams.require(team)
    marks = [found.id.encode(), found.name.encode(), found.code.encode()]
    for db in (store.contacts.db, store.answers.db):
        for table in db.tables:
            if "team" in table.columns_dict:
                rows = db.conn.execute(f"SELECT * FROM {table.name} WHERE team = ?", (team,)).fetchall()
                marks += [value for row in rows for value in row if isinstance(value, bytes)]
    numbers = [number for of, number in store.keys.period_keys() if of == team]
    return [*marks, *(store.keys.period_key(team, number) for number in numbers)]


def holding(directory: Path, marks: list[bytes]) -> set[str]:
    """The files in which any of these can be found, in what they hold or in their name."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    return {
        path.name
        for path in files
        if any(mark in path.read_bytes() or mark in path.name.encode() for mark in marks)
    }
