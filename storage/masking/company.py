"""Words that are hidden for the company they keep: beside a title, a name or a lodging."""

from __future__ import annotations

from dataclasses import dataclass

from storage.masking.addresses import hide_spoken_addresses
from storage.masking.lexicon import Lexicon, words
from storage.masking.names import Hidden, known_compounds
from storage.masking.namesakes import acts
from storage.masking.tokens import Token, before_at, compounds, key_at, near

_IN_SURNAMES = words("'t t het in op aan uit onder bij")
_NAMING = words("heet heette heten genaamd")
_SOFT = words("heer familie gezin zuster dokter pastoor professor fam prof")
"""Titles that are everyday nouns too, so that anything may follow them."""
_HALVES = words("mei")
"""Everyday words that are half a first name: mei ling."""
_SHORT_NAMES = words("ho ma he hu jo mo")
_DETERMINERS = words("de het een deze die dit dat elke iedere mijn jouw zijn haar ons onze hun geen jullie t 't n")
_ARTICLES = words("de het 't t")
_INSIDE = words("der den ter ten")
_TIES = words("der den ter van vd")
_PLACING = words("op in bij naar van uit")
_LIVING = words(
    "woont woonde woon wonen zit zat zitten verblijft verbleef werkt werkte werk opgenomen verhuisd slaapt"
)
_SHARED = words("afdeling unit team groep fact school kerk gebouw huis woning locatie instelling")
"""What is mostly meant in general: `op de afdeling de hele dag`."""
_NAMED = words("huize afdeling unit locatie paviljoen stichting")
"""What is named without an article: `afdeling zonnebloem`."""
_TREES = words("berk beuk eik wilg")
"""Nouns that nobody is `op`, but for a ward of that name."""
_EPITHETS = words(
    "lange dikke kleine grote rooie rode ouwe oude jonge blonde kale zwarte gekke kromme magere dove"
)
_CHAIN = 4


def hide_company(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Marks what stands beside names and titles, after the words themselves were judged."""
    for index in range(len(found)):
        _follow(found, hidden, index, lexicon)
        _lodging(found, hidden, index, lexicon)
        _ward(found, hidden, index, lexicon)
        _hide_particled(found, hidden, index, lexicon)
    ties = lexicon.particles | lexicon.institutions | _HALVES
    for index in range(len(found) - 1, 0, -1):
        name = hidden[index] or found[index].kind == "mask"
        if name and near(found, index) and (found[index - 1].key in ties or _is_part(found, index, lexicon)):
            hidden[index - 1] = True
    hide_spoken_addresses(found, hidden)
    _hide_whole_compounds(found, hidden, lexicon)
    _hide_spelled(found, hidden)


def _is_part(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether the word before belongs to this name: `team FACT west`, `op Het Baken`, `dikke Bertus`."""
    before = found[index - 1]
    called = before.key in _EPITHETS and before_at(found, index - 1) not in _DETERMINERS
    article = before.key in ("het", "t") and before.capital and not before.text.isupper()
    return called or article or (before.key == "team" and found[index].key in lexicon.institutions)


def _follow(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """After a title, a relation or a name: hides the surname that follows, particles included."""
    key = found[index].key
    title, relation = key in lexicon.titles, key in lexicon.relations
    name = hidden[index] or found[index].kind == "mask"
    if not (title or relation or name):
        return
    end = index + 1
    while end - index <= _CHAIN and near(found, end) and _is_particle(found[end].key, lexicon):
        end += 1
    if not near(found, end):
        return
    chain = frozenset(found[at].key for at in range(index + 1, end))
    initials = name and (found[index].kind == "dotted" or len(key) == 1)
    link = _Link(key, title, name, initials, chain)
    if (hidden[end] and (title or name)) or _is_surname(found, end, link, lexicon):
        hidden[index + 1 : end + 1] = [True] * (end - index)


@dataclass(frozen=True, slots=True)
class _Link:
    """What stands before a word: a title, a name (or its initials) or a relation, with particles between."""

    key: str
    title: bool
    name: bool
    initials: bool
    chain: frozenset[str]


def _is_surname(found: list[Token], end: int, link: _Link, lexicon: Lexicon) -> bool:
    """Whether this word, which would be plain elsewhere, is a name behind this link."""
    target, leader = found[end].key, link.title or link.name
    if target in lexicon.given or target in lexicon.surnames or target in lexicon.bare:
        return True
    if leader and found[end].capital and not found[end].text.isupper() and not found[end].begins:
        return True
    if leader and target in _SHORT_NAMES and link.key not in _SOFT:
        return True
    if lexicon.anywhere(target) or target in lexicon.numbers:
        return False
    if link.key in _NAMING or (link.title and target in lexicon.verbal and acts(found, end, lexicon)):
        return True
    if target in lexicon.adjectives and (leader or link.chain) and not lexicon.is_verb(target):
        return True
    if (target in lexicon.nouns or target in lexicon.towns) and (link.title or (link.name and link.chain & _TIES)):
        return True
    if link.chain:
        called = link.name or (link.title and link.key not in _SOFT)
        return called and not link.chain & _ARTICLES
    if link.title or link.initials:
        return link.key not in _SOFT and not lexicon.is_verb(target)
    return link.name and not lexicon.is_verb(target) and key_at(found, end + 1) in lexicon.acts


def _is_particle(key: str, lexicon: Lexicon) -> bool:
    return key in lexicon.particles or key in _IN_SURNAMES


def _lodging(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """Hides the name of a ward or a house: `afdeling de wilgen`, `fact west`, `huize de vuurvlinder`."""
    if found[index].key not in lexicon.lodging or not near(found, index + 1):
        return
    following = found[index + 1].key
    if following in lexicon.directions or (hidden[index + 1] and len(following) <= _CHAIN):
        hidden[index] = hidden[index + 1] = True
        return
    before = before_at(found, index)
    plain = before in _DETERMINERS or before.endswith("e")
    if following in _ARTICLES and near(found, index + 2) and not (plain and found[index].key in _SHARED):
        last = index + 2
    elif not plain and found[index].key in _NAMED:
        last = index + 1
    else:
        return
    if _may_be_called(found[last].key, lexicon):
        hidden[index + 1 : last + 1] = [True] * (last - index)


def _may_be_called(key: str, lexicon: Lexicon) -> bool:
    """Whether a house may have this for a name: no function word, verb or measure of time."""
    plain = lexicon.anywhere(key) or lexicon.is_verb(key) or key in lexicon.units or key in lexicon.numbers
    return key in lexicon.wards or (not plain and key != "hele")


def _ward(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """Hides `de regenboog` in `zit op de regenboog`, but not in `kleuren van de regenboog`."""
    article, place = key_at(found, index - 1), key_at(found, index - 2)
    key = found[index].key
    if not (key in lexicon.wards or key in lexicon.organisations) or article not in _ARTICLES:
        return
    lives = {key_at(found, at) for at in range(max(0, index - 2 - _CHAIN), index - 2)} & _LIVING
    house = place == "bij" and key in lexicon.organisations
    housed = key not in lexicon.nouns or key in _TREES
    if (place == "op" and housed) or house or (lives and place in _PLACING):
        hidden[index - 1] = hidden[index] = True


def _hide_particled(found: list[Token], hidden: Hidden, index: int, lexicon: Lexicon) -> None:
    """Hides `van der berg`, also where no name or title stands before it."""
    if (
        found[index].key not in ("der", "den", "ter", "ten")
        or not near(found, index)
        or not near(found, index + 1)
    ):
        return
    if found[index - 1].key == "van" and not lexicon.anywhere(found[index + 1].key):
        hidden[index - 1 : index + 2] = [True] * 3


def _hide_whole_compounds(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """A compound with one strange part is strange as a whole."""
    whole = known_compounds(found, lexicon.known)
    for start, end in compounds(found):
        spoken = any(token.kind != "number" for token in found[start:end])
        if spoken and any(hidden[start:end]) and not whole[start]:
            hidden[start:end] = [True] * (end - start)


def _hide_spelled(found: list[Token], hidden: Hidden) -> None:
    """Hides a word spelled letter by letter: three single letters or more in a row."""
    start = 0
    for index in range(len(found) + 1):
        if index == len(found) or len(found[index].key) != 1 or found[index].kind != "word":
            if index - start > 2:
                hidden[start:index] = [True] * (index - start)
            start = index + 1
