"""What someone sees with /gegevens: all that is kept about them, in words."""

from __future__ import annotations

from collections.abc import Iterator

from bot import texts
from bot.handlers.preferences import UNTIL_I_SAY, consent_lines, summary
from bot.house import House
from storage.answers import Kept, Period, PeriodClosedError
from storage.contacts import Participant


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
    errands = house.store.agenda.sent(person.id)
    if not errands:
        return texts.DATA_NOTHING_SENT
    lines = [texts.DATA_SENT]
    for errand in errands:
        title = _title(house, period, errand.dialogue) if errand.dialogue else texts.NOTICE_TITLE
        lines.append(f"• {house.day_in_words(errand.day)}: {title}")
    waiting = house.store.agenda.open_prompts(person.id)
    if waiting:
        titles = ", ".join(_title(house, period, dialogue) for dialogue in waiting)
        lines.append(texts.DATA_OPEN.format(titles=titles))
    return "\n".join(lines)


def _answers(house: House, person: Participant, period: Period) -> str:
    try:
        given = house.store.intake.all_given(person, period)
        expected = house.store.intake.expected_text(person, period, house.now())
    except PeriodClosedError:
        return texts.DATA_NO_ANSWERS
    lines = [texts.DATA_ANSWERS, *(_answer(house, person, period, kept) for kept in given)]
    if not given:
        lines = [texts.DATA_NO_ANSWERS]
    if expected:
        lines.append(texts.DATA_WAITING.format(title=_title(house, period, expected[0].dialogue)))
    return "\n".join(lines)


def _answer(house: House, person: Participant, period: Period, kept: Kept) -> str:
    """One answer with its question, as this person was asked it."""
    slot = kept.slot
    dialogue = house.shelf.look(period, slot.dialogue)
    question = dialogue.questions.get(slot.question) if dialogue else None
    option = question.option(kept.value) if question and kept.kind == "choice" else None
    asked = question.ask[person.role or ""] if question else slot.question
    said = option.say[person.role or ""] if option else f"‘{kept.value}’"
    return f"• {texts.ROUND.format(number=slot.round + 1)} – {asked} {said}"


def _title(house: House, period: Period, name: str) -> str:
    dialogue = house.shelf.look(period, name)
    return dialogue.title if dialogue else name
