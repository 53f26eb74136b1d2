"""Every outcome that one finding can have, and what it says about somebody: no chance, no samples, all cases.

For a group of n and a question with some options, all counts that are possible are laid out; the real functions of
storage.bands say what can be published of each, over all draws of the noise. Then for every outcome, and for every
answer that the insiders in the group may have given, we look at all counts that could lie behind it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from storage import bands

INSIDERS = (0, 1, 2)


@dataclass(frozen=True)
class Tally:
    """Over how many situations was looked, and in how many of them something about an outsider is certain.

    A situation is an outcome with the answers of the insiders. `certain`: every outsider is known to have given
    one answer, or not to have come to the question. `ruled_out`: some answer is known to be given by no outsider.
    """

    situations: int = 0
    certain: int = 0
    ruled_out: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.situations + other.situations, self.certain + other.certain, self.ruled_out + other.ruled_out
        )


def look(n: int, options: int, insiders: int, *, follow_up: bool) -> Tally:
    """All situations of a group of n. In a `follow_up` some did not come to the question, and nobody knows who."""
    worlds = _worlds(n, options, follow_up=follow_up)
    kinds = worlds.shape[1]
    tally = Tally()
    for behind in _outcomes(n, worlds, options):
        for own in itertools.combinations_with_replacement(range(kinds), insiders):
            theirs = np.bincount(own, minlength=kinds) if own else np.zeros(kinds, dtype=int)
            others = behind[(behind >= theirs).all(axis=1)] - theirs
            if len(others):
                certain = bool((others.min(axis=0) == n - insiders).any())
                ruled_out = bool((others[:, :options].max(axis=0) == 0).any())
                tally += Tally(1, certain, ruled_out)
    return tally


def _worlds(n: int, options: int, *, follow_up: bool) -> np.ndarray:
    """All ways in which n people can be spread over the options and, in a follow-up, the remainder."""
    kinds = options + follow_up
    bars = np.array(list(itertools.combinations(range(n + kinds - 1), kinds - 1)))
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), n + kinds - 1)])
    return np.diff(edges, axis=1) - 1


def _outcomes(n: int, worlds: np.ndarray, options: int) -> Iterator[np.ndarray]:
    """For each outcome that can be published, the worlds behind it."""
    draws = sorted(set(bands.NOISE))
    reach = [[bands.moved(count, by, n) for by in draws] for count in range(n + 1)]
    if bands.size(n) == bands.SIZES[0]:
        verdicts = {
            noisy: bands.verdict(dict(zip("abcd", noisy, strict=False)), n)
            for noisy in itertools.product(range(n + 1), repeat=options)
        }
        can = [
            {verdicts[noisy] for noisy in itertools.product(*(reach[count] for count in world[:options]))}
            for world in worlds.tolist()
        ]
        for outcome in set(verdicts.values()):
            yield worlds[[outcome in found for found in can]]
        return
    named = [{bands.bands({"a": count}, n)["a"] for count in near} for near in reach]
    for outcome in itertools.product(sorted(set().union(*named)), repeat=options):
        behind = np.ones(len(worlds), dtype=bool)
        for option, band in enumerate(outcome):
            possible = np.array([band in found for found in named])
            behind &= possible[worlds[:, option]]
        yield worlds[behind]
