"""Invitations: codes of which only a hash is kept, with their uses and their last day; and wrong tries."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from storage.chats import ChatBook
from storage.retention import INVITATION_KEPT
from storage.schema import writing

CODE_BYTES = 10
"""80 random bits: sixteen letters and digits, safe in a Telegram link and in a button."""

INVITED_AS = ("naaste", "professional", "coordinator", "group")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code opens: a role in a team. `refusal` says why not, in a word: used or expired."""

    team: str
    role: str
    refusal: str | None


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A code that somebody has: for which role, for one or for many, and its last day."""

    role: str
    many: bool
    last_day: date


class Invitations:
    """The codes that were given out."""

    def __init__(self, db: Database, book: ChatBook) -> None:
        self.db = db
        self._book = book

    def make(self, team: str, role: str, *, uses: int, last_day: date) -> str:
        """A new code, which nobody but the caller gets to see."""
        code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()
        with writing(self.db):
            self.db.conn.execute(
                "INSERT INTO invitations VALUES (?, ?, ?, ?, ?, ?)",
                (_hash(code), team, role, int(uses > 1), uses, last_day.isoformat()),
            )
        return code

    def look(self, code: str, today: date) -> Invitation | None:
        """What this code opens today, or None when there is no such code."""
        row = self.db.conn.execute("SELECT * FROM invitations WHERE code_hash = ?", (_hash(code),)).fetchone()
        if row is None:
            return None
        refusal = None
        if row["uses_left"] < 1:
            refusal = "used"
        elif date.fromisoformat(row["expires"]) < today:
            refusal = "expired"
        return Invitation(row["team"], row["role"], refusal)

    def use(self, code: str, today: date) -> bool:
        """Take one use off this code; False when there was none left to take.

        The last day of a code for one person is then today. A code for many keeps its own, used up or not: its end
        would tell how many joined.
        """
        with writing(self.db):
            return (
                self.db.conn.execute(
                    "UPDATE invitations SET uses_left = uses_left - 1,"
                    " expires = CASE WHEN uses_left = 1 AND many = 0 THEN ?2 ELSE expires END"
                    " WHERE code_hash = ?1 AND uses_left > 0 AND expires >= ?2",
                    (_hash(code), today.isoformat()),
                ).rowcount
                == 1
            )

    def given_out(self, team: str, today: date) -> list[GivenOut]:
        """The codes of this team that an operator should know of: for coordinators, groups, and for many uses.

        Codes for one naaste or professional are left out: one that is no longer there would tell who takes part.
        How often a code for many was used is left out too, since it would tell how many of a role there are.
        """
        rows = self.db.conn.execute(
            "SELECT role, many, expires FROM invitations WHERE team = ? AND expires >= ?"
            " AND (many = 1 OR (uses_left > 0 AND role IN ('coordinator', 'group'))) ORDER BY role, expires",
            (team, today.isoformat()),
        )
        return [GivenOut(row["role"], bool(row["many"]), date.fromisoformat(row["expires"])) for row in rows]

    def revoke(self, team: str, today: date, role: str | None = None) -> bool:
        """The codes of this team, or those for this role, open nothing from now on; whether any still did.

        They count as expired, so that whoever has one is told to ask for another.
        """
        with writing(self.db):
            ended = self.db.conn.execute(
                "UPDATE invitations SET expires = ?1 WHERE team = ?2 AND (?3 IS NULL OR role = ?3)"
                " AND uses_left > 0 AND expires >= ?4",
                ((today - timedelta(days=1)).isoformat(), team, role, today.isoformat()),
            )
        return ended.rowcount > 0

    def forget_old(self, today: date) -> None:
        """Remove what was used up or expired a week ago."""
        until = today - INVITATION_KEPT
        with writing(self.db):
            self.db.conn.execute("DELETE FROM invitations WHERE expires < ?", (until.isoformat(),))

    def add_failed_try(self, chat: int, today: date) -> int:
        """Count one more wrong code from this chat; returns how many there were, this one included."""
        with writing(self.db):
            self.db.conn.execute(
                "INSERT INTO failed_tries VALUES (?1, 1, ?2)"
                " ON CONFLICT (lookup) DO UPDATE SET tries = tries + 1, last_on = ?2",
                (self._book.lookup("tries", chat), today.isoformat()),
            )
        return self.failed_tries(chat)

    def failed_tries(self, chat: int) -> int:
        """How many wrong codes this chat has tried of late."""
        tried = self.tries_on_record(chat)
        return tried[0] if tried else 0

    def tries_on_record(self, chat: int) -> tuple[int, date] | None:
        """How many wrong codes this chat has tried of late, and on which day the last; None when it did not."""
        row = self.db.conn.execute(
            "SELECT tries, last_on FROM failed_tries WHERE lookup = ?", (self._book.lookup("tries", chat),)
        ).fetchone()
        return (int(row["tries"]), date.fromisoformat(row["last_on"])) if row else None

    def forget_failed_tries(self, *, before: date, chat: int | None = None) -> None:
        """Forget the tries of earlier days; with `chat`, all of this chat, since a right code came."""
        lookup = None if chat is None else self._book.lookup("tries", chat)
        with writing(self.db):
            self.db.conn.execute(
                "DELETE FROM failed_tries WHERE last_on < ? OR lookup = ?", (before.isoformat(), lookup)
            )


def looks_like_code(text: str) -> bool:
    """Whether this could be a code that somebody typed or pasted by itself."""
    return re.fullmatch(r"[a-z2-7]{16}", text.strip(), re.IGNORECASE) is not None


def _hash(code: str) -> bytes:
    # 80 random bits need no slow hash: there is nothing to guess from.
    return hashlib.sha256(code.strip().lower().encode()).digest()
