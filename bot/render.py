"""From a step of a dialogue to a screen: text and buttons; and from a button back to what it means. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.wording import texts
from dialogues.short import code
from dialogues.tree import Dialogue, End, Question

MAX_DATA_BYTES = 64
"""Telegram's limit on what a button carries."""
MAX_TEXT = 4096
"""Telegram's limit on a message, in characters."""
SEPARATOR = "."

Markup = dict[str, Any]
"""What the Bot API calls a reply markup, before it is JSON."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it says, and what it carries; or, with `url`, what it opens."""

    label: str
    data: str = ""
    url: str = ""

    def as_json(self) -> dict[str, str]:
        """As the Bot API has it."""
        return {"text": self.label, **({"url": self.url} if self.url else {"callback_data": self.data})}


@dataclass(frozen=True, slots=True)
class Screen:
    """One message as a person sees it; buttons one per row.

    With `reply`, a phone opens a field to answer this message, with these words in grey; it then has no buttons.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    reply: str = ""

    @property
    def markup(self) -> Markup | None:
        """What comes below a new message. Raises ValueError as `keyboard` does."""
        return {"force_reply": True, "input_field_placeholder": self.reply} if self.reply else self.keyboard

    @property
    def keyboard(self) -> Markup | None:
        """The buttons as Telegram takes them. Raises ValueError when a button carries more than Telegram takes."""
        if not self.buttons:
            return None
        for button in self.buttons:
            if not button.url and not 1 <= len(button.data.encode()) <= MAX_DATA_BYTES:
                raise ValueError("a button carries 1 to 64 bytes")
        return {"inline_keyboard": [[button.as_json()] for button in self.buttons]}


CHOOSE, SKIP, HELP, CHANGE, KEEP, REPHRASE, DISCARD = "a", "s", "h", "w", "k", "n", "x"
"""What can be done at a question, and with a text that awaits approval."""
NO_REMINDERS = "o"
"""Under a reminder: never again."""
WITHDRAW = "v"
"""Taking back one answer, out of a list."""


@dataclass(frozen=True, slots=True)
class Tap:
    """What a button under a question means: short codes, all of them checked before they are believed."""

    action: str
    team: str
    period: int
    dialogue: str
    round: int
    question: str
    option: str = ""

    def encode(self) -> str:
        """As the data of a button."""
        return SEPARATOR.join(
            (self.action, self.team, str(self.period), self.dialogue, str(self.round), self.question, self.option)
        )


def decode(data: str) -> Tap | None:
    """What this button means, or None when it is no button of a question."""
    parts = data.split(SEPARATOR)
    if len(parts) != 7 or not (parts[2].isdecimal() and parts[4].isdecimal()):
        return None
    return Tap(parts[0], parts[1], int(parts[2]), parts[3], int(parts[4]), parts[5], parts[6])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question is asked: enough to make its buttons."""

    team_code: str
    period: int
    round: int
    dialogue: Dialogue
    role: str

    def tap(self, action: str, question: Question, option: str = "") -> str:
        """The data of one button under this question."""
        option_code = code(option) if option else ""
        return Tap(
            action, self.team_code, self.period, code(self.dialogue.id), self.round, code(question.id), option_code
        ).encode()


def ask(place: Place, question: Question, *, team_name: str = "") -> Screen:
    """A question with its options. With `team_name`, the message begins by saying which team asks."""
    text = _heard(place, question, team_name)
    if question.text:
        text = f"{text}\n\n{texts.SHARE_HINT if question.share else texts.TEXT_HINT}"
    return Screen(
        text,
        (
            *(
                Button(option.say[place.role], place.tap(CHOOSE, question, option.id))
                for option in question.options
            ),
            Button(texts.SKIP, place.tap(SKIP, question)),
            Button(texts.HELP, place.tap(HELP, question)),
        ),
    )


def answered(place: Place, question: Question, choice: str, *, team_name: str = "") -> Screen:
    """The same question after a tap: it shows the choice, and offers to change it."""
    asked = _heard(place, question, team_name)
    return Screen(f"{asked}\n\n{choice}", (Button(texts.CHANGE, place.tap(CHANGE, question)),))


def _heard(place: Place, question: Question, team_name: str) -> str:
    """What is asked, without how to answer it."""
    parts = (team_name, texts.SHARE_TITLE if question.share else "", question.ask[place.role])
    return "\n\n".join(part for part in parts if part)


def proposal(place: Place, question: Question, words: str) -> Screen:
    """A text as it will be kept, for its author to approve."""
    before, after = _around(share=question.share)
    return Screen(
        f"{before}{words}{after}",
        (
            Button(texts.KEEP, place.tap(KEEP, question)),
            Button(texts.REPHRASE, place.tap(REPHRASE, question)),
            Button(texts.DISCARD, place.tap(DISCARD, question)),
        ),
    )


def read_proposal(text: str, *, share: bool) -> str | None:
    """The words out of a proposal's text, or None when it is no proposal."""
    before, after = _around(share=share)
    if not (text.startswith(before) and text.endswith(after)) or len(text) <= len(before) + len(after):
        return None
    return text[len(before) : len(text) - len(after)]


def end(last: End | None, role: str, contact: str | None) -> Screen:
    """The last words of a dialogue, with the team's contact line where the tree says so."""
    if last is None:
        return Screen(texts.AFTER_SKIP)
    text = last.say[role]
    if last.contact and contact:
        text = f"{text}\n\n{texts.CONTACT.format(contact=contact)}"
    return Screen(text)


def chunks(text: str) -> list[str]:
    """A long text in pieces that Telegram takes, cut at a line's end where there is one."""
    pieces = []
    while len(text) > MAX_TEXT:
        cut = text.rfind("\n", 1, MAX_TEXT)
        cut = MAX_TEXT if cut < MAX_TEXT // 2 else cut
        pieces.append(text[:cut])
        text = text[cut:].lstrip("\n")
    return [*pieces, text] if text else pieces


def _around(*, share: bool) -> tuple[str, str]:
    return (texts.SHARE_BEFORE, texts.SHARE_AFTER) if share else (texts.KEEP_BEFORE, texts.KEEP_AFTER)
