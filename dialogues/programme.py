"""Which dialogue comes next: in each round everybody in a role first gets the same base question."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dialogues.tree import Dialogue

BASE: Mapping[str, str] = {"naaste": "hoe-gaat-het-met-jullie", "professional": "hoe-gaat-het-met-jou"}
"""Role -> the dialogue that opens each round, whatever the rhythm."""

BEFORE_MOMENT = "voor-het-evaluatiemoment"
AFTER_MOMENT = "na-het-evaluatiemoment"
AROUND_MOMENT = frozenset((BEFORE_MOMENT, AFTER_MOMENT))
"""These come on their own day, never by rhythm."""


def programme(role: str, library: Mapping[str, Dialogue]) -> tuple[str, ...]:
    """The dialogues for this role in the order in which a round asks them: the base first, then by id."""
    fitting = [name for name, dialogue in library.items() if role in dialogue.roles and name not in AROUND_MOMENT]
    return tuple(sorted(fitting, key=lambda name: (name != BASE.get(role), name)))


def next_dialogue(role: str, library: Mapping[str, Dialogue], asked: Collection[str]) -> str | None:
    """What to ask now, given what was asked in this round; None when the round has nothing left."""
    return next((name for name in programme(role, library) if name not in asked), None)
