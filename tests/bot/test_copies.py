"""Copies by the command line: a bot that goes on from one, people who are told, and a key that stays apart."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

from bench import Bench, bench
from full_team import FullTeam, full_team, holding
from in_process import Done, run_here
from test_answering import kept
from test_time import said, ticked

from bot.wording import texts
from storage.closing import finish_all


def command(b: Bench, *words: str) -> Done:
    """A command with the settings of the bench."""
    return run_here(b.data, *words, **{name: value for name, value in b.env.items() if name != "NAASTBOT_DATA"})


async def put_back(b: Bench, tmp_path: Path) -> None:
    """A copy of the running bot; then the disk is lost, and the copy put back in an empty directory."""
    made = command(b, "backup", str(tmp_path / "copy"), "--key", str(tmp_path / "key"))
    assert made.returncode == 0, made.stderr
    await lose_and_restore(b, tmp_path)


async def lose_and_restore(b: Bench, tmp_path: Path) -> None:
    """All that was in the data directory is gone, but for the copy."""
    await b.stop()
    shutil.rmtree(b.data)
    back = command(b, "restore", str(tmp_path / "copy"), "--key", str(tmp_path / "key"))
    assert back.returncode == 0, back.stderr
    await b.start()


def heard(b: Bench, team: FullTeam, start: str) -> list[int]:
    """How often each of the people was told something that begins like this."""
    return [sum(text.startswith(start) for text in said(b, user)) for user in team.people.values()]


async def test_people_are_told_once_at_a_decent_hour_and_asked_nothing_that_day(tmp_path: Path) -> None:
    """Everyone hears what is lost and what is kept; whoever had stopped has a day to say so again."""
    async with bench(tmp_path) as b:
        team = await full_team(b, count=3)
        b.set_clock(b.now().replace(hour=3) + timedelta(days=(1 - b.now().weekday()) % 7 + 1))
        assert b.now().weekday() == 2
        await put_back(b, tmp_path)
        news = texts.RESTORED.partition("{")[0]
        questions = {name: len(said(b, user)) for name, user in team.people.items()}
        await ticked(b)
        assert heard(b, team, news) == [0] * 3
        b.forward(hours=6)
        await ticked(b)
        assert heard(b, team, news) == [1] * 3
        coordinator = next(
            u for u in b.sandbox.world.state.users.values() if u.first_name == "Kartrekker De Linde"
        )
        assert [text.startswith(news) for text in said(b, coordinator)][-1:] == [True]
        feedback = sum("terugkoppeling" in text.lower() for text in said(b, coordinator))
        b.forward(hours=7)
        await ticked(b)
        await b.restart()
        await ticked(b)
        assert {name: len(said(b, user)) - 1 for name, user in team.people.items()} == questions
        b.forward(days=7)
        await ticked(b)
        assert heard(b, team, news) == [1] * 3
        assert heard(b, team, "De Linde\n\nHoe gaat het met jullie?") > [2] * 3
        assert sum("terugkoppeling" in text.lower() for text in said(b, coordinator)) == feedback


async def test_who_hears_it_at_the_end_of_a_break_is_asked_nothing_that_day_either(tmp_path: Path) -> None:
    """The day to say so counts for each person, from when they were told; after it the questions come."""
    async with bench(tmp_path) as b:
        team = await full_team(b, count=3)
        b.set_clock(b.now().replace(hour=7) + timedelta(days=(1 - b.now().weekday()) % 7 + 1))
        back = (b.now() + timedelta(days=7)).date()
        anna = next(iter(team.people.values()))
        (person,) = b.store.contacts.of_chat(anna.id)
        b.store.contacts.set(person.id, "paused_until", back.isoformat())
        await put_back(b, tmp_path)
        news, question = texts.RESTORED.partition("{")[0], "De Linde\n\n"
        b.forward(hours=9)
        await ticked(b)
        assert heard(b, team, news) == [0, 1, 1]
        before = said(b, anna)
        b.forward(days=7)
        await ticked(b)
        await ticked(b)
        assert [text.startswith(news) for text in said(b, anna)[len(before) :]] == [True]
        b.forward(days=7)
        await ticked(b)
        assert said(b, anna)[-1].startswith(question)


async def test_a_bot_goes_on_from_a_copy(tmp_path: Path) -> None:
    """The period keeps its number and its day of closing, and starts empty: old buttons are over."""
    async with bench(tmp_path) as b:
        team = await full_team(b, count=3)
        period = b.store.answers.open_period(team.id)
        (listed,) = json.loads(command(b, "team", "list", "--json").stdout)
        assert len(kept(b, team.id)) > 0
        await put_back(b, tmp_path)
        assert json.loads(command(b, "team", "list", "--json").stdout) == [listed | {"codes": []}]
        assert b.store.answers.open_period(team.id) == period
        assert kept(b, team.id) == {}
        for name, user in list(team.people.items())[:2]:
            old = team.asked[name]
            assert await b.alert(user, old, old.labels[0]) == texts.OVER
            asked = await b.after(user, lambda user=user: b.sandbox.world.say(user, user, "/checkin"))
            await b.press(user, asked, "Goed")
        assert set(kept(b, team.id).values()) == {"goed"}
        assert "Terugkoppeling" in command(b, "feedback", team.id, "--period", "1").stdout
        b.forward(weeks=11, days=6)
        await ticked(b)
        finish_all(b.store)
        assert b.store.agenda.restored(team.id) is None
        assert command(b, "feedback", team.id, "--period", "2").returncode == 0


async def test_a_copy_and_what_comes_of_it_know_no_earlier_answer(tmp_path: Path) -> None:
    """No row key, message, code or period key of before is in the copy, nor in a directory made from it."""
    async with bench(tmp_path) as b:
        team = await full_team(b, count=3)
        db, answers = b.store.contacts.db, b.store.answers.db
        rows = [*db["outbox"].rows, *db["open_prompts"].rows, *db["invitations"].rows, *answers["answers"].rows]
        secret = [value for row in rows for value in row.values() if isinstance(value, bytes)]
        secret += [b.store.keys.period_key(team.id, 2), str(b.sandbox.token).encode()]
        assert len(secret) > 12
        await put_back(b, tmp_path)
        assert holding(tmp_path / "copy", [*secret, b.store.keys.master()]) == set()
        assert holding(b.data, secret) == set()


async def test_what_happened_after_the_copy(tmp_path: Path) -> None:
    """Codes of before open nothing; who joined since is not known; who stopped since can stop again."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        anna, bert, carla = world.user("Anna"), world.user("Bert"), world.user("Carla")
        await b.join(anna, team, "naaste")
        code = b.code(team, "naaste")
        assert command(b, "backup", str(tmp_path / "copy"), "--key", str(tmp_path / "key")).returncode == 0
        await b.join(bert, team, "naaste")
        await b.after(anna, lambda: world.say(anna, anna, "/stop"))
        await lose_and_restore(b, tmp_path)
        assert (await b.after(carla, lambda: world.start(carla, code))).text == texts.WRONG_CODE
        assert (await b.after(bert, lambda: world.say(bert, bert, "/checkin"))).text == texts.NOT_MEMBER
        news = texts.RESTORED.partition("{")[0]
        await ticked(b)
        told = [text for text in said(b, anna) if text.startswith(news)]
        assert len(told) == 1
        assert "/stop" in told[0]
        await b.after(anna, lambda: world.say(anna, anna, "/stop"))
        before = len(said(b, anna))
        b.forward(weeks=3)
        await ticked(b)
        assert len(said(b, anna)) == before


async def test_who_joins_afterwards_lost_nothing(tmp_path: Path) -> None:
    """Somebody new does not hear of a copy and of answers that they never gave."""
    async with bench(tmp_path) as b:
        team = await b.team()
        assert command(b, "backup", str(tmp_path / "copy"), "--key", str(tmp_path / "key")).returncode == 0
        b.forward(days=1)
        await lose_and_restore(b, tmp_path)
        await ticked(b)
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await ticked(b)
        assert not [text for text in said(b, anna) if text.startswith(texts.RESTORED.partition("{")[0])]


async def test_news_that_was_not_told_yet_survives_the_closing(tmp_path: Path) -> None:
    """Put back at night, on the last day: the period closes empty, and people hear it all the same, once."""
    async with bench(tmp_path) as b:
        team = await full_team(b, count=3)
        period = b.store.answers.open_period(team.id)
        assert period is not None
        assert command(b, "backup", str(tmp_path / "copy"), "--key", str(tmp_path / "key")).returncode == 0
        b.set_clock(b.now().replace(hour=1) + timedelta(weeks=12))
        await lose_and_restore(b, tmp_path)
        await ticked(b)
        later = b.store.answers.open_period(team.id)
        assert later is not None
        assert later.number == period.number + 1
        news = texts.RESTORED.partition("{")[0]
        assert heard(b, team, news) == [0] * 3
        b.forward(hours=8)
        await ticked(b)
        assert heard(b, team, news) == [1] * 3
        b.forward(hours=2)
        await ticked(b)
        assert heard(b, team, news) == [1] * 3


def test_the_key_and_the_copy_are_kept_apart(tmp_path: Path) -> None:
    """The key goes neither beside the copy nor into the data directory, over nothing, and to its owner alone."""
    data, copy, key = tmp_path / "data", tmp_path / "copy", tmp_path / "key"
    assert run_here(data, "backup", str(copy)).returncode == 1
    assert not data.exists()
    run_here(data, "team", "add", "De Linde")
    for words, says in (
        ((str(copy), "--key", str(copy / "key")), "niet bij de kopie"),
        ((str(copy), "--key", str(data / "key")), "niet bij de kopie"),
        ((str(data / "copy"),), "niet in de datamap"),
        ((str(tmp_path),), "andersom"),
    ):
        refused = run_here(data, "backup", *words)
        assert (refused.returncode, says in refused.stderr) == (2, True), refused.stderr
    assert not copy.exists()
    first = run_here(data, "backup", str(copy))
    assert (first.returncode, "--key BESTAND" in first.stdout) == (0, True)
    assert run_here(data, "backup", str(copy), "--key", str(key)).returncode == 0
    assert key.stat().st_mode & 0o777 == 0o600
    assert "Bewaar deze sleutel nooit bij een kopie" in key.read_text()
    again = run_here(data, "backup", str(copy), "--key", str(key))
    assert (again.returncode, "bestaat al" in again.stderr) == (2, True)
    on_screen = run_here(data, "backup", str(copy), "--key", "-")
    assert on_screen.stdout == key.read_text()
    assert "Kopie gemaakt" in on_screen.stderr


def test_what_is_wrong_with_a_copy_is_said_in_one_line(tmp_path: Path) -> None:
    """A wrong key, a slip of the pen, a directory in use: each says what to do, and changes nothing."""
    data, copy, key = tmp_path / "data", tmp_path / "copy", tmp_path / "key"
    run_here(data, "team", "add", "De Linde")
    run_here(data, "backup", str(copy), "--key", str(key))
    run_here(tmp_path / "other", "team", "add", "De Linde")
    run_here(tmp_path / "other", "backup", str(tmp_path / "other-copy"), "--key", str(tmp_path / "other-key"))
    letters = key.read_text()
    slip = letters.replace(letters.splitlines()[-1][:4], "AAAA")
    for place, typed, code, says in (
        (data, letters, 1, "staat al iets"),
        (tmp_path / "new", (tmp_path / "other-key").read_text(), 1, "hoort niet bij deze kopie"),
        (tmp_path / "new", slip, 1, "letter verkeerd"),
        (copy, letters, 2, "datamap"),
    ):
        done = run_here(place, "restore", str(copy), typed=typed)
        assert (done.returncode, says in done.stderr) == (code, True), done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "new").exists()
    assert run_here(tmp_path / "new", "restore", str(tmp_path), "--key", str(key)).returncode == 2
    done = run_here(tmp_path / "new", "restore", str(copy), "--key", "-", typed=letters.lower())
    assert done.returncode == 0, done.stderr
    assert "naastbot doctor" in done.stdout
    assert "de-linde" in run_here(tmp_path / "new", "team", "list").stdout
    (tmp_path / "new" / "restoring").mkdir()
    half = run_here(tmp_path / "new", "team", "list")
    assert (half.returncode, "naastbot restore" in half.stderr) == (2, True)
