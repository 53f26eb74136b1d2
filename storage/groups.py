"""The teams' own Telegram groups."""

from __future__ import annotations

from sqlite_utils import Database

from storage.chats import ChatBook
from storage.schema import writing


class Groups:
    """At most one group per team, and one team per group."""

    def __init__(self, db: Database, book: ChatBook) -> None:
        self.db = db
        self._book = book

    def set(self, team: str, chat: int) -> None:
        """This chat is the team's group from now on."""
        with writing(self.db):
            lookup = self._book.lookup("group", chat)
            waiting = self.db.conn.execute("SELECT joins_to_tell FROM groups WHERE team = ?", (team,)).fetchone()
            self.db.conn.execute("DELETE FROM groups WHERE team = ? OR lookup = ?", (team, lookup))
            self.db.conn.execute(
                "INSERT INTO groups VALUES (?, ?, ?, ?)",
                (team, lookup, self._book.seal(lookup, chat), waiting["joins_to_tell"] if waiting else 0),
            )

    def chat_of(self, team: str) -> int | None:
        """The chat id of the team's group, or None."""
        row = self.db.conn.execute("SELECT lookup, chat FROM groups WHERE team = ?", (team,)).fetchone()
        return self._book.unseal(row["lookup"], row["chat"]) if row else None

    def team_of(self, chat: int) -> str | None:
        """The team whose group this chat is, or None."""
        row = self.db.conn.execute(
            "SELECT team FROM groups WHERE lookup = ?", (self._book.lookup("group", chat),)
        ).fetchone()
        return str(row["team"]) if row else None

    def teams(self) -> list[str]:
        """The teams that have a group."""
        return [row["team"] for row in self.db.conn.execute("SELECT team FROM groups ORDER BY team")]

    def forget(self, chat: int) -> None:
        """The bot is no longer in this group."""
        with writing(self.db):
            self.db.conn.execute("DELETE FROM groups WHERE lookup = ?", (self._book.lookup("group", chat),))

    def moved(self, old_chat: int, new_chat: int) -> None:
        """A group became a supergroup, and has another chat id now."""
        team = self.team_of(old_chat)
        if team is not None:
            self.set(team, new_chat)

    def add_join(self, team: str) -> None:
        """One more person takes part, which the group is still to hear."""
        self.db.conn.execute("UPDATE groups SET joins_to_tell = joins_to_tell + 1 WHERE team = ?", (team,))

    def joins_to_tell(self) -> list[tuple[str, int]]:
        """Teams whose group is still to hear of joins, and how many."""
        rows = self.db.conn.execute("SELECT team, joins_to_tell FROM groups WHERE joins_to_tell > 0 ORDER BY team")
        return [(row["team"], row["joins_to_tell"]) for row in rows.fetchall()]

    def told(self, team: str, count: int) -> None:
        """The group hears of so many; a negative number puts them back."""
        with writing(self.db):
            self.db.conn.execute(
                "UPDATE groups SET joins_to_tell = max(0, joins_to_tell - ?) WHERE team = ?", (count, team)
            )
