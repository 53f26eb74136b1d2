"""What is done once a day: prompts that nobody tapped end, and old messages and invitations are forgotten."""

from __future__ import annotations

from datetime import date, timedelta

from bot.house import House
from storage.answers import Period, PeriodClosedError
from storage.schema import writing

FREE_DAYS_STAY = timedelta(days=366)
"""A team's free days are forgotten a year later: a date of a year ago moves nothing that is still to come."""


class Chores:
    """Remembers, while the program runs, what was done today; doing it again after a start costs nothing."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, int], date] = {}
        self._invitations: date | None = None

    def do(self, house: House) -> None:
        """For every open period that has not had its turn today, and once for all of them."""
        today = house.today()
        if self._invitations != today:
            house.store.invitations.forget_old(today)
            house.store.free_days.forget_before(today - FREE_DAYS_STAY)
            self._invitations = today
        for period in house.store.answers.all_periods(state="open"):
            if self._done.get((period.team, period.number)) != today:
                _do(house, period, today)
                self._done[period.team, period.number] = today


def _do(house: House, period: Period, today: date) -> None:
    try:
        diary = house.store.agenda.diary(period.team, period.number)
    except PeriodClosedError:
        return
    with writing(house.store.contacts.db):
        for participant in diary.take_expired_prompts(today):
            house.store.contacts.add_unanswered(participant)
        diary.forget_earlier_rounds(period.round_at(house.now()), today)
