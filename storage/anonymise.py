"""The only maker of what may be stored as an answer: no name, no chat, no participant; just an unlinkable key.

An `AnonymousAnswer` or `SharedText` can't be built anywhere else: their constructor asks for a seal that this
module keeps to itself. `answers` accepts nothing but these two types.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass

from dialogues.tree import Question
from storage.keys import mac
from storage.masking import MaskingError, mask

_SEAL = object()

ROW_KEY_BYTES = 16
"""128 bits: no two of a million rows collide, and nothing can be guessed back."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an answer belongs: one question of one dialogue in one round of a team's period."""

    team: str
    period: int
    round: int
    dialogue: str
    question: str


@dataclass(frozen=True, slots=True)
class AnonymousAnswer:
    """A tapped option or a masked, approved text, under a key that only the person's period key can find again."""

    key: bytes
    slot: Slot
    value: str
    is_text: bool
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        _only_here(seal)


@dataclass(frozen=True, slots=True)
class SharedText:
    """Words that their author gave to the team, unmasked and after approval."""

    key: bytes
    slot: Slot
    value: str
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        _only_here(seal)


def row_key(period_key: bytes, participant: bytes, slot: Slot) -> bytes:
    """The key under which this person's answer to this question in this round is kept."""
    return mac(period_key, participant, slot.round, slot.dialogue, slot.question)[:ROW_KEY_BYTES]


def choice(period_key: bytes, participant: bytes, slot: Slot, question: Question, option: str) -> AnonymousAnswer:
    """A tapped option, ready to store. Raises ValueError for what is no option of this question."""
    if question.id != slot.question or question.option(option) is None:
        raise ValueError("no such option")
    return AnonymousAnswer(row_key(period_key, participant, slot), slot, option, is_text=False, seal=_SEAL)


def approved_text(period_key: bytes, participant: bytes, slot: Slot, masked: str) -> AnonymousAnswer:
    """A text that its author saw in its masked form and approved.

    Raises MaskingError when the text is not what masking makes of it: the gate is asked again at the door.
    """
    if mask(masked) != masked:
        raise MaskingError("not a masked text")
    return AnonymousAnswer(row_key(period_key, participant, slot), slot, masked, is_text=True, seal=_SEAL)


def shared_text(period_key: bytes, participant: bytes, slot: Slot, words: str) -> SharedText:
    """Words that their author approved of sharing with the team."""
    return SharedText(row_key(period_key, participant, slot), slot, words, seal=_SEAL)


def _only_here(seal: object) -> None:
    if seal is not _SEAL:
        raise TypeError("made by storage.anonymise only")
