"""Every problem code has a faulty tree that shows it; what authors read about each is in problems.txt."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dialogues.check import check_files
from dialogues.codes import CODES
from dialogues.parse import MAX_BYTES, parse
from dialogues.problems import DialogueError

BAD_TREES = Path(__file__).parent / "bad_trees"
GOLDEN = BAD_TREES / "problems.txt"
FILES = sorted(BAD_TREES.glob("*.yaml"))
BY_HAND = {"E101", "E102", "E222", "E223", "E501", "E502", "E503", "W501"}
"""Codes that no small tree can show; each has a test below, in test_check_library.py or test_programme.py."""


def test_every_code_has_an_example() -> None:
    """Each code of the table is shown by a file that is named after it."""
    named = {file.stem.split("-")[0].upper() for file in FILES}
    assert named | BY_HAND == set(CODES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_example_shows_its_code(file: Path) -> None:
    """A faulty tree brings the problem after which it is named, with its line and column in the file."""
    problems = check_files([file])
    assert file.stem.split("-")[0].upper() in {problem.code for problem in problems}
    lines = file.read_bytes().count(b"\n") + 1
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in problems)


def test_what_authors_read() -> None:
    """The messages stay as they were read and approved; UPDATE_GOLDEN=1 writes them anew."""
    said = "".join(f"{problem}\n" for problem in check_files(FILES)).replace(f"{BAD_TREES}{os.sep}", "")
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


def test_the_example_of_the_design() -> None:
    """A step that leads nowhere is placed at its option, and the step that was meant is named."""
    lines = [
        "dialogue: x",
        "version: 1",
        "for: [naaste]",
        "title: Hoe gaat het met jullie?",
        'source: "A 4.1"',
        "start: hoe",
        "",
        "questions:",
        "  hoe:",
        "    ask: Hoe gaat het met jullie?",
        "    options:",
        "      goed:      {say: Goed, then: bordje}",
        "      wisselend: {say: Wisselend, then: bordje}",
        "      zwaar:     {say: Zwaar, then: bordej}",
        "ends:",
        "  bordje: {say: Dank je wel.}",
    ]
    with pytest.raises(DialogueError) as caught:
        parse("\n".join(lines), "trees/x.yaml")
    assert str(caught.value) == "trees/x.yaml:14:7 E203 'then: bordej' leidt nergens heen. Bedoel je 'bordje'?"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file and a directory without dialogues are problems like any other."""
    (tmp_path / "leeg").mkdir()
    strange = [tmp_path / ("a" * 5000), Path("een\0nul.yaml"), Path("/dev/null")]
    problems = check_files([tmp_path / "weg.yaml", tmp_path / "leeg", *strange])
    assert [problem.code for problem in problems] == ["E101"] * 5


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    """A file over the limit is refused without being parsed, and one at the limit is read."""
    file = tmp_path / "x.yaml"
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    assert [problem.code for problem in check_files([file])] == ["E102"]
    file.write_bytes(b"#" * MAX_BYTES)
    assert [problem.code for problem in check_files([file])] == ["E104"]


def test_all_faults_at_once() -> None:
    """Faults of every kind come in one go, so that nobody has to mend and try again for each."""
    text = (BAD_TREES / "e203.yaml").read_text(encoding="utf-8")
    text = text.replace("title:", "titel:").replace("goed:  {say: Goed", "goed:  {say: Goed, labels: [goedd]")
    text = text.replace("ends:", "  los: {ask: Nog iets?, txt: true, then: dank}\nends:")
    with pytest.raises(DialogueError) as caught:
        parse(text.replace("ask: Nog iets?", 'ask: "Nog iets?"'), "e203.yaml")
    assert [problem.code for problem in caught.value.problems] == ["E201", "E304", "E203", "E211", "E201"]
