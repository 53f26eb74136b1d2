"""What is due now: check-ins by rhythm, asks, questions around the evaluation moment, notices. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.house import House
from dialogues import periods
from dialogues.programme import AFTER_MOMENT, AROUND_MOMENT, BEFORE_MOMENT, next_dialogue
from dialogues.rhythm import DAYPARTS, MOMENT, due_day, is_quiet
from storage.agenda import Ask, Errand
from storage.answers import Period
from storage.contacts import Participant

BEFORE = AFTER = timedelta(days=14)
"""Two weeks before the moment people are asked what should be on the table; two weeks after, what came of it."""
TELL_AHEAD = timedelta(weeks=5)
"""How long before a planned closing the coordinator hears that no moment is set."""

CLOSED, NO_MOMENT = "closed", "no-moment"
"""Kinds of notice to a coordinator."""


def due(house: House) -> list[Errand]:
    """Every message that belongs to this moment, whether or not it was planned before."""
    if is_quiet(house.now(), house.settings.zone):
        return []
    asks = house.store.agenda.asks(house.today())
    errands: list[Errand] = []
    for period in house.store.answers.all_periods(state="open"):
        team = house.store.teams.require(period.team)
        people = [person for person in house.store.contacts.of_team(team.id) if person.active]
        errands += _notices(house, period, people)
        if house.ready(team):
            today = house.today()
            for person in people:
                if person.role and not person.paused(today):
                    errands += _for_person(house, period, person, [ask for ask in asks if ask.team == team.id])
    return errands


def _for_person(house: House, period: Period, person: Participant, asks: list[Ask]) -> Iterator[Errand]:
    """At most one prompt at a time: an ask goes before the moment's question, and that before the rhythm."""
    for candidate in (
        *(_asked(house, period, person, ask) for ask in asks),
        _around_moment(house, period, person),
        _by_rhythm(house, period, person),
    ):
        if candidate is not None and not house.store.agenda.known(person.id, candidate.occasion):
            yield candidate
            return


def _by_rhythm(house: House, period: Period, person: Participant) -> Errand | None:
    day = due_day(person.rhythm, house.now(), house.settings.zone)
    if day is None or not person.consent_rhythm:
        return None
    occasion = f"rhythm:{day.isoformat()}"
    if house.store.agenda.known(person.id, occasion):
        return None
    round_number = period.round_at(house.now())
    asked = house.store.agenda.asked(person.id, period.number, round_number)
    dialogue = next_dialogue(person.role or "", house.shelf.latest, asked)
    return _errand(house, period, person, occasion, dialogue) if dialogue else None


def _asked(house: House, period: Period, person: Participant, ask: Ask) -> Errand | None:
    dialogue = house.shelf.latest.get(ask.dialogue)
    if dialogue is None or person.role not in dialogue.roles or ask.period != period.number:
        return None
    # Whoever chose to hear only around the evaluation moment has not agreed to other questions.
    around = ask.dialogue in AROUND_MOMENT
    agreed = person.consent_rhythm and (around or person.rhythm.every != MOMENT)
    if not agreed or house.store.agenda.asked_lately(person.id, ask):
        return None
    return _errand(house, period, person, ask.occasion, ask.dialogue)


def _around_moment(house: House, period: Period, person: Participant) -> Errand | None:
    """Two weeks before this period's moment, or after the last period's, at the person's part of the day."""
    if not person.consent_moment or house.local(house.now()).time() < DAYPARTS[person.rhythm.daypart]:
        return None
    today = house.today()
    for number, wait, dialogue in (
        (period.number, -BEFORE, BEFORE_MOMENT),
        (period.number - 1, AFTER, AFTER_MOMENT),
    ):
        moment = house.store.agenda.moment(period.team, number)
        if moment is None or (house.local(moment) + wait).date() != today:
            continue
        found = house.shelf.latest.get(dialogue)
        if found is not None and person.role in found.roles:
            return _errand(house, period, person, f"{dialogue}:{number}", dialogue)
    return None


def _notices(house: House, period: Period, people: list[Participant]) -> Iterator[Errand]:
    """To coordinators: the feedback of the period that closed, and that a moment is missing."""
    coordinators = [person for person in people if person.coordinator]
    kinds = []
    if house.store.answers.release(period.team, period.number - 1) is not None:
        kinds.append(CLOSED)
    ahead = house.now() + TELL_AHEAD >= period.opened + periods.PLANNED
    if ahead and house.store.agenda.moment(period.team, period.number) is None:
        kinds.append(NO_MOMENT)
    for person in coordinators:
        for kind in kinds:
            if not house.store.agenda.known(person.id, f"{kind}:{period.number}"):
                yield _errand(house, period, person, f"{kind}:{period.number}", None)


def _errand(house: House, period: Period, person: Participant, occasion: str, dialogue: str | None) -> Errand:
    round_number = period.round_at(house.now())
    return Errand(person.id, occasion, period.team, period.number, round_number, dialogue, house.today())
