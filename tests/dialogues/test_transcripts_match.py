"""The trees and their transcripts say the same, and together the transcripts go everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from transcripts.reader import (
    ANYTHING,
    APPROVE,
    SKIP,
    Transcript,
    TranscriptError,
    Walk,
    on_one_line,
    read,
    transcripts,
)

from dialogues import engine
from dialogues.library import builtin_paths
from dialogues.parse import read as read_dialogue
from dialogues.tree import Dialogue, Question

DIALOGUES = {path.stem: read_dialogue(path) for path in builtin_paths()}
FILES = transcripts()
Tap = tuple[str, str]
"""A question's id and what was done there: an option's id, SKIP, or engine.TEXT."""


def walk(dialogue: Dialogue, role: str, path: Walk) -> list[Tap]:
    """Follow one path through the engine, and return what was done where; asserts every message on the way."""
    step = engine.start(dialogue)
    lines = iter(path.lines)
    done: list[Tap] = []
    while step.question is not None:
        question = step.question
        assert next(lines) == ("bot", on_one_line(question.ask[role])), path.title
        tap, reply = _reply(question, role, *next(lines))
        if tap == engine.TEXT:
            assert next(lines) == ("tik", APPROVE), path.title
        done.append((question.id, tap))
        step = engine.answer(dialogue, role, question.id, reply)
    said = on_one_line(step.end.say[role]) if step.end else ANYTHING
    assert list(lines) == [("bot", said)], path.title
    return done


def _reply(question: Question, role: str, kind: str, words: str) -> tuple[str, engine.Reply]:
    if kind == "typ":
        return engine.TEXT, engine.Typed()
    assert kind == "tik"
    if words == SKIP:
        return SKIP, engine.Skip()
    option = next(option for option in question.options if option.say[role] == words)
    return option.id, engine.Choice(option.id)


def reachable(dialogue: Dialogue, role: str) -> set[Tap]:
    """Everything that this role can do in this dialogue: each option, each text, each skip."""
    waiting, found, seen = [dialogue.core], set[Tap](), set[str]()
    while waiting:
        question = waiting.pop()
        if question.id in seen:
            continue
        seen.add(question.id)
        moves: list[tuple[str, engine.Reply]] = [(SKIP, engine.Skip())]
        moves += [(option.id, engine.Choice(option.id)) for option in question.options]
        moves += [(engine.TEXT, engine.Typed())] if question.text else []
        for tap, reply in moves:
            found.add((question.id, tap))
            after = engine.answer(dialogue, role, question.id, reply).question
            waiting += [after] if after else []
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_transcript_is_what_the_tree_prescribes(file: Path) -> None:
    """Whoever reads a transcript reads what people will meet, word for word."""
    transcript = read(file)
    assert file.stem == f"{transcript.dialogue}.{transcript.role}"
    assert transcript.paths
    for path in transcript.paths:
        walk(DIALOGUES[transcript.dialogue], transcript.role, path)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_paths_of_a_transcript_go_everywhere(file: Path) -> None:
    """No option, text or skip of a tree is left untried."""
    transcript = read(file)
    dialogue = DIALOGUES[transcript.dialogue]
    done = {tap for path in transcript.paths for tap in walk(dialogue, transcript.role, path)}
    assert done == reachable(dialogue, transcript.role)


def test_every_tree_and_role_has_its_transcript() -> None:
    """A dialogue that nobody could read beforehand is not shipped."""
    expected = {f"{dialogue.id}.{role}" for dialogue in DIALOGUES.values() for role in dialogue.roles}
    assert {file.stem for file in FILES} == expected


@pytest.mark.parametrize("dialogue", DIALOGUES.values(), ids=lambda dialogue: dialogue.id)
def test_at_most_two_questions_follow_the_core_question(dialogue: Dialogue) -> None:
    """Answering takes three taps at most: it must never feel like a form."""
    for role in dialogue.roles:
        transcript: Transcript = read(next(file for file in FILES if file.stem == f"{dialogue.id}.{role}"))
        assert all(len(walk(dialogue, role, path)) <= 3 for path in transcript.paths)


def test_a_line_that_does_not_belong_is_named(tmp_path: Path) -> None:
    """A care worker who mistypes a transcript is told where."""
    file = tmp_path / "x.naaste.txt"
    file.write_text("dialoog: x\nrol: naaste\n\n== pad\nbot: Hoi\ntikt: Goed\n", encoding="utf-8")
    with pytest.raises(TranscriptError, match=r"x\.naaste\.txt:6"):
        read(file)
    file.write_text("dialoog: x\n\n== pad\nbot: Hoi\n", encoding="utf-8")
    with pytest.raises(TranscriptError, match="rol"):
        read(file)
