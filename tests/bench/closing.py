"""How long closing a period takes, beside the least that any program must do: count, delete, VACUUM.

A team of a thousand, twenty-five dialogues and four rounds: 100,000 answers. Both work on copies of the same
files, in turns. Prints medians, and ends with 1 when closing takes more than MOST_TIMES the plain SQL.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from dialogues.parse import parse
from dialogues.tree import Dialogue
from storage import closing
from storage.anonymise import Slot, row_key
from storage.schema import open_answers, writing
from storage.store import Store, open_store

MOST_TIMES = 4.0
"""The figure to reach."""
PEOPLE, DIALOGUES, ROUNDS = 1000, 25, 4
OPENED = datetime(2026, 1, 5, 10, tzinfo=UTC)
CLOSES = OPENED + timedelta(weeks=16)
TREE = """
dialogue: vraag-{number}
version: 1
for: [naaste]
title: Vraag {number}
source: "bench"
start: hoe
questions:
  hoe:
    ask: Hoe gaat het?
    options:
      goed: {{say: Goed, then: dank}}
      gaat: {{say: Gaat wel, then: dank}}
      niet: {{say: Niet zo, then: dank}}
ends:
  dank: {{say: Dank je wel.}}
"""


def trees() -> list[Dialogue]:
    """Dialogues of one question each."""
    return [parse(TREE.format(number=number), f"vraag-{number}.yaml") for number in range(DIALOGUES)]


def fill(data: Path, dialogues: list[Dialogue], chance: random.Random) -> None:
    """A data directory with a period full of answers."""
    store = open_store(data)
    team = store.teams.add("Meting").id
    closing.ensure_periods(store, OPENED)
    key = store.keys.period_key(team, 1)
    with writing(store.contacts.db):
        people = [store.contacts.join(team, 1000 + n, "naaste", OPENED.date(), 1) for n in range(PEOPLE)]
    rows = [
        (row_key(key, person.id, slot), team, 1, slot.round, slot.dialogue, slot.question, option)
        for person in people
        for dialogue in dialogues
        for number in range(ROUNDS)
        for slot in [Slot(team, 1, number, dialogue.id, "hoe")]
        for option in [chance.choice(("goed", "gaat", "niet"))]
    ]
    with writing(store.answers.db):
        store.answers.db.conn.executemany("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    store.answers.vacuum()
    store.close()


def close(store: Store, dialogues: list[Dialogue]) -> None:
    """What the ticker does when a period's time has come."""
    (period,) = store.answers.all_periods(state="open")
    closing.release_period(store, period, dialogues, CLOSES, random.Random(1))
    closing.finish(store, period)


def raw(path: Path) -> float:
    """Seconds for one GROUP BY over all answers, their removal, and VACUUM."""
    db = open_answers(path)
    began = time.perf_counter()
    with writing(db):
        db.conn.execute(
            "SELECT round, dialogue, question, option, count(*) FROM answers"
            " WHERE team = 'meting' AND period = 1 GROUP BY round, dialogue, question, option"
        ).fetchall()
        db.conn.execute("DELETE FROM answers WHERE team = 'meting' AND period = 1")
    db.conn.execute("VACUUM")
    seconds = time.perf_counter() - began
    db.close()
    return seconds


def ours(data: Path, dialogues: list[Dialogue]) -> float:
    """Seconds for closing, from the release to the last trace gone."""
    store = open_store(data)
    began = time.perf_counter()
    close(store, dialogues)
    seconds = time.perf_counter() - began
    assert store.answers.release("meting", 1)
    store.close()
    return seconds


def main() -> int:
    """Measure, print the table, and say whether the figure is reached."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    runs = arguments.parse_args().runs
    dialogues = trees()
    times: dict[str, list[float]] = {"raw": [], "ours": []}
    with tempfile.TemporaryDirectory() as place:
        filled = Path(place) / "filled"
        fill(filled, dialogues, random.Random(7))
        for number in range(runs):
            copy = Path(place) / f"copy-{number}"
            shutil.copytree(filled, copy)
            shutil.copyfile(filled / "answers.db", copy / "raw.db")
            times["raw"].append(raw(copy / "raw.db"))
            times["ours"].append(ours(copy, dialogues))
            shutil.rmtree(copy)
    ratio = median(times["ours"]) / median(times["raw"])
    print("| 100,000 answers of 1,000 people | seconds | times |")
    print("|---|---|---|")
    print(f"| count, delete and VACUUM, in plain SQL | {median(times['raw']):.2f} | 1 |")
    print(f"| closing the period | {median(times['ours']):.2f} | {ratio:.1f} (at most {MOST_TIMES:g}) |")
    return int(ratio > MOST_TIMES)


if __name__ == "__main__":
    raise SystemExit(main())
