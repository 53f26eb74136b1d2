"""One reminder at most of a question that nobody tapped: days later, in the person's own part of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot import render
from bot.handlers import answering
from bot.house import House
from bot.render import Button, Screen
from bot.schedule.due import may_be_asked
from bot.schedule.look import Look
from bot.wording import silence_texts
from storage.diary import PROMPT_LASTS, Diary
from storage.errands import AGAIN, Errand
from storage.intake import Desk
from storage.participant import Participant

AFTER = timedelta(days=2)
"""How long after its question a reminder comes."""
UNTIL = timedelta(days=4)
"""A free day and a server that was off put it off, up to so long after its question."""


def due(look: Look, parts: frozenset[str]) -> Iterator[Errand]:
    """The reminders that belong to these parts of today, of which all else that is due was planned before."""
    if look.asks_nothing or look.today in look.free:
        return
    for participant in look.diary.asked_between(look.today - UNTIL, look.today - AFTER):
        person = look.house.store.contacts.get(participant)
        if person is not None and person.rhythm.daypart in parts:
            yield from _for_person(look, person)


def _for_person(look: Look, person: Participant) -> Iterator[Errand]:
    question = _untouched(look.diary, person)
    dialogue = look.house.shelf.look(look.period, question.dialogue or "") if question else None
    if question is None or dialogue is None or question.round != look.period.round_at(look.now):
        return
    in_time = AFTER <= look.today - question.day <= UNTIL
    again = look.errand(person, f"{AGAIN}{question.occasion}", question.dialogue)
    alone = look.new(person, again.occasion) and not look.diary.prompted_on(person.id, look.today)
    if in_time and alone and person.reminders and may_be_asked(look.house, person, dialogue):
        yield again


def wanted(house: House, errand: Errand, person: Participant) -> bool:
    """Whether this reminder still makes sense now that its turn has come: no tap, no newer question, not off."""
    question = _untouched(house.store.agenda.diary(errand.team, errand.period), person)
    return person.reminders and question is not None and errand.occasion == f"{AGAIN}{question.occasion}"


def screen(house: House, desk: Desk) -> Screen:
    """The question with its buttons, as it was asked, and a way to be reminded no more."""
    answering.wait_for_words(house, desk, desk.dialogue.core)
    team = house.team(desk.person)
    place = answering.place_of(team, desk)
    question = render.ask(place, desk.dialogue.core, team_name=f"{team.name}\n\n{silence_texts.REMINDER}")
    never = Button(silence_texts.NO_REMINDERS, place.tap(render.NO_REMINDERS, desk.dialogue.core))
    return Screen(question.text, (*question.buttons, never))


def _untouched(diary: Diary, person: Participant) -> Errand | None:
    """The last question that went to this person, if it lies open and they asked for none themselves since."""
    sent = [errand for errand in diary.sent(person.id) if errand.dialogue is not None]
    asked = [errand for errand in sent if not errand.is_reminder]
    day = max((errand.day for errand in asked), default=None)
    last = [errand for errand in asked if errand.day == day]
    if not last or any(errand.occasion.startswith("checkin:") for errand in last):
        return None
    question = max(last, key=lambda errand: errand.occasion)
    lies_open = diary.open_prompts(person.id).get(question.dialogue or "") == question.day + PROMPT_LASTS
    return question if lies_open else None
