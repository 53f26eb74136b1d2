"""The year itself: an organisation of teams, and what its people and its server do from day to day.

Everything is drawn from one seed. What people do goes into the bot, by its own rooms and handlers, and into the
oracle's book, side by side.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot import agreement, taps
from bot.incoming import Press
from dialogues.calendar import Recurrence
from storage.participant import Participant
from storage.plans import Plan
from storage.schema import writing
from year.calendar_of_its_own import DAY, PARTS, ZONE, local
from year.installation import Clock, Installation
from year.lives import Lives
from year.oracle import Oracle
from year.people import Person, Prompt, Reminder, Team
from year.reading import Reader

LOOKS = ((time(8, 5), 0.2), (time(20, 58), 0.15), (time(21, 30), 0.2), (time(3), 0.4))
"""Looks at the clock beside those of the parts of the day, and how likely each is on a day."""
HABITS = ((0.9, 0), (0.7, 0), (0.6, 1), (0.5, 3), (0.8, 5), (0.15, 0), (0.0, 0))
"""How likely somebody taps, and after how many days."""


@dataclass(frozen=True)
class Plot:
    """How large, from which day to which, and from which seed."""

    teams: int
    people: int
    first: date
    last: date
    seed: int = 7
    jumps: tuple[int, ...] = (1, 3)
    """By how many hours the clock may jump and, some looks later, back."""
    kills: bool = True
    """Killed in the middle of sending, which no seed repeats: the order of sending is random."""


class Year:
    """One run. `oracle` holds what was found."""

    def __init__(self, plot: Plot, place: Path) -> None:
        self.plot = plot
        self.chance = random.Random(plot.seed)
        self.clock = Clock(self._at(plot.first, time(7)))
        self.there = Installation(place / "data", self.clock)
        self.there.start()
        self.oracle = Oracle(Reader())
        self.restarts = self.kills = self.jumps = 0
        self._late: dict[date, list[tuple[Person, Prompt]]] = {}
        self._off_until: datetime | None = None
        self._ids: dict[int, bytes] = {}
        self._messages = 1
        self.lives = Lives(self)

    @property
    def people(self) -> int:
        """How many ever took part."""
        return len(self._ids)

    async def run(self) -> Oracle:
        """From the first day to the last."""
        self._found()
        day = self.plot.first
        while day <= self.plot.last:
            await self._day(day)
            day += DAY
        self.oracle.finished()
        await self.there.kill()
        return self.oracle

    # the organisation

    def _found(self) -> None:
        with writing(self.there.store.contacts.db):
            for number in range(self.plot.teams):
                self._team(number)
            for number in range(self.plot.people):
                self.join(self.oracle.teams[number % self.plot.teams], 1000 + number)

    def _team(self, number: int) -> None:
        store, today = self.there.store, self.today()
        made = store.teams.add(f"Team {number}")
        team = Team(made.id, made.name, group=-1 - number, coordinator=900_000 + number)
        store.teams.set_contact(team.id, "bel de afdeling")
        store.contacts.make_coordinator(team.id, team.coordinator, today)
        store.groups.set(team.id, team.group)
        team.reminder = Reminder(f"Denk aan het overleg van team {number}.", number % 7, today)
        first = today + DAY
        while first.weekday() != team.reminder.weekday:
            first += DAY
        plan = Plan(b"", team.id, 0, Recurrence("weekly", first, time(12)), self.clock(), text=team.reminder.text)
        store.plans.add(plan, team.group, number)
        self.oracle.add(team)

    def join(self, team: Team, chat: int) -> None:
        """Somebody says yes, and chooses."""
        chance, today = self.chance, self.today()
        every = chance.choices(("weekly", "fortnightly", "fourweekly", "moment"), (4, 5, 3, 1))[0]
        role = chance.choice(("naaste", "professional"))
        day, part, habit = chance.randrange(7), chance.choice(sorted(PARTS)), chance.choice(HABITS)
        person = Person(chat, team.id, role, every, day, part, today, habit, changed_on=today)
        contacts = self.there.store.contacts
        joined = contacts.join(team.id, chat, role, today, agreement.current().version)
        for name, value in (("every", every), ("weekday", person.weekday), ("daypart", person.part)):
            contacts.set(joined.id, name, value)
        self._ids[chat] = joined.id
        self.oracle.takes_part(team, person)

    def record(self, person: Person) -> Participant | None:
        """What the bot keeps of this person."""
        return self.there.store.contacts.get(self._ids[person.chat])

    # time

    def today(self) -> date:
        """The local day on the clock of the bot."""
        return local(self.clock.now).date()

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, ZONE)

    def _steps(self) -> Iterator[time]:
        extra = [clock for clock, likely in LOOKS if self.chance.random() < likely]
        yield from sorted([*extra, *PARTS.values(), time(10, 30)])

    async def _day(self, day: date) -> None:
        for step in self._steps():
            self.clock.now = self._at(day, step)
            if self._off_until is not None:
                if self.clock.now < self._off_until:
                    continue
                self._off_until = None
                self.there.start(self.lives.blocked())
            if step == time(10, 30):
                self.lives.live(day)
                for person, prompt in self._late.pop(day, []):
                    await self._tap(person, prompt)
            else:
                await self._look()
                await self._mishap()

    async def _look(self) -> None:
        """One look at the clock, told to the oracle; then those who answer at once do."""
        letters = await self.there.tick()
        now = self.clock()
        for period in self.there.store.answers.all_periods(state="open"):
            self.oracle.opened(self.oracle.named(period.team), period.number, period.opened, now)
        messages = [self.oracle.reader.read(letter, self.oracle.team_of(letter.chat).name) for letter in letters]
        cut_off = self.there.post.failed
        self.oracle.looked(now, messages, cut_off=cut_off)
        if cut_off:
            # Any of these may have been under way: the last ones were not written down as sent yet.
            self.oracle.in_flight |= {(message.chat, message.text, message.at.date()) for message in messages}
            return
        for message in sorted(messages, key=lambda message: message.chat):
            if message.button and message.chat in self._ids:
                await self._react(message.chat)

    async def _react(self, chat: int) -> None:
        person = self.oracle.team_of(chat).people[chat]
        prompt = person.last_asked()
        likely, days = person.habit
        if prompt is None or self.chance.random() >= likely:
            return
        if days == 0:
            await self._tap(person, prompt)
        else:
            self._late.setdefault(self.today() + days * DAY, []).append((person, prompt))

    async def _tap(self, person: Person, prompt: Prompt) -> None:
        team = self.oracle.team_of(person.chat)
        if person.state != "in":
            return
        self._messages += 1
        press = Press(person.chat, person.chat, self._messages, "1", prompt.button, None, None, private=True)
        await taps.pressed(self.there.house, press)
        if (prompt.period, prompt.round) == (team.period, team.round(self.clock())):
            # The same question, asked again by an operator, has the same buttons.
            for same in (other for other in person.prompts if other.name == prompt.name):
                same.over = True
        person.silence = 0

    # the server

    async def _mishap(self) -> None:
        """Now and then it is restarted, killed in the middle of sending, off for days, or its clock jumps."""
        draw = self.chance.random()
        if self.there.post.failed or draw < 0.03:
            await self._restart(timedelta(0))
        elif draw < 0.034:
            await self._restart(timedelta(hours=self.chance.choice((2, 5, 14, 30, 70))))
        elif draw < 0.05 and self.plot.kills:
            self.there.post.fuse = self.chance.randint(1, 20)
            self.kills += 1
        elif 0.05 <= draw < 0.056:
            await self._jump()

    async def _restart(self, off: timedelta) -> None:
        self.restarts += 1
        await self.there.kill()
        if off:
            self._off_until = self.clock.now + off
        else:
            self.there.start(self.lives.blocked())

    async def _jump(self) -> None:
        """Somebody sets the clock of the server wrong, and some looks later right again."""
        self.jumps += 1
        right = self.clock.now
        self.clock.now = right + self.chance.choice((-1, 1)) * timedelta(hours=self.chance.choice(self.plot.jumps))
        for _ in range(2):
            await self._look()
            self.clock.now += timedelta(hours=1)
            if self.there.post.failed:
                break
        self.clock.now = right
