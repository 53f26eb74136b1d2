"""What a published finding says about the people behind it: for every possible count, how likely it is.

The tables come from the real functions and the real noise in storage.bands. Chances are natural logarithms, and
-inf is impossible.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, reduce

import numpy as np
from numpy.typing import NDArray

from dialogues.tree import DIVIDED
from storage import bands

Table = NDArray[np.float64]

Unknown = Hashable
"""Whose answer it is: a person, or, of people who vary, one sitting of that person."""


@dataclass(frozen=True, eq=False)
class Claim:
    """One statement about how many of `who` chose each option of a question.

    `table` has an axis per option when the options hang together, as in a verdict; else `apart` has one row of
    chances per option. Whoever of `who` chose none of the options is a remainder that nothing is said about.
    """

    who: tuple[Unknown, ...]
    question: str
    options: tuple[str, ...]
    table: Table | None = None
    apart: tuple[Table, ...] = ()

    def log_chance(self, counts: tuple[int, ...]) -> float:
        """How likely this was to be published if these were the counts."""
        if self.table is not None:
            return float(self.table[counts])
        return float(sum(row[count] for row, count in zip(self.apart, counts, strict=True)))


@cache
def verdict_table(n: int, options: int, winner: int | None) -> Table:
    """For all counts of a group of n: how likely the verdict is this option, or with None that it is divided.

    An option wins when it comes out at v, at or above the line, and every other below v.
    """
    noisy = np.zeros((n + 1, n + 1))
    for count, by in itertools.product(range(n + 1), bands.NOISE):
        noisy[count, bands.moved(count, by, n)] += 1 / len(bands.NOISE)
    below = np.cumsum(noisy, axis=1) - noisy
    wins = np.zeros((options, *(n + 1,) * options))
    for which in range(options):
        for value in range(bands.most(n), n + 1):
            rows = ((noisy if other == which else below)[:, value] for other in range(options))
            wins[which] += reduce(np.multiply.outer, rows)
    chance = wins[winner] if winner is not None else 1 - wins.sum(axis=0)
    chance[chance < 1e-12] = 0  # what is left of a difference that is none
    chance[np.indices(chance.shape).sum(axis=0) > n] = 0
    return _log(chance)


@cache
def band_row(n: int, band: str) -> Table:
    """For each count of an option in a group of n: how likely this band is."""
    hits = [
        [bands.bands({"x": bands.moved(count, by, n)}, n)["x"] == band for by in bands.NOISE]
        for count in range(n + 1)
    ]
    return _log(np.array(hits, dtype=float).mean(axis=1))


def within(n: int, low: int, high: int) -> Table:
    """A row that allows the counts from low to high, all of them as likely."""
    counts = np.arange(n + 1)
    return _log(((counts >= low) & (counts <= high)).astype(float))


def from_finding(
    who: tuple[Unknown, ...],
    question: str,
    options: tuple[str, ...],
    verdict: str | None,
    shares: Mapping[str, str] | None,
) -> Claim:
    """What one finding of a release says about the people who were counted."""
    n = len(who)
    if shares is not None:
        return Claim(who, question, options, apart=tuple(band_row(n, shares[option]) for option in options))
    winner = None if verdict == DIVIDED else options.index(str(verdict))
    return Claim(who, question, options, table=verdict_table(n, len(options), winner))


def forget_tables() -> None:
    """After the noise or a line in storage.bands was changed for a trial."""
    verdict_table.cache_clear()
    band_row.cache_clear()


def _log(chances: Table) -> Table:
    with np.errstate(divide="ignore"):
        return np.log(chances)
