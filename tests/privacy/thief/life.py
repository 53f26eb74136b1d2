"""A team that lives: a dozen people who use everything, in an order drawn by chance, through a real bot."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bench import Bench

from bot.sandbox.model import Chat, Message, User
from bot.wording import rights_texts, texts

PATIENCE = 20.0
"""Seconds that a busy machine may take over one step."""
NOT_TAPPED = (texts.CHANGE, texts.HELP, rights_texts.ERASE_YES, rights_texts.WIS_ALL, rights_texts.STOP_ERASE)
"""Buttons that are not part of simply answering."""
WORDS = (
    "het gaat wel goed met ons Xqzanna",
    "wij zijn moe en Xqzbert hoort daar niet van",
    "ik ben blij met de groep en met Xqzcarla",
    "Xqzdirk belt mij op 06 48151623",
)
"""What people type: everyday words, and names that are nobody's."""


@dataclass
class Life:
    """One team and its people. `told` holds every secret that the bot got to see, for those who look for it."""

    b: Bench
    team: str
    chance: random.Random
    people: list[User] = field(default_factory=list)
    group: Chat | None = None
    told: set[str] = field(default_factory=set)
    patience: float = PATIENCE

    async def begin(self, count: int) -> None:
        """People join in both roles, the team's group is found, and there is an evaluation moment."""
        world = self.b.sandbox.world
        self.group = world.group("Xqzgroep", [world.user("Xqzeigenaar", username="xqzeigenaar")])
        code = self.b.code(self.team, "group")
        world.add_bot(self.group, code)
        self.told |= {code, "Xqzgroep", "Xqzeigenaar", "xqzeigenaar"}
        for number in range(count):
            user = world.user(f"Xqznaam{number}", username=f"xqzuser{number}")
            self.told |= {user.first_name, user.username}
            await self.b.join(user, self.team, ("naaste", "professional")[number % 2])
            self.people.append(user)
        await self.settled()

    async def settled(self) -> None:
        """Everything that was sent has been dealt with."""
        await self.b.sandbox.world.settled(quiet=0.02, within=self.patience)

    async def step(self) -> None:
        """Somebody does something; answering is what they do most."""
        acts: list[tuple[int, Callable[[User], Awaitable[None]]]] = [
            (10, self.answer),
            (4, self.change),
            (2, self.withdraw_one),
            (1, self.withdraw_all),
            (1, self.stop_and_return),
            (1, self.prefer),
            (1, self.look),
            (1, self.send_what_is_not_kept),
        ]
        (act,) = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])
        await act(self.chance.choice(self.people))

    async def answer(self, user: User) -> None:
        """The next question of this round, to its end, now and then skipping; and words where they are asked."""
        message = await self._say(user, "/checkin")
        for _ in range(4):
            labels = [label for label in message.labels if label not in NOT_TAPPED]
            if not labels or message.labels[-1] != texts.HELP:
                return
            if labels == [texts.SKIP]:
                await self.write(user)
                return
            if self.chance.random() < 0.8:
                labels.remove(texts.SKIP)
            before = message
            await self._tap(user, message, self.chance.choice(labels))
            message = self._newest(user)
            if message is before:
                return

    async def answer_once(self, user: User) -> bool:
        """One tap on the next question, never a skip; False when this round has no question left."""
        message = await self._say(user, "/checkin")
        if texts.SKIP in message.labels:
            await self._tap(user, message, message.labels[0])
        return texts.SKIP in message.labels

    async def write(self, user: User) -> None:
        """Words: approved, said otherwise, or thrown away."""
        proposal = await self._say(user, self._words())
        for _ in range(2):
            if texts.KEEP not in proposal.labels:
                return
            label = self.chance.choice((texts.KEEP, texts.KEEP, texts.REPHRASE, texts.DISCARD))
            await self._tap(user, proposal, label)
            if label != texts.REPHRASE:
                return
            proposal = await self._say(user, self._words())

    async def change(self, user: User) -> None:
        """*Wijzig* on some earlier message, and another answer."""
        found = self._with_button(user, texts.CHANGE)
        if found is not None:
            await self._tap(user, found, texts.CHANGE)
            labels = [label for label in found.labels if label not in NOT_TAPPED]
            if labels:
                await self._tap(user, found, self.chance.choice(labels))

    async def withdraw_one(self, user: User) -> None:
        """/wis, one answer out of the list."""
        asked = await self._say(user, "/wis")
        if rights_texts.WIS_ONE in asked.labels:
            await self._tap(user, asked, rights_texts.WIS_ONE)
            if asked.labels:
                await self._tap(user, asked, asked.labels[0])

    async def withdraw_all(self, user: User) -> None:
        """/wis, all answers of this period."""
        asked = await self._say(user, "/wis")
        if rights_texts.WIS_ANSWERS in asked.labels:
            await self._tap(user, asked, rights_texts.WIS_ANSWERS)

    async def erase(self, user: User) -> None:
        """/wis, everything; they are not a person of this team any more."""
        asked = await self._say(user, "/wis")
        await self._tap(user, asked, rights_texts.WIS_ALL)
        await self._tap(user, asked, rights_texts.ERASE_YES)
        self.people.remove(user)

    async def stop_and_return(self, user: User) -> None:
        """/stop, and back again, with or without their answers."""
        asked = await self._say(user, "/stop")
        if self.chance.random() < 0.5:
            await self._tap(user, asked, rights_texts.STOP_WITHDRAW)
            asked = await self._say(user, "/stop")
        await self._tap(user, asked, rights_texts.STOP_UNDO)

    async def prefer(self, user: User) -> None:
        """Another rhythm, or a break."""
        asked = await self._say(user, self.chance.choice(("/ritme", "/pauze", "/settings")))
        if asked.labels:
            await self._tap(user, asked, self.chance.choice(asked.labels))
        if self.chance.random() < 0.5:
            await self._say(user, "/pauze")

    async def look(self, user: User) -> None:
        """Everything that is kept, and the texts."""
        for command in ("/gegevens", "/privacy", "/help"):
            await self._say(user, command)

    async def send_what_is_not_kept(self, user: User) -> None:
        """A photo with a caption, a telephone number, or words that nobody asked for."""
        world, kind = self.b.sandbox.world, self.chance.choice(("photo", "contact", "words", "danger"))
        self.told |= {"Xqzonderschrift", "Xqzongevraagd", "Xqzgevaar"}
        if kind == "photo":
            world.send_photo(user, user, "Xqzonderschrift")
        elif kind == "contact":
            world.send(user, user, "contact")
        elif kind == "words":
            world.say(user, user, "Xqzongevraagd vertel ik iets")
        else:
            world.say(user, user, "ik wil niet meer leven Xqzgevaar")
        await self.settled()

    def _words(self) -> str:
        words = self.chance.choice(WORDS)
        self.told |= {words, *(word for word in words.split() if word.startswith("Xqz")), "48151623"}
        return words

    async def _say(self, user: User, text: str) -> Message:
        """Say this; the newest message with which the bot answers."""
        self.b.sandbox.world.say(user, user, text)
        await self.settled()
        return self._newest(user)

    async def _tap(self, user: User, message: Message, label: str) -> None:
        button = message.button(label)
        self.told.add(button.data)
        tap = self.b.sandbox.world.tap(user, message, label)
        self.told.add(tap.id)
        await tap.answered(self.patience)
        await self.settled()

    def _newest(self, user: User) -> Message:
        messages = self.b.sandbox.world.chat(user).messages
        return [message for message in messages if message.sender.is_bot and not message.deleted][-1]

    def _with_button(self, user: User, label: str) -> Message | None:
        messages = self.b.sandbox.world.chat(user).messages
        found = [message for message in messages if label in message.labels and not message.deleted]
        return self.chance.choice(found) if found else None
