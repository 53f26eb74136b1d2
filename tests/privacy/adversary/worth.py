"""What a release is still worth to its readers: how often the noise makes it differ from the counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from privacy.adversary.certain import Case
from privacy.adversary.claims import Claim, band_row, verdict_table

from dialogues.tree import DIVIDED
from storage import bands

Worth = dict[str, float]
"""Kind of finding -> the share of them that the noise changes.

`5-7`, `8-10` and `11-14`: verdicts that differ from the one without noise. `misleading`: verdicts that name an
option which fewer than half chose, or say *verdeeld* where four in five or more agree. `15-19` and `20+`: bands.
"""


def worth(cases: Iterable[Case]) -> Worth:
    """The chance, over all draws of the noise, that a finding differs from the truth; means over all findings."""
    shares: dict[str, list[float]] = defaultdict(list)
    for case in cases:
        for claim in case.claims:
            n, counts = len(claim.who), _counts(case, claim)
            if claim.table is None:
                true = [bands.bands({"x": count}, n)["x"] for count in counts]
                differs = [1 - np.exp(band_row(n, band)[count]) for band, count in zip(true, counts, strict=True)]
                shares[bands.size(n)] += differs
                continue
            chances = {
                winner: float(np.exp(verdict_table(n, len(counts), winner)[counts]))
                for winner in (None, *range(len(counts)))
            }
            verdict = bands.verdict(dict(zip(claim.options, counts, strict=True)), n)
            true_one = None if verdict == DIVIDED else claim.options.index(verdict)
            shares["5-7" if n < 8 else "8-10" if n < 11 else "11-14"].append(1 - chances[true_one])
            shares["misleading"].append(
                sum(chances[k] for k, count in enumerate(counts) if 2 * count < n)
                + (chances[None] if 5 * max(counts) >= 4 * n else 0.0)
            )
    return {kind: float(np.mean(found)) for kind, found in shares.items()}


def _counts(case: Case, claim: Claim) -> tuple[int, ...]:
    given = [dict(case.truth[who]).get(claim.question) for who in claim.who]
    return tuple(given.count(option) for option in claim.options)


def five_agree() -> bool:
    """Whether five people who all say the same always come out as that."""
    return bool(np.isclose(np.exp(verdict_table(5, 3, 0)[5, 0, 0]), 1.0))
