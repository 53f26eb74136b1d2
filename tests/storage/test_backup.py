"""Copies: what is in them, what never is, and that a broken one changes nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dialogues.library import builtin_paths
from dialogues.parse import read
from storage import backup, closing, restoring
from storage.backup import CARRIED, LEFT_OUT, NotForCopiesError, back_up
from storage.errands import Errand
from storage.intake import Desk
from storage.manifest import (
    MANIFEST,
    DamagedCopyError,
    Manifest,
    NewerCopyError,
    NoCopyError,
    Part,
    WrongKeyError,
    read_manifest,
    sha256,
)
from storage.restoring import NotEmptyError, check_copy, restore
from storage.store import RESTORING, HalfRestoredError, Store, open_store

OPENED = datetime(2026, 9, 7, 8, tzinfo=UTC)
NOW = OPENED + timedelta(weeks=5)
TODAY = OPENED.date()
ZONE = ZoneInfo("Europe/Amsterdam")
CHAT = 7123456789
WORDS = "samen gekookt en gelachen"
JULLIE = read(next(path for path in builtin_paths() if path.stem == "hoe-gaat-het-met-jullie"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A team in its second period, with everything that can be kept in it."""
    made = open_store(tmp_path / "data")
    made.teams.add("De Linde")
    closing.ensure_periods(made, OPENED - timedelta(weeks=9))
    people = [made.contacts.join("de-linde", CHAT + number, "naaste", TODAY, 1) for number in range(6)]
    _close(made, OPENED)
    period = made.answers.open_period("de-linde")
    assert period is not None
    for person in people:
        desk = Desk(person, "naaste", period, 0, JULLIE)
        made.intake.choose(desk, JULLIE.start, JULLIE.core.options[0].id)
        errand = Errand(person.id, "rhythm:2026-09-09", "de-linde", 2, 0, JULLIE.id, TODAY)
        made.agenda.add([errand])
        made.agenda.diary("de-linde", 2).open_prompt(person.id, JULLIE.id, 0, TODAY)
    made.contacts.add_unanswered(people[0].id)
    made.contacts._change(people[1].id, {"idle_closings": 1})
    made.contacts.set(people[5].id, "state", "stopped")
    made.intake.expect_text(Desk(people[1], "naaste", period, 0, JULLIE), JULLIE.start, NOW)
    made.invitations.make("de-linde", "naaste", uses=1, last_day=date(2027, 1, 1))
    made.invitations.add_failed_try(CHAT, TODAY)
    made.agenda.set_moment("de-linde", 2, OPENED + timedelta(weeks=12))
    made.groups.set("de-linde", -1001234567890)
    made.free_days.add("de-linde", date(2026, 12, 24), date(2027, 1, 3))
    made.ledger.commit([1, 2, 3])
    yield made
    made.close()


def _close(store: Store, now: datetime) -> None:
    (period,) = store.answers.all_periods(state="open")
    closing.release_period(store, period, [], now, random.Random(1))
    closing.finish_all(store)


def rows_of(store: Store, tables: dict[str, tuple[str, ...]]) -> list[bytes]:
    """Every blob that stands in these tables."""
    dbs = {"contacts.db": store.contacts.db, "answers.db": store.answers.db}
    return [
        value
        for name, of in tables.items()
        for table in of
        for row in dbs[name].table(table).rows
        for value in row.values()
        if isinstance(value, bytes)
    ]


def bytes_in(directory: Path) -> bytes:
    """Everything that lies there, names too."""
    return b"".join(path.name.encode() + path.read_bytes() for path in directory.rglob("*") if path.is_file())


def copied(store: Store, tmp_path: Path) -> tuple[Path, bytes]:
    """A copy, and the master key."""
    back_up(store, tmp_path / "copy", NOW)
    return tmp_path / "copy", store.keys.master()


def test_every_table_is_carried_or_left_out(store: Store) -> None:
    """A new table is a decision: whether a copy may hold it must be said in storage/backup.py."""
    for name, db in (("contacts.db", store.contacts.db), ("answers.db", store.answers.db)):
        tables = {table for table in db.table_names() if not table.startswith("_")}
        assert tables == {*CARRIED[name], *LEFT_OUT[name]}
        assert not set(CARRIED[name]) & set(LEFT_OUT[name])


def test_a_copy_holds_nothing_that_could_tell_who_answered_what(store: Store, tmp_path: Path) -> None:
    """No row key, answer, open question, message, code, period key or master key: not a byte of any of them."""
    secret = [*rows_of(store, LEFT_OUT), store.keys.master(), store.keys.period_key("de-linde", 2)]
    assert len(secret) > 20
    directory, _ = copied(store, tmp_path)
    found = bytes_in(directory)
    assert [mark for mark in secret if mark in found] == []
    assert b"SQLite format 3" in found
    assert b"De Linde" in found


def test_two_copies_do_not_show_who_did_anything_in_between(store: Store, tmp_path: Path) -> None:
    """Every person is sealed anew, so that a row that changed looks like one that did not."""
    sealed = []
    for name in ("one", "two"):
        back_up(store, tmp_path / name, NOW)
        (part,) = (tmp_path / name).glob("contacts-*.db")
        with sqlite3.connect(part) as connection:
            sealed.append(dict(connection.execute("SELECT by_id, sealed FROM participants").fetchall()))
    assert sealed[0].keys() == sealed[1].keys()
    assert not set(sealed[0].values()) & set(sealed[1].values())


def test_whoever_stopped_is_not_in_a_copy_and_nobodys_silence_is(store: Store, tmp_path: Path) -> None:
    """A copy outlives the period: it holds those who take part, and no trace of who tapped."""
    directory, master = copied(store, tmp_path)
    restore(directory, tmp_path / "new", master, ZONE)
    new = open_store(tmp_path / "new")
    people = new.contacts.of_team("de-linde")
    assert len(people) == 5
    assert {(person.unanswered, person.idle_closings) for person in people} == {(0, 0)}
    kept = {(person.role, person.consent_rhythm, person.joined_on) for person in people}
    assert kept == {("naaste", True, TODAY)}
    assert {person.chat for person in people} == {CHAT + number for number in range(5)}


def test_what_is_put_back(store: Store, tmp_path: Path) -> None:
    """Teams, groups, moments, dates of periods and feedback are as they were; the open period is empty."""
    directory, master = copied(store, tmp_path)
    manifest = restore(directory, tmp_path / "new", master, ZONE)
    assert manifest.made == NOW
    new = open_store(tmp_path / "new")
    assert new.teams.all() == store.teams.all()
    assert new.groups.chat_of("de-linde") == -1001234567890
    assert new.agenda.moment("de-linde", 2) == store.agenda.moment("de-linde", 2)
    assert new.free_days.of("de-linde").own == store.free_days.of("de-linde").own != ()
    assert new.answers.all_periods(state="open") == store.answers.all_periods(state="open")
    assert new.answers.release("de-linde", 1) == store.answers.release("de-linde", 1)
    assert rows_of(new, LEFT_OUT) == []
    assert new.ledger.seen([1, 2, 3]) == set()
    assert new.keys.period_keys() == [("de-linde", 2)]
    assert new.keys.period_key("de-linde", 2) != store.keys.period_key("de-linde", 2)
    told = new.agenda.restored("de-linde")
    assert told is not None
    assert (told.period, told.copied_on, told.told_on) == (2, NOW.date(), None)


def test_only_the_owner_can_read_a_copy_and_what_comes_of_it(store: Store, tmp_path: Path) -> None:
    """Modes are 0700 and 0600, whatever the directory was before."""
    (tmp_path / "copy").mkdir(mode=0o755)
    directory, master = copied(store, tmp_path)
    restore(directory, tmp_path / "new", master, ZONE)
    for place in (directory, tmp_path / "new"):
        for path in (place, *place.rglob("*")):
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_closing_that_was_cut_off_is_finished_after_a_restore(store: Store, tmp_path: Path) -> None:
    """A copy made between the two steps of a closing loses neither the feedback nor what comes after it."""
    person = store.contacts.of_chat(CHAT)[0]
    store.contacts.join("de-linde", CHAT, "professional", TODAY, 1)
    (period,) = store.answers.all_periods(state="open")
    closing.release_period(store, period, [JULLIE], OPENED + timedelta(weeks=9), random.Random(1))
    directory, master = copied(store, tmp_path)
    restore(directory, tmp_path / "new", master, ZONE)
    new = open_store(tmp_path / "new")
    assert [period.state for period in new.answers.all_periods(state="closed")] == ["closed"]
    closing.finish_all(new)
    changed = new.contacts.get(person.id)
    assert changed is not None
    assert changed.role == "professional"
    assert new.answers.release("de-linde", 2) == store.answers.release("de-linde", 2)
    assert new.keys.period_keys() == [("de-linde", 3)]


class CutOffError(Exception):
    """The power goes."""


@contextmanager
def cut_off_after(steps: int, patched: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """Every step towards the disk counts; the one after so many does not happen, nor does any later one."""
    count = 0

    def counting(real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **more: object) -> object:
            nonlocal count
            count += 1
            if count > steps:
                raise CutOffError
            return real(*args, **more)

        return step

    with patched.context() as within:
        for of, name in ((os, "fsync"), (Path, "replace"), (Path, "rename"), (Path, "unlink"), (Path, "rmdir")):
            within.setattr(of, name, counting(getattr(of, name)))
        within.setattr(shutil, "copyfile", counting(shutil.copyfile))
        yield lambda: count


def test_a_copy_that_is_cut_off_anywhere_leaves_one_that_works(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever the power goes, what lies there is the old copy or the new one, and the next one tidies up."""
    directory, master = copied(store, tmp_path)
    team, done, steps = store.teams.all()[0], False, 0
    while not done:
        store.teams.set_contact(team.id, f"bel {steps}")
        with cut_off_after(steps, monkeypatch) as taken:
            try:
                back_up(store, directory, NOW)
                done = taken() <= steps
            except CutOffError:
                pass
        check_copy(directory, master)
        steps += 1
    assert steps > 10
    assert len(list(directory.iterdir())) == 3


def test_a_restore_that_is_cut_off_anywhere_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error takes all away again; when even that fails, nothing opens the rest, and doing it again works."""
    directory, master = copied(store, tmp_path)
    data, steps, whole = tmp_path / "new", 0, {"contacts.db", "answers.db", "keys"}
    while not data.exists() or {path.name for path in data.iterdir()} != whole:
        with cut_off_after(steps, monkeypatch), suppress(CutOffError):
            restore(directory, data, master, ZONE)
        if (data / RESTORING).exists():
            with pytest.raises(HalfRestoredError):
                open_store(data)
        else:
            assert {path.name for path in data.iterdir()} in (set(), whole)
        steps += 1
    assert steps > 10
    open_store(data).close()


def test_an_error_in_the_middle_takes_everything_away_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, say, leaves the data directory as empty as it was."""
    directory, master = copied(store, tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_start_empty", full)
    with pytest.raises(OSError, match="space"):
        restore(directory, tmp_path / "new", master, ZONE)
    assert list((tmp_path / "new").iterdir()) == []


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("name", ["contacts-*.db", "answers-*.db", "manifest.json"])
@pytest.mark.parametrize("harm", ["flip", "short", "gone", "empty"])
def test_a_damaged_copy_is_refused(store: Store, tmp_path: Path, name: str, harm: str) -> None:
    """One bit, a part that is shorter or gone: it is said which part, and the data directory stays as it was."""
    directory, master = copied(store, tmp_path)
    (path,) = directory.glob(name)
    match harm:
        case "flip":
            _flip(path, path.stat().st_size * 2 // 3)
        case "short":
            path.write_bytes(path.read_bytes()[:-9])
        case "gone":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
    gone = name == MANIFEST and harm == "gone"
    with pytest.raises(NoCopyError if gone else (DamagedCopyError, WrongKeyError)):
        restore(directory, tmp_path / "new", master, ZONE)
    assert not (tmp_path / "new").exists()


def _reseal(directory: Path, master: bytes, change: Callable[[Path], None], name: str = "answers.db") -> None:
    """Change a part, and let the manifest agree, as only somebody with the key can."""
    manifest = read_manifest(directory, master)
    path = directory / manifest.parts[name].name
    change(path)
    parts = {**manifest.parts, name: Part(path.name, sha256(path))}
    (directory / MANIFEST).write_text(Manifest(manifest.made, parts).to_text(master))


def _sql(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.commit()
        connection.close()

    return change


def test_a_copy_that_somebody_put_answers_in_is_refused(store: Store, tmp_path: Path) -> None:
    """What a copy never holds does not come back through one either, not even with a fitting manifest."""
    directory, master = copied(store, tmp_path)
    _reseal(directory, master, _sql("INSERT INTO answers VALUES (zeroblob(16), 'de-linde', 2, 0, 'a', 'b', 'c')"))
    with pytest.raises(DamagedCopyError):
        check_copy(directory, master)


def test_people_that_do_not_fit_the_key_are_refused(store: Store, tmp_path: Path) -> None:
    """Every row is opened before anything is put back."""
    directory, master = copied(store, tmp_path)
    _reseal(directory, master, _sql("UPDATE participants SET sealed = zeroblob(540)"), "contacts.db")
    with pytest.raises(DamagedCopyError):
        check_copy(directory, master)


def test_a_copy_of_a_later_version_is_refused(store: Store, tmp_path: Path) -> None:
    """An older naastbot would lose what it does not know."""
    directory, master = copied(store, tmp_path)
    later = "INSERT INTO _sqlite_migrations VALUES (99, 'answers', 'm099_later', '')"
    _reseal(directory, master, _sql(later))
    with pytest.raises(NewerCopyError):
        check_copy(directory, master)
    told = json.loads((directory / MANIFEST).read_text())
    (directory / MANIFEST).write_text(json.dumps(told | {"format": 2}))
    with pytest.raises(NewerCopyError):
        check_copy(directory, master)


def test_another_key_is_refused(store: Store, tmp_path: Path) -> None:
    """The key of another installation opens nothing, and it is said that it is the key."""
    directory, _ = copied(store, tmp_path)
    with pytest.raises(WrongKeyError):
        restore(directory, tmp_path / "new", bytes(32), ZONE)


def test_nothing_is_put_over_anything(store: Store, tmp_path: Path) -> None:
    """A data directory with anything in it is refused, and a directory with other things gets no copy."""
    directory, master = copied(store, tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "brief.txt").write_text("x")
    with pytest.raises(NotEmptyError):
        restore(directory, tmp_path / "new", master, ZONE)
    with pytest.raises(NotForCopiesError):
        back_up(store, tmp_path / "new", NOW)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["brief.txt"]
    with pytest.raises(NoCopyError):
        restore(tmp_path / "nergens", tmp_path / "newer", master, ZONE)


def test_a_copy_can_be_made_while_another_program_writes(store: Store, tmp_path: Path) -> None:
    """Both files are taken at one moment: nothing is half in, and the other program only waits."""
    beside = open_store(tmp_path / "data")
    for number in range(5):
        beside.teams.add(f"Team {number}")
        closing.ensure_periods(beside, OPENED)
        directory, master = copied(store, tmp_path)
        check_copy(directory, master)
    restore(directory, tmp_path / "new", master, ZONE)
    assert len(open_store(tmp_path / "new").teams.all()) == 6
    assert backup.MANIFEST in {path.name for path in directory.iterdir()}
