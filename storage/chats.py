"""How a chat id is kept: the only code that turns one into bytes for a file, or back.

A chat id stands encrypted in the file (AES-GCM under a key of its own), and is found by a keyed HMAC that
differs per team, so that the file alone does not show that one chat is in two teams. A person's stands in one
sealed column with everything else about them; a group's by itself.
"""

from __future__ import annotations

from storage.keys import ContactKeys, KeyedHash, seal, unseal
from storage.sealing import ROW_BYTES, Box

PLAN_BYTES = 4096
"""The length of a plan: its words take up to 300 characters, of which each may take twelve bytes."""


class ChatBook:
    """Seals, unseals and looks up with the contact keys. `people` seals what is kept about a person,
    `codes` what an invitation opens, `plans` what a team planned for its group."""

    def __init__(self, keys: ContactKeys) -> None:
        self._keys = keys
        self._hash = KeyedHash(keys.lookup)
        self.people = Box(keys.people)
        self.codes = Box(keys.codes)
        self.plans = Box(keys.plans, padded_to=PLAN_BYTES)

    def lookup(self, scope: str, chat: int) -> bytes:
        """The keyed hash under which this chat is found within one scope (a team, say)."""
        return self._hash(scope, chat)

    def row_of(self, participant: bytes) -> bytes:
        """The keyed hash under which the row of the participant with this id is found."""
        return self._hash("participant", participant)[:ROW_BYTES]

    def seal(self, lookup: bytes, chat: int) -> bytes:
        """The chat id encrypted, bound to the row with this lookup."""
        return seal(self._keys.chat, chat.to_bytes(8, "big", signed=True), lookup)

    def unseal(self, lookup: bytes, sealed: bytes) -> int:
        """The chat id again. Raises ValueError when the row was not sealed with this master key."""
        plain = unseal(self._keys.chat, bytes(sealed), bytes(lookup))
        if plain is None:
            raise ValueError("a chat id does not fit the master key")
        return int.from_bytes(plain, "big", signed=True)
