"""What someone sees with /gegevens: all that is kept about them, in words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.handlers.preferences import UNTIL_I_SAY, consent_lines, summary
from bot.house import House
from bot.wording import planned, rights_texts, texts
from dialogues.dates import dutch_moment
from dialogues.tree import Dialogue
from storage.anonymise import Slot
from storage.answers import Kept, Period, PeriodClosedError
from storage.participant import Participant


@dataclass(frozen=True, slots=True)
class Given:
    """One answer with its question in words; `dialogue` is None when its version can't be read any more."""

    kept: Kept = field(repr=False)
    dialogue: Dialogue | None
    asked: str
    said: str = field(repr=False)

    def line(self) -> str:
        """Round, question and answer."""
        return f"{rights_texts.ROUND.format(number=self.kept.slot.round + 1)} – {self.asked} {self.said}"


def describe(house: House, person: Participant) -> str:
    """Everything about one person in one team: contact, choices, what was sent, and their own answers."""
    team = house.team(person)
    head = rights_texts.DATA_HEAD.format(team=team.name)
    parts = ["\n".join((head, *_about(house, person)))]
    period = house.store.answers.open_period(person.team)
    if period is not None:
        with contextlib.suppress(PeriodClosedError):
            parts += [_sent(house, person, period), _answers(house, person, period)]
        parts.append(rights_texts.DATA_FOOT.format(closes=f" ({house.closes_in_words(period)})"))
        parts += [rights_texts.DATA_RELEASED] if period.number > 1 else []
    return "\n\n".join([*parts, *_planned(house, person), *_tries(house, person.chat)])


def nothing_else(house: House, chat: int) -> str:
    """For somebody who takes part nowhere: nothing, or that wrong codes were tried."""
    return "\n".join(_tries(house, chat)) or rights_texts.DATA_NONE


def _about(house: House, person: Participant) -> Iterator[str]:
    lines, names = rights_texts.DATA_LINES, texts.ROLE_NAMES
    yield lines["chat"]
    yield lines["ids"]
    yield lines[f"state_{person.state}"]
    yield lines["role"].format(value=names[person.role]) if person.role else lines["no_role"]
    if person.next_role:
        yield lines["next_role"].format(value=names[person.next_role])
    if person.coordinator:
        yield lines["coordinator"]
    yield lines["language"].format(value=rights_texts.LANGUAGES.get(person.language, person.language))
    yield lines["joined"].format(value=house.day_in_words(person.joined_on))
    yield lines["rhythm"].format(value=summary(person))
    yield from _consent(house, person)
    if person.paused_until == UNTIL_I_SAY:
        yield lines["pause_open"]
    elif person.paused_until is not None:
        yield lines["pause"].format(value=house.day_in_words(person.paused_until))
    yield lines["unanswered"].format(value=person.unanswered)
    if person.silent:
        yield lines["silent"]
    yield lines["idle"].format(value=person.idle_closings)


def _consent(house: House, person: Participant) -> Iterator[str]:
    if person.consented_on is not None:
        on = house.day_in_words(person.consented_on)
        yield rights_texts.DATA_LINES["consent"].format(value=on, version=person.consent_version)
    yield consent_lines(person)
    if person.asked_version is not None:
        yield rights_texts.DATA_LINES["asked"].format(value=person.asked_version)


def _planned(house: House, person: Participant) -> Iterator[str]:
    """What this person planned in the team's group."""
    plans = house.store.plans.made_by(person.team, person.id)
    known = house.shelf.latest
    lines = [
        f"• {planned.what(plan, known)} – {planned.how_often(plan.recurrence, house.today())}" for plan in plans
    ]
    if lines:
        yield "\n".join([rights_texts.DATA_PLANNED, *lines])


def _tries(house: House, chat: int) -> Iterator[str]:
    tried = house.store.invitations.tries_on_record(chat)
    if tried is not None:
        yield rights_texts.DATA_TRIES.format(number=tried[0], day=house.day_in_words(tried[1]))


def _sent(house: House, person: Participant, period: Period) -> str:
    diary = house.store.agenda.diary(person.team, period.number)
    history = diary.history(person.id)
    if not history:
        return rights_texts.DATA_NOTHING_SENT
    lines = [rights_texts.DATA_SENT]
    for errand, state in history:
        kind = errand.occasion.partition(":")[0]
        title = _title(house, period, errand.dialogue) if errand.dialogue else rights_texts.NOTICE_TITLES.get(kind)
        lines.append(
            rights_texts.DATA_MESSAGE.format(
                day=house.day_in_words(errand.day),
                round=rights_texts.ROUND.format(number=errand.round + 1),
                title=title or rights_texts.NOTICE_TITLE,
                why=rights_texts.WHY_SENT.get(kind, ""),
                state=rights_texts.SENT_STATES[state],
            )
        )
    for dialogue, until in diary.open_prompts(person.id).items():
        title = _title(house, period, dialogue)
        lines.append(rights_texts.DATA_OPEN.format(title=title, until=house.day_in_words(until)))
    return "\n".join(lines)


def _answers(house: House, person: Participant, period: Period) -> str:
    answers = given(house, person, period)
    lines = [rights_texts.DATA_ANSWERS] if answers else [rights_texts.DATA_NO_ANSWERS]
    for answer in answers:
        kind = rights_texts.ANSWER_KINDS[answer.kept.kind]
        lines.append(rights_texts.DATA_ANSWER.format(line=answer.line(), kind=kind))
    expected = house.store.intake.expected_text(person, period, house.now())
    if expected is not None:
        slot, until = expected
        asked, _ = _question(house, person, period, slot)
        number = rights_texts.ROUND.format(number=slot.round + 1)
        until_then = dutch_moment(house.local(until), today=house.today())
        lines.append(rights_texts.DATA_WAITING.format(round=number, asked=asked, until=until_then))
    return "\n".join(lines)


def given(house: House, person: Participant, period: Period) -> list[Given]:
    """Every answer of this person in the open period, as this person was asked it. Raises PeriodClosedError."""
    return [_given(house, person, period, kept) for kept in house.store.intake.all_given(person, period)]


def _given(house: House, person: Participant, period: Period, kept: Kept) -> Given:
    asked, dialogue = _question(house, person, period, kept.slot)
    question = dialogue.questions.get(kept.slot.question) if dialogue else None
    option = question.option(kept.value) if question and kept.kind == "choice" else None
    said = option.say.get(person.role or "") if option else None
    return Given(kept, dialogue, asked, said or f"‘{kept.value}’")


def _question(house: House, person: Participant, period: Period, slot: Slot) -> tuple[str, Dialogue | None]:
    """A question as this person was asked it, or its name when its dialogue can't be read any more."""
    dialogue = house.shelf.look(period, slot.dialogue)
    question = dialogue.questions.get(slot.question) if dialogue else None
    asked = question.ask.get(person.role or "") if question else None
    return asked or slot.question, dialogue


def _title(house: House, period: Period, name: str) -> str:
    dialogue = house.shelf.look(period, name)
    return dialogue.title if dialogue else name
