"""A team's life in the demo: set up by commands, moved on by the clock, and closed by the bot itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.sandbox.installation import ZONE, DemoClock, DemoError, Installation
from bot.sandbox.participants import Crowd, Participant
from bot.sandbox.people import Place
from bot.sandbox.planner import Planner
from bot.sandbox.pulse import ANYTHING
from bot.sandbox.sayings import IN_THE_GROUP
from bot.sandbox.server import Sandbox
from bot.sandbox.state import UPDATES
from dialogues import periods
from dialogues.calendar import FreeDays
from dialogues.tree import ROLES

TEAM = "Team De Linde (demo)"
CONTACT = "bel 020 123 45 67 (verzonnen), elke dag van 9 tot 17 uur"
MORNING, EVENING = time(10), time(19, 30)
"""A demo begins in the morning; it looks at a day when every part of it has come, before the quiet hours."""
AROUND = timedelta(weeks=2)
"""This long before and after the evaluation moment everybody is asked something (see `bot.schedule.due`)."""
INVITATION_DAYS = "365"

READY_SECONDS = 20.0
FIRST_SECONDS = 4.0
"""Within this the bot looks at its clock and asks the first who is due, or nobody is."""
ASKED_PER_SECOND = 10
"""How many others are surely asked in a second: replies to those who answer go first."""
SETTLED_SECONDS = 30.0
HEARD_SECONDS = 60.0
SILENT = "De bot antwoordt niet op tijd. Kijk in bot.log in de map van de demo."


@dataclass(frozen=True, slots=True)
class Plan:
    """How many made-up people, how many weeks to closing, and the seed of everything that these people do."""

    people: int = 24
    weeks: int = 12
    seed: int = 7


def first_monday(now: datetime) -> datetime:
    """The Monday after now, in the morning: not in the quiet hours, and in a week that still has to come."""
    local = now.astimezone(ZONE)
    return datetime.combine(local.date() + timedelta(days=7 - local.weekday()), MORNING, ZONE)


class Demo:
    """One team, its people, and the days that pass."""

    def __init__(self, sandbox: Sandbox, clock: DemoClock, naastbot: Installation, plan: Plan) -> None:
        self.sandbox = sandbox
        self.world = sandbox.world
        self.clock = clock
        self.naastbot = naastbot
        self.plan = plan
        self.team = ""
        self.opened = clock.now()
        self.moment = self._weeks_after(self.opened)
        self.past_moment: datetime | None = None
        self.crowd = Crowd(self.world, TEAM, plan.people, self.opened.date(), plan.seed)
        self.coordinator = self.world.user("Carla")
        self.group = self.world.group(TEAM, (self.coordinator, *self.crowd.users("professional")))

    @property
    def closes(self) -> datetime:
        """When the period closes by itself."""
        return self.moment - periods.CLOSE_BEFORE_MOMENT

    @property
    def week(self) -> int:
        """The week of the open period, from 1."""
        return (self.clock.now().date() - self.opened.date()).days // 7 + 1

    async def set_up(self) -> None:
        """A team with an evaluation moment, a coordinator, participants and a group. Raises DemoError."""
        running = self.world.state.pulse.until(
            UPDATES, lambda: self.sandbox.calls["getupdates"] > 0, READY_SECONDS
        )
        if not await running:
            raise DemoError(SILENT)
        self.team = await self.naastbot.command("team", "add", TEAM)
        uses = str(self.plan.people)
        await asyncio.gather(
            self.naastbot.command("team", "set", self.team, "contact", CONTACT), self.set_moment()
        )
        coordinator, group, *codes = await asyncio.gather(
            self.naastbot.command("invite", self.team, "coordinator"),
            self.naastbot.command("invite", self.team, "group"),
            *(self.invite(role, "--uses", uses) for role in ROLES),
        )
        self.world.start(self.coordinator, coordinator)
        try:
            await self.crowd.join(dict(zip(ROLES, codes, strict=True)))
        except TimeoutError:
            raise DemoError(SILENT) from None
        # Only now: the bot tells the group of everyone who joins, and may say no more than twenty things a minute.
        added = self.world.add_bot(self.group, group)
        await self._hear(self.group, added.id)
        for person, words in zip(self.crowd.users("professional"), IN_THE_GROUP, strict=False):
            self.world.say(person, self.group, words)
        await self.settle()
        await self._plan()

    async def _plan(self) -> None:
        """The coordinator plans something in the group. Raises DemoError."""
        try:
            await Planner(self.world, self.group, self.coordinator).plan()
        except (TimeoutError, LookupError):
            raise DemoError(SILENT) from None

    async def invite(self, role: str, *more: str) -> str:
        """A code for this role."""
        return await self.naastbot.command("invite", self.team, role, "--days", INVITATION_DAYS, *more)

    async def set_moment(self) -> None:
        """Tell naastbot when the evaluation moment is."""
        await self.naastbot.command("moment", self.team, f"{self.moment:%Y-%m-%dT%H:%M}")

    def days(self) -> Iterator[date]:
        """The days that are left before the one of closing, from tomorrow on."""
        day = self.clock.now().date() + timedelta(days=1)
        while day < self.closes.date():
            yield day
            day += timedelta(days=1)

    def expecting(self, day: date) -> Sequence[Participant]:
        """Whoever may be asked something on this day."""
        around = [self.moment - AROUND, *([self.past_moment + AROUND] if self.past_moment else [])]
        if day in [FreeDays().next_open(moment.date()) for moment in around]:
            return self.crowd.people
        return self.crowd.due(datetime.combine(day, EVENING, ZONE))

    async def visit(self, day: date, at_least: float = 0.0) -> None:
        """Make it the evening of this day, and wait for so many seconds, and until whoever is due was asked."""
        at = datetime.combine(day, EVENING, ZONE)
        if self._round(at) != self._round(self.clock.now()):
            # An answer belongs to the round of its question: let everybody finish.
            await self.settle()
        due = [(person, person.newest()) for person in self.expecting(day)]

        def asked() -> list[bool]:
            return [person.was_asked(newest) for person, newest in due]

        self.clock.set(at)
        enough = asyncio.create_task(asyncio.sleep(at_least))
        until = self.world.state.pulse.until
        await until(ANYTHING, lambda: not due or any(asked()), FIRST_SECONDS)
        await until(ANYTHING, lambda: all(asked()), 1 + len(due) / ASKED_PER_SECOND)
        await enough

    async def to_closing(self, progress: Callable[[], None]) -> None:
        """Visit every day on which somebody expects something, then close. Raises DemoError."""
        for day in self.days():
            if self.expecting(day):
                await self.visit(day)
                progress()
        await self.settle()
        newest = max(self.world.chat(self.coordinator).by_id)
        self.clock.set(self.closes + timedelta(minutes=5))
        await self._hear(self.coordinator, newest)

    async def next_period(self) -> None:
        """After closing: the bot opened the next period; give it an evaluation moment too."""
        self.opened, self.past_moment = self.clock.now(), self.moment
        self.moment = self._weeks_after(self.moment)
        await self.set_moment()

    async def settle(self) -> None:
        """Wait until the bot has dealt with everything. Raises DemoError when that takes very long."""
        try:
            await self.world.settled(quiet=0.3, within=SETTLED_SECONDS)
        except TimeoutError:
            raise DemoError(SILENT) from None

    async def _hear(self, place: Place, after: int) -> None:
        """Wait for what the bot says here after this message."""
        try:
            await self.world.next_message(place, after=after, within=HEARD_SECONDS)
        except TimeoutError:
            raise DemoError(SILENT) from None

    def _weeks_after(self, moment: datetime) -> datetime:
        return datetime.combine(moment.date() + timedelta(weeks=self.plan.weeks), MORNING, ZONE)

    def _round(self, at: datetime) -> int:
        return periods.current_round(self.opened, periods.round_length(periods.PLANNED), at)
