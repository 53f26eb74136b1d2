"""A participant, as the rest of the program sees one, and what of that is sealed in a row of contacts.db."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogues.rhythm import Rhythm
from storage.sealing import Contents

DEFAULT_EVERY, DEFAULT_WEEKDAY, DEFAULT_DAYPART = "fortnightly", 2, "middag"
"""Every other Wednesday afternoon, until the person chooses."""

CONSENTS = ("rhythm", "moment", "feedback")
"""The three kinds of consent: check-ins in a rhythm, around the evaluation moment, and hearing feedback."""

REMINDERS = "reminders"
SWITCHES = (*CONSENTS, REMINDERS)
"""What a person can switch on and off: the consents, and reminders of questions that they agreed to."""

NEW: Mapping[str, Any] = {
    "role": None,
    "next_role": None,
    "coordinator": False,
    "language": "nl",
    "every": DEFAULT_EVERY,
    "weekday": DEFAULT_WEEKDAY,
    "daypart": DEFAULT_DAYPART,
    "consent_version": None,
    "consented_on": None,
    "asked_version": None,
    "consent_rhythm": False,
    "consent_moment": False,
    "consent_feedback": False,
    REMINDERS: True,
    "paused_until": None,
    "unanswered": 0,
    "idle_closings": 0,
    "state": "active",
}
"""What is sealed in a row beside `id`, `chat` and `joined_on`, and what it is for somebody new.

An attribute that was added later is read from here in the rows that do not have it yet; it needs no migration.
"""


MAX_UNANSWERED = 4
"""Prompts in a row that were not tapped; more are not counted. From here on somebody is left alone."""

OF_A_ROLE = (
    *("role", "next_role", "every", "weekday", "daypart", "consent_version", "consented_on", "asked_version"),
    *(
        "consent_rhythm",
        "consent_moment",
        "consent_feedback",
        REMINDERS,
        "paused_until",
        "unanswered",
        "idle_closings",
    ),
)
"""What belongs to answering, and goes with the role."""


@dataclass(frozen=True, slots=True)
class Participant:
    """One chat in one team. Never printed with its chat: `chat` stays out of the repr.

    `asked_version`: the newest text that this person was asked to agree to since they joined. `unanswered`: how
    many prompts in a row they did not tap, 0 to 4, where 4 is a pause until they react; `idle_closings`: at how
    many closings those were four, without any reaction since. `state`: active, stopped, blocked, or leaving: to
    be erased once they were told.
    """

    id: bytes = field(repr=False)
    team: str
    chat: int = field(repr=False)
    role: str | None
    next_role: str | None
    coordinator: bool
    language: str
    rhythm: Rhythm
    consent_version: int | None
    consented_on: date | None
    asked_version: int | None
    consent_rhythm: bool
    consent_moment: bool
    consent_feedback: bool
    reminders: bool
    paused_until: date | None
    unanswered: int
    idle_closings: int
    joined_on: date
    state: str

    @classmethod
    def of(cls, team: str, contents: Contents) -> Participant:
        """The participant whose row holds these contents; what they lack is as for somebody new."""
        contents = {**NEW, **contents}
        joined = date.fromisoformat(contents["joined_on"])
        return cls(
            id=bytes.fromhex(contents["id"]),
            team=team,
            chat=contents["chat"],
            role=contents["role"],
            next_role=contents["next_role"],
            coordinator=contents["coordinator"],
            language=contents["language"],
            rhythm=Rhythm(contents["every"], contents["weekday"], contents["daypart"], joined),
            consent_version=contents["consent_version"],
            consented_on=_date(contents["consented_on"]),
            asked_version=contents["asked_version"],
            consent_rhythm=contents["consent_rhythm"],
            consent_moment=contents["consent_moment"],
            consent_feedback=contents["consent_feedback"],
            reminders=contents[REMINDERS],
            paused_until=_date(contents["paused_until"]),
            unanswered=contents["unanswered"],
            idle_closings=contents["idle_closings"],
            joined_on=joined,
            state=contents["state"],
        )

    @property
    def active(self) -> bool:
        """Takes part now: did not stop, did not block, and is not about to be erased."""
        return self.state == "active"

    def paused(self, today: date) -> bool:
        """Has asked for a break that is not over yet."""
        return self.paused_until is not None and today < self.paused_until

    @property
    def silent(self) -> bool:
        """Let so many prompts in a row go by that nothing more is asked until they react, in whatever way."""
        return self.unanswered >= MAX_UNANSWERED

    def left_alone(self, today: date) -> bool:
        """Is asked nothing: has a break, or is silent."""
        return self.paused(today) or self.silent


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
