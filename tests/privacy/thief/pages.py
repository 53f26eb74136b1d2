"""SQLite files as bytes: pages, cells in the order in which they lie, and what lies between them.

The format is that of https://www.sqlite.org/fileformat2.html. Nothing here asks SQLite: a thief looks under it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

LEAF, LEAF_TABLE = 0x0A, 0x0D
INTERIOR, INTERIOR_TABLE = 0x02, 0x05
Value = int | float | bytes | str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One row as it lies in its page: where, and what of it stands there."""

    page: int
    offset: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a b-tree. `cells` by key, as the pointers sort them; `between` is what no cell covers."""

    number: int
    kind: int
    cells: tuple[Cell, ...]
    between: bytes

    def as_laid(self) -> list[Cell]:
        """The cells in the order in which they were laid down: SQLite fills a page from its end."""
        return sorted(self.cells, key=lambda cell: -cell.offset)


def read_pages(file: bytes) -> list[Page]:
    """Every b-tree page of a database file, whichever tree it is in. Pages of other kinds are left out."""
    if len(file) < 100:
        return []
    size = int.from_bytes(file[16:18], "big")
    size = 65536 if size == 1 else size
    found = (_page(file[at : at + size], at // size + 1) for at in range(0, len(file) - size + 1, size))
    return [page for page in found if page is not None]


def log_pages(log: bytes) -> list[Page]:
    """Every version of every page that stands in a write-ahead log, in the order of writing."""
    if len(log) < 32:
        return []
    size = int.from_bytes(log[8:12], "big")
    frames = range(32, len(log) - 24 - size + 1, 24 + size)
    numbers = (int.from_bytes(log[at : at + 4], "big") for at in frames)
    found = (_page(log[at + 24 : at + 24 + size], n) for at, n in zip(frames, numbers, strict=True))
    return [page for page in found if page is not None]


def journal_pages(journal: bytes) -> list[Page]:
    """Every page in a rollback journal: what stood there before a transaction that was under way."""
    if len(journal) < 28:
        return []
    sector, size = struct.unpack(">II", journal[20:28])
    at, pages = sector or 512, []
    while size and at + 4 + size <= len(journal):
        page = _page(journal[at + 4 : at + 4 + size], int.from_bytes(journal[at : at + 4], "big"))
        pages += [page] if page is not None else []
        at += size + 8
    return pages


def _page(raw: bytes, number: int) -> Page | None:
    start = 100 if number == 1 else 0
    kind = raw[start]
    if kind not in (LEAF, LEAF_TABLE, INTERIOR, INTERIOR_TABLE):
        return None
    count = int.from_bytes(raw[start + 3 : start + 5], "big")
    head = start + (8 if kind in (LEAF, LEAF_TABLE) else 12)
    if head + 2 * count > len(raw):
        return None
    offsets = struct.unpack(f">{count}H", raw[head : head + 2 * count])
    covered = bytearray(raw)
    covered[: head + 2 * count] = bytes(head + 2 * count)
    cells = []
    try:
        for offset in offsets:
            cell, end = _cell(raw, number, kind, offset)
            covered[offset:end] = bytes(end - offset)
            cells.append(cell)
    except (IndexError, ValueError):
        return None
    _forget_chain(raw, covered, int.from_bytes(raw[start + 1 : start + 3], "big"))
    return Page(number, kind, tuple(cells), bytes(covered))


def _forget_chain(raw: bytes, covered: bytearray, at: int) -> None:
    """The four bytes that chain freed blocks together are SQLite's own."""
    while 0 < at <= len(raw) - 4 and any(covered[at : at + 4]):
        covered[at : at + 4] = bytes(4)
        at = int.from_bytes(raw[at : at + 2], "big")


def _cell(raw: bytes, number: int, kind: int, offset: int) -> tuple[Cell, int]:
    at = offset + (4 if kind in (INTERIOR, INTERIOR_TABLE) else 0)
    if kind == INTERIOR_TABLE:
        _, at = _varint(raw, at)
        return Cell(number, offset, ()), at
    length, at = _varint(raw, at)
    if kind == LEAF_TABLE:
        _, at = _varint(raw, at)
    local = _local(length, len(raw), kind)
    payload = raw[at : at + local]
    end = at + local + (4 if local < length else 0)
    # SQLite gives every cell at least four bytes.
    return Cell(number, offset, tuple(_values(payload))), max(end, offset + 4)


def _local(length: int, size: int, kind: int) -> int:
    """How much of a payload stands in the page itself; the rest is in overflow pages."""
    most = size - 35 if kind == LEAF_TABLE else (size - 12) * 64 // 255 - 23
    least = (size - 12) * 32 // 255 - 23
    if length <= most:
        return length
    kept = least + (length - least) % (size - 4)
    return kept if kept <= most else least


def _values(payload: bytes) -> Iterator[Value]:
    header, at = _varint(payload, 0)
    body = header
    while at < header:
        kind, at = _varint(payload, at)
        value, width = _value(payload, kind, body)
        body += width
        yield value


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    widths = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
    width = widths[kind] if kind in widths else (kind - 12) // 2
    raw = payload[at : at + width]
    if kind >= 12:
        return (raw.decode("utf-8", "replace") if kind % 2 else raw), width
    if kind == 0:
        return None, 0
    if kind == 7:
        return struct.unpack(">d", raw)[0], width
    return (kind - 8 if kind in (8, 9) else int.from_bytes(raw, "big", signed=True)), width


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for position in range(9):
        byte = raw[at + position]
        if position == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + position + 1
    raise ValueError("no number")
