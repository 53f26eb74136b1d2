"""Strings that should be nowhere, in every form in which they could be written down."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from thief.loot import Loot

MAY_HOLD_TEXTS = ("answers.db", "answers.db-journal")


def forms(secret: str | int | bytes) -> set[bytes]:
    """A number in digits, hex and bytes of either order; a text as it is, in UTF-16, base64 and hex."""
    if isinstance(secret, int):
        size = (abs(secret).bit_length() + 7) // 8
        numbers = {secret.to_bytes(8, order, signed=True) for order in ("big", "little")}
        short = {abs(secret).to_bytes(size, order) for order in ("big", "little")}
        digits = forms(str(abs(secret)))
        return {*numbers, *short, f"{abs(secret):x}".encode(), *digits}
    raw = secret if isinstance(secret, bytes) else secret.encode()
    encoded = {base64.b64encode(raw).rstrip(b"="), base64.urlsafe_b64encode(raw).rstrip(b"="), raw.hex().encode()}
    return {raw, raw.upper(), raw.lower(), raw.decode("latin-1").encode("utf-16-le"), *encoded}


def found_in(loot: Loot, secrets: Iterable[str | int | bytes], shown: Iterable[str] = ()) -> dict[str, set[str]]:
    """File -> the secrets that it holds. Approved texts (`shown`) may stand in answers.db, and only there."""
    approved = sorted((text.encode() for text in shown), key=len, reverse=True)
    wanted = {form: str(secret) for secret in secrets for form in forms(secret)}
    leaks: dict[str, set[str]] = {}
    for name, held in loot.files.items():
        rest = held
        for text in approved if name in MAY_HOLD_TEXTS else ():
            rest = rest.replace(text, b"")
        hits = {secret for form, secret in wanted.items() if form in rest}
        if hits:
            leaks[name] = hits
    return leaks
