"""How long people and invitations are kept when nobody does anything about them. Pure.

The figures are in what people agree to (see bot/agreement.py), and in docs/architecture.md under "What is kept".
"""

from __future__ import annotations

from datetime import timedelta

from storage.participant import Participant
from storage.sealing import Contents

IDLE_CLOSINGS = 2
"""At so many closings without any reaction before them somebody is let go. No date of a last reaction is kept."""
INVITATION_KEPT = timedelta(weeks=1)
"""How long an invitation that is used up or expired can still say so."""


def after_closing(person: Participant) -> Contents:
    """What changes for somebody who takes part when a period closes; empty when nothing does."""
    changes: Contents = {}
    if person.next_role is not None:
        changes |= {"role": person.next_role, "next_role": None}
    if _let_all_go_by(person):
        # The count of prompts stays: it is the pause, which a new period does not end.
        idle = person.idle_closings + 1
        changes["idle_closings"] = idle
        if idle >= IDLE_CLOSINGS:
            changes["state"] = "leaving"
    return changes


def _let_all_go_by(person: Participant) -> bool:
    """Four prompts in a row or, before any prompt may come, a new text to agree to."""
    # Whoever takes a break is left alone, with that text too.
    waiting_for_a_yes = (person.asked_version or 0) > (person.consent_version or 0) and person.paused_until is None
    return person.role is not None and (person.silent or waiting_for_a_yes)
