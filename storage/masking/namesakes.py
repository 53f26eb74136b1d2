"""Everyday words that are names as well (roos, storm, wil, bakker), and whether one stands where a name stands.

Each class of words in `everyday.txt` has a rule of its own. `senses` knows where the word is meant plainly.
"""

from __future__ import annotations

from storage.masking.lexicon import Lexicon, words
from storage.masking.tokens import Token, after_at, before_at, key_at, near

_DETERMINERS = words(
    "de het een n 'n nen ne un 'ne 't t deze die dit dat elke iedere mijn mn m'n jouw je zijn zn z'n haar hr d'r"
    " ons onze hun jullie geen hele halve welke welk zo'n veel weinig twee drie alle"
)
_BEFORE_A_NAME = words("met van aan door bij via voor volgens tegen namens naast zonder")
_BESIDE_A_NAME = words("met aan volgens tegen namens naast")
_GREETINGS = words("gr groet groetjes groeten liefs beste lieve hallo hoi hey hai mvg kus kusjes bedankt sorry")
_IS = words("is was wordt werd")
_ARTICLES = words("de het een weer voorbij begonnen nu er")
_SUBJECTS = words("ik je jij u hij ze zij we wij jullie men die wie dat wat er iedereen niemand ge gij ie iemand")
_MEETS = words(
    "vind vindt vond vinden ken kent kende zag sprak spreek gesproken belde bel mis vroeg vraag vertrouw bedank"
)
OF_CLAUSES = words(
    "je jij ik hij ze we wij jullie u niet graag dat op om hem haar het er nog ook wel even gewoon alleen best de"
    " een eigenlijk heel erg zo blij bang moe benieuwd boos soms vaak altijd nu mij me geen keer dag week maand"
    " mijn zijn ons onze iemand iedereen niemand hun deze die dit meer minder echt liever zelf weten weg ff effe"
)
"""What goes on with a clause behind a verb, so that it is no name: `Wil je mij bellen?`."""
_OPENS = words("dat en als of want maar heeft had kan wil")
_TO_A_TOWN = words("in uit naar vanuit rond omgeving den")
_VERBS = words("ben wil ken koos leen mien")
_OPENERS = words("elke erin erna")
_THINGS = words("wacht staat zit las weet mist wil")
_AT_A_HOUSE = words("bij via naar vanuit")
_SPOKEN_WITH = words(
    "bellen spreken appen mailen gesproken gebeld geappt gemaild gevraagd ontmoet bedankt gepraat"
    " gekletst overlegd afgesproken gewandeld gehoord beloofd geholpen uitgelegd verteld gemist getroffen"
)
_FRONT = words(
    "toen daarna nu morgen overmorgen vandaag gister gisteren eergister eergisteren vanmorgen vanochtend vanmiddag"
    " vanavond vannacht straks dan daar hier waarom wanneer waar hoe soms altijd vaak eindelijk misschien ineens"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag waarop laatst eerst ook zo dit dat wat die"
)
_LINKS = words("en maar want dus of")
_ASKED = _BEFORE_A_NAME | words("heb heeft had hebben")
_DONE_BY_HOPE = words("doet geeft gaf staat komt gaat blijft brengt houdt helpt kan had hoeft mag moet")
_HOPED = words("geven gegeven hebben houden bieden geboden gehad putten")
_WHILE = words("als omdat nadat terwijl zodra sinds hoewel doordat zodat")
"""What a subject follows, never a verb: `als koos er is`."""
_GIVES = words("geeft gaf brengt bracht")
_DO_YOU = words("kun kan heb had wil wou zou moet mag ga zal zie zag hoor ken weet vind vond kon laat")
_WOULD = words("zou zal gaat moet")
_SEASONS = words("herfst lente winter zomer")
_ONWARD = words("naar tot op")
_SINCE = words("sinds dat toen omdat want terwijl nadat zodra wanneer")


def is_namesake(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`met roos`, `dat wil is`, `groetjes ben`: an everyday word in the place of a name."""
    key, before = found[index].key, before_at(found, index)
    if key in lexicon.foods:
        return True
    if key in lexicon.verbal:
        return _is_verbal_name(found, index, lexicon) or _is_inverted(found, index, lexicon)
    named = key in lexicon.names or key in lexicon.nouns
    if named and before == "van" and key_at(found, index - 2) in _GREETINGS:
        return True
    if key in lexicon.given:
        return not _is_determined(found, index, lexicon)
    if key in lexicon.bare:
        met = _is_met_or_acts(found, index, lexicon) or _is_inverted(found, index, lexicon)
        return met and not _is_determined(found, index, lexicon)
    if key in lexicon.surnames:
        return _is_surname(found, index, lexicon)
    if key in lexicon.adjectives and before == "de" and not key.endswith("e"):
        return acts(found, index, lexicon) or not near(found, index + 1)
    if (key in lexicon.towns and before in _TO_A_TOWN) or (key in lexicon.organisations and before in _AT_A_HOUSE):
        return True
    if key in lexicon.nouns:
        opens = not near(found, index - 1) or key_at(found, index - 2) in _OPENS
        return before == "van" and opens and acts(found, index, lexicon)
    return _is_diminutive(key, lexicon) and _is_subject(found, index, lexicon) and not lexicon.knows(before)


def _is_surname(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`volgens visser`, `heb koning gevraagd`, `sinds wolf weg is`, `bakker zei`."""
    before = before_at(found, index)
    if before in _GREETINGS or before in _BEFORE_A_NAME or before in _MEETS:
        return True
    if _is_spoken_with(found, index) and before not in _ARTICLES:
        return True
    if _is_inverted(found, index, lexicon) and found[index].key not in lexicon.relations:
        return True
    return before not in _IS and (before in _SINCE or _is_subject(found, index, lexicon))


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
    if before in _ASKED and _is_spoken_with(found, index):
        return True
    if key in _VERBS and before in _WHILE:
        return True
    if key == "hoop":
        return after in lexicon.acts - _DONE_BY_HOPE and before not in _SUBJECTS | _DETERMINERS
    if key in _OPENERS:
        return after in lexicon.acts and after not in _THINGS and key_at(found, index + 2) not in OF_CLAUSES
    if key not in _VERBS:
        return False
    if before in _BEFORE_A_NAME or (before in _MEETS and after not in OF_CLAUSES - _DETERMINERS):
        return True
    subject = before in _SUBJECTS or before in _DETERMINERS or before in lexicon.relations
    return not subject and acts(found, index, lexicon)


def _is_determined(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`een roos`, `de mooie roos`, `een of andere roos`: what has an article is a thing."""
    before = before_at(found, index)
    if before in _DETERMINERS:
        return before != "je" or before_at(found, index - 1) not in _DO_YOU
    inflected = before.endswith("e") and before not in lexicon.relations and before not in lexicon.function
    return (inflected and near(found, index - 1)) and lexicon.knows(before)


def _is_subject(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a noun that needs an article has none, and does something: `bakker zei`."""
    return acts(found, index, lexicon) and not _is_determined(found, index, lexicon)


def _is_inverted(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """`morgen komt visser langs`, `heeft wolf gebeld?`: behind a verb that its clause begins with, the subject."""
    verb = index - 1
    being = before_at(found, index) in _IS and found[index].key not in lexicon.verbal and near(found, index + 1)
    acting = before_at(found, index) in lexicon.acts | _WOULD and found[verb].key not in _GIVES
    hoped = after_at(found, index) in _HOPED and found[index].key == "hoop"
    if hoped or (not acting and not (being and near(found, verb))):
        return False
    if not near(found, verb):
        return found[index].key not in lexicon.verbal and found[verb].begins
    opens = not near(found, verb - 1) or key_at(found, verb - 2) in _LINKS
    return opens and found[verb - 1].key in _FRONT


def _is_beside_me(found: list[Token], index: int) -> bool:
    """`storm en ik`, `ik en storm`."""
    behind = after_at(found, index) == "en" and key_at(found, index + 2) == "ik"
    return behind or (before_at(found, index) == "en" and key_at(found, index - 2) == "ik")


def _is_met_or_acts(found: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a noun that needs no article is treated as a person."""
    before = before_at(found, index)
    placed = before in _BEFORE_A_NAME or (before == "naar" and key_at(found, index - 2) not in _SEASONS)
    if found[index].key in _SEASONS and placed and after_at(found, index) not in _ONWARD:
        return True
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
