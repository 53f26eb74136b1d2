"""Everything in a team's group but the link that makes it known: commands, buttons, answers to our messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.group import choosing, evaluating, freeing, planning
from bot.group.draft import OWN, Draft, read_words
from bot.group.seat import Room, Seat, allowed, room_of, seat_of
from bot.house import House
from bot.incoming import Note, Press
from bot.render import Screen
from bot.wording import planning_texts as texts
from bot.wording import texts as other_texts
from bot.wording.unread import in_words
from dialogues.calendar import MONTHLY, MONTHLY_WEEKDAY, day_of_month, nth_weekday
from dialogues.help import help_card, signals_danger
from dialogues.typed import MisreadError, read_day, read_day_of_month, read_nth_weekday, read_time, with_words
from storage.plans import MAX_TEXT

COMMANDS: Mapping[str, Callable[[Room, Note], Awaitable[None]]] = {
    "plan": planning.show,
    "evaluatie": evaluating.show,
    "vrij": freeing.show,
}

BUTTONS: Mapping[str, tuple[Callable[[Seat], Awaitable[None]], bool]] = {
    "plan": (planning.pressed, False),
    "eval": (evaluating.pressed, True),
    "vrij": (freeing.pressed, True),
}
"""By the first word of their data: who handles it, and whether it is for coordinators only."""


async def command(house: House, note: Note, *, name: str) -> None:
    """/plan, /evaluatie or /vrij: everybody in the group may look."""
    room = room_of(house, note.chat)
    if room is None:
        await house.sender.send(note.chat, Screen(texts.NO_TEAM))
    else:
        await COMMANDS[name](room, note)


async def in_private(house: House, note: Note) -> None:
    """The same commands in somebody's own chat: where they work; for a coordinator, whether there is a group."""
    said = texts.IN_THE_GROUP
    for person in house.people(note.chat):
        if person.coordinator and house.store.groups.chat_of(person.team) is None:
            said += texts.NO_GROUP_NOW.format(team=house.team(person).name)
    await house.sender.send(note.chat, Screen(said))


async def explain(house: House, note: Note) -> None:
    """/help in a group."""
    await house.sender.send(note.chat, Screen(texts.GROUP_HELP))


async def pressed(house: House, press: Press) -> None:
    """A tap in a group. Each is checked against the one who taps; a refusal shows to nobody else."""
    if press.kind not in BUTTONS:
        await house.sender.answer(press.callback, other_texts.GROUP_HELP)
        return
    handle, coordinators_only = BUTTONS[press.kind]
    seat = seat_of(house, press, coordinators_only=coordinators_only)
    if isinstance(seat, str):
        await house.sender.answer(press.callback, seat)
    else:
        await handle(seat)
        house.heard(press.user)


async def replied(house: House, note: Note) -> None:
    """An answer to a message of ours: used where that asked for words, of who may change what it is about.

    Of anybody else it is let go without a word: a refusal in the group would show who is no professional.
    """
    room = room_of(house, note.chat)
    if room is None or note.answers is None:
        return
    for answer, coordinators_only in READERS:
        if allowed(room, note.user, coordinators_only=coordinators_only) is None:
            continue
        screen = answer(room, note.answers, note.text.strip())
        if screen is not None:
            await house.sender.send(note.chat, screen)
            return


async def replied_without_words(house: House, note: Note) -> None:
    """The same with a picture or a sticker: whoever may answer is asked to type it. Its caption is not read."""
    await replied(house, replace(note, text=""))


def _planning(room: Room, asked: str, words: str) -> Screen | None:
    """The next screen of the wizard, or the same question with what is wrong; None when nothing was asked."""
    draft = read_words(asked, room.dialogues, room.house.today())
    ours = asked.partition(texts.TEXT_MARK)[0]
    question = next((one for one in texts.PLACEHOLDER if one in ours), None)
    if draft is None or question is None:
        return None
    if question == texts.TYPE_TEXT and signals_danger(words):
        # As everywhere: whom to call comes first, and the words are not kept.
        return Screen(f"{help_card(room.team.huisartsenpost)}\n\n{texts.NOT_PLANNED}")
    try:
        return planning.step(room, _filled(room, draft, question, with_words(words)))
    except MisreadError as misread:
        wrong = in_words(misread)
    except ValueError:
        wrong = texts.TOO_LONG_TEXT.format(count=len(words))
    return choosing.ask_to_type(draft, room.dialogues, question, wrong)


def _filled(room: Room, draft: Draft, question: str, words: str) -> Draft:
    """The draft with these words in it. Raises MisreadError, and ValueError for a text that is too long."""
    today = room.house.today()
    if question == texts.TYPE_TEXT:
        if len(words) > MAX_TEXT:
            raise ValueError
        return Draft(what=OWN, text=words)
    if question == texts.TYPE_TIME:
        return choosing.with_time(draft, read_time(words))
    if question == texts.TYPE_DAY_OF_MONTH:
        number, nth = read_day_of_month(words), read_nth_weekday(words)
        if number is not None:
            return choosing.with_day(draft, day_of_month(number, today), MONTHLY)
        if nth is not None:
            return choosing.with_day(draft, nth_weekday(*nth, today), MONTHLY_WEEKDAY)
        return choosing.with_day(draft, day_of_month(read_day(words, today).day, today), MONTHLY)
    return choosing.with_day(draft, read_day(words, today), draft.every)


READERS: Sequence[tuple[Callable[[Room, str, str], Screen | None], bool]] = (
    (_planning, False),
    (evaluating.typed, True),
    (freeing.typed, True),
)
"""Who makes something of typed words, and whether they are for coordinators only: as BUTTONS."""
