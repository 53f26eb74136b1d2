"""Who takes part, what each of them chose, and what came to them: the oracle's own book, apart from the bot's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from year.calendar_of_its_own import Free, local

ROUND = timedelta(weeks=4)


@dataclass
class Prompt:
    """One question that came to somebody at another's initiative; `why`: rhythm, ask or moment; `at` is local."""

    at: datetime
    why: str
    dialogue: str
    period: int
    round: int
    button: str
    over: bool = False
    reminders: int = 0

    @property
    def day(self) -> date:
        """The local day on which it came."""
        return self.at.date()

    @property
    def name(self) -> tuple[str, int, int]:
        """What nobody gets twice."""
        return self.dialogue, self.period, self.round


@dataclass
class Person:
    """One chat in one team. `habit`: how likely a tap is, and after how many days; `back`: when a break is over.

    `silence`: prompts in a row that were let go by; `changed_on`: the day of their last change of anything.
    """

    chat: int
    team: str
    role: str
    every: str
    weekday: int
    part: str
    joined: date
    habit: tuple[float, int]
    state: str = "in"
    wants_rhythm: bool = True
    wants_moment: bool = True
    wants_reminders: bool = True
    back: date | None = None
    silence: int = 0
    changed_on: date | None = None
    offered_on: date | None = None
    reminded_on: date | None = None
    prompts: list[Prompt] = field(default_factory=list)
    served: set[date] = field(default_factory=set)

    def reachable(self, today: date) -> bool:
        """Takes part, has no break, and did not let four go by."""
        return self.state == "in" and self.silence < 4 and (self.back is None or today >= self.back)

    def asked_on(self, today: date) -> bool:
        """Whether any question came on this day, or the offer that takes the place of one."""
        return self.offered_on == today or any(prompt.day == today for prompt in self.prompts)

    def asked_in(self, period: int, number: int) -> set[str]:
        """The dialogues of this round."""
        return {prompt.dialogue for prompt in self.prompts if (prompt.period, prompt.round) == (period, number)}

    def last_asked(self) -> Prompt | None:
        """The newest question."""
        return max(self.prompts, key=lambda prompt: prompt.at, default=None)

    def leave_open_questions(self) -> None:
        """Nobody waits for an answer any more."""
        for prompt in self.prompts:
            prompt.over = True


@dataclass
class Ask:
    """What an operator asked of a team in a period; it comes on the first open day from `day` on."""

    dialogue: str
    day: date
    period: int


@dataclass
class Reminder:
    """What a team's group hears every week, from the day after it was made on."""

    text: str
    weekday: int
    made: date


@dataclass
class Team:
    """One team: its people, its free days, its moments by period (in UTC), and what is asked of it."""

    id: str
    name: str
    group: int
    coordinator: int
    reminder: Reminder | None = None
    free: Free = field(default_factory=Free)
    people: dict[int, Person] = field(default_factory=dict)
    moments: dict[int, datetime] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    period: int = 0
    opened: datetime | None = None

    def asked(self, today: date) -> list[Ask]:
        """What was asked for this day. A period that closes takes what was asked in it with it."""
        return [ask for ask in self.asks if ask.period == self.period and self.free.open_from(ask.day) == today]

    def round(self, now: datetime) -> int:
        """The round of the open period, 0 to 3."""
        assert self.opened is not None
        return max(0, min(3, (now - self.opened) // ROUND))

    def closes(self) -> datetime:
        """When the open period should close: a day before its moment, within eight to 26 weeks, else after 16."""
        assert self.opened is not None
        moment = self.moments.get(self.period)
        wanted = moment - timedelta(hours=24) if moment else self.opened + timedelta(weeks=16)
        return max(self.opened + timedelta(weeks=8), min(wanted, self.opened + timedelta(weeks=26)))

    def closes_on(self) -> date:
        """The same, as a local day."""
        return local(self.closes()).date()
