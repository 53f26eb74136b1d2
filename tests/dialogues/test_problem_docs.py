"""The page that explains every problem is whole."""

from __future__ import annotations

import re
from pathlib import Path

from dialogues.build import END_WORDS, OPTION_WORDS, QUESTION_WORDS, TOP_WORDS
from dialogues.codes import CODES, severity
from dialogues.labels import LABEL_SETS, LABELS

PAGE = (Path(__file__).parents[2] / "docs" / "problemen.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### (\w\d{3}) ([^\n]+) \((fout|let op)\)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def test_every_code_is_explained() -> None:
    """Each code is there once, in order, under its own name and with its own severity."""
    words = {"error": "fout", "warning": "let op"}
    said = [(code, name, how) for code, name, how, _ in SECTION.findall(PAGE)]
    assert said == [(code, name, words[severity(code)]) for code, name in CODES.items()]


def test_every_explanation_has_an_example_and_a_way_out() -> None:
    """Each section shows an example and says what to do."""
    for code, _, _, body in SECTION.findall(PAGE):
        assert "Voorbeeld" in body, code
        assert "Wat je doet:" in body, code


def test_every_word_and_label_is_named() -> None:
    """The page names every word of the language and every label, in its own set; no label is in two sets."""
    for name, labels in LABEL_SETS.items():
        assert f"| {name} | {' '.join(f'`{label}`' for label in labels)} |" in PAGE
    for row in (TOP_WORDS, QUESTION_WORDS, OPTION_WORDS, END_WORDS):
        assert " ".join(f"`{word}`" for word in row) in PAGE
    assert len(LABELS) == sum(map(len, LABEL_SETS.values()))
