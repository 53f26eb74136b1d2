"""Taking back: one answer, all of them, or everything; what goes is gone from every byte, and nobody else's is."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from bench import START, Bench, bench
from test_answering import JULLIE, checked_in, kept, label
from test_closing import CANARY, answer_at_random, at_the_words

from bot.handlers.withdrawing import PER_SCREEN
from bot.sandbox.model import Message, User
from bot.wording import rights_texts, texts
from storage.anonymise import row_key

WAYS = [("/wis", rights_texts.WIS_ALL), ("/stop", rights_texts.STOP_ERASE)]
LIST = "Welk antwoord haal ik weg?"


async def menu(b: Bench, user: User, command: str) -> Message:
    """What the bot shows for /wis or /stop."""
    return await b.after(user, lambda: b.sandbox.world.say(user, user, command))


async def into(b: Bench, user: User, message: Message, button: str, *, until: str) -> None:
    """Tap, and wait until the message itself says or offers this."""
    assert until not in (message.text, *message.labels)
    await b.sandbox.world.tap(user, message, button).answered()
    await b.sandbox.world.until(user, lambda: until in message.text or until in message.labels)


def found_in(directory: Path, *wanted: bytes) -> list[str]:
    """The files under this directory that hold any of these bytes."""
    files = [file for file in sorted(directory.rglob("*")) if file.is_file()]
    return [str(file) for file in files if any(piece in file.read_bytes() for piece in wanted)]


def row_keys(b: Bench, team: str, user: User) -> list[bytes]:
    """The keys of everything that this person gave in the open period."""
    period = b.store.answers.open_period(team)
    (person,) = (p for p in b.store.contacts.of_chat(user.id) if p.team == team)
    assert period is not None
    key = b.store.keys.period_key(team, period.number)
    return [row_key(key, person.id, given.slot) for given in b.store.intake.all_given(person, period)]


def traces(b: Bench, team: str, user: User) -> list[bytes]:
    """The names and sealed contents of every row, in both files, that is about this person."""
    db, contacts = b.store.contacts.db, b.store.contacts
    (person,) = (p for p in contacts.of_chat(user.id) if p.team == team)
    diary, by_chat = b.diary(team), contacts._book.lookup(f"team {team}", user.id)
    found = [
        *db.execute("SELECT by_id, by_chat, sealed FROM participants WHERE by_chat = ?", (by_chat,)).fetchone()
    ]
    for owner in diary._owners(person.id):
        for row in db.execute("SELECT key, owner, sealed FROM outbox WHERE owner = ?", (owner,)).fetchall():
            found += [*row]
    found += [diary._prompt_key(person.id, dialogue, 0) for dialogue in diary.open_prompts(person.id)]
    return [bytes(piece)[:64] for piece in found] + row_keys(b, team, user)


async def test_wis_takes_all_answers_of_one_person(tmp_path: Path) -> None:
    """*Al mijn antwoorden* takes what this person gave in this period, and nothing of anybody else."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        bert, other = await checked_in(b, team, "Bert")
        await b.press(anna, asked, "Goed")
        await b.press(bert, other, "Zwaar")
        keys = row_keys(b, team, anna)
        assert found_in(b.data, *keys)
        wis = await menu(b, anna, "/wis")
        await into(b, anna, wis, rights_texts.WIS_ANSWERS, until=rights_texts.WITHDRAWN)
        assert list(kept(b, team).values()) == ["zwaar"]
        assert found_in(b.data, *keys) == []


async def test_one_answer_goes_with_the_path_behind_it(tmp_path: Path) -> None:
    """One answer can be chosen by question and answer; what was asked because of it goes along, as with Wijzig."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        second = await b.press(anna, asked, "Zwaar")
        await b.press(anna, second, label("weegt", "tijd"))
        keys = row_keys(b, team, anna)
        wis = await menu(b, anna, "/wis")
        await into(b, anna, wis, rights_texts.WIS_ONE, until="Hoe gaat het met jullie? Zwaar")
        assert JULLIE.questions["weegt"].ask["naaste"] in wis.text
        assert all(len(shown) <= 20 for shown in wis.labels)
        await into(b, anna, wis, "Zwaar (1)", until="Dit antwoord is weg bij mij: Hoe gaat het met jullie?")
        assert rights_texts.WITHDRAWN_MORE in wis.text
        assert not wis.labels
        assert kept(b, team) == {}
        assert found_in(b.data, *keys) == []


async def test_a_follow_up_goes_by_itself(tmp_path: Path) -> None:
    """What leads nowhere else is taken back alone, and the rest stays as it was."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        second = await b.press(anna, asked, "Zwaar")
        await b.press(anna, second, label("weegt", "tijd"))
        wis = await menu(b, anna, "/wis")
        await into(b, anna, wis, rights_texts.WIS_ONE, until="Zwaar (1)")
        await into(b, anna, wis, wis.labels[1], until=rights_texts.WIS_ANOTHER)
        assert rights_texts.WITHDRAWN_MORE not in wis.text
        assert kept(b, team) == {"hoe": "zwaar"}
        await into(b, anna, wis, rights_texts.WIS_ANOTHER, until="Zwaar (1)")
        await into(b, anna, wis, "Zwaar (1)", until="Dit antwoord is weg")
        assert kept(b, team) == {}


async def test_answers_of_earlier_rounds_can_be_taken_back(tmp_path: Path) -> None:
    """As long as the period is open: more than fits on a screen is a page further, and none is left out."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        for week in (1, 5, 9):
            b.set_clock(START + timedelta(weeks=week))
            for _ in range(2):
                await answer_at_random(b, anna, random.Random(2))
        number = len(row_keys(b, team, anna))
        assert number > 4
        seen: set[str] = set()
        wis, again = await menu(b, anna, "/wis"), rights_texts.WIS_ONE
        while left := len(row_keys(b, team, anna)):
            await into(b, anna, wis, again, until=LIST)
            again = rights_texts.WIS_ANOTHER
            if rights_texts.WIS_MORE in wis.labels:
                await into(b, anna, wis, rights_texts.WIS_MORE, until=f"\n{PER_SCREEN + 1}. ")
            assert len(wis.labels) <= 5
            seen |= {line.split(" – ")[0].split(". ")[1] for line in wis.text.splitlines() if ". ronde" in line}
            await into(b, anna, wis, wis.labels[0], until="Dit antwoord is weg")
            assert len(row_keys(b, team, anna)) < left
        assert len(seen) > 1
        assert kept(b, team) == {}


async def test_own_words_can_be_taken_back(tmp_path: Path, own_trees: str) -> None:
    """Not a byte of an approved text is left, in the file or beside it, and the question goes on as before."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await at_the_words(b, anna)
        proposal = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, CANARY))
        await b.press(anna, proposal, "Zo is het goed")
        keys = row_keys(b, team, anna)
        assert len(found_in(b.data, CANARY.encode())) == 1
        wis = await menu(b, anna, "/wis")
        await into(b, anna, wis, rights_texts.WIS_ONE, until=LIST)
        (words,) = (shown for shown in wis.labels if shown.startswith(rights_texts.OWN_WORDS))
        await into(b, anna, wis, words, until="Dit antwoord is weg")
        assert found_in(b.data, CANARY.encode()) == []
        assert len(row_keys(b, team, anna)) == len(keys) - 1
        gone = [key for key in keys if key not in row_keys(b, team, anna)]
        assert found_in(b.data, *gone) == []


async def test_stale_lists_answer_kindly(tmp_path: Path) -> None:
    """A list that is old, of another period, of another chat or made up removes nothing, and says why."""
    async with bench(tmp_path) as b:
        team, other = await b.team(), await b.team("Het Eiland")
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")
        wis = await menu(b, anna, "/wis")
        await into(b, anna, wis, rights_texts.WIS_ONE, until="Goed (1)")
        data = wis.button("Goed (1)").data
        bert, others = await checked_in(b, team, "Bert")
        await b.press(bert, others, "Zwaar")
        parts = data.split(".")
        world = b.sandbox.world
        for forged, said in (
            (data.replace(parts[1], b.store.teams.require(other).code), texts.NOT_MEMBER),
            (".".join([*parts[:2], "7", *parts[3:]]), rights_texts.NOTHING_TO_TIE),
            (".".join([*parts[:3], "zzzzz", *parts[4:]]), rights_texts.ALREADY_WITHDRAWN),
            (".".join([*parts[:4], "3", *parts[5:]]), rights_texts.ALREADY_WITHDRAWN),
            ("v.", texts.NOT_MEMBER),
            ("v.x.y.z", texts.NOT_MEMBER),
        ):
            assert (await world.forge(anna, wis, forged).answered()).text == said, forged
        assert sorted(row.value for row in b.store.answers.of_period(team, 1)) == ["goed", "zwaar"]
        # The same button in somebody else's chat is about what they gave themselves.
        await world.forge(bert, others, data).answered()
        await world.settled()
        assert [row.value for row in b.store.answers.of_period(team, 1)] == ["goed"]
        await into(b, anna, wis, "Goed (1)", until="Dit antwoord is weg")
        assert (await world.forge(anna, wis, data).answered()).text == rights_texts.ALREADY_WITHDRAWN
        b.set_clock(START + timedelta(weeks=8, hours=1))
        assert b.run("close", team).returncode == 0
        assert (await world.forge(anna, wis, data).answered()).text == rights_texts.NOTHING_TO_TIE
        wis = await menu(b, anna, "/wis")
        await into(b, anna, wis, rights_texts.WIS_ONE, until=rights_texts.DATA_NO_ANSWERS)


@pytest.mark.parametrize(("command", "button"), WAYS)
async def test_everything_about_a_person_goes_in_two_taps(
    tmp_path: Path, own_trees: str, command: str, button: str
) -> None:
    """One tap chooses, one confirms; then no byte of the person is left, and the others are as they were."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        bert, other = await checked_in(b, team, "Bert")
        await b.press(bert, other, "Zwaar")
        anna = b.sandbox.world.user("Anna")
        await b.after(anna, lambda: b.sandbox.world.start(anna, "verkeerd"))
        await b.join(anna, team, "naaste")
        await at_the_words(b, anna)
        proposal = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, CANARY))
        await b.press(anna, proposal, "Zo is het goed")
        (person,) = b.store.contacts.of_chat(anna.id)
        b.diary(team).open_prompt(person.id, "aan-het-woord", 0, b.now().date())
        keys, rows = row_keys(b, team, anna), traces(b, team, anna)
        assert len(rows) > len(keys) + 6
        assert all(found_in(b.data, row) for row in rows)
        (before,) = b.store.contacts.of_chat(bert.id)
        asking = await menu(b, anna, command)
        await into(b, anna, asking, button, until=rights_texts.ERASE_YES)
        assert "terugdraaien" in asking.text
        assert b.store.contacts.get(person.id) is not None
        assert len(row_keys(b, team, anna)) == len(keys)
        await into(b, anna, asking, rights_texts.ERASE_YES, until="is weg")
        assert b.store.contacts.of_chat(anna.id) == []
        assert found_in(b.data, CANARY.encode(), *rows) == []
        assert list(kept(b, team).values()) == ["zwaar"]
        assert b.store.contacts.of_chat(bert.id) == [before]
        shown = await menu(b, anna, "/gegevens")
        assert shown.text == rights_texts.DATA_NONE


@pytest.mark.parametrize(("command", "button"), WAYS)
async def test_a_change_of_mind_erases_nothing(tmp_path: Path, command: str, button: str) -> None:
    """*Toch niet* leaves all as it is; and whoever stopped stays stopped."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")
        asking = await menu(b, anna, command)
        await into(b, anna, asking, button, until=rights_texts.ERASE_YES)
        await into(b, anna, asking, rights_texts.ERASE_NO, until="niets gewist")
        assert kept(b, team) == {"hoe": "goed"}
        (person,) = b.store.contacts.of_chat(anna.id)
        assert person.state == ("stopped" if command == "/stop" else "active")


async def test_whoever_only_coordinates_is_asked_about_no_answers(tmp_path: Path) -> None:
    """Someone without answers is offered nothing about answers; erasing says that the right goes too."""
    async with bench(tmp_path) as b:
        team = await b.team()
        carla = b.sandbox.world.user("Carla")
        await b.join(carla, team, "coordinator")
        wis = await menu(b, carla, "/wis")
        assert wis.labels == [rights_texts.WIS_ALL, texts.DISCARD]
        await into(b, carla, wis, rights_texts.WIS_ALL, until=rights_texts.ERASE_YES)
        assert rights_texts.ERASE_COORDINATOR in wis.text
        await into(b, carla, wis, rights_texts.ERASE_YES, until="is weg")
        assert b.store.contacts.of_chat(carla.id) == []
        assert len(b.store.contacts.coordinators(team)) == 1


async def test_erasing_in_one_team_leaves_the_other(tmp_path: Path) -> None:
    """Two teams are two accounts: what goes in one stays in the other."""
    async with bench(tmp_path) as b:
        linde, eiland = await b.team(), await b.team("Het Eiland")
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, linde, "naaste")
        await b.join(anna, eiland, "naaste")
        which = await menu(b, anna, "/wis")
        asking = await b.press(anna, which, "De Linde")
        await into(b, anna, asking, rights_texts.WIS_ALL, until=rights_texts.ERASE_YES)
        await into(b, anna, asking, rights_texts.ERASE_YES, until="is weg")
        assert [person.team for person in b.store.contacts.of_chat(anna.id)] == [eiland]
