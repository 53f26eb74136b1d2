"""Invitations: codes of which only a hash is kept, with what they open sealed beside it; and wrong tries.

A used code says that somebody joined, in which role and when: so whoever takes the file learns only how many codes
a team gave out of late.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import sqlite3
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """One row, opened."""

    name: bytes
    team: str
    role: str
    many: bool
    uses_left: int
    last_day: date

    def opens(self, today: date) -> bool:
        """Whether it lets somebody in today."""
        return self.uses_left > 0 and self.last_day >= today


class Invitations:
    """The codes that were given out."""

    def __init__(self, db: Database, book: ChatBook) -> None:
        self.db = db
        self._book = book

    def make(self, team: str, role: str, *, uses: int, last_day: date) -> str:
        """A new code, which nobody but the caller gets to see."""
        code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()
        name = _hash(code)
        contents = {"role": role, "many": uses > 1, "uses_left": uses, "last_day": last_day.isoformat()}
        with writing(self.db):
            self.db.conn.execute(
                "INSERT INTO invitations (code_hash, team, sealed) VALUES (?, ?, ?)",
                (name, team, self._book.codes.seal(name, contents)),
            )
        return code

    def look(self, code: str, today: date) -> Invitation | None:
        """What this code opens today, or None when there is no such code."""
        found = self._find(code)
        if found is None:
            return None
        refusal = None
        if found.uses_left < 1:
            refusal = "used"
        elif found.last_day < today:
            refusal = "expired"
        return Invitation(found.team, found.role, refusal)

    def use(self, code: str, today: date) -> bool:
        """Take one use off this code; False when there was none left to take.

        The last day of a code for one person is then today. A code for many keeps its own, used up or not: its end
        would tell how many joined.
        """
        with writing(self.db):
            found = self._find(code)
            if found is None or not found.opens(today):
                return False
            ends = found.uses_left == 1 and not found.many
            self._change(found, uses_left=found.uses_left - 1, last_day=today if ends else found.last_day)
        return True

    def given_out(self, team: str, today: date) -> list[GivenOut]:
        """The codes of this team that an operator should know of: for coordinators, groups, and for many uses.

        Codes for one naaste or professional are left out: one that is no longer there would tell who takes part.
        How often a code for many was used is left out too, since it would tell how many of a role there are.
        """
        known = [
            GivenOut(found.role, found.many, found.last_day)
            for found in self._of(team)
            if found.last_day >= today
            and (found.many or (found.uses_left > 0 and found.role in ("coordinator", "group")))
        ]
        return sorted(known, key=lambda given: (given.role, given.last_day))

    def revoke(self, team: str, today: date, role: str | None = None) -> bool:
        """The codes of this team, or those for this role, open nothing from now on; whether any still did.

        They count as expired, so that whoever has one is told to ask for another.
        """
        with writing(self.db):
            ended = [found for found in self._of(team) if found.opens(today) and role in (None, found.role)]
            for found in ended:
                self._change(found, uses_left=found.uses_left, last_day=today - timedelta(days=1))
        return bool(ended)

    def forget_old(self, today: date) -> None:
        """Remove what was used up or expired a week ago."""
        with writing(self.db):
            old = [(found.name,) for found in self._of(None) if found.last_day < today - INVITATION_KEPT]
            self.db.conn.executemany("DELETE FROM invitations WHERE code_hash = ?", old)

    def _find(self, code: str) -> _Kept | None:
        row = self.db.conn.execute("SELECT * FROM invitations WHERE code_hash = ?", (_hash(code),)).fetchone()
        return self._kept(row) if row else None

    def _of(self, team: str | None) -> list[_Kept]:
        """The codes of a team, or all there are."""
        rows = self.db.conn.execute("SELECT * FROM invitations WHERE ?1 IS NULL OR team = ?1", (team,))
        return [self._kept(row) for row in rows.fetchall()]

    def _kept(self, row: sqlite3.Row) -> _Kept:
        name = bytes(row["code_hash"])
        contents = self._book.codes.open(name, row["sealed"])
        last_day = date.fromisoformat(contents["last_day"])
        return _Kept(name, row["team"], contents["role"], contents["many"], contents["uses_left"], last_day)

    def _change(self, found: _Kept, *, uses_left: int, last_day: date) -> None:
        contents = {
            "role": found.role,
            "many": found.many,
            "uses_left": uses_left,
            "last_day": last_day.isoformat(),
        }
        self.db.conn.execute(
            "UPDATE invitations SET sealed = ? WHERE code_hash = ?",
            (self._book.codes.seal(found.name, contents), found.name),
        )

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
