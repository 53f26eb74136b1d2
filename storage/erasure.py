"""Erasing somebody, in the one order that leaves nothing behind."""

from __future__ import annotations

import contextlib

from storage.answers import PeriodClosedError
from storage.participant import Participant
from storage.schema import writing
from storage.store import Store


def erase(store: Store, person: Participant) -> None:
    """Nothing of this person's part in the team is left in any file.

    Answers first: once the person is gone, nobody could find their rows any more. A crash in between is mended by
    erasing again.
    """
    period = store.answers.open_period(person.team)
    # Without a period or its key there is nothing left that could be tied to anybody.
    with contextlib.suppress(PeriodClosedError):
        if period is not None:
            store.intake.withdraw(person, period)
    with writing(store.contacts.db):
        with contextlib.suppress(PeriodClosedError):
            if period is not None:
                store.agenda.diary(person.team, period.number).forget(person.id)
        store.plans.forget_maker(person.team, person.id)
        store.contacts.erase(person.id)
    store.contacts.truncate_log()


def let_go(store: Store, person: Participant) -> None:
    """Erase somebody who was idle for long, now that they were told; a coordinator keeps that right and no more.

    They have no answers then: they could give none since the period before closed.
    """
    if person.coordinator:
        store.contacts.stop_answering(person.id)
        store.contacts.truncate_log()
    else:
        erase(store, person)
