"""The demo: the whole loop with an unmodified bot, and a directory that is safe from it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.characters import CHARACTERS, PATIENCE, RHYTHMS, Dice, Taste
from bot.sandbox.demo import first_monday
from bot.sandbox.installation import DATA, MARKER, DemoError, claim
from bot.sandbox.sayings import A_GOOD_TALK, FOR_THE_TABLE, SHARED, Sayings, names
from dialogues.help import signals_danger
from storage.masking import mask

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-u", "-m", "bot", "demo"]
ENV = {name: value for name, value in os.environ.items() if not name.startswith("NAASTBOT_")}


def demo(directory: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [*COMMAND, "--dir", str(directory), *more]
    return subprocess.run(command, cwd=ROOT, env=ENV, capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def running(directory: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A demo with a page, for as long as the block lasts."""
    command = [*COMMAND, "--dir", str(directory), "--people", "2", *more]
    with subprocess.Popen(
        command, cwd=ROOT, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_once_ends_with_a_released_page(tmp_path: Path) -> None:
    """Without a person the demo goes from invitation to feedback, and its last line is the page's path alone."""
    made = demo(tmp_path / "demo", "--once", "--people", "12", "--weeks", "9")
    assert (made.returncode, made.stderr) == (0, "")
    page = Path(made.stdout.splitlines()[-1])
    assert page.is_file()
    assert page.parent == (tmp_path / "demo").resolve()
    text = page.read_text(encoding="utf-8")
    assert "Team De Linde (demo)" in text
    assert "Hoe gaat het met jullie?" in text
    assert "5 tot en met 14 mensen" in text
    assert "te snel" not in made.stdout


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--weeks", "8", "acht weken"),
        ("--weeks", "27", "26"),
        ("--people", "1", "2 tot"),
        ("--people", "201", "200"),
    ],
)
def test_too_short_and_too_large_are_refused(tmp_path: Path, option: str, value: str, words: str) -> None:
    """What can't show anything is refused in one line, with nothing made."""
    made = demo(tmp_path / "demo", "--once", option, value)
    assert (made.returncode, made.stdout) == (2, "")
    assert words in made.stderr
    assert len(made.stderr.splitlines()) == 1
    assert not (tmp_path / "demo").exists()


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    """Whoever asks for a port gets that port, or hears that it is taken."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        made = demo(tmp_path / "demo", "--port", str(taken.getsockname()[1]))
    assert made.returncode == 2
    assert re.fullmatch(r"naastbot: Poort \d+ is bezet\. .*--port.*\n", made.stderr)


def test_a_directory_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """The demo overwrites its own directories only: nobody loses a real data directory to it."""
    (tmp_path / DATA).mkdir()
    (tmp_path / DATA / "contacts.db").write_text("kostbaar")
    made = demo(tmp_path, "--once")
    assert made.returncode == 2
    assert "iets anders dan een demo" in made.stderr
    assert [path.name for path in tmp_path.rglob("*")] == [DATA, "contacts.db"]


def test_in_its_own_directory_only_what_a_demo_makes_is_removed(tmp_path: Path) -> None:
    """Somebody's notes beside a demo stay, and two demos never share a directory."""
    with claim(tmp_path / "demo") as directory:
        (directory / DATA).mkdir()
        (directory / DATA / "answers.db").touch()
        (directory / "notitie.txt").touch()
        with pytest.raises(DemoError, match="draait al een demo"), claim(directory):
            pass
        assert (directory / DATA / "answers.db").exists()
    with claim(tmp_path / "demo") as directory:
        assert sorted(path.name for path in directory.iterdir()) == [MARKER, "notitie.txt"]


def test_ctrl_c_ends_the_page_and_its_bot(tmp_path: Path) -> None:
    """Ctrl-C is how a demo ends: no traceback, exit code 0, and the bot ends too."""
    with running(tmp_path / "demo") as process:
        assert process.stdout is not None
        assert re.search(r"http://127\.0\.0\.1:\d+$", process.stdout.readline().strip())
        bot = _bot_of(process)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "De demo is gestopt.\n")
    assert not Path(f"/proc/{bot}").exists()


def test_a_bot_that_dies_ends_the_demo(tmp_path: Path) -> None:
    """Nobody looks at a page behind which nothing lives any more."""
    with running(tmp_path / "demo") as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.kill(_bot_of(process), signal.SIGKILL)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert re.fullmatch(r"naastbot: De bot is gestopt \(code -9\)\. Kijk in .*bot\.log\.\n", errors)


@pytest.mark.parametrize(
    "text", [*A_GOOD_TALK, *(one for texts in (*FOR_THE_TABLE.values(), *SHARED.values()) for one in texts)]
)
def test_what_people_in_the_demo_type_is_ordinary(text: str) -> None:
    """The demo shows the usual case: nothing in these texts is hidden, and none brings up the help card."""
    assert mask(text) == text
    assert not signals_danger(text)


@pytest.mark.parametrize("people", [2, 24, 200])
def test_everybody_has_a_name_of_their_own(people: int) -> None:
    """A visitor can tell the made-up people apart."""
    assert len(set(names(people))) == people


def test_the_same_seed_gives_the_same_people() -> None:
    """A demo can be shown twice: chance comes from its seed alone, and nobody repeats another's words."""
    assert Taste(1).weights("naaste", "Wat weegt?", 5) == Taste(1).weights("naaste", "Wat weegt?", 5)
    one, other = Sayings(Dice(3)), Sayings(Dice(3))
    said = [one.take("Wat moet op tafel komen?", "naaste") for _ in range(7)]
    assert said == [other.take("Wat moet op tafel komen?", "naaste") for _ in range(7)]
    assert said[-1] is None
    assert len(set(said)) == len(said)
    assert all(0 <= chance <= 1 for c in CHARACTERS for chance in (c.answers, c.skips, c.goes_on, c.writes))
    assert set(RHYTHMS) <= set(PATIENCE)


@pytest.mark.parametrize("day", range(1, 31))
def test_a_demo_begins_on_a_monday_morning_to_come(day: int) -> None:
    """Never in the quiet hours, never in the past, whatever the day, and through a change of the clocks."""
    now = datetime(2026, 10, day, 23, 30, tzinfo=UTC)
    start = first_monday(now)
    assert (start.weekday(), start.hour, start.minute) == (0, 10, 0)
    assert 0 < (start - now).total_seconds() <= 8 * 86_400


def _bot_of(process: subprocess.Popen[str]) -> int:
    """The id of the bot that this demo started."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("needs Linux's list of child processes")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.05)
    raise AssertionError("no bot was started")
