"""What is wrong with a dialogue: where it is, what it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one file. Message and hint are Dutch: authors read them."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """`path:line:column CODE message hint`, on one line."""
        where = f"{self.path}:{self.line}:{self.column}"
        return f"{where} {self.code} {self.message}" + (f" {self.hint}" if self.hint else "")


class DialogueError(Exception):
    """A dialogue that can't be used; carries every problem found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
