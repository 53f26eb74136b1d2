"""What goes into a release: people and answers still tied together, for the length of one call only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Person:
    """A counting participant: joined at least two weeks before closing; the caller sees to that.

    `ref` means something only inside one call of `release`.
    """

    ref: int
    role: str


class Choice(NamedTuple):
    """One stored answer: this person tapped this option in this round."""

    ref: int
    round: int
    dialogue: str
    question: str
    option: str


class Words(NamedTuple):
    """One masked text that its author approved."""

    ref: int
    round: int
    dialogue: str
    question: str
    text: str


class Shared(NamedTuple):
    """A text that its author gave to the team, knowing that colleagues may recognise it. Tied to nobody."""

    dialogue: str
    question: str
    text: str
