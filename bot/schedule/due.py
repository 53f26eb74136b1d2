"""What is due now: check-ins by rhythm, asks, questions around the evaluation moment, notices. Sends nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.agreement import agreed
from bot.house import House
from bot.schedule import notices
from bot.schedule.look import Look, look_at
from dialogues import periods
from dialogues.programme import AFTER_MOMENT, AROUND_MOMENT, BEFORE_MOMENT
from dialogues.quiet import is_quiet
from dialogues.rhythm import DAYPARTS, MOMENT, due_day
from dialogues.tree import Dialogue
from storage.answers import Period, PeriodClosedError
from storage.errands import Ask, Errand
from storage.participant import Participant

log = logging.getLogger("naastbot.due")

BEFORE = AFTER = timedelta(days=14)
"""Two weeks before the moment people are asked what should be on the table; two weeks after, what came of it."""
AFTER_LASTS = timedelta(days=7)
"""Within this time after its first day what came of it is still asked of whoever could not be asked then."""


@dataclass(frozen=True, slots=True)
class Around:
    """A question around the moment that may be asked today, of those who joined up to this day."""

    occasion: str
    dialogue: Dialogue
    joined_by: date


def due(house: House) -> Iterator[list[Errand]]:
    """Every message that belongs to this moment and was not planned before, team by team."""
    if is_quiet(house.now(), house.settings.zone):
        return
    asks = house.store.agenda.asks()
    for period in house.store.answers.all_periods(state="open"):
        try:
            yield _for_team(house, period, asks)
        except (LookupError, ValueError, PeriodClosedError) as error:
            # One team's trouble is not the others'.
            log.warning("a team could not be planned for (%s)", type(error).__name__)


def _for_team(house: House, period: Period, asks: list[Ask]) -> list[Errand]:
    team = house.store.teams.require(period.team)
    look = look_at(house, period)
    people = house.store.contacts.of_team(team.id)
    errands = list(notices.due(look, people))
    if house.ready(team) and not look.asks_nothing and look.today not in look.free:
        own = [ask for ask in asks if (ask.team, ask.period) == (team.id, period.number)]
        now_asked = [ask for ask in own if look.free.next_open(ask.day) == look.today]
        around = list(_around_moment(look))
        for person in people:
            if person.role and _may_be_disturbed(look, person):
                errands += _for_person(look, person, now_asked, around)
    return errands


def _may_be_disturbed(look: Look, person: Participant) -> bool:
    """Whether a question may come at all: consent, no break, and not just told that the team was put back."""
    here = person.active and agreed(person) and not person.left_alone(look.today)
    return here and not (look.restored and look.restored.concerns(person) and _tells_today(look, person))


def _tells_today(look: Look, person: Participant) -> bool:
    """That the team was put back is told to this person today, as at the end of a break, or yet to be told."""
    history = look.diary.history(person.id)
    told = [(errand.day, state) for errand, state in history if errand.occasion.startswith(notices.RESTORED)]
    return not told or any(state == "pending" or day >= look.today for day, state in told)


def _for_person(look: Look, person: Participant, asks: list[Ask], around: list[Around]) -> Iterator[Errand]:
    """At most one: an ask at once, the moment's question on a day without another, the rhythm last."""
    for ask in asks:
        if look.new(person, ask.occasion) and _may_get(look, person, ask):
            yield look.errand(person, ask.occasion, ask.dialogue)
            return
    for question in around:
        if look.new(person, question.occasion) and _around_now(look, person, question):
            yield look.errand(person, question.occasion, question.dialogue.id)
            return
    yield from _by_rhythm(look, person)


def _by_rhythm(look: Look, person: Participant) -> Iterator[Errand]:
    if person.rhythm.weekday not in look.weekdays or not person.consent_rhythm:
        return
    zone = look.house.settings.zone
    planned = due_day(person.rhythm, look.now, zone, look.free)
    if planned is None or not look.new(person, f"rhythm:{planned.isoformat()}"):
        return
    slot = datetime.combine(look.today, DAYPARTS[person.rhythm.daypart], zone)
    if slot <= look.period.opened or look.diary.prompted_on(person.id, look.today):
        # The first: this slot belonged to the period that closed earlier today.
        return
    asked = look.diary.asked(person.id, look.period.round_at(look.now))
    in_turn = look.house.in_turn(look.period, person.role or "")
    dialogue = next((name for name in in_turn if name not in asked), None)
    if dialogue is not None:
        yield look.errand(person, f"rhythm:{planned.isoformat()}", dialogue)


def _may_get(look: Look, person: Participant, ask: Ask) -> bool:
    dialogue = look.house.shelf.look(look.period, ask.dialogue)
    if dialogue is None or not may_be_asked(look.house, person, dialogue):
        return False
    return person.consent_rhythm and not look.diary.asked_lately(person.id, ask)


def may_be_asked(house: House, person: Participant, dialogue: Dialogue) -> bool:
    """Whether this person agreed to be asked this, now: role, consents, rhythm, not left alone, a ready team.

    Whoever chose to hear only around the evaluation moment has not agreed to other questions.
    """
    around = dialogue.id in AROUND_MOMENT
    consents = person.consent_moment or person.consent_rhythm if around else person.consent_rhythm
    fits = around or person.rhythm.every != MOMENT
    here = person.active and not person.left_alone(house.today()) and person.role in dialogue.roles
    return here and consents and agreed(person) and fits and house.ready(house.team(person))


def _around_moment(look: Look) -> Iterator[Around]:
    """What may be asked today: before this period's moment until it closes, and after the last period's.

    From two weeks on each side; a free day, a moment that was set late, a break and a day with another question
    only put it off. Before the moment, it is asked of those who joined in time for their answer to count.
    """
    agenda, number = look.house.store.agenda, look.period.number
    before = look.house.shelf.look(look.period, BEFORE_MOMENT)
    if before is not None and agenda.moment(look.period.team, number) is not None:
        # A period closes after half a year at the latest: its moment may be later, and this question is not.
        closes = look.house.closes(look.period)
        if look.today >= (closes + periods.CLOSE_BEFORE_MOMENT).date() - BEFORE:
            yield Around(f"{BEFORE_MOMENT}:{number}", before, closes.date() - periods.COUNTS_FROM)
    after, moment = look.house.shelf.look(look.period, AFTER_MOMENT), agenda.moment(look.period.team, number - 1)
    if after is not None and moment is not None:
        met = look.house.local(moment).date()
        if look.today - met >= AFTER and look.today < look.free.next_open(met + AFTER) + AFTER_LASTS:
            yield Around(f"{AFTER_MOMENT}:{number - 1}", after, look.today)


def _around_now(look: Look, person: Participant, question: Around) -> bool:
    """From the person's part of the day on, if they agreed to this; not on the day of joining."""
    begins = DAYPARTS[person.rhythm.daypart]
    agreed_to = person.consent_moment and person.role in question.dialogue.roles
    joined = person.joined_on <= question.joined_by and person.joined_on < look.today
    its_time = look.house.local(look.now).time() >= begins
    return agreed_to and joined and its_time and not look.diary.prompted_on(person.id, look.today)
