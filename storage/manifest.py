"""What a copy says of itself: which files it is made of, when, and for which master key."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from storage.keys import derive, mac

MANIFEST = "manifest.json"
FORMAT = 1
KEY_CHECK_BYTES = 8


class NoCopyError(Exception):
    """This directory holds no copy at all."""


class DamagedCopyError(Exception):
    """A part of the copy is missing, changed or not readable; holds the name of that part."""


class NewerCopyError(Exception):
    """The copy was made by a newer version of naastbot."""


class WrongKeyError(Exception):
    """The copy was made with another master key than this one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a copy, under a name of its own, so that a new one never overwrites the old one."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts by the name that they have in a data directory, and when they were made (with time zone)."""

    made: datetime
    parts: dict[str, Part]

    def to_text(self, master: bytes) -> str:
        """As JSON, with a check of the key and a seal that only this key can make."""
        said = self._said()
        marks = {"key": _key_check(master), "seal": _seal(master, said)}
        return json.dumps(said | marks, indent=2) + "\n"

    def _said(self) -> dict[str, Any]:
        parts = {name: asdict(part) for name, part in self.parts.items()}
        return {"format": FORMAT, "made": self.made.isoformat(), "parts": parts}


def read_manifest(directory: Path, master: bytes) -> Manifest:
    """The manifest of the copy in this directory.

    Raises NoCopyError, NewerCopyError, WrongKeyError, and DamagedCopyError when it was changed since it was made.
    """
    try:
        told = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoCopyError from None
    except ValueError:
        raise DamagedCopyError(MANIFEST) from None
    try:
        if told["format"] > FORMAT:
            raise NewerCopyError
        if not hmac.compare_digest(told["key"], _key_check(master)):
            raise WrongKeyError
        parts = {name: Part(**part) for name, part in told["parts"].items()}
        manifest = Manifest(datetime.fromisoformat(told["made"]), parts)
        whole = hmac.compare_digest(told["seal"], _seal(master, manifest._said()))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DamagedCopyError(MANIFEST) from None
    if not whole:
        raise DamagedCopyError(MANIFEST)
    return manifest


def sha256(path: Path) -> str:
    """The hash of a file's bytes, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key_check(master: bytes) -> str:
    """Tells one master key from another; what the key is can't be learned from it."""
    return mac(derive(master, "naastbot copy"), "key")[:KEY_CHECK_BYTES].hex()


def _seal(master: bytes, said: dict[str, Any]) -> str:
    return mac(derive(master, "naastbot copy"), "seal", json.dumps(said, sort_keys=True)).hex()
