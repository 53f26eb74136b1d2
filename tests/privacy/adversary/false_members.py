"""Somebody who takes part many times over, and so knows all answers of a group but a few.

They place their own answers where one more or less tips what is published, and look at one given person among the
genuine ones, who all answer in every round and never change. Between periods they place them anew, by what they
have seen; within one they leave them as they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from privacy.adversary.claims import band_row, verdict_table

from storage import bands, panels

SURE = 0.95
EXACT_UP_TO = 14
"""Groups up to here have verdicts, of which every history can be followed; above it, some thousands are drawn."""
DRAWN = 4000


@dataclass(frozen=True)
class Gain:
    """The chance that one given answer is certain, that it is at least 95% sure, that a guess of it is right."""

    certain: float
    sure: float
    right: float

    def best(self, other: Gain) -> Gain:
        """By each measure the better one; they need not come from the same way to attack."""
        return Gain(max(self.certain, other.certain), max(self.sure, other.sure), max(self.right, other.right))


def gain(genuine: int, accounts: int, options: int, periods: int) -> Gain:
    """The most that this many accounts get out of so many periods; they need not all answer."""
    found = Gain(0.0, 0.0, 1 / options)
    for used in range(accounts + 1):
        if genuine + used >= panels.NORMAL.group:
            for goal in ("right", "sure"):
                found = found.best(_with(genuine, used, options, periods, goal))
    return found


@cache
def _with(genuine: int, used: int, options: int, periods: int, goal: str) -> Gain:
    group = _Group(genuine, used, options)
    if group.n <= EXACT_UP_TO:
        return _sum(group.follow(group.prior, periods, goal))
    place = max(group.places, key=lambda own: group.promise(group.prior, own, goal, looks=1))
    return _sum(group.draw(place, periods * group.looks))


def forget() -> None:
    """After the noise in storage.bands was changed for a trial."""
    _with.cache_clear()


class _Group:
    """All worlds of the genuine people: how many chose what, and how likely that is when all options are."""

    def __init__(self, genuine: int, used: int, options: int) -> None:
        self.n, self.options = genuine + used, options
        self.worlds = _spread(genuine, options)
        self.places = _spread(used, options)
        logs = np.array([_log_factorial(row) for row in self.worlds])
        weight = np.exp(_log_factorial(np.array([genuine])) - logs)
        self.prior = weight / weight.sum()
        self.share = self.worlds / genuine
        self.looks = max((count for count, least in panels.PANEL_FROM.items() if self.n >= least), default=0)

    def outcomes(self, own: np.ndarray, looks: int) -> np.ndarray:
        """For every outcome of so many looks at the same answers: how likely it is in each world."""
        once = self._once(own)
        found = once
        for _ in range(looks - 1):
            found = (found[:, None, :] * once[None, :, :]).reshape(-1, once.shape[1])
        return found

    def promise(self, belief: np.ndarray, own: np.ndarray, goal: str, looks: int) -> float:
        """What is to be expected of placing one's answers like this: right guesses, or being sure."""
        chance = self.outcomes(own, looks) * belief
        best = (chance @ self.share).max(axis=1)
        if goal == "right":
            return float(best.sum())
        total = chance.sum(axis=1)
        return float(total[best >= SURE * total].sum() + 1e-3 * best.sum())

    def follow(self, belief: np.ndarray, periods: int, goal: str) -> Iterator[np.ndarray]:
        """What is believed of the given person at the end of every history, times the chance of that history."""
        if periods == 0:
            yield belief @ self.share
            return
        total = belief.sum()
        own = max(self.places, key=lambda place: self.promise(belief / total, place, goal, self.looks))
        for chance in self.outcomes(own, self.looks):
            after = belief * chance
            if after.sum() > 1e-12:
                yield from self.follow(after, periods - 1, goal)

    def draw(self, own: np.ndarray, looks: int) -> Iterator[np.ndarray]:
        """The same for some thousands of histories that are drawn by chance, with the answers in one place."""
        rng = np.random.default_rng([self.n, self.options, *own])
        once = self._once(own)
        for world in rng.choice(len(self.prior), size=DRAWN, p=self.prior):
            seen = rng.choice(len(once), size=looks, p=once[:, world] / once[:, world].sum())
            after = self.prior * once[seen].prod(axis=0)
            yield (after / after.sum() / DRAWN) @ self.share

    def _once(self, own: np.ndarray) -> np.ndarray:
        counts = self.worlds + own
        if self.n <= EXACT_UP_TO:
            said = [None, *range(self.options)]
            rows = [np.exp(verdict_table(self.n, self.options, winner))[tuple(counts.T)] for winner in said]
        else:
            names = bands.SHARES if bands.size(self.n) == bands.SIZES[1] else bands.FIFTHS
            rows = [
                np.prod(
                    [np.exp(band_row(self.n, band))[count] for band, count in zip(said, counts.T, strict=True)],
                    axis=0,
                )
                for said in itertools.product(names, repeat=self.options)
            ]
        found = np.array(rows)
        return found[found.sum(axis=1) > 0]


def _sum(ends: Iterator[np.ndarray]) -> Gain:
    certain = sure = right = 0.0
    for end in ends:
        best, total = float(end.max()), float(end.sum())
        right += best
        sure += total * (best >= SURE * total)
        certain += total * (best >= (1 - 1e-9) * total)
    return Gain(certain, sure, right)


@cache
def _spread(people: int, options: int) -> np.ndarray:
    """All ways to spread so many people over the options."""
    ways = itertools.product(range(people + 1), repeat=options)
    return np.array([way for way in ways if sum(way) == people])


def _log_factorial(counts: np.ndarray) -> float:
    return float(sum(np.log(np.arange(1, count + 1)).sum() for count in counts))
