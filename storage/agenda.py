"""What is planned and sent: evaluation moments, asks, and the diaries of the periods."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from storage.answers import PeriodClosedError
from storage.diary import Diary
from storage.errands import Ask, Errand
from storage.keys import Keys, MissingKeyError
from storage.participant import Participant
from storage.schema import writing
from storage.sealing import UnfitKeyError


@dataclass(frozen=True, slots=True)
class Restored:
    """A team was put back from a copy of this day, in this period, without its answers; `told_on`: since when
    people hear of it, or None."""

    period: int
    copied_on: date
    told_on: date | None

    def concerns(self, person: Participant) -> bool:
        """Whether this person took part then: nothing is lost of whoever joined since."""
        return person.joined_on <= self.copied_on


class Agenda:
    """Plans of all teams, and what became of them."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self.db = db
        self._keys = keys

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

    def asks(self) -> list[Ask]:
        """What was asked of teams in the periods that are open, today's and earlier, in that order."""
        rows = self.db.conn.execute("SELECT * FROM asks ORDER BY id")
        return [
            Ask(row["id"], row["team"], row["period"], row["dialogue"], date.fromisoformat(row["day"]))
            for row in rows
        ]

    # copies that were put back

    def set_restored(self, team: str, period: int, copied_on: date) -> None:
        """This team's open period was put back from a copy of that day, and people are still to hear it."""
        with writing(self.db):
            self.db.conn.execute(
                "INSERT OR REPLACE INTO restored VALUES (?, ?, ?, NULL)", (team, period, copied_on.isoformat())
            )

    def restored(self, team: str) -> Restored | None:
        """When this team was put back, until the period in which people heard of it closes; else None."""
        row = self.db.conn.execute("SELECT * FROM restored WHERE team = ?", (team,)).fetchone()
        if row is None:
            return None
        told = date.fromisoformat(row["told_on"]) if row["told_on"] else None
        return Restored(row["period"], date.fromisoformat(row["copied_on"]), told)

    def told_of_restores(self, today: date) -> None:
        """People hear of it from today on, in every team where they had not yet."""
        if self.db.conn.execute("SELECT 1 FROM restored WHERE told_on IS NULL").fetchone():
            with writing(self.db):
                self.db.conn.execute("UPDATE restored SET told_on = ? WHERE told_on IS NULL", (today.isoformat(),))

    # what was sent

    def diary(self, team: str, period: int) -> Diary:
        """What was sent in this period. Raises PeriodClosedError once its key is gone: nobody can read it then."""
        try:
            return Diary(self.db, team, period, self._keys.period_key(team, period))
        except MissingKeyError:
            raise PeriodClosedError from None

    def add(self, errands: Iterable[Errand]) -> None:
        """Plan these, each in its own period; one that is there already stays as it is."""
        by_period: defaultdict[tuple[str, int], list[Errand]] = defaultdict(list)
        for errand in errands:
            by_period[errand.team, errand.period].append(errand)
        with writing(self.db):
            for period, planned in by_period.items():
                self.diary(*period).add(planned)

    def pending(self) -> Iterator[Errand]:
        """What is still to be sent, of every period that is open, in random order; read as far as is asked for."""
        diaries: dict[tuple[str, int], Diary | None] = {}
        for row in self.db.conn.execute("SELECT * FROM outbox WHERE state = 'pending' ORDER BY key"):
            period = row["team"], row["period"]
            if period not in diaries:
                diaries[period] = None
                # Without its key, its clean-up is under way.
                with contextlib.suppress(PeriodClosedError):
                    diaries[period] = self.diary(*period)
            diary = diaries[period]
            if diary is None:
                continue
            try:
                errand = diary.errand(row)
            except UnfitKeyError:
                # One row that can't be read keeps no other from being sent.
                continue
            yield errand

    def waiting(self) -> int:
        """How many messages are to be sent, or being sent, over all teams together."""
        sql = "SELECT count(*) AS waiting FROM outbox WHERE state IN ('pending', 'sending')"
        return int(self.db.conn.execute(sql).fetchone()["waiting"])

    def interrupted(self, still: date) -> int:
        """After a crash: put back what was in the middle of being sent; returns how many that were.

        The Bot API has no idempotency key, so each of these may reach its person a second time. A question of
        another day than `still` is not sent any more, and counts as sent, since it may have arrived.
        """
        put_back = 0
        with writing(self.db):
            for row in self.db.conn.execute("SELECT * FROM outbox WHERE state = 'sending'").fetchall():
                # Without its key, its clean-up is under way; one row that can't be read keeps no other back.
                with contextlib.suppress(PeriodClosedError, UnfitKeyError):
                    diary = self.diary(row["team"], row["period"])
                    errand = diary.errand(row)
                    over = errand.dialogue is not None and errand.day != still
                    diary.mark(errand, "sent" if over else "pending")
                    put_back += not over
        return put_back

    def forget_period(self, team: str, period: int) -> None:
        """After closing: what was sent, what lay open and which versions were used are gone."""
        with writing(self.db):
            execute = self.db.conn.execute
            execute("DELETE FROM outbox WHERE team = ? AND period <= ?", (team, period))
            execute("DELETE FROM open_prompts WHERE team = ? AND period <= ?", (team, period))
            execute("DELETE FROM editions WHERE team = ? AND period <= ?", (team, period))
            execute("DELETE FROM asks WHERE team = ? AND period <= ?", (team, period))
            execute("DELETE FROM restored WHERE team = ? AND told_on IS NOT NULL", (team,))
            # The moment itself comes a day after closing, and a question after it; older ones have had that.
            execute("DELETE FROM moments WHERE team = ? AND period < ?", (team, period))
