"""Dialogues in use: a faulty file never takes a good one away, and a period keeps what it began with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench import bench
from test_answering import kept

from bot.shelf import Shelf
from storage.answers import Period
from storage.store import Store, open_store

TREE = """dialogue: eigen
version: {version}
for: [naaste]
title: Eigen
source: test
start: een
questions:
  een:
    ask: {ask}
    options:
      ja: {{say: Ja, then: dag}}
      nee: {{say: Nee, then: {then}}}
ends:
  dag: {{say: Dag.}}
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty data directory with one team and its period."""
    from datetime import UTC, datetime

    from storage import closing

    made = open_store(tmp_path / "data")
    made.teams.add("De Linde")
    closing.ensure_periods(made, datetime(2026, 9, 7, tzinfo=UTC))
    return made


def write(directory: Path, version: int = 1, ask: str = "Hoe?", then: str = "dag") -> None:
    """The team's own tree; the time of change moves on, however fast the test is."""
    directory.mkdir(exist_ok=True)
    path = directory / "eigen.yaml"
    number = path.stat().st_mtime_ns + 1_000_000 if path.exists() else 10**18
    path.write_text(TREE.format(version=version, ask=ask, then=then), encoding="utf-8")
    os.utime(path, ns=(number, number))


def period(store: Store) -> Period:
    """The open period."""
    found = store.answers.open_period("de-linde")
    assert found is not None
    return found


def test_a_faulty_tree_leaves_the_last_good_one(store: Store, tmp_path: Path) -> None:
    """While running and after a restart the last good version stays, and what is wrong is reported."""
    own = tmp_path / "eigen"
    write(own)
    shelf = Shelf(store.teams, own)
    shelf.refresh()
    assert shelf.latest["eigen"].core.ask["naaste"] == "Hoe?"
    write(own, version=2, then="dga")
    shelf.refresh()
    assert [problem.code for problem in shelf.problems] == ["E203"]
    assert shelf.latest["eigen"].version == 1
    fresh = Shelf(store.teams, own)
    fresh.refresh()
    assert fresh.latest["eigen"].version == 1
    (own / "eigen.yaml").write_bytes(b"\xff\xfe\x00")
    fresh.refresh()
    assert fresh.latest["eigen"].version == 1


def test_options_can_not_change_without_a_new_version(store: Store, tmp_path: Path) -> None:
    """Answers belong to a version: a changed meaning under the same number is refused, new wording is not."""
    own = tmp_path / "eigen"
    write(own)
    shelf = Shelf(store.teams, own)
    shelf.refresh()
    write(own, ask="Hoe gaat het?")
    shelf.refresh()
    assert shelf.latest["eigen"].core.ask["naaste"] == "Hoe gaat het?"
    path = own / "eigen.yaml"
    path.write_text(path.read_text().replace("nee: {say: Nee", "soms: {say: Soms"), encoding="utf-8")
    shelf.refresh()
    assert [problem.code for problem in shelf.problems] == ["E223"]
    assert [option.id for option in shelf.latest["eigen"].core.options] == ["ja", "nee"]


def test_a_period_keeps_the_version_it_began_with(store: Store, tmp_path: Path) -> None:
    """A new version starts with the next period, also after a restart that finds only the new file."""
    own = tmp_path / "eigen"
    write(own)
    shelf = Shelf(store.teams, own)
    shelf.refresh()
    taken = shelf.take(period(store), "eigen")
    assert taken is not None
    write(own, version=2, ask="Nieuw?")
    fresh = Shelf(store.teams, own)
    fresh.refresh()
    assert fresh.latest["eigen"].version == 2
    used = fresh.take(period(store), "eigen")
    assert used is not None
    assert used.version == 1
    assert [dialogue.version for dialogue in fresh.used_in(period(store))] == [1]


async def test_a_running_bot_takes_a_new_tree_and_keeps_a_good_one(tmp_path: Path) -> None:
    """A team's own tree is picked up while the bot runs, and stays when its file breaks."""
    own = tmp_path / "eigen"
    own.mkdir()
    async with bench(tmp_path, NAASTBOT_DIALOGUES=str(own)) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        write(own)
        assert b.run("ask", team, "eigen").returncode == 0
        asked = await b.sandbox.world.next_message(anna, after=b.sandbox.world.chat(anna).messages[-1])
        assert asked.text == "De Linde\n\nHoe?"
        (own / "eigen.yaml").write_text("kapot: [", encoding="utf-8")
        await b.restart()
        await b.press(anna, asked, "Ja")
        assert kept(b, team) == {"een": "ja"}
