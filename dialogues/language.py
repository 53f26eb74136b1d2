"""Rules about Dutch as people read it. They are simple and may be wrong, so each one only warns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogues.codes import problem, shown
from dialogues.problems import Place, Problem
from dialogues.tree import Dialogue

MAX_WORDS = 20
"""Words in a sentence; the guidance for Dutch at level B1 is shorter still."""

_FORMAL = re.compile(r"\b(u|uw|uzelf)\b(?!-)", re.IGNORECASE)
# "Involving naasten" is the professional's view: they were there all along. See the rules for wording.
_NOT_OUR_WORDS = re.compile(r"\b(betrek(?:ken|t)?|cli[eë]nts?ysteem|cli[eë]ntsystemen)\b", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(naam|namen|voornaam|achternaam|heet|heten|diagnoses?|stoornis(?:sen)?|ziektebeeld)\b", re.IGNORECASE
)
_NEGATION = re.compile(r"\b(geen|niet|nooit|zonder|weg)\b", re.IGNORECASE)
_PROMISE = re.compile(
    r"\b(?:we|wij|ik|iemand|het team) (?:bel|belt|bellen|regelt|regelen|komt langs|komen langs)\b"
    r"|\b(?:bellen|regelen) (?:we|wij)\b|\b(?:bellen we|bellen wij|belt iemand|belt het team)\b"
    r"|\b(?:we|wij|iemand|het team) (?:nemen|neemt) (?:\w+ ){0,3}contact\b"
    r"|\b(?:nemen|neemt) (?:we|wij|iemand|het team)(?: \w+){0,3} contact\b"
    r"|\bnemen contact (?:met je |met jullie )?op\b|\b(?:word je|je wordt) (?:terug)?gebeld\b"
    r"|\b(?:komen (?:we|wij) langs|bellen je|bellen jullie terug)\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…:;])\s+|\n+")
_WORD = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """One text that people read; `asked` when it is the question itself, `anonymous` when nobody knows whose."""

    text: str
    place: Place
    asked: bool = False
    anonymous: bool = True


def language_problems(dialogue: Dialogue) -> Iterator[Problem]:
    """Wording that puts people off, or asks or promises what must not be asked or promised."""
    for spoken in dict.fromkeys(_everything_spoken(dialogue)):
        for code, message, hint in _remarks(spoken):
            yield problem(dialogue.path, spoken.place, code, message, hint)


def _everything_spoken(dialogue: Dialogue) -> Iterator[_Spoken]:
    yield _Spoken(dialogue.title, Place(1, 1), anonymous=False)
    for question in dialogue.questions.values():
        for text in question.ask.values():
            yield _Spoken(text, question.place, asked=True, anonymous=not question.share)
        for option in question.options:
            for text in option.say.values():
                yield _Spoken(text, option.place)
    for end in dialogue.ends.values():
        for text in end.say.values():
            yield _Spoken(text, end.place)


def _remarks(spoken: _Spoken) -> Iterator[tuple[str, str, str]]:
    if found := _FORMAL.search(spoken.text):
        yield "W401", f"Hier staat '{found[0]}'.", "Schrijf 'je' of 'jullie'."
    if found := _NOT_OUR_WORDS.search(spoken.text):
        yield "W402", f"Hier staat '{found[0]}'.", "Naasten zijn er al. Schrijf gewoon wat iemand doet."
    yield from _remarks_on_sentences(spoken)
    if spoken.text.count("?") > 1:
        yield "W405", "Hier staan meer vragen in één bericht.", "Stel één vraag tegelijk."
    if spoken.anonymous and (found := _PROMISE.search(spoken.text)):
        message = f"'{shown(found[0])}' klinkt als een belofte, maar het antwoord is anoniem."
        yield "W406", message, "Niemand weet wie dit antwoordde. Zet bij het einde liever 'contact: true'."


def _remarks_on_sentences(spoken: _Spoken) -> Iterator[tuple[str, str, str]]:
    for sentence in _SENTENCE_ENDS.split(spoken.text):
        personal = _PERSONAL.search(sentence)
        if spoken.asked and personal and not _NEGATION.search(sentence):
            hint = "Vraag naar het soort mens, en nooit naar een naam of een ziekte."
            yield "W403", f"Hier staat '{personal[0]}'.", hint
        number = len(_WORD.findall(sentence))
        if number > MAX_WORDS:
            message = f"De zin '{shown(sentence)}' heeft {number} woorden."
            yield "W404", message, f"Maak er twee zinnen van; {MAX_WORDS} woorden is genoeg."
