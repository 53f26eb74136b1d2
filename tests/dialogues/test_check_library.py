"""The library that comes along is sound, and faulty files or doubles never enter a library."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees_made_up import SMALL

from dialogues.check import check, check_files, check_library, compare
from dialogues.library import builtin_paths, code, load
from dialogues.parse import parse


def test_the_library_has_no_errors() -> None:
    """Every tree that comes along can be asked, and draws no remark."""
    assert [str(problem) for problem in check_files(builtin_paths())] == []
    library = load(builtin_paths())
    assert set(library.dialogues) == {path.stem for path in builtin_paths()}
    assert {dialogue.id for role in ("naaste", "professional") for dialogue in library.for_role(role)} == set(
        library.dialogues
    )


def test_a_faulty_file_is_left_out(tmp_path: Path) -> None:
    """Faulty and missing files are reported and left out; a warning keeps nothing out."""
    (tmp_path / "klein.yaml").write_text(SMALL.replace("Wil je er", "Wilt u er"), encoding="utf-8")
    (tmp_path / "stuk.yaml").write_text(
        SMALL.replace("dialogue: klein", "dialogue: stuk").replace("then: dank", "then: dnak"), encoding="utf-8"
    )
    (tmp_path / "lang.yaml").write_text(SMALL.replace("say: Goed", f"say: {'g' * 21}"))
    library = load([tmp_path / name for name in ("klein.yaml", "stuk.yaml", "lang.yaml", "weg.yaml")])
    assert list(library.dialogues) == ["klein"]
    assert {problem.code for problem in library.problems} == {"E101", "E203", "E215", "E222", "W401", "W409"}
    assert library.for_role("naaste") == tuple(library.dialogues.values())
    assert library.for_role("coordinator") == ()


def test_the_first_of_two_stays(tmp_path: Path) -> None:
    """Two dialogues with one id: the first is kept, the second is reported."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "klein.yaml").write_text(SMALL, encoding="utf-8")
    library = load([tmp_path / "a" / "klein.yaml", tmp_path / "b" / "klein.yaml"])
    assert library.dialogues["klein"].path == str(tmp_path / "a" / "klein.yaml")
    assert [(problem.code, Path(problem.path).parent.name) for problem in library.problems] == [("E222", "b")]
    assert [problem.code for problem in check_files([tmp_path / "a", tmp_path / "b"])] == ["E222"]
    assert check_files([tmp_path / "a", tmp_path / "a" / "klein.yaml"]) == ()


def test_short_codes_that_clash() -> None:
    """Two dialogues or questions that would be mistaken for each other in a button are refused."""
    assert code("v4326") == code("v8779")
    small = parse(SMALL, "klein.yaml")
    twins = [dataclasses.replace(small, id=name, path=name) for name in ("v4326", "v8779")]
    assert [problem.code for problem in check_library(twins)] == ["E221"]
    questions = parse(SMALL.replace("woorden", "v4326").replace("hoe", "v8779"), "klein.yaml")
    assert [problem.code for problem in check(questions)] == ["E221"]


@given(st.text())
def test_short_codes_fit_in_a_button(text_id: str) -> None:
    """A short code is five characters that Telegram counts as five bytes, and stays the same."""
    assert len(code(text_id).encode()) == 5
    assert code("hoe-gaat-het-met-jullie") == "anrl5"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Klein", "title: Groter"),
        ("say: Goed", "say: Best"),
        ("Dank je wel.", "Tot ziens."),
        ("Wil je er iets over kwijt?", "Vertel eens."),
    ],
)
def test_wording_may_change_within_a_version(old: str, new: str) -> None:
    """Other words for the same question need no new version."""
    assert compare(parse(SMALL, "klein.yaml"), parse(SMALL.replace(old, new), "klein.yaml")) == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("      goed:", "      best:", 8),
        ("labels: [netwerk]", "labels: [verbinding]", 8),
        ("zwaar: {say: Zwaar, then: woorden", "zwaar: {say: Zwaar, then: dank", 8),
        ("    text: true", "    text: true\n    share: true", 13),
        ("for: [naaste, professional]", "for: [naaste]", 1),
        ("woorden", "tekst", 13),
    ],
)
def test_another_structure_needs_a_new_version(old: str, new: str, line: int) -> None:
    """Answers of one version must all answer the same question, so anything that is counted asks for a new one."""
    wording = "{naaste: Hoe is het thuis., professional: Hoe is het op je werk.}"
    text = SMALL.replace(wording, "Zeg eens.")
    before = parse(text, "klein.yaml")
    after = parse(text.replace(old, new), "klein.yaml")
    problems = compare(before, after)
    assert {problem.code for problem in problems} == {"E223"}
    assert line in {problem.line for problem in problems}
    assert compare(before, dataclasses.replace(after, version=2)) == ()


def test_order_may_change_within_a_version() -> None:
    """The order of options and questions is no part of what is counted."""
    small = parse(SMALL, "klein.yaml")
    core = dataclasses.replace(small.core, options=small.core.options[::-1])
    turned = dataclasses.replace(small, questions=dict(reversed([*(small.questions | {"hoe": core}).items()])))
    assert compare(small, turned) == ()
