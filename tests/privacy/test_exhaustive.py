"""One finding, all cases: whatever is published, and whatever insiders know, no outsider's answer is certain."""

from __future__ import annotations

import itertools

import pytest
from privacy.adversary.exhaustive import INSIDERS, Tally, look

from storage import bands

SIZES = range(5, 26)
FOUR_OPTIONS_IN_A_MINUTE = (5, 6, 7, 8, 9, 10, 15, 20)
"""All sizes with four options take minutes; `make proof` does them."""


def total(sizes: tuple[int, ...] | range, options: int, insiders: int) -> Tally:
    """The core question and a follow-up, over all these sizes."""
    looks = (look(n, options, insiders, follow_up=more) for n in sizes for more in (False, True))
    return sum(looks, Tally())


@pytest.mark.parametrize("insiders", INSIDERS)
@pytest.mark.parametrize("options", [2, 3])
def test_no_finding_makes_an_answer_certain(options: int, insiders: int) -> None:
    """No outcome of a group of 5 to 25, with the answers of up to two insiders, leaves others one answer only."""
    found = total(SIZES, options, insiders)
    assert found.situations > 100
    assert found.certain == 0


@pytest.mark.parametrize("insiders", INSIDERS)
def test_no_finding_on_four_options_makes_an_answer_certain(insiders: int) -> None:
    """The same with four options, for the sizes at which something begins."""
    assert total(FOUR_OPTIONS_IN_A_MINUTE, 4, insiders).certain == 0


@pytest.mark.proof
def test_no_finding_on_four_options_of_any_size() -> None:
    """The same with four options for every size."""
    assert sum((total(SIZES, 4, insiders) for insiders in INSIDERS), Tally()).certain == 0


def test_without_noise_it_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look finds what there is to be found: without noise, insiders learn what all others said."""
    monkeypatch.setattr(bands, "NOISE", (0,))
    assert total(SIZES, 2, 2).certain > 0


@pytest.mark.parametrize("n", SIZES)
def test_everybody_agreeing_is_said(n: int) -> None:
    """When all of a group say the same, that is what comes out, whatever the noise."""
    for draws in itertools.product(set(bands.NOISE), repeat=3):
        noisy = {
            option: bands.moved(count, by, n) for option, count, by in zip("abc", (n, 0, 0), draws, strict=True)
        }
        if n < 15:
            assert bands.verdict(noisy, n) == "a"
        else:
            assert bands.bands(noisy, n)["a"] in {"de meesten", "80-100"}


@pytest.mark.parametrize("n", [15, 19, 20, 25])
def test_the_band_of_an_option_hangs_on_its_count_alone(n: int) -> None:
    """The exhaustive look takes the options of larger groups one by one; that is how they are published."""
    alone = {count: bands.bands({"a": count}, n)["a"] for count in range(n + 1)}
    for a, b in itertools.product(range(n + 1), repeat=2):
        assert bands.bands({"a": a, "b": b}, n) == {"a": alone[a], "b": alone[b]}
