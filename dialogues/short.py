"""Short codes that stand for ids in buttons, where Telegram leaves 64 bytes for everything."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable, Iterator


@functools.lru_cache(maxsize=4096)
def code(text_id: str) -> str:
    """A stable code of five letters and digits for this id: the first of the base32 of its SHA-256, in lower case.

    Two ids share a code once in 33 million; the checker reports it where both could be meant.
    """
    return base64.b32encode(hashlib.sha256(text_id.encode()).digest())[:5].decode().lower()


def clashes(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different ids with one code: the earlier one, and the one that clashes with it."""
    first: dict[str, str] = {}
    for text_id in ids:
        earlier = first.setdefault(code(text_id), text_id)
        if earlier != text_id:
            yield earlier, text_id
