"""Reads the transcripts in this directory: what the bot says, what is tapped or typed, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["bot", "tik", "typ"]

ANYTHING = "*"
"""After `bot:`, a message of the bot's own, which no tree prescribes."""
SKIP = "Sla over"
APPROVE = "Zo is het goed"

_KINDS: dict[str, Kind] = {"bot": "bot", "tik": "tik", "typ": "typ"}


@dataclass(frozen=True, slots=True)
class Walk:
    """One way through the dialogue, from the core question to the last message."""

    title: str
    lines: tuple[tuple[Kind, str], ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """One file: a dialogue as one role meets it, along several ways."""

    dialogue: str
    role: str
    paths: tuple[Walk, ...]


class TranscriptError(Exception):
    """A line that does not belong in a transcript; says the file and the line."""


def transcripts() -> tuple[Path, ...]:
    """Every transcript in this directory, by name."""
    return tuple(sorted(Path(__file__).parent.glob("*.txt")))


def read(path: Path) -> Transcript:
    """The transcript in this file. Raises TranscriptError at the first line that does not belong."""
    head: dict[str, str] = {}
    walks: list[tuple[str, list[tuple[Kind, str]]]] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            walks.append((line.removeprefix("== ").strip(), []))
            continue
        word, colon, rest = line.partition(": ")
        if colon and not walks and word in ("dialoog", "rol") and word not in head:
            head[word] = rest
        elif colon and walks and word in _KINDS:
            walks[-1][1].append((_KINDS[word], rest))
        else:
            raise TranscriptError(f"{path.name}:{number} does not belong in a transcript")
    if head.keys() != {"dialoog", "rol"}:
        raise TranscriptError(f"{path.name} needs 'dialoog: ' and 'rol: ' before the first '== '")
    return Transcript(head["dialoog"], head["rol"], tuple(Walk(title, tuple(lines)) for title, lines in walks))


def on_one_line(text: str) -> str:
    """A message as a transcript writes it: its lines joined by a stroke."""
    return " / ".join(line.strip() for line in text.splitlines())
