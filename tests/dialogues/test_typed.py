"""Days and times as people type them: read right, or said why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues import typed
from dialogues.dates import DAYS, MONTHS, dutch_date, dutch_day, short_date
from dialogues.typed import MisreadError, read_day, read_day_of_month, read_nth_weekday, read_stretch, read_time

TODAY = date(2026, 11, 18)
"""A Wednesday."""
REASONS = (typed.UNKNOWN, typed.NO_SUCH_DAY, typed.PAST, typed.TOO_FAR, typed.OTHER_WEEKDAY)
days = st.dates(TODAY, TODAY + timedelta(days=700))

READ = {
    "3 december": date(2026, 12, 3),
    "3 dec": date(2026, 12, 3),
    "3 dec.": date(2026, 12, 3),
    "Donderdag 3 december": date(2026, 12, 3),
    "do 3-12": date(2026, 12, 3),
    "3-12-2027": date(2027, 12, 3),
    "3/12/27": date(2027, 12, 3),
    "2027-12-03": date(2027, 12, 3),
    "3 januari": date(2027, 1, 3),
    "18 november": TODAY,
    "17 november": date(2027, 11, 17),
    "vandaag": TODAY,
    "morgen": date(2026, 11, 19),
    "over een week": date(2026, 11, 25),
    "woensdag": TODAY,
    "vrijdag": date(2026, 11, 20),
    "31": None,
    "30": date(2026, 11, 30),
    "3": date(2026, 12, 3),
    "29 februari 2028": date(2028, 2, 29),
}

NOT_READ = {
    "31 november": typed.NO_SUCH_DAY,
    "31": typed.NO_SUCH_DAY,
    "0 december": typed.NO_SUCH_DAY,
    "29 februari": typed.NO_SUCH_DAY,
    "29-02-2027": typed.NO_SUCH_DAY,
    "3-13": typed.UNKNOWN,
    "gisteren": typed.PAST,
    "3-12-2025": typed.PAST,
    "3-12-2031": typed.TOO_FAR,
    "vrijdag 3 december": typed.OTHER_WEEKDAY,
    "": typed.UNKNOWN,
    "binnenkort": typed.UNKNOWN,
    "3-12-99999": typed.UNKNOWN,
    "3 december 2026 en verder": typed.UNKNOWN,
    "/plan": typed.UNKNOWN,
}


@pytest.mark.parametrize(("text", "day"), [(text, day) for text, day in READ.items() if day])
def test_days_are_read_as_they_are_meant(text: str, day: date) -> None:
    """The usual ways of writing a day, with and without a year, a weekday or a month."""
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(("text", "reason"), NOT_READ.items())
def test_what_is_no_day_is_refused_for_the_right_reason(text: str, reason: str) -> None:
    """Nothing is guessed: the reason says what is wrong with it."""
    with pytest.raises(MisreadError) as caught:
        read_day(text, TODAY)
    assert caught.value.reason == reason


@given(days)
def test_every_day_that_we_write_can_be_typed_back(day: date) -> None:
    """In each form that the bot itself uses, and in figures."""
    for text in (dutch_day(day), f"{day.day}-{day.month}-{day.year}", day.isoformat()):
        assert read_day(text, TODAY) == day
    assert read_day(dutch_date(day, today=date(1, 1, 1)), TODAY) == day
    assert len(short_date(day)) <= 20


def outcome(read: Callable[[], object]) -> object:
    """What was read, or the reason why not."""
    try:
        return read()
    except MisreadError as misread:
        return misread.reason


@given(st.text(max_size=30) | st.from_regex(r"[0-9a-z /.:-]{0,20}", fullmatch=True), days)
def test_anything_typed_gives_a_day_that_can_come_or_a_reason(text: str, today: date) -> None:
    """Whatever people type, there is never another error, nor a day in the past."""
    day = outcome(lambda: read_day(text, today))
    assert today <= day <= today + typed.FAR if isinstance(day, date) else day in REASONS
    clock = outcome(lambda: read_time(text))
    assert isinstance(clock, time) or clock in (typed.UNKNOWN_TIME, typed.NIGHT)
    stretch = outcome(lambda: read_stretch(text, today))
    assert today <= stretch[0] <= stretch[1] if isinstance(stretch, tuple) else stretch in REASONS
    assert read_day_of_month(text) in (None, *range(1, 32))


@given(st.times())
def test_every_time_of_day_is_read_or_is_night(clock: time) -> None:
    """To the minute; between nine in the evening and eight in the morning nothing is planned."""
    wanted = typed.NIGHT if clock.hour >= 21 or clock.hour < 8 else clock.replace(second=0, microsecond=0)
    for text in (f"{clock:%H:%M}", f"{clock.hour}.{clock.minute:02}", f"om {clock:%H:%M} uur"):
        assert outcome(lambda text=text: read_time(text)) == wanted


@pytest.mark.parametrize("text", ["half elf", "25:00", "10:75", "tien uur", "10", "", "10:30:00"])
def test_a_time_that_is_not_clear_is_not_guessed(text: str) -> None:
    """`10` may be a day, and `half elf` may be morning or evening."""
    with pytest.raises(MisreadError) as caught:
        read_time(text)
    assert caught.value.reason == typed.UNKNOWN_TIME


def test_stretches_months_and_weekdays() -> None:
    """Free days over the turn of the year, the 31st, and the first Monday."""
    assert read_stretch("24 december tot en met 3 januari", TODAY) == (date(2026, 12, 24), date(2027, 1, 3))
    assert read_stretch("van 24-12 t/m 31-12", TODAY) == (date(2026, 12, 24), date(2026, 12, 31))
    assert read_stretch("24 december", TODAY) == (date(2026, 12, 24),) * 2
    assert (read_day_of_month("31"), read_day_of_month("de 15e"), read_day_of_month("32")) == (31, 15, None)
    assert read_day_of_month("de laatste dag") == 31
    assert read_nth_weekday("eerste maandag") == (1, 0)
    assert read_nth_weekday("de laatste vrijdag van de maand") == (5, 4)
    assert read_nth_weekday("zesde maandag") is None
    assert len(DAYS) + len(MONTHS) == 19
