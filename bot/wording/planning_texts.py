"""What the bot says in a team's group about planning: reminders, the evaluation moment, free days. Dutch, B1."""

from __future__ import annotations

from dialogues import typed

# Buttons: at most twenty characters.
OWN_TEXT = "Eigen tekst"
MORE = "Meer vragen"
MORE_PLANS = "Meer"
ADJUST = "Aanpassen"
CALENDAR = "Agenda-bestand"
BACK = "Terug"
RIGHT = "Klopt"
CANCEL = "Toch niet"
OTHER_DAY = "Andere dag"
OTHER_TIME = "Andere tijd"
SKIP_NEXT = "Sla de volgende over"
DO_NOT_SKIP = "Toch niet overslaan"
PAUSE = "Zet stil"
GO_ON = "Ga verder"
MOVE = "Verplaats"
STOP = "Stop ermee"
STOP_SURE = "Ja, stop ermee"
ADJUST_WHAT = {"every": "Hoe vaak", "first": "Welke dag", "at": "Welke tijd"}
EVERY = {
    "once": "Eén keer",
    "weekly": "Elke week",
    "fortnightly": "Elke twee weken",
    "fourweekly": "Elke vier weken",
    "monthly": "Elke maand",
}
TO_PRIVATE = "Antwoord in je chat"
SET_MOMENT, MOVE_MOMENT = "Zet een moment", "Verzet het moment"
MOVE_PAST_MOMENT = "Verzet naar later"
ADD_FREE, REMOVE_FREE = "Vrije dag erbij", "Vrije dag weg"
SOON = {1: "Morgen", 2: "Overmorgen", 7: "Over een week", 14: "Over twee weken"}
FIRST_OF_MONTH, FIFTEENTH, LAST_OF_MONTH = "De 1e", "De 15e", "De laatste dag"
FIRST_WEEKDAY = "Eerste {day}"

# Who may do what: seen only by the one who taps.
NOT_YOURS = (
    "Dit kunnen alleen coördinatoren van dit team, en professionals die meedoen. "
    "Wil je iets plannen? Vraag het aan een van hen."
)
ONLY_COORDINATORS = (
    "Dit kunnen alleen coördinatoren van dit team. Wil je iets veranderen? Vraag het aan een van hen."
)
OVER = "Deze knop is voorbij. Typ /plan om te zien wat er nu is."
NO_TEAM = "Deze groep hoort nog niet bij een team. De beheerder heeft daar een link voor."

# Commands
IN_THE_GROUP = (
    "/plan, /evaluatie en /vrij werken in de groep van het team. "
    "Typ ze daar. Alles voor jou alleen staat in /help."
)
NO_GROUP_NOW = (
    "\n\nIk zit nu niet in de groep van {team}. Wat daar gepland is, bewaar ik. "
    "Vraag de beheerder om een nieuwe link voor de groep. Dan gaat het weer verder."
)
GROUP_HELP = (
    "Ik zet hier alleen berichten voor het hele team. Vragen beantwoord je in je eigen chat met mij, "
    "zodat niemand ziet wat je kiest.\n\n"
    "/plan – herinneringen: zien, maken en veranderen\n"
    "/evaluatie – het evaluatiemoment\n"
    "/vrij – dagen waarop ik niets stuur\n"
    "/help – deze uitleg\n\n"
    "Ik lees niet mee. Ik zie alleen opdrachten, en antwoorden op een bericht van mij."
)
NO_ADMIN_NEEDED = (
    "Ik ben nu beheerder van deze groep. Dat is niet nodig. Als beheerder krijg ik ook te zien wat jullie "
    "tegen elkaar zeggen, en dat wil ik niet. Haal dat recht liever weer weg. Ik doe dan nog hetzelfde."
)

# /plan
LIST_HEAD = "Herinneringen in deze groep"
LIST_EMPTY = "Er is nog niets gepland."
LIST_LINE = "{number}. {what} – {when}. {next}"
LIST_NEXT = "De volgende: {day}."
LIST_PAUSED = "Staat stil."
LIST_SKIPPED = " Eén keer overgeslagen."
LIST_OVER = "Is geweest."
LIST_NEW = "Wat zal ik hier voor jullie plannen?"
LIST_FULL = "Er staan al {count} herinneringen. Dat is het meeste wat kan. Stop eerst met een andere."
WHICH_PLAN = "Welke herinnering wil je aanpassen?"
WHICH_QUESTION = "Welke vraag zal ik hier stellen?"
PLAN_HEAD = "Herinnering {number}"
PLAN_MAKER = "Gemaakt door: {name}"
GONE_MAKER = "dat weet ik niet meer"
PLAN_NEXT = "De volgende: {days}."
STOP_ASK = "Zal ik hiermee stoppen?"
STOPPED = "Goed. Hier ben ik mee gestopt:"
FILE_CAPTION = "Alles wat gepland is, voor een jaar. Open het bestand, dan staat het in je eigen agenda."
FILE_MOMENT = "Evaluatiemoment"
FILE_CLOSES = "De periode sluit"
NOTHING_FOR_FILE = "Er is nog niets gepland, dus er is geen bestand."

# The wizard: the header is read back, so that a typed answer knows what it belongs to.
NEW_HEAD = "Nieuwe herinnering"
MOVE_HEAD = "Herinnering {number} verplaatsen"
WHAT_LINE = "Wat: {value}"
EVERY_LINE = "Hoe vaak: {value}"
FIRST_LINE = "Vanaf: {value}"
DAY_LINE = "Dag: {value}"
OF_EACH_MONTH = "de {day} van de maand"
AT_LINE = "Tijd: {value}"
OWN_TEXT_VALUE = "jullie eigen tekst"
TEXT_MARK = "Jullie tekst:\n"
EVERY_VALUES = {
    "once": "één keer",
    "weekly": "elke week",
    "fortnightly": "elke twee weken",
    "fourweekly": "elke vier weken",
    "monthly": "elke maand",
    "monthly-weekday": "elke maand, op een vaste weekdag",
}
ASK_EVERY = "Hoe vaak?"
ASK_DAY = "Op welke dag?"
ASK_TIME = "Hoe laat?"
TYPE_TEXT = (
    "Typ jullie tekst, als antwoord op dit bericht. Hoogstens 300 tekens. Noem liever geen namen van naasten."
)
TYPE_DAY = "Typ de dag, als antwoord op dit bericht. Bijvoorbeeld: 3 december, of vrijdag."
TYPE_DAY_OF_MONTH = "Typ de dag, als antwoord op dit bericht. Bijvoorbeeld: 31, of eerste dinsdag."
TYPE_TIME = "Typ de tijd, als antwoord op dit bericht. Bijvoorbeeld: 10:30."
TYPE_BELOW = "Typ je antwoord hieronder."
TYPE_MOMENT_DAY = "Typ de dag, als antwoord op dit bericht. Bijvoorbeeld: 3 december 2027."
PLACEHOLDER = {
    TYPE_TEXT: "Jullie tekst",
    TYPE_DAY: "3 december",
    TYPE_DAY_OF_MONTH: "31",
    TYPE_TIME: "10:30",
    TYPE_MOMENT_DAY: "3 december 2027",
}
"""What is asked to be typed, with an example in grey."""
SUMMARY = "Klopt dit?"
SUMMARY_ONCE = "Dit komt op {first}."
SUMMARY_TWO = "De eerste komt op {first}. Daarna op {second}."
MOVED_FREE = "{planned} is een vrije dag ({why}). Daarom komt het dan op {comes}."
OWN_FREE_DAY = "vrij voor jullie team"
KEPT = "✓ Dit staat gepland."
KEPT_HINT = "Alles zien of veranderen? Typ /plan."
NOT_READY = "Let op: het team is nog aan het opstarten. De vraag komt pas als dat klaar is."
DROPPED = "Goed. Ik heb niets gepland. Toch iets plannen? Typ /plan."
ADJUST_ASK = "Wat wil je aanpassen?"
NOT_PLANNED = (
    "Deze tekst plan ik niet. Bedoel je iets anders? Typ /plan, en zeg het met andere woorden. "
    "Heeft iemand het nu zwaar? Hierboven staat wie je kunt bellen."
)
TOO_LONG_TEXT = "Dat is te lang: {count} tekens. Kan het in hoogstens 300?"
OVER_BY_NOW = "Dat moment is al voorbij. Kies een andere dag."

# What was typed, and can't be used
MISREAD = {
    typed.UNKNOWN: "Die dag ken ik niet. Typ bijvoorbeeld: 3 december, 3-12-2027 of vrijdag.",
    typed.NO_SUCH_DAY: "{month} heeft {days} dagen. Kies een andere dag.",
    typed.PAST: "{day} is al voorbij. Kies een dag die nog komt.",
    typed.TOO_FAR: "{day} is wel heel ver weg. Kies een dag binnen twee jaar.",
    typed.OTHER_WEEKDAY: "{date} is een {weekday}. Welke dag bedoel je?",
    typed.UNKNOWN_TIME: "Die tijd ken ik niet. Typ de tijd met cijfers, bijvoorbeeld 10:30.",
    typed.NO_WORDS: "Dat kan ik niet lezen. Typ het als tekst.",
    typed.NIGHT: "Dat is te laat of te vroeg op de dag. Kies een tijd tussen 8:00 en 21:00.",
}

# Posted by the bot itself
QUESTION_HINT = "Antwoord geef je in je eigen chat met mij. Niemand hier ziet wat je kiest."
BEFORE_MOMENT = (
    "Op {moment} is jullie evaluatiemoment. Wie daar ja op zei, krijgt van mij een vraag in de eigen "
    "chat: wat ging goed, wat is lastig, en wat moet er op tafel komen?"
)
BEFORE_MOVED_MOMENT = (
    "Het evaluatiemoment is nu op {moment}. Wie de vraag daarvoor al kreeg, krijgt die niet nog een keer."
)
FEEDBACK_IS_THERE = (
    "De periode is gesloten. De terugkoppeling is bij de coördinator. "
    "Het evaluatiemoment is {day} om {time}. Neem de terugkoppeling mee."
)
TODAY, TOMORROW = "vandaag", "morgen"

# A link below a question in the group, opened by somebody
LINK_OVER = "Deze vraag is er nu niet meer. Met /checkin krijg je de vraag van nu."
LINK_NOT_FOR_YOU = "Deze vraag is voor iemand met een andere rol. Met /checkin krijg je de vraag voor jou."
LINK_ANSWERED = (
    "Deze vraag heb je al beantwoord. Wil je iets veranderen? Tik op ‘Wijzig’ onder je antwoord hierboven."
)

# /evaluatie
MOMENT_HEAD = "Het evaluatiemoment van {team}"
MOMENT_NONE = "Er is nog geen evaluatiemoment. Zonder evaluatiemoment sluit deze periode op {closes}."
MOMENT_IS = "Het is op {moment}. De periode sluit op {closes}."
MOMENT_CAPPED = " Dat is eerder dan een dag ervoor: een periode duurt hoogstens 26 weken."
MOMENT_PAST = "De periode daarvoor is gesloten. Het evaluatiemoment daarvan is op {moment}."
BY_ITSELF = "Dit doe ik vanzelf:"
BY_ITSELF_BEFORE = "• {day}: een vraag aan iedereen die dat wil, over wat er op tafel moet. Ook een bericht hier."
BY_ITSELF_ASKED = "• De vraag over wat er op tafel moet, ging al naar iedereen die dat wil."
BY_ITSELF_CLOSE = (
    "• {closes}: de periode sluit. De coördinator krijgt de terugkoppeling, en er begint een nieuwe periode."
)
BY_ITSELF_AFTER = "• {day}: een bericht hier, dat de terugkoppeling er is."
SET_HEAD = "Het evaluatiemoment zetten"
MOVE_PAST_HEAD = "Het evaluatiemoment van de gesloten periode verzetten"
MOMENT_DAY_LINE = "Dag: {value}"
ASK_MOMENT_DAY = "Welke dag? De eerste die kan, is {first}."
MOMENT_SUMMARY = "Het evaluatiemoment wordt {moment}. De periode sluit dan op {closes}."
MOMENT_SUMMARY_PAST = "Het evaluatiemoment wordt {moment}."
MOMENT_INSTEAD = "Dat is in plaats van {moment}."
MOMENT_FREE = "Let op: die dag is vrij ({why})."
MOMENT_KEPT = "✓ Het evaluatiemoment is op {moment}."
MOMENT_KEPT_CLOSES = "De periode sluit op {closes}."
MOMENT_KEPT_HINT = "Zien wat er dan vanzelf gebeurt? Typ /evaluatie."
MOMENT_TOO_EARLY = "Dat is te vroeg. Het eerste evaluatiemoment dat kan, is {first}."
MOMENT_TOO_LATE = "Dat is te ver weg. Het laatste evaluatiemoment dat kan, is {last}."
MOMENT_NO_EARLIER = "Dit moment kan alleen later. Nu staat het op {moment}."
MOMENT_CLOSING = "De periode sluit al op {closes}. Dat is binnen een dag. Verzetten kan nu niet meer."
MOMENT_SET_NOTICE = (
    "Het evaluatiemoment van {team} staat nu op {moment}. Dat is in de groep van het team gezet. "
    "Klopt het niet? Typ in die groep /evaluatie."
)
MOMENT_GONE_NOTICE = "In de groep van {team} is het evaluatiemoment veranderd. Typ in die groep /evaluatie."
NO_GROUP_NOTICE = (
    "Ik zit niet meer in de groep van {team}. Wat daar gepland is, bewaar ik. "
    "Wil je dat het verder gaat? Vraag de beheerder om een nieuwe link voor de groep."
)

# /vrij
FREE_HEAD = "Vrije dagen van {team}"
FREE_ALWAYS = "Op feestdagen stuur ik niets. Wat gepland is, komt dan op de eerste dag erna die niet vrij is."
FREE_NONE = "Jullie hebben zelf nog geen vrije dagen gekozen."
FREE_OWN = "Ook vrij:"
FREE_LINE = "• {days}"
FREE_STRETCH = "{first} tot en met {last}"
FREE_ADD_HEAD = "Een vrije dag erbij"
TYPE_FREE = (
    "Typ de dag of de dagen, als antwoord op dit bericht. Bijvoorbeeld: 24 december, of "
    "24 december tot en met 3 januari."
)
FREE_ASK = "{days}: zal ik dan niets sturen?"
FREE_KEPT = "✓ Goed. {days}: dan stuur ik niets."
FREE_WHICH = "Welke dag is niet meer vrij?"
FREE_REMOVED = "✓ {days} is niet meer vrij."
FREE_TOO_LONG = "Dat is te lang. Een vrije tijd duurt hoogstens drie maanden."
FREE_TOO_MANY = "Er staan al {count} vrije tijden. Haal er eerst een weg."
FREE_NOTHING = "Goed. Er is niets veranderd."
