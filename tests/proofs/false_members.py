"""What a coordinator with false accounts learns of one given person, as tables for docs/proofs/false_members.md.

python tests/proofs/false_members.py [--quick]

No figure has to be reached: this is what no rule on numbers stops. Ends with 1 only when the tables make no sense:
when more accounts, or more time, would tell less.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from privacy.adversary.false_members import Gain, gain
from privacy.adversary.tables import markdown

YEAR = 3
"""Periods."""

Table = dict[tuple[int, int], Gain]


def main(quick: bool) -> int:
    """Print all tables; 0 when they make sense."""
    genuine = (1, 2, 4, 8) if quick else tuple(range(1, 15))
    accounts = (1, 2, 4, 6) if quick else tuple(range(1, 11))
    fine = True
    for options in (3,) if quick else (3, 2):
        last: Table = {}
        for periods, name in ((1, "one period"), (YEAR, "a year")):
            found = {(g, c): gain(g, c, options, periods) for g in genuine for c in accounts}
            fine &= sensible(found, last, genuine, accounts)
            last = found
            print(
                f"\n### {options} options, {name}: {100 / options:.0f}% of guesses are right without any feedback"
            )
            for what, cell in CELLS.items():
                print(f"\n{what}\n")
                print(table(found, genuine, accounts, cell))
    return 0 if fine else 1


CELLS: dict[str, Callable[[Gain], str]] = {
    "Guesses that are right, in percent:": lambda gain: f"{100 * gain.right:.0f}",
    "At least 95% sure / certain, in percent:": lambda gain: f"{100 * gain.sure:.1f} / {100 * gain.certain:.1f}",
}


def table(found: Table, genuine: tuple[int, ...], accounts: tuple[int, ...], cell: Callable[[Gain], str]) -> str:
    """Rows by genuine answers, columns by false accounts; a dash where nothing can be published."""
    rows = [(str(g), *(cell(found[g, c]) if g + c >= 5 else "–" for c in accounts)) for g in genuine]
    return markdown(("genuine answers", *(f"{c} false" for c in accounts)), rows)


def sensible(found: Table, before: Table, genuine: tuple[int, ...], accounts: tuple[int, ...]) -> bool:
    """Whether more accounts and more time never tell less, give or take what drawing by chance does."""
    more = all(
        found[g, c].right <= found[g, d].right + 1e-9 for g in genuine for c, d in itertools.pairwise(accounts)
    )
    longer = all(before[key].right <= found[key].right + 0.02 for key in before)
    return more and longer


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
