"""What is asked in which order: a programme of the installation's or a team's own, read while the bot runs."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bench import bench
from own_tree import TREE
from test_silence import WEDNESDAY, questions
from test_time import ticked

from bot.shelf import Shelf
from storage import closing
from storage.answers import Period
from storage.schema import writing
from storage.store import Store, open_store

OPENED = datetime(2026, 9, 7, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two teams, each in its first period."""
    made = open_store(tmp_path / "data")
    for name in ("De Linde", "Het Eiland"):
        made.teams.add(name)
    closing.ensure_periods(made, OPENED)
    return made


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A directory of own dialogues, with one in it."""
    directory = tmp_path / "eigen"
    directory.mkdir()
    (directory / "aan-het-woord.yaml").write_text(TREE, encoding="utf-8")
    return directory


def write(own: Path, text: str) -> None:
    """A programme; the time of change moves on, however fast the test is."""
    path = own / "programma.yaml"
    number = path.stat().st_mtime_ns + 1_000_000 if path.exists() else 10**18
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(number, number))


def asks(shelf: Shelf, store: Store, team: str = "de-linde", role: str = "naaste", turn: int = 0) -> list[str]:
    """What comes after the base, read again."""
    shelf.refresh()
    period: Period | None = store.answers.open_period(team)
    assert period is not None
    base, *rest = shelf.in_turn(period, role, turn)
    assert base.startswith("hoe-gaat-het-met-")
    return rest


def test_a_team_is_asked_what_its_programme_says(store: Store, own: Path) -> None:
    """Without a file: the own dialogues, and the library in turn. With one: its list, and a team's before that."""
    shelf = Shelf(store.teams, own)
    assert asks(shelf, store) == ["aan-het-woord", "wat-lukte", "wie-neem-je-mee"]
    assert asks(shelf, store, turn=1) == ["aan-het-woord", "wie-neem-je-mee", "wat-lukte"]
    (own / "aan-het-woord.yaml").rename(own / "anders.yaml")
    assert asks(shelf, store) == ["aan-het-woord", "wat-lukte", "wie-neem-je-mee"]
    write(own, "naaste: [wie-neem-je-mee]\nteams: {het-eiland: {naaste: [aan-het-woord, wat-lukte]}}")
    assert asks(shelf, store) == ["wie-neem-je-mee"]
    assert asks(shelf, store, "het-eiland") == ["aan-het-woord", "wat-lukte"]
    assert asks(shelf, store, "het-eiland", "professional")[0] == "aan-het-woord"
    (own / "programma.yaml").unlink()
    assert asks(shelf, store)[0] == "aan-het-woord"


def test_a_faulty_programme_leaves_the_last_good_one(store: Store, own: Path) -> None:
    """While running and after a restart; when there never was a good one, the usual programme holds."""
    write(own, "naaste: [wat-lukt]")
    shelf = Shelf(store.teams, own)
    assert asks(shelf, store) == ["aan-het-woord", "wat-lukte", "wie-neem-je-mee"]
    assert [problem.code for problem in shelf.problems] == ["E501"]
    write(own, "naaste: [wat-lukte]")
    assert asks(shelf, store) == ["wat-lukte"]
    for fault in ("naaste: [", "", "naaste: [wat-lukte, even-bellen]"):
        write(own, fault)
        for reader in (shelf, Shelf(store.teams, own)):
            assert asks(reader, store) == ["wat-lukte"]
            assert len(reader.problems) == 1
    (own / "programma.yaml").write_bytes(b"\xff\xfe\x00")
    assert asks(Shelf(store.teams, own), store) == ["wat-lukte"]


def test_the_first_opening_is_what_rounds_are_counted_from(store: Store) -> None:
    """Later periods do not change it, so a team's list goes on where it was."""
    store.answers.mark_period("de-linde", 1, "done")
    with writing(store.answers.db):
        store.answers.open_new_period("de-linde", 2, OPENED + timedelta(weeks=9), timedelta(weeks=4))
    assert store.answers.first_opened("de-linde") == OPENED
    with pytest.raises(LookupError):
        store.answers.first_opened("nergens")


async def test_a_programme_that_changes_in_the_middle(tmp_path: Path, own: Path) -> None:
    """By rhythm and with /checkin a round follows the programme as it is now, and asks nothing twice."""
    write(own, "naaste: [wie-neem-je-mee, wat-lukte]")
    async with bench(tmp_path, NAASTBOT_DIALOGUES=str(own)) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        period = b.store.answers.open_period(team)
        assert period is not None

        async def asked_by(week: int) -> set[str]:
            b.set_clock(WEDNESDAY + timedelta(weeks=week))
            await ticked(b)
            (person,) = b.store.contacts.of_chat(anna.id)
            return b.diary(team).asked(person.id, period.round_at(b.now()))

        assert await asked_by(0) == {"hoe-gaat-het-met-jullie"}
        assert await asked_by(1) == {"hoe-gaat-het-met-jullie", "wie-neem-je-mee"}
        write(own, "teams: {de-linde: {naaste: [wie-neem-je-mee, aan-het-woord]}}")
        await ticked(b)
        for question in questions(b, anna):
            await b.press(anna, question, "Sla over")
        offered = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        assert offered.text == "De Linde\n\nHeb je zin in iets nieuws?"
        assert await asked_by(2) == {"hoe-gaat-het-met-jullie", "wie-neem-je-mee", "aan-het-woord"}
        assert b.run("check").returncode == 0
        write(own, "naaste: [even-bellen]\nteams: {de-lind: {}}")
        checked = b.run("check")
        assert (checked.returncode, "E503" in checked.stdout, "W501" in checked.stdout) == (1, True, True)
        assert "Bedoel je 'de-linde'?" in checked.stdout
        assert "In het programma staan fouten (1)." in b.run("doctor", "--offline").stdout
