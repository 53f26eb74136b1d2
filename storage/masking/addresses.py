"""Addresses: of mail and pages as they are written, of mail as it is told in words, and of houses."""

from __future__ import annotations

import re

from storage.masking.lexicon import words
from storage.masking.tokens import MASK, Token, key_at

_HOSTS = "nl|com|be|de|org|net|eu|info|io|me|app|nu|frl"
_HOST = rf"\.(?:{_HOSTS}|{_HOSTS.upper()})(?!\w)"
_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(rf"@|#\w|://|(?i:www\.)|{_HOST}")
_APART = re.compile(rf"(?:\S+ )?@ \S+|\S+@ \S+|\S*\w @\S+{_HOST}(?![.\w])\S*")
"""Both sides of an @ that stands apart: `jan @ post.nl`, but not the word before a name alone: `insta: @jan`."""
_AT_SIGNS = words("apenstaart apestaart apenstaartje apestaartje")
_AT = words("aapje at")
_DOTS = words("punt puntje dot")
_JOINTS = _DOTS | words("streepje laag liggend koppelteken underscore min dash")

_STREETS = (
    *("straat", "laan", "kade", "gracht", "singel", "plein", "steeg", "dreef", "plantsoen", "weg", "pad", "hof"),
    *("dijk", "wal", "allee", "baan", "brink", "erf", "park", "markt", "oever", "veld", "weide", "bos", "berg"),
    *("poort", "heuvel", "meent", "hoeve", "akker", "kamp", "donk", "ring", "burcht", "schans", "stede", "horst"),
)


def is_street(key: str) -> bool:
    """Whether a number behind it makes this the address of a house, be it an everyday word (snelweg)."""
    return key.endswith(_STREETS)


def hide_written(text: str) -> str:
    """The text without addresses of mail and pages, or names behind an @ or a #."""
    text = _APART.sub(MASK, text)
    return _CHUNK.sub(lambda chunk: MASK if _ADDRESS.search(chunk.group()) else chunk.group(), text)


def hide_spoken_addresses(found: list[Token], hidden: list[bool]) -> None:
    """Marks `kees streepje laag visser apenstaartje post punt nl`, whatever the words are."""
    for index, token in enumerate(found):
        if token.key in _AT_SIGNS or (token.key in _AT and _has_dot(found, index)):
            first, last = _joined(found, index, -1), _joined(found, index, 1)
            hidden[first : last + 1] = [True] * (last + 1 - first)


def _has_dot(found: list[Token], index: int) -> bool:
    """Whether a dot follows one word or more, all joined: `at post punt nl`, but not `Roos at een boterham`."""
    end = _joined(found, index, 1)
    return end - index > 1 and any(key_at(found, at) in _DOTS for at in range(index + 2, end))


def _joined(found: list[Token], index: int, step: int) -> int:
    """The place of the last word that joints tie to this one, in the direction of `step`."""
    at = index + step
    if not 0 <= at < len(found):
        return index
    while 0 <= at + step < len(found) and found[at + step].key in _JOINTS:
        while 0 <= at + step < len(found) and found[at + step].key in _JOINTS:
            at += step
        at = min(max(at + step, 0), len(found) - 1)
    return at
