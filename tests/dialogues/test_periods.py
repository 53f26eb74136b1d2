"""Periods: open long enough, closed in time, with rounds that a change of the clocks does not move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.periods import (
    CLOSE_BEFORE_MOMENT,
    MAX_OPEN,
    MIN_OPEN,
    MIN_ROUND,
    PLANNED,
    closes_at,
    current_round,
    earliest_moment,
    first_close,
    round_length,
    rounds_begun,
    turn,
)

ZONE = ZoneInfo("Europe/Amsterdam")
moments = st.builds(
    lambda seconds, zone: datetime.fromtimestamp(seconds, zone),
    st.integers(1_577_836_800, 2_051_222_400),  # 2020 to 2035
    st.sampled_from([UTC, ZONE]),
)
spans = st.timedeltas(timedelta(days=-60), timedelta(days=400))
WEEK = timedelta(weeks=1)


@pytest.mark.parametrize(("planned", "length"), [(8, 4), (12, 4), (16, 4), (20, 5), (26, 6.5)])
def test_a_round_is_a_quarter_and_at_least_four_weeks(planned: float, length: float) -> None:
    """Rounds never get so short that the same people are asked the same thing too often."""
    assert round_length(planned * WEEK) == length * WEEK


@given(moments, spans, spans)
def test_rounds_only_go_forward_and_stop_at_the_fourth(opened: datetime, one: timedelta, other: timedelta) -> None:
    """A later clock is never in an earlier round; there are four rounds at most."""
    length = round_length(PLANNED)
    start = opened.astimezone(UTC)
    early, late = sorted((one, other))
    rounds = [current_round(opened, length, start + span) for span in (early, late)]
    assert 0 <= rounds[0] <= rounds[1] <= 3
    assert rounds_begun(opened, length, start + late) == rounds[1] + 1


def test_a_clock_before_the_opening_is_in_the_first_round() -> None:
    """A clock that was set back makes no negative round."""
    opened = datetime(2025, 6, 1, tzinfo=UTC)
    assert current_round(opened, 4 * WEEK, opened - timedelta(days=300)) == 0


def test_a_round_turns_after_absolute_time_over_a_clock_change() -> None:
    """Four weeks over the night in March are 672 hours, not the same hour on the wall."""
    opened = datetime(2025, 3, 10, 12, tzinfo=ZONE)
    turns = datetime(2025, 4, 7, 13, tzinfo=ZONE)
    assert current_round(opened, 4 * WEEK, turns - timedelta(seconds=1)) == 0
    assert current_round(opened, 4 * WEEK, turns) == 1


@given(moments, st.none() | moments)
def test_a_period_is_open_for_eight_to_twenty_six_weeks(opened: datetime, moment: datetime | None) -> None:
    """Whatever the evaluation moment, a period closes neither too early nor too late."""
    closes = closes_at(opened, moment)
    assert MIN_OPEN <= closes - opened.astimezone(UTC) <= MAX_OPEN


@given(moments, st.timedeltas(timedelta(0), MAX_OPEN - MIN_OPEN))
def test_a_possible_moment_closes_the_period_a_day_before(opened: datetime, later: timedelta) -> None:
    """From the first possible moment on, the team has its feedback exactly 24 hours ahead."""
    moment = earliest_moment(opened) + later
    assert closes_at(opened, moment) == moment - CLOSE_BEFORE_MOMENT


def test_without_a_moment_a_period_takes_sixteen_weeks() -> None:
    """Nobody set a moment: the period closes as planned, and never before the first close."""
    opened = datetime(2025, 10, 1, 9, tzinfo=ZONE)
    assert closes_at(opened, None) == opened.astimezone(UTC) + 16 * WEEK
    assert first_close(opened) == opened.astimezone(UTC) + 8 * WEEK
    assert earliest_moment(opened) == opened.astimezone(UTC) + 8 * WEEK + timedelta(hours=24)
    assert closes_at(opened, earliest_moment(opened) - timedelta(days=9)) == first_close(opened)


def test_a_time_without_a_zone_is_refused() -> None:
    """A naive opening would be read in the machine's own zone; it is refused instead."""
    with pytest.raises(ValueError, match="time zone"):
        first_close(datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None))


FIRST = datetime(2026, 9, 7, 10, tzinfo=UTC)


def test_rounds_count_on_across_periods() -> None:
    """Those of the first period are 0 to 3, those of a next one go on from where it opened; none is negative."""
    assert [turn(FIRST, FIRST, MIN_ROUND, number) for number in range(4)] == [0, 1, 2, 3]
    later = FIRST + timedelta(weeks=9, minutes=5)
    assert [turn(FIRST, later, MIN_ROUND, number) for number in range(4)] == [2, 3, 4, 5]
    assert turn(later, FIRST, MIN_ROUND, 0) == 0
