"""kill -9 in the middle of a broadcast, again and again: how many people get their question twice, as a table.

python tests/proofs/repeats.py [--quick]

After each kill the server knows which calls it had answered and which not; the bot says at its next start how many
messages may come twice. Ends with 1 when a question came twice more often than messages were under way, when the
log promised less than what came, or when anybody was left out.
"""

from __future__ import annotations

import asyncio
import logging
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bot"))

from killed_while_sending import Kill, killed_while_sending
from privacy.adversary.tables import markdown

from bot.schedule.outbox import AT_ONCE

KILLS = 20
"""At each latency."""
LATENCIES = (0.0, 0.1, 1.0)
"""Seconds that the server takes to answer after it has sent a message."""


def main(quick: bool) -> int:
    """Print the table; 0 when every promise is kept."""
    logging.disable(logging.CRITICAL)
    kills, rows, fine = KILLS // 10 if quick else KILLS, [], True
    for latency in LATENCIES:
        with tempfile.TemporaryDirectory() as directory:
            story = asyncio.run(killed_while_sending(Path(directory), kills, latency, random.Random(5)))
        fine &= not story.left_out and all(map(kept, story.kills))
        rows.append(
            (
                f"{1000 * latency:.0f} ms",
                len(story.kills),
                sum(kill.repeated for kill in story.kills),
                max(kill.repeated for kill in story.kills),
                max(kill.unanswered for kill in story.kills),
                max(kill.promised for kill in story.kills),
                story.left_out,
            )
        )
    print(markdown(COLUMNS, [tuple(map(str, row)) for row in rows]))
    return 0 if fine else 1


COLUMNS = (
    "the server answers after",
    "kills",
    "questions that came twice",
    "most after one kill",
    "most calls not answered at a kill",
    "most that the log spoke of",
    "people left out",
)


def kept(kill: Kill) -> bool:
    """Whether one kill did no more than it may."""
    return kill.repeated <= kill.promised <= AT_ONCE


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
