"""Every problem that a dialogue can have: its code, how serious it is, and its name in one line.

The codes are stable: authors look them up in docs/problemen.md, and a test holds that page to this table.
E1 is about reading the file, E2 about structure, E3 about roles and labels, W4 about language,
E5 and W5 about a programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from dialogues.problems import Place, Problem, Severity

CODES: Mapping[str, str] = MappingProxyType(
    {
        "E101": "Het bestand is niet te lezen",
        "E102": "Het bestand is te groot",
        "E103": "Het bestand is niet bewaard als UTF-8",
        "E104": "Er staat geen dialoog in het bestand",
        "E105": "YAML kan deze regel niet lezen",
        "E106": "Er staat een tab",
        "E107": "Een woord staat er twee keer",
        "E108": "Een verwijzing met & of * mag niet",
        "E109": "Een uitroepteken-woord mag niet",
        "E110": "Er staan meer documenten in één bestand",
        "E111": "De tekst springt te vaak in",
        "E112": "Een onzichtbaar teken mag niet",
        "E113": "Voor de dubbele punt hoort één woord",
        "E201": "Dit woord kennen we hier niet",
        "E202": "Er ontbreekt een woord",
        "E203": "Een stap leidt nergens heen",
        "E204": "Hier hoort iets anders",
        "E205": "De start is geen vraag",
        "E206": "Een naam heeft tekens die niet mogen",
        "E208": "Een vraag en een einde hebben dezelfde naam",
        "E209": "Hier ontbreekt tekst",
        "E210": "Een vraag heeft knoppen of tekst, niet allebei en niet geen van beide",
        "E211": "Hier komt nooit iemand",
        "E212": "De vragen draaien in een kring",
        "E213": "Een vraag heeft te veel knoppen",
        "E214": "Een vraag heeft te weinig knoppen",
        "E215": "De tekst op een knop is te lang",
        "E216": "Een emoji staat niet goed",
        "E217": "Een bericht is te lang",
        "E218": "Delen met het team komt niet na elk antwoord",
        "E219": "Delen met het team kan alleen bij een vraag met tekst",
        "E220": "Twee knoppen hebben dezelfde tekst",
        "E221": "Twee namen hebben dezelfde korte code",
        "E222": "Twee dialogen hebben dezelfde naam",
        "E223": "Deze verandering vraagt een nieuwe versie",
        "E224": "Een dialoog heeft te veel vragen",
        "E225": "Een knop heeft een naam die al iets betekent",
        "E301": "Deze rol kennen we niet",
        "E302": "Er ontbreekt een rol",
        "E303": "Deze rol doet niet mee in de dialoog",
        "E304": "Dit label kennen we niet",
        "E305": "Iets staat twee keer in een rij",
        "E501": "Deze dialoog kennen we niet",
        "E502": "Deze dialoog komt vanzelf",
        "E503": "Deze dialoog is niet voor deze rol",
        "W401": "Er staat 'u' of 'uw'",
        "W402": "Er staat een woord dat we niet gebruiken",
        "W403": "Een vraag gaat over een naam of een diagnose",
        "W404": "Een zin is lang",
        "W405": "Er staan meer vragen in één bericht",
        "W406": "Een anonieme vraag belooft dat iemand iets doet",
        "W407": "Er komen te veel vragen achter elkaar",
        "W408": "Een vervolgvraag komt niet na elk antwoord",
        "W409": "De naam van de dialoog is niet die van het bestand",
        "W501": "Dit team kennen we niet",
    }
)
"""Code -> its name, in Dutch."""


def severity(code: str) -> Severity:
    """How serious this code is; its first letter says so."""
    return "error" if code.startswith("E") else "warning"


def problem(path: str, place: Place, code: str, message: str, hint: str = "") -> Problem:
    """One problem in this file; message and hint are Dutch. Raises KeyError for a code outside the table."""
    if code not in CODES:
        raise KeyError(code)
    return Problem(path, place.line, place.column, code, severity(code), message, hint)


@dataclass(frozen=True, slots=True)
class Report:
    """Collects the problems of one file, so that an author sees all of them at once."""

    path: str
    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, code: str, message: str, hint: str = "") -> None:
        """Take one more problem in."""
        self.found.append(problem(self.path, place, code, message, hint))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one was probably meant to be, or None."""
    return next(iter(get_close_matches(word[:100], list(known), n=1)), None)


def did_you_mean(meant: str | None, otherwise: str) -> str:
    """The hint "Bedoel je '…'?" when a word was probably meant, else the other hint."""
    return f"Bedoel je '{shown(meant)}'?" if meant else otherwise


def shown(text: str) -> str:
    """An author's words as a message can quote them: on one line, and cut when long."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
