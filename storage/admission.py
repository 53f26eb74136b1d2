"""Letting someone in: the code is used and the person takes part in one transaction, or neither."""

from __future__ import annotations

from datetime import date, timedelta

from dialogues.tree import ROLES
from storage.contacts import Participant
from storage.schema import writing
from storage.store import Store


def admit(store: Store, code: str, chat: int, today: date, consent_version: int) -> Participant | None:
    """The participant that this code made, or None when the code opens no answering role.

    A second tap, or the same tap redelivered after a crash, finds its own code used and its person there: that
    is the same yes, and gives the same participant.
    """
    found = store.invitations.look(code, today)
    if found is None or found.role not in ROLES:
        return None
    if found.refusal is not None:
        people = (person for person in store.contacts.of_chat(chat) if person.team == found.team)
        return next((p for p in people if p.active and found.role in (p.role, p.next_role)), None)
    with writing(store.contacts.db):
        if not store.invitations.use(code, today):
            return None
        store.invitations.forget_failed_tries(before=today - timedelta(days=1), chat=chat)
        return store.contacts.join(found.team, chat, found.role, today, consent_version)
