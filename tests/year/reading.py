"""What a message is, read from what stands in it, as the one who gets it would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot import render
from bot.wording import rights_texts, silence_texts, texts
from dialogues import library
from dialogues.short import code
from year.calendar_of_its_own import local
from year.installation import Letter

QUESTION, REMINDER, OFFER, PAUSE, GOODBYE, NO_MOMENT, PAGE, OTHER = (
    *("question", "reminder", "offer", "pause", "goodbye", "no moment", "page", "other"),
)
BASE = {"naaste": "hoe-gaat-het-met-jullie", "professional": "hoe-gaat-het-met-jou"}
BEFORE, AFTER = "voor-het-evaluatiemoment", "na-het-evaluatiemoment"

_BEGINNINGS = {
    OFFER: silence_texts.ASK_LESS,
    PAUSE: silence_texts.SILENT,
    GOODBYE: rights_texts.GOODBYE,
    NO_MOMENT: texts.MOMENT_MISSING,
    PAGE: texts.CLOSED_NOTICE,
}
_ENOUGH = 60
"""So many characters tell the kinds apart."""


@dataclass(frozen=True, slots=True)
class Read:
    """One message: its kind and, of a question, which, in which period and round, and its first button."""

    kind: str
    at: datetime
    chat: int
    text: str
    dialogue: str = ""
    period: int = 0
    round: int = 0
    button: str = ""


class Reader:
    """Knows the dialogues that there are, by the short codes in buttons."""

    def __init__(self) -> None:
        found = library.load(library.builtin_paths()).dialogues
        self._names = {code(name): name for name in found}
        self.roles = {name: set(tree.roles) for name, tree in found.items()}
        self.by_rhythm = {
            role: {name for name, roles in self.roles.items() if role in roles and name not in (BEFORE, AFTER)}
            for role in BASE
        }

    def read(self, letter: Letter, team_name: str) -> Read:
        """This message, which came from this team."""
        text, at = letter.screen.text, local(letter.at)
        for button in letter.screen.buttons:
            tap = render.decode(button.data) if button.data else None
            if tap is not None and tap.action == render.CHOOSE and text.startswith(team_name):
                kind = REMINDER if silence_texts.REMINDER in text else QUESTION
                name = self._names[tap.dialogue]
                return Read(kind, at, letter.chat, text, name, tap.period, tap.round, button.data)
        for kind, beginning in _BEGINNINGS.items():
            if text.startswith(beginning.format(team=team_name, closes="")[:_ENOUGH]):
                return Read(kind, at, letter.chat, text)
        return Read(OTHER, at, letter.chat, text)
