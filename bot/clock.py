"""What time it is: the machine's clock, moved by what the file behind NAASTBOT_CLOCK says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Now = Callable[[], datetime]
"""Gives the time, aware and in UTC."""

_DURATION = re.compile(
    r"(?P<sign>[+-])?P(?=.)(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9}(?:\.\d+)?)S)?)?"
)


class ClockFileError(Exception):
    """The clock file holds something else than a duration."""


def parse_duration(text: str) -> timedelta:
    """A signed ISO 8601 duration in days, hours, minutes and seconds, such as +P21DT3H.

    Raises ValueError.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError("not a duration in days, hours, minutes and seconds")
    parts = {name: float(value) for name, value in match.groupdict().items() if value and name != "sign"}
    return timedelta(**parts) * (-1 if match["sign"] == "-" else 1)


def real_now() -> datetime:
    """The machine's own clock."""
    return datetime.now(UTC)


def clock(file: Path | None) -> Now:
    """A clock that reads the file at every look; without a file, the machine's own.

    The clock raises ClockFileError when the file never held a duration; a file that is caught half-written
    later on counts as what it said before.
    """
    if file is None:
        return real_now
    last: timedelta | None = None

    def moved() -> datetime:
        nonlocal last
        try:
            last = parse_duration(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            last = timedelta(0)
        except (OSError, ValueError):
            if last is None:
                raise ClockFileError from None
        return real_now() + last

    return moved
