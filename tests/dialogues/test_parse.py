"""What the language means, and which of YAML's traps authors are spared."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from trees_made_up import SMALL

from dialogues.parse import draft, parse, read
from dialogues.problems import DialogueError
from dialogues.tree import ROLES


def codes(text: str) -> list[str]:
    """The codes of the problems in this text."""
    return [problem.code for problem in draft(text, "klein.yaml")[1]]


def test_what_is_read() -> None:
    """Wording and steps are there for every role, whether they were written once or per role."""
    dialogue = parse(SMALL, "klein.yaml")
    assert (dialogue.id, dialogue.version, dialogue.roles, dialogue.start) == ("klein", 1, ROLES, "hoe")
    assert dialogue.core.ask["professional"] == "Hoe is het op je werk."
    assert dialogue.core.options[0].then == {"naaste": "woorden", "professional": "woorden"}
    assert dialogue.core.options[0].labels == ("netwerk",)
    assert (dialogue.core.options[1].place.line, dialogue.core.options[1].place.column) == (12, 7)
    assert dialogue.questions["woorden"].text
    assert not dialogue.ends["dank"].contact


@pytest.mark.parametrize(
    "word", ["ja", "nee", "yes", "no", "on", "off", "null", "12", "1e3", "2024-01-01", "0x1f"]
)
def test_plain_words_stay_words(word: str) -> None:
    """YAML takes some plain words for truth, nothing, numbers or dates; here they are what the author wrote."""
    dialogue = parse(SMALL.replace("goed:  {say: Goed", f"{word}:  {{say: {word}"), "klein.yaml")
    assert dialogue.core.options[0].id == word
    assert dialogue.core.options[0].say["naaste"] == word


@pytest.mark.parametrize("change", ["\r\n", "\r"])
def test_line_ends_of_other_systems(change: str) -> None:
    """Files from Windows and from old Macs read the same, with the same places."""
    dialogue = parse(SMALL.replace("\n", change), "klein.yaml")
    assert dialogue == parse(SMALL, "klein.yaml")


def test_byte_order_mark(tmp_path: Path) -> None:
    """The mark that Windows puts before a text does no harm, nor does it shift the first line."""
    file = tmp_path / "klein.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert read(file).id == "klein"
    assert parse("\ufeff" + SMALL, "klein.yaml").id == "klein"


@pytest.mark.parametrize(
    ("encoding", "sign", "code"),
    [("utf-16", "Dank", "E103"), ("utf-16-le", "Dank", "E112"), ("cp1252", "Één", "E103")],
)
def test_other_encodings(tmp_path: Path, encoding: str, sign: str, code: str) -> None:
    """A file in another encoding is refused with a place, and not read as gibberish."""
    file = tmp_path / "klein.yaml"
    file.write_bytes(SMALL.replace("Dank", sign).encode(encoding))
    with pytest.raises(DialogueError) as caught:
        read(file)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.problems[0].path == str(file)


def test_a_name_is_checked_against_the_file_only_when_there_is_one() -> None:
    """A kept text that is read under another kind of name is not refused for it."""
    assert parse(SMALL, "kept").id == "klein"


def test_the_end_of_a_document_is_not_a_second_one() -> None:
    """The marks that may stand around one document are no fault."""
    assert codes(f"---\n{SMALL}...\n") == []
    assert codes(f"{SMALL}---\n") == ["E110"]


def test_billion_laughs() -> None:
    """References are refused one by one and never followed."""
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(9)
    )
    assert codes(bomb).count("E108") == 10 + 18


@pytest.mark.parametrize(
    "unit", ["[", "{a: ", "- ", "? ", "[a ", "- {}\n", "a: x\n", "\t\n", ":", "&a ", "!a ", '"']
)
def test_large_nonsense_is_refused_quickly(unit: str) -> None:
    """No repetition of a sign makes reading hang or exhausts the stack."""
    began = time.perf_counter()
    assert codes(unit * (40_000 // len(unit)))
    assert time.perf_counter() - began < 5


def test_many_questions_are_refused_quickly() -> None:
    """A long chain of questions does not make the rules on the whole tree hang."""
    chain = "".join(f"  v{i}: {{ask: x, text: true, then: v{i + 1}}}\n" for i in range(2000))
    assert "E224" in codes(SMALL.replace("questions:\n", f"questions:\n{chain}"))


def test_a_slip_brings_one_problem() -> None:
    """What was probably meant is read on with, so that one slip does not bring a row of problems."""
    for old, new, code in [
        ("start: hoe", "start: hoee", "E205"),
        ("text: true", "txet: true", "E201"),
        ("questions:", "question:", "E201"),
        ("zwaar: {say: Zwaar, then: woorden", "zwaar: {say: Zwaar, then: woordne", "E203"),
        ("for: [naaste, professional]", "for: [naaste, proffesional]", "E301"),
    ]:
        assert codes(SMALL.replace(old, new)) == [code]
