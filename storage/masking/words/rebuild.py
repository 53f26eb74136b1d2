"""Rebuilds `dutch.txt`: the common words of OpenTaal's list that are nobody's name.

Never run by the bot. It needs two packages that nothing else here needs, in an environment of their own, and
OpenTaal's word list as Debian's `wdutch` installs it:

    pip install wordfreq faker
    python -m storage.masking.words.rebuild /usr/share/dict/dutch

The same sources give the same file. `LICENSE.md` beside this file says which versions made the present one, and
under which licences.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from storage.masking.lexicon import fold

COMMON = 10**-7.5
"""How often a word must occur among all words to count as common: once in some thirty million."""

SHORTEST = 3
"""Shorter words are listed by hand: most of those in the sources are abbreviations."""

NAMES = ("nl_NL", "nl_BE", "tr_TR", "pl_PL", "de_DE", "en_GB", "fr_FR", "es_ES", "it_IT", "pt_PT")
"""Lists of given names and surnames that are taken out, as Faker calls them."""

ADDRESSES = ("straat", "laan", "kade", "gracht", "singel", "plein", "steeg", "dreef", "plantsoen", "hof", "dijk")
"""Ends of street names. Those that everybody uses (winkelstraat) are listed by hand."""

TELLING = re.compile(r"(twee|drie|vier)ling|.*(jarigen?|tigers?)\Z|(git|ebo|bis|har)\Z")
"""Common, and left out all the same: twins, whom everybody knows, ages, some names, and a part of addresses."""


def common_words(listed: list[str], frequencies: Mapping[str, float], names: frozenset[str]) -> list[str]:
    """The words to keep, folded and sorted, out of OpenTaal's list.

    Left out is what is written with a capital there too, a name, short, rare, or ends as streets do.
    """
    capital = {fold(word) for word in listed if word != word.lower()}
    kept = {
        fold(word)
        for word in listed
        if word == word.lower()
        and len(word) >= SHORTEST
        and word.replace("-", "").replace("'", "").isalpha()
        and frequencies.get(word, 0.0) >= COMMON
    }
    return sorted(
        word for word in kept - capital - names if not word.endswith(ADDRESSES) and not TELLING.match(word)
    )


def known_names(locales: tuple[str, ...] = NAMES) -> frozenset[str]:
    """Given names and surnames of Faker's lists, folded, with the parts of those that are written apart."""
    return frozenset(fold(part) for locale in locales for name in _names(locale) for part in name.split())


def _names(locale: str) -> Iterator[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    for kind in dir(provider):
        values = getattr(provider, kind)
        if "first_names" in kind or "last_names" in kind:
            yield from values


def main(arguments: list[str]) -> int:
    """Writes the list and says what it did."""
    if len(arguments) != 1:
        print("usage: python -m storage.masking.words.rebuild OPENTAAL-WORD-LIST", file=sys.stderr)
        return 2
    listed = Path(arguments[0]).read_text("utf-8").split()
    frequencies: Mapping[str, float] = import_module("wordfreq").get_frequency_dict("nl", "large")
    names = known_names()
    kept = common_words(listed, frequencies, names)
    target = Path(__file__).with_name("dutch.txt")
    target.write_text("".join(f"{word}\n" for word in kept), "utf-8")
    print(f"{len(listed)} words listed, {len(names)} names; {len(kept)} kept in {target.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
