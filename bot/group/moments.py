"""The evaluation moment as a team sets it: which are possible, which are proposed, and what follows by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.group.seat import Room
from bot.house import House
from bot.wording import planning_texts as texts
from bot.wording.unread import in_words
from dialogues import periods
from dialogues.calendar import FreeDays
from dialogues.dates import dutch_moment
from dialogues.quiet import QUIET_FROM, QUIET_UNTIL, is_quiet, next_open
from dialogues.typed import NIGHT, PAST, MisreadError
from storage.answers import Period

ASKED_BEFORE = timedelta(days=14)
"""Two weeks before the moment people are asked what should be on the table: see bot.schedule.due."""
POSTPONED = timedelta(weeks=6)
"""So long after the next period opened the moment of the one before may still be moved to: what comes of it is
asked two weeks later, within that next period."""
PROPOSED = (periods.MIN_OPEN, timedelta(weeks=12), periods.PLANNED)
AT_TEN = time(10)
A_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Choice:
    """The moment that is being set: of which period, and how it stands now."""

    period: Period
    number: int
    now_at: datetime | None

    @property
    def is_past(self) -> bool:
        """Whether it is the moment of the period that closed already."""
        return self.number < self.period.number


def choice(room: Room, number: int) -> Choice | None:
    """The moment of this team's open period, or of the one before while it is still ahead; None for any other."""
    agenda, period = room.house.store.agenda, room.house.store.answers.open_period(room.team.id)
    if period is None or number not in (period.number, period.number - 1):
        return None
    at = agenda.moment(room.team.id, number)
    if number < period.number and (at is None or at <= room.house.now()):
        return None
    return Choice(period, number, room.house.local(at) if at else None)


def refusal(house: House, chosen: Choice, at: datetime) -> str:
    """Why this moment can't be, in words; empty when it can."""
    if at <= house.now():
        return in_words(MisreadError(PAST, at.date()))
    if is_quiet(at, house.settings.zone):
        return in_words(MisreadError(NIGHT))
    if chosen.is_past:
        if chosen.now_at is not None and at <= chosen.now_at:
            return texts.MOMENT_NO_EARLIER.format(moment=_words(house, chosen.now_at))
    elif too_late(house, chosen):
        return texts.MOMENT_CLOSING.format(closes=house.closes_in_words(chosen.period))
    elif at < first_possible(house, chosen):
        return texts.MOMENT_TOO_EARLY.format(first=_words(house, first_possible(house, chosen)))
    if at > last_possible(chosen):
        return too_far_away(house, chosen)
    return ""


def refused_day(house: House, chosen: Choice, day: date) -> str:
    """Why no moment of this day can be, in words; empty when one may."""
    zone = house.settings.zone
    latest = datetime.combine(day, QUIET_FROM, zone) - A_QUARTER
    if latest < first_possible(house, chosen):
        return refusal(house, chosen, latest)
    too_far = datetime.combine(day, QUIET_UNTIL, zone) > last_possible(chosen)
    return too_far_away(house, chosen) if too_far else ""


def too_far_away(house: House, chosen: Choice) -> str:
    """That it is, and what the last moment is that can be."""
    return texts.MOMENT_TOO_LATE.format(last=_words(house, last_possible(chosen)))


def too_late(house: House, chosen: Choice) -> bool:
    """Whether the period closes within a day: people were told when, and the feedback is on its way."""
    return not chosen.is_past and house.closes(chosen.period) - house.now() < periods.CLOSE_BEFORE_MOMENT


def first_possible(house: House, chosen: Choice) -> datetime:
    """The first moment that can be set, in local time, at a decent hour and a whole quarter of an hour."""
    if chosen.is_past and chosen.now_at is not None:
        return chosen.now_at + timedelta(days=1)
    earliest = max(periods.earliest_moment(chosen.period.opened), house.now() + periods.CLOSE_BEFORE_MOMENT)
    zone = house.settings.zone
    local = house.local(next_open(earliest, zone))
    short = (local - local.replace(minute=0, second=0, microsecond=0)) % A_QUARTER
    return house.local(next_open(local + A_QUARTER - short if short else local, zone))


def last_possible(chosen: Choice) -> datetime:
    """The last moment that can be set."""
    opened = chosen.period.opened
    return opened + POSTPONED if chosen.is_past else periods.latest_moment(opened)


def proposed(house: House, chosen: Choice, free: FreeDays) -> list[date]:
    """The first working day that is possible, and working days about twelve and sixteen weeks after opening."""
    first = first_possible(house, chosen)
    begins = first.date() if first.time() <= AT_TEN else first.date() + timedelta(days=1)
    if chosen.is_past:
        wanted = [begins + timedelta(days=days) for days in (0, 6, 13)]
    else:
        wanted = [max(begins, house.local(chosen.period.opened + span).date()) for span in PROPOSED]
    days = [_working(day, free) for day in wanted]
    return [day for day in dict.fromkeys(days) if house.local(last_possible(chosen)).date() > day]


def _working(day: date, free: FreeDays) -> date:
    """This day, or the first one after it that is a weekday and not free."""
    while day.weekday() > 4 or day in free:
        day += timedelta(days=1)
    return day


def closes_with(chosen: Choice, at: datetime) -> datetime:
    """When the period would close with this moment, in UTC."""
    return periods.closes_at(chosen.period.opened, at.astimezone(UTC))


def by_itself(room: Room, period: Period) -> Iterator[str]:
    """What happens around the moment of the open period without anybody doing anything."""
    house, closes = room.house, room.house.closes(period)
    asked = asked_on(house, period, room.free)
    if asked > house.today() and not said_before(house, period):
        yield texts.BY_ITSELF_BEFORE.format(day=house.day_in_words(asked).capitalize())
    else:
        yield texts.BY_ITSELF_ASKED
    yield texts.BY_ITSELF_CLOSE.format(closes=house.closes_in_words(period).capitalize())
    at = house.store.agenda.moment(period.team, period.number)
    if at is not None:
        day = told_on(house.local(at).date(), closes.date(), room.free)
        yield texts.BY_ITSELF_AFTER.format(day=house.day_in_words(day).capitalize())


def asked_on(house: House, period: Period, free: FreeDays) -> date:
    """From which day on people are asked what should be on the table: see bot.schedule.due."""
    return free.next_open((house.closes(period) + periods.CLOSE_BEFORE_MOMENT).date() - ASKED_BEFORE)


def before(number: int, moment: date) -> str:
    """The occasion at which the group hears that the question before this moment is asked."""
    return f"before:{number}:{moment.isoformat()}"


def said_before(house: House, period: Period) -> set[str]:
    """Those of this period that were: after the first nobody is asked the same again, on whatever day."""
    begin = f"before:{period.number}:"
    return {known for known in house.store.posted.known(period.team) if known.startswith(begin)}


def told_on(moment: date, closed: date, free: FreeDays) -> date:
    """On which day the group hears that the feedback is there: the day before the moment, or the next open day."""
    return free.next_open(max(moment - timedelta(days=1), closed))


def _words(house: House, at: datetime) -> str:
    return dutch_moment(house.local(at), today=house.today())
