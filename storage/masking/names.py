"""Which words to hide: all that are not everyday Dutch, and everyday words that stand where a name stands."""

from __future__ import annotations

from storage.masking.lexicon import Lexicon, Words, words
from storage.masking.namesakes import OF_CLAUSES, is_namesake
from storage.masking.senses import is_plain
from storage.masking.tokens import Token, compounds, key_at

Hidden = list[bool]

_ONE_LETTER = words("u x k t n s m o")


def hide_strange(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Marks every word that is unknown, and every known one that stands where a name stands."""
    whole = known_compounds(found, lexicon.known)
    for index, token in enumerate(found):
        counted = token.key[:1].isdigit() and token.key.isascii()
        if token.kind in ("word", "dotted") and not whole[index] and not counted:
            hidden[index] = (
                hidden[index]
                or _is_strange(token, lexicon)
                or _is_initial(found, index)
                or (_is_name(found, index, lexicon) and not is_plain(found, index, lexicon))
            )


def _is_name(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    return _is_capital_name(found, index, lexicon) or is_namesake(found, index, lexicon)


def _is_strange(token: Token, lexicon: Lexicon) -> bool:
    if token.kind == "dotted":
        return token.capital or token.key.replace(".", "") not in lexicon.abbreviations
    return not lexicon.knows(token.key)


def _is_initial(found: list[Token], index: int) -> bool:
    """A single letter with a point behind it, or a single capital; only `u` may be written with one."""
    token = found[index]
    pointed = index + 1 < len(found) and found[index + 1].gap.startswith(".")
    alone = len(token.key) == 1
    return alone and ((token.capital and token.key != "u") or pointed or token.key not in _ONE_LETTER)


def _is_capital_name(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """A capital inside a sentence means a name, and so does a first name or a surname at the beginning of one."""
    token = found[index]
    if not token.capital or lexicon.anywhere(token.key):
        return False
    if token.key in lexicon.given or token.key in lexicon.surnames:
        return True
    if token.text.isupper() and len(token.text) > 1:
        return False
    if not token.begins or token.text[1:] != token.text[1:].lower():
        return True
    return token.key in lexicon.verbal and key_at(found, index + 1) not in OF_CLAUSES


def known_compounds(found: list[Token], known: Words) -> Hidden:
    """Marks the parts of hyphenated words that are listed as a whole: check-in, f-act."""
    whole = [False] * len(found)
    for start, end in compounds(found):
        if "-".join(token.key for token in found[start:end]) in known:
            whole[start:end] = [True] * (end - start)
    return whole
