"""Keys: the master key for contacts, and one random key per open period; made, used, destroyed."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
MASTER = "master.key"
NONCE_BYTES = 12
BLOCK = 64
"""Bytes that SHA-256 takes at a time."""
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
"""What RFC 2104 does to each byte of the key, for the one hash and for the other."""


_PERIOD_KEY = re.compile(r"(?P<team>[a-z0-9-]+)\.(?P<number>\d+)\.key")
"""A team's id holds no dot: see storage.teams.slug."""


class MissingKeyError(Exception):
    """A key file is not there; says which one, as a path in the data directory."""


def fields(*values: bytes | str | int) -> bytes:
    """These values as one byte string in which no two different lists collide: each is length-prefixed."""
    out = bytearray()
    for value in values:
        raw = value if isinstance(value, bytes) else str(value).encode()
        out += len(raw).to_bytes(4, "big") + raw
    return bytes(out)


def mac(key: bytes, *values: bytes | str | int) -> bytes:
    """HMAC-SHA256 over the length-prefixed values, 32 bytes."""
    return hmac.new(key, fields(*values), hashlib.sha256).digest()


class KeyedHash:
    """The same `mac` under one key, for many calls: the key is fed to SHA-256 once.

    HMAC as RFC 2104 has it, from the two hashes that it is made of: the wrapper of the standard library, which
    copies itself besides them, takes half as long again.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) > BLOCK:
            raise ValueError("a key is not longer than a block of SHA-256")
        block = key.ljust(BLOCK, b"\0")
        self._inner = hashlib.sha256(block.translate(_INNER))
        self._outer = hashlib.sha256(block.translate(_OUTER))

    def __call__(self, *values: bytes | str | int) -> bytes:
        """HMAC-SHA256 over the length-prefixed values, 32 bytes."""
        return self.of(fields(*values))

    def of(self, message: bytes) -> bytes:
        """The same over what `fields` made of the values."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    """AES-256-GCM with a random nonce in front; `context` must be the same at opening."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes | None:
    """What was sealed, or None when the key, the context or the bytes are not the ones it was sealed with."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        return None


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose out of another key (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


@dataclass(frozen=True, slots=True)
class ContactKeys:
    """What guards contacts: a key to find a row by, one for the chats of groups, for people, for codes, and
    for plans."""

    lookup: bytes
    chat: bytes
    people: bytes
    codes: bytes
    plans: bytes


def contact_keys(master: bytes) -> ContactKeys:
    """The keys that are derived from this master key."""
    purposes = ("naastbot lookup", "naastbot chat", "naastbot people", "naastbot codes", "naastbot plans")
    return ContactKeys(*(derive(master, purpose) for purpose in purposes))


class Keys:
    """The `keys/` directory. Period keys are read at every use and never held on to."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def contact_keys(self, *, create: bool) -> ContactKeys:
        """The keys derived from the master key, which is made first when `create` and there is none.

        Raises MissingKeyError when there is no master key and none may be made: without it the contacts
        that are already there can't be read.
        """
        if create:
            self.put_master(secrets.token_bytes(KEY_BYTES))
        return contact_keys(self.master())

    def master(self) -> bytes:
        """The master key itself, for making or reading a copy. Raises MissingKeyError."""
        return self._read(self.directory / MASTER)

    def put_master(self, key: bytes) -> None:
        """This is the master key, unless there is one already: that one is never replaced."""
        self._write(self.directory / MASTER, key, replace=False)

    def make_period_key(self, team: str, number: int) -> None:
        """A new random key for this period, in place of one left by an opening that never finished."""
        self._write(self._period_path(team, number), secrets.token_bytes(KEY_BYTES))

    def period_key(self, team: str, number: int) -> bytes:
        """This period's key. Raises MissingKeyError once the period is closed."""
        return self._read(self._period_path(team, number))

    def has_period_key(self, team: str, number: int) -> bool:
        """Whether this period's key is there."""
        return self._period_path(team, number).exists()

    def period_keys(self) -> list[tuple[str, int]]:
        """The team and number of every period key that is there."""
        found = (_PERIOD_KEY.fullmatch(path.name) for path in sorted(self.directory.glob("*.key")))
        return [(match["team"], int(match["number"])) for match in found if match]

    def destroy_period_key(self, team: str, number: int) -> None:
        """Overwrite and remove this period's key; fine when it is gone already."""
        path = self._period_path(team, number)
        try:
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
        except FileNotFoundError:
            return
        path.unlink()
        self._sync_directory()

    def _period_path(self, team: str, number: int) -> Path:
        return self.directory / f"{team}.{number}.key"

    def _read(self, path: Path) -> bytes:
        # Without the layers of `open`, which take four times as long: some key is read several times for each tap.
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            raise MissingKeyError(f"keys/{path.name}") from None
        try:
            return os.read(descriptor, 2 * KEY_BYTES)
        finally:
            os.close(descriptor)

    def _write(self, path: Path, key: bytes, *, replace: bool = True) -> None:
        # Written whole under another name first: a crash may leave no half key behind.
        draft = path.with_suffix(f".{secrets.token_hex(4)}.new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.rename(path)
        else:
            # A link never replaces: of two programs that begin together, one key counts for both.
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        self._sync_directory()

    def _sync_directory(self) -> None:
        descriptor = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
