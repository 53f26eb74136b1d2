"""How many taps a second naastbot handles, beside programs that do less: one table, one run.

python tests/bench/taps.py [--people N] [--taps N] [--rounds N] [--peers PYTHON]

Each candidate is a process of its own on the same machine, in turns, against the crowd in this one. A tap of ours
is the whole of it: checked, stored in both files before anything is said, confirmed, the next question sent.
Ends with 1 when a figure is not reached.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from crowd import TOKEN, Crowd

from bot import agreement, render
from bot.shelf import Shelf
from storage import closing
from storage.errands import Errand
from storage.schema import writing
from storage.store import open_store

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DIALOGUE = "hoe-gaat-het-met-jullie"
WARM = 3
"""Taps by each person before the clock starts."""
OURS, BARE, BARE_FAST, DIALOG = (
    "naastbot, stored in both files",
    "bare PTB handler, writes nothing",
    "the same with naastbot's transport",
    "aiogram-dialog, two steps, in memory",
)
LEAST = {BARE: 0.7, DIALOG: 1.5}
"""The figures to reach: how many times as many taps as this candidate."""
HOW = "python3 -m venv .venv/peers && .venv/peers/bin/pip install --require-hashes -r tests/bench/requirements.txt"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A program to measure: its Python, its script, and what else that is told."""

    name: str
    python: str
    script: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """Taps a second, and what each took: calls, and milliseconds of processor."""

    per_second: float
    calls: float
    cpu: float


def fill(data: Path, people: int) -> tuple[str, ...]:
    """A data directory with a team whose people all have a question before them; its buttons."""
    now = datetime.now(UTC)
    store = open_store(data)
    team = store.teams.add("Meting")
    store.teams.set_contact(team.id, "bel de begeleiding")
    store.contacts.make_coordinator(team.id, 1, now.date())
    closing.ensure_periods(store, now)
    period = store.answers.open_period(team.id)
    assert period is not None
    shelf = Shelf(store.teams, None)
    shelf.refresh()
    dialogue = shelf.take(period, DIALOGUE)
    assert dialogue is not None
    diary = store.agenda.diary(team.id, period.number)
    with writing(store.contacts.db):
        version = agreement.current().version
        for chat in range(1001, 1001 + people):
            person = store.contacts.join(team.id, chat, "naaste", now.date(), version)
            errand = Errand(person.id, f"checkin:0:{DIALOGUE}", team.id, period.number, 0, DIALOGUE, now.date())
            diary.add([errand])
            diary.mark(errand, "sent")
            diary.open_prompt(person.id, DIALOGUE, 0, now.date())
    store.close()
    place = render.Place(team.code, period.number, 0, dialogue, "naaste")
    return tuple(place.tap(render.CHOOSE, dialogue.core, option.id) for option in dialogue.core.options)


async def measure(
    candidate: Candidate, people: int, taps: int, begin: tuple[str, ...], more: tuple[str, ...]
) -> Round:
    """One round of one candidate. Raises TimeoutError when it does not keep answering."""
    async with Crowd(people, begin) as crowd:
        crowd.arrive()
        process = await asyncio.create_subprocess_exec(
            *(candidate.python, str(HERE / candidate.script), TOKEN, crowd.url, *candidate.more, *more),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await crowd.replies(people * WARM)
            before = crowd.calls.total() - crowd.calls["getupdates"]
            busy = cpu(process.pid)
            seconds = await crowd.replies(taps)
            busy = cpu(process.pid) - busy
            calls = crowd.calls.total() - crowd.calls["getupdates"] - before
        finally:
            process.terminate()
            await process.wait()
    return Round(taps / seconds, calls / taps, 1000 * busy / taps)


def cpu(pid: int) -> float:
    """Seconds of processor that a process has used; 0 on a system without /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure_all(candidates: list[Candidate], people: int, taps: int, rounds: int) -> dict[str, list[Round]]:
    """Every candidate in each round, so that a busy machine bears on all."""
    found: defaultdict[str, list[Round]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        for number in range(rounds):
            for candidate in candidates:
                begin: tuple[str, ...] = () if candidate.name == DIALOG else ("0", "1", "2")
                more: tuple[str, ...] = ()
                if candidate.name == OURS:
                    data = Path(place) / str(number)
                    begin, more = fill(data, people), (str(data),)
                measured = await measure(candidate, people, taps, begin, more)
                found[candidate.name].append(measured)
                print(f"{number + 1}: {candidate.name}: {measured.per_second:.0f}/s", file=sys.stderr)
    return found


def table(found: dict[str, list[Round]], people: int) -> str:
    """Medians in Markdown, each beside ours."""
    ours = speed(found[OURS])
    rows = (
        f"| {name} | {speed(rounds):.0f} | {median(r.calls for r in rounds):.1f} |"
        f" {median(r.cpu for r in rounds):.1f} ms | {ours / speed(rounds):.2f} | {figure(name)} |"
        for name, rounds in found.items()
    )
    head = f"| {people} in flight | taps/s | calls a tap | processor a tap | naastbot ÷ this | figure |"
    return "\n".join((head, "|---|---|---|---|---|---|", *rows))


def figure(name: str) -> str:
    """What ours has to be, beside this candidate."""
    return f"≥ {LEAST[name]:g}" if name in LEAST else ""


def speed(rounds: list[Round]) -> float:
    """Taps a second, the median of the rounds."""
    return median(r.per_second for r in rounds)


def reached(found: dict[str, list[Round]]) -> bool:
    """Whether ours is as fast as it has to be."""
    ours = speed(found[OURS])
    return all(ours >= least * speed(found[name]) for name, least in LEAST.items() if name in found)


def main() -> int:
    """Print the table; 1 when a figure is not reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=64, help="taps in flight (default 64)")
    parser.add_argument("--taps", type=int, default=2000, help="taps a round (default 2000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each (default 5)")
    parser.add_argument(
        "--peers", default=str(ROOT / ".venv/peers/bin/python"), help="a Python with aiogram-dialog"
    )
    chosen = parser.parse_args()
    candidates = [
        Candidate(OURS, sys.executable, "taps_ours.py"),
        Candidate(BARE, sys.executable, "taps_bare.py", ("theirs",)),
        Candidate(BARE_FAST, sys.executable, "taps_bare.py", ("ours",)),
    ]
    if Path(chosen.peers).exists():
        candidates.append(Candidate(DIALOG, chosen.peers, "taps_dialog.py"))
    else:
        print(f"{DIALOG}: left out. To have it in: {HOW}", file=sys.stderr)
    found = asyncio.run(measure_all(candidates, chosen.people, chosen.taps, chosen.rounds))
    print(table(found, chosen.people))
    return 0 if reached(found) else 1


if __name__ == "__main__":
    sys.exit(main())
