"""What is sent: one message to one person, once; and what an operator asks of a team."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

ASK_AGAIN_AFTER = timedelta(days=7)
"""At most one ask outside the rhythm a week per person."""

AGAIN = "again:"
"""How the occasion of a reminder begins; behind it stands that of the question."""
OFFER = "fewer:"
"""How the occasion of an offer to ask less often begins: it takes the place of that day's question."""
PAUSE = "silent:"
"""How the occasion of the message begins that nothing more is asked; behind it, as behind an offer's, its day."""

OF_A_ROUND = ("rhythm:", "checkin:", AGAIN, OFFER, PAUSE)
"""How occasions begin that can't come again after their round. All others are known until the period closes."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One message to one person, once. `occasion` makes it unique; `dialogue` is None for a notice."""

    participant: bytes = field(repr=False)
    occasion: str
    team: str
    period: int
    round: int
    dialogue: str | None
    day: date

    @property
    def is_reminder(self) -> bool:
        """Repeats a question that went before."""
        return self.occasion.startswith(AGAIN)


@dataclass(frozen=True, slots=True)
class Ask:
    """A check-in that the operator sends outside the rhythm, on this day or the first open one after it."""

    id: int
    team: str
    period: int
    dialogue: str
    day: date

    @property
    def occasion(self) -> str:
        """What makes this ask one prompt per person."""
        return f"ask:{self.id}"
