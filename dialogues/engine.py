"""From wait to wait: the only code that moves a position in a dialogue. Pure; sends and stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogues.tree import Dialogue, End, Question

TEXT = "text"
"""Stands for an approved text among the answers of a path, where an option's id stands otherwise."""


class IllegalMoveError(Exception):
    """A reply that does not fit the question; says which kind of misfit, never what was replied."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The person tapped this option."""

    option: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The person typed something, and approved of how it is kept."""


@dataclass(frozen=True, slots=True)
class Skip:
    """The person tapped *Sla over*."""


Reply = Choice | Typed | Skip


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: a question to ask, or an end to say; exactly one of the two, or neither after a skip."""

    question: Question | None = None
    end: End | None = None


def start(dialogue: Dialogue) -> Step:
    """The core question."""
    return Step(question=dialogue.core)


def answer(dialogue: Dialogue, role: str, question_id: str, reply: Reply) -> Step:
    """What follows this reply to this question.

    Raises IllegalMoveError when the question, the option or the role is not in this dialogue, when a text is
    given to a question with options, or the other way round.
    """
    question = dialogue.questions.get(question_id)
    if question is None or role not in dialogue.roles:
        raise IllegalMoveError("no such question for this role")
    match reply:
        case Choice(option_id):
            option = question.option(option_id)
            if option is None:
                raise IllegalMoveError("no such option")
            return _step(dialogue, option.then[role])
        case Typed():
            if not question.text:
                raise IllegalMoveError("this question takes no text")
            return _step(dialogue, question.then[role])
        case Skip():
            return _after_skip(dialogue, role, question)


def path(dialogue: Dialogue, role: str, answers: Mapping[str, str]) -> frozenset[str]:
    """The questions that may stand open or answered, given what is answered now (question -> option or TEXT).

    An answer leads on to what follows it. A question without an answer may have been skipped, and a skip leaves
    no trace, so what follows a skip is on the path too. Whatever is not on the path belongs to a branch that
    the person left by changing an earlier answer.
    """
    seen: set[str] = set()
    step = start(dialogue)
    while step.question is not None and step.question.id not in seen:
        question = step.question
        seen.add(question.id)
        given = answers.get(question.id)
        if given is None:
            step = _after_skip(dialogue, role, question)
        elif given == TEXT and question.text:
            step = answer(dialogue, role, question.id, Typed())
        else:
            step = answer(dialogue, role, question.id, Choice(given))
    return frozenset(seen)


def _after_skip(dialogue: Dialogue, role: str, question: Question) -> Step:
    """Skipping the core question ends the dialogue; elsewhere a skip follows `then`, or else ends."""
    if question.id == dialogue.start or not question.then:
        return Step()
    return _step(dialogue, question.then[role])


def _step(dialogue: Dialogue, target: str) -> Step:
    if target in dialogue.ends:
        return Step(end=dialogue.ends[target])
    return Step(question=dialogue.questions[target])
