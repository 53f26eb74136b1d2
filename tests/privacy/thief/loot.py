"""What a thief carries away: the bytes of a data directory, all of it or a part, and the rows that are in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from storage.keys import MASTER
from thief.pages import INTERIOR, LEAF, Page, Value, journal_pages, log_pages, read_pages

Row = tuple[Value, ...]
B, S, N = bytes, str, int
SHAPES: Mapping[tuple[str, str], tuple[type, ...]] = {
    ("contacts.db", "participants"): (B, B, S, B),
    ("contacts.db", "outbox"): (B, S, N, B, S, B),
    ("contacts.db", "open_prompts"): (B, S, N, B),
    ("answers.db", "answers"): (B, S, N, N, S, S, S),
    ("answers.db", "texts"): (B, S, N, N, S, S, S, S),
    ("answers.db", "awaiting"): (B, S, N, B),
}
"""Rows are told by what they look like, so that those of freed pages, logs and journals are found too."""

PERIOD_KEY = re.compile(r"keys/([a-z0-9-]+)\.(\d+)\.key")

KEYS: Mapping[str, Callable[[str], bool]] = {
    "none": lambda name: False,
    "master": lambda name: name == MASTER,
    "period": lambda name: name != MASTER,
    "all": lambda name: True,
}
"""Which files of keys/ the thief has."""


class Loot:
    """The files of a data directory by their path in it. A thief copies them one by one, while a bot runs."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self._pages: dict[str, list[Page]] = {}

    @classmethod
    def take(cls, data: Path) -> Loot:
        """Copy what is there now."""
        found: dict[str, bytes] = {}
        for path in sorted(data.rglob("*")):
            try:
                if path.is_file():
                    found[str(path.relative_to(data))] = path.read_bytes()
            except FileNotFoundError:
                # A journal that was there a moment ago.
                continue
        return cls(found)

    def without(self, *names: str) -> Loot:
        """The same, but for these files and what lies beside them."""
        return Loot({name: held for name, held in self.files.items() if not name.startswith(names)})

    def with_keys(self, which: str) -> Loot:
        """The same with only these keys: none, master, period or all."""
        wanted = KEYS[which]
        kept = {n: held for n, held in self.files.items() if not n.startswith("keys/") or wanted(n[5:])}
        return Loot(kept)

    def with_files_of(self, other: Loot, beginning: str) -> Loot:
        """The same, but for the files whose name begins so: those are of another moment."""
        held = {name: held for name, held in other.files.items() if name.startswith(beginning)}
        return Loot({**self.without(beginning).files, **held})

    @property
    def master_key(self) -> bytes | None:
        """The master key, if it was taken."""
        return self.files.get(f"keys/{MASTER}")

    @property
    def period_keys(self) -> dict[tuple[str, int], bytes]:
        """The keys of periods that were taken, by team and number."""
        found = ((PERIOD_KEY.fullmatch(name), held) for name, held in self.files.items())
        return {(match[1], int(match[2])): held for match, held in found if match}

    def pages(self, name: str) -> list[Page]:
        """Every b-tree page of this database: of the journal beside it, the file, and the log, oldest first."""
        if name not in self._pages:
            self._pages[name] = [
                *journal_pages(self.files.get(f"{name}-journal", b"")),
                *read_pages(self.files.get(name, b"")),
                *log_pages(self.files.get(f"{name}-wal", b"")),
            ]
        return self._pages[name]

    def holding(self, secrets: Iterable[bytes]) -> set[str]:
        """The files that hold any of these bytes anywhere: in rows, freed pages, logs or names."""
        found = list(secrets)
        return {
            name
            for name, held in self.files.items()
            if any(secret in held or secret in name.encode() for secret in found)
        }

    def laid(self, name: str, table: str) -> list[Row]:
        """The rows in the order in which their contents lie, page by page, each page as it was last written."""
        newest = {page.number: page for page in self.pages(name)}
        return _rows((newest[number] for number in sorted(newest)), SHAPES[name, table])

    def versions(self, name: str, table: str) -> list[Row]:
        """Every version of every row in file, log and journal, oldest first; a page repeats what it held."""
        return _rows(self.pages(name), SHAPES[name, table])

    def rows(self, name: str, table: str) -> dict[bytes, Row]:
        """Row name -> its newest version, of all rows that are or were there."""
        return {_key(row): row for row in self.versions(name, table)}

    def changes(self, name: str, table: str) -> list[bytes]:
        """Names of rows in the order in which they came or last changed, as far as the log tells."""
        order: dict[bytes, Row] = {}
        for row in self.versions(name, table):
            if order.get(_key(row)) != row:
                order.pop(_key(row), None)
                order[_key(row)] = row
        return list(order)


def _key(row: Row) -> bytes:
    key = row[0]
    assert isinstance(key, bytes)
    return key


def _rows(pages: Iterable[Page], shape: tuple[type, ...]) -> list[Row]:
    return [
        cell.values
        for page in pages
        if page.kind in (LEAF, INTERIOR)
        for cell in page.as_laid()
        if len(cell.values) == len(shape)
        and all(isinstance(value, kind) for value, kind in zip(cell.values, shape, strict=True))
        and len(_key(cell.values)) == 16
    ]
