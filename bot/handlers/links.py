"""The link below a question in the group: it asks that question in somebody's own chat, when it is for them."""

from __future__ import annotations

from bot import agreement
from bot.handlers.answering import ask_now
from bot.house import House
from bot.render import Button, Screen
from bot.wording import planning_texts as texts
from bot.wording import texts as other_texts
from dialogues.short import code
from storage.answers import Period
from storage.intake import Desk
from storage.participant import Participant
from storage.teams import Team

QUESTION = "vraag"
"""The first word of what such a link carries; no invitation begins like this."""


def link(bot_name: str, team: Team, dialogue: str) -> str:
    """The address of a question, for whoever taps on it."""
    return f"https://t.me/{bot_name}?start={QUESTION}_{team.code}_{code(dialogue)}"


def is_link(argument: str) -> bool:
    """Whether somebody came through such a link."""
    return argument.startswith(f"{QUESTION}_")


async def follow(house: House, chat: int, argument: str) -> None:
    """Ask the question, or say kindly why not. What a link says is not believed: it is looked up for this chat."""
    _, team_code, dialogue_code, *_ = (*argument.split("_"), "", "")
    person = house.person(chat, team_code)
    screen = _refusal(house, person)
    period = house.store.answers.open_period(person.team) if person else None
    if screen is None and person is not None and period is not None:
        screen = await _ask(house, person, period, dialogue_code)
    if screen is not None:
        await house.sender.send(chat, screen)


def _refusal(house: House, person: Participant | None) -> Screen | None:
    if person is None:
        return Screen(other_texts.NO_INVITATION)
    team = house.team(person)
    if not person.active:
        again = Button(other_texts.CONSENT, f"b.{team.code}")
        return Screen(other_texts.REJOIN.format(team=team.name), (again,))
    if not agreement.agreed(person):
        return agreement.ask_again(team, person)
    if person.role is None:
        return Screen(other_texts.NO_ROLE.format(team=team.name))
    if not house.ready(team) or house.store.answers.open_period(team.id) is None:
        return Screen(other_texts.NOT_READY.format(team=team.name))
    return None


async def _ask(house: House, person: Participant, period: Period, dialogue_code: str) -> Screen | None:
    known = house.shelf.in_use(period)
    dialogue = next((one for one in known.values() if code(one.id) == dialogue_code), None)
    if dialogue is None or person.role is None:
        return Screen(texts.LINK_OVER)
    if person.role not in dialogue.roles:
        return Screen(texts.LINK_NOT_FOR_YOU)
    desk = Desk(person, person.role, period, period.round_at(house.now()), dialogue)
    if dialogue.start in house.store.intake.given(desk):
        return Screen(texts.LINK_ANSWERED)
    await ask_now(house, desk)
    return None
