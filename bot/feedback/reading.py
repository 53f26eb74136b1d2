"""A release as people read it: Dutch sentences, the same for the terminal, the chat and the page. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.bands import FIFTHS, SHARES, SIZES
from storage.published import POOLED, AskedOption, AskedQuestion, Finding, Quote, ReleasedDialogue
from storage.quotes import OTHER

_WHO = {"naaste": "Naasten", "professional": "Professionals", POOLED: "Naasten en professionals samen"}
_SIZE = {SIZES[0]: "5 tot en met 14 mensen", SIZES[1]: "15 tot en met 19 mensen", SIZES[2]: "20 mensen of meer"}
_SHARE = dict(zip(SHARES, SHARES, strict=True)) | {band: "{} tot {}%".format(*band.split("-")) for band in FIFTHS}
_PANELS = {1: ("",), 2: ("Begin", "Eind"), 4: ("Begin", "Deel 2", "Deel 3", "Eind")}


_BIDI_CONTROLS = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One option with its band in words; `filled` out of `of` steps say the same as a picture."""

    label: str
    share: str
    filled: int
    of: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One group in one panel. `when` is empty if there is one panel; without bars there is a verdict.

    `leaning` is the wording of the option that the group leans to, or None when it is divided.
    """

    when: str
    size: str
    leaning: str | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one group said to one question, panel after panel."""

    who: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class AskedOf:
    """One question with the groups side by side; `also` is who was asked it in other words, and in which."""

    ask: str
    also: tuple[tuple[str, str], ...]
    voices: tuple[Voice, ...]


def questions(dialogue: ReleasedDialogue) -> tuple[AskedOf, ...]:
    """Every question of this dialogue with what each group said to it, in the order of the tree."""
    return tuple(_asked_of(dialogue, question) for question in dialogue.questions)


def under_headings(quotes: Iterable[Quote]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The texts by heading, headings by alphabet and *Overig* last; the order within a heading stays random."""
    by_heading: dict[str, list[str]] = {}
    for quote in quotes:
        by_heading.setdefault(quote.under, []).append(quote.text)
    ordered = sorted(by_heading.items(), key=lambda item: (item[0] == OTHER, item[0]))
    return tuple((heading, tuple(texts)) for heading, texts in ordered)


def unsteered(text: str) -> str:
    """The text without the invisible characters that turn the direction of whatever stands after them."""
    return text.translate(_BIDI_CONTROLS)


def in_reading_order(dialogues: Iterable[ReleasedDialogue]) -> list[ReleasedDialogue]:
    """What several roles were asked comes first: seeing it side by side is what the meeting is for. Then by id."""
    return sorted(dialogues, key=lambda dialogue: (-len(dialogue.questions[0].ask), dialogue.id))


def _asked_of(dialogue: ReleasedDialogue, question: AskedQuestion) -> AskedOf:
    by_group: dict[str, list[Finding]] = {}
    for panel in dialogue.panels:
        for finding in panel.findings:
            if finding.question == question.id:
                by_group.setdefault(finding.group, []).append(finding)
    roles = tuple(question.ask) if POOLED in by_group else tuple(by_group)
    ask = question.ask[roles[0]]
    also = ((_WHO[role].lower(), question.ask[role]) for role in roles if question.ask[role] != ask)
    voices = (Voice(_WHO[group], _readings(question, findings)) for group, findings in by_group.items())
    return AskedOf(ask, tuple(also), tuple(voices))


def _readings(question: AskedQuestion, findings: list[Finding]) -> tuple[Reading, ...]:
    options = {option.id: option for option in question.options}
    return tuple(
        Reading(
            when=when,
            size=_SIZE[finding.n],
            leaning=_wording(options[finding.leaning].say, finding.group) if finding.leaning else None,
            bars=_bars(question.options, finding),
        )
        for when, finding in zip(_PANELS[len(findings)], findings, strict=True)
    )


def _bars(options: Iterable[AskedOption], finding: Finding) -> tuple[Bar, ...]:
    if finding.bands is None:
        return ()
    scale = SHARES if finding.n == SIZES[1] else FIFTHS
    bars = []
    for option in options:
        band = finding.bands[option.id]
        bars.append(Bar(_wording(option.say, finding.group), _SHARE[band], scale.index(band) + 1, len(scale)))
    return tuple(bars)


def _wording(by_role: Mapping[str, str], group: str) -> str:
    """How this group read an option; a pooled group read every wording there is."""
    if group != POOLED:
        return by_role[group]
    return " / ".join(dict.fromkeys(by_role.values()))
