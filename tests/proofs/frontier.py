"""The same rule with other numbers, over a year: what each gives away, and what its words are still worth.

python tests/proofs/frontier.py [--quick] [--picture FILE.svg]

Ends with 1 when the numbers in the code expose more than one in two thousand people for certain, in a year or in
four.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from privacy.adversary.attack import Found, attack, case, organisations
from privacy.adversary.false_members import forget, gain
from privacy.adversary.publishers import naastbot
from privacy.adversary.replaced import agreement_said, guessed_among_false, moved, replaced, wrong
from privacy.adversary.scatter import Dot, scatter
from privacy.adversary.tables import markdown, percent
from privacy.adversary.trials import LINES, NOISE, PANELS, Trial
from privacy.adversary.worth import Worth, five_agree, worth

from storage import bands

YEAR, FOUR_YEARS = 12, 48
"""Rounds. In four years the smallest groups, which have one panel a period, have had twelve of them."""
TEAMS = {YEAR: 240, FOUR_YEARS: 150}
GUESSED = 120
"""Teams over which certainty is counted, and those of a year over which guesses are."""

MOST_EXPOSED = 0.0005

PICTURED = (*NOISE, *PANELS[:3], PANELS[-1])
"""Those that can be told apart in a picture."""


@dataclass(frozen=True)
class Result:
    """One trial and what came of it; `later` is what is certain after four years, where that was looked at."""

    trial: Trial
    found: Found
    later: Found | None
    guessed: Found
    worth: Worth
    agreeing: bool

    @property
    def allowed(self) -> bool:
        """Whether this trial is a rule that we could have at all."""
        seen = [self.found, *([self.later] if self.later else [])]
        return self.agreeing and all(one.certain <= MOST_EXPOSED for one in seen)


def main(arguments: argparse.Namespace) -> int:
    """Print the tables, draw the picture; 0 when the numbers in the code are allowed by what is found here."""
    part = 10 if arguments.quick else 1
    done: dict[Trial, Result] = {}
    for title, trials in (("Noise", NOISE), ("Panels", PANELS), ("Verdicts", LINES)):
        print(f"\n### {title}\n", flush=True)
        for trial in trials:
            same = next((result for other, result in done.items() if numbers(other) == numbers(trial)), None)
            done[trial] = replace(same, trial=trial) if same else attempt(trial, part, later=trials is NOISE)
        print(table([done[trial] for trial in trials]), flush=True)
    print("\n### When all others are known\n")
    print(all_others_known())
    print("\n### Another kind of noise\n")
    print(another_kind())
    if arguments.picture:
        arguments.picture.write_text(picture(done), encoding="utf-8")
    chosen = next(result for trial, result in done.items() if trial.noise == bands.NOISE)
    verdict = "allowed" if chosen.allowed else "NOT allowed"
    print(f"\nThe numbers in the code are {verdict}.")
    return 0 if chosen.allowed else 1


def numbers(trial: Trial) -> tuple[object, ...]:
    """What tells two trials apart, whatever they are called."""
    return trial.weights, tuple(trial.panel_from.items()), trial.line


def attempt(trial: Trial, part: int, *, later: bool) -> Result:
    """One trial against all teams."""
    year = TEAMS[YEAR] // part
    with trial.in_force():
        return Result(
            trial,
            found=attack(naastbot, organisations(year, YEAR)),
            later=attack(naastbot, organisations(TEAMS[FOUR_YEARS] // part, FOUR_YEARS)) if later else None,
            guessed=attack(naastbot, organisations(GUESSED // part, YEAR), guess=True),
            worth=worth(case(one, naastbot) for one in organisations(year, YEAR)),
            agreeing=five_agree(),
        )


def table(results: list[Result]) -> str:
    """One row per trial; shares in percent."""
    kinds = ("5-7", "8-10", "11-14", "misleading", "15-19", "20+")
    head = (
        "rule",
        "certain, a year",
        "certain, four years",
        "≥ 95% sure and right",
        "guessed right more",
        *(f"wrong, {kind}" for kind in kinds),
        "five agree",
    )
    rows = [
        (
            result.trial.name,
            exposure(result.found),
            exposure(result.later) if result.later else "–",
            percent(result.guessed.sure_and_right),
            percent(result.guessed.advantage, 1),
            *(percent(result.worth[kind], 1) if kind in result.worth else "–" for kind in kinds),
            "yes" if result.agreeing else "not always",
        )
        for result in results
    ]
    return markdown(head, rows)


def all_others_known() -> str:
    """Each noise against four false members beside one genuine person, and what its verdicts are worth."""
    head = (
        "noise",
        "wrong, 5-7",
        "guessed right",
        "guessed right in a year",
        "≥ 95% sure in a year",
        "certain in a year",
    )
    rows = []
    for trial in NOISE:
        with trial.in_force():
            forget()
            period, year = gain(1, 4, 3, 1), gain(1, 4, 3, 3)
            shares = (wrong(moved, range(5, 8)), period.right, year.right, year.sure, year.certain)
        rows.append((trial.name, *(percent(share, 1) for share in shares)))
    forget()
    return markdown(head, rows)


def another_kind() -> str:
    """The noise of the rule beside one that replaces answers; both over one release, for three options."""
    kinds = {"counts are moved: the rule": moved}
    kinds |= {f"one answer in {round(1 / chance)} is replaced": replaced(chance) for chance in (0.05, 0.1, 0.2)}
    head = ("noise", "wrong, 5-7", "wrong, 8-14", "agreement is said, at least", "one among four false is guessed")
    rows = [
        (
            name,
            percent(wrong(kind, range(5, 8)), 1),
            percent(wrong(kind, range(8, 15)), 1),
            percent(agreement_said(kind), 1),
            percent(guessed_among_false(kind), 1),
        )
        for name, kind in kinds.items()
    ]
    return markdown(head, rows)


def exposure(found: Found) -> str:
    """So many of so many."""
    return f"{found.exposed} of {found.people:,}"


def picture(done: dict[Trial, Result]) -> str:
    """Verdicts that are wrong in the smallest groups, against answers of which the adversary is sure and right."""
    dots = [
        Dot(
            x=100 * result.worth["5-7"],
            y=100 * result.guessed.sure_and_right,
            name=result.trial.name,
            good=result.allowed,
            chosen=numbers(result.trial) == numbers(Trial("")),
        )
        for result in (done[trial] for trial in PICTURED)
    ]
    return scatter(
        dots,
        across="verdicts that the noise makes wrong, of groups of 5 to 7 people (%)",
        up="answers of which the adversary is ≥ 95% sure, and right (%)",
        key=("at most 0.05% exposed for certain", "more, or five who agree may come out as divided", "the rule"),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the teams")
    parser.add_argument("--picture", type=Path, help="also draw the frontier")
    sys.exit(main(parser.parse_args()))
