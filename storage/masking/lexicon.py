"""The everyday words that stay readable in a masked text, read once, at first use."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The sections of `words/everyday.txt`; `known` is all words of all sections that may stay readable."""

    known: Words
    anywhere: Words
    titles: Words
    relations: Words
    particles: Words
    institutions: Words
    given: Words
    verbal: Words
    surnames: Words
    adjectives: Words
    nouns: Words
    units: Words
    months: Words
    numbers: Words
    places: Words
    abbreviations: Words
    heads: tuple[str, ...]

    def knows(self, key: str) -> bool:
        """Whether this folded word is everyday Dutch: listed, its possessive, or a compound with a safe end."""
        if key in self.known:
            return True
        if key.endswith("'s"):
            return key[:-2] in self.known
        if key.endswith(self.heads):
            return any(self._begins(key[: -len(head)]) for head in self.heads if key.endswith(head))
        return False

    def _begins(self, part: str) -> bool:
        """A compound begins with an everyday word of three letters or more that is nobody's name."""
        stems = (part, part.removesuffix("s")) if len(part) > 3 else (part,)
        names = self.given | self.verbal | self.surnames | self.adjectives
        return len(part) > 2 and any(stem in self.known and stem not in names for stem in stems)


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
    """The word list that comes with the program."""
    sections = _sections(resources.files("storage.masking").joinpath("words/everyday.txt").read_text("utf-8"))
    not_readable_alone = ("months", "abbreviations", "particles")
    known = frozenset[str]().union(*(sections[name] for name in sections if name not in not_readable_alone))
    return Lexicon(
        known=known,
        anywhere=sections["function"] | sections["proper"] | sections["titles"],
        titles=sections["titles"],
        relations=sections["relations"],
        particles=sections["particles"],
        institutions=sections["institutions"],
        given=sections["given"],
        verbal=sections["verbal"],
        surnames=sections["surnames"],
        adjectives=sections["adjectives"],
        nouns=sections["nouns"],
        units=sections["units"],
        months=sections["months"],
        numbers=sections["numbers"],
        places=sections["places"],
        abbreviations=sections["abbreviations"],
        heads=tuple(sorted(sections["heads"])),
    )


def _sections(text: str) -> dict[str, Words]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
        elif not line.startswith("#"):
            found[name].update(words(line))
    return {section: frozenset(words) for section, words in found.items() if section}
