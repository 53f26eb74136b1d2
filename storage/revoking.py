"""Taking rights back: those of coordinators, codes that were given out, and the place of a group."""

from __future__ import annotations

import secrets
from datetime import date

from storage.admission import COORDINATOR
from storage.answers import Period
from storage.errands import Errand
from storage.schema import writing
from storage.store import Store

REVOKED = "revoked"
"""How the occasion begins on which somebody is told that they are no coordinator any more."""


def revoke_coordinators(store: Store, period: Period, round_number: int, today: date) -> bool:
    """Nobody coordinates this team any more, and no code makes anybody coordinator; whether anybody did.

    Those who can be reached are told. Somebody who only coordinated is erased once told (bot.schedule.notices), or
    at once when they can't be; whoever answers too goes on doing so.
    """
    errands = []
    with writing(store.contacts.db):
        store.invitations.revoke(period.team, today, COORDINATOR)
        had_it = [person for person in store.contacts.of_team(period.team) if person.coordinator]
        for person in had_it:
            store.contacts.end_coordination(person.id)
            if person.active:
                occasion = f"{REVOKED}:{secrets.token_hex(4)}"
                errands.append(Errand(person.id, occasion, period.team, period.number, round_number, None, today))
            elif person.role is None:
                store.contacts.erase(person.id)
        store.agenda.add(errands)
    return bool(had_it)


def uncouple_group(store: Store, team: str, today: date) -> bool:
    """This team has no group any more, and no code makes one; whether it had one."""
    with writing(store.contacts.db):
        store.invitations.revoke(team, today, "group")
        chat = store.groups.chat_of(team)
        if chat is not None:
            store.groups.forget(chat)
    return chat is not None
