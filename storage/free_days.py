"""The days that a team keeps free beside the public holidays: a week of closing, a day out together."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from dialogues.calendar import LONGEST_FREE, FreeDays
from storage.schema import writing

MOST = 30
"""Stretches per team that still have to come: more is no plan but a calendar of another kind."""


class TooManyFreeDaysError(Exception):
    """The team has MOST stretches already."""


class OwnFreeDays:
    """Every team's own free days, as stretches from a first to a last day."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def of(self, team: str) -> FreeDays:
        """The public holidays with this team's own days beside them."""
        rows = self.db.conn.execute(
            "SELECT first, last FROM free_days WHERE team = ? ORDER BY first, last", (team,)
        )
        return FreeDays(tuple((date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) for row in rows))

    def add(self, team: str, first: date, last: date) -> None:
        """From this day to that one, both included; fine when it is there already.

        Raises ValueError for a stretch that ends before it begins or is longer than LONGEST_FREE, and
        TooManyFreeDaysError.
        """
        if not first <= last <= first + LONGEST_FREE:
            raise ValueError("a stretch of free days from its first to its last")
        with writing(self.db):
            if len(self.of(team).own) >= MOST:
                raise TooManyFreeDaysError
            self.db.conn.execute(
                "INSERT OR IGNORE INTO free_days VALUES (?, ?, ?)", (team, first.isoformat(), last.isoformat())
            )

    def remove(self, team: str, first: date, last: date) -> bool:
        """Take this stretch away; False when it was not there."""
        with writing(self.db):
            found = self.db.conn.execute(
                "DELETE FROM free_days WHERE team = ? AND first = ? AND last = ?",
                (team, first.isoformat(), last.isoformat()),
            )
        return found.rowcount > 0

    def forget_before(self, day: date) -> None:
        """Stretches that ended before this day are gone: they move nothing that still has to come."""
        with writing(self.db):
            self.db.conn.execute("DELETE FROM free_days WHERE last < ?", (day.isoformat(),))
