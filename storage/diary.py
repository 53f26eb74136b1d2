"""The diary of one period: what was sent to whom, and which questions lie open. Unreadable once its key is gone.

Every row has a key that only the period's key can find again, and all that it says is sealed. So whoever takes the
file without the keys learns how many messages a team was sent, and when the key is destroyed nobody learns more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property

from sqlite_utils import Database

from dialogues.periods import LAST_ROUND
from storage.errands import ASK_AGAIN_AFTER, OF_A_ROUND, OFFER, Ask, Errand
from storage.keys import KeyedHash, derive
from storage.schema import writing
from storage.sealing import ROW_BYTES, Box

PROMPT_LASTS = timedelta(days=7)
"""A prompt that nobody tapped is over after a week: then the next one may come."""

ROUNDS = range(LAST_ROUND + 1)


class Diary:
    """Holds keys made from the period's key: made for one piece of work, and never kept."""

    def __init__(self, db: Database, team: str, period: int, period_key: bytes) -> None:
        self.db = db
        self.team = team
        self.period = period
        self._key = period_key
        self._hash = KeyedHash(period_key)

    @cached_property
    def _errands(self) -> Box:
        return Box(derive(self._key, "naastbot errands"))

    @cached_property
    def _prompts(self) -> Box:
        return Box(derive(self._key, "naastbot prompts"))

    # errands

    def add(self, errands: Iterable[Errand]) -> None:
        """Plan these; one that is there already stays as it is."""
        with writing(self.db):
            self.db.conn.executemany(
                "INSERT OR IGNORE INTO outbox VALUES (?, ?, ?, ?, 'pending', ?)",
                [self._row(errand) for errand in errands if not self.known(errand.participant, errand.occasion)],
            )

    def known(self, participant: bytes, occasion: str) -> bool:
        """This errand was planned before, whatever became of it."""
        key = self._errand_key(participant, occasion)
        return self.db.conn.execute("SELECT 1 FROM outbox WHERE key = ?", (key,)).fetchone() is not None

    def asked_lately(self, participant: bytes, ask: Ask) -> bool:
        """This person got another ask within the week before this one."""
        since = ask.day - ASK_AGAIN_AFTER
        return any(
            errand.occasion.startswith("ask:") and errand.occasion != ask.occasion and errand.day > since
            for errand in self._not_dropped(participant)
        )

    def prompted_on(self, participant: bytes, day: date) -> bool:
        """A question, or an offer to ask fewer, went or is about to go to this person on this day.

        What they asked for themselves does not count.
        """
        return any(
            errand.day == day
            and (errand.dialogue is not None or errand.occasion.startswith(OFFER))
            and not errand.occasion.startswith("checkin:")
            for errand in self._not_dropped(participant)
        )

    def asked(self, participant: bytes, round_number: int) -> set[str]:
        """The dialogues this person was asked, or is about to be asked, in this round."""
        errands = self._not_dropped(participant, (round_number,))
        return {errand.dialogue for errand in errands if errand.dialogue is not None}

    def may_have_come(self, participant: bytes, dialogue: str, round_number: int) -> bool:
        """Whether this was planned for them in this round: what a crash cut off is dropped, and may be there."""
        return any(errand.dialogue == dialogue for errand, _ in self._of(participant, (round_number,)))

    def sent(self, participant: bytes) -> list[Errand]:
        """What was sent to this person and is still remembered, by day."""
        return [errand for errand, state in self.history(participant) if state in ("sending", "sent")]

    def history(self, participant: bytes) -> list[tuple[Errand, str]]:
        """All that is remembered of this person's messages, by day, and what became of each (its state)."""
        return sorted(self._of(participant), key=lambda pair: (pair[0].day, pair[0].occasion))

    def pending(self) -> list[Errand]:
        """What is still to be sent, in random order."""
        rows = self.db.conn.execute(
            "SELECT key, sealed FROM outbox WHERE state = 'pending' AND team = ? AND period = ? ORDER BY key",
            (self.team, self.period),
        )
        return [self.errand(row) for row in rows.fetchall()]

    def claim(self, errand: Errand) -> bool:
        """pending -> sending; False when it is no longer pending, and so must not be sent."""
        with writing(self.db):
            claimed = self.db.conn.execute(
                "UPDATE outbox SET state = 'sending' WHERE key = ? AND state = 'pending'",
                (self._errand_key(errand.participant, errand.occasion),),
            )
        return claimed.rowcount == 1

    def mark(self, errand: Errand, state: str) -> None:
        """What became of it: sent or dropped, or pending again."""
        with writing(self.db):
            self.db.conn.execute(
                "UPDATE outbox SET state = ? WHERE key = ?",
                (state, self._errand_key(errand.participant, errand.occasion)),
            )

    def drop_pending(self, participant: bytes) -> None:
        """Nothing more is sent to this person, and no prompt waits for them."""
        with writing(self.db):
            self.db.conn.executemany(
                "UPDATE outbox SET state = 'dropped' WHERE owner = ? AND state IN ('pending', 'sending')",
                [(owner,) for owner in self._owners(participant)],
            )
            self._close_all(participant)

    # prompts that wait for a tap

    def open_prompt(self, participant: bytes, dialogue: str, round_number: int, today: date) -> None:
        """A question of this round lies before this person from now on."""
        key = self._prompt_key(participant, dialogue, round_number)
        contents = {"participant": participant.hex(), "expires": (today + PROMPT_LASTS).isoformat()}
        with writing(self.db):
            self.db.conn.execute(
                "INSERT OR REPLACE INTO open_prompts VALUES (?, ?, ?, ?)",
                (key, self.team, self.period, self._prompts.seal(key, contents)),
            )

    def close_prompt(self, participant: bytes, dialogue: str, round_number: int) -> None:
        """The first tap, whatever it was; or the question did not go out after all."""
        key = self._prompt_key(participant, dialogue, round_number)
        with writing(self.db):
            self.db.conn.execute("DELETE FROM open_prompts WHERE key = ?", (key,))

    def open_prompts(self, participant: bytes) -> dict[str, date]:
        """The dialogues that wait for this person's first tap, each with the day on which that is over."""
        sql = "SELECT key, sealed FROM open_prompts WHERE key = ?"
        found: dict[str, date] = {}
        for dialogue, number in self._ever_asked(participant):
            row = self.db.conn.execute(sql, (self._prompt_key(participant, dialogue, number),)).fetchone()
            if row is not None:
                expires = date.fromisoformat(self._prompts.open(row["key"], row["sealed"])["expires"])
                found[dialogue] = max(expires, found.get(dialogue, expires))
        return found

    def asked_between(self, first: date, last: date) -> list[bytes]:
        """Whose questions, sent on these days, still lie open; each person once, in random order."""
        sql = "SELECT key, sealed FROM open_prompts WHERE team = ? AND period = ? ORDER BY key"
        rows = self.db.conn.execute(sql, (self.team, self.period)).fetchall()
        prompts = (self._prompts.open(row["key"], row["sealed"]) for row in rows)
        ends = (first + PROMPT_LASTS, last + PROMPT_LASTS)
        found = [it["participant"] for it in prompts if ends[0] <= date.fromisoformat(it["expires"]) <= ends[1]]
        return [bytes.fromhex(participant) for participant in dict.fromkeys(found)]

    def take_expired_prompts(self, today: date, of: Callable[[bytes], bool]) -> list[bytes]:
        """Remove prompts `of` these people whose time is over; who let one go by. In the caller's transaction.

        To leave a question that somebody only asked for themselves is no silence.
        """
        sql = "SELECT key, sealed FROM open_prompts WHERE team = ? AND period = ?"
        owners = []
        for row in self.db.conn.execute(sql, (self.team, self.period)).fetchall():
            prompt = self._prompts.open(row["key"], row["sealed"])
            expires, participant = date.fromisoformat(prompt["expires"]), bytes.fromhex(prompt["participant"])
            if expires <= today and of(participant):
                self.db.conn.execute("DELETE FROM open_prompts WHERE key = ?", (row["key"],))
                if not self._asked_for(row["key"], participant):
                    owners.append(participant)
        return owners

    def _asked_for(self, prompt: bytes, participant: bytes) -> bool:
        """Whether this person asked for the question of this prompt, and nobody else put it to them."""
        occasions = [
            errand.occasion
            for errand, _ in self._of(participant)
            if errand.dialogue and self._prompt_key(participant, errand.dialogue, errand.round) == prompt
        ]
        return bool(occasions) and all(occasion.startswith("checkin:") for occasion in occasions)

    # forgetting

    def forget(self, participant: bytes) -> None:
        """Nothing that was planned for this person, sent to them or lies before them is left."""
        with writing(self.db):
            self._close_all(participant)
            self.db.conn.executemany(
                "DELETE FROM outbox WHERE owner = ?", [(owner,) for owner in self._owners(participant)]
            )

    def forget_earlier_rounds(self, round_number: int, today: date) -> None:
        """Drop what was sent in earlier rounds, more than a week ago, and cannot be sent again."""
        if round_number == 0:
            # There is none: no need to read every message.
            return
        until = today - ASK_AGAIN_AFTER
        sql = (
            "SELECT key, sealed FROM outbox WHERE team = ? AND period = ? AND state IN ('sent', 'dropped')"
            " ORDER BY key"
        )
        rows = self.db.conn.execute(sql, (self.team, self.period)).fetchall()
        read = ((row["key"], self.errand(row)) for row in rows)
        old = [
            (key,)
            for key, errand in read
            if errand.round < round_number and errand.day < until and errand.occasion.startswith(OF_A_ROUND)
        ]
        with writing(self.db):
            self.db.conn.executemany("DELETE FROM outbox WHERE key = ?", old)

    def _close_all(self, participant: bytes) -> None:
        keys = [(self._prompt_key(participant, *asked),) for asked in self._ever_asked(participant)]
        self.db.conn.executemany("DELETE FROM open_prompts WHERE key = ?", keys)

    def _ever_asked(self, participant: bytes) -> list[tuple[str, int]]:
        """Every dialogue of which a prompt may lie open, with the round in which it was asked."""
        errands = (errand for errand, _ in self._of(participant))
        return sorted({(errand.dialogue, errand.round) for errand in errands if errand.dialogue is not None})

    def _not_dropped(self, participant: bytes, rounds: Iterable[int] = ROUNDS) -> Iterator[Errand]:
        return (errand for errand, state in self._of(participant, rounds) if state != "dropped")

    def _of(self, participant: bytes, rounds: Iterable[int] = ROUNDS) -> Iterator[tuple[Errand, str]]:
        for owner in self._owners(participant, rounds):
            rows = self.db.conn.execute("SELECT key, state, sealed FROM outbox WHERE owner = ?", (owner,))
            yield from ((self.errand(row), row["state"]) for row in rows.fetchall())

    def _owners(self, participant: bytes, rounds: Iterable[int] = ROUNDS) -> list[bytes]:
        """Under which names a person's rows stand: another one each round, so that the file joins no rounds."""
        return [self._hash("owner", participant, number)[:ROW_BYTES] for number in rounds]

    def _errand_key(self, participant: bytes, occasion: str) -> bytes:
        return self._hash("errand", participant, occasion)[:ROW_BYTES]

    def _prompt_key(self, participant: bytes, dialogue: str, round_number: int) -> bytes:
        """With the round: the base question lies before everybody in each, and its rows would join them."""
        return self._hash("prompt", participant, dialogue, round_number)[:ROW_BYTES]

    def _row(self, errand: Errand) -> tuple[bytes, str, int, bytes, bytes]:
        key = self._errand_key(errand.participant, errand.occasion)
        (owner,) = self._owners(errand.participant, (errand.round,))
        contents = {
            "participant": errand.participant.hex(),
            "occasion": errand.occasion,
            "round": errand.round,
            "dialogue": errand.dialogue,
            "day": errand.day.isoformat(),
        }
        return key, self.team, self.period, owner, self._errands.seal(key, contents)

    def errand(self, row: sqlite3.Row) -> Errand:
        """What stands in this row of the outbox, which is one of this period."""
        it = self._errands.open(row["key"], row["sealed"])
        return Errand(
            participant=bytes.fromhex(it["participant"]),
            occasion=it["occasion"],
            team=self.team,
            period=self.period,
            round=it["round"],
            dialogue=it["dialogue"],
            day=date.fromisoformat(it["day"]),
        )
