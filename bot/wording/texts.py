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
    "Er is nog geen evaluatiemoment. Zet er een met /evaluatie, in de groep van het team. "
    "Dan sluit de periode een dag ervoor."
)
COORDINATOR_MOMENT = "Dat is een dag voor het evaluatiemoment."
MOMENT_MISSING = (
    "{team} heeft nog geen evaluatiemoment. Zonder evaluatiemoment sluit de periode op {closes}. "
    "Wil je een andere dag? Zet een evaluatiemoment met /evaluatie, in de groep van het team. "
    "Zit ik daar nog niet in? Vraag het dan de beheerder."
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
SHARE_AFTER = (
    "\n\nJouw naam zet ik er niet bij. Namen in je woorden blijven wel staan, en mensen in het team kunnen je "
    "herkennen. Ook als de groep klein is, krijgt het team dit te lezen. Is dat goed?"
)
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
    "reminders": "Herinnering",
}
CONSENT_LINE = "{name}: {state}."
ON, OFF = "aan", "uit"
ASK_CONSENTS = "Tik om iets aan of uit te zetten.\n\n{lines}"

# Everything else
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
    "Vragen beantwoord je in je eigen chat met mij. Wat iemand antwoordt, komt hier nooit.\n\n"
    "Samen iets plannen? Typ /plan. Wat ik hier nog meer doe, staat in /help."
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
GROUP_COMMANDS = {
    "plan": "Herinneringen zien en maken",
    "evaluatie": "Het evaluatiemoment",
    "vrij": "Dagen waarop ik niets stuur",
    "help": "Wat ik in deze groep doe",
}
