"""A dialogue as frozen data: questions, options and ends, each with its place in the YAML file.

Everything that may differ per role (wording, next step) is a mapping from role to value with an entry for
every role that the dialogue is for; the parser fills it in, so that nobody below has to think about defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogues.problems import Place

ROLES: tuple[str, ...] = ("naaste", "professional")
"""The roles that answer. Clients are the third side of the triad, and out of scope for now."""

DIVIDED = "verdeeld"
"""What feedback says when no option stands out. No option may have this id, or the two would look the same."""

ByRole = Mapping[str, str]
"""Role -> wording, or role -> id of the question or end that comes next."""


@dataclass(frozen=True, slots=True)
class Option:
    """One button under a question."""

    id: str
    say: ByRole
    then: ByRole
    labels: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Question:
    """One question: either options to tap, or (`text`) words to type.

    `then` is where a typed text leads, and where a skip leads; empty means that a skip ends the dialogue.
    `share` marks a text that its author gives to the team by name of the dialogue: never masked, always shown.
    """

    id: str
    ask: ByRole
    options: tuple[Option, ...]
    text: bool
    share: bool
    then: ByRole
    place: Place

    def option(self, option_id: str) -> Option | None:
        """The option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class End:
    """The last words of a dialogue; with `contact`, the team's contact line comes below them."""

    id: str
    say: ByRole
    contact: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One whole tree. `start` names the core question, on which every number of the dialogue rests."""

    id: str
    version: int
    roles: tuple[str, ...]
    title: str
    source: str
    start: str
    questions: Mapping[str, Question]
    ends: Mapping[str, End]
    path: str

    @property
    def core(self) -> Question:
        """The first question."""
        return self.questions[self.start]
