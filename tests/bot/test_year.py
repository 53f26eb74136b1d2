"""A simulated season of small teams, held against every promise about time; and that breaking one is noticed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from year import organisation
from year.organisation import Plot, Year

from bot import house
from bot.schedule import due
from dialogues import rhythm
from dialogues.calendar import FreeDays
from storage.agenda import Agenda


async def test_a_season_breaks_no_promise(tmp_path: Path) -> None:
    """From December until after Easter, with holidays and a change of the clocks, people who come, go and fall
    silent, and a server that is restarted, killed and set wrong: the right message once, at a decent hour."""
    year = Year(Plot(teams=2, people=30, first=date(2026, 12, 10), last=date(2027, 4, 2), kills=False), tmp_path)
    oracle = await year.run()
    assert not oracle.wrong, oracle.examples
    assert oracle.seen["messages"] > 200
    assert year.restarts


async def test_a_leap_day_is_a_day(tmp_path: Path) -> None:
    """Around the 29th of February nothing comes twice and nothing is left out."""
    year = Year(
        Plot(teams=1, people=20, first=date(2028, 2, 1), last=date(2028, 3, 31), seed=3, kills=False), tmp_path
    )
    oracle = await year.run()
    assert not oracle.wrong, oracle.examples


def no_quiet_hours(patch: pytest.MonkeyPatch) -> None:
    """At night it is as if it were day, and the evening begins late."""
    for module in (due, house, rhythm):
        patch.setattr(module, "is_quiet", lambda *_: False)
    patch.setattr(rhythm, "DAYPARTS", {**rhythm.DAYPARTS, "avond": time(21, 15)})
    patch.setattr(organisation, "LOOKS", ((time(21, 30), 1.0),))


def no_holidays(patch: pytest.MonkeyPatch) -> None:
    """No day is free."""
    patch.setattr(FreeDays, "__contains__", lambda *_: False)


def no_memory(patch: pytest.MonkeyPatch) -> None:
    """After a restart nobody knows what was planned before."""
    forgotten = Agenda.interrupted

    def forget(agenda: Agenda, still: date) -> int:
        agenda.db.conn.execute("DELETE FROM outbox")
        return forgotten(agenda, still)

    patch.setattr(Agenda, "interrupted", forget)


def one_is_left_out(patch: pytest.MonkeyPatch) -> None:
    """Whoever chose Fridays is forgotten."""
    asked = due._by_rhythm
    patch.setattr(
        due, "_by_rhythm", lambda look, person: iter(()) if person.rhythm.weekday == 4 else asked(look, person)
    )


@pytest.mark.parametrize(
    ("fault", "promise"),
    [
        (no_quiet_hours, "nothing between 21:00 and 08:00"),
        (no_holidays, "nothing on a free day"),
        (no_memory, "at most one prompt a day by rhythm and moment"),
        (one_is_left_out, "everybody is asked in their rhythm"),
    ],
)
async def test_a_broken_rule_is_noticed(
    fault: Callable[[pytest.MonkeyPatch], None], promise: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The year proves something only if it fails as soon as the bot forgets one of the rules."""
    fault(monkeypatch)
    year = Year(Plot(teams=2, people=40, first=date(2026, 12, 14), last=date(2027, 1, 8), kills=False), tmp_path)
    oracle = await year.run()
    assert oracle.wrong[promise], oracle.examples
