"""Which words to hide: all that are not everyday Dutch, and everyday words that stand where a name stands."""

from __future__ import annotations

from storage.masking.lexicon import Lexicon, Words, words
from storage.masking.tokens import Token, near

Hidden = list[bool]

_DETERMINERS = words(
    "de het een n deze die elke iedere mijn jouw zijn haar ons onze hun geen hele halve mooie rode grote kleine"
    " zware afgelopen vorige volgende komende eerste laatste flinke warme koude welke"
)
_BEFORE_A_NAME = words("met van aan door bij via voor volgens tegen")
_GREETINGS = words("gr groet groetjes groeten liefs beste lieve hallo hoi hey hai")
_FINITE = words("is was heeft had komt kwam gaat ging zegt zei doet deed wordt kan moet vindt weet")
_SUBJECTS = words("ik je jij u hij ze zij we wij jullie men die wie dat wat er iedereen niemand")
_CLAUSE = words(
    "je jij ik hij ze we wij jullie u niet graag dat op om hem haar het er nog ook wel even gewoon alleen best"
    " eigenlijk heel erg zo blij bang moe benieuwd boos soms vaak altijd nu mij me geen keer dag week maand"
)
_IN_SURNAMES = words("'t t het in op aan uit onder bij")
_NAMING = words("heet heette heten genaamd")
_CALLED = words("ben wil ken")
_AT_SIGN = words("apenstaart apenstaartje aapje at")
_CHAIN = 4


def hide_names(found: list[Token], hidden: Hidden, lexicon: Lexicon) -> None:
    """Marks every token that may tell who somebody is; what is marked already counts as a name."""
    whole = _known_compounds(found, lexicon.known)
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
    for index in range(len(found)):
        _follow(found, hidden, index, lexicon)
    ties = lexicon.particles | lexicon.institutions
    for index in range(len(found) - 1, 0, -1):
        name = hidden[index] or found[index].kind == "mask"
        if name and found[index - 1].key in ties and near(found, index):
            hidden[index - 1] = True
    _hide_spoken_address(found, hidden)
    _hide_whole_compounds(found, hidden, whole)
    _hide_spelled(found, hidden)


def _is_strange(token: Token, lexicon: Lexicon) -> bool:
    if token.kind == "dotted":
        return token.capital or token.key.replace(".", "") not in lexicon.abbreviations
    return not lexicon.knows(token.key)


def _is_initial(found: list[Token], index: int) -> bool:
    """A single letter with a point behind it, or a single capital; only `u` may be written with one."""
    token = found[index]
    pointed = index + 1 < len(found) and found[index + 1].gap.startswith(".")
    return len(token.key) == 1 and ((token.capital and token.key != "u") or pointed)


def _is_capital_name(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """A capital inside a sentence means a name, and so does a first name or a surname at the beginning of one."""
    token = found[index]
    if not token.capital or token.key in lexicon.anywhere:
        return False
    if token.key in lexicon.given or token.key in lexicon.surnames:
        return True
    if token.text.isupper() and len(token.text) > 1:
        return False
    if not token.begins or token.text[1:] != token.text[1:].lower():
        return True
    return token.key in lexicon.verbal and _key(found, index + 1) not in _CLAUSE


def _is_lower_name(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`met roos`, `dat wil is`, `groetjes ben`: an everyday word in the place of a name."""
    key, before = found[index].key, _key(found, index - 1) if near(found, index) else ""
    last = index + 1 == len(found)
    if key in lexicon.given:
        plain = before.endswith("e") and near(found, index - 1) and _key(found, index - 2) in _DETERMINERS
        return before not in _DETERMINERS and not plain
    if before in _GREETINGS and key in lexicon.verbal | lexicon.surnames:
        return last or key in lexicon.surnames
    if key in lexicon.surnames:
        return before in _BEFORE_A_NAME
    if key in _CALLED:
        subject = before in _SUBJECTS or before in _DETERMINERS
        return before in _BEFORE_A_NAME or (not subject and near(found, index + 1) and _finite(found, index))
    return False


def _finite(found: list[Token], index: int) -> bool:
    return _key(found, index + 1) in _FINITE


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
    chain = {found[at].key for at in range(index + 1, end)}
    target = found[end].key
    surname = target in lexicon.given or target in lexicon.surnames
    spelled = found[end].capital and not found[end].text.isupper() and not found[end].begins
    sure = key in _NAMING and target not in lexicon.anywhere
    sure = sure or key in ("den", "der") or ((title or name) and spelled)
    weak = target in lexicon.adjectives and (title or name or bool(chain))
    noun = target in lexicon.nouns and (title or (name and bool(chain & {"der", "den", "ter", "van"})))
    verbal = target in lexicon.verbal and title
    if sure or surname or weak or noun or verbal or (hidden[end] and (title or name)):
        hidden[index + 1 : end + 1] = [True] * (end - index)


def _is_particle(key: str, lexicon: Lexicon) -> bool:
    return key in lexicon.particles or key in _IN_SURNAMES


def _known_compounds(found: list[Token], known: Words) -> list[bool]:
    """Marks the parts of hyphenated words that are listed as a whole: check-in, f-act."""
    whole = [False] * len(found)
    for start, end in _compounds(found):
        if "-".join(token.key for token in found[start:end]) in known:
            whole[start:end] = [True] * (end - start)
    return whole


def _hide_whole_compounds(found: list[Token], hidden: Hidden, whole: list[bool]) -> None:
    """A compound with one strange part is strange as a whole."""
    for start, end in _compounds(found):
        words = any(token.kind != "number" for token in found[start:end])
        if words and any(hidden[start:end]) and not whole[start]:
            hidden[start:end] = [True] * (end - start)


def _compounds(found: list[Token]) -> list[tuple[int, int]]:
    """Begin and end of every run of tokens that hyphens tie together."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(found) + 1):
        if index == len(found) or found[index].gap != "-":
            if index - start > 1:
                runs.append((start, index))
            start = index
    return runs


def _hide_spelled(found: list[Token], hidden: Hidden) -> None:
    """Hides a word spelled letter by letter: three single letters or more in a row."""
    start = 0
    for index in range(len(found) + 1):
        if index == len(found) or len(found[index].key) != 1 or found[index].kind != "word":
            if index - start > 2:
                hidden[start:index] = [True] * (index - start)
            start = index + 1


def _hide_spoken_address(found: list[Token], hidden: Hidden) -> None:
    """Hides `kees apenstaartje post punt nl`, whatever the words are."""
    for index, token in enumerate(found):
        if token.key in _AT_SIGN:
            first, last = max(0, index - 1), min(len(found), index + 2)
            while last + 1 < len(found) and found[last].key in ("punt", "dot", "streepje"):
                last += 2
            hidden[first:last] = [True] * (last - first)


def _key(found: list[Token], index: int) -> str:
    return found[index].key if 0 <= index < len(found) else ""
