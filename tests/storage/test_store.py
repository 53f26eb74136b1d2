"""A data directory: what stands in the files, how it is made, and how it survives interruption."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dialogues.library import builtin_paths
from dialogues.parse import read
from dialogues.tree import Dialogue
from storage import closing
from storage.answers import Period, PeriodClosedError
from storage.erasure import erase
from storage.errands import Errand
from storage.intake import Desk, NotNowError
from storage.invitations import Invitations
from storage.keys import MissingKeyError
from storage.participant import Participant
from storage.release import PublishableFeedback
from storage.schema import open_answers, open_contacts
from storage.store import Store, UnusableDirectoryError, open_store

OPENED = datetime(2026, 9, 7, 8, tzinfo=UTC)
TODAY = OPENED.date()
CHAT = 7123456789


def dialogue(name: str = "hoe-gaat-het-met-jullie") -> Dialogue:
    """One of the library."""
    return read(next(path for path in builtin_paths() if path.stem == name))


def opened(store: Store) -> Period:
    """The open period of the team."""
    period = store.answers.open_period("de-linde")
    assert period is not None
    return period


def joined(store: Store, count: int, first: int = CHAT) -> list[Participant]:
    """So many naasten."""
    return [store.contacts.join("de-linde", first + number, "naaste", TODAY, 1) for number in range(count)]


def desk(store: Store, person: Participant, round_number: int = 0) -> Desk:
    """Where this person answers the base question."""
    return Desk(person, "naaste", opened(store), round_number, dialogue())


def test_every_table_is_strict(store: Store) -> None:
    """No value of a wrong type can slip in; only sqlite-utils' own table is exempt."""
    for db in (store.contacts.db, store.answers.db):
        rows = db.conn.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )
        loose = {row["name"] for row in rows if not row["strict"]}
        assert loose <= {"_sqlite_migrations", "sqlite_schema"}


def test_answers_are_kept_without_log_or_leftovers(store: Store) -> None:
    """A rollback journal, overwritten deletions, and no trust in a schema that somebody changed."""
    pragma = {
        name: store.answers.db.conn.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "secure_delete", "trusted_schema", "synchronous")
    }
    assert pragma == {"journal_mode": "delete", "secure_delete": 1, "trusted_schema": 0, "synchronous": 2}


def test_the_columns_are_those_of_the_design_and_no_others(store: Store) -> None:
    """A new column is a decision about privacy: it must be made here too."""
    columns = {
        row["name"]: {
            column["name"] for column in store.answers.db.conn.execute(f"PRAGMA table_info({row['name']})")
        }
        for row in store.answers.db.conn.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")
        if not row["name"].startswith(("sqlite", "_"))
    }
    where = {"key", "team", "period", "round", "dialogue", "question"}
    assert columns == {
        "periods": {"team", "number", "opened", "round_seconds", "state"},
        "answers": where | {"option"},
        "texts": where | {"kind", "text"},
        "awaiting": {"key", "team", "period", "sealed"},
        "releases": {"team", "period", "feedback"},
    }


def test_migrations_can_be_applied_again(tmp_path: Path) -> None:
    """Opening a directory twice changes nothing."""
    for opener, name in ((open_contacts, "contacts.db"), (open_answers, "answers.db")):
        schemas = []
        for _ in range(2):
            db = opener(tmp_path / name)
            schemas.append(db.schema)
            db.close()
        assert schemas[0] == schemas[1]


def test_files_and_directories_are_the_owners_alone(store: Store, tmp_path: Path) -> None:
    """Nobody else on the machine can read them."""
    modes = {path: path.stat().st_mode & 0o777 for path in [tmp_path / "data", *(tmp_path / "data").rglob("*")]}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_a_chat_id_stands_nowhere_in_the_files(store: Store, tmp_path: Path) -> None:
    """Encrypted and hashed per team: neither as digits nor as bytes, nor alike for two teams of one chat."""
    store.teams.add("Het Eiland")
    store.contacts.join("de-linde", CHAT, "naaste", TODAY, 1)
    store.contacts.join("het-eiland", CHAT, "professional", TODAY, 1)
    store.groups.set("de-linde", -100 * CHAT)
    store.invitations.add_failed_try(CHAT, TODAY)
    assert [person.chat for person in store.contacts.of_chat(CHAT)] == [CHAT, CHAT]
    lookups = [row["by_chat"] for row in store.contacts.db.conn.execute("SELECT by_chat FROM participants")]
    assert len(set(lookups)) == 2
    forms = (str(CHAT).encode(), CHAT.to_bytes(8, "big"), CHAT.to_bytes(8, "little"))
    for path in (tmp_path / "data").rglob("*"):
        if path.is_file():
            assert not [form for form in forms if form in path.read_bytes()], path


def test_an_invitation_is_kept_as_a_hash_and_runs_out(store: Store, tmp_path: Path) -> None:
    """Whoever reads the file can't join with it; uses and days are counted."""
    invitations: Invitations = store.invitations
    code = invitations.make("de-linde", "naaste", uses=2, last_day=TODAY)
    assert code.encode() not in (tmp_path / "data" / "contacts.db-wal").read_bytes()
    assert len(code) == 16
    assert [invitations.use(code, TODAY) for _ in range(3)] == [True, True, False]
    found = invitations.look(code, TODAY + timedelta(days=1))
    assert found is not None
    assert found.refusal == "used"
    late = invitations.make("de-linde", "naaste", uses=1, last_day=TODAY)
    assert not invitations.use(late, TODAY + timedelta(days=1))


def test_answering_again_replaces_and_a_left_path_goes(store: Store) -> None:
    """One row per person, question and round, whatever the order of taps."""
    (person,) = joined(store, 1)
    at = desk(store, person)
    store.intake.choose(at, "hoe", "goed")
    store.intake.choose(at, "weegt", "zorgen")
    store.intake.choose(at, "hoe", "zwaar")
    assert {q: kept.value for q, kept in store.intake.given(at).items()} == {"hoe": "zwaar", "weegt": "zorgen"}
    store.intake.choose(desk(store, person, 1), "hoe", "goed")
    assert len(store.answers.of_period("de-linde", 1)) == 3
    store.intake.skip(at, "hoe")
    assert [kept.slot.round for kept in store.answers.of_period("de-linde", 1)] == [1]
    with pytest.raises(NotNowError):
        store.intake.choose(at, "weegt", "zorgen")
    store.intake.withdraw(person, opened(store))
    assert store.answers.of_period("de-linde", 1) == []


def test_a_person_sees_their_own_answers_and_nobody_elses(store: Store) -> None:
    """What /gegevens shows is found by the person's own keys."""
    anna, bert = joined(store, 2)
    store.intake.choose(desk(store, anna), "hoe", "goed")
    store.intake.choose(desk(store, bert), "hoe", "zwaar")
    assert [kept.value for kept in store.intake.all_given(anna, opened(store))] == ["goed"]
    assert [kept.value for kept in store.intake.all_given(bert, opened(store))] == ["zwaar"]


def close_now(store: Store, period: Period, weeks: int = 9) -> None:
    """Close after so many weeks."""
    closing.release_period(store, period, [dialogue()], OPENED + timedelta(weeks=weeks), random.Random(1))
    closing.finish_all(store)


def released(store: Store) -> PublishableFeedback:
    """What was released of the last period."""
    stored = store.answers.release("de-linde")
    assert stored is not None
    return PublishableFeedback.from_stored(stored)


class CrashError(Exception):
    """The power goes out here."""


@pytest.mark.parametrize(
    ("room", "step"),
    [
        ("answers", "put_release"),
        ("answers", "open_new_period"),
        ("keys", "make_period_key"),
        ("keys", "destroy_period_key"),
        ("answers", "vacuum"),
        ("agenda", "forget_period"),
        ("contacts", "start_new_period"),
        ("contacts", "truncate_log"),
        ("answers", "mark_period"),
    ],
)
@pytest.mark.parametrize("after", [False, True])
def test_closing_survives_a_crash_at_every_step(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str, step: str, after: bool
) -> None:
    """Wherever it stops, doing it again ends in one release, no answers, no key, and one new period."""
    period = opened(store)
    for person in joined(store, 6):
        store.intake.choose(desk(store, person), "hoe", "goed")
    real = getattr(getattr(store, room), step)

    def crash(*args: Any, **kwargs: Any) -> None:
        if after:
            real(*args, **kwargs)
        raise CrashError

    monkeypatch.setattr(getattr(store, room), step, crash)
    with pytest.raises(CrashError):
        close_now(store, period)
    monkeypatch.undo()
    store.close()
    again = open_store(tmp_path / "data")
    closing.finish_all(again)
    if opened(again) == period:
        close_now(again, period)
    assert opened(again).number == 2
    assert again.answers.of_period("de-linde", 1) == []
    assert [panel.findings for panel in released(again).dialogues[0].panels]
    assert {path.name for path in again.keys.directory.iterdir()} == {"master.key", "de-linde.2.key"}
    assert not again.answers.all_periods(state="closed")


def test_closing_takes_everything_out_and_refuses_what_comes_late(store: Store) -> None:
    """After closing there is nothing to link: no answers, no key, no outbox; and nothing goes in any more."""
    period = opened(store)
    people = joined(store, 5)
    late = desk(store, people[0])
    for person in people:
        store.intake.choose(desk(store, person), "hoe", "goed")
    store.agenda.add([Errand(people[0].id, "rhythm:x", "de-linde", 1, 0, "wat-lukte", TODAY)])
    store.agenda.diary("de-linde", 1).open_prompt(people[0].id, "wat-lukte", 0, TODAY)
    close_now(store, period)
    close_now(store, period)
    with pytest.raises(PeriodClosedError):
        store.intake.choose(late, "hoe", "zwaar")
    with pytest.raises(MissingKeyError):
        store.keys.period_key("de-linde", 1)
    for table in ("outbox", "open_prompts", "editions"):
        assert store.contacts.db.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    assert next(finding.n for panel in released(store).dialogues[0].panels for finding in panel.findings) == "5-14"


def test_who_counts(store: Store) -> None:
    """Members of two weeks count, also after /stop; newcomers and those who erased themselves do not."""
    period = opened(store)
    people = joined(store, 5)
    for person in people:
        store.intake.choose(desk(store, person), "hoe", "goed")
    store.contacts.set(people[0].id, "state", "stopped")
    erase(store, people[1])
    new = store.contacts.join("de-linde", 5, "naaste", TODAY + timedelta(weeks=8), 1)
    store.intake.choose(desk(store, new, 2), "hoe", "goed")
    close_now(store, period)
    assert released(store).dialogues == ()
    states = [person.state for person in store.contacts.of_team("de-linde")]
    assert states == ["active"] * 4


def test_a_period_is_open_for_eight_weeks(store: Store) -> None:
    """Earlier is refused, with the first moment at which it can close."""
    with pytest.raises(closing.TooEarlyError) as refused:
        closing.release_period(store, opened(store), [], OPENED + timedelta(weeks=8, seconds=-1), random.Random(1))
    assert refused.value.first == OPENED + timedelta(weeks=8)


def test_words_are_waited_for_in_secret(store: Store) -> None:
    """Whom the bot waits for, and at which question, can't be read from the file, and is forgotten in time."""
    (person,) = joined(store, 1)
    until = OPENED + timedelta(hours=1)
    store.intake.expect_text(desk(store, person), "weegt", until)
    (row,) = store.answers.db.conn.execute("SELECT * FROM awaiting").fetchall()
    assert b"weegt" not in bytes(row["sealed"])
    assert person.id not in bytes(row["key"])
    expected = store.intake.expected_text(person, opened(store), OPENED)
    assert expected is not None
    assert (expected[0].question, expected[1]) == ("weegt", until)
    store.intake.forget_expired(opened(store), until)
    assert store.answers.all_awaiting("de-linde", 1) == []


def test_words_are_waited_for_under_another_name_each_round(store: Store) -> None:
    """Who was asked for words in one round can't be followed to the next; one question waits at a time."""
    (person,) = joined(store, 1)
    until, names = OPENED + timedelta(weeks=60), set()
    for number in range(4):
        store.intake.expect_text(desk(store, person, number), "weegt", until)
        (row,) = store.answers.db.conn.execute("SELECT * FROM awaiting").fetchall()
        names.add(row["key"])
        expected = store.intake.expected_text(person, opened(store), OPENED)
        assert expected is not None
        assert expected[0].round == number
    assert len(names) == 4
    store.intake.expect_nothing(person, opened(store))
    assert store.answers.all_awaiting("de-linde", 1) == []


def test_a_directory_that_can_not_be_used_is_said(tmp_path: Path) -> None:
    """A file where the directory should be, or a directory without its master key."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableDirectoryError):
        open_store(tmp_path / "file")
    open_store(tmp_path / "data").close()
    (tmp_path / "data" / "keys" / "master.key").unlink()
    with pytest.raises(MissingKeyError):
        open_store(tmp_path / "data")


def test_contacts_hold_no_trace_of_an_answer(store: Store) -> None:
    """contacts.db is the same, byte for byte of content, whatever somebody answered."""
    (person,) = joined(store, 1)

    def content() -> list[tuple[Any, ...]]:
        tables = [
            row["name"]
            for row in store.contacts.db.conn.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")
        ]
        return [
            tuple(row)
            for table in sorted(tables)
            for row in store.contacts.db.conn.execute(f"SELECT * FROM {table}")
        ]

    before = content()
    store.intake.choose(desk(store, person), "hoe", "zwaar")
    store.intake.expect_text(desk(store, person), "weegt", OPENED)
    assert content() == before


def test_what_is_remembered_of_people_is_what_the_file_says_now(store: Store, tmp_path: Path) -> None:
    """Rows that did not change are not opened again; one that another program changed is, and one that is gone is
    remembered no longer."""
    people = joined(store, 3)
    assert store.contacts.of_team("de-linde") == store.contacts.of_team("de-linde")
    other = open_store(tmp_path / "data")
    other.contacts.set(people[0].id, "daypart", "avond")
    seen = {person.id: person.rhythm.daypart for person in store.contacts.of_team("de-linde")}
    assert seen[people[0].id] == "avond"
    other.contacts.erase(people[0].id)
    assert {person.id for person in store.contacts.of_team("de-linde")} == {person.id for person in people[1:]}
    assert len(store.contacts._read["de-linde"]) == 2
