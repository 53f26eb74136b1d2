"""Rules over a tree that can be read, over a library of trees, and over two versions of one tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dialogues.codes import problem, shown
from dialogues.fairness import fairness_problems
from dialogues.language import language_problems
from dialogues.limits import limit_problems
from dialogues.parse import in_order, read_draft
from dialogues.problems import Place, Problem
from dialogues.short import code
from dialogues.tree import Dialogue, Question

_TOP = Place(1, 1)


def check(dialogue: Dialogue) -> tuple[Problem, ...]:
    """What is wrong with this tree beyond what `parse` refuses, errors and warnings, sorted by place."""
    return in_order((*limit_problems(dialogue), *fairness_problems(dialogue), *language_problems(dialogue)))


def check_library(dialogues: Iterable[Dialogue]) -> tuple[Problem, ...]:
    """Dialogues that would be mistaken for an earlier one in this row: same id, or same short code."""
    found: list[Problem] = []
    first: dict[str, Dialogue] = {}
    for dialogue in dialogues:
        earlier = first.setdefault(code(dialogue.id), dialogue)
        if earlier is dialogue:
            continue
        where = f"'{shown(earlier.id)}' in {earlier.path}"
        if earlier.id == dialogue.id:
            message = f"Er is al een dialoog {where}."
            found.append(problem(dialogue.path, _TOP, "E222", message, "Geef één van de twee een andere naam."))
        else:
            message = f"'{shown(dialogue.id)}' krijgt dezelfde korte code als {where}."
            found.append(problem(dialogue.path, _TOP, "E221", message, "Geef deze dialoog een andere naam."))
    return in_order(found)


def check_files(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Everything that is wrong in these files, and in the dialogues of these directories, sorted by place."""
    found: list[Problem] = []
    drafts: list[Dialogue] = []
    for path in paths:
        files = _trees_in(path)
        if not files:
            hint = "Een dialoog is een bestand dat eindigt op '.yaml'."
            found.append(problem(str(path), _TOP, "E101", "In deze map staan geen dialogen.", hint))
        for file in dict.fromkeys(files):
            dialogue, problems = read_draft(file)
            found += problems
            if dialogue is not None:
                found += check(dialogue)
                drafts.append(dialogue)
    by_path = {dialogue.path: dialogue for dialogue in drafts if dialogue.id}
    return in_order((*found, *check_library(by_path.values())))


def compare(old: Dialogue, new: Dialogue) -> tuple[Problem, ...]:
    """Changes that need a new version, when there is none.

    Answers are counted per version, so within one version the questions, the options, their labels and where
    they lead stay as they are. Wording, order and ends may change.
    """
    if old.version != new.version:
        return ()
    return in_order(tuple(_changes(old, new)))


def _trees_in(path: Path) -> tuple[Path, ...]:
    """The dialogues in a directory; whatever is no directory is left to the reader, which reports what it is."""
    try:
        if not path.is_dir():
            return (path,)
    except OSError:  # no right to look, or a name that no file can have
        return (path,)
    return tuple(sorted((*path.glob("*.yaml"), *path.glob("*.yml"))))


def _changes(old: Dialogue, new: Dialogue) -> Iterator[Problem]:
    hint = f"Maak er 'version: {new.version + 1}' van."
    if (old.roles, old.start) != (new.roles, new.start):
        yield problem(new.path, _TOP, "E223", "'for' of 'start' is veranderd.", hint)
    for name in old.questions.keys() - new.questions.keys():
        yield problem(new.path, _TOP, "E223", f"De vraag '{shown(name)}' is weg.", hint)
    for name, question in new.questions.items():
        if name not in old.questions:
            yield problem(new.path, question.place, "E223", f"De vraag '{shown(name)}' is nieuw.", hint)
        elif _structure(old.questions[name]) != _structure(question):
            message = f"De knoppen of de stappen van de vraag '{shown(name)}' zijn veranderd."
            yield problem(new.path, question.place, "E223", message, hint)


def _structure(question: Question) -> object:
    """What may not change within a version, in a form that knows no order."""
    options = {
        option.id: (frozenset(option.labels), frozenset(option.then.items())) for option in question.options
    }
    return options, question.text, question.share, frozenset(question.then.items())
