"""What false members learn is counted right: it is what no rule on numbers stops, and people are told of it."""

from __future__ import annotations

import itertools

import pytest
from privacy.adversary.false_members import gain

from storage import bands


def test_one_person_among_false_ones_is_what_all_draws_give() -> None:
    """Of one genuine person among four false ones, so many guesses are right as over all draws of the noise."""
    best = 0.0
    for own in range(5):
        right: dict[str, list[int]] = {}
        for truth, (a, b) in enumerate(((own + 1, 4 - own), (own, 5 - own))):
            for draws in itertools.product(bands.NOISE, repeat=2):
                noisy = {"a": bands.moved(a, draws[0], 5), "b": bands.moved(b, draws[1], 5)}
                right.setdefault(bands.verdict(noisy, 5), [0, 0])[truth] += 1
        best = max(best, sum(max(seen) for seen in right.values()) / (2 * len(bands.NOISE) ** 2))
    assert gain(1, 4, 2, 1).right == pytest.approx(best)


def test_below_the_floor_nothing_is_learned() -> None:
    """Three false members beside one genuine person publish nothing, and so learn nothing."""
    assert gain(1, 3, 3, 3).right == pytest.approx(1 / 3)
    assert gain(1, 3, 3, 3).sure == 0


@pytest.mark.parametrize("genuine", [1, 2, 4])
def test_more_of_anything_never_tells_less(genuine: int) -> None:
    """More false members, and more periods, never tell less; more genuine people never tell more."""
    once, longer = gain(genuine, 4, 3, 1), gain(genuine, 4, 3, 3)
    assert 1 / 3 < once.right <= longer.right
    assert once.sure <= longer.sure + 1e-9
    assert once.right <= gain(genuine, 5, 3, 1).right + 1e-9
    assert gain(genuine + 1, 4, 3, 1).right <= once.right + 1e-9
