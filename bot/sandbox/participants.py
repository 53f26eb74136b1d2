"""Made-up people: they join by invitation and answer by tapping, going by nothing but what is on their phone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.sandbox.characters import (
    BREAK_AFTER,
    CHARACTERS,
    DEAR,
    MOODS,
    PARTS,
    PATIENCE,
    RHYTHMS,
    WEEKDAY,
    Character,
    Dice,
    Taste,
)
from bot.sandbox.installation import ZONE
from bot.sandbox.model import Message, User
from bot.sandbox.people import NotPossibleError
from bot.sandbox.sayings import Sayings, names
from bot.sandbox.world import World
from bot.wording import silence_texts, texts
from dialogues.calendar import FreeDays
from dialogues.rhythm import MOMENT, Rhythm, due_day
from dialogues.tree import ROLES

JOIN_SECONDS = 60.0
TAP_SECONDS = 60.0
BREAK = texts.PAUSES["4"]
FOREVER = 365 * 86_400.0


@dataclass(frozen=True, slots=True)
class Circle:
    """What all participants of one demo share: the world, the team's name, their taste, what can be said."""

    world: World
    team: str
    taste: Taste
    sayings: Sayings


class Participant:
    """One made-up person with a phone."""

    def __init__(
        self, circle: Circle, user: User, role: str, rhythm: Rhythm, character: Character, dice: Dice
    ) -> None:
        self.user = user
        self.role = role
        self.rhythm = rhythm
        self._circle = circle
        self._world = circle.world
        self._character = character
        self._dice = dice
        self._seen = 0
        self._patience = 1.0
        self._asked = 0
        self._back = rhythm.anchor

    async def join(self, code: str) -> None:
        """Open the invitation, say yes, and choose a rhythm. Raises TimeoutError when the bot keeps silent."""
        self._world.start(self.user, code)
        day = [] if self.rhythm.every == MOMENT else [texts.DAYS[self.rhythm.weekday]]
        taps = (texts.CONSENT, texts.EVERY[self.rhythm.every], *day, texts.PARTS[self.rhythm.daypart])
        for label in taps:
            self._world.tap(self.user, await self._next(JOIN_SECONDS), label)
        await self._next(JOIN_SECONDS)

    async def live(self) -> None:
        """Answer, skip or let pass whatever the bot asks, until cancelled."""
        while True:
            message = await self._next(FOREVER)
            # A person who taps too late, or gets no answer, shrugs.
            with contextlib.suppress(TimeoutError, LookupError, NotPossibleError):
                await self._react(message)

    def expects(self, at: datetime) -> bool:
        """Whether this person chose to be asked at this time, and takes no break."""
        return due_day(self.rhythm, at, ZONE, FreeDays()) is not None and self._back <= at.date()

    def newest(self) -> int:
        """The number of the newest message on this phone."""
        return max(self._world.chat(self.user).by_id, default=0)

    def was_asked(self, after: int) -> bool:
        """Whether a new question came after this message."""
        for message in reversed(self._world.chat(self.user).by_id.values()):
            if message.id <= after:
                return False
            if self._opens(message):
                return True
        return False

    async def _next(self, within: float) -> Message:
        message = await self._world.next_message(self.user, after=self._seen, within=within)
        self._seen = message.id
        return message

    async def _react(self, message: Message) -> None:
        if texts.KEEP in message.labels:
            await self._tap(message, texts.KEEP)
        elif BREAK in message.labels:
            self._back = self._world.state.now().date() + timedelta(weeks=4)
            await self._tap(message, BREAK)
        elif texts.SKIP in message.labels:
            await (self._begin(message) if self._opens(message) else self._go_on(message))

    async def _begin(self, message: Message) -> None:
        """The first question of a dialogue: answer, skip, or leave it for what it is."""
        dear = any(words in message.text for words in DEAR)
        answers, self._patience = (1.0, 1.0) if dear else PATIENCE[self.rhythm.every]
        if self._dice.random() < self._character.answers * answers:
            await self._answer(message, skip=self._dice.random() < self._character.skips)
        self._asked += 1
        if self._asked == BREAK_AFTER and self.rhythm.every == "weekly":
            self._world.say(self.user, self.user, "/pauze")

    async def _go_on(self, message: Message) -> None:
        if self._dice.random() < self._character.goes_on * self._patience:
            await self._answer(message, skip=False)

    async def _answer(self, message: Message, *, skip: bool) -> None:
        beside = (texts.SKIP, texts.HELP, silence_texts.NO_REMINDERS)
        options = [label for label in message.labels if label not in beside]
        if skip:
            await self._tap(message, texts.SKIP)
        elif options:
            # A reminder is answered as the question is that it repeats.
            question = message.text.replace(f"{silence_texts.REMINDER}\n\n", "")
            await self._tap(message, self._choose(question, options))
        else:
            await self._write(message)

    async def _write(self, message: Message) -> None:
        writes = self._dice.random() < self._character.writes
        words = self._circle.sayings.take(message.text, self.role) if writes else None
        if words is None:
            await self._tap(message, texts.SKIP)
        else:
            self._world.say(self.user, self.user, words)

    def _choose(self, question: str, options: Sequence[str]) -> str:
        if len(options) == MOODS:
            return self._dice.choices(options, self._character.mood)[0]
        return self._dice.choices(options, self._circle.taste.weights(self.role, question, len(options)))[0]

    async def _tap(self, message: Message, label: str) -> None:
        await self._world.tap(self.user, message, label).answered(TAP_SECONDS)

    def _opens(self, message: Message) -> bool:
        """The first question of a dialogue begins with the team's name."""
        return message.sender == self._world.bot and message.text.startswith(f"{self._circle.team}\n")


class Crowd:
    """All made-up people of a demo, half of them naasten."""

    def __init__(self, world: World, team: str, people: int, joining: date, seed: int) -> None:
        self._circle = Circle(world, team, Taste(seed), Sayings(Dice(seed)))
        self.people = [self._person(*place, joining, seed) for place in enumerate(names(people))]
        self._lives: list[asyncio.Task[None]] = []

    def _person(self, number: int, name: str, joining: date, seed: int) -> Participant:
        """The characters, rhythms and days are dealt out in turn within each role; the rest is chance."""
        turn, dice = number // len(ROLES), Dice(f"{seed}:{number}")
        return Participant(
            self._circle,
            self._circle.world.user(name),
            ROLES[number % len(ROLES)],
            Rhythm(RHYTHMS[turn % len(RHYTHMS)], WEEKDAY, dice.choice(PARTS), joining),
            CHARACTERS[(turn * 2 + turn // len(CHARACTERS)) % len(CHARACTERS)],
            dice,
        )

    def users(self, role: str) -> tuple[User, ...]:
        """The people in this role."""
        return tuple(person.user for person in self.people if person.role == role)

    async def join(self, codes: Mapping[str, str]) -> None:
        """Everybody joins by the code for their role, and answers from then on. Raises TimeoutError."""
        await asyncio.gather(*(person.join(codes[person.role]) for person in self.people))
        self._lives = [asyncio.create_task(person.live()) for person in self.people]

    async def leave(self) -> None:
        """Nobody looks at their phone any more."""
        for life in self._lives:
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)

    def due(self, at: datetime) -> list[Participant]:
        """Who chose to be asked at this time."""
        return [person for person in self.people if person.expects(at)]
