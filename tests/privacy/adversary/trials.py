"""Other numbers for the same rule: the real functions, with the constants of storage.bands and panels replaced."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from unittest.mock import patch

from privacy.adversary.claims import forget_tables

from storage import bands, panels

FROM_FIVE = {4: 5, 2: 5, 1: 5}


@dataclass(frozen=True, eq=False)
class Trial:
    """A rule to try: how often each draw from -k to +k comes, from how many people on there are more panels, and
    the share that a verdict takes.
    """

    name: str
    weights: tuple[int, ...] = (1, 2, 10, 2, 1)
    panel_from: dict[int, int] = field(default_factory=lambda: dict(panels.PANEL_FROM))
    line: Fraction = Fraction(3, 5)

    @property
    def noise(self) -> tuple[int, ...]:
        """The draws one by one, as storage.bands has them."""
        far = len(self.weights) // 2
        return tuple(
            by for by, often in zip(range(-far, far + 1), self.weights, strict=True) for _ in range(often)
        )

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """The real rule with these numbers, for as long as this lasts."""
        forget_tables()
        with (
            patch.object(bands, "NOISE", self.noise),
            patch.object(panels, "PANEL_FROM", self.panel_from),
            patch.object(bands, "most", lambda n: math.ceil(self.line * n)),
        ):
            yield
        forget_tables()


NOISE = (
    Trial("no noise", (1,)),
    Trial("±1: 1 2 1", (1, 2, 1)),
    Trial("±1: 1 6 1", (1, 6, 1)),
    Trial("±2: 1 2 2 2 1", (1, 2, 2, 2, 1)),
    Trial("±2: 1 4 6 4 1", (1, 4, 6, 4, 1)),
    Trial("±2: 1 3 8 3 1", (1, 3, 8, 3, 1)),
    Trial("±2: 1 2 10 2 1"),
    Trial("±2: 1 6 18 6 1", (1, 6, 18, 6, 1)),
    Trial("±2: 1 4 22 4 1", (1, 4, 22, 4, 1)),
    Trial("±3: 1 2 4 18 4 2 1", (1, 2, 4, 18, 4, 2, 1)),
)
"""With the panels that small groups get now."""

PANELS = (
    Trial("±1: 1 2 1, more panels from 5", (1, 2, 1), FROM_FIVE),
    Trial("±2: 1 2 2 2 1, more panels from 5", (1, 2, 2, 2, 1), FROM_FIVE),
    Trial("more panels from 5", panel_from=FROM_FIVE),
    Trial("two from 10, four from 10", panel_from={4: 10, 2: 10, 1: 5}),
    Trial("two from 10, four from 15", panel_from={4: 15, 2: 10, 1: 5}),
    Trial("two from 10, four from 20"),
    Trial("two from 15, four from 20", panel_from={4: 20, 2: 15, 1: 5}),
    Trial("always one", panel_from={4: 999, 2: 999, 1: 5}),
)
"""With the noise that there is now, unless the name says otherwise."""

LINES = (
    Trial("a verdict from three fifths"),
    Trial("a verdict from two thirds", line=Fraction(2, 3)),
    Trial("a verdict from three quarters", line=Fraction(3, 4)),
)
