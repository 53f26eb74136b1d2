"""A simulated year of an organisation, held against every promise about time: a table for docs/proofs/year.md.

python tests/proofs/year.py [--quick] [--leap] [--seed N] [--wrong-clock]

40 teams and 1,500 people from one December until after the next, with every holiday and both changes of the
clocks; `--leap` takes the year after, with its 29th of February; `--quick` takes a tenth of the teams and people.
Ends with 1 when any promise was broken.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from privacy.adversary.tables import markdown
from year.organisation import Plot, Year

TEAMS, PEOPLE = 40, 1500
IN_MEMORY = Path("/dev/shm")
YEARS = {False: (date(2026, 12, 1), date(2028, 1, 8)), True: (date(2027, 12, 1), date(2029, 1, 8))}


def main() -> int:
    """Live through the year, print the table, and say whether everything was kept."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--leap", action="store_true")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--wrong-clock", action="store_true", help="the clock jumps by up to three days")
    chosen = arguments.parse_args()
    part = 10 if chosen.quick else 1
    jumps = (1, 3, 26, 75) if chosen.wrong_clock else (1, 3)
    plot = Plot(TEAMS // part, PEOPLE // part, *YEARS[chosen.leap], seed=chosen.seed, jumps=jumps)
    logging.disable(logging.WARNING)
    began, busy = time.perf_counter(), time.process_time()
    # What would take the time else is waiting for a disk: losing its contents is tried elsewhere.
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as place:
        year = Year(plot, Path(place))
        asyncio.run(year.run())
    print(f"{plot.teams} teams, {year.people} people, {plot.first} to {plot.last}, seed {plot.seed}.")
    print(f"{year.restarts} restarts, {year.kills} kills while sending, {year.jumps} jumps of the clock.")
    print(f"{time.perf_counter() - began:.0f} s, of which {time.process_time() - busy:.0f} s of processor time.\n")
    print(table(year))
    for promise, example in year.oracle.examples.items():
        print(f"broken: {promise}: {example}", file=sys.stderr)
    return int(bool(year.oracle.wrong))


def table(year: Year) -> str:
    """Every promise, how often it was looked at, and how often it was broken."""
    oracle = year.oracle
    promises = sorted(oracle.seen.keys() | oracle.wrong.keys())
    rows = [(name, f"{oracle.seen[name]:,}", str(oracle.wrong[name])) for name in promises]
    return markdown(("promise", "looked at", "broken"), rows)


if __name__ == "__main__":
    sys.exit(main())
