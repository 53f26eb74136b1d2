"""What can be done with something that is planned: skip the next one, pause, move, stop; and who made it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.group import choosing
from bot.group.draft import PLAN, Draft
from bot.group.seat import Seat
from bot.render import Button, Screen
from bot.wording import planned
from bot.wording import planning_texts as texts
from dialogues.dates import dutch_date
from storage.plans import MAX_TEXT, Plan

MOST_BUTTONS = 5
LIST, VIEW, SKIP, DO_NOT_SKIP, PAUSE, GO_ON, MOVE, ASK_STOP, STOP = "l", "v", "n", "u", "p", "g", "h", "e", "y"


def calendar_button() -> Button:
    """All that is planned, as a file."""
    return Button(texts.CALENDAR, f"{PLAN}.i")


async def choose(seat: Seat, begin: int) -> None:
    """*Aanpassen*: which one, and the file of all. The number in the button is how many plans come before."""
    room = seat.room
    last = [*([] if begin else [calendar_button()]), Button(texts.BACK, f"{PLAN}.o")]
    here = room.plans[begin:]
    if len(here) > MOST_BUTTONS - len(last):
        here = here[: MOST_BUTTONS - 1 - len(last)]
        last.insert(0, Button(texts.MORE_PLANS, f"{PLAN}.{LIST}.{begin + len(here)}"))
    buttons = [
        Button(
            planned.label(f"{plan.number}. {planned.what(plan, room.dialogues).strip('‘’')}"),
            _data(plan, VIEW),
        )
        for plan in here
    ]
    await seat.change(Screen(texts.WHICH_PLAN, (*buttons, *last)))


async def view(seat: Seat, plan: Plan) -> None:
    """One plan, with what can be done about it."""
    house, now = seat.room.house, seat.room.house.now()
    dates = planned.coming(plan, now, house.settings.zone, seat.room.free)
    moves = replace(plan, paused=False, skip=None)
    is_over = not planned.coming(moves, now, house.settings.zone, seat.room.free, 1)
    lines = [
        texts.PLAN_HEAD.format(number=plan.number),
        planned.what(plan, seat.room.dialogues, most=MAX_TEXT),
        planned.how_often(plan.recurrence, house.today()).capitalize() + ".",
        _next(plan, [moment.date() for moment in dates], house.today(), is_over=is_over),
        texts.PLAN_MAKER.format(name=await _maker(seat, plan)),
    ]
    buttons = _buttons(plan, dates[0].date() if dates else None, house.today(), is_over=is_over)
    await seat.change(Screen("\n\n".join(filter(None, lines)), tuple(buttons)))


def _next(plan: Plan, days: list[date], today: date, *, is_over: bool) -> str:
    """When it comes, or why not; empty where the line before says so already."""
    if is_over:
        return texts.LIST_OVER
    if plan.paused:
        return texts.LIST_PAUSED
    if not days:
        return texts.LIST_SKIPPED.strip()
    if planned.comes_as_said(plan, days[0]):
        return ""
    return texts.PLAN_NEXT.format(days=" en ".join(dutch_date(day, today) for day in days))


def _buttons(plan: Plan, following: date | None, today: date, *, is_over: bool) -> list[Button]:
    def button(label: str, action: str, more: str = "") -> Button:
        return Button(label, _data(plan, action) + more)

    skip = []
    if plan.skip and plan.skip >= today:
        skip = [button(texts.DO_NOT_SKIP, DO_NOT_SKIP)]
    elif following:
        skip = [button(texts.SKIP_NEXT, SKIP, f".{following:%Y%m%d}")]
    pause = [button(texts.GO_ON, GO_ON) if plan.paused else button(texts.PAUSE, PAUSE)]
    rest = [*([] if is_over else pause), button(texts.MOVE, MOVE), button(texts.STOP, ASK_STOP)]
    return [*skip, *rest, Button(texts.BACK, f"{PLAN}.{LIST}.0")]


def _data(plan: Plan, action: str) -> str:
    return f"{PLAN}.{action}.{plan.number}.{plan.mark}"


async def _maker(seat: Seat, plan: Plan) -> str:
    """Who made it, as the group knows them now. No name is kept: Telegram is asked when somebody looks.

    Telegram need not tell a bot that is no administrator, so that no answer says nothing about who takes part.
    """
    house = seat.room.house
    person = house.store.contacts.get(plan.maker) if plan.maker else None
    name = await house.sender.first_name(seat.press.chat, person.chat) if person and person.active else None
    return name or texts.GONE_MAKER


async def _skip(seat: Seat, plan: Plan) -> None:
    """The day is in the button, so that a second tap does not skip another one."""
    try:
        day = date.fromisoformat(seat.press.part(3))
    except ValueError:
        await seat.refuse(texts.OVER)
        return
    await _save(seat, replace(plan, skip=day))


async def _do_not_skip(seat: Seat, plan: Plan) -> None:
    await _save(seat, replace(plan, skip=None))


async def _pause(seat: Seat, plan: Plan) -> None:
    await _save(seat, replace(plan, paused=True))


async def _go_on(seat: Seat, plan: Plan) -> None:
    """From now on: what was let go by while it stood still does not come any more."""
    await _save(seat, replace(plan, paused=False, since=seat.room.house.now()) if plan.paused else plan)


async def _save(seat: Seat, plan: Plan) -> None:
    seat.room.house.store.plans.save(plan)
    await view(seat, plan)


async def _move(seat: Seat, plan: Plan) -> None:
    """Day and time are chosen again; the old ones hold until *Klopt*."""
    draft = Draft(number=plan.number, what=plan.mark, every=plan.recurrence.every)
    asked = choosing.ask_next(draft, seat.room.dialogues, seat.room.house.today())
    if asked is not None:
        await seat.change(asked)


async def _ask_stop(seat: Seat, plan: Plan) -> None:
    line = planned.what(plan, seat.room.dialogues, most=MAX_TEXT)
    buttons = (
        Button(texts.STOP_SURE, _data(plan, STOP)),
        Button(texts.CANCEL, _data(plan, VIEW)),
    )
    head = texts.PLAN_HEAD.format(number=plan.number)
    await seat.change(Screen(f"{head}\n\n{line}\n\n{texts.STOP_ASK}", buttons))


async def _stop(seat: Seat, plan: Plan) -> None:
    seat.room.house.store.plans.remove(plan)
    line = planned.what(plan, seat.room.dialogues, most=MAX_TEXT)
    await seat.change(Screen(f"{texts.STOPPED}\n\n{line}\n\n{texts.KEPT_HINT}"))


def _with_plan(act: Callable[[Seat, Plan], Awaitable[None]]) -> Callable[[Seat, int], Awaitable[None]]:
    """For the plan in the button; one that is not there any more is over, though another may have its number."""

    async def acted(seat: Seat, number: int) -> None:
        plan = seat.room.house.store.plans.get(seat.room.team.id, number)
        if plan is None or plan.mark != seat.press.part(2):
            await seat.refuse(texts.OVER)
        else:
            await act(seat, plan)

    return acted


ACTIONS: Mapping[str, Callable[[Seat, int], Awaitable[None]]] = {
    LIST: choose,
    VIEW: _with_plan(view),
    SKIP: _with_plan(_skip),
    DO_NOT_SKIP: _with_plan(_do_not_skip),
    PAUSE: _with_plan(_pause),
    GO_ON: _with_plan(_go_on),
    MOVE: _with_plan(_move),
    ASK_STOP: _with_plan(_ask_stop),
    STOP: _with_plan(_stop),
}
