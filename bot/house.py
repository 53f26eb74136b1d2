"""What every handler and the ticker work with: settings, clock, store, dialogues and the sender."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import Now
from bot.masker import Masker
from bot.network.calm import Calm
from bot.network.double_taps import DoubleTaps
from bot.network.patience import Patience
from bot.network.send import Sender
from bot.settings import Settings
from bot.shelf import Shelf
from dialogues import periods
from dialogues.calendar import FreeDays
from dialogues.dates import dutch_date, dutch_moment
from dialogues.quiet import is_quiet
from dialogues.tree import Dialogue
from storage.answers import Period, PeriodClosedError
from storage.errands import Errand
from storage.participant import Participant
from storage.store import Store
from storage.teams import Team


@dataclass(frozen=True, slots=True)
class House:
    """Made once, in the composition root."""

    settings: Settings
    now: Now
    store: Store
    shelf: Shelf
    sender: Sender
    patience: Patience
    double_taps: DoubleTaps
    calm: Calm
    masker: Masker

    def today(self) -> date:
        """The local date."""
        return self.local(self.now()).date()

    def local(self, moment: datetime) -> datetime:
        """This moment on the clocks that people live by."""
        return moment.astimezone(self.settings.zone)

    def closes(self, period: Period) -> datetime:
        """When this period closes by itself, in local time."""
        moment = self.store.agenda.moment(period.team, period.number)
        return self.local(periods.closes_at(period.opened, moment))

    def closes_in_words(self, period: Period) -> str:
        """The same, in Dutch."""
        return dutch_moment(self.closes(period), today=self.today())

    def day_in_words(self, day: date) -> str:
        """A date in Dutch."""
        return dutch_date(day, today=self.today())

    def free_days(self, team: str) -> FreeDays:
        """The days on which the team with this id is asked nothing: public holidays, and its own."""
        return self.store.free_days.of(team)

    def is_decent(self, team: str, *, free_too: bool = False) -> bool:
        """Whether people of this team may be disturbed now: outside the quiet hours, not on a free day.

        With `free_too` a free day is no reason to wait.
        """
        if is_quiet(self.now(), self.settings.zone):
            return False
        return free_too or self.today() not in self.free_days(team)

    def in_turn(self, period: Period, role: str) -> Mapping[str, Dialogue]:
        """What this role is asked in this round of the open period, by id and in order."""
        first = self.store.answers.first_opened(period.team)
        turn = periods.turn(first, period.opened, period.round_length, period.round_at(self.now()))
        return self.shelf.in_turn(period, role, turn)

    def ready(self, team: Team) -> bool:
        """A team sends check-ins only when somebody reads what comes of them, and people know how to reach it."""
        return bool(team.contact) and self.store.contacts.has_coordinator(team.id)

    def errand(self, person: Participant, period: Period, occasion: str, dialogue: str | None) -> Errand:
        """Something to send to this person today, in this round; `dialogue` is None for a notice."""
        return Errand(
            person.id,
            occasion,
            period.team,
            period.number,
            period.round_at(self.now()),
            dialogue,
            self.today(),
        )

    def team(self, person: Participant) -> Team:
        """The team in which this person takes part."""
        return self.store.teams.require(person.team)

    def plan_nothing(self, person: Participant) -> None:
        """Nothing more is sent to this person, and no prompt waits for them."""
        period = self.store.answers.open_period(person.team)
        with contextlib.suppress(PeriodClosedError):
            if period is not None:
                self.store.agenda.diary(person.team, period.number).drop_pending(person.id)

    def heard(self, chat: int) -> None:
        """Somebody said or tapped something, whatever it was: nobody here is idle."""
        for person in self.store.contacts.of_chat(chat):
            self.store.contacts.heard(person.id)

    def person(self, chat: int, team_code: str) -> Participant | None:
        """This chat's part in the team with this code, or None."""
        team = self.store.teams.by_code(team_code)
        return self.store.contacts.in_team(team.id, chat) if team else None

    def people(self, chat: int) -> list[Participant]:
        """Everything this chat actively takes part in."""
        return [person for person in self.store.contacts.of_chat(chat) if person.active]
