"""How answers.db lies on the disk: in which order somebody answered can't be read from its pages."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from pathlib import Path

import pytest
from bench import Bench, bench
from test_store import desk, joined, opened
from thief.case import Case
from thief.loot import Loot
from thief.pages import LEAF, Page, read_pages
from thief.score import Score, Truth
from thief.without_keys import by_order

from bot.schedule import tidying
from storage import contacts
from storage.anonymise import row_key
from storage.store import Store

PEOPLE = 30
FAR = 6.0
"""Standard deviations above blind guessing that chance alone does not reach."""


def leaves(path: Path, keys: set[bytes]) -> list[Page]:
    """The pages in which these rows lie."""
    pages = (page for page in read_pages(path.read_bytes()) if page.kind == LEAF)
    return [page for page in pages if any(cell.values[0] in keys for cell in page.cells)]


def answer(store: Store) -> list[bytes]:
    """Many people answer, one after the other; their rows' keys in that order."""
    people = joined(store, PEOPLE)
    random.Random(3).shuffle(people)
    key = store.keys.period_key("de-linde", 1)
    for person in people:
        store.intake.choose(desk(store, person), "hoe", "goed")
    return [row_key(key, person.id, desk(store, person).slot("hoe")) for person in people]


def test_a_file_that_is_not_tidied_tells_the_order(store: Store, tmp_path: Path) -> None:
    """Why it is rewritten: in the page the last one to answer lies first, whatever the keys are."""
    order = answer(store)
    (page,) = leaves(tmp_path / "data" / "answers.db", set(order))
    assert [cell.values[0] for cell in page.as_laid()] == order
    assert [cell.values[0] for cell in page.cells] == sorted(order)


def test_a_tidied_file_tells_nothing_but_its_keys(store: Store, tmp_path: Path) -> None:
    """The contents lie in the order of the random keys, and between them are zeros."""
    order = answer(store)
    store.intake.withdraw(joined(store, 1)[0], opened(store))
    assert store.answers.untidy
    store.answers.vacuum()
    assert not store.answers.untidy
    pages = leaves(tmp_path / "data" / "answers.db", set(order))
    for page in read_pages((tmp_path / "data" / "answers.db").read_bytes()):
        assert not any(page.between)
        assert [cell.offset for cell in page.cells] == [cell.offset for cell in page.as_laid()]
    assert sum(len(page.cells) for page in pages) == PEOPLE - 1


async def test_a_running_bot_tidies_after_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the next tick the place of an answer in the file says nothing; and after a kill by the first tick."""
    monkeypatch.setattr(tidying, "SHARE", 1)
    async with bench(tmp_path) as b:
        team = await b.team()
        people = [b.sandbox.world.user(f"Naaste {number}") for number in range(12)]
        for user in people:
            await b.join(user, team, "naaste")
            question = await b.after(user, lambda user=user: b.sandbox.world.say(user, user, "/checkin"))
            await b.press(user, question, "Zwaar")
        keys = {kept.key for kept in b.store.answers.of_period(team, 1)}
        assert len(keys) == len(people)
        await tidied(b)
        assert all(tidy(page) for page in leaves(b.data / "answers.db", keys))
        with sqlite3.connect(b.data / "answers.db", isolation_level=None) as other:
            other.execute("DELETE FROM answers")
            for key in sorted(keys, reverse=True):
                other.execute("INSERT INTO answers VALUES (?, ?, 1, 0, 'x', 'y', 'z')", (key, team))
        assert not all(tidy(page) for page in leaves(b.data / "answers.db", keys))
        await b.restart()
        await tidied(b)
        assert all(tidy(page) for page in leaves(b.data / "answers.db", keys))


async def tidied(b: Bench) -> None:
    """Wait until the bot has rewritten the file."""
    for _ in iter(lambda: b.store.answers.untidy, False):
        await asyncio.sleep(0.05)


def tidy(page: Page) -> bool:
    """Whether the contents of this page lie in the order of their keys."""
    return list(page.cells) == page.as_laid()


def test_the_order_tie_works_where_there_is_an_order(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: not tidied, and with one row written per reaction, nearly every answer is tied to a row."""
    monkeypatch.setattr(contacts, "COVER", 0)
    people = joined(store, 20)
    for person in people:
        store.contacts.add_unanswered(person.id)
    random.Random(5).shuffle(people)
    for person in people:
        store.intake.choose(desk(store, person), "hoe", "goed")
        store.contacts.heard(person.id)
    truth = Truth()
    truth.learn(store)
    case = Case([Loot.take(tmp_path / "data").with_keys("none")], [], {})
    right = {claim.answer for claim in by_order(case) if truth.right(claim)}
    assert len(right) == 20
    store.answers.vacuum()
    monkeypatch.undo()
    store.contacts.set(people[0].id, "every", "weekly")
    found = Score()
    found.add(Case([Loot.take(tmp_path / "data").with_keys("none")], [], {}), truth)
    assert found.luck(random.Random(1)) < FAR
