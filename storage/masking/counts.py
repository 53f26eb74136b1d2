"""Which numbers may stay: small counts, times of day, marks out of ten, lasting times and amounts of money."""

from __future__ import annotations

import re

from storage.masking.lexicon import Lexicon, words
from storage.masking.tokens import Token, after_at, before_at, key_at, near

YEARS = words("jaar jaren jr jarig jarige")
AGE_VERBS = words("is was ben bent wordt werd zijn waren van geworden leeftijd pas net")
WEEKDAYS = words("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag")
BARE = words("en of maar geworden oud dus want toen nu vandaag morgen plus") | WEEKDAYS
"""What follows a number that counts nothing: `hij wordt tien en …`."""

_DURATION = words(
    "sinds al na over binnen afgelopen laatste komende eerste ruim bijna ongeveer elke minstens per circa ca dan"
    " om de nu hier daar steeds duurt duurde zit woont werkt"
)
_LASTED = words("geleden lang later terug eerder samen bezig gewacht wachten getrouwd ziek")
_WEEKS = words("dag dagen week weken weekje weekjes maand maanden maandje maandjes")
_MARKS = words("een cijfer dikke magere ruime kleine krappe mooie zeker minstens hooguit rapportcijfer")
_TODAY = words("vandaag deze dit")
_BETWEEN = words("of tot a en op van")
_TIME = re.compile(r"([01]?[0-9]|2[0-4])[:.][0-5][0-9]")
_SMALL = re.compile(r"(0|[1-9][0-9]?)([.,][05])?")
_MARK = re.compile(r"(10|[0-9])([.,][0-9])?")
_HOUR = re.compile(r"[01]?[0-9]|2[0-4]")
_GLUED = re.compile(r"([1-9][0-9]?)(x|u|e|de|ste|uur|min)")
_RUN_GAP = re.compile(r"[\s.,/()+-]*")
_LONGEST = 30
"""Years that may be told: a longer time is rare enough to tell whose it is."""
_FEW = 20
"""Things that may be counted, whatever they are."""
_SHORT = 3


def is_count(found: list[Token], kept: list[bool], index: int, lexicon: Lexicon) -> bool:
    """Whether this number counts something harmless. Later numbers have been judged already, in `kept`."""
    text, before, after = found[index].text, before_at(found, index), after_at(found, index)
    if before in lexicon.places or after in lexicon.months or _in_run(found, kept, index):
        return False
    if _TIME.fullmatch(text):
        return ":" in text or before == "om" or after == "uur"
    if index + 1 < len(found) and found[index + 1].gap.startswith("%"):
        return text == "100" or bool(_SMALL.fullmatch(text))
    if not _SMALL.fullmatch(text):
        return False
    if _HOUR.fullmatch(text) and _is_hour(found, index):
        return True
    if (
        "€" in found[index].gap
        or _is_heart(found, index)
        or _is_range(found, kept, index)
        or _is_share(found, index)
    ):
        return True
    return _is_mark(found, index) or _counts_things(found, index, lexicon)


def is_glued(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`3x`, `10u`, and `2e` before something that may be counted."""
    match = _GLUED.fullmatch(found[index].key)
    if not match or before_at(found, index) in lexicon.places:
        return False
    ordinal = match.group(2) in ("e", "de", "ste")
    return not ordinal or (int(match.group(1)) <= 10 and after_at(found, index) in lexicon.units)


def is_duration(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`al 12 jaar`, `10 jaar geleden`, but not `is al 34 jaar`, `34 jaar oud` or `34 jaar`."""
    before, earlier = before_at(found, index), before_at(found, index - 1)
    number, beyond = found[index].text, after_at(found, index + 1)
    if number.isdigit() and int(number) > _LONGEST:
        return False
    if beyond == "oud":
        return before in ("is", "was") and bool(earlier) and not _is_person(earlier, lexicon)
    if not before or beyond in _LASTED:
        return beyond in _LASTED
    lasting = before in _DURATION or (before not in AGE_VERBS and lexicon.is_verb(before))
    return lasting and (earlier not in AGE_VERBS or bool(beyond and beyond not in BARE))


def _counts_things(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`3 keer`, `2 katten`, `1 begeleider`, `4 weken`; years only as a time that lasted."""
    number, before, after = found[index].text, before_at(found, index), after_at(found, index)
    if after in YEARS:
        return is_duration(found, index, lexicon)
    if after in lexicon.units:
        return not (after in _WEEKS and _is_young(found, index, lexicon))
    if number == "1":
        return lexicon.knows(after) and after not in lexicon.function
    few = float(number.replace(",", ".")) <= _FEW and before not in AGE_VERBS
    return few and _is_plural(after, lexicon) and (not before or lexicon.knows(before))


def _is_young(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`is 3 weken`, `een baby van 3 weken`, but not `een opname van 3 weken`."""
    if before_at(found, index) == "van":
        return _is_person(before_at(found, index - 1), lexicon)
    return before_at(found, index) in AGE_VERBS or after_at(found, index + 1) == "oud"


def _is_person(key: str, lexicon: Lexicon) -> bool:
    """Whether this may stand for somebody: only a known noun that is no relation stands for a thing."""
    known = lexicon.knows(key) and key not in lexicon.names
    return not known or key in lexicon.function or key in lexicon.relations or key in lexicon.titles


def counted(key: str, lexicon: Lexicon) -> bool:
    """Whether this is what may be counted: `keer`, `procent`, or more than one of a known thing."""
    return key in lexicon.units or key in YEARS or _is_plural(key, lexicon)


def _is_plural(key: str, lexicon: Lexicon) -> bool:
    """Whether this looks like more than one of a known thing, and is no month or number."""
    other = key in lexicon.months or key in lexicon.function or key in lexicon.numbers
    return len(key) > _SHORT and key.endswith(("en", "s")) and not other and lexicon.knows(key)


def _is_hour(found: list[Token], index: int) -> bool:
    """`om 8`, `half 8`, `kwart voor 8`, `van 9 tot 5`, `tussen 10 en 12`."""
    before = before_at(found, index)
    if before in ("om", "half"):
        return True
    for way, other in ((before, index - 2), (after_at(found, index), index + 2)):
        if way in ("voor", "over") and 0 <= other < len(found) and _tells_time(found[other].text):
            return True
    for start in (index, index - 2):
        pair = (before_at(found, start), after_at(found, start))
        if start > 0 and pair in (("van", "tot"), ("tussen", "en")) and start + 2 < len(found):
            return all(_HOUR.fullmatch(found[place].text) for place in (start, start + 2))
    return False


def _tells_time(text: str) -> bool:
    """Whether this is one half of `kwart voor 8` or `5 over 12`."""
    return text in ("kwart", "tien", "vijf") or bool(_HOUR.fullmatch(text))


def _is_heart(found: list[Token], index: int) -> bool:
    """`<3`."""
    return found[index].text == "3" and found[index].gap.endswith("<")


def _is_mark(found: list[Token], index: int) -> bool:
    """`een 8`, `cijfer: 7,5`, `een dikke 8`, `7 vandaag`, and nothing but a number."""
    if not _MARK.fullmatch(found[index].text):
        return False
    if index == 0:
        return len(found) == 1 or after_at(found, index) in _TODAY
    marked = before_at(found, index) in _MARKS or key_at(found, index - 1) == "cijfer"
    return marked and not near(found, index + 1)


def _is_range(found: list[Token], kept: list[bool], index: int) -> bool:
    """The first number of `2-3 keer`, `2 of 3 keer` and `4 van de 5`."""
    following = index + 1
    if following < len(found) and found[following].kind == "number":
        return found[following].gap.strip() == "-" and kept[following]
    if after_at(found, index) not in _BETWEEN:
        return False
    last = following + 2 if key_at(found, following + 1) == "de" else following + 1
    return last < len(found) and kept[last]


def _is_share(found: list[Token], index: int) -> bool:
    """The last number of `4 van de 5`."""
    shared = before_at(found, index) == "de" and before_at(found, index - 1) in ("van", "op")
    return shared and index >= _SHORT and found[index - _SHORT].kind == "number"


def _in_run(found: list[Token], kept: list[bool], index: int) -> bool:
    """Whether another number stands right before or after it, as in a telephone number or a date."""
    for left, right in ((index - 1, index), (index, index + 1)):
        if left >= 0 and right < len(found) and found[left].kind == found[right].kind == "number":
            gap = found[right].gap.strip()
            dash = gap == "-" and (right != index or left == 0 or found[left - 1].kind != "number")
            ranged = dash and (kept[right] if left == index else bool(_SMALL.fullmatch(found[left].text)))
            if not ranged and _RUN_GAP.fullmatch(found[right].gap):
                return True
    return False
