"""A text cut into words, numbers and what stands between; every sign that is not plain counts as a word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storage.masking.lexicon import Words, fold

MASK = "[…]"

_PLAIN = (
    r"\s!-/:-@\[-^`{-~"  # ASCII without letters, digits and underscore
    r"‐-—‘’“”„«»•…·´€°"
    r"☀-❵➔-➿⬀-⯿"
    r"\U0001F300-\U0001FAFF\uFE0F\u200D"
)
"""What may stand between words: spaces, punctuation and emoji. All else is a word, and unknown unless listed."""

_TOKEN = re.compile(
    rf"(?P<mask>\[…\])"
    rf"|(?P<dotted>(?<![^{_PLAIN}])[^\W\d_](?:\.[^\W\d_]){{1,4}}\.?(?![^{_PLAIN}]))"
    rf"|(?P<number>(?<![^{_PLAIN}])[0-9]+(?:[.,:][0-9]+)*(?![^{_PLAIN}]))"
    rf"|(?P<word>[^{_PLAIN}]+(?:['’][^{_PLAIN}]+)*)"
)
_ENDS = frozenset('.!?:“”„«•"')


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, dotted abbreviation or earlier mask. `gap` is what stands before it."""

    kind: str
    text: str
    key: str
    gap: str
    end: int
    begins: bool

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.end - len(self.text)

    @property
    def capital(self) -> bool:
        """Whether it holds a capital anywhere."""
        return self.text != self.text.lower()


def tokens(text: str, titles: Words) -> list[Token]:
    """The tokens of a cleaned text, in order. The point behind a title ends no sentence."""
    found: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        gap = text[at : match.start()]
        token = Token(
            kind=match.lastgroup or "word",
            text=match.group(),
            key=fold(match.group()).replace("’", "'"),
            gap=gap,
            end=match.end(),
            begins=not found or _begins(found[-1], gap, titles) or _is_clipped(found[-1]),
        )
        found.append(token)
        at = match.end()
    return found


def _begins(before: Token, gap: str, titles: Words) -> bool:
    """Whether a sentence begins after this gap. The point of an initial or an abbreviation ends none."""
    if "\n" in gap:
        return True
    short = before.kind == "dotted" or len(before.key) == 1 or before.key in titles
    return not (short and gap.startswith(".")) and any(sign in _ENDS or sign > "☀" for sign in gap)


def _is_clipped(before: Token) -> bool:
    """The sentence begins behind its clipped first word: 's Avonds, 't Is."""
    return before.begins and before.gap.endswith(("'", "’", "‘")) and before.key in ("s", "t", "k", "n")


def near(found: list[Token], index: int) -> bool:
    """Whether nothing but space, the point of an abbreviation or the sign of 't parts it from the token before."""
    if index <= 0 or index >= len(found):
        return False
    gap = found[index].gap.strip()
    return gap in ("", "'", "’") or (gap == "." and not found[index].begins)


def key_at(found: list[Token], index: int) -> str:
    """The folded word at this place, or nothing where the text has ended."""
    return found[index].key if 0 <= index < len(found) else ""


def before_at(found: list[Token], index: int) -> str:
    """The folded word right before this place, or nothing when something parts them."""
    return found[index - 1].key if near(found, index) else ""


def after_at(found: list[Token], index: int) -> str:
    """The folded word right behind this place, or nothing when something parts them."""
    return found[index + 1].key if near(found, index + 1) else ""


def compounds(found: list[Token]) -> list[tuple[int, int]]:
    """Begin and end of every run of tokens that hyphens tie together."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(found) + 1):
        if index == len(found) or found[index].gap != "-":
            if index - start > 1:
                runs.append((start, index))
            start = index
    return runs
