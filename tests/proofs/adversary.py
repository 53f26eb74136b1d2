"""The adversary against the release rule and against the usual rules, as tables for docs/proofs/release.md.

python tests/proofs/adversary.py [--quick]

Ends with 1 when a figure is not reached: nobody of ten thousand exposed in one panel, at most one in two thousand
over the panels of a period, of a year and of four years, and nearly everybody behind a live dashboard.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from privacy.adversary.attack import Found, attack, organisations
from privacy.adversary.exhaustive import INSIDERS, Tally, look
from privacy.adversary.publishers import (
    EXACT,
    Publisher,
    dashboard,
    everything,
    minimum_five,
    naastbot,
    rounded,
    suppressed,
)
from privacy.adversary.tables import markdown, percent

RULES: dict[str, Publisher] = {
    "**naastbot**": naastbot,
    "rounded to five, from five people": rounded,
    "minimum five, complementary suppression": suppressed,
    "exact counts, minimum five": minimum_five,
    "exact counts, no rule": everything,
}
TEAMS = {1: 650, 4: 450, 12: 350}
"""Rounds -> teams that make more than ten thousand people."""

MOST_EXPOSED = 0.0005


def main(quick: bool) -> int:
    """Print all tables; 0 when every figure is reached."""
    part = 10 if quick else 1
    print("### One finding, all cases\n")
    fine = every_case(quick)
    print("\n### Exposed for certain\n")
    found = by_rule({rounds: teams // part for rounds, teams in TEAMS.items()})
    fine &= found["**naastbot**", 1].exposed == 0
    fine &= all(found["**naastbot**", rounds].certain <= MOST_EXPOSED for rounds in TEAMS)
    fine &= min(found["**naastbot**", rounds].people for rounds in TEAMS) >= 10_000 // part
    print("\n### Guessed\n")
    guessed(found)
    print("\n### Made harder, and controlled\n")
    fine &= harder(part)
    print(f"\n{'All figures are reached.' if fine else 'NOT all figures are reached.'}")
    return 0 if fine else 1


def every_case(quick: bool) -> bool:
    """The exhaustive look, per class of size; in a quick run without four options."""
    rows, fine = [], True
    for name, sizes in (("5-14", range(5, 15)), ("15-19", range(15, 20)), ("20-25", range(20, 26))):
        for insiders in INSIDERS:
            tallies = (
                look(n, options, insiders, follow_up=more)
                for n in sizes
                for options in ((2, 3) if quick else (2, 3, 4))
                for more in (False, True)
            )
            tally = sum(tallies, Tally())
            fine &= tally.certain == 0
            ruled_out = percent(tally.ruled_out / tally.situations, 1)
            rows.append((name, str(insiders), f"{tally.situations:,}", str(tally.certain), ruled_out))
    print(markdown(("people", "insiders", "situations", "an answer certain", "an answer ruled out"), rows))
    return fine


def by_rule(teams: dict[int, int]) -> dict[tuple[str, int], Found]:
    """Every rule against the same organisations, in which nobody ever changes an answer."""
    found = {
        (name, rounds): attack(publish, organisations(count, rounds), guess=True)
        for rounds, count in teams.items()
        for name, publish in RULES.items()
    }
    rows = [(name, *(exposure(found[name, rounds]) for rounds in teams)) for name in RULES]
    print(markdown(("rule", "one round", "a period of four", "a year of twelve"), rows))
    return found


def guessed(found: dict[tuple[str, int], Found]) -> None:
    """What the same adversary may guess, where the prior alone guesses right so often."""
    rows = []
    for (name, rounds), one in found.items():
        least = "≥ " if RULES[name] in EXACT else ""
        sure, wrong = percent(one.sure_and_right), percent(one.sure_but_wrong) if not least else "–"
        better = f"{least}{100 * one.advantage:.1f}"
        rows.append((name, str(rounds), percent(one.right_before, 1), better, f"{least}{sure}", wrong))
    head = ("rule", "rounds", "right by the prior", "more, in points", "≥ 95% sure and right", "≥ 95% sure, wrong")
    print(markdown(head, rows))


def harder(part: int) -> bool:
    """Our rule when more is known, for longer, and of people who vary; and what must be caught."""
    trials = {
        "a year, three insiders per role": (naastbot, organisations(350 // part, 12, insiders=3)),
        "four years": (naastbot, organisations(200 // part, 48)),
        "a year, people who vary": (naastbot, organisations(100 // part, 12, constant=False)),
        "control: a live dashboard, one round": (dashboard, organisations(400 // part, 1)),
    }
    found = {name: attack(publish, teams) for name, (publish, teams) in trials.items()}
    print(markdown(("what", "exposed for certain"), [(name, exposure(one)) for name, one in found.items()]))
    *ours, control = found.values()
    return all(one.certain <= MOST_EXPOSED for one in ours) and control.certain >= 0.99


def exposure(found: Found) -> str:
    """So many of so many, and as a share."""
    return f"{found.exposed:,} of {found.people:,} ({percent(found.certain)})"


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
