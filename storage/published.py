"""The parts of a released feedback: words, and classes of size and share. None of them can hold a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogues.tree import DIVIDED
from storage.bands import FIFTHS, SHARES, SIZES

POOLED = "samen"
"""The group of all asked roles together, where one of them is too small to stand alone."""

GROUPS: tuple[str, ...] = ("naaste", "professional", POOLED)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one group said to one question in one panel: either a verdict, or a band for every option.

    The constructor refuses whatever is not one of the classes of size and bands, so that no count can get in.
    """

    question: str
    group: str
    n: str
    verdict: str | None
    bands: Mapping[str, str] | None

    def __post_init__(self) -> None:
        if self.group not in GROUPS or self.n not in SIZES:
            raise ValueError("a finding names one of the groups and one of the classes of size")
        if (self.verdict is None) == (self.bands is None):
            raise ValueError("a finding holds a verdict or bands, never both")
        if self.bands is not None and not set(self.bands.values()) <= {*SHARES, *FIFTHS}:
            raise ValueError("a band is one of the classes of share")

    @property
    def leaning(self) -> str | None:
        """The option that the group leans to; None when it is divided, or when there are bands."""
        return None if self.verdict == DIVIDED else self.verdict


@dataclass(frozen=True, slots=True)
class Panel:
    """One stretch of the period, numbered from 1; findings in the order of the tree, then that of GROUPS."""

    panel: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AskedOption:
    """One option as people saw it, per role, with the label codes by which it is counted (domain.md)."""

    id: str
    say: Mapping[str, str]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as people saw it, per role."""

    id: str
    ask: Mapping[str, str]
    options: tuple[AskedOption, ...]


@dataclass(frozen=True, slots=True)
class ReleasedDialogue:
    """One dialogue of which something may be shown, with the wording frozen as it was asked."""

    id: str
    version: int
    title: str
    questions: tuple[AskedQuestion, ...]
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A text in somebody's own words, under the title of its dialogue or under *Overig*."""

    under: str
    text: str


def dialogues_from(data: Sequence[Mapping[str, Any]]) -> tuple[ReleasedDialogue, ...]:
    """The dialogues in what `json.loads` made of a stored release.

    Raises KeyError, TypeError or ValueError when a part is missing, unknown or outside its class.
    """
    return tuple(
        ReleasedDialogue(
            id=item["id"],
            version=item["version"],
            title=item["title"],
            questions=tuple(_question_from(question) for question in item["questions"]),
            panels=tuple(_panel_from(panel) for panel in item["panels"]),
        )
        for item in data
    )


def quotes_from(data: Sequence[Mapping[str, str]]) -> tuple[Quote, ...]:
    """The texts in what `json.loads` made of a stored release. Raises TypeError on a missing or odd part."""
    return tuple(Quote(**item) for item in data)


def _question_from(data: Mapping[str, Any]) -> AskedQuestion:
    options = (AskedOption(item["id"], dict(item["say"]), tuple(item["labels"])) for item in data["options"])
    return AskedQuestion(data["id"], dict(data["ask"]), tuple(options))


def _panel_from(data: Mapping[str, Any]) -> Panel:
    return Panel(data["panel"], tuple(Finding(**finding) for finding in data["findings"]))
