"""Whom people can call, and when a text says that they may need to. No network, no dates of today, no state."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent
_OPENING = "Je hoeft dit niet alleen te doen. Hier kun je altijd terecht:"
_CLOSING = "Niemand leest hier live mee. Wacht dus niet op antwoord in deze chat, maar bel."
_GAP = 4
"""How many words may stand where a signal has `..`."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line of the card: when to call whom, where we know it from, and on which day somebody checked it."""

    id: str
    when: str
    line: str
    source: str
    checked: dt.date
    needs_check: bool


@functools.cache
def help_lines() -> tuple[HelpLine, ...]:
    """Every help line that we hold, those that a person must still check included, most urgent first."""
    return tuple(HelpLine(**entry) for entry in _read("help_lines.yaml")["lines"])


def help_card(huisartsenpost: str | None) -> str:
    """The card as plain Dutch text; with the team's number of the huisartsenpost where there is one."""
    number = (huisartsenpost or "").strip()
    post = f"de huisartsenpost: {number}" if number else "de huisartsenpost"
    lines = [
        f"{line.when}\n{line.line.replace('{huisartsenpost}', post)}"
        for line in help_lines()
        if not line.needs_check
    ]
    return "\n\n".join([_OPENING, *lines, _CLOSING])


def signals_danger(text: str) -> bool:
    """Whether this text may mean danger to a life or to somebody's safety.

    Takes time in proportion to the length of the text. What counts is in danger_words.yaml.
    """
    harmless, signals, kinds = _patterns()
    known: dict[str, frozenset[int]] = {}
    for sentence in _sentences(text):
        for word in sentence:
            if word not in known:
                known[word] = kinds.of(word)
        words = [known[word] for word in sentence]
        there = _BLANK.union(*words)
        for pattern in harmless:
            if pattern[0].kind in there:
                _take_out(pattern, words)
        if any(signal[0].kind in there and _ends(signal, words) for signal in signals):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Step:
    """One place in a signal: which kind of word fits, and how many others may stand before it."""

    kind: int
    reach: int


class _Kinds:
    """Which kinds a word is of, looked up for each word once, and not for each place in each signal."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._exact: defaultdict[str, set[int]] = defaultdict(set)
        self._beginnings: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._near: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)

    def number(self, part: str, groups: Mapping[str, list[str]]) -> int:
        """The kind that this part of a line stands for: words, beginnings with `*`, and slips allowed with `~`."""
        if part in self._numbers:
            return self._numbers[part]
        kind = self._numbers[part] = len(self._numbers)
        for word in (word for name in part.split("|") for word in groups.get(name, [name])):
            if word.endswith("*"):
                beginning = _single(word[:-1])
                self._beginnings[beginning[:2]].append((beginning, kind))
            elif word.startswith("~"):
                near = _single(word[1:])
                for length in (len(near) - 1, len(near), len(near) + 1):
                    self._near[length].append((near, kind))
            else:
                self._exact[_single(word)].add(kind)
        return kind

    def of(self, word: str) -> frozenset[int]:
        """Every kind of this word; none for most words."""
        found = set(self._exact.get(word, ()))
        for start in (word[:1], word[:2]):
            found.update(kind for beginning, kind in self._beginnings.get(start, ()) if word.startswith(beginning))
        found.update(kind for near, kind in self._near.get(len(word), ()) if _one_slip(word, near))
        return frozenset(found)


_Pattern = tuple[_Step, ...]
_Words = list[frozenset[int]]
_BLANK: frozenset[int] = frozenset()
_END = "$"
_SENTENCE_END = re.compile(r"(?<!\.)\.(?!\.)|[!?]+")
_WORD_OR_PAUSE = re.compile(r"[a-z0-9]+|[,;:]|\.{2,}")
_REPEATED = re.compile(r"(.)\1+")
_TWO_WORDS = re.compile(r"\b(me|mij|mn|zich|haar|hem|je|ons) zelf\b|\b(?:me|mn) eigen\b")


def _sentences(text: str) -> list[list[str]]:
    """The words of each sentence, without accents, capitals, apostrophes and double letters.

    `$` stands for a pause (a comma, a new line, dots) and closes each sentence.
    """
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text).lower().replace("\n", ",")
        if unicodedata.category(sign) not in ("Mn", "Cf") and sign not in "'’`‘"
    )
    parts = (_joined(part).split() for part in _SENTENCE_END.split(plain))
    return [[*map(_single, words), _END] for words in parts if words]


def _joined(sentence: str) -> str:
    """`me zelf` and `mn eigen` as one word, as the groups have them."""
    spaced = " ".join(_WORD_OR_PAUSE.findall(sentence))
    return _TWO_WORDS.sub(lambda found: f"{found[1]}zelf" if found[1] else "mijneigen", spaced)


def _single(word: str) -> str:
    """The word with double letters made single; numbers stay as they are, and a pause becomes `$`."""
    if not word.isalnum():
        return _END
    return _REPEATED.sub(r"\1", word) if word.isalpha() else word


def _ends(pattern: _Pattern, words: _Words) -> set[int]:
    """Where in the words this pattern can end: from step to step, all places at once, so never a step back."""
    places = {at for at, word in enumerate(words) if pattern[0].kind in word}
    for step in pattern[1:]:
        places = {
            at
            for place in places
            for at in range(place + 1, min(place + step.reach + 2, len(words)))
            if step.kind in words[at]
        }
    return places


def _take_out(pattern: _Pattern, words: _Words) -> None:
    """Blank out every place where this pattern, which has no gaps, is in the words."""
    for end in _ends(pattern, words):
        words[end - len(pattern) + 1 : end + 1] = [_BLANK] * len(pattern)


def _one_slip(word: str, known: str) -> bool:
    """Whether the words differ by at most one letter: one too many, too few, wrong, or two swapped."""
    if word == known:
        return True
    if abs(len(word) - len(known)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    return (
        word[at + 1 :] == known[at:]
        or word[at:] == known[at + 1 :]
        or word[at + 1 :] == known[at + 1 :]
        or (word[at : at + 2] == known[at : at + 2][::-1] and word[at + 2 :] == known[at + 2 :])
    )


@functools.cache
def _patterns() -> tuple[tuple[_Pattern, ...], tuple[_Pattern, ...], _Kinds]:
    """The harmless patterns, the signals, and the kinds of words that they are made of."""
    data = _read("danger_words.yaml")
    groups: Mapping[str, list[str]] = data["groups"]
    kinds = _Kinds()
    harmless = tuple(_compiled(str(line), groups, kinds) for line in data["harmless"])
    signals = tuple(_compiled(str(line), groups, kinds) for line in data["signals"])
    return harmless, signals, kinds


def _compiled(line: str, groups: Mapping[str, list[str]], kinds: _Kinds) -> _Pattern:
    steps: list[_Step] = []
    reach = 0
    for part in line.split():
        if part == "..":
            reach = _GAP
        else:
            steps.append(_Step(kinds.number(part, groups), reach))
            reach = 0
    return tuple(steps)


def _read(name: str) -> Any:
    """A file of ours; not an author's, so what is wrong in it is our fault and may raise."""
    return yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
