"""The words of the demo: made-up people, what they type, and what they say in the group."""

from __future__ import annotations

from bot.sandbox.characters import Dice

NAMES = (
    "Ada", "Bilal", "Carmen", "Daan", "Elif", "Femke", "Gijs", "Hanna", "Ilse", "Jamal", "Kees", "Lotte",
    "Mehmet", "Nienke", "Omar", "Petra", "Quinten", "Rosa", "Stijn", "Thea", "Usha", "Vera", "Wim", "Yara", "Zeki",
)  # fmt: skip

FOR_THE_TABLE = {
    "naaste": (
        "Wie belt wie als het even niet goed gaat?",
        "Ik wil graag eerder horen als er iets verandert.",
        "Een vast moment om samen koffie te drinken.",
        "Hoe nemen we afscheid als iemand van het team weggaat?",
        "Meer tijd voor een gewoon gesprek.",
        "Fijn dat er ook naar mij gevraagd wordt. Graag vaker.",
    ),
    "professional": (
        "Hoe houden we tijd vrij om gewoon even te bellen?",
        "Wat mag ik wel vertellen en wat niet?",
        "Wie vraagt bij een eerste gesprek: wie neem je mee?",
        "Vaker samen koken, dat ging zo goed.",
        "Hoe houden we dit vol als het druk is?",
        "Niet wachten tot het slecht gaat, maar eerder bellen.",
    ),
}
A_GOOD_TALK = (
    "Als er tijd is en niemand haast heeft.",
    "Als ik ook iets mag vragen.",
    "Als we daarna weten wat er gaat gebeuren.",
    "Als iedereen aan het woord komt.",
    "Als er ook gelachen mag worden.",
    "Als ik niet alles opnieuw hoef te vertellen.",
)
SHARED = {
    "naaste": (
        "We hebben samen soep gekookt, en iedereen bleef eten.",
        "Een korte wandeling deed ons allebei goed.",
        "Er werd weer gelachen aan tafel.",
        "We zongen een oud lied, en iedereen kende het.",
    ),
    "professional": (
        "Ik belde zomaar, en het werd een mooi gesprek.",
        "Voor het eerst zaten we met elkaar aan één tafel.",
        "Ik vroeg wie er meekwam, en er kwamen er drie.",
        "Samen de tuin gedaan, en daarna taart.",
    ),
}
IN_THE_GROUP = (
    "Fijn. Dan horen we straks ook hoe het met naasten gaat.",
    "En hoe het met ons gaat. Ik doe mee.",
)


OWN_REMINDER = "Denken jullie aan de naastenkaarten?\nBel gerust even als je iets niet weet."
"""What the coordinator of the demo has the bot say in the group."""


def names(count: int) -> list[str]:
    """So many different first names; beyond the list they get a letter behind them."""
    rounds = ["", *(f" {letter}." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    return [f"{name}{behind}" for behind in rounds for name in NAMES][:count]


class Sayings:
    """What is still to be typed. Nobody types what another has typed, so that the feedback reads like people."""

    def __init__(self, dice: Dice) -> None:
        self._left = {
            ("op tafel", "naaste"): list(FOR_THE_TABLE["naaste"]),
            ("op tafel", "professional"): list(FOR_THE_TABLE["professional"]),
            ("goed gesprek", "naaste"): list(A_GOOD_TALK),
            ("Deel met het team", "naaste"): list(SHARED["naaste"]),
            ("Deel met het team", "professional"): list(SHARED["professional"]),
        }
        for sayings in self._left.values():
            dice.shuffle(sayings)

    def take(self, question: str, role: str) -> str | None:
        """An answer to this question, or None when there is nothing (more) to say to it."""
        for (words, whose), sayings in self._left.items():
            if words in question and whose == role and sayings:
                return sayings.pop()
        return None
