"""Where a word that is a name as well is plainly meant: flour, dandruff, bad weather, a trade, a meal."""

from __future__ import annotations

from storage.masking.lexicon import Lexicon, words
from storage.masking.tokens import Token, after_at, before_at, key_at, near

_SOME = words(
    "wat meer beetje genoeg gram kilo pond pak pakje zak zakje kop kopje lepel lepels eetlepel eetlepels el"
)
_OUT_OF = words("last pak pakje zak zakje kop kopje kilo gram")
_USED = words("kopen koop gekocht nodig shampoo meel mengen kneden")
_PURE = words("water geweten lucht hart geluk toeval goud onzin")
_AGAIN = words("na voor")
_IN_WEATHER = words("bij na door tijdens vanwege in als")
_I = words("ik hij ie wij jij zij ze we je")
_HE = words("ik hij ie wij jij")
_IS = words("ben is was werd word wordt")
_WANTS = words("wil wilde wou wilt zou kon kan mocht mag")
_BECOME = words("worden geworden")
_EATEN = words("gehaald gegeten eten halen besteld bestellen koken gekookt afhalen afgehaald restaurant")
_EAT = words("eten at aten eet haal halen bestel bestellen kook")
_CLAUSE = 6
"""How far behind the trade `worden` may stand."""


def is_plain(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether this namesake is an everyday word here; never with a capital in the middle of a sentence."""
    token = found[index]
    if token.capital and not token.begins:
        return False
    key = token.key
    return (
        (key in lexicon.given | lexicon.bare and _is_repeated(found, index))
        or (key in lexicon.stuff and _is_stuff(found, index, lexicon))
        or (key in lexicon.qualities and after_at(found, index) in _PURE)
        or (key in lexicon.bare and _is_weather(found, index, lexicon))
        or (key in lexicon.surnames and _is_trade(found, index))
        or (key in lexicon.foods and _is_meal(found, index))
    )


def _is_repeated(found: list[Token], index: int) -> bool:
    """`bloem na bloem`."""
    key = found[index].key
    behind = after_at(found, index) in _AGAIN and key_at(found, index + 2) == key
    return behind or (before_at(found, index) in _AGAIN and key_at(found, index - 2) == key)


def _is_stuff(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`wat bloem`, `last van roos`, `bloem gekocht`, but not `wat roos zei`."""
    before, after = before_at(found, index), after_at(found, index)
    if after in lexicon.acts:
        return False
    some = before in _SOME or (before == "van" and key_at(found, index - 2) in _OUT_OF)
    return some or after in _USED


def _is_weather(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`bij storm durft ze niet`: what follows is done by somebody else."""
    placed = before_at(found, index) in _IN_WEATHER and after_at(found, index) in lexicon.acts
    return placed and near(found, index + 2) and found[index + 2].key in _I


def _is_trade(found: list[Token], index: int) -> bool:
    """`Visser wilde hij worden`, `bakker was hij`."""
    verb, who = after_at(found, index), index + 2
    if not near(found, who) or found[who].key not in _I:
        return False
    later = {token.key for token in found[who : who + _CLAUSE]}
    return (verb in _IS and found[who].key in _HE) or (verb in _IS | _WANTS and bool(later & _BECOME))


def _is_meal(found: list[Token], index: int) -> bool:
    """`chinees gehaald`, `we eten grieks`, but not `de chinees naast ons`."""
    return after_at(found, index) in _EATEN or before_at(found, index) in _EAT
