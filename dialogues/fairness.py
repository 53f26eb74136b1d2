"""Rules about who comes to which question: no offer may betray an answer, and no check-in may feel like a form."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.build import MAX_NAMED
from dialogues.codes import problem, shown
from dialogues.graph import can_come_to, longest_walk, reachable
from dialogues.problems import Place, Problem
from dialogues.tree import Dialogue, Option, Question

MAX_FOLLOW_UPS = 2
"""Questions after the core question, on any path."""


def fairness_problems(dialogue: Dialogue) -> Iterator[Problem]:
    """Too many questions in a row, and follow-ups that some answers never lead to."""
    if dialogue.start not in dialogue.questions or len(dialogue.questions) > MAX_NAMED:
        return
    yield from _too_many_follow_ups(dialogue)
    for question in dialogue.questions.values():
        if question.share:
            yield from _betrays(dialogue, question)
        elif question.options:
            yield from _hard_to_read(dialogue, question)


def _too_many_follow_ups(dialogue: Dialogue) -> Iterator[Problem]:
    walk = max((longest_walk(dialogue, role) for role in dialogue.roles), key=len)
    if len(walk) > 1 + MAX_FOLLOW_UPS:
        message = f"Na de eerste vraag komen er {len(walk) - 1} vragen: {' → '.join(map(shown, walk))}."
        place = dialogue.questions[walk[1 + MAX_FOLLOW_UPS]].place
        yield problem(dialogue.path, place, "W407", message, f"Stel er daarna hoogstens {MAX_FOLLOW_UPS}.")


def _betrays(dialogue: Dialogue, offer: Question) -> Iterator[Problem]:
    """Whoever shares something got the offer; that must say nothing about what they answered."""
    hint = "Laat elk antwoord bij deze vraag uitkomen, anders verraadt delen wat iemand koos."
    for option in _options_around(dialogue, offer):
        message = f"Na de knop '{shown(option.id)}' komt de vraag '{shown(offer.id)}' niet."
        yield problem(dialogue.path, option.place, "E218", message, hint)


def _hard_to_read(dialogue: Dialogue, follow_up: Question) -> Iterator[Problem]:
    """A follow-up is shown within the number of the core question, so a branch may be too small to show."""
    if _options_around(dialogue, follow_up):
        message = f"De vraag '{shown(follow_up.id)}' komt niet na elk antwoord."
        hint = "Dan kan het team de antwoorden vaak niet zien. Laat elke knop hierheen leiden, als dat past."
        yield problem(dialogue.path, follow_up.place, "W408", message, hint)


def _options_around(dialogue: Dialogue, target: Question) -> tuple[Option, ...]:
    """The options that lead away from this question, where another answer could still have led to it."""
    found: dict[Place, Option] = {}
    for role in dialogue.roles:
        before = can_come_to(dialogue, role, target.id)
        asked = (before & reachable(dialogue, role)) - {target.id}
        for question in dialogue.questions.values():
            if question.id in asked:
                away = (o for o in question.options if role in o.then and o.then[role] not in before)
                found |= {option.place: option for option in away}
    return tuple(found.values())
