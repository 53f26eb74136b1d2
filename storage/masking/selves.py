"""What can be said of one person only: `ik ben de teamleider`, `als oud-huisarts`, `ze was burgemeester`."""

from __future__ import annotations

from storage.masking.lexicon import Lexicon, words
from storage.masking.names import Hidden
from storage.masking.tokens import Token, key_at, near

_I = words("ik k wij we mij me ons mijn")
_LEADS = words("hier de het een 'n enige enigste geestelijk maatschappelijk")
_ONLY = words("enige enigste")
_ENDS = words("en dus maar want of omdat terwijl")
_FORMER = words("oud ex")
_TO_OTHERS = words("man vrouw vriend vriendin partner collega collega's bewoner bewoners echtgenoot echtgenote")
_OF_CHURCH = words("geestelijk maatschappelijk")
_WAS = words("was is ben waren werd geweest")
_ONCE = words("de een 'n vroeger ooit nog vorige oude gewezen olympisch olympische nederlands nederlandse")
_FAMOUS = words(
    "burgemeester wethouder minister staatssecretaris kamerlid raadslid gedeputeerde commissaris kampioen"
    " wereldkampioen profvoetballer voetbalprof profwielrenner profbokser topsporter acteur actrice cabaretier"
    " presentator presentatrice popster filmster voetballer"
)
_PHRASE = 12
"""The most words that one clause hides."""


def hide_selves(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Marks functions that few have, what only one person is, and what somebody was before."""
    own = any(token.key in _I for token in found)
    for index, token in enumerate(found):
        we = token.key == "zijn" and key_at(found, index - 1) in ("wij", "we")
        if token.key == "ben" or we or (token.key == "als" and own):
            _hide_self(found, hidden, index, lexicon)
        if token.key in _FORMER and index + 1 < len(found) and _is_former(found, index + 1):
            hidden[index] = hidden[index + 1] = True
            if key_at(found, index + 2) == "van":
                _hide_clause(found, hidden, index + 2, most=3)
        if token.key in _FAMOUS or token.key in lexicon.roles:
            _hide_fame(found, hidden, index, lexicon)


def _hide_self(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    at = index + 1
    while at - index < len(_LEADS) and near(found, at) and _leads(found[at].key, lexicon):
        at += 1
    if not near(found, at):
        return
    only = [place for place in range(index + 1, at) if found[place].key in _ONLY]
    if only and found[only[0] + 1].key != "die":
        _hide_clause(found, hidden, only[0], most=_PHRASE)
    elif found[at].key in lexicon.roles or found[at - 1].key in _OF_CHURCH:
        hidden[index + 1 : at + 1] = [True] * (at - index)
    elif found[at].key in lexicon.traits:
        _hide_clause(found, hidden, at, most=2)


def _hide_fame(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """`was vroeger profvoetballer`, `was wereldkampioen schaatsen`, `de dochter van de vorige burgemeester`."""
    at = index - 1
    while near(found, at + 1) and found[at].key in _ONCE:
        at -= 1
    if at < 0 or not near(found, at + 1):
        return
    if found[at].key in _WAS and found[index].key in _FAMOUS:
        more = near(found, index + 1) and not lexicon.anywhere(found[index + 1].key)
        hidden[at + 1 : index + 1 + more] = [True] * (index + more - at)
    if found[at].key == "van" and at + 1 < index and found[at - 1].key in lexicon.relations and near(found, at):
        first = at - 2 if key_at(found, at - 2) in ("de", "een") else at - 1
        hidden[first : index + 1] = [True] * (index + 1 - first)


def _is_former(found: list[Token], index: int) -> bool:
    """Whether this is what somebody was by profession, not to somebody else: oud-huisarts, but not ex-man."""
    return found[index].gap == "-" and found[index].key not in _TO_OTHERS


def _leads(key: str, lexicon: Lexicon) -> bool:
    """What may stand before a function: an article, or an adjective such as `nieuwe`."""
    return key in _LEADS or (key.endswith("e") and key not in lexicon.roles | lexicon.traits | lexicon.relations)


def _hide_clause(found: list[Token], hidden: Hidden, start: int, most: int) -> None:
    """Hides from here on, as far as the clause goes."""
    for index in range(start, min(len(found), start + most)):
        if index > start and (not near(found, index) or found[index].key in _ENDS):
            return
        hidden[index] = True
