"""What a team has planned for its own group: a dialogue or words of their own, every so often.

A plan is one row: a name that nobody can guess, its team, and everything else sealed under a key made from the
master key, padded to one length, since a team's own words may hold anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from dialogues.calendar import FreeDays, Recurrence
from storage.chats import ChatBook
from storage.schema import writing
from storage.sealing import ROW_BYTES, Contents

MOST = 20
"""Plans per team. Beyond this a group stops reading."""
MAX_TEXT = 300
"""Characters of a team's own words."""


class TooManyPlansError(Exception):
    """The team has MOST plans already."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing that comes back in a team's group: a dialogue (its id), or words of the team's own.

    `number` is what people call it. Nothing that lies before `since` is posted any more: it was made, moved or
    taken up again then. `skip`: what comes up to this day is left out. `maker`: the participant's id, or None once
    they are gone.
    """

    id: bytes = field(repr=False)
    team: str
    number: int
    recurrence: Recurrence
    since: datetime
    dialogue: str | None = None
    text: str | None = field(default=None, repr=False)
    maker: bytes | None = field(default=None, repr=False)
    paused: bool = False
    skip: date | None = None

    @property
    def mark(self) -> str:
        """Tells it from one that has its number later: buttons stay in a group for years."""
        return self.id.hex()[:6]

    def comes(self, after: datetime, zone: ZoneInfo, free: FreeDays) -> Iterator[datetime]:
        """When it comes, later than `after`, in `zone`; never while it is paused."""
        if self.paused:
            return
        # Where the day that is skipped became free meanwhile, what would come then moved on, and is skipped there.
        skipped = free.next_open(self.skip) if self.skip else date.min
        for moment in self.recurrence.after(max(after, self.since), zone, free):
            if moment.date() > skipped:
                yield moment


class Plans:
    """The plans of all teams."""

    def __init__(self, db: Database, book: ChatBook) -> None:
        self.db = db
        self._book = book

    def of_team(self, team: str) -> list[Plan]:
        """This team's plans, by number."""
        rows = self.db.conn.execute("SELECT * FROM plans WHERE team = ?", (team,))
        return sorted(map(self._plan, rows.fetchall()), key=lambda plan: plan.number)

    def teams(self) -> list[str]:
        """The teams that planned anything."""
        return [row["team"] for row in self.db.conn.execute("SELECT DISTINCT team FROM plans ORDER BY team")]

    def get(self, team: str, number: int) -> Plan | None:
        """The plan that this team calls by this number, or None."""
        return next((plan for plan in self.of_team(team) if plan.number == number), None)

    def add(self, plan: Plan, chat: int, message: int) -> Plan:
        """Keep what was made in this message: it gives one plan, however often its button is tapped.

        Its id and number are given here. Raises TooManyPlansError.
        """
        row_id = self._book.lookup(f"plan {plan.team} {chat}", message)[:ROW_BYTES]
        with writing(self.db):
            there = self.of_team(plan.team)
            known = next((other for other in there if other.id == row_id), None)
            if known is not None:
                return known
            if len(there) >= MOST:
                raise TooManyPlansError
            number = 1 + max((other.number for other in there), default=0)
            made = replace(plan, id=row_id, number=number)
            sealed = self._book.plans.seal(row_id, _contents(made))
            self.db.conn.execute("INSERT INTO plans VALUES (?, ?, ?)", (row_id, plan.team, sealed))
        return made

    def save(self, plan: Plan) -> None:
        """The plan as it is now; does nothing for one that was stopped meanwhile."""
        with writing(self.db):
            sealed = self._book.plans.seal(plan.id, _contents(plan))
            self.db.conn.execute("UPDATE plans SET sealed = ? WHERE id = ?", (sealed, plan.id))

    def remove(self, plan: Plan) -> None:
        """It is not planned any more."""
        with writing(self.db):
            self.db.conn.execute("DELETE FROM plans WHERE id = ?", (plan.id,))

    def made_by(self, team: str, participant: bytes) -> list[Plan]:
        """What this participant planned."""
        return [plan for plan in self.of_team(team) if plan.maker == participant]

    def forget_maker(self, team: str, participant: bytes) -> None:
        """What this participant planned stays, without them."""
        with writing(self.db):
            for plan in self.made_by(team, participant):
                self.save(replace(plan, maker=None))

    def _plan(self, row: sqlite3.Row) -> Plan:
        kept = self._book.plans.open(row["id"], row["sealed"])
        return Plan(
            id=bytes(row["id"]),
            team=row["team"],
            number=kept["number"],
            recurrence=Recurrence(
                kept["every"], date.fromisoformat(kept["first"]), time.fromisoformat(kept["at"])
            ),
            since=datetime.fromisoformat(kept["since"]),
            dialogue=kept["dialogue"],
            text=kept["text"],
            maker=bytes.fromhex(kept["maker"]) if kept["maker"] else None,
            paused=kept["paused"],
            skip=date.fromisoformat(kept["skip"]) if kept["skip"] else None,
        )


def _contents(plan: Plan) -> Contents:
    return {
        "number": plan.number,
        "every": plan.recurrence.every,
        "first": plan.recurrence.first.isoformat(),
        "at": plan.recurrence.at.isoformat(),
        "since": plan.since.isoformat(),
        "dialogue": plan.dialogue,
        "text": plan.text,
        "maker": plan.maker.hex() if plan.maker else None,
        "paused": plan.paused,
        "skip": plan.skip.isoformat() if plan.skip else None,
    }
