"""What someone sees with /gegevens: all that is kept about them, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot import texts
from bot.handlers.preferences import UNTIL_I_SAY, consent_lines, summary
from bot.house import House
from dialogues.tree import Dialogue
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
        return f"{texts.ROUND.format(number=self.kept.slot.round + 1)} – {self.asked} {self.said}"


def describe(house: House, person: Participant) -> str:
    """Everything about one person in one team: contact, choices, what was sent, and their own answers."""
    team = house.team(person)
    period = house.store.answers.open_period(person.team)
    parts = ["\n".join((texts.DATA_HEAD.format(team=team.name), *_about(house, person)))]
    if period is not None and person.role is not None:
        parts += [_sent(house, person, period), _answers(house, person, period)]
        parts.append(texts.DATA_FOOT.format(closes=f" ({house.closes_in_words(period)})"))
    return "\n\n".join(parts)


def _about(house: House, person: Participant) -> Iterator[str]:
    lines = texts.DATA_LINES
    yield lines["chat"]
    if person.role:
        yield lines["role"].format(value=texts.ROLE_NAMES[person.role])
    if person.next_role:
        yield lines["next_role"].format(value=texts.ROLE_NAMES[person.next_role])
    if person.coordinator:
        yield lines["coordinator"]
    if not person.active:
        yield lines[f"state_{person.state}"]
    yield lines["language"]
    yield lines["joined"].format(value=house.day_in_words(person.joined_on))
    if person.role:
        yield lines["rhythm"].format(value=summary(person))
    if person.consented_on is not None:
        on = house.day_in_words(person.consented_on)
        yield lines["consent"].format(value=on, version=person.consent_version)
        yield consent_lines(person)
    if person.paused_until == UNTIL_I_SAY:
        yield lines["pause_open"]
    elif person.paused_until is not None:
        yield lines["pause"].format(value=house.day_in_words(person.paused_until))
    yield lines["unanswered"].format(value=person.unanswered)


def _sent(house: House, person: Participant, period: Period) -> str:
    try:
        diary = house.store.agenda.diary(person.team, period.number)
    except PeriodClosedError:
        return texts.DATA_NOTHING_SENT
    errands = diary.sent(person.id)
    if not errands:
        return texts.DATA_NOTHING_SENT
    lines = [texts.DATA_SENT]
    for errand in errands:
        title = _title(house, period, errand.dialogue) if errand.dialogue else texts.NOTICE_TITLE
        lines.append(f"• {house.day_in_words(errand.day)}: {title}")
    waiting = diary.open_prompts(person.id)
    if waiting:
        titles = ", ".join(_title(house, period, dialogue) for dialogue in waiting)
        lines.append(texts.DATA_OPEN.format(titles=titles))
    return "\n".join(lines)


def _answers(house: House, person: Participant, period: Period) -> str:
    try:
        answers = given(house, person, period)
        expected = house.store.intake.expected_text(person, period, house.now())
    except PeriodClosedError:
        return texts.DATA_NO_ANSWERS
    lines = [texts.DATA_ANSWERS, *(texts.DATA_ANSWER.format(line=answer.line()) for answer in answers)]
    if not answers:
        lines = [texts.DATA_NO_ANSWERS]
    if expected:
        lines.append(texts.DATA_WAITING.format(title=_title(house, period, expected[0].dialogue)))
    return "\n".join(lines)


def given(house: House, person: Participant, period: Period) -> list[Given]:
    """Every answer of this person in the open period, as this person was asked it. Raises PeriodClosedError."""
    return [_given(house, person, period, kept) for kept in house.store.intake.all_given(person, period)]


def _given(house: House, person: Participant, period: Period, kept: Kept) -> Given:
    slot = kept.slot
    dialogue = house.shelf.look(period, slot.dialogue)
    question = dialogue.questions.get(slot.question) if dialogue else None
    option = question.option(kept.value) if question and kept.kind == "choice" else None
    asked = question.ask[person.role or ""] if question else slot.question
    said = option.say[person.role or ""] if option else f"‘{kept.value}’"
    return Given(kept, dialogue, asked, said)


def _title(house: House, period: Period, name: str) -> str:
    dialogue = house.shelf.look(period, name)
    return dialogue.title if dialogue else name
