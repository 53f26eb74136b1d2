"""Somebody who keeps answering, changing, skipping and typing, and knows what was confirmed to them."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable

from bench import Bench

from bot import render
from bot.render import Tap
from bot.sandbox.model import Message, User
from bot.sandbox.state import UPDATES
from bot.wording import texts
from dialogues import engine
from dialogues.short import code
from dialogues.tree import Dialogue

PATIENCE = 3.0
"""Seconds before a person who sees nothing happen taps again."""
SAYINGS = ("het gaat wel", "het is zwaar", "ik ben blij", "er is niets nieuws")

Given = dict[tuple[str, str], str]
"""Dialogue and question -> option or text."""


class Busy:
    """One person in one role. `given` is what the bot confirmed on their screen, `acts` how often it did."""

    def __init__(self, b: Bench, user: User, role: str, dialogues: list[Dialogue], chance: random.Random) -> None:
        self._world = b.sandbox.world
        self._role = role
        self._dialogues = {code(dialogue.id): dialogue for dialogue in dialogues}
        self._chance = chance
        self.user = user
        self.given: Given = {}
        self.acts = 0

    async def go_on(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; what is under way then is finished."""
        while not stop.is_set():
            message = self._chance.choice(self._questions())
            if texts.CHANGE in message.labels and not await self._tap(
                message, texts.CHANGE, lambda message=message: texts.SKIP in message.labels
            ):
                continue
            options = [label for label in message.labels if label not in (texts.HELP, texts.CHANGE)]
            if options == [texts.SKIP] and self._chance.random() < 0.7:
                await self._say(message)
            elif options:
                await self.choose(message, self._chance.choice(options))

    def _questions(self) -> list[Message]:
        """The newest message of every question that was asked of this person."""
        newest: dict[tuple[str, str], Message] = {}
        for message in self._world.chat(self.user).messages:
            tap = _tap_of(message)
            if tap is not None and {texts.SKIP, texts.CHANGE} & {*message.labels}:
                newest[tap.dialogue, tap.question] = message
        return [*newest.values()]

    async def choose(self, message: Message, label: str) -> None:
        """Tap this button under a question, until the bot shows what became of it."""
        tap = render.decode(message.button(label).data)
        shown = texts.SKIPPED if label == texts.SKIP else texts.CHOSEN.format(choice=label)
        if tap is not None and await self._tap(message, label, lambda: shown in message.text):
            self._confirmed(tap, None if label == texts.SKIP else tap.option)

    async def _say(self, message: Message) -> None:
        """Type words, and approve what the bot proposes to keep."""
        asked = _tap_of(message)
        said = self._world.say(self.user, self.user, self._chance.choice(SAYINGS))
        with contextlib.suppress(TimeoutError):
            proposal = await self._world.next_message(self.user, after=said, within=PATIENCE)
            words = render.read_proposal(proposal.text, share=False)
            if asked is None or words is None or texts.KEEP not in proposal.labels:
                return
            if await self._tap(proposal, texts.KEEP, lambda: texts.KEPT in proposal.text):
                self._confirmed(asked, words)

    async def _tap(self, message: Message, label: str, seen: Callable[[], bool]) -> bool:
        """Tap until the message shows it; False when the bot has dealt with every tap, and it does not."""
        taps: list[str] = []
        while not seen():
            if label not in message.labels or self._over(taps):
                # After a kill, earlier taps that are handled again change the message, and the button may be gone
                # while the tap on it still waits: whoever went on now would not know what becomes of it.
                await self._dealt_with(taps)
                break
            taps.append(self._world.tap(self.user, message, label).id)
            with contextlib.suppress(TimeoutError):
                await self._world.until(self.user, lambda: seen() or self._over(taps), PATIENCE)
        self.acts += seen()
        return seen()

    def _over(self, taps: list[str]) -> bool:
        """Whether the bot said that the question is over. Handled again after a kill, it may still be taken."""
        answers = [self._world.state.answers.get(tap) for tap in taps]
        return any(answer is not None and answer.text == texts.OVER for answer in answers)

    async def _dealt_with(self, taps: list[str]) -> None:
        """Wait until the bot confirmed these taps: before that, each may be handled again."""
        state = self._world.state

        def confirmed() -> bool:
            return not {tap["id"] for tap in state.queue.waiting("callback_query")} & {*taps}

        # Asked again soon: a bot that fetches confirms without a beat that comes after it.
        for _ in iter(confirmed, True):
            await state.pulse.until(UPDATES, confirmed, 0.1)

    def _confirmed(self, tap: Tap, value: str | None) -> None:
        """An option, by its code, or words; None for a skip. A path that is left by it goes."""
        dialogue = self._dialogues[tap.dialogue]
        question = next(q for q in dialogue.questions.values() if code(q.id) == tap.question)
        option = next((o.id for o in question.options if code(o.id) == value), value)
        self.given.pop((dialogue.id, question.id), None)
        if option is not None:
            self.given[dialogue.id, question.id] = option
        here = {
            q: engine.TEXT if dialogue.questions[q].text else v
            for (d, q), v in self.given.items()
            if d == dialogue.id
        }
        path = engine.path(dialogue, self._role, here)
        self.given = {(d, q): v for (d, q), v in self.given.items() if d != dialogue.id or q in path}


def _tap_of(message: Message) -> Tap | None:
    """Which question this message asks, by its first button."""
    buttons = [button for row in message.keyboard for button in row]
    return render.decode(buttons[0].data) if buttons and not message.deleted else None
