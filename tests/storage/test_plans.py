"""What teams plan: sealed, of one length, and unharmed by a newer version or by removing somebody."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from dialogues.calendar import FreeDays, Recurrence
from storage.plans import Plan
from storage.schema import contacts_migrations, open_contacts
from storage.store import Store

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)
WEEKLY = Recurrence("weekly", date(2026, 9, 10), time(10, 30))


def made(text: str) -> Plan:
    """A plan with these words."""
    return Plan(b"", "de-linde", 0, WEEKLY, NOW, text=text)


def test_words_stand_nowhere_in_the_file_and_all_rows_are_of_one_length(store: Store, tmp_path: Path) -> None:
    """Three hundred faces take as much as one letter."""
    for number, text in enumerate(("x", "geheim woord " * 23, "😀" * 300)):
        store.plans.add(made(text), -1, number)
    lengths = {len(row["sealed"]) for row in store.plans.db.conn.execute("SELECT sealed FROM plans")}
    assert len(lengths) == 1
    assert [plan.number for plan in store.plans.of_team("de-linde")] == [1, 2, 3]
    assert store.plans.of_team("de-linde")[2].text == "😀" * 300
    store.close()
    for path in (tmp_path / "data").glob("contacts.db*"):
        assert b"geheim" not in path.read_bytes()


def test_a_skip_follows_a_day_that_becomes_free(store: Store) -> None:
    """The one that was to be skipped moves to the day after, and is skipped there; the next one comes."""
    plan = replace(made("x"), skip=date(2026, 9, 10))
    free = FreeDays(((date(2026, 9, 10), date(2026, 9, 11)),))
    for own in (FreeDays(), free):
        assert next(plan.comes(NOW, ZONE, own)).date() == date(2026, 9, 17)
    assert list(replace(plan, paused=True).comes(NOW, ZONE, free)) == []


def test_many_years_later_it_comes_as_before(store: Store) -> None:
    """Nothing drifts, whether the years in between are looked at or not."""
    later = NOW + timedelta(weeks=52 * 30)
    free = FreeDays()
    slowly = next(day for day in WEEKLY.days(free) if day > later.date())
    assert next(WEEKLY.after(later, ZONE, free)).date() == slowly
    assert next(made("x").comes(later, ZONE, free)).date() == slowly


def test_a_file_of_before_gets_the_new_tables(tmp_path: Path) -> None:
    """A data directory of the version before opens, with what was in it, and can plan."""
    path = tmp_path / "contacts.db"
    connection = sqlite3.connect(path, isolation_level=None)
    contacts_migrations.apply(Database(connection), stop_before="m002_free_days")
    connection.execute("INSERT INTO teams (id, code, name) VALUES ('de-linde', 'abc123', 'De Linde')")
    connection.close()
    db = open_contacts(path)
    assert {"plans", "posted", "free_days"} <= {*db.table_names()}
    assert [row["name"] for row in db["teams"].rows] == ["De Linde"]
    db.close()
