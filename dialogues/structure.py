"""Rules that make a dialogue safe to walk: everything can be reached, and every walk ends."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.build import MAX_NAMED
from dialogues.codes import problem, shown
from dialogues.graph import cycles, reachable
from dialogues.problems import Problem
from dialogues.tree import Dialogue


def structure_problems(dialogue: Dialogue) -> Iterator[Problem]:
    """Questions that turn in a ring, and questions and ends that nobody comes to."""
    too_many = max(len(dialogue.questions), len(dialogue.ends)) > MAX_NAMED
    if too_many or dialogue.start not in dialogue.questions:
        return  # reported where it stands; every other question would seem unreachable
    yield from _rings(dialogue)
    yield from _unreached(dialogue)


def _rings(dialogue: Dialogue) -> Iterator[Problem]:
    seen: set[frozenset[str]] = set()
    for role in dialogue.roles:
        for ring in cycles(dialogue, role):
            if frozenset(ring) not in seen:
                seen.add(frozenset(ring))
                way = " → ".join(shown(name) for name in (*ring, ring[0]))
                message = f"Deze vragen draaien in een kring: {way}."
                hint = "Laat één van de stappen naar een einde leiden."
                yield problem(dialogue.path, dialogue.questions[ring[0]].place, "E212", message, hint)


def _unreached(dialogue: Dialogue) -> Iterator[Problem]:
    reached = frozenset().union(*(reachable(dialogue, role) for role in dialogue.roles))
    hint = "Laat een 'then:' hierheen leiden, of haal dit weg."
    for question in dialogue.questions.values():
        if question.id not in reached:
            message = f"Bij de vraag '{shown(question.id)}' komt nooit iemand."
            yield problem(dialogue.path, question.place, "E211", message, hint)
    for end in dialogue.ends.values():
        if end.id not in reached:
            message = f"Bij het einde '{shown(end.id)}' komt nooit iemand."
            yield problem(dialogue.path, end.place, "E211", message, hint)
