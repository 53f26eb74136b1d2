"""Another kind of noise, to compare with: before they are counted, some answers are replaced by random ones."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from privacy.adversary.claims import verdict_table

from dialogues.tree import DIVIDED
from storage import bands

OPTIONS = ("a", "b", "c")
Counts = tuple[int, int, int]
Chances = dict[str, float]
"""Verdict -> its chance."""

Mechanism = Callable[[Counts], Chances]
"""From what a group of up to 14 answered to what may be said of it."""


def moved(counts: Counts) -> Chances:
    """The noise that the rule has: on the count of each option."""
    said = [(DIVIDED, None), *((option, number) for number, option in enumerate(OPTIONS))]
    tables = {name: verdict_table(sum(counts), len(OPTIONS), winner) for name, winner in said}
    return {name: float(np.exp(table[counts])) for name, table in tables.items()}


def replaced(chance: float) -> Mechanism:
    """The noise that each answer gets by itself: with this chance any option takes its place, also the same."""

    @cache
    def said(counts: Counts) -> Chances:
        spread: dict[Counts, float] = {(0, 0, 0): 1.0}
        for option, count in enumerate(counts):
            for _ in range(count):
                spread = _one_more(spread, option, chance)
        found: Chances = defaultdict(float)
        for noisy, weight in spread.items():
            found[bands.verdict(dict(zip(OPTIONS, noisy, strict=True)), sum(counts))] += weight
        return found

    return said


def wrong(mechanism: Mechanism, sizes: range, teams: int = 60) -> float:
    """The share of verdicts that differ from the one without noise, over teams that answer by chance."""
    dice, shares = random.Random(1), []
    for n in sizes:
        for _ in range(teams):
            drawn = [dice.gammavariate(1, 1) for _ in OPTIONS]
            habit = [0.8 * value / sum(drawn) + 0.2 / len(OPTIONS) for value in drawn]
            for counts in _spread(n):
                true = bands.verdict(dict(zip(OPTIONS, counts, strict=True)), n)
                shares.append(
                    _multinomial(counts, habit) * (1 - mechanism(counts).get(true, 0.0)) / teams / len(sizes)
                )
    return sum(shares)


def guessed_among_false(mechanism: Mechanism, false: int = 4) -> float:
    """How often one person's answer is guessed right by whoever holds all other answers, in the best place."""

    def right(own: Counts) -> float:
        worlds = [mechanism((own[0] + (k == 0), own[1] + (k == 1), own[2] + (k == 2))) for k in range(3)]
        return sum(max(world.get(said, 0.0) for world in worlds) for said in (DIVIDED, *OPTIONS)) / 3

    return max(right(own) for own in _spread(false))


def agreement_said(mechanism: Mechanism) -> float:
    """How likely it is at least that everybody saying the same comes out as that."""
    return min(mechanism((n, 0, 0)).get("a", 0.0) for n in range(5, 15))


def _one_more(spread: dict[Counts, float], option: int, chance: float) -> dict[Counts, float]:
    more: dict[Counts, float] = defaultdict(float)
    for (a, b, c), weight in spread.items():
        for other, counts in enumerate(((a + 1, b, c), (a, b + 1, c), (a, b, c + 1))):
            more[counts] += weight * (chance / 3 + (1 - chance) * (other == option))
    return more


def _spread(n: int) -> Iterator[Counts]:
    return ((a, b, n - a - b) for a in range(n + 1) for b in range(n + 1 - a))


def _multinomial(counts: Counts, habit: list[float]) -> float:
    ways = math.factorial(sum(counts)) / math.prod(math.factorial(count) for count in counts)
    return ways * math.prod(share**count for share, count in zip(habit, counts, strict=True))
