"""What should have come by now: the other half of the oracle, for whatever is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from year.calendar_of_its_own import DAY, PARTS, ZONE, local, planned_for
from year.people import Person, Team
from year.reading import AFTER, BEFORE, Reader

Missing = tuple[str, object]


def missing(team: Team, reader: Reader, now: datetime) -> Iterator[Missing]:
    """Each promise that was not kept at this look, outside the quiet hours, with an example."""
    at = local(now)
    today = at.date()
    if today in team.free:
        return
    around = [*_around(team, today)]
    asks = team.asked(today)
    # On the day of a change it may have come before, or be too late for today.
    for person in (p for p in team.people.values() if p.changed_on != today and p.reachable(today)):
        for ask in asks:
            agreed = person.wants_rhythm and person.every != "moment"
            if agreed and person.role in reader.roles[ask.dialogue] and not _had_ask(person, today):
                yield "every ask reaches those who agreed", (person, ask)
        if (
            at.time() < PARTS[person.part]
            or today in (person.joined, person.reminded_on)
            or person.asked_on(today)
        ):
            continue
        if any(_to_be_asked(person, *question) for question in around):
            yield "around the moment everybody who agreed is asked", person
        elif person.wants_rhythm and _rhythm_is_due(team, person, reader, now):
            yield "everybody is asked in their rhythm", person
        elif _to_be_reminded(team, person, now):
            yield "whoever did not tap is reminded", person


def _had_ask(person: Person, today: date) -> bool:
    return any(prompt.why == "ask" and today - 7 * DAY < prompt.day <= today for prompt in person.prompts)


def _around(team: Team, today: date) -> Iterator[tuple[str, int, date]]:
    """The questions around a moment that belong to this day: which, of which period, for who joined by when."""
    if team.period in team.moments:
        closes = team.closes_on()
        if closes + DAY - 14 * DAY <= today:
            yield BEFORE, team.period, closes - 14 * DAY
    if (moment := team.moments.get(team.period - 1)) is not None:
        met = local(moment).date()
        if met + 14 * DAY <= today < team.free.open_from(met + 14 * DAY) + 7 * DAY:
            yield AFTER, team.period, today


def _to_be_asked(person: Person, dialogue: str, period: int, joined_by: date) -> bool:
    had = any((prompt.dialogue, prompt.period) == (dialogue, period) for prompt in person.prompts)
    return person.wants_moment and person.joined <= joined_by and not had


def _rhythm_is_due(team: Team, person: Person, reader: Reader, now: datetime) -> bool:
    today = local(now).date()
    slot = planned_for(person.every, person.weekday, person.joined, today, team.free)
    if slot is None or slot in person.served:
        return False
    assert team.opened is not None
    begins = datetime.combine(today, PARTS[person.part], ZONE)
    left = reader.by_rhythm[person.role] - person.asked_in(team.period, team.round(now))
    # A slot before the opening belonged to the period that closed since.
    return bool(left) and begins.timestamp() > team.opened.timestamp()


def _to_be_reminded(team: Team, person: Person, now: datetime) -> bool:
    """On the second day, when nothing else came since; on the third and fourth it may come."""
    last, today = person.last_asked(), local(now).date()
    if last is None or last.over or last.reminders or not person.wants_reminders:
        return False
    if sum(prompt.day == last.day for prompt in person.prompts) > 1:
        # Two on a day, the second by an operator: one of them.
        return False
    here = (last.period, last.round) == (team.period, team.round(now))
    agreed = (person.wants_rhythm and person.every != "moment") or last.why == "moment"
    return here and today == last.day + 2 * DAY and agreed
