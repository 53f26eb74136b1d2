"""The programme: what everybody in a role is asked in a round, in order, the same base question first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dialogues.tree import Dialogue

BASE: Mapping[str, str] = {"naaste": "hoe-gaat-het-met-jullie", "professional": "hoe-gaat-het-met-jou"}
"""Role -> the dialogue that opens each round, whatever the rhythm and whatever a programme says."""

BEFORE_MOMENT = "voor-het-evaluatiemoment"
AFTER_MOMENT = "na-het-evaluatiemoment"
AROUND_MOMENT = frozenset((BEFORE_MOMENT, AFTER_MOMENT))
"""These come on their own day, never by rhythm."""


@dataclass(frozen=True, slots=True)
class Programme:
    """What follows the base: dialogue ids in order, by role; a team (by its id) may have lists of its own."""

    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    teams: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def of(self, team: str, role: str) -> tuple[str, ...] | None:
        """The list for this role in this team; None when the programme says nothing about it."""
        return self.teams.get(team, {}).get(role, self.listed.get(role))


def in_turn(
    role: str, library: Mapping[str, Dialogue], listed: Sequence[str], turn: int, first: Sequence[str] = ()
) -> tuple[str, ...]:
    """What this role is asked in a round, in order: the base, then `first`, then what is listed, each once.

    Each round begins one further on in the list (`turn` counts rounds), so that in a long list everything has its
    turn, also for who is asked twice a round. It is the same for everybody in a role: what is asked of few at a
    time can't be shown. What is not in the library, or not for this role, is passed over.
    """
    row = [name for name in listed if _follows(role, name, library)]
    begin = turn % len(row) if row else 0
    base = [name for name in (BASE.get(role),) if name is not None and name in library]
    own = [name for name in first if _follows(role, name, library)]
    return tuple(dict.fromkeys((*base, *own, *row[begin:], *row[:begin])))


def for_role(role: str, library: Mapping[str, Dialogue]) -> tuple[str, ...]:
    """Everything that this role can be asked at any time, whatever is listed: the base first, then by id."""
    names = (name for name in library if _follows(role, name, library))
    return tuple(sorted(names, key=lambda name: (name != BASE.get(role), name)))


def _follows(role: str, name: str, library: Mapping[str, Dialogue]) -> bool:
    dialogue = library.get(name)
    return dialogue is not None and role in dialogue.roles and name not in AROUND_MOMENT
