"""Participants: who takes part in which team, in which role and rhythm, with which consent."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass, field
from datetime import date

from sqlite_utils import Database

from dialogues.rhythm import Rhythm
from storage.chats import ChatBook
from storage.schema import writing

DEFAULT_EVERY, DEFAULT_WEEKDAY, DEFAULT_DAYPART = "fortnightly", 2, "middag"
"""Every other Wednesday afternoon, until the person chooses."""

MAX_UNANSWERED = 4


@dataclass(frozen=True, slots=True)
class Participant:
    """One chat in one team. Never printed with its chat: `chat` stays out of the repr."""

    id: bytes = field(repr=False)
    team: str
    chat: int = field(repr=False)
    role: str | None
    next_role: str | None
    coordinator: bool
    rhythm: Rhythm
    consent_version: int | None
    consented_on: date | None
    consent_rhythm: bool
    consent_moment: bool
    consent_feedback: bool
    paused_until: date | None
    unanswered: int
    joined_on: date
    state: str

    @property
    def active(self) -> bool:
        """Takes part now: neither stopped nor blocked."""
        return self.state == "active"

    def paused(self, today: date) -> bool:
        """Has asked for a break that is not over yet."""
        return self.paused_until is not None and today < self.paused_until


CONSENTS = ("rhythm", "moment", "feedback")
"""The three kinds of consent: check-ins in a rhythm, around the evaluation moment, and hearing feedback."""

_UPDATES = {
    "every": "UPDATE participants SET every = ? WHERE id = ?",
    "weekday": "UPDATE participants SET weekday = ? WHERE id = ?",
    "daypart": "UPDATE participants SET daypart = ? WHERE id = ?",
    "rhythm": "UPDATE participants SET consent_rhythm = ? WHERE id = ?",
    "moment": "UPDATE participants SET consent_moment = ? WHERE id = ?",
    "feedback": "UPDATE participants SET consent_feedback = ? WHERE id = ?",
    "paused_until": "UPDATE participants SET paused_until = ? WHERE id = ?",
    "state": "UPDATE participants SET state = ? WHERE id = ?",
}


class Contacts:
    """The people of all teams."""

    def __init__(self, db: Database, book: ChatBook) -> None:
        self.db = db
        self._book = book
        self.log_holds_removed = False

    # finding

    def of_chat(self, chat: int) -> list[Participant]:
        """Everything this chat takes part in, one entry per team, by team id; stopped ones too."""
        teams = [row["id"] for row in self.db.conn.execute("SELECT id FROM teams ORDER BY id")]
        lookups = ((self._book.lookup(team, chat),) for team in teams)
        rows = (
            self.db.conn.execute("SELECT * FROM participants WHERE lookup = ?", lookup).fetchone()
            for lookup in lookups
        )
        return [self._participant(row) for row in rows if row is not None]

    def get(self, participant: bytes) -> Participant | None:
        """The participant with this id, or None."""
        row = self.db.conn.execute("SELECT * FROM participants WHERE id = ?", (participant,)).fetchone()
        return self._participant(row) if row else None

    def of_team(self, team: str) -> list[Participant]:
        """Every participant of a team, in the random order of their ids."""
        rows = self.db.conn.execute("SELECT * FROM participants WHERE team = ? ORDER BY id", (team,))
        return [self._participant(row) for row in rows]

    def coordinators(self, team: str) -> list[Participant]:
        """The active coordinators of a team."""
        return [person for person in self.of_team(team) if person.coordinator and person.active]

    # joining, changing, leaving

    def join(self, team: str, chat: int, role: str, today: date, consent_version: int) -> Participant:
        """Take part with an answering role, with all three consents.

        Someone who takes part already with another role changes role from the next period on; someone who
        stopped comes back as they were.
        """
        with writing(self.db):
            person = self._ensure(team, chat, today)
            if person.role is None:
                self.db.conn.execute(
                    "UPDATE participants SET role = ?, joined_on = ? WHERE id = ?",
                    (role, today.isoformat(), person.id),
                )
            else:
                self.db.conn.execute(
                    "UPDATE participants SET next_role = ? WHERE id = ?",
                    (role if role != person.role else None, person.id),
                )
            self.db.conn.execute(
                "UPDATE participants SET consent_version = ?, consented_on = ?, consent_rhythm = 1,"
                " consent_moment = 1, consent_feedback = 1, state = 'active', paused_until = NULL,"
                " unanswered = 0 WHERE id = ?",
                (consent_version, today.isoformat(), person.id),
            )
        return self._require(person.id)

    def make_coordinator(self, team: str, chat: int, today: date) -> Participant:
        """Give this chat the coordinator's right in this team; it gives no answering role.

        Someone who had stopped answering is reachable again, and still gets no questions.
        """
        with writing(self.db):
            person = self._ensure(team, chat, today)
            if not person.active:
                self.db.conn.execute(
                    "UPDATE participants SET consent_rhythm = 0, consent_moment = 0, consent_feedback = 0"
                    " WHERE id = ?",
                    (person.id,),
                )
            self.db.conn.execute(
                "UPDATE participants SET coordinator = 1, state = 'active' WHERE id = ?", (person.id,)
            )
        return self._require(person.id)

    def set(self, participant: bytes, name: str, value: str | int | None) -> Participant:
        """Change one of: every, weekday, daypart, rhythm/moment/feedback (0 or 1), paused_until, state."""
        with writing(self.db):
            self.db.conn.execute(_UPDATES[name], (value, participant))
        return self._require(participant)

    def erase(self, participant: bytes) -> None:
        """Remove the person and what was planned for them. Answers must be withdrawn before this."""
        with writing(self.db):
            self.db.conn.execute("DELETE FROM participants WHERE id = ?", (participant,))
        self.truncate_log()

    def truncate_log(self) -> bool:
        """What was removed from the file must not live on in the log beside it.

        False while another program is reading the file; then it has to be done again.
        """
        busy = self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        self.log_holds_removed = bool(busy)
        return not busy

    def add_unanswered(self, participant: bytes) -> None:
        """One more prompt went by without a tap (at most four are counted)."""
        self.db.conn.execute(
            "UPDATE participants SET unanswered = min(unanswered + 1, ?) WHERE id = ?",
            (MAX_UNANSWERED, participant),
        )

    def reset_unanswered(self, participant: bytes) -> None:
        """A tap, whatever it was."""
        self.db.conn.execute(
            "UPDATE participants SET unanswered = 0 WHERE id = ? AND unanswered > 0", (participant,)
        )

    def start_new_period(self, team: str, number: int) -> bool:
        """After closing: role changes take effect, and those who stopped are forgotten.

        Happens once per period; False when it happened before.
        """
        with writing(self.db):
            moved_on = self.db.conn.execute(
                "UPDATE teams SET period = ?1 WHERE id = ?2 AND period < ?1", (number, team)
            )
            if not moved_on.rowcount:
                return False
            self.db.conn.execute("DELETE FROM participants WHERE team = ? AND state <> 'active'", (team,))
            self.db.conn.execute(
                "UPDATE participants SET role = next_role, next_role = NULL"
                " WHERE team = ? AND next_role IS NOT NULL",
                (team,),
            )
        return True

    def _ensure(self, team: str, chat: int, today: date) -> Participant:
        lookup = self._book.lookup(team, chat)
        row = self.db.conn.execute("SELECT * FROM participants WHERE lookup = ?", (lookup,)).fetchone()
        if row is None:
            person = secrets.token_bytes(16)
            self.db.conn.execute(
                "INSERT INTO participants (id, team, lookup, chat, every, weekday, daypart, joined_on)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(person, team, lookup, self._book.seal(lookup, chat)),
                    *(DEFAULT_EVERY, DEFAULT_WEEKDAY, DEFAULT_DAYPART, today.isoformat()),
                ),
            )
            return self._require(person)
        return self._participant(row)

    def _require(self, participant: bytes) -> Participant:
        person = self.get(participant)
        if person is None:
            raise KeyError("no such participant")
        return person

    def _participant(self, row: sqlite3.Row) -> Participant:
        joined = date.fromisoformat(row["joined_on"])
        return Participant(
            id=bytes(row["id"]),
            team=row["team"],
            chat=self._book.unseal(row["lookup"], row["chat"]),
            role=row["role"],
            next_role=row["next_role"],
            coordinator=bool(row["coordinator"]),
            rhythm=Rhythm(row["every"], row["weekday"], row["daypart"], joined),
            consent_version=row["consent_version"],
            consented_on=_date(row["consented_on"]),
            consent_rhythm=bool(row["consent_rhythm"]),
            consent_moment=bool(row["consent_moment"]),
            consent_feedback=bool(row["consent_feedback"]),
            paused_until=_date(row["paused_until"]),
            unanswered=int(row["unanswered"]),
            joined_on=joined,
            state=row["state"],
        )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
