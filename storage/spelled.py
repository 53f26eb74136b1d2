"""The master key as letters that a person can print, read aloud and type again, with a check against slips."""

from __future__ import annotations

import base64
import binascii
import hashlib

from storage.keys import KEY_BYTES

CHECK_BYTES = 3
"""Behind the key: one slip in sixteen million goes unnoticed. With 32 bytes of key, 56 letters and no padding."""
GROUP, PER_LINE = 4, 7
"""Letters in a group, groups on a line: two lines."""


class MisspelledKeyError(Exception):
    """These letters are no key: one is wrong, missing or too many."""


def spell(key: bytes) -> str:
    """The key as lines of letters and digits in groups; no 0, 1, 8 or 9, which look like others."""
    letters = base64.b32encode(key + _check(key)).decode()
    groups = [letters[at : at + GROUP] for at in range(0, len(letters), GROUP)]
    return "\n".join("-".join(groups[at : at + PER_LINE]) for at in range(0, len(groups), PER_LINE))


def read(text: str) -> bytes:
    """The key again, however it was typed: capitals, spaces and hyphens don't matter, nor lines that begin with #.

    Raises MisspelledKeyError.
    """
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    letters = "".join("".join(lines).replace("-", "").split()).upper()
    try:
        raw = base64.b32decode(letters)
    except (binascii.Error, ValueError):
        raise MisspelledKeyError from None
    key, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
    if len(raw) != KEY_BYTES + CHECK_BYTES or check != _check(key):
        raise MisspelledKeyError
    return key


def _check(key: bytes) -> bytes:
    return hashlib.sha256(b"naastbot" + key).digest()[:CHECK_BYTES]
