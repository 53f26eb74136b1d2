"""What a look at the clock costs with 2,000 people in 50 teams, beside the least that looking at people takes.

The least: reading and opening everybody's row once. Looks come a second apart, through ten minutes of a Wednesday
afternoon on which whoever is due was asked, in three ways: nobody does anything; somebody taps every third second;
and at night. Prints a table, and ends with 1 when a look takes more than MOST_MS on average while people tap.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import mean
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from year.installation import Clock, Installation

from bot import agreement
from dialogues.rhythm import DAYPARTS, RHYTHMS
from storage import closing
from storage.schema import writing

MOST_MS = 10.0
"""The figure to reach, in milliseconds a look: a hundredth of the time between two."""
TEAMS, PEOPLE = 50, 40
ZONE = ZoneInfo("Europe/Amsterdam")
OPENED = datetime(2026, 9, 7, 10, tzinfo=ZONE)
AFTERNOON = datetime(2026, 9, 16, 15, 5, tzinfo=ZONE)
SECOND = timedelta(seconds=1)


def fill(there: Installation, chance: random.Random) -> list[bytes]:
    """Teams of forty with every rhythm, ready to be asked; the ids of all people."""
    store, people = there.store, []
    with writing(store.contacts.db):
        for number in range(TEAMS):
            team = store.teams.add(f"Team {number}").id
            store.teams.set_contact(team, "bel de afdeling")
            store.contacts.make_coordinator(team, 100_000 + number, OPENED.date())
            for chat in range(1000 + PEOPLE * number, 1000 + PEOPLE * (number + 1)):
                person = store.contacts.join(
                    team, chat, ("naaste", "professional")[chat % 2], OPENED.date(), agreement.current().version
                )
                for name, value in (
                    ("every", chance.choice(sorted(RHYTHMS))),
                    ("weekday", chance.randrange(7)),
                    ("daypart", chance.choice(sorted(DAYPARTS))),
                ):
                    store.contacts.set(person.id, name, value)
                people.append(person.id)
    closing.ensure_periods(store, OPENED)
    return people


def least(there: Installation) -> float:
    """Seconds for reading and opening everybody's row once."""
    began = time.perf_counter()
    for team in there.store.teams.all():
        rows = there.store.contacts.db.conn.execute("SELECT * FROM participants WHERE team = ?", (team.id,))
        for row in rows.fetchall():
            there.store.contacts._open(row)
    return time.perf_counter() - began


async def looks(there: Installation, begins: datetime, count: int, tapping: list[bytes]) -> list[float]:
    """Seconds that each look took; every third second one of these people taps."""
    found = []
    for number in range(count):
        there.clock.now = begins + number * SECOND
        if tapping and number % 3 == 0:
            there.store.contacts.add_unanswered(tapping[number % len(tapping)])
        began = time.perf_counter()
        await there.look()
        found.append(time.perf_counter() - began)
        await there.quiet()
    return found


async def measure(data: Path, count: int) -> dict[str, list[float]]:
    """All looks, by what goes on beside them."""
    there = Installation(data, Clock(OPENED), durable=True)
    there.start()
    people = fill(there, random.Random(7))
    there.clock.now = AFTERNOON
    await there.tick()
    asked = len(there.post.letters)
    print(f"{asked} people were asked at first sight\n", file=sys.stderr)
    found = {"least": [least(there) for _ in range(5)]}
    found["quiet"] = await looks(there, AFTERNOON + SECOND, count, [])
    found["tapping"] = await looks(there, AFTERNOON + timedelta(minutes=20), count, people)
    found["night"] = await looks(there, AFTERNOON + timedelta(hours=8), count, [])
    await there.kill()
    return found


def main() -> int:
    """Measure, print the table, and say whether the figure is reached."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=600)
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as place:
        found = asyncio.run(measure(Path(place) / "data", arguments.parse_args().seconds))
    unit = min(found["least"])
    print(f"| {TEAMS * PEOPLE:,} people in {TEAMS} teams | ms, mean | ms, longest | times |")
    print("|---|---|---|---|")
    for name, title in TITLES.items():
        average, longest = 1000 * mean(found[name]), 1000 * max(found[name])
        print(f"| {title} | {average:.1f} | {longest:.0f} | {average / 1000 / unit:.2f} |")
    return int(mean(found["tapping"]) * 1000 > MOST_MS)


TITLES = {
    "least": "reading and opening everybody's row once",
    "quiet": "a look while nothing happens",
    "tapping": f"a look while somebody taps every third second (at most {MOST_MS:g} ms)",
    "night": "a look at night",
}

if __name__ == "__main__":
    raise SystemExit(main())
