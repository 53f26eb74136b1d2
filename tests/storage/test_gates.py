"""Types as gates: only one module can make what may be stored, and only one what may be shown."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.library import builtin_paths
from dialogues.parse import read
from storage import anonymise
from storage.anonymise import AnonymousAnswer, SharedText, Slot, row_key
from storage.keys import fields
from storage.masking import MaskingError

ROOT = Path(__file__).parents[2]
SLOT = Slot("de-linde", 1, 0, "wat-lukte", "wat")
QUESTION = read(next(path for path in builtin_paths() if path.stem == "wat-lukte")).core
KEY = b"k" * 32
PERSON = b"p" * 16


def test_nobody_else_can_make_an_anonymous_answer() -> None:
    """Without the seal that anonymise keeps to itself there is no answer to store, and no text to share."""
    with pytest.raises(TypeError):
        AnonymousAnswer(b"x" * 16, SLOT, "goed", is_text=False, seal=object())
    with pytest.raises(TypeError):
        SharedText(b"x" * 16, SLOT, "goed", seal=None)
    made = anonymise.choice(KEY, PERSON, SLOT, QUESTION, "lachen")
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(made, value="Annelies", is_text=True)
    with pytest.raises(ValueError, match="option"):
        anonymise.choice(KEY, PERSON, SLOT, QUESTION, "Annelies")


def test_only_the_modules_that_own_a_seal_name_it() -> None:
    """A seal that others could import would be no seal."""
    users = set()
    for package in ("bot", "storage", "dialogues"):
        for path in (ROOT / package).rglob("*.py"):
            names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
            names |= {
                alias.name
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
            if any(name.endswith("_SEAL") for name in names):
                users.add(str(path.relative_to(ROOT)))
    assert users == {"storage/anonymise.py", "storage/release.py"}


def test_an_answer_holds_nothing_of_its_person() -> None:
    """What is stored of a choice is its key, its place and its option: no participant, no chat, no time."""
    made = anonymise.choice(KEY, PERSON, SLOT, QUESTION, "lachen")
    assert set(AnonymousAnswer.__slots__) == {"key", "slot", "value", "is_text"}
    assert PERSON not in made.key
    assert len(made.key) == 16
    assert "p" * 16 not in repr(made)


def test_a_text_that_was_not_masked_is_refused_at_the_door() -> None:
    """Approving does not make a text safe: what masking would still hide can't be stored."""
    with pytest.raises(MaskingError):
        anonymise.approved_text(KEY, PERSON, SLOT, "Ik ben blij met Annelies")
    assert anonymise.approved_text(KEY, PERSON, SLOT, "Ik ben blij").value == "Ik ben blij"


@given(st.lists(st.binary(max_size=6) | st.text(max_size=6) | st.integers(0, 99), max_size=5), st.data())
def test_no_two_lists_of_fields_look_alike(values: list[bytes | str | int], data: st.DataObject) -> None:
    """Length prefixes keep ("ab", "c") and ("a", "bc") apart, so no two answers share a key by accident."""
    other = data.draw(st.lists(st.binary(max_size=6) | st.text(max_size=6) | st.integers(0, 99), max_size=5))
    raw = [[v if isinstance(v, bytes) else str(v).encode() for v in some] for some in (values, other)]
    assert (fields(*values) == fields(*other)) == (raw[0] == raw[1])


@given(st.binary(min_size=16, max_size=16), st.integers(0, 3), st.sampled_from(["wat", "hielp"]))
def test_a_key_is_one_persons_one_question_and_one_round(person: bytes, round_number: int, question: str) -> None:
    """The same again gives the same row; another person, round, question or period gives another."""
    slot = Slot("de-linde", 1, round_number, "wat-lukte", question)
    key = row_key(KEY, person, slot)
    assert key == row_key(KEY, person, slot)
    others = [
        row_key(b"l" * 32, person, slot),
        row_key(KEY, bytes([person[0] ^ 1]) + person[1:], slot),
        row_key(KEY, person, Slot("de-linde", 1, round_number + 1, "wat-lukte", question)),
        row_key(KEY, person, Slot("de-linde", 1, round_number, "wat-lukte", question + "x")),
    ]
    assert key not in others
