"""Where the steps of a dialogue lead, per role. Nothing here recurses, whatever the shape of a tree."""

from __future__ import annotations

from dialogues.tree import Dialogue, Question


def answers_lead_to(question: Question, role: str) -> tuple[str, ...]:
    """What follows the answers to this question."""
    if question.text:
        return (question.then[role],) if role in question.then else ()
    return tuple(option.then[role] for option in question.options if role in option.then)


def leads_to(dialogue: Dialogue, question: Question, role: str) -> tuple[str, ...]:
    """What can follow this question: its answers, and a skip, which ends the dialogue at the core question."""
    skip = () if question.id == dialogue.start or role not in question.then else (question.then[role],)
    return tuple(dict.fromkeys((*answers_lead_to(question, role), *skip)))


def reachable(dialogue: Dialogue, role: str) -> frozenset[str]:
    """The questions and ends that somebody in this role can come to."""
    seen: set[str] = set()
    ahead = [dialogue.start]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            if name in dialogue.questions:
                ahead += leads_to(dialogue, dialogue.questions[name], role)
    return frozenset(seen)


def can_come_to(dialogue: Dialogue, role: str, target: str) -> frozenset[str]:
    """The questions from which answers alone can lead to this target, and the target itself."""
    steps = {name: frozenset(answers_lead_to(question, role)) for name, question in dialogue.questions.items()}
    found = {target}
    while more := {name for name, targets in steps.items() if name not in found and found & targets}:
        found |= more
    return frozenset(found)


def cycles(dialogue: Dialogue, role: str) -> tuple[tuple[str, ...], ...]:
    """Rings of questions; no question is in two of those given."""
    steps = {name: leads_to(dialogue, question, role) for name, question in dialogue.questions.items()}
    rings: list[tuple[str, ...]] = []
    while looping := _endless(steps):
        ring = _ring(steps, looping)
        rings.append(ring)
        steps = {name: targets for name, targets in steps.items() if name not in ring}
    return tuple(rings)


def longest_walk(dialogue: Dialogue, role: str) -> tuple[str, ...]:
    """The questions on a longest way through a dialogue without cycles; empty when there is a cycle."""
    steps = {name: leads_to(dialogue, question, role) for name, question in dialogue.questions.items()}
    if _endless(steps):
        return ()
    walks: dict[str, tuple[str, ...]] = {}
    while len(walks) < len(steps):
        for name, targets in steps.items():
            ahead = [target for target in targets if target in steps]
            if name not in walks and all(target in walks for target in ahead):
                walks[name] = (name, *max((walks[target] for target in ahead), key=len, default=()))
    return walks.get(dialogue.start, ())


def _endless(steps: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """The questions from which some way never ends."""
    left = set(steps)
    while done := {name for name in left if not left.intersection(steps[name])}:
        left -= done
    return frozenset(left)


def _ring(steps: dict[str, tuple[str, ...]], looping: frozenset[str]) -> tuple[str, ...]:
    """One ring among questions that each lead on to another of them."""
    way: list[str] = []
    name = next(name for name in steps if name in looping)
    while name not in way:
        way.append(name)
        name = next(target for target in steps[name] if target in looping)
    return tuple(way[way.index(name) :])
