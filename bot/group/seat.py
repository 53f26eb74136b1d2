"""Who taps in a team's group, checked at every tap: the group's team, and what this person is in it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.house import House
from bot.incoming import Press
from bot.render import Screen
from bot.wording import planning_texts as texts
from dialogues.calendar import FreeDays
from dialogues.tree import Dialogue
from storage.participant import Participant
from storage.plans import Plan
from storage.teams import Team

PLANNER = "professional"
"""The role that may plan beside coordinators; the team's group is theirs."""


@dataclass(frozen=True, slots=True)
class Room:
    """A team's own group, with what is planned in it."""

    house: House
    chat: int
    team: Team

    @property
    def plans(self) -> list[Plan]:
        """What is planned here, by number."""
        return self.house.store.plans.of_team(self.team.id)

    @property
    def free(self) -> FreeDays:
        """The days on which nothing is sent here."""
        return self.house.free_days(self.team.id)

    @property
    def dialogues(self) -> dict[str, Dialogue]:
        """Everything that can be asked now, by id."""
        period = self.house.store.answers.open_period(self.team.id)
        return dict(self.house.shelf.in_use(period) if period else self.house.shelf.latest)


@dataclass(frozen=True, slots=True)
class Seat:
    """One tap in a team's group, by somebody who may do this."""

    room: Room
    person: Participant
    press: Press

    async def change(self, screen: Screen) -> None:
        """The message under which was tapped says this from now on."""
        await self.room.house.sender.answer(self.press.callback)
        await self.room.house.sender.edit(self.press.chat, self.press.message, screen)

    async def refuse(self, why: str) -> None:
        """A window that only the one who tapped sees; nothing changes."""
        await self.room.house.sender.answer(self.press.callback, why)


def room_of(house: House, chat: int) -> Room | None:
    """The room of this group, or None when it is no team's."""
    team = house.store.groups.team_of(chat)
    return Room(house, chat, house.store.teams.require(team)) if team is not None else None


def seat_of(house: House, press: Press, *, coordinators_only: bool) -> Seat | str:
    """This tap with who may do it, or what they are told, and nobody else.

    Whoever may not do it hears the same, whatever they are: that somebody is a naaste shows nowhere.
    """
    room = room_of(house, press.chat)
    if room is None:
        return texts.NO_TEAM
    person = allowed(room, press.user, coordinators_only=coordinators_only)
    if person is None:
        return texts.ONLY_COORDINATORS if coordinators_only else texts.NOT_YOURS
    return Seat(room, person, press)


def allowed(room: Room, user: int | None, *, coordinators_only: bool) -> Participant | None:
    """Who this is, when they may plan here or, with `coordinators_only`, change what is set; None otherwise."""
    person = room.house.person(user, room.team.code) if user is not None else None
    if person is None or not person.active:
        return None
    return person if person.coordinator or (person.role == PLANNER and not coordinators_only) else None
