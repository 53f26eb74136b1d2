"""The clock file: signed ISO 8601 durations in days, hours, minutes and seconds, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ClockFileError, clock, parse_duration, real_now
from bot.settings import is_loopback


@given(
    st.integers(0, 9999),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(["", "+", "-"]),
)
def test_durations_are_read_as_written(days: int, hours: int, minutes: int, seconds: int, sign: str) -> None:
    """Every combination gives exactly that much time."""
    text = f"{sign}P{days}DT{hours}H{minutes}M{seconds}S"
    wanted = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    assert parse_duration(text) == (-wanted if sign == "-" else wanted)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "P1M", "P1Y", "P1W", "1D", "P1DT", "+ P1D", "P-1D", "P1H", "x"]
)
def test_anything_else_is_refused(text: str) -> None:
    """Months and years have no fixed length, and a slip must not move time by chance."""
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


def test_the_file_is_read_at_every_look(tmp_path: Path) -> None:
    """Moving the clock needs no restart; no file means no move; half a file means what it said before."""
    file = tmp_path / "clock"
    now = clock(file)
    assert abs(now() - real_now()) < timedelta(seconds=5)
    file.write_text("+P21DT3H\n")
    assert abs(now() - real_now() - timedelta(days=21, hours=3)) < timedelta(seconds=5)
    file.write_text("")
    assert abs(now() - real_now() - timedelta(days=21, hours=3)) < timedelta(seconds=5)
    file.write_text("-PT90S")
    assert abs(now() - real_now() + timedelta(seconds=90)) < timedelta(seconds=5)
    broken = tmp_path / "broken"
    broken.write_text("morgen")
    with pytest.raises(ClockFileError):
        clock(broken)()


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8081", True),
        ("http://localhost:1", True),
        ("http://[::1]:5", True),
        ("http://127.9.9.9", True),
        ("https://api.telegram.org", False),
        ("http://10.0.0.1", False),
        ("http://localhost.example.org", False),
        ("", False),
    ],
)
def test_what_is_this_machine(url: str, here: bool) -> None:
    """Only a server on this machine may go with a clock that moves."""
    assert is_loopback(url) is here
