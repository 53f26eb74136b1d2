"""What the commands share: opening the store, finding a team, and saying no in one line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import click

from bot.clock import Now, clock
from bot.settings import Settings, read_settings
from bot.shelf import Shelf
from storage import closing
from storage.answers import Period
from storage.store import Store, open_store
from storage.teams import Team

REFUSED, MISUSED = 1, 2
"""Exit codes: the thing asked about is wrong or refused; used wrongly."""


class Refusal(click.ClickException):
    """One line that says what is wrong and what to do."""

    def __init__(self, message: str, *, code: int = REFUSED) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Office:
    """What a command works with."""

    settings: Settings
    store: Store
    now: Now

    def today(self) -> date:
        """The local date."""
        return self.now().astimezone(self.settings.zone).date()

    def team(self, name: str) -> Team:
        """The team with this id. Raises Refusal with exit code 2."""
        team = self.store.teams.get(name)
        if team is None:
            known = ", ".join(team.id for team in self.store.teams.all()) or "nog geen"
            raise Refusal(
                f"Team '{name}' ken ik niet. Teams: {known}. Maak er een met: naastbot team add NAAM", code=MISUSED
            )
        return team

    def period(self, team: Team) -> Period:
        """The team's open period."""
        closing.finish_all(self.store)
        closing.ensure_periods(self.store, self.now())
        period = self.store.answers.open_period(team.id)
        if period is None:
            raise Refusal(f"Team '{team.id}' heeft geen open periode. Start de bot met: naastbot run")
        return period

    def shelf(self) -> Shelf:
        """The dialogues of this installation, read now."""
        shelf = Shelf(self.store.teams, self.settings.dialogues)
        shelf.refresh()
        return shelf


@contextmanager
def office() -> Iterator[Office]:
    """Settings from the environment, and the data directory opened for the length of a command."""
    settings = read_settings(os.environ)
    store = open_store(settings.data)
    try:
        yield Office(settings, store, clock(settings.clock_file))
    finally:
        store.close()


def total(errors: int, warnings: int) -> str:
    """The last line of a report."""
    wrong = "1 fout" if errors == 1 else f"{errors} fouten"
    return f"{wrong}, {warnings} keer 'let op'."
