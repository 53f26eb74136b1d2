"""What the bot says about people's rights: agreeing, stopping, taking back, seeing. In Dutch at B1 or below."""

from __future__ import annotations

# A new text to agree to
NEW_TEXT = (
    "{team}\n\nMijn uitleg is veranderd. Dit is nieuw:\n\n{changed}\n\nAlles lezen: /privacy\n\n"
    "Doe je nog mee? Zolang je geen ja zegt, vraag ik je niets."
)
NO_STOP = "Nee, ik stop"
AGREED_AGAIN = "Dank je wel. Alles gaat verder zoals je koos."

# Stopping, seeing, withdrawing
GOODBYE = (
    "Hoi! Ik hoorde al een tijd niets van je bij {team}. Dat is helemaal goed. "
    "Ik stop met vragen, en ik wis alles wat ik over je bewaar.\n\n"
    "Dank je wel voor wat je gaf. Wil je ooit terug? Vraag het team om een uitnodiging. Je bent altijd welkom."
)
GOODBYE_COORDINATOR = (
    "Hoi! Ik stelde je vragen bij {team}, en hoorde al een tijd niets. Dat is helemaal goed. "
    "Ik stop met vragen, en ik wis je rol en je ritme. Je blijft coördinator.\n\n"
    "Wil je weer meedoen? Vraag de beheerder om een uitnodiging."
)
STOPPED = (
    "Goed. Je krijgt geen berichten meer van {team}.\n\n"
    "Je antwoorden van deze periode tellen nog mee, zonder je naam. Wil je dat anders?"
)
COORDINATOR_STOPPED = "Goed. Je krijgt geen berichten meer van {team}.{alone}"
NO_COORDINATOR_LEFT = (
    "\n\nNu heeft het team geen coördinator meer. Dan stel ik niemand een vraag. "
    "De beheerder kan een ander uitnodigen."
)
STOP_KEEP, STOP_WITHDRAW, STOP_ERASE, STOP_CHANGED, STOP_UNDO = (
    "Laat ze meetellen",
    "Haal ze weg",
    "Wis alles over mij",
    "Er is iets veranderd",
    "Toch meedoen",
)
STOP_KEPT = "Dat is goed. Dank je wel voor alles wat je gaf. Je bent altijd weer welkom. Typ dan /start."
GENTLE = (
    "Dank je dat je het laat weten. Je hoeft niets uit te leggen, en je krijgt geen berichten meer.\n\n"
    "Wil je met iemand praten? De Luisterlijn is er dag en nacht: 088 0767 000.{contact}\n\n"
    "Pas goed op jezelf."
)
GENTLE_CONTACT = " Het team bereik je zo: {contact}"
WIS = "{team}\n\nWat wil je weghalen? Dit kan ik niet terugdraaien."
WIS_ONE, WIS_ANSWERS, WIS_ALL, WIS_MORE, WIS_ANOTHER = (
    "Eén antwoord",
    "Al mijn antwoorden",
    "Alles over mij",
    "Meer antwoorden",
    "Nog een antwoord",
)
WITHDRAWN = (
    "Je antwoorden van deze periode zijn weg bij mij. "
    "In deze chat zie je nog wat je koos. Dat kun je zelf wissen in Telegram."
)
WHICH_ANSWER = "{team}\n\nWelk antwoord haal ik weg? Dit kan ik niet terugdraaien.\n\n{lines}"
OWN_WORDS = "Je woorden"
WITHDRAWN_ONE = (
    "Dit antwoord is weg bij mij: {asked}{more}\n\n"
    "In deze chat zie je misschien nog wat je koos. Dat kun je zelf wissen in Telegram."
)
WITHDRAWN_MORE = "\n\nWat je daarna antwoordde en bij die keuze hoorde, is ook weg."
ALREADY_WITHDRAWN = "Dit antwoord is al weg."
NOTHING_TO_TIE = "Die periode is gesloten. Van toen heb ik niets meer dat bij jou hoort."
ERASE = (
    "Weet je het zeker? Dan wis ik alles wat ik van je heb bij {team}:\n"
    "• je chatnummer, je rol, je ritme en waarvoor je ja zei\n"
    "• je antwoorden van deze periode, ook wat je met het team wilde delen\n"
    "• wat ik je stuurde{coordinator}\n\n"
    "Dit kan ik niet terugdraaien. Wil je ooit terug? Dan heb je een nieuwe uitnodiging nodig.\n\n"
    "Een overzicht van een periode die al sloot, blijft. Daarin kan niemand zien wat jij koos. "
    "Heb je toen woorden met het team gedeeld? Die staan er nog in, zonder je naam."
)
ERASE_COORDINATOR = "\n• dat je coördinator bent"
ERASE_YES, ERASE_NO = "Ja, wis alles", "Toch niet"
ERASED = (
    "Alles wat ik van je had bij {team} is weg. In deze chat zie je nog wat je koos. "
    "Dat kun je zelf wissen in Telegram. Wil je ooit terug? Vraag het team om een uitnodiging."
)
NOT_ERASED = "Goed. Ik heb niets gewist."
NOT_ERASED_STOPPED = "Goed. Ik heb niets gewist. Je krijgt nog steeds geen berichten van {team}."
NOTHING_CHANGED = "Goed. Er is niets veranderd."

# What someone sees with /gegevens
DATA_HEAD = "{team}\n\nDit bewaar ik over jou. Het ligt versleuteld:"
DATA_LINES = {
    "chat": "Je chatnummer. Daarmee kan ik je een bericht sturen.",
    "ids": "Een nummer dat ik voor je verzon, en codes die ik daarvan maak. Zo vind ik terug wat van jou is.",
    "state_active": "Je doet mee.",
    "state_stopped": "Je bent gestopt.",
    "state_blocked": "Je hebt mij geblokkeerd.",
    "state_leaving": "Je hoort nog één keer van me. Daarna wis ik alles over je.",
    "role": "Je rol: {value}.",
    "no_role": "Je hebt geen rol. Daarom stel ik je geen vragen.",
    "next_role": "Je rol vanaf de volgende periode: {value}.",
    "coordinator": "Je bent coördinator.",
    "language": "Je taal: {value}.",
    "joined": "Je doet mee sinds {value}.",
    "rhythm": "Je ritme: {value}.",
    "consent": "Je zei ja op {value}, tegen tekst {version}. Die lees je met /tekst_{version}.",
    "asked": "De nieuwste tekst die ik je liet zien: {value}.",
    "pause": "Je hebt rust tot {value}.",
    "pause_open": "Je hebt rust tot je het zegt.",
    "unanswered": "Vragen achter elkaar waar je niet op tikte: {value}. Ik tel tot 4.",
    "silent": "Daarom vroeg ik je niets meer. Nu je iets laat weten, begin ik weer. Liever rust? Typ /pauze.",
    "idle": "Periodes die sloten terwijl ik zo niets van je hoorde: {value}. Bij 2 wis ik alles over je.",
}
LANGUAGES = {"nl": "Nederlands"}
DATA_PLANNED = "Wat jij in de groep plande, en wat er nu nog staat:"
DATA_SENT = "Wat ik je stuurde in deze periode, of nog ga sturen. Wat je antwoordde, staat er niet bij:"
DATA_MESSAGE = "• {day}, {round}: {title}{why}{state}"
WHY_SENT = {
    "rhythm": ", in je ritme",
    "checkin": ", omdat je /checkin typte",
    "ask": ", een extra vraag",
    "again": ", nog een keer",
    "voor-het-evaluatiemoment": ", rond het evaluatiemoment",
    "na-het-evaluatiemoment": ", rond het evaluatiemoment",
}
SENT_STATES = {"pending": " (nog niet gestuurd)", "sending": "", "sent": "", "dropped": " (niet gestuurd)"}
NOTICE_TITLES = {
    "closed": "De terugkoppeling van het team",
    "no-moment": "Dat er nog geen evaluatiemoment is",
    "new-text": "Een nieuwe tekst om ja op te zeggen",
    "restored": "Dat je antwoorden kwijt zijn",
    "revoked": "Dat je geen coördinator meer bent",
    "fewer": "De vraag of ik je minder vaak iets zal vragen",
    "silent": "Dat ik je even niets vraag",
    "moment-set": "Dat het evaluatiemoment in de groep is gezet",
    "no-group": "Dat ik niet meer in de groep zit",
    "goodbye": "Dat ik alles over je wis",
}
NOTICE_TITLE = "Een bericht over de periode"
DATA_OPEN = "Er ligt nog een vraag voor je, tot {until}: {title}."
DATA_WAITING = "Ik wacht op woorden van je, tot {until} ({round}): {asked}"
DATA_NOTHING_SENT = "Ik heb je in deze periode nog niets gestuurd."
DATA_ANSWERS = "Je antwoorden van deze periode. Het team kan ze niet zo zien:"
DATA_ANSWER = "• {line}{kind}"
ANSWER_KINDS = {"choice": "", "masked": " (je eigen woorden)", "shared": " (dit krijgt het team precies zo)"}
DATA_NO_ANSWERS = "Van deze periode heb ik geen antwoorden van je."
DATA_FOOT = (
    "Iets veranderen kan onder de vraag zelf. Weghalen: /wis. Als de periode sluit{closes}, wis ik "
    "je antwoorden en wat ik je stuurde vanzelf."
)
DATA_RELEASED = (
    "Van eerdere periodes is er een overzicht van het hele team. Wat daarin van jou was, kan ik niet meer zien."
)
DATA_NONE = "Ik bewaar niets over jou. Je doet met geen enkel team mee."
DATA_TRIES = "Codes die niet klopten, uit deze chat: {number}, het laatst op {day}. Dat wis ik de dag erna."
ROUND = "ronde {number}"
