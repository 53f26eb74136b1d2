"""How far a large round of messages is, for whoever runs the bot: numbers only, over all teams together."""

from __future__ import annotations

import logging
import math
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from bot.network.pace import PER_SECOND

log = logging.getLogger("naastbot.progress")

LARGE = 50
"""Messages that wait at once; what is less is over before anybody has read a line about it."""
LOG_EVERY = 30.0
"""Seconds between two lines in a log."""
STALLED = 10.0
"""Seconds without a message after which nobody can say how long the rest will take."""
CLEAR = "\r\x1b[K"
"""Back to the beginning of the line, and nothing on it."""


@dataclass(frozen=True, slots=True)
class Round:
    """One large round: how many were sent before it, when it began, and when the last of it was sent."""

    sent_before: int
    began: float
    sent: int = 0
    sent_at: float = 0.0

    @property
    def rate(self) -> float:
        """Messages a second; as planned, until enough were sent to tell."""
        lasted = self.sent_at - self.began
        return self.sent / lasted if self.sent >= LARGE and lasted > 0 else PER_SECOND


class Progress:
    """Looked at once a second: a line that changes in place on a terminal, and lines now and then in a log.

    `monotonic` gives seconds. `screen` is where the line is shown; None where there is no terminal.
    """

    def __init__(self, monotonic: Callable[[], float], screen: TextIO | None) -> None:
        self._monotonic = monotonic
        self._screen = screen
        self._round: Round | None = None
        self._logged_at = -math.inf
        self._logged = 0

    def look(self, sent: int, waiting: int) -> None:
        """So many messages were sent since the start of the program, and so many wait or are under way."""
        now = self._monotonic()
        if self._round is None:
            if waiting < LARGE:
                return
            self._round = Round(sent, now, sent_at=now)
        done = sent - self._round.sent_before
        if done > self._round.sent:
            self._round = Round(self._round.sent_before, self._round.began, done, now)
        if waiting:
            self._tell(self._round, waiting, now)
        else:
            self._finish(self._round)

    def close(self) -> None:
        """The program ends: what is written next begins on a line of its own."""
        if self._round is not None and self._screen is not None:
            self._screen.write("\n")

    def _tell(self, round_: Round, waiting: int, now: float) -> None:
        total = round_.sent + waiting
        if self._screen is not None:
            moves = now - round_.sent_at <= STALLED
            rest = f"nog ongeveer {_long(waiting / round_.rate)}" if moves else "de rest wacht"
            self._show(f"{_number(round_.sent)} van {_number(total)} berichten verstuurd, {rest}")
        elif now - self._logged_at >= LOG_EVERY and round_.sent != self._logged:
            log.info("%d of %d messages sent", round_.sent, total)
            self._logged_at, self._logged = now, round_.sent

    def _finish(self, round_: Round) -> None:
        lasted = round_.sent_at - round_.began
        if self._screen is not None:
            self._show(f"{_number(round_.sent)} berichten verstuurd in {_long(lasted)}\n")
        else:
            log.info("%d messages sent in %d seconds", round_.sent, round(lasted))
        self._round, self._logged_at, self._logged = None, -math.inf, 0

    def _show(self, line: str) -> None:
        if self._screen is not None:
            self._screen.write(f"{CLEAR}{line}")
            self._screen.flush()


def screen() -> TextIO | None:
    """Standard error when it is a terminal on which a line can change in place, else None."""
    able = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return sys.stderr if able else None


def _number(count: int) -> str:
    """A number as it is written in Dutch: 2.000."""
    return f"{count:,}".replace(",", ".")


def _long(seconds: float) -> str:
    """A length of time, not more precise than anybody needs."""
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} s"
    return f"{math.ceil(seconds / 60)} min"
