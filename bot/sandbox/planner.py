"""The demo's coordinator plans two things in the team's group, by tapping and typing like anybody else."""

from __future__ import annotations

from functools import partial

from bot.sandbox.model import Chat, Message, User
from bot.sandbox.sayings import OWN_REMINDER
from bot.sandbox.world import World
from bot.wording import planning_texts as texts

QUESTION = "Even bellen"
WITHIN = 30.0
"""Seconds for one answer of the bot: in a group it says no more than twenty things a minute."""


class Planner:
    """One person in one group."""

    def __init__(self, world: World, group: Chat, user: User) -> None:
        self._world = world
        self._group = group
        self._user = user

    async def plan(self) -> None:
        """A question every two weeks, and words of their own every month. Raises TimeoutError and LookupError."""
        message = await self._say("/plan")
        await self._tap(message, QUESTION, texts.EVERY["fortnightly"], "Dinsdag", "11:00", texts.RIGHT)
        message = await self._say("/plan")
        newest = max(self._group.by_id)
        await self._tap(message, texts.OWN_TEXT)
        prompt = await self._world.next_message(self._group, after=newest, within=WITHIN)
        message = await self._say(OWN_REMINDER, prompt)
        await self._tap(message, texts.EVERY["monthly"], texts.FIRST_WEEKDAY.format(day="maandag"), "09:00")
        await self._tap(message, texts.RIGHT)

    async def _say(self, words: str, reply_to: Message | None = None) -> Message:
        newest = self._world.say(self._user, self._group, words, reply_to).id
        return await self._world.next_message(self._group, after=newest, within=WITHIN)

    async def _tap(self, message: Message, *labels: str) -> None:
        """One after another, each as soon as its button is there."""
        for label in labels:
            await self._world.until(self._group, partial(_offers, message, label), WITHIN)
            await self._world.tap(self._user, message, label).answered(WITHIN)


def _offers(message: Message, label: str) -> bool:
    """Whether it has a button with this label now."""
    return label in message.labels
