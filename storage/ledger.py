"""Which updates were handled, and which were set aside. Ids only; no content, ever."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlite_utils import Database

from storage.schema import writing

REMEMBERED = 20_000
"""Update ids kept. Telegram redelivers only what was not confirmed: at most the last few hundred."""

MAX_TRIES = 3


class Ledger:
    """Makes handling repeatable: an update that was handled before is not handled again."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def seen(self, ids: Iterable[int]) -> set[int]:
        """Those of these update ids that were handled or set aside before."""
        sql = "SELECT 1 FROM seen_updates WHERE id = ?"
        return {update for update in ids if self.db.conn.execute(sql, (update,)).fetchone()}

    def commit(self, done: Collection[int]) -> None:
        """These were handled, and may be confirmed once this returns."""
        if not done:
            return
        low, high = min(done) - REMEMBERED, max(done) + REMEMBERED
        with writing(self.db):
            execute = self.db.conn.execute
            self.db.conn.executemany(
                "INSERT OR IGNORE INTO seen_updates VALUES (?)", [(update,) for update in done]
            )
            # Telegram counts on from where it was, or after a quiet week from anywhere: what is far off is old.
            execute("DELETE FROM seen_updates WHERE id NOT BETWEEN ? AND ?", (low, high))
            execute("DELETE FROM failed_updates WHERE id NOT BETWEEN ? AND ?", (low, high))

    def failed(self, update: int, error: str) -> int:
        """Count a failure of this update by the class of the error; returns how many there were."""
        with writing(self.db):
            row = self.db.conn.execute(
                "INSERT INTO failed_updates VALUES (?1, 1, ?2)"
                " ON CONFLICT (id) DO UPDATE SET tries = tries + 1, error = ?2 RETURNING tries",
                (update, error),
            ).fetchone()
        return int(row["tries"])

    def set_aside(self) -> list[tuple[int, str]]:
        """The updates that were given up on: id and class of the error."""
        rows = self.db.conn.execute(
            "SELECT id, error FROM failed_updates WHERE tries >= ? ORDER BY id", (MAX_TRIES,)
        )
        return [(row["id"], row["error"]) for row in rows]
