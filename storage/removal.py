"""Taking a whole team away, from both files and the keys, also while a bot runs beside it."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from storage.schema import outside_transactions, writing
from storage.store import Store


def remove_team(store: Store, team: str) -> bool:
    """Nothing of this team is left: people, invitations, group, plans, answers, texts, feedback and keys.

    Contacts go first, so that a running bot finds no team to open a period for or to send anything to. Each step
    can be repeated: see `remains`. False when some bytes can't be overwritten yet, because another program is
    reading; they go when the last program closes the files.
    """
    with writing(store.contacts.db):
        _clear(store.contacts.db, team)
        store.contacts.db.conn.execute("DELETE FROM teams WHERE id = ?", (team,))
    with writing(store.answers.db):
        _clear(store.answers.db, team)
        # Within the transaction: a bot that is just closing a period of this team waits for it, and finds none.
        for of, number in store.keys.period_keys():
            if of == team:
                store.keys.destroy_period_key(team, number)
    try:
        store.answers.vacuum()
        outside_transactions(store.contacts.db).execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    return store.contacts.truncate_log()


def remains(store: Store) -> list[str]:
    """Teams of which a removal was interrupted: something of them is left, but not the team."""
    teams = {team.id for team in store.teams.all()}
    rows = store.answers.db.conn.execute("SELECT team FROM periods UNION SELECT team FROM releases")
    return sorted({*(row["team"] for row in rows), *(team for team, _ in store.keys.period_keys())} - teams)


def _clear(db: Database, team: str) -> None:
    """Every row that says that it is of this team, in whatever table, one that is made later included."""
    # What points at what is looked at when all of it is gone.
    db.conn.execute("PRAGMA defer_foreign_keys = ON")
    for table in db.tables:
        if "team" in table.columns_dict:
            table.delete_where("team = ?", [team])
