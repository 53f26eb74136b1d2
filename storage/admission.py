"""Letting someone in: the code is used and the right is given in one transaction, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dialogues.tree import ROLES
from storage.participant import Participant
from storage.schema import writing
from storage.store import Store

COORDINATOR, GROUP = "coordinator", "group"


@dataclass(frozen=True, slots=True)
class Admission:
    """What a code gave: a team, and the person who took part or None for a group. `new` unless it was theirs."""

    team: str
    person: Participant | None
    new: bool


def member(store: Store, team: str, role: str, chat: int) -> Participant | None:
    """This chat's part in the team if it has this role (or will have it next period) or right; else None."""
    for person in store.contacts.of_chat(chat):
        has = person.coordinator if role == COORDINATOR else role == (person.next_role or person.role)
        if person.team == team and person.active and has:
            return person
    return None


def admit(
    store: Store, code: str, chat: int, today: date, consent_version: int | None, *, group: bool = False
) -> Admission | None:
    """Use this code for this chat; None when it opens nothing (any more).

    A second tap, or the same one delivered again after a crash, finds its own code used and its right there:
    that is the same yes, and gives the same answer. Answering roles need a `consent_version`; coordinators and
    groups have None. A `group` is admitted as a group and as nothing else.
    """
    found = store.invitations.look(code, today)
    if found is None or (found.role in ROLES) != (consent_version is not None) or (found.role == GROUP) != group:
        return None
    if group and store.groups.team_of(chat) == found.team:
        return Admission(found.team, None, new=False)
    known = member(store, found.team, found.role, chat)
    if known is not None:
        return Admission(found.team, known, new=False)
    with writing(store.contacts.db):
        if not store.invitations.use(code, today):
            return None
        store.invitations.forget_failed_tries(before=today - timedelta(days=1), chat=chat)
        if found.role == GROUP:
            store.groups.set(found.team, chat)
            return Admission(found.team, None, new=True)
        if consent_version is None:
            return Admission(found.team, store.contacts.make_coordinator(found.team, chat, today), new=True)
        before = {person.team: person.role for person in store.contacts.of_chat(chat)}
        person = store.contacts.join(found.team, chat, found.role, today, consent_version)
        if before.get(found.team) is None:
            store.groups.add_join(found.team)
        return Admission(found.team, person, new=True)
