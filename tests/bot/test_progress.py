"""What whoever runs the bot sees of a large round: how far it is, in numbers only."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import pty
import sys
from pathlib import Path

import pytest
from bench import ROOT, Bench
from organisation import ask_everybody, settle

from bot.progress import CLEAR, Progress
from bot.sandbox.server import Sandbox


class Watched:
    """A progress whose clock stands still until it is moved, on a screen that is read, or without one."""

    def __init__(self, *, terminal: bool) -> None:
        self.now = 0.0
        self.screen = io.StringIO()
        self.progress = Progress(lambda: self.now, self.screen if terminal else None)

    def look(self, after: float, sent: int, waiting: int) -> str:
        """Look so many seconds later; what the screen shows then."""
        self.now += after
        self.progress.look(sent, waiting)
        return self.screen.getvalue().rpartition(CLEAR)[2]


def test_a_line_says_how_far_it_is_and_how_long_the_rest_takes() -> None:
    """It changes in place, and the last one stays."""
    watched = Watched(terminal=True)
    assert watched.look(0, 7, 2000) == "0 van 2.000 berichten verstuurd, nog ongeveer 69 s"
    assert watched.look(20, 419, 1588) == "412 van 2.000 berichten verstuurd, nog ongeveer 78 s"
    assert watched.look(60, 2007, 0) == "2.000 berichten verstuurd in 80 s\n"
    shown = watched.screen.getvalue()
    assert watched.look(1, 2007, 3) == "2.000 berichten verstuurd in 80 s\n"
    assert (watched.screen.getvalue(), shown.count("\n")) == (shown, 1)


def test_what_waits_for_the_morning_has_no_end_in_sight() -> None:
    """When nothing moves, nobody can say how long it takes."""
    watched = Watched(terminal=True)
    watched.look(0, 0, 300)
    watched.look(4, 100, 200)
    assert watched.look(60, 100, 200) == "100 van 300 berichten verstuurd, de rest wacht"


def test_a_log_gets_a_line_now_and_then(caplog: pytest.LogCaptureFixture) -> None:
    """At the beginning, each half minute while it moves, and at the end."""
    caplog.set_level(logging.INFO, "naastbot")
    watched = Watched(terminal=False)
    for second in range(200):
        watched.look(1, min(10 * second, 1000), max(0, 1000 - 10 * second))
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        *(f"{sent} of 1000 messages sent" for sent in (10, 310, 610, 910)),
        "1000 messages sent in 100 seconds",
    ]


def test_a_few_messages_are_not_worth_a_line(caplog: pytest.LogCaptureFixture) -> None:
    """What is over in a moment is not spoken of."""
    caplog.set_level(logging.INFO, "naastbot")
    for terminal in (True, False):
        watched = Watched(terminal=terminal)
        watched.look(1, 0, 49)
        watched.look(1, 49, 0)
        assert watched.screen.getvalue() == ""
    assert caplog.records == []


async def test_a_terminal_shows_numbers_and_nobody(tmp_path: Path) -> None:
    """The real program on a real terminal: the line changes in place, log lines stand by themselves."""
    async with Sandbox(limits=False) as sandbox:
        b = Bench(sandbox, tmp_path / "data")
        settle(b, 2, 80)
        ask_everybody(b)
        ours, theirs = pty.openpty()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=ROOT,
            env={**os.environ, **b.env, "TERM": "xterm"},
            stderr=theirs,
        )
        os.close(theirs)
        shown = await asyncio.to_thread(_read_until, ours, b"verstuurd in")
        process.terminate()
        await process.wait()
        os.close(ours)
    assert b"naastbot runs" in shown
    assert b"van 80 berichten verstuurd, nog ongeveer" in shown
    assert b"\r\x1b[K80 berichten verstuurd in" in shown
    assert b"Persoon" not in shown


def _read_until(terminal: int, words: bytes) -> bytes:
    shown = b""
    while words not in shown and len(shown) < 100_000:
        shown += os.read(terminal, 1000)
    return shown
