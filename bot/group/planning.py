"""/plan in a team's group: what is planned, and making something new. Nothing is stored before *Klopt*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.group import choosing, managing
from bot.group.calendar_file import as_ics
from bot.group.draft import OWN, PLAN, Draft, is_over, read_button, screen_text, title_of
from bot.group.seat import PLANNER, Room, Seat
from bot.incoming import Note
from bot.render import Button, Screen
from bot.wording import planned
from bot.wording import planning_texts as texts
from dialogues.programme import for_role
from dialogues.short import code
from dialogues.tree import Dialogue
from dialogues.typed import is_at_hand
from storage.plans import MOST, Plan, TooManyPlansError

AT_ONCE, A_PAGE = 2, 3
"""Dialogues on the first screen, and on each of those behind *Meer vragen*."""


async def show(room: Room, _: Note) -> None:
    """/plan: everything that is planned, and what can be."""
    await room.house.sender.send(room.chat, overview(room))


async def pressed(seat: Seat) -> None:
    """A tap of somebody who may plan here."""
    room, press = seat.room, seat.press
    action, number = press.part(0), press.part(1)
    draft = read_button(press.data, press.text)
    if draft is not None and draft.first is not None and not is_at_hand(draft.first, room.house.today()):
        draft = None
    if action in managing.ACTIONS and number.isdecimal():
        await managing.ACTIONS[action](seat, int(number))
    elif action == "o":
        await seat.change(overview(room))
    elif action == "m" and number.isdecimal():
        await seat.change(_more(room, int(number)))
    elif action == "i":
        await _send_file(seat)
    elif draft is not None and action in _STEPS:
        await _STEPS[action](seat, draft)
    else:
        await seat.refuse(texts.OVER)


def overview(room: Room) -> Screen:
    """What is planned, by number, and what can be planned."""
    house, plans = room.house, room.plans
    known, free, zone = room.dialogues, room.free, house.settings.zone
    lines = [planned.line(plan, known, house.now(), zone, free) for plan in plans] or [texts.LIST_EMPTY]
    offer = texts.LIST_NEW if len(plans) < MOST else texts.LIST_FULL.format(count=len(plans))
    buttons = []
    if len(plans) < MOST:
        buttons = [*map(_offer, offered(room)[:AT_ONCE])]
        buttons += [Button(texts.MORE, f"{PLAN}.m.0")] if len(offered(room)) > AT_ONCE else []
        buttons.append(Button(texts.OWN_TEXT, Draft(what=OWN).button("qt")))
    # At most five: where something is planned, the calendar file is behind *Aanpassen*.
    buttons.append(Button(texts.ADJUST, f"{PLAN}.l.0") if plans else managing.calendar_button())
    return Screen("\n\n".join([texts.LIST_HEAD, "\n".join(lines), offer]), tuple(buttons))


def offered(room: Room) -> list[Dialogue]:
    """What can be asked in the group: dialogues for professionals, except those that come by themselves."""
    known = room.dialogues
    return [known[name] for name in for_role(PLANNER, known)]


def _offer(dialogue: Dialogue) -> Button:
    return Button(planned.label(dialogue.title), Draft(what=code(dialogue.id)).button(choosing.SHOW))


def _more(room: Room, page: int) -> Screen:
    """The dialogues that did not fit on the first screen."""
    rest = offered(room)[AT_ONCE:]
    here: Sequence[Dialogue] = rest[page * A_PAGE : (page + 1) * A_PAGE]
    further = [Button(texts.MORE, f"{PLAN}.m.{page + 1}")] if len(rest) > (page + 1) * A_PAGE else []
    return Screen(texts.WHICH_QUESTION, (*map(_offer, here), *further, Button(texts.BACK, f"{PLAN}.o")))


def step(room: Room, draft: Draft, wrong: str = "") -> Screen:
    """What to choose next or, when all was chosen, the summary."""
    house = room.house
    draft = draft.settled(house.now(), house.settings.zone)
    if is_over(draft, house.now(), house.settings.zone):
        draft, wrong = replace(draft, first=None), texts.OVER_BY_NOW
    asked = choosing.ask_next(draft, room.dialogues, house.today(), wrong)
    if asked is not None:
        return asked
    made = plan_of(room, draft)
    said = planned.summary(made, house.now(), house.settings.zone, room.free) if made else ""
    if made is not None and draft.number:
        said = f"{planned.what(made, room.dialogues)}\n\n{said}"
    return choosing.ask_right(draft, room.dialogues, said)


def plan_of(room: Room, draft: Draft) -> Plan | None:
    """What this draft would be as a plan; None when its dialogue or the plan it moves is not there any more."""
    recurrence = draft.recurrence()
    dialogue = next((name for name, known in room.dialogues.items() if code(known.id) == draft.what), None)
    if recurrence is None:
        return None
    if draft.number:
        there = room.house.store.plans.get(room.team.id, draft.number)
        if there is not None and draft.what not in ("", there.mark):
            return None
        return replace(there, recurrence=recurrence, since=room.house.now(), skip=None) if there else None
    if dialogue is None and not (draft.what == OWN and draft.text):
        return None
    return Plan(b"", room.team.id, 0, recurrence, room.house.now(), dialogue, draft.text or None)


async def _show(seat: Seat, draft: Draft) -> None:
    if draft.number or draft.text or title_of(draft.what, seat.room.dialogues):
        await seat.change(step(seat.room, draft))
    else:
        await seat.refuse(texts.OVER)


async def _keep(seat: Seat, draft: Draft) -> None:
    """*Klopt*: only now is it stored; once per message, however often it is tapped."""
    room, house = seat.room, seat.room.house
    made = plan_of(room, draft)
    if made is None:
        await seat.refuse(texts.OVER)
        return
    if not planned.coming(made, house.now(), house.settings.zone, room.free, 1):
        await seat.change(step(room, replace(draft, first=None), texts.OVER_BY_NOW))
        return
    try:
        if draft.number:
            house.store.plans.save(made)
        else:
            made = replace(made, maker=seat.person.id)
            made = house.store.plans.add(made, seat.press.chat, seat.press.message)
    except TooManyPlansError:
        await seat.refuse(texts.LIST_FULL.format(count=MOST))
        return
    line = planned.line(made, room.dialogues, house.now(), house.settings.zone, room.free)
    waits = texts.NOT_READY if made.dialogue is not None and not house.ready(room.team) else ""
    await seat.change(Screen("\n\n".join(filter(None, (texts.KEPT, line, waits, texts.KEPT_HINT)))))


async def _adjust(seat: Seat, draft: Draft) -> None:
    await seat.change(choosing.ask_what_to_adjust(draft, seat.room.dialogues))


async def _drop(seat: Seat, _: Draft) -> None:
    await seat.change(Screen(texts.DROPPED))


async def _type(seat: Seat, draft: Draft) -> None:
    """Ask for words, in a message of its own: a message with buttons can't open a field to type in."""
    known = seat.room.dialogues
    question = {
        choosing.TYPE_TEXT: texts.TYPE_TEXT,
        choosing.TYPE_DAY: texts.TYPE_DAY_OF_MONTH if draft.every.startswith("monthly") else texts.TYPE_DAY,
        choosing.TYPE_TIME: texts.TYPE_TIME,
    }[seat.press.part(0)]
    back = Button(texts.BACK, f"{PLAN}.o" if not draft.every else draft.button(choosing.SHOW))
    await seat.change(Screen(screen_text(draft, known, texts.TYPE_BELOW), (back,)))
    await seat.room.house.sender.send(seat.press.chat, choosing.ask_to_type(draft, known, question))


async def _send_file(seat: Seat) -> None:
    """All that is planned, as a file for people's own calendars."""
    room = seat.room
    file = as_ics(room)
    if file is None:
        await seat.refuse(texts.NOTHING_FOR_FILE)
        return
    await room.house.sender.answer(seat.press.callback)
    await room.house.sender.send_page(room.chat, f"{room.team.id}.ics", file, texts.FILE_CAPTION)


_STEPS = {
    choosing.SHOW: _show,
    choosing.KEEP: _keep,
    choosing.ADJUST: _adjust,
    choosing.CANCEL: _drop,
    choosing.TYPE_TEXT: _type,
    choosing.TYPE_DAY: _type,
    choosing.TYPE_TIME: _type,
}
