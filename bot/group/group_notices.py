"""What coordinators hear in private about the team's group: the moment was set there, or the bot is out of it."""

from __future__ import annotations

from bot.house import House
from bot.network.pace import Turn
from bot.render import Screen
from bot.wording import planning_texts as texts
from dialogues.dates import dutch_moment
from storage.answers import Period
from storage.errands import Errand
from storage.participant import Participant

MOMENT_SET, NO_GROUP = "moment-set", "no-group"
"""The first word of an occasion."""


def tell_coordinators(house: House, team: str, occasion: str, but: Participant | None = None) -> None:
    """Plan a notice for every coordinator of this team, except for the one who did it themselves."""
    period = house.store.answers.open_period(team)
    if period is None:
        return
    others = [person for person in house.store.contacts.coordinators(team) if but is None or person.id != but.id]
    # To the minute: what is changed, and changed back later, is told twice.
    name = f"{occasion}:{house.local(house.now()):%Y%m%dT%H%M}"
    house.store.agenda.add([house.errand(person, period, name, None) for person in others if person.active])


def is_coordinator(_: House, person: Participant) -> bool:
    """Whether this person still coordinates the team."""
    return person.coordinator and person.active


async def say_moment(house: House, errand: Errand, person: Participant, period: Period, turn: Turn) -> None:
    """When the moment is now: that of the open period, or of the one that closed."""
    at = house.store.agenda.moment(period.team, int(errand.occasion.split(":")[1]))
    text = texts.MOMENT_GONE_NOTICE
    if at is not None:
        text = texts.MOMENT_SET_NOTICE
    moment = dutch_moment(house.local(at), today=house.today()) if at else ""
    text = text.format(team=house.team(person).name, moment=moment)
    await house.sender.send(person.chat, Screen(text), turn=turn)


def is_still_out(house: House, person: Participant) -> bool:
    """Whether the team has no group now, and something that waits for one."""
    out = house.store.groups.chat_of(person.team) is None
    return is_coordinator(house, person) and out and bool(house.store.plans.of_team(person.team))


async def say_no_group(house: House, _: Errand, person: Participant, __: Period, turn: Turn) -> None:
    """What is planned waits."""
    text = texts.NO_GROUP_NOTICE.format(team=house.team(person).name)
    await house.sender.send(person.chat, Screen(text), turn=turn)
