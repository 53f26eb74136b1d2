"""What people say yes to: the texts of the invitation and of /privacy, by version, with their dates.

The version that somebody agreed to is kept with their consent. A text that people agreed to is never changed:
when its meaning changes, a new version goes below, and `changed` says in short what is new. Everybody who agreed
to an older one is then asked again, once, and is asked nothing else until they say yes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.render import Button, Screen
from bot.wording import rights_texts, texts
from storage.participant import Participant
from storage.teams import Team


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version: since when, what is new after the one before it, and both texts as people read them."""

    version: int
    since: date
    changed: str
    invitation: str
    privacy: str

    @property
    def digest(self) -> str:
        """SHA-256 over all of it, in hex; the tests hold every version to its own."""
        whole = f"{self.since.isoformat()}\0{self.changed}\0{self.invitation}\0{self.privacy}"
        return hashlib.sha256(whole.encode()).hexdigest()


INVITATION_1 = (
    "Hoi! {team} nodigt je uit als {role}.\n\n"
    "Wat ik doe: ik stel je af en toe een kleine vraag. Je antwoordt met één tik. "
    "Jij kiest hoe vaak. Overslaan mag altijd. Tik je niet, dan vraag ik het nog één keer.\n\n"
    "Wat er met je antwoord gebeurt:\n"
    "• Ik bewaar je antwoord zonder je naam. Niemand in het team ziet wie wat koos.\n"
    "• Rond het evaluatiemoment krijgt het team een overzicht van groepen. "
    "Van kleine groepen laat ik niets zien.\n"
    "• Daarna wis ik de losse antwoorden.\n"
    "• Over jou bewaar ik je chatnummer, je rol en wat je hier kiest, versleuteld. Niet je naam.\n\n"
    "Goed om te weten:\n"
    "• Telegram kan deze chat lezen. Chats met een bot zijn niet helemaal versleuteld. "
    "Wie in je telefoon kijkt, ziet de chat ook.\n"
    "• Tot de periode sluit, zou de beheerder van de computer de antwoorden kunnen opzoeken.\n"
    "• Schrijf je zelf iets? Dan kan iemand je herkennen aan wat je vertelt of hoe je schrijft.\n"
    "• Niemand leest live mee. Heb je hulp nodig, bel dan. Onder elke vraag staat een knop met nummers.\n"
    "• Stoppen kan altijd: typ /stop.\n\n"
    "Wie zit hierachter: {team}. Bereikbaar via: {contact}\n"
    "Meer lezen: /privacy\n\n"
    "Doe je mee? Dan mag ik je vragen sturen in jouw ritme en rond het evaluatiemoment, "
    "en je vertellen wat het team ermee doet. Elk van die drie kun je later uitzetten."
)

PRIVACY_1 = (
    "Wat gebeurt er met wat je zegt?\n\n"
    "Wat ik vraag: af en toe een kleine vraag. Hoe vaak, kies jij. Je mag elke vraag overslaan. "
    "Tik je niet, dan vraag ik het na twee dagen nog één keer. Ook dat kun je uitzetten.\n\n"
    "Wat ik bewaar over jou: je chatnummer, je rol, je taal en je ritme. Ook wanneer je begon, "
    "waarvoor je ja zei, of ik je mag herinneren, of je even rust hebt, wat ik je stuurde en hoeveel vragen je "
    "achter elkaar liet liggen. "
    "Niet je naam. Dit ligt versleuteld in een bestand. Wie het bestand steelt zonder de sleutel, "
    "kan het niet lezen.\n\n"
    "Wat ik bewaar van je antwoorden: de vraag, je keuze en de ronde. Ze liggen in een ander bestand, "
    "zonder nummer of naam. Een sleutel maakt dat jij ze kunt zien, veranderen en weghalen.\n\n"
    "Wat het team ziet: alleen groepen van vijf of meer, nooit precieze aantallen. Bij het tellen doe ik er soms "
    "expres één of twee bij of af. Van kleine groepen laat ik niets zien. Wie korter dan twee weken meedoet, "
    "telt nog niet mee.\n\n"
    "Wat je zelf typt: ik haal namen weg waar ik ze zie, en woorden die ik niet ken. Je ziet eerst wat ik bewaar. "
    "Je eigen bericht haal ik daarna uit deze chat. Toch kan iemand je herkennen aan wat je vertelt of hoe je "
    "schrijft. Het team leest het alleen als tien mensen meededen en vijf iets schreven. Staat er ‘Deel met het "
    "team’ boven de vraag? Dan krijgt het team je woorden precies zoals jij ze typt.\n\n"
    "Wanneer het weg is:\n"
    "• Als de periode sluit, maak ik een overzicht. Dan wis ik de losse antwoorden en vernietig ik de sleutel. "
    "Daarna kan niemand meer nagaan wie wat zei, ook de beheerder niet.{closes}\n"
    "• Een periode duurt hoogstens een half jaar.\n"
    "• Wat ik je stuurde, wis ik uiterlijk als de periode sluit.\n"
    "• Stop je? Dan wis ik wat ik over jou bewaar als de periode sluit. Met /wis kan het meteen.\n"
    "• Liet je vier vragen achter elkaar liggen? Dan vraag ik je niets meer, tot je iets laat weten. "
    "Sluiten er zo twee periodes, dan zeg ik je gedag en wis ik alles over jou.\n"
    "• Een uitnodiging voor jou alleen wis ik een week nadat die is gebruikt of verlopen.\n"
    "• Maakt de beheerder een reservekopie? Daar staan je antwoorden niet in. Wat ik over jou bewaar wel, "
    "versleuteld, tot die kopie weg is. Zet de beheerder die kopie terug, dan hoor je dat van me.\n\n"
    "Wat ik niet kan tegenhouden: Telegram kan deze chat lezen, want chats met een bot zijn niet van begin "
    "tot eind versleuteld. Je telefoon laat de chat zien aan wie erin kijkt. En tot de periode sluit, "
    "zou de beheerder van de computer de antwoorden kunnen opzoeken.\n\n"
    "Niemand leest live mee. Stoppen: /stop. Alles zien: /gegevens. Weghalen: /wis."
)

AGREEMENTS: Mapping[int, Agreement] = {
    1: Agreement(1, date(2026, 11, 22), "", INVITATION_1, PRIVACY_1),
}
"""Every version that people may have agreed to, oldest first."""


def current() -> Agreement:
    """The version that people are asked to agree to now."""
    return AGREEMENTS[max(AGREEMENTS)]


def news(person: Participant) -> str:
    """What is new since the text that this person agreed to."""
    since = person.consent_version or 0
    return "\n".join(each.changed for version, each in AGREEMENTS.items() if version > since)


def ask_again(team: Team, person: Participant) -> Screen:
    """What is new, and the question whether this person still takes part."""
    text = rights_texts.NEW_TEXT.format(team=team.name, changed=news(person))
    data = f"g.{team.code}.{current().version}"
    return Screen(text, (Button(texts.CONSENT, f"{data}.yes"), Button(rights_texts.NO_STOP, f"{data}.no")))


def agreed(person: Participant) -> bool:
    """Whether this person said yes to what holds now. Whoever only coordinates is not asked to."""
    return person.role is None or person.consent_version == current().version
