"""contacts.db as it lies on the disk: without the keys it says how many, and nothing of whom."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from test_store import CHAT, TODAY, close_now, desk, joined, opened

from storage.answers import PeriodClosedError
from storage.diary import Diary
from storage.erasure import erase
from storage.errands import Errand
from storage.keys import KeyedHash, mac
from storage.participant import NEW, Participant
from storage.sealing import PADDED_TO, ROW_BYTES, Box
from storage.store import Store

OVERHEAD = 12 + 16
"""A nonce and a tag."""


def errand(person: Participant, occasion: str, number: int = 0, name: str = "wat-lukte") -> Errand:
    """A question to this person."""
    return Errand(person.id, occasion, person.team, 1, number, name, TODAY)


def diary(store: Store) -> Diary:
    """Of the open period."""
    return store.agenda.diary("de-linde", 1)


def table(store: Store, name: str) -> list[sqlite3.Row]:
    """All rows of a table of contacts.db."""
    return store.contacts.db.conn.execute(f"SELECT * FROM {name}").fetchall()


def test_what_contacts_say_in_clear(store: Store) -> None:
    """A new column in clear is a decision about privacy: it must be made here too."""
    clear = {
        "participants": {"by_id", "by_chat", "team", "sealed"},
        "outbox": {"key", "team", "period", "owner", "state", "sealed"},
        "open_prompts": {"key", "team", "period", "sealed"},
        "groups": {"team", "lookup", "chat", "joins_to_tell"},
        "invitations": {"code_hash", "team", "sealed"},
        "failed_tries": {"lookup", "tries", "last_on"},
    }
    for name, columns in clear.items():
        found = {row["name"] for row in store.contacts.db.conn.execute(f"PRAGMA table_info({name})")}
        assert found == columns, name


def test_every_sealed_row_is_as_long_as_every_other(store: Store) -> None:
    """A new coordinator, somebody with everything set, a question and a notice: lengths tell nothing."""
    store.contacts.make_coordinator("de-linde", 1, TODAY)
    full = store.contacts.join("de-linde", -(2**62), "professional", TODAY, 999)
    full = store.contacts.join("de-linde", -(2**62), "naaste", TODAY, 999)
    store.contacts.make_coordinator("de-linde", -(2**62), TODAY)
    for name, value in (("every", "fourweekly"), ("daypart", "tussen-de-middag"), ("paused_until", "9999-12-31")):
        store.contacts.set(full.id, name, value)
    for name in ("rhythm", "moment", "feedback"):
        store.contacts.set(full.id, name, 0)
    store.contacts.set(full.id, "state", "blocked")
    diary(store).add([errand(full, "ask:1"), errand(full, "voor-het-evaluatiemoment:12", name="x" * 60)])
    diary(store).open_prompt(full.id, "x" * 60, 0, TODAY)
    rows = [row for name in ("participants", "outbox", "open_prompts") for row in table(store, name)]
    assert {len(row["sealed"]) for row in rows} == {PADDED_TO + OVERHEAD}


def test_contacts_without_keys_hold_no_word_about_anybody(store: Store, tmp_path: Path) -> None:
    """Role, rhythm, day, dialogue, occasion, id: none of it can be read from the file or the log beside it."""
    (person,) = joined(store, 1)
    diary(store).add([errand(person, "rhythm:2026-09-09")])
    diary(store).open_prompt(person.id, "wat-lukte", 0, TODAY)
    written = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("contacts.db*"))
    words = ("naaste", "fortnightly", "middag", "active", "rhythm:", "2026-09-", person.id.hex(), str(CHAT))
    for trace in (*(word.encode() for word in words), person.id):
        assert trace not in written, trace


def test_a_row_opens_nowhere_but_in_its_place(store: Store) -> None:
    """Whoever can write in the file can't give one person's row to another."""
    joined(store, 2)
    first, second = table(store, "participants")
    store.contacts.db.conn.execute(
        "UPDATE participants SET sealed = ? WHERE by_id = ?", (first["sealed"], second["by_id"])
    )
    with pytest.raises(ValueError, match="does not fit its key"):
        store.contacts.of_team("de-linde")


def test_the_same_contents_never_look_the_same() -> None:
    """Equal rows of two people can't be told to be equal."""
    box = Box(bytes(32))
    assert len({box.seal(b"row", {"a": 1}) for _ in range(100)}) == 100
    assert box.open(b"row", box.seal(b"row", {"a": 1})) == {"a": 1}


def test_an_attribute_of_a_later_release_needs_no_migration(store: Store) -> None:
    """A row that was written before there was such an attribute is read as somebody new would have it."""
    contents = {"id": "00" * 16, "chat": 1, "joined_on": TODAY.isoformat(), "role": "naaste"}
    person = Participant.of("de-linde", contents)
    assert (person.role, person.state, person.unanswered) == ("naaste", NEW["state"], NEW["unanswered"])


def test_a_keyed_hash_is_the_same_as_a_mac() -> None:
    """Prepared once or made anew: rows are found under one key."""
    assert KeyedHash(b"k" * 32)(b"a", "b", 3) == mac(b"k" * 32, b"a", "b", 3)


def test_the_rows_of_one_person_are_not_joined_across_rounds(store: Store) -> None:
    """In each round a person's messages stand under another name, which only the period's key can tell."""
    anna, bert = joined(store, 2)
    diary(store).add(errand(person, f"rhythm:{n}", number=n) for person in (anna, bert) for n in range(4))
    rows = table(store, "outbox")
    assert len({row["owner"] for row in rows}) == 8
    assert not {row["owner"] for row in rows} & {row["by_id"] for row in table(store, "participants")}
    assert [len(diary(store).asked(anna.id, n)) for n in range(4)] == [1] * 4
    assert len(diary(store).sent(anna.id)) == 0
    diary(store).mark(errand(anna, "rhythm:2", number=2), "sent")
    assert [sent.round for sent in diary(store).sent(anna.id)] == [2]


def test_open_prompts_are_not_joined_across_rounds(store: Store) -> None:
    """The base question lies before everybody in every round: an open one can't be followed through them."""
    (anna,) = joined(store, 1)
    diary(store).add(errand(anna, f"rhythm:{n}", number=n) for n in range(4))
    names = set()
    for number in range(4):
        diary(store).open_prompt(anna.id, "wat-lukte", number, TODAY + timedelta(weeks=number))
        (row,) = table(store, "open_prompts")
        names.add(row["key"])
        assert diary(store).open_prompts(anna.id) == {"wat-lukte": TODAY + timedelta(weeks=number + 1)}
        diary(store).close_prompt(anna.id, "wat-lukte", number)
        assert diary(store).open_prompts(anna.id) == {}
    assert len(names) == 4
    for number in range(4):
        diary(store).open_prompt(anna.id, "wat-lukte", number, TODAY)
    diary(store).drop_pending(anna.id)
    assert table(store, "open_prompts") == []


def test_a_diary_can_not_be_read_without_its_key(store: Store) -> None:
    """When the period's key is gone, what is left of the rows belongs to nobody, even before they are removed."""
    (person,) = joined(store, 1)
    diary(store).add([errand(person, "rhythm:1")])
    diary(store).open_prompt(person.id, "wat-lukte", 0, TODAY)
    old = store.keys.period_key("de-linde", 1)
    store.keys.destroy_period_key("de-linde", 1)
    with pytest.raises(PeriodClosedError):
        diary(store)
    assert list(store.agenda.pending()) == []
    store.keys.make_period_key("de-linde", 1)
    assert store.keys.period_key("de-linde", 1) != old
    assert not diary(store).known(person.id, "rhythm:1")
    assert diary(store).sent(person.id) == []
    with pytest.raises(ValueError, match="does not fit its key"):
        diary(store).pending()


def test_messages_of_earlier_rounds_are_forgotten(store: Store) -> None:
    """A week after its round what was sent by rhythm or asked for is gone; what may come once a period stays."""
    (person,) = joined(store, 1)
    occasions = (
        "rhythm:1",
        "checkin:0:wat-lukte",
        "ask:1",
        "no-moment:1",
        "closed:1:page",
        "na-het-evaluatiemoment:0",
    )
    planned = [errand(person, occasion) for occasion in occasions]
    diary(store).add(planned)
    for one in planned[1:]:
        diary(store).mark(one, "sent")
    week, later = TODAY + timedelta(days=7), TODAY + timedelta(days=8)
    for number, today in ((0, later), (1, week)):
        diary(store).forget_earlier_rounds(number, today)
        assert all(diary(store).known(person.id, occasion) for occasion in occasions)
    diary(store).forget_earlier_rounds(1, later)
    known = {occasion for occasion in occasions if diary(store).known(person.id, occasion)}
    # The first is still to be sent, or to be dropped by whoever sends it.
    assert known == set(occasions) - {"checkin:0:wat-lukte"}
    diary(store).mark(planned[0], "dropped")
    diary(store).forget_earlier_rounds(1, later)
    assert not diary(store).known(person.id, "rhythm:1")


def test_erasing_leaves_no_row_of_any_kind(store: Store, tmp_path: Path) -> None:
    """Row, messages, open prompts and answers: not a byte of their names is left, and other people's stay."""
    anna, bert = joined(store, 2)
    for person in (anna, bert):
        diary(store).add([errand(person, f"rhythm:{n}", number=n) for n in range(4)])
        diary(store).open_prompt(person.id, "wat-lukte", 0, TODAY)
        store.intake.choose(desk(store, person), "hoe", "goed")
    before = {bytes(row[0]) for name in ("participants", "outbox", "open_prompts") for row in table(store, name)}
    before |= {row["key"] for row in store.answers.db.conn.execute("SELECT key FROM answers")}
    erase(store, anna)
    assert store.contacts.get(anna.id) is None
    assert [person.id for person in store.contacts.of_team("de-linde")] == [bert.id]
    assert len(diary(store).asked(bert.id, 0)) == 1
    assert list(diary(store).open_prompts(bert.id)) == ["wat-lukte"]
    assert len(store.intake.all_given(bert, opened(store))) == 1
    files = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("*.db*"))
    left = {key for key in before if key in files}
    assert (len(before), len(left)) == (14, 7)


def test_closing_leaves_nothing_of_the_diary(store: Store, tmp_path: Path) -> None:
    """No row of it is left in the file or the log beside it."""
    (person,) = joined(store, 1)
    diary(store).add([errand(person, f"rhythm:{n}", number=n) for n in range(4)])
    diary(store).open_prompt(person.id, "wat-lukte", 0, TODAY)
    keys = {bytes(row[0]) for name in ("outbox", "open_prompts") for row in table(store, name)}
    close_now(store, opened(store))
    files = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert len(keys) == 5
    assert not [key for key in keys if key in files]
    assert all(len(key) == ROW_BYTES for key in keys)


def test_two_copies_do_not_show_whose_row_changed(store: Store) -> None:
    """When one person of a team chooses or reacts, all its rows are written anew; other teams keep theirs."""
    store.teams.add("Het Eiland")
    store.contacts.join("het-eiland", CHAT, "naaste", TODAY, 1)
    people = joined(store, 6)
    before = {row["by_id"]: row["sealed"] for row in table(store, "participants")}
    store.contacts.set(people[0].id, "every", "weekly")
    changed = {row["by_id"] for row in table(store, "participants") if before[row["by_id"]] != row["sealed"]}
    assert len(changed) == len(people)
    assert len(before) == len(people) + 1
    everyone = {person.id: person for person in store.contacts.of_team("de-linde")}
    assert [everyone[person.id] for person in people[1:]] == people[1:]
