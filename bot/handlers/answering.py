"""Answering: taps under a question, and /checkin. Stored first, then shown, then the next question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot import render
from bot.house import House
from bot.incoming import Press
from bot.network.pace import NEEDED
from bot.render import Place, Screen, Tap
from bot.wording import texts
from dialogues import engine
from dialogues.help import help_card
from dialogues.short import code
from dialogues.tree import Question
from storage.answers import Period, PeriodClosedError
from storage.intake import Desk
from storage.participant import Participant
from storage.schema import writing
from storage.teams import Team

WORDS_WAIT = timedelta(hours=24)
"""How long a person's next words count as the answer to a question that takes words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that lies before a person now, checked: nothing a button said is believed before this."""

    desk: Desk
    question: Question
    team: Team

    @property
    def place(self) -> Place:
        """Where its buttons belong."""
        return place_of(self.team, self.desk)

    @property
    def heading(self) -> str:
        """The first question of a dialogue says which team asks."""
        return self.team.name if self.question.id == self.desk.dialogue.start else ""


def place_of(team: Team, desk: Desk) -> Place:
    """What the buttons of a desk's questions carry."""
    return Place(team.code, desk.period.number, desk.round, desk.dialogue, desk.role)


def find(house: House, chat: int, tap: Tap) -> Asked | None:
    """The question that this tap is about, or None when it is forged, over, or not this person's."""
    try:
        return _find(house, chat, tap)
    except PeriodClosedError:
        return None


def _find(house: House, chat: int, tap: Tap) -> Asked | None:
    person = house.person(chat, tap.team)
    desk = desk_of(house, person, tap.period, tap.round, tap.dialogue) if person else None
    if desk is None:
        return None
    question = next((q for q in desk.dialogue.questions.values() if code(q.id) == tap.question), None)
    if question is None or not house.store.intake.open_to(desk, question.id):
        return None
    return Asked(desk, question, house.team(desk.person))


def desk_of(house: House, person: Participant, period: int, round_number: int, dialogue_code: str) -> Desk | None:
    """This person's desk for a dialogue that they were asked in this very round; None otherwise."""
    current = house.store.answers.open_period(person.team)
    if current is None or current.number != period or current.round_at(house.now()) != round_number:
        return None
    dialogue = house.shelf.by_code(current, dialogue_code)
    if dialogue is None or person.role not in dialogue.roles or not person.active:
        return None
    if not house.store.agenda.diary(person.team, period).may_have_come(person.id, dialogue.id, round_number):
        return None
    return Desk(person, person.role, current, round_number, dialogue)


def reacted(house: House, asked: Asked) -> None:
    """Any tap will do: nobody is waited for, and the count of unanswered prompts starts again.

    After the answer is stored, never before: contacts.db is written second.
    """
    desk = asked.desk
    with writing(house.store.contacts.db):
        diary = house.store.agenda.diary(desk.period.team, desk.period.number)
        diary.close_prompt(desk.person.id, desk.dialogue.id, desk.round)
        house.store.contacts.heard(desk.person.id)


async def choose(house: House, press: Press, tap: Tap, asked: Asked) -> None:
    """A tapped option."""
    option = next((o for o in asked.question.options if code(o.id) == tap.option), None)
    if option is None:
        raise engine.IllegalMoveError("no such option")
    house.store.intake.choose(asked.desk, asked.question.id, option.id)
    label = texts.CHOSEN.format(choice=option.say[asked.desk.role])
    await show(house, press, asked, label, engine.Choice(option.id))


async def skip(house: House, press: Press, tap: Tap, asked: Asked) -> None:
    """*Sla over*."""
    typed = asked.question.text and asked.question.id in house.store.intake.given(asked.desk)
    house.store.intake.skip(asked.desk, asked.question.id)
    label = f"{texts.SKIPPED}. {texts.WORDS_GONE}" if typed else texts.SKIPPED
    await show(house, press, asked, label, engine.Skip())


async def show_help(house: House, press: Press) -> None:
    """*Hulp nodig?*: whom to call, under any question, however old."""
    tap = render.decode(press.data)
    person = house.person(press.chat, tap.team) if tap else None
    asked = find(house, press.chat, tap) if tap else None
    if asked is not None:
        reacted(house, asked)
    await house.sender.answer(press.callback)
    number = house.team(person).huisartsenpost if person else None
    await house.sender.send(press.chat, Screen(help_card(number)), turn=NEEDED)


async def change(house: House, press: Press, tap: Tap, asked: Asked) -> None:
    """Put the question back; nothing is removed until another answer comes."""
    reacted(house, asked)
    await house.sender.answer(press.callback)
    wait_for_words(house, asked.desk, asked.question)
    screen = render.ask(asked.place, asked.question, team_name=asked.heading)
    await house.sender.edit(press.chat, press.message, screen)


async def show(house: House, press: Press, asked: Asked, label: str, reply: engine.Reply) -> None:
    """After storing: the message shows the choice and offers to change it; then comes what follows."""
    reacted(house, asked)
    await house.sender.answer(press.callback)
    done = render.answered(asked.place, asked.question, label, team_name=asked.heading)
    await house.sender.edit(press.chat, press.message, done)
    step = engine.answer(asked.desk.dialogue, asked.desk.role, asked.question.id, reply)
    if step.question is None:
        await house.sender.send(press.chat, render.end(step.end, asked.desk.role, asked.team.contact))
        return
    wait_for_words(house, asked.desk, step.question)
    await house.sender.send(press.chat, render.ask(asked.place, step.question))


def wait_for_words(house: House, desk: Desk, question: Question) -> None:
    """Where a question takes words, the person's next message is its answer, for a day."""
    if question.text:
        house.store.intake.expect_text(desk, question.id, house.now() + WORDS_WAIT)


async def checkin(house: House, person: Participant) -> None:
    """/checkin: the first question of this round that this person has not answered, now."""
    team = house.team(person)
    period = house.store.answers.open_period(team.id)
    if person.role is None:
        await house.sender.send(person.chat, Screen(texts.NO_ROLE.format(team=team.name)))
        return
    if period is None or not house.ready(team):
        await house.sender.send(person.chat, Screen(texts.NOT_READY.format(team=team.name)))
        return
    desks = _unanswered(house, person, person.role, period)
    diary = house.store.agenda.diary(team.id, period.number)
    asked = diary.asked(person.id, period.round_at(house.now()))
    # What was asked before and skipped comes after what was not asked yet.
    waiting = diary.open_prompts(person.id)
    desks.sort(key=lambda desk: desk.dialogue.id in asked and desk.dialogue.id not in waiting)
    if desks:
        await ask_now(house, desks[0])
    else:
        await house.sender.send(person.chat, Screen(texts.ALL_DONE))


def _unanswered(house: House, person: Participant, role: str, period: Period) -> list[Desk]:
    """This round's dialogues whose core question this person has not answered, in the programme's order."""
    round_number, in_turn = period.round_at(house.now()), house.in_turn(period, role)
    desks = [Desk(person, role, period, round_number, dialogue) for dialogue in in_turn.values()]
    return [desk for desk in desks if desk.dialogue.start not in house.store.intake.given(desk)]


async def ask_now(house: House, desk: Desk) -> None:
    """Ask at a person's own request; on the books, so that the rhythm does not ask it again this round."""
    person, period = desk.person, desk.period
    house.shelf.take(period, desk.dialogue.id)
    occasion = f"checkin:{desk.round}:{desk.dialogue.id}"
    errand = house.errand(person, period, occasion, desk.dialogue.id)
    diary = house.store.agenda.diary(person.team, period.number)
    # Together: a question that is on the books but does not lie open would come after all others.
    with writing(house.store.contacts.db):
        diary.add([errand])
        diary.mark(errand, "sent")
        diary.open_prompt(person.id, desk.dialogue.id, desk.round, house.today())
    await house.sender.send(person.chat, opening(house, desk))


def opening(house: House, desk: Desk) -> Screen:
    """The core question of a dialogue, as a person meets it."""
    team = house.team(desk.person)
    wait_for_words(house, desk, desk.dialogue.core)
    return render.ask(place_of(team, desk), desk.dialogue.core, team_name=team.name)
