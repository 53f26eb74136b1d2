"""The calendar: what comes back comes on its day, at its time, whatever the year does."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.calendar import EVERY, ONCE, WEEKS, FreeDays, Recurrence
from dialogues.quiet import is_quiet

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NONE_OF_OUR_OWN = FreeDays()

a_day = st.dates(date(2024, 1, 1), date(2035, 12, 31))
a_time = st.times(time(8), time(20, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))
rules = st.builds(Recurrence, st.sampled_from(EVERY), a_day, a_time)


@st.composite
def free_days(draw: st.DrawFn) -> FreeDays:
    """Holidays, with up to three stretches of a team's own."""
    stretches = draw(st.lists(st.tuples(a_day, st.integers(0, 40)), max_size=3))
    return FreeDays(tuple((first, first + timedelta(days=length)) for first, length in stretches))


@given(rules, free_days())
def test_nothing_comes_on_a_free_day_nor_twice_on_one(rule: Recurrence, free: FreeDays) -> None:
    """What falls on a holiday or a team's own free day comes later, once, and never together with the next."""
    days = list(islice(rule.days(free), 30))
    assert days
    assert all(day not in free for day in days)
    assert all(one < other for one, other in pairwise(days))
    assert days[0] >= rule.first


@given(free_days(), a_day)
def test_what_comes_today_is_known_from_today(free: FreeDays, day: date) -> None:
    """The days of which something comes today are exactly those that have today as their next open day."""
    around = [day - timedelta(days=n) for n in range(140)]
    assert set(free.moved_to(day)) == {planned for planned in around if free.next_open(planned) == day}


@given(rules, a_day)
def test_the_clock_on_the_wall_shows_the_same_time_all_year(rule: Recurrence, day: date) -> None:
    """Ten o'clock is ten o'clock before and after both changes of the clocks, and never in the quiet hours."""
    since = datetime.combine(day, time(3), UTC)
    for comes in islice(rule.after(since, AMSTERDAM, NONE_OF_OUR_OWN), 30):
        assert comes > since
        assert comes.astimezone(AMSTERDAM).time() == rule.at
        assert not is_quiet(comes, AMSTERDAM)


@given(rules, st.lists(a_day, min_size=1, max_size=4).map(sorted))
def test_asking_often_or_seldom_gives_the_same_days(rule: Recurrence, looks: list[date]) -> None:
    """A restart, a long sleep and a clock that jumps change nothing: the rule remembers nothing."""
    whole = list(islice(rule.after(datetime(2023, 1, 1, tzinfo=UTC), AMSTERDAM, NONE_OF_OUR_OWN), 60))
    for look in looks:
        now = datetime.combine(look, time(12), AMSTERDAM)
        expected = [comes for comes in whole if comes > now][:3]
        if len(expected) == 3:
            assert list(islice(rule.after(now, AMSTERDAM, NONE_OF_OUR_OWN), 3)) == expected


@given(st.sampled_from(sorted(WEEKS)), a_day)
def test_weeks_are_counted_from_the_anchor(every: str, first: date) -> None:
    """Every other week stays every other week, also over the years that have a week 53."""
    for nth, day in enumerate(islice(Recurrence(every, first, time(10))._planned(None), 120)):
        assert day == first + timedelta(weeks=WEEKS[every]) * nth


@given(a_day)
def test_the_thirty_first_is_the_last_day_of_a_shorter_month(first: date) -> None:
    """Each month has its day once: the anchor's day, or the last one, the 29th of February included."""
    days = list(islice(Recurrence("monthly", first, time(10))._planned(None), 50))
    assert [(d.year, d.month) for d in days] == [
        ((first.month - 1 + n) // 12 + first.year, (first.month - 1 + n) % 12 + 1) for n in range(50)
    ]
    for day in days:
        assert day.day == min(first.day, calendar.monthrange(day.year, day.month)[1])


@given(a_day)
def test_the_same_weekday_of_every_month(first: date) -> None:
    """The first Monday stays the first Monday, and a fifth one is the last one."""
    nth = (first.day - 1) // 7 + 1
    for day in islice(Recurrence("monthly-weekday", first, time(10))._planned(None), 50):
        assert day.weekday() == first.weekday()
        last = (day + timedelta(days=7)).month != day.month
        assert last if nth == 5 else (day.day - 1) // 7 + 1 == nth


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 25), "Eerste kerstdag"),
        (date(2027, 3, 29), "Tweede paasdag"),
        (date(2027, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "Koningsdag"),
        (date(2028, 5, 25), "Hemelvaartsdag"),
        (date(2026, 12, 24), None),
    ],
)
def test_dutch_holidays_have_dutch_names(day: date, name: str | None) -> None:
    """Also those that move with Easter, and a King's Day that falls on a Sunday."""
    assert NONE_OF_OUR_OWN.name(day) == name
    assert (day in NONE_OF_OUR_OWN) == (name is not None)


def test_what_comes_once_comes_once() -> None:
    """A reminder for Christmas Day comes on the first working day after it, and never again."""
    once = Recurrence(ONCE, date(2026, 12, 25), time(10))
    assert list(once.days(NONE_OF_OUR_OWN)) == [date(2026, 12, 27)]


@pytest.mark.parametrize(
    ("every", "at"), [("yearly", time(10)), ("weekly", time(7, 59)), ("weekly", time(21)), ("once", time(0))]
)
def test_a_rule_that_disturbs_people_at_night_does_not_exist(every: str, at: time) -> None:
    """Neither a rhythm that nobody knows nor a time in the quiet hours gets as far as a plan."""
    with pytest.raises(ValueError, match=r"recurrence|quiet"):
        Recurrence(every, date(2026, 9, 7), at)
