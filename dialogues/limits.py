"""Rules about number and length: what fits on a phone, and what is fair to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from dialogues.codes import problem, shown
from dialogues.problems import Place, Problem
from dialogues.short import clashes
from dialogues.tree import DIVIDED, Dialogue, Option, Question

MAX_OPTIONS = 5
MIN_OPTIONS = 2
MAX_LABEL = 20
"""Characters on a button, counted as Python counts them; a small phone shows no more."""
MAX_MESSAGE = 300
"""Characters in a message. Telegram takes 4,096; people read less."""

_PICTURE = "[\U0001f000-\U0001faff\u203c\u2049\u2194-\u2199\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff]"
_DRESS = "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}{_DRESS}(?:\u200d{_PICTURE}{_DRESS})*"
)
"""One emoji as people see it: a flag, a keycap, or a picture with its skin tone and whatever is joined to it."""


def limit_problems(dialogue: Dialogue) -> Iterator[Problem]:
    """Too many or too few buttons, texts that are too long, emojis out of place, names that get mixed up."""
    for question in dialogue.questions.values():
        yield from _number_of_options(dialogue, question)
        yield from _same_buttons(dialogue, question)
        for option in question.options:
            yield from _button(dialogue, option)
            if option.id == DIVIDED:
                message = f"De knop '{DIVIDED}' heet net als de uitkomst waarbij geen enkel antwoord opvalt."
                yield problem(dialogue.path, option.place, "E225", message, "Geef de knop een andere naam.")
    yield from _long_messages(dialogue)
    yield from _mixed_up(dialogue)


def _number_of_options(dialogue: Dialogue, question: Question) -> Iterator[Problem]:
    number = len(question.options)
    if number > MAX_OPTIONS:
        message = f"De vraag '{shown(question.id)}' heeft {number} knoppen; {MAX_OPTIONS} is het meeste."
        place = question.options[MAX_OPTIONS].place
        yield problem(dialogue.path, place, "E213", message, "Voeg knoppen samen, of haal er weg.")
    elif 0 < number < MIN_OPTIONS:
        message = f"De vraag '{shown(question.id)}' heeft maar één knop."
        yield problem(dialogue.path, question.place, "E214", message, "Zet er minstens één knop bij.")


def _same_buttons(dialogue: Dialogue, question: Question) -> Iterator[Problem]:
    for role in dialogue.roles:
        seen: dict[str, str] = {}
        for option in question.options:
            text = option.say.get(role, "").casefold()
            first = seen.setdefault(text, option.id)
            if text and first != option.id:
                message = f"De knoppen '{shown(first)}' en '{shown(option.id)}' hebben dezelfde tekst."
                yield problem(dialogue.path, option.place, "E220", message, "Geef elke knop een eigen tekst.")


def _button(dialogue: Dialogue, option: Option) -> Iterator[Problem]:
    for text in dict.fromkeys(option.say.values()):
        if len(text) > MAX_LABEL:
            message = f"'{shown(text)}' heeft {len(text)} tekens; op een knop passen er {MAX_LABEL}."
            yield problem(dialogue.path, option.place, "E215", message, "Maak de tekst korter.")
        emojis = list(_EMOJI.finditer(text))
        if len(emojis) > 1:
            message = f"Op de knop '{shown(text)}' staat meer dan één emoji."
            yield problem(dialogue.path, option.place, "E216", message, "Laat er één staan, achter de tekst.")
        elif emojis and (emojis[0].end() != len(text) or emojis[0].start() == 0):
            message = f"Op de knop '{shown(text)}' staat de emoji niet achter de tekst."
            yield problem(dialogue.path, option.place, "E216", message, "Zet eerst een woord, dan de emoji.")


def _long_messages(dialogue: Dialogue) -> Iterator[Problem]:
    asked = ((question.place, question.ask) for question in dialogue.questions.values())
    said = ((end.place, end.say) for end in dialogue.ends.values())
    for place, wording in chain(asked, said):
        for text in dict.fromkeys(wording.values()):
            if len(text) > MAX_MESSAGE:
                message = f"Dit bericht heeft {len(text)} tekens; {MAX_MESSAGE} is het meeste."
                yield problem(dialogue.path, place, "E217", message, "Maak het bericht korter.")


def _mixed_up(dialogue: Dialogue) -> Iterator[Problem]:
    names: dict[str, Place] = {question.id: question.place for question in dialogue.questions.values()}
    yield from _clash(dialogue, names)
    for question in dialogue.questions.values():
        yield from _clash(dialogue, {option.id: option.place for option in question.options})


def _clash(dialogue: Dialogue, names: dict[str, Place]) -> Iterator[Problem]:
    for earlier, later in clashes(names):
        message = f"'{shown(earlier)}' en '{shown(later)}' krijgen dezelfde korte code."
        yield problem(dialogue.path, names[later], "E221", message, "Geef één van de twee een andere naam.")
