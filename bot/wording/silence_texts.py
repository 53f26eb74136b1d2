"""What the bot says to whoever does not react: a reminder, fewer questions, a pause. In Dutch at B1 or below."""

from __future__ import annotations

REMINDER = "Misschien zag je deze vraag nog niet. Overslaan mag ook."
NO_REMINDERS = "Herinner me niet"
REMINDERS_OFF = "Goed. Ik herinner je niet meer aan een vraag. Aanzetten kan met /settings, bij ‘Waarvoor’."
ASK_LESS = (
    "{team}\n\nMisschien komen mijn vragen nu niet zo goed uit. Dat is niet erg. "
    "Zal ik je minder vaak iets vragen?"
)
LEAVE_IT = "Laat zo"
LEFT_AS_IT_IS = "Goed, dan laat ik het zo. Je kunt het altijd veranderen: typ /settings."
SILENT = (
    "{team}\n\nHet is even stil tussen ons. Dat mag. Ik stel je geen vragen meer, tot jij iets laat weten. "
    "Wil je weer een vraag? Tik op ‘Weer beginnen’, of typ /checkin wanneer je maar wilt.\n\n"
    "Hoor ik heel lang niets? Dan zeg ik je gedag, en wis ik wat ik over je bewaar."
)
SILENT_LINE = (
    "\nIk hoorde een tijd niets van je. Daarom vroeg ik je niets meer. Nu je dit typt, begin ik weer. "
    "Liever rust? Tik op ‘Even niet’."
)
