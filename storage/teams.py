"""Teams, and the versions of dialogues that their open periods hold on to."""

from __future__ import annotations

import re
import secrets
import sqlite3
import unicodedata
from dataclasses import dataclass

from sqlite_utils import Database

from storage.schema import writing

MAX_SLUG = 40
MAX_NAME = 60
CODE_BYTES = 3
"""Team codes only tell a person's own teams apart inside a button; membership is checked at every tap."""


@dataclass(frozen=True, slots=True)
class Team:
    """One team. `code` is its short name in buttons; `strict` asks for groups of eight instead of five."""

    id: str
    code: str
    name: str
    contact: str | None
    huisartsenpost: str | None
    strict: bool


class Teams:
    """The teams of this installation."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def add(self, name: str) -> Team:
        """A new team with an id made from its name, and a number behind it where that id is taken.

        Raises ValueError when the name holds no letter or digit, or is longer than MAX_NAME.
        """
        name = " ".join(name.split())
        base = slug(name)
        if not base or len(name) > MAX_NAME:
            raise ValueError("a name needs a letter or a digit, and has to fit on a phone")
        with writing(self.db):
            taken = {team.id for team in self.all()}
            team_id, number = base, 2
            while team_id in taken:
                team_id, number = f"{base}-{number}", number + 1
            self.db.conn.execute(
                "INSERT INTO teams (id, code, name) VALUES (?, ?, ?)",
                (team_id, secrets.token_hex(CODE_BYTES), name),
            )
        return self.require(team_id)

    def get(self, team_id: str) -> Team | None:
        """The team with this id, or None."""
        row = self.db.conn.execute("SELECT * FROM teams WHERE id = ?", (team_id,)).fetchone()
        return _team(row) if row else None

    def by_code(self, code: str) -> Team | None:
        """The team with this short name in buttons, or None."""
        row = self.db.conn.execute("SELECT * FROM teams WHERE code = ?", (code,)).fetchone()
        return _team(row) if row else None

    def require(self, team_id: str) -> Team:
        """The team with this id. Raises KeyError."""
        team = self.get(team_id)
        if team is None:
            raise KeyError("no such team")
        return team

    def all(self) -> list[Team]:
        """Every team, by id."""
        return [_team(row) for row in self.db.conn.execute("SELECT * FROM teams ORDER BY id")]

    def set_contact(self, team_id: str, text: str) -> None:
        """The line that tells people how to reach the team."""
        with writing(self.db):
            self.db.conn.execute("UPDATE teams SET contact = ? WHERE id = ?", (text, team_id))

    def set_huisartsenpost(self, team_id: str, text: str) -> None:
        """The regional number for urgent help outside office hours."""
        with writing(self.db):
            self.db.conn.execute("UPDATE teams SET huisartsenpost = ? WHERE id = ?", (text, team_id))

    def set_strict(self, team_id: str) -> None:
        """Groups of at least eight instead of five, from now on; there is no looser choice, and no way back."""
        with writing(self.db):
            self.db.conn.execute("UPDATE teams SET strict = 1 WHERE id = ?", (team_id,))

    # which version of a dialogue a period uses

    def edition(self, team_id: str, period: int, dialogue: str) -> int | None:
        """The version of this dialogue that the period began with, or None if it has not been used yet."""
        row = self.db.conn.execute(
            "SELECT version FROM editions WHERE team = ? AND period = ? AND dialogue = ?",
            (team_id, period, dialogue),
        ).fetchone()
        return int(row["version"]) if row else None

    def fix_edition(self, team_id: str, period: int, dialogue: str, version: int) -> None:
        """Hold the period to this version from now on; the first one wins."""
        with writing(self.db):
            self.db.conn.execute(
                "INSERT OR IGNORE INTO editions VALUES (?, ?, ?, ?)", (team_id, period, dialogue, version)
            )

    def editions(self, team_id: str, period: int) -> dict[str, int]:
        """Dialogue -> version for everything this period has used."""
        rows = self.db.conn.execute(
            "SELECT dialogue, version FROM editions WHERE team = ? AND period = ? ORDER BY dialogue",
            (team_id, period),
        )
        return {row["dialogue"]: row["version"] for row in rows}

    def keep_text(self, dialogue: str, version: int, text: str) -> None:
        """Keep the text of a good version, so that a faulty file can't take it away."""
        with writing(self.db):
            self.db.conn.execute(
                "INSERT OR REPLACE INTO dialogue_texts VALUES (?, ?, ?)", (dialogue, version, text)
            )

    def kept_texts(self) -> dict[tuple[str, int], str]:
        """Every kept text, by dialogue and version."""
        rows = self.db.conn.execute("SELECT dialogue, version, text FROM dialogue_texts WHERE version > 0")
        return {(row["dialogue"], row["version"]): row["text"] for row in rows}

    def keep_programme(self, text: str | None) -> None:
        """Keep the text of a good programme, for when its file turns faulty; None: there is none any more."""
        if text != self.kept_programme():
            with writing(self.db):
                # Beside the dialogues, of which none has this version: it needs no table of its own.
                self.db.conn.execute("DELETE FROM dialogue_texts WHERE version = 0")
                if text is not None:
                    self.db.conn.execute("INSERT INTO dialogue_texts VALUES ('programma', 0, ?)", (text,))

    def kept_programme(self) -> str | None:
        """The text of the last good programme, or None."""
        row = self.db.conn.execute("SELECT text FROM dialogue_texts WHERE version = 0").fetchone()
        return str(row["text"]) if row else None


def slug(name: str) -> str:
    """The name as an id: lower case, plain letters and digits, hyphens between; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_SLUG].strip("-")


def _team(row: sqlite3.Row) -> Team:
    return Team(row["id"], row["code"], row["name"], row["contact"], row["huisartsenpost"], bool(row["strict"]))
