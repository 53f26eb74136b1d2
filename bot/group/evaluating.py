"""/evaluatie in a team's group: when the evaluation moment is, what comes by itself, and setting or moving it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from bot.group import group_notices, moments
from bot.group.choosing import ADJUST, CANCEL, KEEP, SHOW, TYPE_DAY, TYPE_TIME
from bot.group.draft import LONG_AGO, value_in, written
from bot.group.moments import Choice
from bot.group.seat import Room, Seat
from bot.incoming import Note
from bot.render import Button, Screen
from bot.wording import planning_texts as texts
from bot.wording.unread import in_words
from dialogues import periods
from dialogues.dates import dutch_date, dutch_moment, short_date
from dialogues.typed import TOO_FAR, MisreadError, read_day, read_time, with_words

EVAL = "eval"
TIMES = (time(10), time(13), time(14, 30), time(16))


@dataclass(frozen=True, slots=True)
class Setting:
    """What was chosen so far: of which period, which day, what time."""

    number: int
    day: date | None = None
    at: time | None = None

    def button(self, action: str) -> str:
        """As the data of a button."""
        day, clock = f"{self.day:%Y%m%d}" if self.day else "", f"{self.at:%H%M}" if self.at else ""
        return f"{EVAL}.{action}.{self.number}.{day}.{clock}"


def read_button(data: str) -> Setting | None:
    """What a button means; None when it was never ours."""
    found = re.fullmatch(r"eval\.[a-z]+\.([0-9]{1,6})\.([0-9]{8})?\.([0-9]{4})?", data)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[2]) if found[2] else None
        return Setting(int(found[1]), day, time.fromisoformat(found[3]) if found[3] else None)
    except ValueError:
        return None


async def show(room: Room, _: Note) -> None:
    """/evaluatie: the moment, the closing, and what follows by itself."""
    await room.house.sender.send(room.chat, overview(room))


def overview(room: Room) -> Screen:
    """How it stands."""
    house = room.house
    period = house.store.answers.open_period(room.team.id)
    head = texts.MOMENT_HEAD.format(team=room.team.name)
    if period is None:
        return Screen(head)
    parts, buttons = [head], []
    past = moments.choice(room, period.number - 1)
    if past is not None and past.now_at is not None:
        parts.append(texts.MOMENT_PAST.format(moment=_words(room, past.now_at)))
        buttons.append(Button(texts.MOVE_PAST_MOMENT, Setting(period.number - 1).button(SHOW)))
    at, closes = house.store.agenda.moment(room.team.id, period.number), house.closes_in_words(period)
    if at is None:
        parts.append(texts.MOMENT_NONE.format(closes=closes))
    else:
        capped = house.closes(period) < at - periods.CLOSE_BEFORE_MOMENT
        said = texts.MOMENT_IS.format(moment=_words(room, at), closes=closes)
        parts.append(said + (texts.MOMENT_CAPPED if capped else ""))
        parts.append("\n".join([texts.BY_ITSELF, *moments.by_itself(room, period)]))
    label = texts.SET_MOMENT if at is None else texts.MOVE_MOMENT
    buttons.insert(0, Button(label, Setting(period.number).button(SHOW)))
    return Screen("\n\n".join(parts), tuple(buttons))


async def pressed(seat: Seat) -> None:
    """A tap of a coordinator."""
    setting = read_button(seat.press.data)
    chosen = moments.choice(seat.room, setting.number) if setting else None
    action = seat.press.part(0)
    if setting is None or chosen is None:
        await seat.refuse(texts.OVER)
    elif moments.too_late(seat.room.house, chosen):
        closes = seat.room.house.closes_in_words(chosen.period)
        await seat.refuse(texts.MOMENT_CLOSING.format(closes=closes))
    elif action == SHOW:
        await seat.change(step(seat.room, chosen, setting))
    elif action == KEEP:
        await _keep(seat, chosen, setting)
    elif action == ADJUST:
        await seat.change(step(seat.room, chosen, Setting(setting.number)))
    elif action == CANCEL:
        await seat.change(overview(seat.room))
    elif action in (TYPE_DAY, TYPE_TIME):
        question = texts.TYPE_MOMENT_DAY if action == TYPE_DAY else texts.TYPE_TIME
        back = Button(texts.BACK, setting.button(SHOW))
        await seat.change(Screen(_text(setting, chosen, texts.TYPE_BELOW), (back,)))
        await seat.room.house.sender.send(seat.press.chat, _ask_to_type(setting, chosen, question))
    else:
        await seat.refuse(texts.OVER)


def step(room: Room, chosen: Choice, setting: Setting, wrong: str = "") -> Screen:
    """What to choose next or, when all was chosen, the summary; where the choice can't be, why, and again."""
    house = room.house
    if setting.day is None:
        first = house.day_in_words(moments.first_possible(house, chosen).date())
        buttons = [
            Button(short_date(day), replace(setting, day=day).button(SHOW))
            for day in moments.proposed(house, chosen, room.free)
        ]
        buttons += [
            Button(texts.OTHER_DAY, setting.button(TYPE_DAY)),
            Button(texts.CANCEL, setting.button(CANCEL)),
        ]
        return Screen(_text(setting, chosen, wrong, texts.ASK_MOMENT_DAY.format(first=first)), tuple(buttons))
    if refused := moments.refused_day(house, chosen, setting.day):
        return step(room, chosen, Setting(setting.number), refused)
    if setting.at is None:
        buttons = [Button(f"{at:%H:%M}", replace(setting, at=at).button(SHOW)) for at in TIMES]
        buttons.append(Button(texts.OTHER_TIME, setting.button(TYPE_TIME)))
        return Screen(_text(setting, chosen, wrong, texts.ASK_TIME), tuple(buttons))
    at = datetime.combine(setting.day, setting.at, house.settings.zone)
    if refused := moments.refusal(house, chosen, at):
        return step(room, chosen, Setting(setting.number), refused)
    buttons = [Button(texts.RIGHT, setting.button(KEEP)), Button(texts.ADJUST, setting.button(ADJUST))]
    return Screen(_text(setting, chosen, _summary(room, chosen, at), texts.SUMMARY), tuple(buttons))


def _summary(room: Room, chosen: Choice, at: datetime) -> str:
    """What it comes to: the moment, when the period closes, what it replaces, and whether the day is free."""
    house = room.house
    closes = moments.closes_with(chosen, at)
    if chosen.is_past:
        said = [texts.MOMENT_SUMMARY_PAST.format(moment=_words(room, at))]
    else:
        said = [texts.MOMENT_SUMMARY.format(moment=_words(room, at), closes=_words(room, closes))]
        if closes < at.astimezone(UTC) - periods.CLOSE_BEFORE_MOMENT:
            said[0] += texts.MOMENT_CAPPED
    if chosen.now_at is not None and chosen.now_at != at:
        said.append(texts.MOMENT_INSTEAD.format(moment=_words(room, chosen.now_at)))
    if house.local(at).date() in room.free:
        why = room.free.name(house.local(at).date()) or texts.OWN_FREE_DAY
        said.append(texts.MOMENT_FREE.format(why=why))
    return "\n".join(said)


async def _keep(seat: Seat, chosen: Choice, setting: Setting) -> None:
    """*Klopt*: looked at once more, stored, and told to the other coordinators in private."""
    room, house = seat.room, seat.room.house
    screen = step(room, chosen, setting)
    if setting.day is None or setting.at is None or setting.button(KEEP) not in [b.data for b in screen.buttons]:
        await seat.change(screen)
        return
    at = datetime.combine(setting.day, setting.at, house.settings.zone)
    house.store.agenda.set_moment(room.team.id, setting.number, at.astimezone(UTC))
    group_notices.tell_coordinators(
        house, room.team.id, f"{group_notices.MOMENT_SET}:{setting.number}", but=seat.person
    )
    kept = texts.MOMENT_KEPT.format(moment=_words(room, at))
    if not chosen.is_past:
        kept += f" {texts.MOMENT_KEPT_CLOSES.format(closes=_words(room, moments.closes_with(chosen, at)))}"
    await seat.change(Screen(f"{kept}\n\n{texts.MOMENT_KEPT_HINT}"))


def typed(room: Room, asked: str, words: str) -> Screen | None:
    """What follows on typed words; None when that message asked for nothing here."""
    lines = asked.split("\n")
    period = room.house.store.answers.open_period(room.team.id)
    question = next((one for one in (texts.TYPE_MOMENT_DAY, texts.TYPE_TIME) if one in asked), None)
    if lines[0] not in (texts.SET_HEAD, texts.MOVE_PAST_HEAD) or period is None or question is None:
        return None
    chosen = moments.choice(room, period.number - (lines[0] == texts.MOVE_PAST_HEAD))
    if chosen is None:
        return Screen(texts.OVER)
    day = value_in(lines, texts.MOMENT_DAY_LINE)
    setting = Setting(chosen.number, written(day) if day else None)
    try:
        words = with_words(words)
        if question == texts.TYPE_TIME:
            return step(room, chosen, replace(setting, at=read_time(words)))
        return step(room, chosen, replace(setting, day=read_day(words, room.house.today())))
    except MisreadError as misread:
        too_far = misread.reason == TOO_FAR
        wrong = moments.too_far_away(room.house, chosen) if too_far else in_words(misread)
        return _ask_to_type(setting, chosen, question, wrong)


def _text(setting: Setting, chosen: Choice, *below: str) -> str:
    head = texts.MOVE_PAST_HEAD if chosen.is_past else texts.SET_HEAD
    day = texts.MOMENT_DAY_LINE.format(value=dutch_date(setting.day, LONG_AGO)) if setting.day else ""
    return "\n\n".join([head, *filter(None, (day, *below))])


def _ask_to_type(setting: Setting, chosen: Choice, question: str, wrong: str = "") -> Screen:
    return Screen(_text(setting, chosen, wrong, question), reply=texts.PLACEHOLDER[question])


def _words(room: Room, at: datetime) -> str:
    return dutch_moment(room.house.local(at), today=room.house.today())
