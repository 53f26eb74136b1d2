"""The engine: every walk ends, only legal moves are made, and a path holds what was walked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees_made_up import SMALL, sound_dialogues

from dialogues.engine import TEXT, Choice, IllegalMoveError, Reply, Skip, Step, Typed, answer, path, start
from dialogues.parse import parse
from dialogues.tree import ROLES, Dialogue, Question

DIALOGUE = parse(SMALL, "klein.yaml")


def _replies(question: Question, with_skip: bool = True) -> list[Reply]:
    given: list[Reply] = [Typed()] if question.text else [Choice(option.id) for option in question.options]
    return [*given, Skip()] if with_skip else given


def _walk(data: st.DataObject, dialogue: Dialogue, role: str) -> tuple[list[str], dict[str, str], Step]:
    """One walk: the questions in their order, the answers that leave a trace, and the last step."""
    walked: list[str] = []
    answers: dict[str, str] = {}
    step = start(dialogue)
    while step.question is not None:
        assert step.question.id not in walked
        walked.append(step.question.id)
        reply = data.draw(st.sampled_from(_replies(step.question)))
        match reply:
            case Choice(option):
                answers[step.question.id] = option
            case Typed():
                answers[step.question.id] = TEXT
        step = answer(dialogue, role, step.question.id, reply)
    return walked, answers, step


@settings(max_examples=150, deadline=None)
@given(sound_dialogues(), st.sampled_from(ROLES), st.data())
def test_every_walk_ends(dialogue: Dialogue, role: str, data: st.DataObject) -> None:
    """Whatever is answered, no question comes twice, and the walk comes to an end or stops after a skip."""
    _, _, step = _walk(data, dialogue, role)
    assert step.question is None
    assert step.end is None or step.end == dialogue.ends[step.end.id]


@settings(max_examples=150, deadline=None)
@given(sound_dialogues(), st.sampled_from(ROLES), st.data())
def test_a_path_holds_exactly_what_was_walked(dialogue: Dialogue, role: str, data: st.DataObject) -> None:
    """From the answers alone, which is all that is kept, the path of the walk can be told; skips included."""
    walked, answers, _ = _walk(data, dialogue, role)
    assert path(dialogue, role, answers) == frozenset(walked)


@settings(max_examples=150, deadline=None)
@given(sound_dialogues(), st.sampled_from(ROLES), st.data())
def test_answers_of_a_branch_that_was_left_are_not_on_the_path(
    dialogue: Dialogue, role: str, data: st.DataObject
) -> None:
    """After a change of the first answer, old answers that no step leads to any more fall off the path."""
    _, before, _ = _walk(data, dialogue, role)
    walked, now, _ = _walk(data, dialogue, role)
    mixed = before | now
    seen = path(dialogue, role, mixed)
    assert dialogue.start in seen
    if set(walked) == set(now):  # nothing was skipped, so nothing old can lead on
        assert seen == set(walked)


@pytest.mark.parametrize(
    ("role", "question", "reply"),
    [
        ("naaste", "weg", Skip()),
        ("coordinator", "hoe", Skip()),
        ("naaste", "hoe", Choice("weg")),
        ("naaste", "hoe", Typed()),
        ("naaste", "woorden", Choice("goed")),
    ],
)
def test_illegal_moves_are_refused(role: str, question: str, reply: Reply) -> None:
    """A forged or stale reply moves nothing, and the refusal does not repeat what was said."""
    with pytest.raises(IllegalMoveError) as caught:
        answer(DIALOGUE, role, question, reply)
    assert "goed" not in str(caught.value)
    assert "weg" not in str(caught.value)


def test_a_skip_of_the_core_question_ends_the_dialogue() -> None:
    """Who skips the first question is asked nothing more; who skips a later one follows its own `then`."""
    assert answer(DIALOGUE, "naaste", "hoe", Skip()) == Step()
    assert answer(DIALOGUE, "naaste", "woorden", Skip()) == Step(end=DIALOGUE.ends["dank"])
