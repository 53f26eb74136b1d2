"""Taking a whole team away, from both files and the keys, also while a bot runs beside it."""

from __future__ import annotations

from storage.store import Store


def remains(store: Store) -> list[str]:
    """Teams of which a removal was interrupted: something of them is left, but not the team."""
    teams = {team.id for team in store.teams.all()}
    rows = store.answers.db.conn.execute("SELECT team FROM periods UNION SELECT team FROM releases")
    return sorted({*(row["team"] for row in rows), *(team for team, _ in store.keys.period_keys())} - teams)
