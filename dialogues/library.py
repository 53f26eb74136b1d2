"""The dialogues that can be asked: found, read and checked, with the faulty ones left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from dialogues.check import check, check_library
from dialogues.parse import in_order, read_draft
from dialogues.problems import Problem
from dialogues.short import code as code
from dialogues.tree import Dialogue

PROGRAMMES = ("programma.yaml", "programma.yml")
"""What a programme is called among dialogues; a file with this name is never read as one."""


@dataclass(frozen=True, slots=True)
class Library:
    """Dialogues by id, each without errors, in the order of the paths; and every problem, warnings too."""

    dialogues: Mapping[str, Dialogue]
    problems: tuple[Problem, ...]

    def for_role(self, role: str) -> tuple[Dialogue, ...]:
        """The dialogues that are asked of this role."""
        return tuple(dialogue for dialogue in self.dialogues.values() if role in dialogue.roles)


def builtin_paths() -> tuple[Path, ...]:
    """The trees that come with this package, by name."""
    trees = resources.files("dialogues").joinpath("trees")
    return tuple(sorted(Path(str(entry)) for entry in trees.iterdir() if entry.name.endswith(".yaml")))


def own_paths(directory: Path | None) -> tuple[Path, ...]:
    """The trees in a directory of an installation's own, by name; none without a directory."""
    found = directory.glob("*.y*ml") if directory else ()
    return tuple(sorted(path for path in found if path.name not in PROGRAMMES))


def load(paths: Iterable[Path]) -> Library:
    """The dialogues in these files. Never raises: a faulty file is left out, and the problems say why.

    Of two dialogues with one id (or one short code) the first stays.
    """
    problems: list[Problem] = []
    sound: dict[str, Dialogue] = {}
    for path in paths:
        dialogue, found = read_draft(path)
        if dialogue is not None:
            found = (*found, *check(dialogue))
            found = (*found, *check_library((*sound.values(), dialogue)))
        problems += found
        if dialogue is not None and not any(problem.severity == "error" for problem in found):
            sound[dialogue.id] = dialogue
    return Library(MappingProxyType(sound), in_order(problems))
