"""What is planned and sent: evaluation moments, asks, the outbox, and prompts that wait for a tap."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from storage.schema import writing

PROMPT_LASTS = timedelta(days=7)
"""A prompt that nobody tapped is over after a week: then the next one may come."""

ASK_AGAIN_AFTER = timedelta(days=7)
"""At most one ask outside the rhythm a week per person."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One message to one person, once. `occasion` makes it unique; `dialogue` is None for a notice."""

    participant: bytes = field(repr=False)
    occasion: str
    team: str
    period: int
    round: int
    dialogue: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Ask:
    """A check-in that the operator sends outside the rhythm, on this day or, at a bad hour, the next."""

    id: int
    team: str
    period: int
    dialogue: str
    day: date

    @property
    def occasion(self) -> str:
        """What makes this ask one prompt per person."""
        return f"ask:{self.id}"


class Agenda:
    """Plans of all teams, and what became of them."""

    def __init__(self, db: Database) -> None:
        self.db = db

    # evaluation moments

    def set_moment(self, team: str, period: int, at: datetime) -> None:
        """The period's evaluation moment; an earlier one is replaced."""
        with writing(self.db):
            self.db.conn.execute("INSERT OR REPLACE INTO moments VALUES (?, ?, ?)", (team, period, at.isoformat()))

    def moment(self, team: str, period: int) -> datetime | None:
        """The evaluation moment of this period, or None."""
        row = self.db.conn.execute(
            "SELECT at FROM moments WHERE team = ? AND period = ?", (team, period)
        ).fetchone()
        return datetime.fromisoformat(row["at"]) if row else None

    # asks

    def add_ask(self, team: str, period: int, dialogue: str, day: date) -> Ask:
        """Ask this of the dialogue's audience on this day."""
        with writing(self.db):
            cursor = self.db.conn.execute(
                "INSERT INTO asks (team, period, dialogue, day) VALUES (?, ?, ?, ?)",
                (team, period, dialogue, day.isoformat()),
            )
        return Ask(int(cursor.lastrowid or 0), team, period, dialogue, day)

    def asks(self, day: date) -> list[Ask]:
        """What is asked on this day."""
        rows = self.db.conn.execute("SELECT * FROM asks WHERE day = ? ORDER BY id", (day.isoformat(),))
        return [Ask(row["id"], row["team"], row["period"], row["dialogue"], day) for row in rows]

    def asked_lately(self, participant: bytes, ask: Ask) -> bool:
        """This person got another ask within the week before this one."""
        since = (ask.day - ASK_AGAIN_AFTER).isoformat()
        row = self.db.conn.execute(
            "SELECT 1 FROM outbox WHERE participant = ? AND occasion LIKE 'ask:%' AND occasion <> ?"
            " AND day > ? AND state <> 'dropped' LIMIT 1",
            (participant, ask.occasion, since),
        ).fetchone()
        return row is not None

    # the outbox

    def add(self, errands: Iterable[Errand]) -> None:
        """Plan these; one that is there already stays as it is."""
        with writing(self.db):
            self.db.conn.executemany(
                "INSERT OR IGNORE INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')",
                [
                    (e.participant, e.occasion, e.team, e.period, e.round, e.dialogue, e.day.isoformat())
                    for e in errands
                ],
            )

    def known(self, participant: bytes, occasion: str) -> bool:
        """This errand was planned before, whatever became of it."""
        row = self.db.conn.execute(
            "SELECT 1 FROM outbox WHERE participant = ? AND occasion = ?", (participant, occasion)
        ).fetchone()
        return row is not None

    def prompted_on(self, participant: bytes, day: date) -> bool:
        """A question went, or is about to go, to this person on this day at somebody else's initiative."""
        row = self.db.conn.execute(
            "SELECT 1 FROM outbox WHERE participant = ? AND day = ? AND dialogue IS NOT NULL"
            " AND state <> 'dropped' AND occasion NOT LIKE 'checkin:%' LIMIT 1",
            (participant, day.isoformat()),
        ).fetchone()
        return row is not None

    def asked(self, participant: bytes, period: int, round_number: int) -> set[str]:
        """The dialogues this person was asked, or is about to be asked, in this round."""
        rows = self.db.conn.execute(
            "SELECT dialogue FROM outbox WHERE participant = ? AND period = ? AND round = ?"
            " AND dialogue IS NOT NULL AND state <> 'dropped'",
            (participant, period, round_number),
        )
        return {row["dialogue"] for row in rows}

    def pending(self) -> list[Errand]:
        """What is still to be sent, in the random order of people's ids."""
        return [_errand(row) for row in self.db.conn.execute("SELECT * FROM outbox WHERE state = 'pending'")]

    def sent(self, participant: bytes) -> list[Errand]:
        """What was sent to this person in this period, by day."""
        sql = "SELECT * FROM outbox WHERE participant = ? AND state IN ('sending', 'sent') ORDER BY day, occasion"
        return [_errand(row) for row in self.db.conn.execute(sql, (participant,))]

    def drop_pending(self, participant: bytes) -> None:
        """Nothing more is sent to this person, and no prompt waits for them."""
        with writing(self.db):
            self.db.conn.execute(
                "UPDATE outbox SET state = 'dropped' WHERE participant = ? AND state IN ('pending', 'sending')",
                (participant,),
            )
            self.db.conn.execute("DELETE FROM open_prompts WHERE participant = ?", (participant,))

    def claim(self, errand: Errand) -> bool:
        """pending -> sending; False when it is no longer pending, and so must not be sent."""
        with writing(self.db):
            claimed = self.db.conn.execute(
                "UPDATE outbox SET state = 'sending' WHERE participant = ? AND occasion = ? AND state = 'pending'",
                (errand.participant, errand.occasion),
            )
        return claimed.rowcount == 1

    def mark(self, errand: Errand, state: str) -> None:
        """What became of it: sent or dropped, or pending again."""
        with writing(self.db):
            self.db.conn.execute(
                "UPDATE outbox SET state = ? WHERE participant = ? AND occasion = ?",
                (state, errand.participant, errand.occasion),
            )

    def interrupted(self) -> int:
        """After a crash: put back what was in the middle of being sent; returns how many that were.

        The Bot API has no idempotency key, so each of these may reach its person a second time.
        """
        with writing(self.db):
            return self.db.conn.execute("UPDATE outbox SET state = 'pending' WHERE state = 'sending'").rowcount

    # prompts that wait for a tap

    def open_prompt(self, participant: bytes, dialogue: str, today: date) -> None:
        """A question lies before this person from now on."""
        with writing(self.db):
            self.db.conn.execute(
                "INSERT OR REPLACE INTO open_prompts VALUES (?, ?, ?)",
                (participant, dialogue, (today + PROMPT_LASTS).isoformat()),
            )

    def close_prompt(self, participant: bytes, dialogue: str) -> None:
        """The first tap, whatever it was."""
        self.db.conn.execute(
            "DELETE FROM open_prompts WHERE participant = ? AND dialogue = ?", (participant, dialogue)
        )

    def forget_prompt(self, participant: bytes, dialogue: str) -> None:
        """The question did not go out after all."""
        with writing(self.db):
            self.close_prompt(participant, dialogue)

    def open_prompts(self, participant: bytes) -> list[str]:
        """The dialogues that wait for this person's first tap."""
        sql = "SELECT dialogue FROM open_prompts WHERE participant = ? ORDER BY dialogue"
        return [row["dialogue"] for row in self.db.conn.execute(sql, (participant,))]

    def take_expired_prompts(self, today: date) -> list[bytes]:
        """Remove the prompts whose time is over, and return whose they were; in a transaction of the caller's."""
        rows = self.db.conn.execute(
            "DELETE FROM open_prompts WHERE expires <= ? RETURNING participant", (today.isoformat(),)
        )
        return [bytes(row["participant"]) for row in rows.fetchall()]

    def forget_period(self, team: str, period: int) -> None:
        """After closing: what was sent, what lay open and which versions were used are gone."""
        with writing(self.db):
            execute = self.db.conn.execute
            execute("DELETE FROM outbox WHERE team = ? AND period <= ?", (team, period))
            execute(
                "DELETE FROM open_prompts WHERE participant IN (SELECT id FROM participants WHERE team = ?)",
                (team,),
            )
            execute("DELETE FROM editions WHERE team = ? AND period <= ?", (team, period))
            execute("DELETE FROM asks WHERE team = ? AND period <= ?", (team, period))
            # The moment itself comes a day after closing, and a question after it; older ones have had that.
            execute("DELETE FROM moments WHERE team = ? AND period < ?", (team, period))


def _errand(row: sqlite3.Row) -> Errand:
    return Errand(
        bytes(row["participant"]),
        row["occasion"],
        row["team"],
        row["period"],
        row["round"],
        row["dialogue"],
        date.fromisoformat(row["day"]),
    )
