"""What is due now: check-ins by rhythm, asks, questions around the evaluation moment, notices. Sends nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot import notices
from bot.house import House
from dialogues.programme import AFTER_MOMENT, AROUND_MOMENT, BEFORE_MOMENT, next_dialogue
from dialogues.rhythm import DAYPARTS, MOMENT, due_day, is_quiet
from dialogues.tree import Dialogue
from storage.agenda import Ask, Errand
from storage.answers import Period
from storage.contacts import Participant

log = logging.getLogger("naastbot.due")

BEFORE = AFTER = timedelta(days=14)
"""Two weeks before the moment people are asked what should be on the table; two weeks after, what came of it."""


def due(house: House) -> list[Errand]:
    """Every message that belongs to this moment, whether or not it was planned before."""
    if is_quiet(house.now(), house.settings.zone):
        return []
    asks = house.store.agenda.asks(house.today())
    errands: list[Errand] = []
    for period in house.store.answers.all_periods(state="open"):
        try:
            errands += _for_team(house, period, asks)
        except (LookupError, ValueError) as error:
            # One team's trouble is not the others'.
            log.warning("a team could not be planned for (%s)", type(error).__name__)
    return errands


def _for_team(house: House, period: Period, asks: list[Ask]) -> list[Errand]:
    team = house.store.teams.require(period.team)
    people = house.store.contacts.of_team(team.id)
    errands = list(notices.due(house, period, people))
    if house.ready(team):
        own = [ask for ask in asks if ask.team == team.id]
        for person in people:
            if person.role and person.active and not person.paused(house.today()):
                errands += _for_person(house, period, person, own)
    return errands


def _for_person(house: House, period: Period, person: Participant, asks: list[Ask]) -> Iterator[Errand]:
    """An ask goes before the moment's question; the rhythm keeps quiet on a day on which either came."""
    candidates = [*(_asked(house, period, person, ask) for ask in asks), _around_moment(house, period, person)]
    for candidate in candidates:
        if candidate is not None and not house.store.agenda.known(person.id, candidate.occasion):
            yield candidate
            return
    by_rhythm = _by_rhythm(house, period, person)
    if by_rhythm is not None and not house.store.agenda.prompted_on(person.id, by_rhythm.day):
        yield by_rhythm


def _by_rhythm(house: House, period: Period, person: Participant) -> Errand | None:
    day = due_day(person.rhythm, house.now(), house.settings.zone)
    if day is None or not person.consent_rhythm:
        return None
    slot = datetime.combine(day, DAYPARTS[person.rhythm.daypart], house.settings.zone)
    if slot <= period.opened:
        # This slot belonged to the period that closed earlier today.
        return None
    occasion = f"rhythm:{day.isoformat()}"
    round_number = period.round_at(house.now())
    asked = house.store.agenda.asked(person.id, period.number, round_number)
    dialogue = next_dialogue(person.role or "", house.shelf.in_use(period), asked)
    return house.errand(person, period, occasion, dialogue) if dialogue else None


def _asked(house: House, period: Period, person: Participant, ask: Ask) -> Errand | None:
    dialogue = house.shelf.look(period, ask.dialogue)
    if dialogue is None or ask.period != period.number or not may_be_asked(house, person, dialogue):
        return None
    if not person.consent_rhythm or house.store.agenda.asked_lately(person.id, ask):
        return None
    return house.errand(person, period, ask.occasion, ask.dialogue)


def may_be_asked(house: House, person: Participant, dialogue: Dialogue) -> bool:
    """Whether this person agreed to be asked this, now: role, consent, rhythm, no break, and a team that is ready.

    Whoever chose to hear only around the evaluation moment has not agreed to other questions.
    """
    around = dialogue.id in AROUND_MOMENT
    agreed = person.consent_moment or person.consent_rhythm if around else person.consent_rhythm
    fits = around or person.rhythm.every != MOMENT
    here = person.active and not person.paused(house.today()) and person.role in dialogue.roles
    return here and agreed and fits and house.ready(house.team(person))


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
        found = house.shelf.look(period, dialogue)
        if found is not None and person.role in found.roles:
            return house.errand(person, period, f"{dialogue}:{number}", dialogue)
    return None
