"""A team that is taken away is gone: from the files, the keys, and a bot that runs beside it."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bench import AMSTERDAM, Bench, bench
from full_team import full_team, holding, traces
from in_process import run_here
from test_time import said, ticked

from bot.wording import rights_texts, texts
from storage import closing
from storage.removal import remains, remove_team
from storage.store import Store, open_store

NOON = datetime(2026, 9, 9, 12, 0, tzinfo=AMSTERDAM)


async def removed(b: Bench, team: str, *words: str) -> tuple[int, str]:
    """The command, beside the running bot: exit code and everything that it said."""
    done = await asyncio.to_thread(b.run, "team", "remove", team, *words)
    return done.returncode, done.stdout + done.stderr


async def test_not_a_byte_of_a_removed_team_is_left(tmp_path: Path) -> None:
    """People, invitations, group, plans, answers, words, feedback and keys: gone, with the bot running beside."""
    async with bench(tmp_path) as b:
        team = await full_team(b)
        marks = traces(b.store, team.id)
        assert holding(b.data, marks) >= {"contacts.db", "answers.db", "de-linde.2.key"}
        code, told = await removed(b, team.id, "--yes")
        assert code == 0, told
        await ticked(b)
        assert holding(b.data, marks) == set()
        await b.stop()
        assert holding(b.data, marks) == set()


async def test_the_other_team_notices_nothing(tmp_path: Path) -> None:
    """Every row and key of another team stays, also one whose id begins the same."""
    async with bench(tmp_path) as b:
        await full_team(b, "De Linde")
        other = await full_team(b, "De Linde 2", count=2)
        assert other.id == "de-linde-2"
        # What its coordinator is sent of the period that closed has to be there first.
        await ticked(b)
        await ticked(b)
        before = sorted(traces(b.store, other.id))
        assert (await removed(b, "de-linde", "--yes"))[0] == 0
        assert sorted(traces(b.store, other.id)) == before
        user = other.people["De Linde 2 0"]
        answer = await b.after(user, lambda: b.sandbox.world.say(user, user, "/gegevens"))
        assert "De Linde 2" in answer.text


async def test_a_running_bot_goes_on_and_says_nothing_more_to_them(tmp_path: Path) -> None:
    """It does not fall over, sends nothing that was planned, makes nothing anew; old buttons answer kindly."""
    async with bench(tmp_path) as b:
        team = await full_team(b)
        b.set_clock(b.now().replace(hour=6) + timedelta(days=1))
        await b.sandbox.world.settled()
        assert (await removed(b, team.id, "--yes"))[0] == 0
        heard = {name: len(said(b, user)) for name, user in team.people.items()}
        for hours in (3, 6 * 24 + 3, 24 * 7 * 30):
            b.forward(hours=hours)
            await ticked(b)
        assert {name: len(said(b, user)) for name, user in team.people.items()} == heard
        name, user = next(iter(team.people.items()))
        asked = team.asked[name]
        assert await b.alert(user, asked, asked.labels[0]) == texts.OVER
        answer = await b.after(user, lambda: b.sandbox.world.say(user, user, "/gegevens"))
        assert answer.text == rights_texts.DATA_NONE
        assert b.store.teams.all() == []
        assert b.store.answers.all_periods(state="open") == []
        assert b.store.keys.period_keys() == []
        assert remains(b.store) == []


async def test_nothing_goes_before_the_id_is_typed(tmp_path: Path) -> None:
    """What will go is said first; another word, or none, changes nothing."""
    data = tmp_path / "data"
    run_here(data, "team", "add", "De Linde")
    for typed, says in (("de-Linde\n", "Er is niets veranderd"), ("", "Afgebroken")):
        done = run_here(data, "team", "remove", "de-linde", typed=typed)
        assert (done.returncode, says in done.stderr) == (1, True)
        assert "terugkoppeling van alle periodes" in done.stdout
    assert "de-linde" in run_here(data, "team", "list").stdout
    assert run_here(data, "team", "remove", "de-linde", typed="de-linde\n").returncode == 0
    assert "nog geen teams" in run_here(data, "team", "list").stdout
    assert run_here(data, "team", "remove", "de-linde", "--yes").returncode == 2


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two teams with their first period."""
    made = open_store(tmp_path / "data")
    for name in ("De Linde", "Het Eiland"):
        made.teams.add(name)
    closing.ensure_periods(made, NOON)
    return made


def test_a_removal_that_was_cut_off_can_be_finished(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two files a crash leaves something behind: it is named, nothing is made anew, and it can go."""

    def cut_off() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store.keys, "period_keys", cut_off)
        with pytest.raises(KeyboardInterrupt):
            remove_team(store, "de-linde")
    assert remains(store) == ["de-linde"]
    closing.ensure_periods(store, NOON)
    closing.finish_all(store)
    assert remains(store) == ["de-linde"]
    store.close()
    assert "team remove de-linde" in run_here(tmp_path / "data", "doctor", "--offline").stdout
    assert run_here(tmp_path / "data", "team", "remove", "de-linde", "--yes").returncode == 0
    with_rest = open_store(tmp_path / "data")
    assert remains(with_rest) == []
    assert with_rest.keys.period_keys() == [("het-eiland", 1)]


def test_every_table_that_knows_teams_is_emptied(store: Store) -> None:
    """A table that is made later is emptied too, as long as it says whose its rows are; the others are listed."""
    shared = {"teams", "failed_tries", "dialogue_texts", "seen_updates", "failed_updates"}
    for db in (store.contacts.db, store.answers.db):
        for table in db.tables:
            if not table.name.startswith(("_", "sqlite")) and table.name not in shared:
                assert "team" in table.columns_dict or table.name == "open_prompts", table.name


async def test_a_team_can_go_in_the_middle_of_everything(tmp_path: Path) -> None:
    """People join, tap and ask while their team is taken away: nobody's bot stops, and nothing comes back."""
    chance = random.Random(2)
    async with bench(tmp_path) as b:
        for attempt in range(4):
            team = await b.team(f"Team {attempt}")
            busy = [asyncio.create_task(_live(b, team, f"Persoon {attempt} {number}")) for number in range(8)]
            await asyncio.sleep(chance.uniform(0, 0.6))
            await asyncio.to_thread(_remove_beside, b.data, team)
            await asyncio.wait(busy, timeout=0.5)
            for task in busy:
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)
            await ticked(b)
            assert b.store.teams.all() == []
            assert remains(b.store) == []
            assert not any(b.store.contacts.db["participants"].rows)
            assert not any(b.store.contacts.db["outbox"].rows)
            assert not any(b.store.answers.db["answers"].rows)
        anna = b.sandbox.world.user("Anna")
        assert (await b.after(anna, lambda: b.sandbox.world.start(anna))).text == texts.NO_INVITATION


async def _live(b: Bench, team: str, name: str) -> None:
    """Join, answer, look and stop, as far as it goes."""
    user = b.sandbox.world.user(name)
    await b.join(user, team, "naaste")
    for words in ("/checkin", "/gegevens", "/checkin", "/stop"):
        said_now = await b.after(user, lambda words=words: b.sandbox.world.say(user, user, words))
        if said_now.labels:
            await b.press(user, said_now, said_now.labels[0])


def _remove_beside(data: Path, team: str) -> None:
    """What the command does, from a second opening of the same files."""
    beside = open_store(data)
    assert remove_team(beside, team)
    beside.close()
