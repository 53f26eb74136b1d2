"""the release rule (docs/architecture.md): the only way from answers to something that may be shown. Pure."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import InitVar, asdict, dataclass
from datetime import date
from typing import Self

from dialogues.tree import Dialogue
from storage.attributed import Choice, Person, Shared, Words
from storage.panels import NORMAL, STRICT, panels_of, rows_by_dialogue
from storage.published import (
    AskedOption,
    AskedQuestion,
    Panel,
    Quote,
    ReleasedDialogue,
    dialogues_from,
    quotes_from,
)
from storage.quotes import shared_texts, texts

__all__ = ["Choice", "Person", "PublishableFeedback", "Shared", "Words", "release"]

_RELEASE_SEAL = object()
"""Known to this module alone. Without it no PublishableFeedback can be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishableFeedback:
    """What a team may see of one closed period, whole: words, bands and classes, never a count of people.

    Made by `release`, or read back by `from_stored`; anything else gets a TypeError. `threshold` is the floor
    that was used: 5, or 8 for *streng*. Texts and shared texts are in an order that means nothing.
    """

    team: str
    team_name: str
    period: int
    opened: date
    closed: date
    threshold: int
    dialogues: tuple[ReleasedDialogue, ...]
    texts: tuple[Quote, ...]
    shared: tuple[Quote, ...]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _RELEASE_SEAL:
            raise TypeError("only the release rule makes a PublishableFeedback")

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to show."""
        return not (self.dialogues or self.texts or self.shared)

    def to_stored(self) -> str:
        """This release as JSON, to be frozen in answers.db and read back by `from_stored`."""
        data = asdict(self) | {"opened": self.opened.isoformat(), "closed": self.closed.isoformat()}
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def from_stored(cls, stored: str) -> Self:
        """The release that `to_stored` froze.

        Raises KeyError, TypeError or ValueError when `stored` is anything else.
        """
        data = json.loads(stored)
        return cls(
            team=data["team"],
            team_name=data["team_name"],
            period=data["period"],
            opened=date.fromisoformat(data["opened"]),
            closed=date.fromisoformat(data["closed"]),
            threshold=data["threshold"],
            dialogues=dialogues_from(data["dialogues"]),
            texts=quotes_from(data["texts"]),
            shared=quotes_from(data["shared"]),
            seal=_RELEASE_SEAL,
        )


def release(
    *,
    team: str,
    team_name: str,
    period: int,
    opened: date,
    closed: date,
    rounds_begun: int,
    strict: bool,
    period_key: bytes,
    dialogues: Sequence[Dialogue],
    people: Sequence[Person],
    choices: Sequence[Choice],
    words: Sequence[Words],
    shared: Sequence[Shared],
    shuffle: random.Random,
) -> PublishableFeedback:
    """What may be shown of a period that closes now; it is made once, and never made again from other data.

    `dialogues` are the versions used in this period, one of each; `people` those who count. `shuffle` must be
    unpredictable (`random.SystemRandom()`) outside tests. Dialogues come out by id, so that their order tells
    nothing. Answers that fit nothing are left out. Raises ValueError when `rounds_begun` is not 1 to 4, or
    when a dialogue is given in two versions.
    """
    by_id = {dialogue.id: dialogue for dialogue in sorted(dialogues, key=lambda dialogue: dialogue.id)}
    if not 1 <= rounds_begun <= 4 or len(by_id) != len(dialogues):
        raise ValueError("a period has one to four rounds, and one version of each dialogue")
    floors = STRICT if strict else NORMAL
    roles = {person.ref: person.role for person in people}
    rows = rows_by_dialogue(by_id.values(), roles, choices, rounds_begun)
    panels = {
        dialogue.id: panels_of(dialogue, rows[dialogue.id], roles, rounds_begun, floors, period_key)
        for dialogue in by_id.values()
    }
    return PublishableFeedback(
        team=team,
        team_name=team_name,
        period=period,
        opened=opened,
        closed=closed,
        threshold=floors.group,
        dialogues=tuple(_released(by_id[name], shown) for name, shown in panels.items() if shown),
        texts=texts(words, by_id, roles, rows, shuffle),
        shared=shared_texts(shared, by_id, shuffle),
        seal=_RELEASE_SEAL,
    )


def _released(dialogue: Dialogue, panels: tuple[Panel, ...]) -> ReleasedDialogue:
    """The panels with the wording of what they show, so that they can be read without the tree."""
    shown = {finding.question for panel in panels for finding in panel.findings}
    questions = (
        AskedQuestion(
            id=question.id,
            ask=_by_role(question.ask, dialogue.roles),
            options=tuple(
                AskedOption(option.id, _by_role(option.say, dialogue.roles), option.labels)
                for option in question.options
            ),
        )
        for question in dialogue.questions.values()
        if question.id in shown
    )
    return ReleasedDialogue(dialogue.id, dialogue.version, dialogue.title, tuple(questions), panels)


def _by_role(wording: Mapping[str, str], roles: Sequence[str]) -> dict[str, str]:
    return {role: wording[role] for role in roles}
