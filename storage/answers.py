"""answers.db: open periods, anonymous answers, and what was released. Knows no chat and no participant."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from dialogues import periods
from storage.anonymise import AnonymousAnswer, SharedText, Slot
from storage.schema import outside_transactions, writing

_FIND = "SELECT * FROM kept WHERE key IN ({})"
AT_ONCE = 500
"""Keys in one query: SQLite takes a limited number of parameters."""


class PeriodClosedError(Exception):
    """The period is not open (any more); nothing was stored."""


@dataclass(frozen=True, slots=True)
class Period:
    """One period of one team; `state` is open, closed (released, clean-up under way) or done."""

    team: str
    number: int
    opened: datetime
    round_length: timedelta
    state: str

    def round_at(self, now: datetime) -> int:
        """The round in which an answer given now belongs, 0 to 3."""
        return periods.current_round(self.opened, self.round_length, now)


@dataclass(frozen=True, slots=True)
class Kept:
    """One row as it is kept: where it belongs and what was answered (`kind`: choice, masked or shared)."""

    key: bytes
    slot: Slot
    kind: str
    value: str


class Answers:
    """Accepts only what `anonymise` makes; every write checks in its own transaction that the period is open."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._tidy_at = -1

    # periods

    def open_new_period(self, team: str, number: int, opened: datetime, round_length: timedelta) -> None:
        """Write the row of a new, open period."""
        self.db.conn.execute(
            "INSERT INTO periods (team, number, opened, round_seconds, state) VALUES (?, ?, ?, ?, 'open')",
            (team, number, opened.isoformat(), int(round_length.total_seconds())),
        )

    def open_period(self, team: str) -> Period | None:
        """The team's open period, or None."""
        sql = "SELECT * FROM periods WHERE team = ? AND state = 'open'"
        row = self.db.conn.execute(sql, (team,)).fetchone()
        return _period(row) if row else None

    def first_opened(self, team: str) -> datetime:
        """When this team's first period opened. Raises LookupError for a team that never had one."""
        sql = "SELECT opened FROM periods WHERE team = ? ORDER BY number LIMIT 1"
        row = self.db.conn.execute(sql, (team,)).fetchone()
        if row is None:
            raise LookupError("no period yet")
        return datetime.fromisoformat(row["opened"])

    def has_period(self, team: str) -> bool:
        """Whether this team ever had a period."""
        return self.db.conn.execute("SELECT 1 FROM periods WHERE team = ?", (team,)).fetchone() is not None

    def all_periods(self, *, state: str) -> list[Period]:
        """Every team's periods in this state."""
        sql = "SELECT * FROM periods WHERE state = ? ORDER BY team, number"
        return [_period(row) for row in self.db.conn.execute(sql, (state,))]

    def mark_period(self, team: str, number: int, state: str) -> None:
        """Move a period to its next state."""
        with writing(self.db):
            self.db.conn.execute(
                "UPDATE periods SET state = ? WHERE team = ? AND number = ?", (state, team, number)
            )

    # answers

    def put(self, answer: AnonymousAnswer | SharedText, *, leaving: Iterable[bytes] = ()) -> None:
        """Store one answer, in place of an earlier one to the same question, and drop the rows of a left path.

        Raises PeriodClosedError, with nothing stored.
        """
        slot = answer.slot
        with writing(self.db):
            self._require_open(slot.team, slot.period)
            self._delete([answer.key, *leaving])
            row = (answer.key, slot.team, slot.period, slot.round, slot.dialogue, slot.question)
            if isinstance(answer, AnonymousAnswer) and not answer.is_text:
                self.db.conn.execute("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, answer.value))
            else:
                kind = "shared" if isinstance(answer, SharedText) else "masked"
                self.db.conn.execute(
                    "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, kind, answer.value)
                )

    def drop(self, team: str, period: int, keys: Iterable[bytes]) -> None:
        """Remove these rows: a skip, or a withdrawal. Raises PeriodClosedError."""
        with writing(self.db):
            self._require_open(team, period)
            self._delete(keys)

    def find(self, keys: Iterable[bytes]) -> dict[bytes, Kept]:
        """What is kept under these keys."""
        wanted, found = list(keys), dict[bytes, Kept]()
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            rows = self.db.conn.execute(_FIND.format(",".join("?" * len(some))), some)
            found |= {bytes(row["key"]): _kept(row) for row in rows}
        return found

    def of_period(self, team: str, period: int) -> list[Kept]:
        """Every row of a period."""
        sql = "SELECT * FROM kept WHERE team = ? AND period = ?"
        return [_kept(row) for row in self.db.conn.execute(sql, (team, period))]

    def choices(self, team: str, period: int) -> dict[bytes, str]:
        """Key -> option of every tapped answer of a period; there may be very many."""
        cursor = self.db.conn.cursor()
        cursor.row_factory = None
        cursor.execute("SELECT key, option FROM answers WHERE team = ? AND period = ?", (team, period))
        return dict(cursor)

    def words(self, team: str, period: int, kind: str) -> dict[bytes, Kept]:
        """Key -> text of this kind, masked or shared, of a period."""
        sql = "SELECT * FROM kept WHERE team = ? AND period = ? AND kind = ?"
        return {bytes(row["key"]): _kept(row) for row in self.db.conn.execute(sql, (team, period, kind))}

    def slots(self, team: str, period: int) -> list[Slot]:
        """Each question and round that has any answer in this period."""
        rows = self.db.conn.execute(
            "SELECT DISTINCT round, dialogue, question FROM answers WHERE team = ?1 AND period = ?2"
            " UNION SELECT DISTINCT round, dialogue, question FROM texts WHERE team = ?1 AND period = ?2",
            (team, period),
        )
        return [Slot(team, period, row["round"], row["dialogue"], row["question"]) for row in rows]

    # questions that wait for words

    def put_awaiting(
        self, key: bytes, team: str, period: int, sealed: bytes, *, instead_of: Iterable[bytes]
    ) -> None:
        """Remember, encrypted, that someone is about to type this and nothing else. Raises PeriodClosedError."""
        with writing(self.db):
            self._require_open(team, period)
            self.drop_awaiting([key, *instead_of])
            self.db.conn.execute("INSERT INTO awaiting VALUES (?, ?, ?, ?)", (key, team, period, sealed))

    def awaiting(self, key: bytes) -> bytes | None:
        """What was sealed under this key, or None."""
        row = self.db.conn.execute("SELECT sealed FROM awaiting WHERE key = ?", (key,)).fetchone()
        return bytes(row["sealed"]) if row else None

    def all_awaiting(self, team: str, period: int) -> list[tuple[bytes, bytes]]:
        """Every waiting row of a period, as key and sealed content."""
        rows = self.db.conn.execute(
            "SELECT key, sealed FROM awaiting WHERE team = ? AND period = ?", (team, period)
        )
        return [(bytes(row["key"]), bytes(row["sealed"])) for row in rows]

    def drop_awaiting(self, keys: Iterable[bytes]) -> None:
        """Nobody is waited for under these keys any more."""
        with writing(self.db):
            self.db.conn.executemany("DELETE FROM awaiting WHERE key = ?", [(key,) for key in keys])

    # releases

    def put_release(self, team: str, period: int, feedback: str) -> None:
        """In one transaction of the caller: the release goes in, everything it was made from goes out."""
        execute, which = self.db.conn.execute, (team, period)
        execute("INSERT INTO releases VALUES (?, ?, ?)", (*which, feedback))
        execute("DELETE FROM answers WHERE team = ? AND period = ?", which)
        execute("DELETE FROM texts WHERE team = ? AND period = ?", which)
        execute("DELETE FROM awaiting WHERE team = ? AND period = ?", which)
        self.mark_period(team, period, "closed")

    def release(self, team: str, period: int | None = None) -> str | None:
        """The stored release of a period, or of the last one released; None when there is none."""
        row = self.db.conn.execute(
            "SELECT feedback FROM releases WHERE team = ?1 AND (?2 IS NULL OR period = ?2)"
            " ORDER BY period DESC LIMIT 1",
            (team, period),
        ).fetchone()
        return str(row["feedback"]) if row else None

    @property
    def untidy(self) -> bool:
        """Whether something was written here since the file was last rewritten; so too before the first time."""
        return self.db.conn.total_changes != self._tidy_at

    def vacuum(self) -> None:
        """Rewrite the file in the order of its random keys: nothing deleted is left, nor any trace of when.

        The copy is made in memory. Raises sqlite3.OperationalError while another program has the file.
        """
        outside_transactions(self.db).execute("VACUUM")
        self._tidy_at = self.db.conn.total_changes

    def _require_open(self, team: str, period: int) -> None:
        current = self.open_period(team)
        if current is None or current.number != period:
            raise PeriodClosedError

    def _delete(self, keys: Iterable[bytes]) -> None:
        rows = [(key,) for key in keys]
        self.db.conn.executemany("DELETE FROM answers WHERE key = ?", rows)
        self.db.conn.executemany("DELETE FROM texts WHERE key = ?", rows)


def _period(row: sqlite3.Row) -> Period:
    return Period(
        row["team"],
        row["number"],
        datetime.fromisoformat(row["opened"]),
        timedelta(seconds=row["round_seconds"]),
        row["state"],
    )


def _kept(row: sqlite3.Row) -> Kept:
    slot = Slot(row["team"], row["period"], row["round"], row["dialogue"], row["question"])
    return Kept(bytes(row["key"]), slot, row["kind"], row["value"])
