"""The thief at the files of a bot that is really used, as a table for docs/proofs/at-rest.md.

python tests/proofs/thief.py [--quick]

Ends with 1 when a figure is not reached: with all keys every answer of an open period is tied to a chat, which
shows that the linker works; with less than that none is, at any moment; after closing none is with any keys.
"""

from __future__ import annotations

import asyncio
import logging
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bot"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "storage"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "privacy"))

from thief.case import answers
from thief.score import Score
from thief.story import Copies, Story, tell
from thief.with_keys import grouped

LIVES, PEOPLE, STEPS = 10, 12, 60
FAR = 6.0
"""Standard deviations above blind guessing that chance alone does not reach."""
KEYS = {"none": "no keys", "master": "`master.key`", "period": "the period's key", "all": "all keys"}

NOBODY, EVERYBODY = (0.0, 0.0), (1.0, 1.0)
KNOWN_LIMIT = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Theft:
    """One line of the table: what is taken, and which share of the answers may be tied to a chat."""

    what: str
    copies: Callable[[Story], Copies]
    keys: str
    share: tuple[float, float]


THEFTS = (
    Theft("at any moment", Story.anytime, "none", NOBODY),
    Theft("at any moment", Story.anytime, "master", NOBODY),
    Theft("at any moment", Story.anytime, "period", NOBODY),
    Theft("at any moment", Story.anytime, "all", EVERYBODY),
    Theft("during a write, with the journal", Story.in_a_write, "none", NOBODY),
    Theft("during a write, with the journal", Story.in_a_write, "all", EVERYBODY),
    Theft("at any moment, without `contacts.db`", Story.answers_alone, "all", NOBODY),
    Theft("two nights, one person answered in between", Story.around_an_answer, "none", NOBODY),
    Theft("two nights, one person answered in between", Story.around_an_answer, "period", NOBODY),
    Theft("two nights, one person answered in between", Story.around_an_answer, "master", KNOWN_LIMIT),
    Theft("two nights, one person joined and answered", Story.around_a_join, "none", NOBODY),
    Theft("two nights, one person joined and answered", Story.around_a_join, "period", NOBODY),
    Theft("two nights, one person joined and answered", Story.around_a_join, "master", KNOWN_LIMIT),
    Theft("after closing", Story.after_closing, "none", NOBODY),
    Theft("after closing", Story.after_closing, "all", NOBODY),
    Theft("files of before closing, keys of after it", Story.older_files, "all", NOBODY),
)


def main(quick: bool) -> int:
    """Print the tables; 0 when every figure is reached."""
    logging.disable(logging.CRITICAL)
    stories = [told(seed) for seed in range(1 if quick else LIVES)]
    copies = sum(len(story.told) + len(story.writing) + 1 for story in stories)
    print(f"{len(stories)} periods of {PEOPLE} people each, {copies} copies.\n")
    print("| both files, | keys | answers | tied to a chat | to a nameless row | to each other | guesses |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    ways: defaultdict[str, set[str]] = defaultdict(set)
    fine = True
    for theft in THEFTS:
        fine &= line(theft, stories, ways)
    print("\nWhat tied them:\n")
    for way, where in sorted(ways.items()):
        print(f"- {way}: {', '.join(sorted(where))}")
    print(f"\n{'All figures are reached.' if fine else 'NOT all figures are reached.'}")
    return 0 if fine else 1


def told(seed: int) -> Story:
    """One story; its files are gone afterwards."""
    with tempfile.TemporaryDirectory() as directory:
        return asyncio.run(tell(Path(directory), seed, PEOPLE, STEPS))


def line(theft: Theft, stories: Sequence[Story], ways: dict[str, set[str]]) -> bool:
    """Print one line; whether it is as promised."""
    total, together = Score(), 0
    seen: set[bytes] = set()
    for story in stories:
        cases = [story.case(*copies, keys=theft.keys) for copies in theft.copies(story)]
        for case in cases:
            total.add(case, story.truth)
            seen |= answers(case.loot).keys()
        together += max(map(grouped, cases), default=0)
    for way in total.ties:
        ways[way].add(KEYS[theft.keys])
    luck = total.luck(random.Random(1))
    counts = (len(seen), len(total.chats), len(total.rows), together)
    print(f"| {theft.what} | {KEYS[theft.keys]} | {' | '.join(map(str, counts))} | {luck:+.1f} sd |", flush=True)
    share = len(total.chats) / len(seen) if seen else 0.0
    least, most = theft.share if seen else NOBODY
    return least <= share <= most and luck < FAR


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
