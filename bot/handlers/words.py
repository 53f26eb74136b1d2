"""Words that people type: made safe, shown to their author, and kept only after a yes."""

from __future__ import annotations

from datetime import datetime

from bot import agreement, render
from bot.handlers import answering, joining, plain
from bot.handlers.answering import Asked
from bot.house import House
from bot.incoming import Note, Press
from bot.render import Screen, Tap
from bot.wording import texts
from dialogues import engine
from dialogues.short import code
from storage.anonymise import Slot
from storage.answers import PeriodClosedError
from storage.intake import NotNowError
from storage.invitations import looks_like_code
from storage.masking import LIMIT, MaskingError
from storage.participant import Participant


async def typed(house: House, note: Note) -> None:
    """A message with words in a private chat."""
    people = house.people(note.chat)
    if await plain.helped(house, note):
        # Help comes first; then what was typed as an answer leaves the chat, as always.
        if _awaited(house, people) and (left := await _remove(house, note.chat, note.message)):
            await house.sender.send(note.chat, Screen(left))
        return
    asked = _awaited(house, people)
    known = looks_like_code(note.text) and house.store.invitations.look(note.text, house.today())
    if known or (looks_like_code(note.text) and asked is None):
        await joining.with_code(house, note.chat, note.text)
        return
    if asked is None:
        await _nobody_waits(house, note, people)
        return
    if not agreement.agreed(asked.desk.person):
        left = await _remove(house, note.chat, note.message)
        screen = agreement.ask_again(asked.team, asked.desk.person)
        await house.sender.send(note.chat, Screen(_joined(screen.text, left), screen.buttons))
        return
    await _propose(house, note, asked)


async def _nobody_waits(house: House, note: Note, people: list[Participant]) -> None:
    """Nothing is read or kept; whoever stopped can come back, and others hear whom to ask."""
    contacts = [contact for person in people if (contact := house.team(person).contact)]
    text = texts.NOT_WAITING.format(contact=contacts[0] if contacts else texts.NO_CONTACT)
    stopped = [] if people else house.store.contacts.of_chat(note.chat)
    other = joining.come_back(house, stopped[0]) if stopped else Screen(texts.NO_INVITATION)
    await house.sender.send(note.chat, Screen(text) if people else other)


async def _propose(house: House, note: Note, asked: Asked) -> None:
    """Show the author how it would be kept. What can't be kept leaves the chat at once."""
    too_long = len(note.text) > LIMIT
    words = None if too_long else await house.masker.made_safe(note.text, share=asked.question.share)
    if words is None:
        left = await _remove(house, note.chat, note.message)
        text = texts.TOO_LONG if too_long else texts.MASK_FAILED
        await house.sender.send(note.chat, Screen(_joined(text, left)))
        return
    screen = render.proposal(asked.place, asked.question, words)
    await house.sender.send(note.chat, screen, reply_to=note.message)


async def keep(house: House, press: Press, tap: Tap, asked: Asked) -> None:
    """`Zo is het goed`: store what the proposal says, and remove the original from the chat."""
    words = render.read_proposal(press.text or "", share=asked.question.share)
    if words is None:
        await again(house, press, asked, texts.PROPOSAL_GONE)
        return
    kept = house.store.intake.given(asked.desk).get(asked.question.id)
    # After a crash the same tap comes again: of words that are kept already nothing else may be said.
    before = kept is not None and kept.value != words
    # Asked again, in time and out of reach, before the gate at the door asks it here.
    safe = words if kept and not before else await house.masker.made_safe(words, share=asked.question.share)
    if safe != words:
        await again(house, press, asked, texts.MASK_FAILED)
        return
    try:
        house.store.intake.keep_text(asked.desk, asked.question.id, words, share=asked.question.share)
    except MaskingError:
        await again(house, press, asked, texts.MASK_FAILED)
        return
    label = texts.SHARED if asked.question.share else texts.KEPT
    label = f"{label} {texts.INSTEAD}" if before else label
    label = _joined(label, await _remove_original(house, press))
    await answering.show(house, press, asked, label, engine.Typed())


async def rephrase(house: House, press: Press, tap: Tap, asked: Asked) -> None:
    """*Anders zeggen*: nothing was stored; the next words count."""
    await again(house, press, asked, texts.SAY_AGAIN)


async def discard(house: House, press: Press, tap: Tap, asked: Asked) -> None:
    """*Toch niet*: the same as a skip."""
    house.store.intake.skip(asked.desk, asked.question.id)
    label = _joined(texts.DISCARDED, await _remove_original(house, press))
    await answering.show(house, press, asked, label, engine.Skip())


async def again(house: House, press: Press, asked: Asked, text: str) -> None:
    """Nothing was stored of these words; wait for others to the same question."""
    answering.reacted(house, asked)
    answering.wait_for_words(house, asked.desk, asked.question)
    await house.sender.answer(press.callback)
    text = _joined(text, await _remove_original(house, press))
    await house.sender.edit(press.chat, press.message, Screen(text))


def _awaited(house: House, people: list[Participant]) -> Asked | None:
    """The question that these words answer: of several teams, the one that asked last."""
    waiting: list[tuple[datetime, Asked]] = []
    for person in people:
        period = house.store.answers.open_period(person.team)
        try:
            expected = house.store.intake.expected_text(person, period, house.now()) if period else None
            asked = _find(house, person, expected[0]) if expected else None
        except (PeriodClosedError, NotNowError):
            continue
        if expected and asked:
            waiting.append((expected[1], asked))
    return max(waiting, key=lambda pair: pair[0])[1] if waiting else None


def _find(house: House, person: Participant, slot: Slot) -> Asked | None:
    team = house.team(person)
    tap = Tap(render.KEEP, team.code, slot.period, code(slot.dialogue), slot.round, code(slot.question))
    return answering.find(house, person.chat, tap)


async def _remove_original(house: House, press: Press) -> str:
    """Take what was typed out of the chat; the proposal, which replies to it, says which message that is."""
    if press.answers_to is not None:
        return await _remove(house, press.chat, press.answers_to)
    # Of an old proposal Telegram no longer says what it replied to; one that was removed before is no reply.
    return "" if press.text else texts.STILL_THERE


async def _remove(house: House, chat: int, message: int) -> str:
    """Take a message out of the chat, or say that its author has to: Telegram allows it for 48 hours."""
    return "" if await house.sender.delete(chat, message) else texts.STILL_THERE


def _joined(text: str, more: str) -> str:
    return f"{text}\n\n{more}" if more else text
