"""Which numbers to hide: all but small counts, times of day and marks out of ten."""

from __future__ import annotations

import re

from storage.masking.lexicon import Lexicon, words
from storage.masking.tokens import Token, key_at, near

Hidden = list[bool]

_YEARS = words("jaar jaren jr jarig jarige")
_AGE_VERBS = words("is was ben bent wordt werd zijn waren van geworden leeftijd pas net")
_DURATION = words(
    "al na over binnen afgelopen laatste komende eerste ruim bijna ongeveer elke minstens per circa ca dan om de"
    " nu hier daar steeds duurt duurde zit woont werkt"
)
_IS = words("is was")
_LONG_UNITS = words("dag dagen week weken weekje weekjes maand maanden maandje maandjes")
_TENS = words("twintig dertig veertig vijftig zestig zeventig tachtig negentig")
_ORDINALS = words(
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende twintigste"
)
_MARKS = words("een cijfer dikke magere ruime kleine krappe mooie zeker minstens hooguit rapportcijfer")
_BARE = words("en of maar geworden oud dus want")
_BETWEEN = words("of tot a en op")
_TIME = re.compile(r"([01]?[0-9]|2[0-4])[:.][0-5][0-9]")
_SMALL = re.compile(r"(0|[1-9][0-9]?)([.,][05])?")
_MARK = re.compile(r"(10|[0-9])([.,][0-9])?")
_GLUED = re.compile(r"([1-9][0-9]?)(x|u|e|de|ste|uur|min)")
_RUN_GAP = re.compile(r"[\s.,/()+-]*")
_SPOKEN = 3
_LONGEST = 30
"""Years that may be told: a longer time is rare enough to tell whose it is."""
_FEW = 20
"""Things that may be counted, whatever they are."""


def hide_numbers(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Marks dates, ages, house, room and file numbers, telephone numbers, and every other number but a count."""
    kept = [False] * len(found)
    for index in range(len(found) - 1, -1, -1):
        token = found[index]
        if token.kind == "number":
            kept[index] = _is_count(found, kept, index, lexicon)
            hidden[index] = not kept[index]
        elif token.key[:1].isdigit() and token.key.isascii():
            hidden[index] = not _is_glued(found, index, lexicon)
    for index, token in enumerate(found):
        if token.kind == "number" or token.key in lexicon.numbers or any("0" <= sign <= "9" for sign in token.key):
            _hide_around(found, hidden, index, lexicon)
    _spare_sayings(found, hidden)
    _hide_spoken(found, hidden, lexicon)


def _is_count(found: list[Token], kept: list[bool], index: int, lexicon: Lexicon) -> bool:
    """Whether this number counts something harmless. Later numbers have been judged already."""
    text, before, after = found[index].text, _before(found, index), _after(found, index)
    if before in lexicon.places or after in lexicon.months or _in_run(found, kept, index):
        return False
    if _TIME.fullmatch(text):
        return ":" in text or before == "om" or after == "uur"
    if index + 1 < len(found) and found[index + 1].gap.startswith("%"):
        return text == "100" or bool(_SMALL.fullmatch(text))
    if not _SMALL.fullmatch(text):
        return False
    if (before in ("om", "half") or _is_clock(found, index)) and len(text) <= 2 and int(text) <= 24:
        return True
    if after in _YEARS:
        return _is_duration(found, index, lexicon)
    if after in lexicon.units:
        return not (after in _LONG_UNITS and (before in _AGE_VERBS or _after(found, index + 1) == "oud"))
    if _is_plural(after, lexicon) and before not in _AGE_VERBS and int(float(text.replace(",", "."))) <= _FEW:
        return not before or lexicon.knows(before)
    return _is_range(found, kept, index) or (before in _MARKS and bool(_MARK.fullmatch(text)))


def _is_clock(found: list[Token], index: int) -> bool:
    """`kwart voor 8`, `tien over 9`."""
    return _before(found, index) in ("voor", "over") and _before(found, index - 1) in ("kwart", "tien", "vijf")


def _is_plural(key: str, lexicon: Lexicon) -> bool:
    """Whether this looks like more than one of a known thing, and is no month, place or age."""
    plural = len(key) > _SPOKEN and key.endswith(("en", "s")) and lexicon.knows(key)
    return plural and not (
        key in lexicon.months or key in lexicon.function or key in _YEARS or key in lexicon.numbers
    )


def _is_duration(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`al 12 jaar`, but not `is al 34 jaar`, `34 jaar oud` or `34 jaar`."""
    before, earlier = _before(found, index), _before(found, index - 1)
    number = found[index].text
    if number.isdigit() and int(number) > _LONGEST:
        return False
    if _after(found, index + 1) == "oud":
        return before in _IS and bool(earlier) and not _is_person(earlier, lexicon)
    lasting = before in _DURATION or (before not in _AGE_VERBS and lexicon.is_verb(before))
    return lasting and (earlier not in _AGE_VERBS or _goes_on(found, index + 2))


def _goes_on(found: list[Token], index: int) -> bool:
    """Whether the years are followed by what lasted: `is al 12 jaar ziek`."""
    return near(found, index) and found[index].key not in _BARE


def _is_person(key: str, lexicon: Lexicon) -> bool:
    """Whether this may stand for somebody: only a known noun that is no relation stands for a thing."""
    known = lexicon.knows(key) and key not in lexicon.names
    return not known or key in lexicon.function or key in lexicon.relations or key in lexicon.titles


def _is_range(found: list[Token], kept: list[bool], index: int) -> bool:
    """The first number of `2-3 keer` and `2 of 3 keer`."""
    following = index + 1
    if following < len(found) and found[following].kind == "number":
        gap = found[following].gap.strip()
        return gap == "-" and kept[following]
    if _after(found, index) not in _BETWEEN:
        return False
    after = following + 2 if key_at(found, following + 1) == "de" else following + 1
    return after < len(found) and kept[after]


def _in_run(found: list[Token], kept: list[bool], index: int) -> bool:
    """Whether another number stands right before or after it, as in a telephone number or a date."""
    for left, right in ((index - 1, index), (index, index + 1)):
        if left >= 0 and right < len(found) and found[left].kind == found[right].kind == "number":
            pair = (found[left].text, found[right].gap.strip(), found[right].text)
            dash = pair[1] == "-" and (right != index or left == 0 or found[left - 1].kind != "number")
            ranged = dash and (kept[right] if left == index else bool(_SMALL.fullmatch(pair[0])))
            if not ranged and _RUN_GAP.fullmatch(found[right].gap):
                return True
    return False


def _spare_sayings(found: list[Token], hidden: Hidden) -> None:
    """Keeps `24/7` and `1 op 1`, which everybody says."""
    for index in range(len(found) - 1):
        alone = index == 0 or found[index - 1].kind != "number"
        if alone and (found[index].text, found[index + 1].gap, found[index + 1].text) == ("24", "/", "7"):
            hidden[index : index + 2] = [False, False]
        if alone and [token.text for token in found[index : index + 3]] == ["1", "op", "1"]:
            hidden[index : index + 3] = [False, False, False]


def _is_glued(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`3x`, `10u`, and `2e` before something that may be counted."""
    match = _GLUED.fullmatch(found[index].key)
    if not match or _before(found, index) in lexicon.places:
        return False
    ordinal = match.group(2) in ("e", "de", "ste")
    return not ordinal or (int(match.group(1)) <= 10 and _after(found, index) in lexicon.units)


def _hide_around(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """Hides what makes a number telling: the month, the place or the age beside it."""
    before, after, key = _before(found, index), _after(found, index), found[index].key
    word = found[index].kind == "word"
    if before in lexicon.places:
        hidden[index - 1] = hidden[index] = True
    if after in lexicon.months:
        hidden[index] = hidden[index + 1] = True
    if before in lexicon.months and found[index].kind == "number":
        hidden[index - 1] = hidden[index] = True
    if after in _YEARS and not _is_duration(found, index, lexicon):
        hidden[index] = hidden[index + 1] = True
        if _after(found, index + 1) == "oud":
            hidden[index + 2] = True
    if word and before in _AGE_VERBS and key in lexicon.numbers and _bare(found, index):
        hidden[index] = True
    if key in _TENS and before in ("de", "begin", "eind", "midden", "rond"):
        hidden[index] = True
    if len(key) == 4 and key.isdigit() and len(after) == 2:
        letters = found[index + 1]
        hidden[index + 1] = letters.text.isupper() or not lexicon.anywhere(letters.key)


def _bare(found: list[Token], index: int) -> bool:
    """Whether a number word counts nothing: `ze is tien`, `hij wordt tien en ...`."""
    return not near(found, index + 1) or found[index + 1].key in _BARE


def _hide_spoken(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Hides numbers that are told digit by digit, and a day in words before a month."""
    start = 0
    for index in range(len(found) + 1):
        if index < len(found) and _counts(found[index], lexicon):
            continue
        if index - start >= _SPOKEN and any(token.key != "een" for token in found[start:index]):
            hidden[start:index] = [True] * (index - start)
        start = index + 1
    for index in range(1, len(found)):
        if found[index].key in lexicon.months and near(found, index) and found[index - 1].key in _ORDINALS:
            hidden[index - 1] = hidden[index] = True


def _counts(token: Token, lexicon: Lexicon) -> bool:
    return token.kind == "number" or token.key == "een" or token.key in lexicon.numbers


def _before(found: list[Token], index: int) -> str:
    return found[index - 1].key if near(found, index) else ""


def _after(found: list[Token], index: int) -> str:
    return found[index + 1].key if near(found, index + 1) else ""
