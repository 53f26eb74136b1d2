"""What a team has planned, as a file for people's own calendars (iCalendar, RFC 5545). Nobody is named in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from icalendar import Calendar, Event

from bot.group.seat import Room
from bot.wording import planned
from bot.wording import planning_texts as texts

AHEAD = timedelta(days=365)
SHORT, MEETING = timedelta(minutes=15), timedelta(hours=1)
PRODUCT = "-//naastbot//NL"


def as_ics(room: Room) -> str | None:
    """A year of what is planned, each time by itself, with skips and free days as they are now; None when empty.

    The ids stay the same from file to file, so that a calendar replaces what it has.
    """
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("x-wr-calname", room.team.name)
    events = [*_plans(room), *_moments(room)]
    for event in events:
        event.add("dtstamp", room.house.now())
        file.add_component(event)
    file.add_missing_timezones()
    return file.to_ical().decode() if events else None


def _plans(room: Room) -> Iterator[Event]:
    now, zone = room.house.now(), room.house.settings.zone
    for plan in room.plans:
        title = planned.what(plan, room.dialogues)
        upcoming = plan.comes(now, zone, room.free)
        for comes in takewhile(lambda moment: moment <= now + AHEAD, upcoming):
            yield _event(f"{plan.id.hex()}-{comes:%Y%m%d}", title.strip("‘’"), comes, SHORT, plan.text or "")


def _moments(room: Room) -> Iterator[Event]:
    """The evaluation moment, and when the period closes."""
    house = room.house
    period = house.store.answers.open_period(room.team.id)
    if period is None:
        return
    moment = house.store.agenda.moment(room.team.id, period.number)
    past = house.store.agenda.moment(room.team.id, period.number - 1)
    for number, at in ((period.number, moment), (period.number - 1, past)):
        if at is not None and at > house.now():
            yield _event(f"{room.team.code}-moment-{number}", texts.FILE_MOMENT, house.local(at), MEETING)
    if moment is not None:
        yield _event(f"{room.team.code}-closing-{period.number}", texts.FILE_CLOSES, house.closes(period), SHORT)


def _event(name: str, title: str, begins: datetime, lasts: timedelta, words: str = "") -> Event:
    event = Event()
    event.add("uid", f"{name}@naastbot")
    event.add("summary", title)
    event.add("dtstart", begins)
    event.add("dtend", begins + lasts)
    if words:
        event.add("description", words)
    return event
