"""/vrij in a team's group: the days on which nothing is sent."""

from __future__ import annotations

from datetime import date

from bot.group.choosing import CANCEL, KEEP, SHOW
from bot.group.seat import Room, Seat
from bot.incoming import Note
from bot.render import Button, Screen
from bot.wording import planning_texts as texts
from bot.wording.unread import in_words
from dialogues.calendar import LONGEST_FREE
from dialogues.dates import dutch_date
from dialogues.typed import MisreadError, is_at_hand, read_stretch, with_words
from storage.free_days import MOST, TooManyFreeDaysError

FREE = "vrij"
ADD, CHOOSE, REMOVE = "q", "l", "w"
A_PAGE = 3


async def show(room: Room, _: Note) -> None:
    """/vrij: the team's own free days."""
    await room.house.sender.send(room.chat, overview(room))


def overview(room: Room) -> Screen:
    """What is free, from today on."""
    own = _upcoming(room)
    lines = [texts.FREE_LINE.format(days=in_words_of(room, *days)) for days in own]
    said = "\n".join([texts.FREE_OWN, *lines]) if lines else texts.FREE_NONE
    buttons = [Button(texts.ADD_FREE, f"{FREE}.{ADD}")]
    buttons += [Button(texts.REMOVE_FREE, f"{FREE}.{CHOOSE}.0")] if own else []
    head = texts.FREE_HEAD.format(team=room.team.name)
    return Screen(f"{head}\n\n{texts.FREE_ALWAYS}\n\n{said}", tuple(buttons))


async def pressed(seat: Seat) -> None:
    """A tap of a coordinator."""
    action, room = seat.press.part(0), seat.room
    days = _days(seat)
    if action == ADD:
        await seat.change(Screen(texts.TYPE_BELOW, (Button(texts.BACK, f"{FREE}.{SHOW}"),)))
        await room.house.sender.send(room.chat, _ask_to_type())
    elif action == SHOW:
        await seat.change(overview(room))
    elif action == CANCEL:
        await seat.change(Screen(texts.FREE_NOTHING))
    elif action == CHOOSE and seat.press.part(1).isdecimal():
        await seat.change(_which(room, int(seat.press.part(1))))
    elif action == KEEP and days is not None:
        await _keep(seat, *days)
    elif action == REMOVE and days is not None:
        room.house.store.free_days.remove(room.team.id, *days)
        await seat.change(Screen(texts.FREE_REMOVED.format(days=in_words_of(room, *days))))
    else:
        await seat.refuse(texts.OVER)


async def _keep(seat: Seat, first: date, last: date) -> None:
    room = seat.room
    try:
        room.house.store.free_days.add(room.team.id, first, last)
    except TooManyFreeDaysError:
        await seat.refuse(texts.FREE_TOO_MANY.format(count=MOST))
    except ValueError:
        await seat.refuse(texts.FREE_TOO_LONG)
    else:
        await seat.change(Screen(texts.FREE_KEPT.format(days=_begin(in_words_of(room, first, last)))))


def typed(room: Room, asked: str, words: str) -> Screen | None:
    """What follows on typed words; None when that message asked for nothing here."""
    if not asked.startswith(texts.FREE_ADD_HEAD):
        return None
    try:
        first, last = read_stretch(with_words(words), room.house.today())
    except MisreadError as misread:
        return _ask_to_type(in_words(misread))
    if last > first + LONGEST_FREE:
        return _ask_to_type(texts.FREE_TOO_LONG)
    data = f"{first:%Y%m%d}.{last:%Y%m%d}"
    buttons = (Button(texts.RIGHT, f"{FREE}.{KEEP}.{data}"), Button(texts.CANCEL, f"{FREE}.{CANCEL}"))
    return Screen(texts.FREE_ASK.format(days=_begin(in_words_of(room, first, last))), buttons)


def in_words_of(room: Room, first: date, last: date) -> str:
    """`donderdag 24 december tot en met zondag 3 januari 2027`."""
    today = room.house.today()
    if first == last:
        return dutch_date(first, today)
    return texts.FREE_STRETCH.format(first=dutch_date(first, today), last=dutch_date(last, today))


def _ask_to_type(wrong: str = "") -> Screen:
    parts = [texts.FREE_ADD_HEAD, *filter(None, (wrong, texts.TYPE_FREE))]
    return Screen("\n\n".join(parts), reply="24 december")


def _which(room: Room, page: int) -> Screen:
    own = _upcoming(room)
    buttons = [
        Button(
            f"{first.day}-{first.month} t/m {last.day}-{last.month}",
            f"{FREE}.{REMOVE}.{first:%Y%m%d}.{last:%Y%m%d}",
        )
        for first, last in own[page * A_PAGE : (page + 1) * A_PAGE]
    ]
    if len(own) > (page + 1) * A_PAGE:
        buttons.append(Button(texts.MORE_PLANS, f"{FREE}.{CHOOSE}.{page + 1}"))
    return Screen(texts.FREE_WHICH, (*buttons, Button(texts.BACK, f"{FREE}.{SHOW}")))


def _upcoming(room: Room) -> list[tuple[date, date]]:
    return [days for days in room.free.own if days[1] >= room.house.today()]


def _days(seat: Seat) -> tuple[date, date] | None:
    try:
        first, last = date.fromisoformat(seat.press.part(1)), date.fromisoformat(seat.press.part(2))
    except ValueError:
        return None
    return (first, last) if is_at_hand(first, seat.room.house.today()) else None


def _begin(words: str) -> str:
    """With a capital in front, and all else as it was."""
    return words[:1].upper() + words[1:]
