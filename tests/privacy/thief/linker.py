"""Ties answers to people with everything that lies in the loot, and whatever the thief may know besides.

Each tie is a function that claims: this answer belongs to this person. A claim is about a chat, or about a row of
contacts.db of which nobody can read whose it is. Guesses are told from what the thief is certain of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from thief import with_keys, without_keys
from thief.case import Case, Claim

Tie = Callable[[Case], Iterator[Claim]]
TIES: Mapping[str, Tie] = {
    "row keys remade with the period's key": with_keys.by_period_key,
    "the only one in a role": with_keys.by_role,
    "the only one who reacted between two copies": with_keys.by_reaction,
    "equal values, plain hashes": without_keys.by_equal_values,
    "row keys under guessed keys": without_keys.by_guessed_key,
    "order of pages, cells, log and journal": without_keys.by_order,
    "sizes": without_keys.by_size,
    "counts": without_keys.by_count,
    "what changed between two copies": without_keys.by_nights,
}
"""Every way that was thought of."""
