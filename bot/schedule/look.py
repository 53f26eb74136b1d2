"""One look at one team: what is the same for everybody in it is read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.house import House
from dialogues.calendar import FreeDays
from storage.agenda import Restored
from storage.answers import Period
from storage.diary import Diary
from storage.errands import Errand
from storage.participant import Participant


@dataclass(frozen=True, slots=True)
class Look:
    """A team's open period at one moment, with what was sent in it.

    `today` is the local date; `weekdays` are those whose check-ins come today: today's own, and those of the free
    days right before it.
    """

    house: House
    period: Period
    diary: Diary
    now: datetime
    today: date
    weekdays: frozenset[int]
    restored: Restored | None
    free: FreeDays

    @property
    def asks_nothing(self) -> bool:
        """Put back from a copy: whoever stopped since that copy gets a day to say so before any question comes."""
        told = self.restored.told_on if self.restored else date.min
        return told is None or self.today <= told

    def new(self, person: Participant, occasion: str) -> bool:
        """Whether this was not planned for this person before."""
        return not self.diary.known(person.id, occasion)

    def errand(self, person: Participant, occasion: str, dialogue: str | None) -> Errand:
        """Something to send to this person; `dialogue` is None for a notice."""
        return self.house.errand(person, self.period, occasion, dialogue)


def look_at(house: House, period: Period) -> Look:
    """This team, now. Raises PeriodClosedError when the period's key is gone."""
    agenda = house.store.agenda
    diary = agenda.diary(period.team, period.number)
    now, free = house.now(), house.free_days(period.team)
    today = house.local(now).date()
    weekdays = frozenset(day.weekday() for day in free.moved_to(today))
    return Look(house, period, diary, now, today, weekdays, agenda.restored(period.team), free)
