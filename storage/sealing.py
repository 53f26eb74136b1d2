"""What stands in a row, as one sealed column: without its key it is noise, all of one length."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.keys import NONCE_BYTES

PADDED_TO = 512
"""Bytes, in multiples. What is kept fits in one, so that the length of a row tells nothing."""

ROW_BYTES = 16
"""Length of the random or hashed name of a row. 128 bits: no two meet, and none can be guessed."""


class UnfitKeyError(ValueError):
    """A row was sealed elsewhere or with another key."""


Contents = dict[str, Any]
"""Attributes of a row by name: whatever JSON can hold."""


class Box:
    """Seals and opens the contents of rows under one key. AES-256-GCM with a random nonce in front."""

    def __init__(self, key: bytes, padded_to: int = PADDED_TO) -> None:
        self._cipher = AESGCM(key)
        self._padded_to = padded_to

    def seal(self, row: bytes, contents: Mapping[str, Any]) -> bytes:
        """These contents as bytes that only open again in this row."""
        plain = json.dumps(contents, separators=(",", ":")).encode()
        padded = plain.ljust(-(-len(plain) // self._padded_to) * self._padded_to)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, padded, row)

    def open(self, row: bytes, sealed: bytes) -> Contents:
        """The contents again. Raises UnfitKeyError when they were not sealed in this row and with this key."""
        try:
            plain = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], row)
        except (InvalidTag, ValueError):
            raise UnfitKeyError("a sealed row does not fit its key") from None
        contents: Contents = json.loads(plain)
        return contents
