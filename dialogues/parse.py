"""YAML text -> Dialogue. Reports everything that is wrong at once, each fault with its line and column."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dialogues.build import build
from dialogues.codes import Report
from dialogues.problems import DialogueError, Place, Problem
from dialogues.structure import structure_problems
from dialogues.tree import Dialogue
from dialogues.yaml_faults import place_in
from dialogues.yaml_nodes import compose

MAX_BYTES = 256 * 1024
"""A dialogue of five questions is 3 KiB; whatever is larger than this is no dialogue."""


def parse(text: str, path: str) -> Dialogue:
    """The dialogue in this text; `path` names the file in problems, and its stem must be the dialogue's id.

    Raises DialogueError with every problem found: what can't be read, words that don't belong, steps that lead
    nowhere. A dialogue that comes back is safe to walk: every step leads somewhere, and every walk ends.
    """
    return _proven(*draft(text, path))


def read(file: Path) -> Dialogue:
    """The dialogue in this file. Raises DialogueError as `parse` does, also when the file can't be read."""
    return _proven(*read_draft(file))


@lru_cache(maxsize=256)
def draft(text: str, path: str) -> tuple[Dialogue | None, tuple[Problem, ...]]:
    """As much of the dialogue as can be made out, and what is wrong; only without problems may it be walked.

    Remembers the last ones: a bot that looks at its trees again reads each text once, which takes milliseconds.
    """
    report = Report(path)
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        _report_size(report)
        return None, tuple(report.found)
    root = compose(text, report)
    dialogue = build(root, report) if root is not None else None
    found = report.found + (list(structure_problems(dialogue)) if dialogue else [])
    return dialogue, in_order(found)


def read_draft(file: Path) -> tuple[Dialogue | None, tuple[Problem, ...]]:
    """As `draft`, from a file."""
    report = Report(str(file))
    text = read_text(file, report)
    return (None, tuple(report.found)) if text is None else draft(text, str(file))


def read_text(file: Path, report: Report) -> str | None:
    """What stands in this file, or None when it can't be read as text; then the report says why."""
    content = _bytes(file, report)
    if content is None:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = bytes(error.object[: error.start]).decode("utf-8")
        place = place_in(good, len(good))
        hint = "Kies bij 'Opslaan als' voor UTF-8."
        report.add(place, "E103", "Dit bestand is niet bewaard als UTF-8.", hint)
        return None


def in_order(problems: list[Problem] | tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Sorted by path, line and column, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda found: (found.path, found.line, found.column, found.code)))


def _proven(dialogue: Dialogue | None, problems: tuple[Problem, ...]) -> Dialogue:
    if dialogue is None or any(problem.severity == "error" for problem in problems):
        raise DialogueError(problems)
    return dialogue


def _bytes(file: Path, report: Report) -> bytes | None:
    start = Place(1, 1)
    try:
        if not file.is_file():  # a pipe or a device could keep us reading for ever
            report.add(start, "E101", "Dit bestand bestaat niet.", "Kijk of de naam en de map kloppen.")
            return None
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 4)  # a byte order mark may come on top
    except (OSError, ValueError):
        report.add(start, "E101", "Dit bestand is niet te lezen.", "Kijk of je het bestand mag openen.")
        return None
    if len(content.removeprefix(b"\xef\xbb\xbf")) > MAX_BYTES:
        _report_size(report)
        return None
    return content


def _report_size(report: Report) -> None:
    hint = "Maak er meer dialogen van, elk in een eigen bestand."
    report.add(Place(1, 1), "E102", f"Dit bestand is groter dan {MAX_BYTES // 1024} KiB.", hint)
