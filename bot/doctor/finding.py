"""What a check says, and what it gets to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.settings import Settings
from storage.store import Store

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in plain Dutch: where, what, and what to do about it."""

    severity: Severity
    where: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Scene:
    """An installation as it lies there. `store` is None when the files can't be read."""

    env: Mapping[str, str] = field(repr=False)
    settings: Settings
    faults: tuple[str, ...]
    now: datetime
    store: Store | None

    @property
    def data(self) -> Path:
        """The data directory, which may not be there."""
        return self.settings.data


Check = Callable[[Scene], Iterator[Finding]]


def error(where: object, what: str, todo: str) -> Finding:
    """Something that does not work, or that breaks a promise."""
    return Finding("error", str(where), what, todo)


def warning(where: object, what: str, todo: str) -> Finding:
    """Something to know, or still to do."""
    return Finding("warning", str(where), what, todo)
