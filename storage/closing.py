"""Closing a period: release, take the answers out, destroy the key, open the next. Each step repeatable."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from dialogues import periods
from dialogues.tree import Dialogue
from storage.anonymise import ROW_KEY_BYTES, Slot
from storage.answers import Period, PeriodClosedError
from storage.errands import Errand
from storage.keys import KeyedHash, fields
from storage.participant import Participant
from storage.release import Choice, Person, PublishableFeedback, Shared, Words, release
from storage.revoking import REVOKED
from storage.schema import writing
from storage.store import Store

T = TypeVar("T")


class TooEarlyError(Exception):
    """The period has not been open for eight weeks; `first` is when it may close."""

    def __init__(self, first: datetime) -> None:
        super().__init__("too early")
        self.first = first


def ensure_periods(store: Store, now: datetime) -> None:
    """Open the first period of every team that has none: a new team, or one whose opening was interrupted."""
    if all(store.answers.has_period(team.id) for team in store.teams.all()):
        return
    with writing(store.answers.db):
        for team in store.teams.all():
            if not store.answers.has_period(team.id):
                store.keys.make_period_key(team.id, 1)
                store.answers.open_new_period(team.id, 1, now, periods.round_length(periods.PLANNED))


def due_periods(store: Store, now: datetime) -> list[Period]:
    """The open periods whose time has come to close by themselves."""
    return [
        period
        for period in store.answers.all_periods(state="open")
        if periods.closes_at(period.opened, store.agenda.moment(period.team, period.number)) <= now
    ]


def release_period(
    store: Store, period: Period, dialogues: Sequence[Dialogue], now: datetime, shuffle: random.Random
) -> None:
    """Release the feedback of this period, and open the next one; `finish` belongs right after it.

    `dialogues` are the versions that the period used. One transaction in answers.db holds the release, the
    removal of everything it was made from, and the opening of the next period.
    Raises TooEarlyError in the first eight weeks, with nothing changed; does nothing when it is closed already.
    """
    first = periods.first_close(period.opened)
    if now < first:
        raise TooEarlyError(first)
    answers = store.answers
    with writing(answers.db):
        current = answers.open_period(period.team)
        if current != period:
            return
        feedback = _release(store, period, dialogues, now, shuffle)
        answers.put_release(period.team, period.number, feedback.to_stored())
        store.keys.make_period_key(period.team, period.number + 1)
        length = periods.round_length(periods.PLANNED)
        answers.open_new_period(period.team, period.number + 1, now, length)


def finish(store: Store, period: Period) -> None:
    """After the release stands: nothing of the period's answers can be read or linked any more."""
    _carry_over(store, period)
    store.keys.destroy_period_key(period.team, period.number)
    store.answers.vacuum()
    with writing(store.contacts.db):
        # Once only: when this is repeated, the next period may have prompts and leavers of its own.
        still_to_hear = {errand.participant for errand in _news_of_rights(store, period.team, period.number + 1)}
        if store.contacts.start_new_period(period.team, period.number + 1, still_to_hear):
            store.agenda.forget_period(period.team, period.number)
    if store.contacts.truncate_log():
        store.answers.mark_period(period.team, period.number, "done")


def _carry_over(store: Store, period: Period) -> None:
    """Whoever lost a right in the night of closing hears it in the new period; repeatable, like all of this."""
    news = _news_of_rights(store, period.team, period.number)
    if news:
        store.agenda.add(replace(errand, period=period.number + 1, round=0) for errand in news)


def _news_of_rights(store: Store, team: str, number: int) -> list[Errand]:
    """What people of this team are still to hear of a right that was taken back."""
    try:
        waiting = store.agenda.diary(team, number).pending()
    except PeriodClosedError:
        # Its key is gone: it was carried over before.
        return []
    return [errand for errand in waiting if errand.occasion.startswith(REVOKED)]


def finish_all(store: Store) -> None:
    """Finish every closing that was interrupted."""
    for period in store.answers.all_periods(state="closed"):
        finish(store, period)


def _release(
    store: Store, period: Period, dialogues: Sequence[Dialogue], now: datetime, shuffle: random.Random
) -> PublishableFeedback:
    team = store.teams.require(period.team)
    key = store.keys.period_key(period.team, period.number)
    people = _counting(store.contacts.of_team(period.team), now.date())
    slots = store.answers.slots(period.team, period.number)
    owned = partial(_owned, key, people, slots)
    choices, words, shared = (
        store.answers.choices(period.team, period.number),
        store.answers.words(period.team, period.number, "masked"),
        store.answers.words(period.team, period.number, "shared"),
    )
    return release(
        team=team.id,
        team_name=team.name,
        period=period.number,
        opened=period.opened.date(),
        closed=now.date(),
        rounds_begun=periods.rounds_begun(period.opened, period.round_length, now),
        strict=team.strict,
        period_key=key,
        dialogues=dialogues,
        people=[Person(ref, person.role) for ref, person in enumerate(people) if person.role],
        choices=[Choice(ref, *where, option) for ref, where, option in owned(choices)],
        words=[Words(ref, *where, text.value) for ref, where, text in owned(words)] if words else [],
        shared=[Shared(text.slot.dialogue, text.slot.question, text.value) for text in shared.values()],
        shuffle=shuffle,
    )


def _counting(people: Iterable[Participant], today: date) -> list[Participant]:
    """Those with a role who joined at least two weeks before closing."""
    latest = today - timedelta(days=periods.COUNTS_FROM.days)
    return [person for person in people if person.role and person.joined_on <= latest]


def _owned(
    period_key: bytes, people: Sequence[Participant], slots: Iterable[Slot], rows: Mapping[bytes, T]
) -> Iterator[tuple[int, tuple[int, str, str], T]]:
    """The rows of these people, person by person: the number of the person in this call, the place, the row.

    The key is fed to HMAC once; each row key is then one short update.
    """
    keyed = KeyedHash(period_key)
    places = [(slot.round, slot.dialogue, slot.question) for slot in slots]
    suffixes = [(place, fields(*place)) for place in places]
    for ref, person in enumerate(people):
        prefix = fields(person.id)
        for place, suffix in suffixes:
            row = rows.get(keyed.of(prefix + suffix)[:ROW_KEY_BYTES])
            if row is not None:
                yield ref, place, row
