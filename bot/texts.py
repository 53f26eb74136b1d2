"""Everything that the bot says of its own accord, in Dutch at B1 or below. Dialogues have their own words."""

from __future__ import annotations

# Buttons: word first, at most twenty characters.
CONSENT = "Ja, ik doe mee"
NO_CONSENT = "Nee, liever niet"
SKIP = "Sla over"
HELP = "Hulp nodig?"
CHANGE = "Wijzig"
KEEP = "Zo is het goed"
REPHRASE = "Anders zeggen"
DISCARD = "Toch niet"
BACK = "Terug"
OTHER_DAY = "Een andere dag"

CHOSEN = "✓ {choice}"
SKIPPED = "– Overgeslagen"
KEPT = "✓ Je woorden zijn bewaard"
SHARED = "✓ Je woorden gaan naar het team"
INSTEAD = "(in plaats van je vorige woorden)"
WORDS_GONE = "Wat je eerder typte, is weg."
STILL_THERE = (
    "Je eigen bericht staat nog in deze chat. Het is te oud: ik kan het niet meer weghalen. "
    "Dat kun je zelf doen in Telegram."
)
NOT_STORED = "Wat je typte, heb ik niet bewaard."

# Joining
NO_INVITATION = (
    "Hoi! Ik ben naastbot. Ik stel kleine vragen aan naasten en professionals in de zorg.\n\n"
    "Je hebt een uitnodiging nodig om mee te doen. Die krijg je van het team. "
    "Heb je een link gekregen? Tik dan op die link."
)
WRONG_CODE = (
    "Deze uitnodiging ken ik niet. Misschien is er een letter weggevallen.\n\n"
    "Tik nog eens op de link die je kreeg, of vraag het team om een nieuwe."
)
USED_CODE = "Deze uitnodiging is al gebruikt. Vraag het team om een nieuwe. Dat is zo gedaan."
EXPIRED_CODE = "Deze uitnodiging is verlopen. Vraag het team om een nieuwe. Dat is zo gedaan."
GROUP_CODE = "Deze code is voor de groep van het team. Zet mij in die groep met de link die je kreeg."
PERSONAL_CODE = "Deze code is voor één persoon. Open de link in je eigen chat met mij."
ALREADY_IN = "Je doet al mee met {team}. Er verandert niets. Met /settings kies je wanneer ik je iets vraag."
NO_CONTACT = "het team heeft dit nog niet ingevuld"
ASK_WHO_INVITED = (
    "dat heeft het team nog niet ingevuld. Vraag het aan wie jou deze link gaf. "
    "Ik stel pas vragen als het er wel staat."
)
ROLE_NAMES = {"naaste": "naaste", "professional": "professional"}
DECLINED = "Dat is goed. Ik bewaar niets van je. Bedenk je je? Tik dan nog eens op de link."
ASK_EVERY = "Fijn dat je meedoet met {team}.\n\nHoe vaak mag ik je iets vragen?"
ASK_DAY = "Op welke dag komt dat goed uit?"
ASK_PART = "En wanneer op de dag?"
EVERY = {
    "weekly": "Elke week",
    "fortnightly": "Elke twee weken",
    "fourweekly": "Elke vier weken",
    "moment": "Rond evaluatie",
}
EVERY_LONG = {
    "weekly": "elke week",
    "fortnightly": "elke twee weken",
    "fourweekly": "elke vier weken",
    "moment": "alleen rond het evaluatiemoment",
}
EVERY_HINT = "Rond evaluatie: dan vraag ik je alleen iets rond het evaluatiemoment van het team."
DAYS = ("Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag")
PARTS = {
    "ochtend": "Ochtend",
    "tussen-de-middag": "Tussen de middag",
    "middag": "Middag",
    "avond": "Avond",
}
JOINED = (
    "Klaar! Je doet mee met {team}.\n\n{when}\n\n"
    "Nu al een vraag? Typ /checkin. Iets veranderen? Typ /settings. Alles wat ik kan, staat in /help."
)
FIRST_QUESTION = "Je eerste vraag komt op {day}."
FIRST_AFTER_BREAK = "Je hebt nu even rust. Daarna vraag ik je weer iets."
FIRST_WHEN_READY = "Het team is nog aan het opstarten. Daarna krijg je je eerste vraag."
FIRST_AT_MOMENT = "Je hoort van me rond het evaluatiemoment van het team."
ROLE_LATER = "Je rol wordt {role} zodra de volgende periode begint. Tot dan blijft alles zoals het is."
COORDINATOR = (
    "Welkom. Je bent nu coördinator van {team}.\n\n"
    "Als een periode sluit, krijg je hier de terugkoppeling. Je ziet dan groepen, nooit personen. "
    "Tot die tijd zie je niets, ook geen aantallen. Zo blijft het veilig voor iedereen.\n\n"
    "Deze periode sluit op {closes}. {moment}{own}"
)
COORDINATOR_NO_QUESTIONS = "\n\nZelf krijg je als coördinator geen vragen."
COORDINATOR_NO_MOMENT = (
    "Er is nog geen evaluatiemoment. De beheerder kan er een zetten; dan sluit de periode een dag ervoor."
)
COORDINATOR_MOMENT = "Dat is een dag voor het evaluatiemoment."
MOMENT_MISSING = (
    "{team} heeft nog geen evaluatiemoment. Zonder evaluatiemoment sluit de periode op {closes}. "
    "Wil je een andere dag? Vraag de beheerder om het evaluatiemoment te zetten."
)
REJOIN = "Je doet nu niet mee met {team}. Wil je weer meedoen? Alles gaat dan verder zoals het was."
HELLO_AGAIN = "Hoi! Je doet mee met {teams}. Typ /checkin voor een vraag, of /help om te zien wat ik kan."
HELLO_COORDINATOR = "Hoi! Je bent coördinator van {teams}. Typ /help om te zien wat ik kan."
JOIN_ANNOUNCED = "Er doet iemand mee met naastbot. Wie dat is en in welke rol, zeg ik niet."
JOINS_ANNOUNCED = "Er doen {count} mensen mee met naastbot. Wie dat zijn en in welke rol, zeg ik niet."

# Answering
TEXT_HINT = "Typ je antwoord hieronder, in hoogstens 300 tekens. Noem liever geen namen."
SHARE_TITLE = "Deel met het team"
SHARE_HINT = (
    "Typ je woorden hieronder, in hoogstens 300 tekens. Alleen deze woorden gaan naar het team, "
    "zoals jij ze typt. Mensen in het team kunnen je eraan herkennen."
)
KEEP_BEFORE = "Zo bewaren we het:\n\n"
KEEP_AFTER = (
    "\n\nNamen en andere woorden die ik niet ken, heb ik weggehaald. "
    "Kijk zelf ook: kan iemand zien dat jij dit schreef? Pas als je tikt op ‘Zo is het goed’, bewaar ik het."
)
SHARE_BEFORE = "Dit krijgt het team te lezen:\n\n"
SHARE_AFTER = "\n\nEr staat geen naam bij, maar collega's kunnen je herkennen. Is dat goed?"
AFTER_SKIP = "Dat is goed. Tot de volgende keer."
CONTACT = "Het team bereik je zo: {contact}"
OVER = "Deze vraag is voorbij. Met /checkin krijg je de vraag van nu."
PERIOD_OVER = "Deze vraag is voorbij. De periode is net gesloten. Met /checkin krijg je de vraag van nu."
ALL_DONE = "Je hebt alles al beantwoord. Dank je wel. Er komt vanzelf weer een vraag."
NOT_READY = "{team} is nog aan het opstarten. Zodra het kan, stel ik je een vraag."
NO_ROLE = "Je bent coördinator van {team}. Zelf krijg je geen vragen."
NOT_WAITING = (
    "Ik lees hier niet mee, en ik bewaar dit bericht niet. Antwoorden kan met de knoppen onder een vraag.\n\n"
    "Een vraag van nu: /checkin. Wat ik kan: /help. Iemand van het team spreken? {contact}"
)
TOO_LONG = (
    "Dat is te lang voor mij. Ik bewaar het niet, en ik haal het uit deze chat. "
    "Kun je het in hoogstens 300 tekens zeggen?"
)
MASK_FAILED = (
    "Dit kon ik niet veilig maken. Ik bewaar het niet, en ik haal het uit deze chat. "
    "Kun je het met andere woorden zeggen?"
)
SAY_AGAIN = "Typ het maar op een andere manier. Wat je net typte, heb ik niet bewaard."
PROPOSAL_GONE = "Deze tekst kan ik niet meer zien, dus ik bewaar hem niet. Typ je antwoord nog een keer."
DISCARDED = "Weggegooid. Ik heb niets bewaard."
NOT_KEPT = "Dank je, maar dit kan ik niet bewaren. Ik heb er niets mee gedaan. Antwoorden kan met de knoppen."
EDITED = "Je hebt een bericht veranderd. Dat zie ik niet goed. Typ je antwoord opnieuw, dan pak ik dat."
TOO_MUCH = "Dat gaat mij te snel. Stuur het straks nog eens. Stoppen kan altijd, met /stop."

# Which team
WHICH_TEAM = "Je doet mee met meer dan één team. Voor welk team is dit?"

# Settings
SETTINGS = "{team}\n\nIk vraag je iets: {summary}.\n{consents}{pause}\n\nWat wil je veranderen?"
SET_EVERY, SET_DAY, SET_PART, SET_PAUSE, SET_CONSENTS = (
    "Hoe vaak",
    "Welke dag",
    "Welk moment",
    "Even niet",
    "Waarvoor",
)
CHANGED = "Dat staat goed. Ik vraag je iets: {summary}."
PAUSES = {"1": "Eén week", "2": "Twee weken", "4": "Vier weken", "0": "Tot ik het zeg"}
ASK_PAUSE = "Hoe lang zal ik je niets vragen?"
RESUME = "Weer beginnen"
PAUSED = "Goed. Ik vraag je niets tot {until}. Eerder weer beginnen? Typ /pauze."
PAUSED_OPEN = "Goed. Ik vraag je niets tot jij het zegt. Weer beginnen? Typ /pauze."
PAUSE_LINE = "\nJe hebt nu even rust{until}."
RESUMED = "Fijn. Ik vraag je weer iets zoals je koos."
CONSENT_NAMES = {
    "rhythm": "Vragen in mijn ritme",
    "moment": "Rond evaluatie",
    "feedback": "Terugkoppeling",
}
CONSENT_LINE = "{name}: {state}."
ON, OFF = "aan", "uit"
ASK_CONSENTS = "Tik om iets aan of uit te zetten.\n\n{lines}"

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
    "Een overzicht van een periode die al sloot, blijft. Daarin kan niemand zien wat jij koos."
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
NOT_MEMBER = "Je doet nog niet mee. Je hebt een uitnodiging van het team nodig. Meer weten? Typ /help."

HELP_TEXT = (
    "Ik stel je af en toe een kleine vraag. Je antwoordt met een tik, en je mag altijd overslaan.\n\n"
    "/checkin – de vraag van nu\n"
    "/settings – hoe vaak en wanneer ik je iets vraag\n"
    "/pauze – even niet\n"
    "/gegevens – wat ik over je bewaar\n"
    "/wis – je antwoorden weghalen\n"
    "/privacy – wat er met je antwoord gebeurt\n"
    "/stop – stoppen\n"
    "/help – deze uitleg\n\n{card}"
)
GROUP_HELP = (
    "Ik zet hier alleen berichten voor het hele team. Vragen beantwoord je in je eigen chat met mij, "
    "zodat niemand ziet wat je kiest."
)
GROUP_WELCOME = (
    "Hoi allemaal! Dit is nu de groep van {team}. Ik meld hier wat voor iedereen is. "
    "Vragen beantwoord je in je eigen chat met mij. Wat iemand antwoordt, komt hier nooit."
)
VERSION = "Dit is tekst {version}, van {since}."
SOME_TEAM, SOME_ROLE, SOME_CONTACT = "Het team", "naaste of professional", "de regel van het team"
PRIVACY_CLOSES = " Voor {team} is dat op {closes}."
UNKNOWN_COMMAND = "Dat ken ik niet. Typ /help om te zien wat ik kan."
CLOSED_NOTICE = (
    "De periode van {team} is gesloten. Hierboven staat de terugkoppeling. "
    "In dit bestand staat hetzelfde, om te laten zien of te printen."
)
RESTORED = (
    "Ik moest opnieuw beginnen, met een kopie van {day}.\n\n"
    "Je antwoorden van deze periode voor {team} heb ik niet meer. Dat spijt me. "
    "Ze tellen dus niet mee. Wil je er een opnieuw geven? Typ /checkin.\n\n"
    "Wat jij koos, weet ik nog: je rol, hoe vaak ik je iets vraag en wanneer.\n\n"
    "Alleen wat je na {day} veranderde, weet ik niet meer. Kijk het even na met /settings. "
    "Was je gestopt, of had je alles gewist? Typ dan nog eens /stop of /wis. "
    "Vandaag stel ik je geen vragen."
)
RESTORED_COORDINATOR = (
    "Ik moest opnieuw beginnen, met een kopie van {day}.\n\n"
    "De antwoorden van deze periode voor {team} zijn weg. Wat mensen vanaf nu antwoorden, telt weer mee. "
    "De terugkoppeling kan daardoor korter worden. Wie meedoet, hoort dit ook van mij.\n\n"
    "De terugkoppeling van eerdere periodes is er nog. Mis je die? Vraag de beheerder.\n\n"
    "Alleen wat je na {day} veranderde, weet ik niet meer. Was je gestopt? Typ dan nog eens /stop."
)
REVOKED = (
    "Je bent geen coördinator meer van {team}. Dat heeft de beheerder zo gezet. "
    "Je krijgt hier geen terugkoppeling meer. Klopt dit niet? Vraag het de beheerder."
)
REVOKED_ROLE = "\n\nZelf doe je gewoon mee, zoals altijd."
REVOKED_GONE = "\n\nIk bewaar nu niets meer van je bij dit team. Dank je wel voor alles wat je deed."

COMMANDS = {
    "checkin": "De vraag van nu",
    "settings": "Hoe vaak en wanneer",
    "pauze": "Even geen vragen",
    "gegevens": "Wat ik over je bewaar",
    "wis": "Antwoorden weghalen",
    "privacy": "Wat er met je antwoord gebeurt",
    "stop": "Stoppen",
    "help": "Wat ik kan",
}
GROUP_COMMANDS = {"help": "Wat ik in deze groep doe"}

# What someone sees with /gegevens
DATA_HEAD = "{team}\n\nDit bewaar ik over jou:"
DATA_LINES = {
    "chat": "Je chatnummer, versleuteld. Daarmee kan ik je een bericht sturen.",
    "role": "Je rol: {value}.",
    "next_role": "Je rol vanaf de volgende periode: {value}.",
    "coordinator": "Je bent coördinator.",
    "language": "Je taal: Nederlands.",
    "joined": "Je doet mee sinds {value}.",
    "rhythm": "Je ritme: {value}.",
    "consent": "Je zei ja op {value}, tegen tekst {version}. Die lees je met /tekst_{version}.",
    "pause": "Je hebt rust tot {value}.",
    "pause_open": "Je hebt rust tot je het zegt.",
    "unanswered": "Vragen waar je de laatste tijd niet op tikte: {value}.",
    "state_stopped": "Je bent gestopt.",
    "state_blocked": "Je hebt mij geblokkeerd.",
}
DATA_SENT = "Wat ik je de laatste weken stuurde (wat je antwoordde staat er niet bij):"
DATA_OPEN = "Er ligt nog een vraag voor je: {titles}."
DATA_WAITING = "Ik wacht op woorden van je bij: {title}."
DATA_NOTHING_SENT = "Ik heb je de laatste weken niets gevraagd."
DATA_ANSWERS = "Je antwoorden van deze periode. Het team kan ze niet zo zien:"
DATA_ANSWER = "• {line}"
DATA_NO_ANSWERS = "Van deze periode heb ik geen antwoorden van je."
DATA_FOOT = (
    "Iets veranderen kan onder de vraag zelf. Weghalen: /wis. Als de periode sluit{closes}, wis ik ze vanzelf."
)
DATA_NONE = "Ik bewaar niets over jou. Je doet met geen enkel team mee."
DATA_TRIES = "Ik heb alleen onthouden dat je een paar keer een verkeerde code typte. Dat wis ik morgen."
ROUND = "ronde {number}"
NOTICE_TITLE = "Een bericht over de periode"
