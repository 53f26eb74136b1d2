"""A team's own free days: kept, found, taken away, and carried in copies."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.free_days import MOST, TooManyFreeDaysError
from storage.store import Store

CHRISTMAS, NEW_YEAR = date(2026, 12, 24), date(2027, 1, 3)


@pytest.fixture
def team(store: Store) -> str:
    """A team."""
    return store.teams.add("De Linde").id


def test_a_team_keeps_its_own_days_free_beside_the_holidays(store: Store, team: str) -> None:
    """Days within the stretch are free for this team and for no other, and a holiday stays one."""
    other = store.teams.add("Het Eiland").id
    store.free_days.add(team, CHRISTMAS, NEW_YEAR)
    store.free_days.add(team, CHRISTMAS, NEW_YEAR)
    free = store.free_days.of(team)
    assert free.own == ((CHRISTMAS, NEW_YEAR),)
    assert date(2026, 12, 30) in free
    assert date(2026, 12, 30) not in store.free_days.of(other)
    assert date(2026, 12, 25) in store.free_days.of(other)
    assert store.free_days.remove(team, CHRISTMAS, NEW_YEAR)
    assert not store.free_days.remove(team, CHRISTMAS, NEW_YEAR)
    assert store.free_days.of(team).own == ()


def test_what_is_no_stretch_of_days_is_refused(store: Store, team: str) -> None:
    """An end before the beginning, a year on end, and more than anybody needs: nothing changes."""
    for last in (CHRISTMAS - timedelta(days=1), CHRISTMAS + timedelta(days=365)):
        with pytest.raises(ValueError, match="stretch"):
            store.free_days.add(team, CHRISTMAS, last)
    for number in range(MOST):
        store.free_days.add(team, CHRISTMAS + timedelta(days=number), CHRISTMAS + timedelta(days=number))
    with pytest.raises(TooManyFreeDaysError):
        store.free_days.add(team, NEW_YEAR, NEW_YEAR)
    assert len(store.free_days.of(team).own) == MOST


def test_free_days_of_long_ago_are_forgotten(store: Store, team: str) -> None:
    """A stretch goes once its last day lies before the day given, not earlier."""
    store.free_days.add(team, CHRISTMAS, NEW_YEAR)
    store.free_days.forget_before(NEW_YEAR)
    assert store.free_days.of(team).own
    store.free_days.forget_before(NEW_YEAR + timedelta(days=1))
    assert not store.free_days.of(team).own
