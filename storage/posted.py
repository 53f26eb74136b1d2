"""What was posted in the teams' groups, so that nothing is posted twice. Nothing here is about a person."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from storage.schema import writing


class Posted:
    """Per team and occasion: under way, or said."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def known(self, team: str) -> set[str]:
        """The occasions that are under way in this team's group, or were said."""
        return {
            row["occasion"] for row in self.db.conn.execute("SELECT occasion FROM posted WHERE team = ?", (team,))
        }

    def claim(self, team: str, occasion: str, day: date) -> bool:
        """It is under way from now on; False when it is, or was said, already."""
        with writing(self.db):
            made = self.db.conn.execute(
                "INSERT OR IGNORE INTO posted VALUES (?, ?, ?, 'sending')", (team, occasion, day.isoformat())
            )
        return made.rowcount > 0

    def said(self, team: str, occasion: str) -> None:
        """It arrived, or may have."""
        with writing(self.db):
            self.db.conn.execute(
                "UPDATE posted SET state = 'sent' WHERE team = ? AND occasion = ?", (team, occasion)
            )

    def put_back(self, team: str, occasion: str) -> None:
        """It surely did not arrive, and may be tried again."""
        with writing(self.db):
            self.db.conn.execute("DELETE FROM posted WHERE team = ? AND occasion = ?", (team, occasion))

    def interrupted(self) -> int:
        """After a crash: put back what was under way; how many that were. Each of these may be posted twice."""
        with writing(self.db):
            return self.db.conn.execute("DELETE FROM posted WHERE state = 'sending'").rowcount

    def forget_before(self, day: date) -> None:
        """What was said before this day can't come again."""
        with writing(self.db):
            self.db.conn.execute("DELETE FROM posted WHERE day < ?", (day.isoformat(),))
