"""Free text -> masked text. A gate that fails closed: everyday Dutch stays, everything else is hidden.

The gate knows what is harmless instead of what is telling, because nobody can list all names. What it hides
too much is the author's to reword; what it let through could not be called back.
"""

from __future__ import annotations

import re
import unicodedata

from storage.masking.addresses import hide_written
from storage.masking.company import hide_company
from storage.masking.lexicon import Lexicon, lexicon
from storage.masking.names import hide_strange
from storage.masking.numbers import hide_numbers
from storage.masking.selves import hide_selves
from storage.masking.tokens import MASK, Token, tokens

LIMIT = 300
"""The most characters a text may have; a masked run counts as one."""

_EMOJI = "[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
_INVISIBLE = re.compile(
    rf"(?<!{_EMOJI})\ufe0f|(?<!{_EMOJI}|\ufe0f)\u200d|\u200d(?!{_EMOJI})|[\u00ad\u200b\u200c\u2060\ufeff\ufe0e]"
)
"""Signs that only split words; those that join emoji stay."""
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_PASSES = 12
"""More than any text was seen to need; four was the most."""
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?(?:\n ?)+")
_DIALLED = re.compile(r"\+ ?(?=\[…\])|\((?=\[…\](?!\)))")
_TIE = re.compile(r"[\s.\-'’/&+()]*")


class MaskingError(Exception):
    """A text that can't be masked safely, so nothing of it may be kept; never says what was in it."""


def mask(text: str) -> str:
    """The text with every word hidden that may tell who somebody is; each hidden run reads `[…]`.

    Masking a masked text changes nothing. The result is at most twice LIMIT long. Raises MaskingError when the
    text is empty, longer than LIMIT, or holds signs that can't be seen or that turn the order of reading.
    """
    if len(text) > LIMIT * len(MASK):
        raise MaskingError("too long")
    words = lexicon()
    current = clean(text)
    for _ in range(_PASSES):
        masked = _once(current, words)
        if masked == current:
            return masked
        current = masked
    raise MaskingError("does not settle")


def clean(text: str) -> str:
    """The text as it is read: compatible letters made plain, invisible signs gone, spaces single."""
    parts = (unicodedata.normalize("NFKC", _INVISIBLE.sub("", part)) for part in text.split(MASK))
    plain = _LINES.sub("\n", _SPACE.sub(" ", MASK.join(parts).replace("\r", "\n"))).strip()
    if any(unicodedata.category(sign) in _REFUSED for sign in plain if not _is_plain(sign)):
        raise MaskingError("signs that can't be seen")
    if not plain:
        raise MaskingError("empty")
    if len(plain.replace(MASK, "x")) > LIMIT:
        raise MaskingError("too long")
    return plain


def _is_plain(sign: str) -> bool:
    """Line ends, what joins emoji, and emoji that are younger than this Python's tables."""
    return sign in "\n\u200d" or "\U0001f300" <= sign <= "\U0001faff"


def _once(text: str, words: Lexicon) -> str:
    """One pass. What it hides may turn what stands beside it into a name, so the caller repeats it."""
    text = hide_written(text)
    found = tokens(text, words.titles)
    hidden = [False] * len(found)
    hide_numbers(found, hidden, words)
    hide_strange(found, hidden, words)
    hide_selves(found, hidden, words)
    hide_company(found, hidden, words)
    return _render(text, found, hidden)


def _render(text: str, found: list[Token], hidden: list[bool]) -> str:
    """The text with hidden tokens replaced, and one mask for neighbours with nothing but joints between them."""
    parts: list[str] = []
    at = 0
    masked = False
    for token, hide in zip(found, hidden, strict=True):
        hide = hide or token.kind == "mask"
        if not (hide and masked and _TIE.fullmatch(token.gap)):
            parts.append(token.gap)
            parts.append(MASK if hide else token.text)
        masked = hide
        at = token.end
    return _DIALLED.sub("", "".join(parts) + text[at:])
