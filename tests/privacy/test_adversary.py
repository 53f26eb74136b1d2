"""An adversary with all releases, an insider per role and an exact solver learns nobody's answer for certain.

Here over a tenth of the people; tests/proofs/adversary.py does it in full, and docs/proofs/release.md has the
tables.
"""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from privacy.adversary import claims
from privacy.adversary.attack import attack, case, organisations
from privacy.adversary.certain import Case, exposed
from privacy.adversary.claims import Claim, band_row, from_finding, verdict_table, within
from privacy.adversary.guessing import guesses
from privacy.adversary.publishers import dashboard, minimum_five, naastbot
from privacy.adversary.trees import Path

from dialogues.tree import DIVIDED
from storage import bands


def test_one_panel_exposes_nobody() -> None:
    """In a period of one round, nobody of some thousands of people is exposed."""
    found = attack(naastbot, organisations(400, 1))
    assert found.people > 5_000
    assert found.exposed == 0


@pytest.mark.parametrize(("rounds", "teams"), [(4, 150), (12, 80)])
def test_many_panels_expose_nobody(rounds: int, teams: int) -> None:
    """Over a whole period, and over a year, of people who never change their answer, at most 0.05% is exposed."""
    found = attack(naastbot, organisations(teams, rounds))
    assert found.people > 2_000
    assert found.certain <= 0.0005


def test_people_who_vary_are_not_exposed() -> None:
    """Nor is anybody whose answers change, with one answer per round to be found out."""
    assert attack(naastbot, organisations(100, 12, constant=False)).exposed == 0


def test_near_certainty() -> None:
    """A year of releases makes an adversary nearly certain of few answers; others are guessed little better."""
    found = attack(naastbot, organisations(40, 12), guess=True)
    assert found.sure_and_right <= 0.015
    assert found.sure_but_wrong <= 0.003
    assert found.advantage <= 0.045


def test_a_live_dashboard_is_caught() -> None:
    """The positive control: who can look at the counts before and after each answer knows all of them."""
    found = attack(dashboard, organisations(40, 1))
    assert found.people > 400
    assert found.certain > 0.99


def test_the_usual_minimum_is_caught() -> None:
    """Exact counts with a minimum of five give away a good part of people within a period."""
    assert attack(minimum_five, organisations(40, 4)).certain > 0.05


def test_real_findings_fit_the_adversarys_tables() -> None:
    """What the real rule publishes is possible by the tables that the adversary reads it with."""
    for one in organisations(30, 4):
        this = case(one, naastbot)
        for claim in this.claims:
            given = [dict(this.truth[who]).get(claim.question) for who in claim.who]
            assert claim.log_chance(tuple(given.count(option) for option in claim.options)) > -np.inf


@pytest.mark.parametrize(("n", "options"), [(5, 2), (5, 3), (8, 3), (14, 2)])
def test_verdict_tables_are_those_of_all_draws(n: int, options: int) -> None:
    """The table of a verdict holds the share of all draws of the noise with which the real rule says it."""
    names = "abc"[:options]
    for counts in itertools.product(range(n + 1), repeat=options):
        if sum(counts) > n:
            continue
        said: dict[str, int] = dict.fromkeys((DIVIDED, *names), 0)
        for draws in itertools.product(bands.NOISE, repeat=options):
            moved = (bands.moved(count, by, n) for count, by in zip(counts, draws, strict=True))
            said[bands.verdict(dict(zip(names, moved, strict=True)), n)] += 1
        for winner, name in ((None, DIVIDED), *enumerate(names)):
            chance = float(np.exp(verdict_table(n, options, winner)[counts]))
            assert chance == pytest.approx(said[name] / len(bands.NOISE) ** options)


@pytest.mark.parametrize("seed", range(12))
def test_certainty_is_exact(seed: int) -> None:
    """The solver finds exposed exactly those whom trying every possible world finds."""
    this = small_case(random.Random(seed), exact=True)
    worlds = [world for world, _ in possible_worlds(this)]
    found = {
        (who, question)
        for who in this.targets
        for question, option in this.truth[who]
        if all(dict(world[who]).get(question) == option for world in worlds)
    }
    assert exposed(this) == found


@pytest.mark.parametrize("seed", range(4))
def test_guesses_are_those_of_the_exact_sum(seed: int) -> None:
    """The sampler comes within 0.02 of the posterior that the sum over every possible world gives."""
    this = small_case(random.Random(seed), exact=False)
    worlds = possible_worlds(this)
    total = sum(weight for _, weight in worlds)
    for guess in guesses(this, seed=seed, worlds=200, sweeps=300, dropped=30):
        by_option: dict[str, float] = {}
        for world, weight in worlds:
            option = dict(world[guess.who]).get(guess.question)
            if option is not None:
                by_option[option] = by_option.get(option, 0.0) + weight / total
        assert guess.sure == pytest.approx(max(by_option.values()), abs=0.02)


def test_tables_follow_the_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without noise a table says yes or no: it is made from the rule as it is, not from a copy."""
    monkeypatch.setattr(bands, "NOISE", (0,))
    claims.forget_tables()
    chances = {float(chance) for chance in np.exp(band_row(15, "weinig"))}
    claims.forget_tables()
    assert chances == {0.0, 1.0}


PATHS: tuple[Path, ...] = (
    (("kern", "ja"),),
    (("kern", "nee"), ("waarom", "tijd")),
    (("kern", "nee"), ("waarom", "lef")),
    (("kern", "nee"),),
)


def small_case(dice: random.Random, *, exact: bool) -> Case:
    """Seven people in three overlapping groups of five or six: with exact counts, or with findings of the rule."""
    truth = {who: dice.choice(PATHS) for who in range(7)}
    found = []
    for _ in range(3):
        who = tuple(sorted(dice.sample(range(7), dice.choice((5, 6)))))
        for question, options in (("kern", ("ja", "nee")), ("waarom", ("tijd", "lef"))):
            given = [dict(truth[ref]).get(question) for ref in who]
            counts = {option: given.count(option) for option in options}
            if exact:
                rows = tuple(within(len(who), count, count + dice.choice((0, 1))) for count in counts.values())
                found.append(Claim(who, question, options, apart=rows))
            else:
                noisy = {o: bands.moved(count, dice.choice(bands.NOISE), len(who)) for o, count in counts.items()}
                found.append(from_finding(who, question, options, bands.verdict(noisy, len(who)), None))
    return Case(found, {"": PATHS}, {"": (0.4, 0.2, 0.3, 0.1)}, dict.fromkeys(range(7), ""), truth, frozenset({0}))


def possible_worlds(this: Case) -> list[tuple[dict[int, Path], float]]:
    """Everything that could be true, with how likely it is."""
    found = []
    for chosen in itertools.product(range(len(PATHS)), repeat=len(this.targets)):
        world = {**this.truth, **{who: PATHS[k] for who, k in zip(this.targets, chosen, strict=True)}}
        log = sum(np.log(this.chances[""][k]) for k in chosen)
        for claim in this.claims:
            given = [dict(world[who]).get(claim.question) for who in claim.who]
            log += claim.log_chance(tuple(given.count(option) for option in claim.options))
        if log > -np.inf:
            found.append((world, float(np.exp(log))))
    return found
