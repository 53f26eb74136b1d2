"""How made-up people differ: their mood, whether they answer, how far they go on; all drawn from one seed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dialogues.rhythm import DAYPARTS, MOMENT

MOODS = 3
"""A question with three options runs from light to heavy in all our dialogues."""


class Dice(random.Random):
    """Chance that comes out the same for the same seed: for made-up people, never for keys or noise."""


@dataclass(frozen=True, slots=True)
class Character:
    """Chances from 0 to 1; `mood` weighs three options from light to heavy."""

    mood: tuple[int, int, int]
    answers: float
    skips: float
    goes_on: float
    writes: float


CHARACTERS: tuple[Character, ...] = (
    Character(mood=(8, 2, 0), answers=0.95, skips=0.02, goes_on=0.95, writes=0.9),
    Character(mood=(1, 8, 1), answers=0.95, skips=0.05, goes_on=0.95, writes=0.8),
    Character(mood=(0, 7, 3), answers=0.95, skips=0.05, goes_on=0.9, writes=0.8),
    Character(mood=(0, 3, 7), answers=0.9, skips=0.1, goes_on=0.9, writes=0.9),
    Character(mood=(3, 6, 1), answers=0.6, skips=0.2, goes_on=0.5, writes=0.2),
)
"""Cheerful, changing, changing with a weight on it, heavy, and someone who often lets it pass."""

RHYTHMS = (
    "weekly", "fourweekly", "weekly", "fortnightly", "weekly", "fourweekly",
    "weekly", "fourweekly", "weekly", "fortnightly", "weekly", MOMENT,
)  # fmt: skip
"""Taken in turn, within each role. Half of the people every week: later dialogues of a round need five of them."""
WEEKDAY = 1
"""Everybody chooses Tuesday: a demo that has to be quick stops on that day only."""
PARTS = tuple(DAYPARTS)

PATIENCE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"weekly": (0.75, 0.1), "fortnightly": (0.9, 0.7), "fourweekly": (1.0, 1.0), MOMENT: (1.0, 1.0)}
)
"""How much of answering and of going on is left at this rhythm: whoever is asked more lets more pass."""
BREAK_AFTER = 3
"""After so many questions, whoever is asked every week takes a break of four weeks, once."""
DEAR = ("Hoe gaat het", "evaluatiemoment")
"""What nobody gets enough of, at any rhythm."""


class Taste:
    """What a role as a whole tends to say to a question, so that the feedback has something to show."""

    _STRENGTHS = (24, 12, 3)

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def weights(self, role: str, question: str, options: int) -> list[int]:
        """A weight per option; the same for everybody in this role."""
        dice = Dice(f"{self._seed}:{role}:{question}")
        weights = [1] * options
        weights[dice.randrange(options)] += dice.choice(self._STRENGTHS)
        return weights
