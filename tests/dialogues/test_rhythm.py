"""When a person is due: never at a bad hour, never a day late, never one too many."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.calendar import FreeDays
from dialogues.quiet import is_quiet, next_open
from dialogues.rhythm import DAYPARTS, MOMENT, RHYTHMS, Rhythm, due_day, next_slot

ZONE = ZoneInfo("Europe/Amsterdam")
HOUR = timedelta(hours=1)

rhythms = st.builds(
    Rhythm,
    every=st.sampled_from(sorted(RHYTHMS)),
    weekday=st.integers(0, 6),
    daypart=st.sampled_from(sorted(DAYPARTS)),
    anchor=st.dates(date(2019, 1, 1), date(2034, 12, 31)),
)


class AlwaysOpen(FreeDays):
    """A year without a free day: what a rhythm plans is then what comes."""

    def __contains__(self, day: object) -> bool:
        return False


OPEN = AlwaysOpen()

moments = st.builds(
    lambda seconds: datetime.fromtimestamp(seconds, UTC),
    st.integers(1_546_300_800, 2_082_758_400),  # 2019 to 2036
)


@st.composite
def free_around(draw: st.DrawFn, anchor: date) -> FreeDays:
    """The holidays, with up to four stretches of a team's own in the year after this day."""
    begins = st.integers(0, 366).map(lambda days: anchor + timedelta(days=days))
    stretches = draw(st.lists(st.tuples(begins, st.integers(0, 45)), max_size=4))
    return FreeDays(tuple((first, first + timedelta(days=length)) for first, length in stretches))


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """This time on the clocks of the Netherlands."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def weekly(weekday: int, daypart: str, anchor: date) -> Rhythm:
    """A rhythm of every week."""
    return Rhythm("weekly", weekday, daypart, anchor)


@settings(max_examples=25, deadline=None)
@given(rhythms)
def test_a_year_of_hours_gives_exactly_the_planned_days(rhythm: Rhythm) -> None:
    """Who chose every N weeks is due every N weeks from the first chosen weekday, and on no other day."""
    start = datetime.combine(rhythm.anchor, time(), ZONE).astimezone(UTC)
    hours = [start + n * HOUR for n in range(366 * 24)]
    found = sorted({day for now in hours if (day := due_day(rhythm, now, ZONE, OPEN)) is not None})
    first = next(
        day for n in range(1, 8) if (day := rhythm.anchor + timedelta(days=n)).weekday() == rhythm.weekday
    )
    step = timedelta(weeks=RHYTHMS[rhythm.every])
    last = hours[-1].astimezone(ZONE).date()
    expected = [first + n * step for n in range(54) if first + n * step < last]
    assert [day for day in found if day < last] == expected


@given(rhythms, moments)
def test_due_means_today_after_its_time_and_outside_quiet_hours(rhythm: Rhythm, now: datetime) -> None:
    """A check-in is due on its own local day only, from its part of the day, and never in quiet hours."""
    day = due_day(rhythm, now, ZONE, OPEN)
    if day is not None:
        clock = now.astimezone(ZONE)
        assert day == clock.date()
        assert clock.weekday() == rhythm.weekday
        assert DAYPARTS[rhythm.daypart] <= clock.time() < time(21)
        assert day > rhythm.anchor


@given(rhythms, moments)
def test_next_slot_is_the_next_moment_at_which_something_becomes_due(rhythm: Rhythm, now: datetime) -> None:
    """What we tell people about their next question comes true, and nothing comes before it."""
    planned = next_slot(rhythm, now, ZONE, OPEN)
    assert planned is not None
    assert planned > now
    assert due_day(rhythm, planned, ZONE, OPEN) == planned.date()
    assert due_day(rhythm, planned - timedelta(seconds=1), ZONE, OPEN) is None
    step = timedelta(weeks=RHYTHMS[rhythm.every])
    if now.astimezone(ZONE).date() > rhythm.anchor + timedelta(days=7):
        assert planned.date() - now.astimezone(ZONE).date() <= step


@given(moments)
def test_next_open_is_now_or_eight_o_clock(now: datetime) -> None:
    """A message that waits for the end of the quiet hours goes at 8:00 local time, within half a day."""
    opens = next_open(now, ZONE)
    assert not is_quiet(opens, ZONE)
    if is_quiet(now, ZONE):
        assert opens.astimezone(ZONE).time() == time(8)
        assert timedelta(0) < opens - now <= timedelta(hours=12)
    else:
        assert opens == now


@given(rhythms, moments, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_a_clock_that_jumps_back_repeats_only_dates_already_given(
    rhythm: Rhythm, now: datetime, jump: timedelta
) -> None:
    """After a jump back the same moment gives the same date again, so a remembered date is enough."""
    before = due_day(rhythm, now - jump, ZONE, OPEN)
    due_day(rhythm, now, ZONE, OPEN)
    assert due_day(rhythm, now - jump, ZONE, OPEN) == before
    assert before is None or before <= now.astimezone(ZONE).date()


@settings(max_examples=50, deadline=None)
@given(st.data(), rhythms)
def test_free_days_move_a_check_in_and_never_double_it(data: st.DataObject, rhythm: Rhythm) -> None:
    """Over a year: what falls on free days comes on the next open one, unless the one after it comes by then."""
    free = data.draw(free_around(rhythm.anchor))
    first = next(
        day for n in range(1, 8) if (day := rhythm.anchor + timedelta(days=n)).weekday() == rhythm.weekday
    )
    step = timedelta(weeks=RHYTHMS[rhythm.every])
    expected = {}
    for planned in (first + n * step for n in range(53)):
        comes = planned
        while comes in free:
            comes += timedelta(days=1)
        if comes < planned + step:
            expected[comes] = planned
    days = [rhythm.anchor + timedelta(days=n) for n in range(366)]
    evenings = {day: datetime.combine(day, time(20, 30), ZONE) for day in days}
    found = {day: due for day, now in evenings.items() if (due := due_day(rhythm, now, ZONE, free)) is not None}
    assert found == {day: planned for day, planned in expected.items() if day <= days[-1]}
    assert len(set(found.values())) == len(found)


@given(st.data(), rhythms)
def test_the_day_that_is_told_is_the_day_on_which_it_comes(data: st.DataObject, rhythm: Rhythm) -> None:
    """ "Your first question comes on ..." names the day to which a free day moved it, and nothing comes before."""
    free = data.draw(free_around(rhythm.anchor))
    since = rhythm.anchor + timedelta(days=data.draw(st.integers(0, 300)))
    now = datetime.combine(since, data.draw(st.times(time(6), time(22))), ZONE)
    told = next_slot(rhythm, now, ZONE, free)
    assert told is not None
    assert told > now
    assert told.date() not in free
    assert due_day(rhythm, told, ZONE, free) is not None
    evenings = (datetime.combine(since + timedelta(days=n), time(20, 59), ZONE) for n in range(60))
    before = [now_ for now_ in evenings if now < now_ < told]
    due_since = DAYPARTS[rhythm.daypart] <= now.time() < time(20, 59)
    for evening in before[1:] if due_since else before:
        assert due_day(rhythm, evening, ZONE, free) is None


@given(st.data(), rhythms, st.lists(st.timedeltas(timedelta(days=-20), timedelta(days=20)), max_size=40))
def test_a_clock_that_jumps_gives_each_check_in_once_and_each_day_one(
    data: st.DataObject, rhythm: Rhythm, jumps: list[timedelta]
) -> None:
    """However the clock jumps, remembering what was served is enough: not twice, not at night, no burst."""
    free = data.draw(free_around(rhythm.anchor))
    now = datetime.combine(rhythm.anchor, time(12), ZONE).astimezone(UTC)
    served: dict[date, date] = {}
    for jump in jumps:
        now += jump
        planned = due_day(rhythm, now, ZONE, free)
        if planned is not None:
            today = now.astimezone(ZONE).date()
            assert not is_quiet(now, ZONE)
            assert served.setdefault(planned, today) == today
    assert len(set(served.values())) == len(served)


def test_christmas_moves_a_check_in_to_the_first_open_day() -> None:
    """Friday the 25th and Saturday the 26th are free, so who chose Fridays is asked on Sunday, once."""
    fridays = weekly(4, "ochtend", date(2026, 12, 1))
    assert due_day(fridays, local(2026, 12, 25, 10), ZONE, FreeDays()) is None
    assert due_day(fridays, local(2026, 12, 27, 10), ZONE, FreeDays()) == date(2026, 12, 25)
    assert due_day(fridays, local(2026, 12, 28, 10), ZONE, FreeDays()) is None
    assert next_slot(fridays, local(2026, 12, 24, 10), ZONE, FreeDays()) == local(2026, 12, 27, 9)


def test_two_weeks_off_leave_one_check_in_of_a_weekly_rhythm() -> None:
    """What was missed in a team's own free weeks is not made up for: the next one comes, alone."""
    thursdays = weekly(3, "ochtend", date(2026, 7, 1))
    free = FreeDays(((date(2026, 7, 20), date(2026, 8, 2)),))
    asked = [
        day
        for n in range(40)
        if due_day(thursdays, local(2026, 7, 10, 10) + timedelta(days=n), ZONE, free)
        for day in [date(2026, 7, 10) + timedelta(days=n)]
    ]
    assert asked == [date(2026, 7, 16), date(2026, 8, 3), date(2026, 8, 6), date(2026, 8, 13)]


def test_no_check_in_on_the_day_of_joining() -> None:
    """Who joins on a Tuesday and chose Tuesdays gets the first question a week later."""
    rhythm = weekly(1, "ochtend", date(2025, 3, 4))
    assert due_day(rhythm, local(2025, 3, 4, 10), ZONE, OPEN) is None
    assert due_day(rhythm, local(2025, 3, 11, 10), ZONE, OPEN) == date(2025, 3, 11)


def test_a_late_start_sends_the_same_day_and_drops_the_next() -> None:
    """A bot that was down in the morning still asks in the evening; the next day it keeps silent."""
    rhythm = weekly(1, "ochtend", date(2025, 3, 4))
    assert due_day(rhythm, local(2025, 3, 11, 20, 59), ZONE, OPEN) == date(2025, 3, 11)
    assert due_day(rhythm, local(2025, 3, 11, 21), ZONE, OPEN) is None
    assert due_day(rhythm, local(2025, 3, 12, 9), ZONE, OPEN) is None


@pytest.mark.parametrize(
    ("anchor", "slot", "offset"),
    [
        (date(2025, 3, 23), date(2025, 3, 30), 2),
        (date(2025, 10, 19), date(2025, 10, 26), 1),
    ],
)
def test_both_clock_changes_keep_the_local_hour(anchor: date, slot: date, offset: int) -> None:
    """On the Sundays on which the clocks change, nine o'clock is still nine o'clock for the person."""
    planned = next_slot(weekly(6, "ochtend", anchor), datetime.combine(anchor, time(12), ZONE), ZONE, OPEN)
    assert planned is not None
    assert (planned.date(), planned.time(), planned.utcoffset()) == (slot, time(9), offset * HOUR)
    assert due_day(weekly(6, "ochtend", anchor), planned - timedelta(minutes=1), ZONE, OPEN) is None


def test_quiet_hours_hold_through_the_night_of_a_clock_change() -> None:
    """The hour that comes twice, and the one that never comes, lie within the quiet hours."""
    for night in (datetime(2025, 3, 29, 20, tzinfo=UTC), datetime(2025, 10, 25, 19, tzinfo=UTC)):
        opens = next_open(night, ZONE)
        assert opens.astimezone(ZONE).time() == time(8)
        minutes = (opens - night) // timedelta(minutes=15)
        assert all(is_quiet(night + n * timedelta(minutes=15), ZONE) for n in range(minutes))


def test_leap_day_week_53_and_the_turn_of_the_year() -> None:
    """Every two weeks stays every two weeks over 29 February, a year with 53 weeks, and New Year."""
    leap = Rhythm("fortnightly", 3, "middag", date(2024, 2, 14))
    assert due_day(leap, local(2024, 2, 29, 15), ZONE, OPEN) == date(2024, 2, 29)
    over = Rhythm("fortnightly", 3, "avond", date(2026, 12, 10))
    assert date(2026, 12, 31).isocalendar().week == 53
    first = next_slot(over, local(2026, 12, 17, 19), ZONE, OPEN)
    assert first == local(2026, 12, 31, 19)
    assert next_slot(over, local(2026, 12, 31, 19), ZONE, OPEN) == local(2027, 1, 14, 19)


@given(moments)
def test_only_around_the_moment_is_never_due_by_rhythm(now: datetime) -> None:
    """Who wants to hear us only around the evaluation moment gets no check-in by rhythm."""
    rhythm = Rhythm(MOMENT, 0, "ochtend", date(2020, 1, 1))
    assert due_day(rhythm, now, ZONE, OPEN) is None
    assert next_slot(rhythm, now, ZONE, OPEN) is None


@pytest.mark.parametrize(
    ("every", "weekday", "daypart"),
    [("daily", 0, "ochtend"), ("weekly", 7, "ochtend"), ("weekly", -1, "ochtend"), ("weekly", 0, "nacht")],
)
def test_an_impossible_rhythm_is_refused(every: str, weekday: int, daypart: str) -> None:
    """A rhythm that does not exist cannot be made, so nothing below has to wonder what it means."""
    with pytest.raises(ValueError, match="no such"):
        Rhythm(every, weekday, daypart, date(2025, 1, 1))


def test_a_time_without_a_zone_is_refused() -> None:
    """A naive time would be read in the machine's own zone; it is refused instead."""
    naive = local(2025, 1, 1, 12).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        is_quiet(naive, ZONE)
