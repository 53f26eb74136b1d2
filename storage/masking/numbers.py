"""Which numbers to hide: all but harmless counts, with the month, the place or the age that makes them telling."""

from __future__ import annotations

from storage.masking.addresses import is_street
from storage.masking.counts import AGE_VERBS, BARE, WEEKDAYS, YEARS, counted, is_count, is_duration, is_glued
from storage.masking.lexicon import Lexicon, words
from storage.masking.tokens import Token, after_at, before_at, key_at, near

Hidden = list[bool]

_TENS = words("twintig dertig veertig vijftig zestig zeventig tachtig negentig")
_HOURS = words("nul een twee drie vier vijf zes zeven acht negen tien elf twaalf honderd duizend")
_IT = words("het t ut")
_IS = words("is was wordt werd")
_WHEN = WEEKDAYS | words("al pas net nu bijna vandaag morgen overmorgen straks binnenkort toen zelf ook nog vast")
"""What may stand between a verb of age and the age: `ze wordt zaterdag tien`."""
_OWN = words("mijn mn m'n zijn zn z'n haar d'r hun jouw")
_FIRST = words("eerste tweede derde vierde")
_DECADE = words("de begin eind midden rond")
_SPOKEN = 3
"""Numbers in a row, from which they are told one by one."""
_POSTCODE = 4


def hide_numbers(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Marks dates, ages, house, room and file numbers, telephone numbers, and every other number but a count."""
    kept = [False] * len(found)
    for index in range(len(found) - 1, -1, -1):
        token = found[index]
        if token.kind == "number":
            kept[index] = is_count(found, kept, index, lexicon)
            hidden[index] = not kept[index]
        elif _begins_with_digit(token):
            hidden[index] = not is_glued(found, index, lexicon)
    for index, token in enumerate(found):
        if token.key in lexicon.numbers or any("0" <= sign <= "9" for sign in token.key):
            _hide_place_and_month(found, hidden, index, lexicon)
            _hide_age(found, hidden, index, lexicon)
    _spare_sayings(found, hidden)
    _hide_spoken(found, hidden, lexicon)
    _hide_days(found, hidden, lexicon)


def _hide_place_and_month(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """`kamer 12`, `kamer drie`, `unit 3b`, `3 mei`, `mei 2024`, `3512 MA`."""
    token, before, after = found[index], before_at(found, index), after_at(found, index)
    if before in lexicon.places or (hidden[index] and is_street(before)):
        hidden[index - 1] = hidden[index] = True
    if after in lexicon.months:
        hidden[index] = hidden[index + 1] = True
    if before in lexicon.months and token.kind == "number":
        hidden[index - 1] = hidden[index] = True
    if len(token.key) == _POSTCODE and token.key.isdigit() and len(after) == 2:
        letters = found[index + 1]
        hidden[index + 1] = letters.text.isupper() or not lexicon.anywhere(letters.key)


def _hide_age(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """`34 jaar oud`, `ze is tien`, `met zesendertig begin je`, `in de zestig`."""
    token, before = found[index], before_at(found, index)
    if after_at(found, index) in YEARS and not is_duration(found, index, lexicon):
        last = index + 2 if after_at(found, index + 1) == "oud" else index + 1
        hidden[index : last + 1] = [True] * (last + 1 - index)
    if token.kind != "word" or token.key not in lexicon.numbers:
        return
    if _is_age(found, index, lexicon) or (token.key in _TENS and before in _DECADE):
        hidden[index] = True


def _is_age(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """A number in words that counts nothing: small ones behind a verb of age, larger ones anywhere."""
    after = after_at(found, index)
    bare = not near(found, index + 1) or after in BARE
    if found[index].key in _HOURS:
        verb = index - 1
        while before_at(found, verb + 1) in _WHEN and near(found, verb):
            verb -= 1
        clock = key_at(found, verb - 1) in _IT and key_at(found, verb) in _IS
        return bare and before_at(found, verb + 1) in AGE_VERBS and not clock
    if after in ("voor", "over") and key_at(found, index + 2) in _HOURS:
        return False
    loose = after in lexicon.function or lexicon.is_verb(after) or before_at(found, index) == "met"
    return bare or (loose and not counted(after, lexicon))


def _spare_sayings(found: list[Token], hidden: Hidden) -> None:
    """Keeps `24/7` and `1 op 1`, which everybody says."""
    for index in range(len(found) - 1):
        alone = index == 0 or found[index - 1].kind != "number"
        if alone and (found[index].text, found[index + 1].gap, found[index + 1].text) == ("24", "/", "7"):
            hidden[index : index + 2] = [False, False]
        if alone and [token.text for token in found[index : index + 3]] == ["1", "op", "1"]:
            hidden[index : index + 3] = [False, False, False]


def _hide_spoken(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Hides numbers that are told one by one: `nul zes twaalf vierendertig`."""
    start = 0
    for index in range(len(found) + 1):
        if index < len(found) and _is_told(found[index], lexicon):
            continue
        if index - start >= _SPOKEN and any(token.key != "een" for token in found[start:index]):
            hidden[start:index] = [True] * (index - start)
        start = index + 1


def _hide_days(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Hides `derde mei`, `de 8ste van maart`, `vrijdag 13 juni`, and `de veertiende` where it counts nothing."""
    for index, token in enumerate(found):
        worded = token.key in lexicon.ordinals
        if not worded and not (token.key[:1].isdigit() and hidden[index]):
            continue
        month = index + 2 if after_at(found, index) in ("van", "v") else index + 1
        if near(found, month) and found[month].key in lexicon.months:
            hidden[index : month + 1] = [True] * (month + 1 - index)
        if worded and _is_late(found, index, lexicon):
            hidden[index] = True
    for index in range(len(found)):
        if found[index].key in WEEKDAYS and near(found, index + 1):
            _hide_weekday(found, hidden, index, lexicon)


def _is_late(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`de veertiende was ik er`, `op haar vijftiende kreeg ze …`: a day or an age, since it orders nothing."""
    before, after = before_at(found, index), after_at(found, index)
    day = before == "de" and found[index].key not in lexicon.function
    if not day and (before not in _OWN or found[index].key in _FIRST):
        return False
    return not near(found, index + 1) or lexicon.anywhere(after) or lexicon.is_verb(after)


def _hide_weekday(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """Hides the day of the week before a date: `vrijdag 13 juni`, `vrijdag de dertiende`."""
    day = index + 2 if found[index + 1].key == "de" else index + 1
    if not near(found, day) or not hidden[day]:
        return
    dated = found[day].key in lexicon.ordinals or found[day].key[:1].isdigit()
    if dated or after_at(found, day) in lexicon.months:
        hidden[index : day + 1] = [True] * (day + 1 - index)


def _is_told(token: Token, lexicon: Lexicon) -> bool:
    return token.kind == "number" or token.key == "een" or token.key in lexicon.numbers


def _begins_with_digit(token: Token) -> bool:
    return token.key[:1].isdigit() and token.key.isascii()
