"""What is due now: check-ins by rhythm, asks, questions around the evaluation moment, notices. Sends nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot import notices
from bot.agreement import agreed
from bot.house import House
from bot.look import Look, look_at
from dialogues.programme import AFTER_MOMENT, AROUND_MOMENT, BEFORE_MOMENT, next_dialogue
from dialogues.rhythm import DAYPARTS, MOMENT, due_day, is_quiet
from dialogues.tree import Dialogue
from storage.answers import Period, PeriodClosedError
from storage.errands import Ask, Errand
from storage.participant import Participant

log = logging.getLogger("naastbot.due")

BEFORE = AFTER = timedelta(days=14)
"""Two weeks before the moment people are asked what should be on the table; two weeks after, what came of it."""


def due(house: House) -> list[Errand]:
    """Every message that belongs to this moment and was not planned before."""
    if is_quiet(house.now(), house.settings.zone):
        return []
    asks = house.store.agenda.asks(house.today())
    errands: list[Errand] = []
    for period in house.store.answers.all_periods(state="open"):
        try:
            errands += _for_team(house, period, asks)
        except (LookupError, ValueError, PeriodClosedError) as error:
            # One team's trouble is not the others'.
            log.warning("a team could not be planned for (%s)", type(error).__name__)
    return errands


def _for_team(house: House, period: Period, asks: list[Ask]) -> list[Errand]:
    team = house.store.teams.require(period.team)
    look = look_at(house, period)
    people = house.store.contacts.of_team(team.id)
    errands = list(notices.due(look, people))
    if house.ready(team) and not look.asks_nothing:
        own = [ask for ask in asks if (ask.team, ask.period) == (team.id, period.number)]
        around = list(_around_moment(look))
        for person in people:
            if person.role and person.active and agreed(person) and not person.paused(look.today):
                errands += _for_person(look, person, own, around)
    return errands


def _for_person(
    look: Look, person: Participant, asks: list[Ask], around: list[tuple[str, Dialogue]]
) -> Iterator[Errand]:
    """An ask goes before the moment's question; the rhythm keeps quiet on a day on which either came."""
    for ask in asks:
        if look.new(person, ask.occasion) and _may_get(look, person, ask):
            yield look.errand(person, ask.occasion, ask.dialogue)
            return
    for occasion, dialogue in around:
        if look.new(person, occasion) and _around_now(look, person, dialogue):
            yield look.errand(person, occasion, dialogue.id)
            return
    yield from _by_rhythm(look, person)


def _by_rhythm(look: Look, person: Participant) -> Iterator[Errand]:
    zone = look.house.settings.zone
    day = due_day(person.rhythm, look.now, zone)
    if day is None or not person.consent_rhythm or not look.new(person, f"rhythm:{day.isoformat()}"):
        return
    slot = datetime.combine(day, DAYPARTS[person.rhythm.daypart], zone)
    if slot <= look.period.opened or look.diary.prompted_on(person.id, day):
        # The first: this slot belonged to the period that closed earlier today.
        return
    asked = look.diary.asked(person.id, look.period.round_at(look.now))
    dialogue = next_dialogue(person.role or "", look.house.shelf.in_use(look.period), asked)
    if dialogue is not None:
        yield look.errand(person, f"rhythm:{day.isoformat()}", dialogue)


def _may_get(look: Look, person: Participant, ask: Ask) -> bool:
    dialogue = look.house.shelf.look(look.period, ask.dialogue)
    if dialogue is None or not may_be_asked(look.house, person, dialogue):
        return False
    return person.consent_rhythm and not look.diary.asked_lately(person.id, ask)


def may_be_asked(house: House, person: Participant, dialogue: Dialogue) -> bool:
    """Whether this person agreed to be asked this, now: role, consents, rhythm, no break, a team that is ready.

    Whoever chose to hear only around the evaluation moment has not agreed to other questions.
    """
    around = dialogue.id in AROUND_MOMENT
    consents = person.consent_moment or person.consent_rhythm if around else person.consent_rhythm
    fits = around or person.rhythm.every != MOMENT
    here = person.active and not person.paused(house.today()) and person.role in dialogue.roles
    return here and consents and agreed(person) and fits and house.ready(house.team(person))


def _around_moment(look: Look) -> Iterator[tuple[str, Dialogue]]:
    """Occasion and dialogue of today: two weeks before this period's moment, or after the last period's."""
    house, period = look.house, look.period
    for number, wait, name in (
        (period.number, -BEFORE, BEFORE_MOMENT),
        (period.number - 1, AFTER, AFTER_MOMENT),
    ):
        moment = house.store.agenda.moment(period.team, number)
        dialogue = house.shelf.look(period, name)
        if dialogue is not None and moment is not None and look.today - house.local(moment).date() == wait:
            yield f"{name}:{number}", dialogue


def _around_now(look: Look, person: Participant, dialogue: Dialogue) -> bool:
    """From the person's part of the day on, if they agreed to be asked around the moment."""
    begins = DAYPARTS[person.rhythm.daypart]
    return person.consent_moment and person.role in dialogue.roles and look.house.local(look.now).time() >= begins
