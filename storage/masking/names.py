"""Which words to hide: all that are not everyday Dutch, and everyday words that stand where a name stands."""

from __future__ import annotations

from storage.masking.lexicon import Lexicon, Words, words
from storage.masking.tokens import Token, after_at, before_at, key_at, near

Hidden = list[bool]

_DETERMINERS = words(
    "de het een n 'n nen ne un 'ne 't t deze die dit dat elke iedere mijn mn m'n jouw je zijn zn z'n haar hr d'r"
    " ons onze hun jullie geen hele halve welke welk zo'n veel weinig twee drie alle"
)
_BEFORE_A_NAME = words("met van aan door bij via voor volgens tegen namens naast zonder")
_BESIDE_A_NAME = words("met aan volgens tegen namens naast")
_GREETINGS = words("gr groet groetjes groeten liefs beste lieve hallo hoi hey hai mvg kus kusjes")
_IS = words("is was wordt werd")
_ARTICLES = words("de het een weer voorbij begonnen nu er")
_SUBJECTS = words("ik je jij u hij ze zij we wij jullie men die wie dat wat er iedereen niemand ge gij ie iemand")
_MEETS = words(
    "vind vindt vond vinden ken kent kende zag sprak spreek gesproken belde bel mis vroeg vraag vertrouw bedank"
)
_CLAUSE = words(
    "je jij ik hij ze we wij jullie u niet graag dat op om hem haar het er nog ook wel even gewoon alleen best de"
    " een eigenlijk heel erg zo blij bang moe benieuwd boos soms vaak altijd nu mij me geen keer dag week maand"
    " mijn zijn ons onze iemand iedereen niemand hun deze die dit meer minder echt liever zelf weten weg ff effe"
)
_OPENS = words("dat en als of want maar heeft had kan wil")
_TO_A_TOWN = words("in uit naar vanuit rond omgeving den")
_VERBS = words("ben wil ken koos leen mien")
_OPENERS = words("elke erin erna")
_THINGS = words("wacht staat zit las weet mist wil")
_AT_A_HOUSE = words("bij via naar vanuit")
_SPOKEN_WITH = words("bellen spreken appen mailen gesproken gebeld geappt gemaild gevraagd ontmoet bedankt")
_SINCE = words("sinds dat toen omdat want terwijl nadat zodra wanneer")
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
                or _is_capital_name(found, index, lexicon)
                or _is_lower_name(found, index, lexicon)
            )


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
    return token.key in lexicon.verbal and key_at(found, index + 1) not in _CLAUSE


def _is_lower_name(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`met roos`, `dat wil is`, `groetjes ben`: an everyday word in the place of a name."""
    key, before = found[index].key, before_at(found, index)
    if key in lexicon.verbal:
        return _is_verbal_name(found, index, lexicon)
    named = key in lexicon.names or key in lexicon.nouns
    if named and before == "van" and key_at(found, index - 2) in _GREETINGS:
        return True
    if key in lexicon.given:
        return not _is_determined(found, index, lexicon)
    if key in lexicon.bare:
        return not _is_determined(found, index, lexicon) and _is_met_or_acts(found, index, lexicon)
    if key in lexicon.surnames:
        if before in _GREETINGS or before in _BEFORE_A_NAME or before in _MEETS or _is_spoken_with(found, index):
            return True
        return before not in _IS and (before in _SINCE or _is_subject(found, index, lexicon))
    if key in lexicon.adjectives and before == "de" and not key.endswith("e"):
        return acts(found, index, lexicon) or not near(found, index + 1)
    if (key in lexicon.towns and before in _TO_A_TOWN) or (key in lexicon.organisations and before in _AT_A_HOUSE):
        return True
    if key in lexicon.nouns:
        opens = not near(found, index - 1) or key_at(found, index - 2) in _OPENS
        return before == "van" and opens and acts(found, index, lexicon)
    return _is_diminutive(key, lexicon) and _is_subject(found, index, lexicon) and not lexicon.knows(before)


def _is_diminutive(key: str, lexicon: Lexicon) -> bool:
    """`toontje`, which is a small tone, and somebody."""
    if not key.endswith("je") or key in lexicon.relations or key in lexicon.function:
        return False
    return any(lexicon.knows(key.removesuffix(end)) for end in ("je", "tje") if len(key) - len(end) > 2)


def _is_spoken_with(found: list[Token], index: int) -> bool:
    """`heb storm gesproken`, `visser gebeld`."""
    return near(found, index + 1) and found[index + 1].key in _SPOKEN_WITH


def _is_verbal_name(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`wil`, `ben`, `erna` and the like as somebody: greeting, met, or doing something besides."""
    key, before, after = found[index].key, before_at(found, index), after_at(found, index)
    if before in _GREETINGS:
        return index + 1 == len(found)
    if key in _OPENERS:
        return after in lexicon.acts and after not in _THINGS and key_at(found, index + 2) not in _CLAUSE
    if key not in _VERBS:
        return False
    if before in _BEFORE_A_NAME or (before in _MEETS and after not in _CLAUSE - _DETERMINERS):
        return True
    subject = before in _SUBJECTS or before in _DETERMINERS or before in lexicon.relations
    return not subject and acts(found, index, lexicon)


def _is_determined(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`een roos`, `de mooie roos`, `een of andere roos`: what has an article is a thing."""
    before = before_at(found, index)
    if before in _DETERMINERS:
        return True
    inflected = before.endswith("e") and before not in lexicon.relations and before not in lexicon.function
    return (inflected and near(found, index - 1)) and lexicon.knows(before)


def _is_subject(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a noun that needs an article has none, and does something: `bakker zei`."""
    return acts(found, index, lexicon) and not _is_determined(found, index, lexicon)


def _is_beside_me(found: list[Token], index: int) -> bool:
    """`storm en ik`, `ik en storm`."""
    behind = after_at(found, index) == "en" and key_at(found, index + 2) == "ik"
    return behind or (before_at(found, index) == "en" and key_at(found, index - 2) == "ik")


def _is_met_or_acts(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a noun that needs no article is treated as a person."""
    before = before_at(found, index)
    if before in _BESIDE_A_NAME or before in _GREETINGS or before in _MEETS or _is_spoken_with(found, index):
        return True
    after = after_at(found, index)
    if _is_beside_me(found, index):
        return True
    return after in lexicon.acts or (after in _IS and key_at(found, index + 2) not in _ARTICLES)


def acts(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether somebody does or is something in the next word."""
    after = after_at(found, index)
    return after in lexicon.acts or after in _IS


def known_compounds(found: list[Token], known: Words) -> Hidden:
    """Marks the parts of hyphenated words that are listed as a whole: check-in, f-act."""
    whole = [False] * len(found)
    for start, end in compounds(found):
        if "-".join(token.key for token in found[start:end]) in known:
            whole[start:end] = [True] * (end - start)
    return whole


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
