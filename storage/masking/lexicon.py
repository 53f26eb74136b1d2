"""What the gate knows to be everyday Dutch: the large list, and the words with a rule. Read once, at first use."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

Words = frozenset[str]

_SILENT = ("months", "abbreviations", "particles", "directions")
"""Sections whose words are not readable by themselves."""
_NAMES = ("given", "bare", "verbal", "surnames", "adjectives", "foods")
_CLIPPED = ("'s", "'t", "'k", "'n", "'m", "'r")
_STRETCHED = re.compile(r"(.)\1{2,}")
_VOICED = {"f": "v", "s": "z"}
_SHORTEST = 3
_SMALL_THINGS = "jes"
_LONG = 5
"""A compound of three letters and a short word might as well be a name: kar + lijn."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`known` is all that may stay readable; the others are the sections of `everyday.txt`, explained there."""

    known: Words
    function: Words
    proper: Words
    titles: Words
    relations: Words
    particles: Words
    institutions: Words
    lodging: Words
    directions: Words
    wards: Words
    organisations: Words
    given: Words
    bare: Words
    verbal: Words
    surnames: Words
    adjectives: Words
    stuff: Words
    qualities: Words
    foods: Words
    nouns: Words
    units: Words
    months: Words
    numbers: Words
    ordinals: Words
    places: Words
    abbreviations: Words
    heads: Words
    roles: Words
    traits: Words
    towns: Words
    acts: Words
    names: Words
    """All words that are names besides: no compound begins with them, and none is guessed from a longer one."""

    def knows(self, key: str) -> bool:
        """Whether this folded word is everyday Dutch: listed, its possessive, stretched, or a safe compound."""
        if key in self.known:
            return True
        if key.endswith(_CLIPPED):
            return key[:-2] in self.known
        if _STRETCHED.search(key):
            return any(self._plain(_STRETCHED.sub(times, key)) for times in (r"\1", r"\1\1"))
        return self._is_compound(key)

    def anywhere(self, key: str) -> bool:
        """Whether this word may carry a capital in the middle of a sentence without being a name."""
        return key in self.function or key in self.proper or key in self.titles or key in self.relations

    def is_verb(self, key: str) -> bool:
        """Whether this looks like what somebody does: a listed act, or a stem of a known verb with its ending."""
        if key in self.acts:
            return True
        return any(self._has_infinitive(key[: -len(end)]) for end in ("t", "de", "te") if key.endswith(end))

    def _has_infinitive(self, stem: str) -> bool:
        """`loop` of lopen, `bel` of bellen, `leef` of leven."""
        if len(stem) < _SHORTEST:
            return False
        last = _VOICED.get(stem[-1], stem[-1])
        forms = (stem + "en", stem + stem[-1] + "en", stem[:-1] + last + "en", stem[:-2] + last + "en")
        return any(form in self.known for form in forms)

    def _is_compound(self, key: str) -> bool:
        """Whether a known word that is no name is followed by one of the safe ends: zorgplan + gesprek."""
        for cut in range(_SHORTEST, len(key) - _SHORTEST + 1):
            part, head = key[:cut], key[cut:]
            if head not in self.heads or (len(part) == _SHORTEST and len(head) <= _LONG):
                continue
            if self._begins(part, head) or (len(part) > _SHORTEST and self._begins(part.removesuffix("s"), head)):
                return True
        return False

    def _begins(self, part: str, head: str) -> bool:
        """Small things in plural are nobody's: vogelhuisjes; and the weather of all: stormschade."""
        harmless = head.endswith(_SMALL_THINGS) or part in self.bare
        return (self._plain(part) or (harmless and part in self.known)) and part not in self.function

    def _plain(self, word: str) -> bool:
        return word in self.known and word not in self.names


def words(text: str) -> Words:
    """The words of a line, as a set."""
    return frozenset(text.split())


def fold(word: str) -> str:
    """The form in which words are looked up: lower case, without accents, with a straight apostrophe."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.lower().replace("’", "'").replace("‘", "'"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@cache
def lexicon() -> Lexicon:
    """The word lists that come with the program."""
    folder = resources.files("storage.masking").joinpath("words")
    sections = _sections(folder.joinpath("everyday.txt").read_text("utf-8"))
    large = folder.joinpath("dutch.txt").read_text("utf-8").split()
    sections["numbers"] |= _numerals()
    sections["ordinals"] |= {f"{number}ste" for number in sections["numbers"] if number.endswith("tig")}
    sections["function"] |= _adverbs()
    known = frozenset(large).union(*(sections[name] for name in sections if name not in _SILENT))
    named = {field.name for field in fields(Lexicon)} - {"known", "names"}
    return Lexicon(
        known=known,
        names=frozenset().union(*(sections[name] for name in _NAMES)),
        **{name: sections[name] for name in named},
    )


def _numerals() -> Words:
    """The numbers from 21 to 99 that are written as one word; the others are listed."""
    ones = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
    tens = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
    return frozenset(f"{one}en{ten}" for one in ones for ten in tens)


def _adverbs() -> Words:
    """Words such as `ertegenop` and `daaronderuit`, which are made by rule."""
    first, last = (
        words("achter boven langs onder tegen over door om op aan in uit"),
        words("aan af door in langs om op uit"),
    )
    where = words("er hier daar waar")
    return frozenset(f"{place}{near}{way}" for place in where for near in first for way in last if near != way)


def _sections(text: str) -> dict[str, Words]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
        elif not line.startswith("#"):
            found[name].update(words(line))
    return {section: frozenset(words) for section, words in found.items() if section}
