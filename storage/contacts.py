"""Participants: who takes part in which team, in which role and rhythm, with which consent.

In the file a participant is one row: two keyed hashes to find it by, the team, and everything else sealed. So the
file alone tells how many take part in a team, and nothing of any of them.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlite_utils import Database

from storage import retention
from storage.chats import ChatBook
from storage.participant import CONSENTS, NEW, OF_A_ROLE, REMINDERS, SWITCHES, Participant
from storage.schema import outside_transactions, writing
from storage.sealing import ROW_BYTES, Contents

COVER = 50
"""How many rows of a team are sealed anew with the one that changes: of a team as it should be, all of them."""

_MAY_BE_SET = {
    **{name: name for name in ("every", "weekday", "daypart", "paused_until", "state")},
    **{kind: f"consent_{kind}" for kind in CONSENTS},
    REMINDERS: REMINDERS,
}


class Contacts:
    """The people of all teams."""

    def __init__(self, db: Database, book: ChatBook) -> None:
        self.db = db
        self._book = book
        self._a_coordinator: dict[str, bytes] = {}
        self._read: dict[str, dict[bytes, tuple[bytes, Participant]]] = {}
        self.log_holds_removed = False

    # finding

    def of_chat(self, chat: int) -> list[Participant]:
        """Everything this chat takes part in, one entry per team, by team id; stopped ones too."""
        teams = [row["id"] for row in self.db.conn.execute("SELECT id FROM teams ORDER BY id")]
        found = (self._of_chat(team, chat) for team in teams)
        return [Participant.of(team, contents) for team, contents in zip(teams, found, strict=True) if contents]

    def in_team(self, team: str, chat: int) -> Participant | None:
        """This chat's part in this team, or None."""
        contents = self._of_chat(team, chat)
        return Participant.of(team, contents) if contents else None

    def get(self, participant: bytes) -> Participant | None:
        """The participant with this id, or None."""
        row = self.db.conn.execute(
            "SELECT * FROM participants WHERE by_id = ?", (self._book.row_of(participant),)
        ).fetchone()
        return Participant.of(row["team"], self._open(row)) if row else None

    def of_team(self, team: str) -> list[Participant]:
        """Every participant of a team, in random order.

        What was opened last time is remembered as long as the row holds the same bytes: it is looked at every
        minute, and rarely changes. Whoever is not in the file any more is forgotten here too.
        """
        rows = self.db.conn.execute("SELECT * FROM participants WHERE team = ? ORDER BY by_id", (team,)).fetchall()
        before, now = self._read.get(team, {}), {}
        for row in rows:
            sealed, person = before.get(row["by_id"], (b"", None))
            if person is None or sealed != row["sealed"]:
                person = Participant.of(team, self._open(row))
            now[row["by_id"]] = row["sealed"], person
        self._read[team] = now
        return [person for _, person in now.values()]

    def coordinators(self, team: str) -> list[Participant]:
        """The active coordinators of a team."""
        return [person for person in self.of_team(team) if person.coordinator and person.active]

    def try_key(self) -> None:
        """Read anybody's row. Raises UnfitKeyError with the master key of another installation."""
        row = self.db.conn.execute("SELECT * FROM participants LIMIT 1").fetchone()
        if row is not None:
            self._open(row)

    def has_coordinator(self, team: str) -> bool:
        """Whether anybody coordinates this team now. Whoever did so last time is looked at first."""
        known = self.get(self._a_coordinator.get(team, b""))
        if known is None or not (known.coordinator and known.active and known.team == team):
            known = next(iter(self.coordinators(team)), None)
        self._a_coordinator[team] = known.id if known else b""
        return known is not None

    def for_a_copy(self) -> Iterator[dict[str, Any]]:
        """The rows of everybody who takes part, for a copy that outlives the period.

        Each is sealed anew and without the questions that were let go, so that two copies do not show who did
        anything in between. Those who stopped are only kept until their answers are counted: they stay out.
        """
        for row in self.db.conn.execute("SELECT * FROM participants ORDER BY by_id").fetchall():
            contents = self._open(row) | {"unanswered": 0, "idle_closings": 0}
            if Participant.of(row["team"], contents).active:
                yield {**dict(row), "sealed": self._book.people.seal(row["by_id"], contents)}

    # joining, changing, leaving

    def join(self, team: str, chat: int, role: str, today: date, consent_version: int) -> Participant:
        """Take part with an answering role, with all three consents.

        Someone who takes part already with another role changes role from the next period on; someone who
        stopped comes back as they were.
        """
        with writing(self.db):
            person = self._ensure(team, chat, today)
            changes: Contents = {
                "consent_version": consent_version,
                "consented_on": today.isoformat(),
                **{f"consent_{kind}": True for kind in CONSENTS},
                "state": "active",
                "paused_until": None,
                "unanswered": 0,
                "idle_closings": 0,
            }
            if person.role is None:
                changes |= {"role": role, "joined_on": today.isoformat()}
            else:
                changes["next_role"] = role if role != person.role else None
            return self._change(person.id, changes)

    def make_coordinator(self, team: str, chat: int, today: date) -> Participant:
        """Give this chat the coordinator's right in this team; it gives no answering role.

        Someone who had stopped answering is reachable again, and still gets no questions.
        """
        with writing(self.db):
            person = self._ensure(team, chat, today)
            asks_nothing = {} if person.active else {f"consent_{kind}": False for kind in CONSENTS}
            return self._change(person.id, {"coordinator": True, "state": "active", **asks_nothing})

    def end_coordination(self, participant: bytes) -> Participant:
        """Take the coordinator's right back. Raises KeyError when there is no such participant."""
        return self._change(participant, {"coordinator": False})

    def set(self, participant: bytes, name: str, value: str | int | None) -> Participant:
        """Change one of: every, weekday, daypart, paused_until, state; a switch, to 0 or 1.

        Raises KeyError when there is no such participant or attribute.
        """
        kept = bool(value) if name in SWITCHES else value
        return self._change(participant, {_MAY_BE_SET[name]: kept})

    def erase(self, participant: bytes) -> None:
        """Remove the person. Answers are withdrawn, and the diary forgets them, before this: see `erasure`."""
        with writing(self.db):
            self.db.conn.execute("DELETE FROM participants WHERE by_id = ?", (self._book.row_of(participant),))

    def truncate_log(self) -> bool:
        """What was removed from the file must not live on in the log beside it.

        False while another program is reading the file; then it has to be done again.
        """
        busy = outside_transactions(self.db).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        self.log_holds_removed = bool(busy)
        return not busy

    def add_unanswered(self, participant: bytes) -> Participant | None:
        """One more prompt went by without a tap, of at most four; whose, or None when it did not count."""
        person = self.get(participant)
        if person is None or person.silent:
            return None
        return self._change(participant, {"unanswered": person.unanswered + 1})

    def heard(self, participant: bytes) -> None:
        """A tap or a message of theirs, whatever it was: whoever reacts is not idle."""
        person = self.get(participant)
        if person is not None and (person.unanswered or person.idle_closings):
            self._change(participant, {"unanswered": 0, "idle_closings": 0})

    def come_back(self, participant: bytes) -> Participant:
        """Someone who stopped takes part again, as they did before."""
        return self._change(participant, {"state": "active", "unanswered": 0, "idle_closings": 0})

    # consent, once the text has changed

    def asked_again(self, participant: bytes, version: int) -> None:
        """This person was asked to agree to this version, which happens once."""
        self._change(participant, {"asked_version": version})

    def agree(self, participant: bytes, version: int, today: date) -> Participant:
        """This person agrees to this version. What they switched off before stays off; whoever stopped is back."""
        changes = {"consent_version": version, "consented_on": today.isoformat(), "state": "active"}
        return self._change(participant, {**changes, "unanswered": 0, "idle_closings": 0})

    # closing

    def stop_answering(self, participant: bytes) -> None:
        """Only the coordinator's right is left: no role, and nothing that was agreed to with it."""
        self._change(participant, {**{name: NEW[name] for name in OF_A_ROLE}, "state": "active"})

    def start_new_period(self, team: str, number: int, still_to_hear: Collection[bytes] = ()) -> bool:
        """After closing: role changes take effect, the idle are counted, whoever has no part left is forgotten.

        Those who are still to hear that they have none are forgotten after that. Happens once per period; False
        when it happened before.
        """
        with writing(self.db):
            moved_on = self.db.conn.execute(
                "UPDATE teams SET period = ?1 WHERE id = ?2 AND period < ?1", (number, team)
            )
            if not moved_on.rowcount:
                return False
            for person in self.of_team(team):
                takes_part = person.role or person.next_role or person.coordinator or person.id in still_to_hear
                if not person.active or not takes_part:
                    self.erase(person.id)
                elif changes := retention.after_closing(person):
                    self._change(person.id, changes)
        return True

    def _ensure(self, team: str, chat: int, today: date) -> Participant:
        contents = self._of_chat(team, chat)
        if contents is None:
            person = secrets.token_bytes(ROW_BYTES)
            contents = {**NEW, "id": person.hex(), "chat": chat, "joined_on": today.isoformat()}
            row = self._book.row_of(person)
            self.db.conn.execute(
                "INSERT INTO participants (by_id, by_chat, team, sealed) VALUES (?, ?, ?, ?)",
                (row, self._book.lookup(f"team {team}", chat), team, self._book.people.seal(row, contents)),
            )
        return Participant.of(team, contents)

    def _change(self, participant: bytes, changes: Contents) -> Participant:
        """Read, replace and write one row, in one transaction."""
        by_id = self._book.row_of(participant)
        with writing(self.db):
            row = self.db.conn.execute("SELECT * FROM participants WHERE by_id = ?", (by_id,)).fetchone()
            if row is None:
                raise KeyError("no such participant")
            contents = self._open(row) | changes
            self._write(by_id, contents)
            self._cover(row["team"])
        return Participant.of(row["team"], contents)

    def _write(self, by_id: bytes, contents: Contents) -> None:
        sealed = self._book.people.seal(by_id, contents)
        self.db.conn.execute("UPDATE participants SET sealed = ? WHERE by_id = ?", (sealed, by_id))

    def _cover(self, team: str) -> None:
        """Seal others anew too: two copies of the file should not show whose row it was that changed."""
        rows = self.db.conn.execute(
            "SELECT by_id, sealed FROM participants WHERE team = ? ORDER BY random() LIMIT ?", (team, COVER)
        )
        for row in rows.fetchall():
            self._write(row["by_id"], self._open(row))

    def _of_chat(self, team: str, chat: int) -> Contents | None:
        row = self.db.conn.execute(
            "SELECT * FROM participants WHERE by_chat = ?", (self._book.lookup(f"team {team}", chat),)
        ).fetchone()
        return self._open(row) if row else None

    def _open(self, row: sqlite3.Row) -> Contents:
        return self._book.people.open(row["by_id"], row["sealed"])
