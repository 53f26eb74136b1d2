"""Whatever a file holds, reading it gives a dialogue or problems with a place; never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trees_made_up import spoilt_trees

from dialogues.check import check
from dialogues.codes import CODES, severity
from dialogues.library import load
from dialogues.parse import draft, parse, read
from dialogues.problems import DialogueError


def _try(text: str) -> None:
    dialogue, problems = draft(text, "wat-lukte.yaml")
    if dialogue is not None:
        problems += check(dialogue)
    for problem in problems:
        assert problem.code in CODES
        assert problem.severity == severity(problem.code)
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in str(problem)
        str(problem).encode("utf-8")
    try:
        assert parse(text, "wat-lukte.yaml") == dialogue
    except DialogueError as error:
        refused = error.problems
    else:
        refused = ()
    assert set(refused) <= set(problems)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt_trees())
def test_a_spoilt_tree_never_crashes(text: str) -> None:
    """Cuts, copies and odd signs in a real tree bring problems with a place and a known code, and no crash."""
    _try(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_never_crashes(text: str) -> None:
    """Any text at all is a dialogue or a row of problems."""
    _try(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_never_crash(tmp_path: Path, content: bytes) -> None:
    """Any bytes in a file bring problems, from `read` and from the library alike."""
    file = tmp_path / "x.yaml"
    file.write_bytes(content)
    with pytest.raises(DialogueError) as caught:
        read(file)
    assert caught.value.problems
    assert not load([file]).dialogues
