"""For whoever lets questions go by: an offer to ask less often, and after four in a row a pause."""

from __future__ import annotations

from bot.house import House
from bot.network.pace import Turn
from bot.render import Button, Screen
from bot.wording import silence_texts, texts
from dialogues.rhythm import MOMENT, slower
from storage.answers import Period
from storage.diary import Diary
from storage.errands import OFFER, PAUSE, Errand
from storage.participant import MAX_UNANSWERED, Participant

OFFER_AT = 2
"""After so many prompts in a row that were not tapped, somebody is offered fewer."""

_REACHED = {OFFER_AT: OFFER, MAX_UNANSWERED: PAUSE}


def count(house: House, period: Period, diary: Diary, participant: bytes) -> None:
    """One more prompt went by; plans what is said at two and at four. In a transaction of the caller's.

    Planned here and not by looking at the count, so that it is said once each time the count gets there.
    """
    person = house.store.contacts.add_unanswered(participant)
    if person is not None and person.unanswered in _REACHED:
        occasion = f"{_REACHED[person.unanswered]}{house.today().isoformat()}"
        diary.add([house.errand(person, period, occasion, None)])


def may_get_offer(house: House, person: Participant) -> bool:
    """Still silent but not yet paused, with a rhythm that can be slower."""
    fewer = OFFER_AT <= person.unanswered < MAX_UNANSWERED and person.rhythm.every != MOMENT
    return fewer and person.consent_rhythm and _is_here(house, person)


def is_paused(house: House, person: Participant) -> bool:
    """Let four prompts in a row go by, and did not react since."""
    return person.silent and _is_here(house, person)


async def say_offer(house: House, _: Errand, person: Participant, __: Period, turn: Turn) -> None:
    """The next slower rhythm, a break, or nothing of all that: buttons as those of /settings."""
    team, every = house.team(person), slower(person.rhythm.every)
    buttons = (
        Button(texts.EVERY[every], f"i.{team.code}.e.{every}"),
        Button(texts.SET_PAUSE, f"m.{team.code}.b"),
        Button(silence_texts.LEAVE_IT, f"m.{team.code}.k"),
    )
    text = silence_texts.ASK_LESS.format(team=team.name)
    # What that button means stands under it where somebody chose a rhythm before.
    text = f"{text}\n\n{texts.EVERY_HINT}" if every == MOMENT else text
    await house.sender.send(person.chat, Screen(text, buttons), turn=turn)


async def say_pause(house: House, _: Errand, person: Participant, __: Period, turn: Turn) -> None:
    """That no question comes any more, and how they begin again."""
    team = house.team(person)
    screen = Screen(silence_texts.SILENT.format(team=team.name), (Button(texts.RESUME, f"p.{team.code}.x"),))
    await house.sender.send(person.chat, screen, turn=turn)


def _is_here(house: House, person: Participant) -> bool:
    return person.active and person.role is not None and not person.paused(house.today())
