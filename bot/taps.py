"""Every button, in one table: what its first word means and who handles it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot import agreement, render
from bot.group import in_group
from bot.handlers import (
    answering,
    erasing,
    joining,
    preferences,
    reminding,
    renewing,
    rights,
    stopping,
    withdrawing,
    words,
)
from bot.handlers.answering import Asked
from bot.house import House
from bot.incoming import OnPress, Press
from bot.network.send import crowd
from bot.render import Tap
from bot.wording import texts
from dialogues import engine
from storage.answers import PeriodClosedError
from storage.intake import NotNowError

OnTap = Callable[[House, Press, Tap, Asked], Awaitable[None]]

AT_A_QUESTION: Mapping[str, OnTap] = {
    render.CHOOSE: answering.choose,
    render.SKIP: answering.skip,
    render.CHANGE: answering.change,
    render.KEEP: words.keep,
    render.REPHRASE: words.rephrase,
    render.DISCARD: words.discard,
}

ELSEWHERE: Mapping[str, OnPress] = {
    render.HELP: answering.show_help,
    "j": joining.agree,
    "l": joining.refuse,
    "b": joining.rejoin,
    "r": joining.choose,
    "i": preferences.choose,
    "m": preferences.menu,
    "p": preferences.pause,
    "c": preferences.consent,
    "t": rights.team_chosen,
    "q": stopping.choice,
    "z": withdrawing.choice,
    render.WITHDRAW: withdrawing.one,
    "e": erasing.choice,
    "g": renewing.choice,
    render.NO_REMINDERS: reminding.never_again,
}


ANSWERED_ONCE = frozenset("jri")
"""Buttons that bring a new message each time they are handled; the others only change their own."""


async def pressed(house: House, press: Press) -> None:
    """A tap on any button of ours; in a group those of bot.group.in_group only."""
    if not press.private:
        await in_group.pressed(house, press)
        return
    around, tapped = crowd.get(), (press.chat, press.message, press.data)
    if press.kind != render.HELP and house.double_taps.is_second(*tapped, in_a_crowd=around.is_there()):
        await house.sender.answer(press.callback)
        return
    if press.kind in ELSEWHERE:
        await ELSEWHERE[press.kind](house, press)
        house.heard(press.chat)
        done = press.kind in ANSWERED_ONCE
    else:
        done = await _at_a_question(house, press)
        if not done:
            house.heard(press.chat)
    if done:
        # Remembered only once it is stored: after a failure the same tap is handled again, and is no second one.
        await house.store.batch.stored()
        house.double_taps.handled(*tapped, shown=not around.left_out)


async def _at_a_question(house: House, press: Press) -> bool:
    """False when the tap was refused: then the same button may be tapped again."""
    tap = render.decode(press.data)
    try:
        asked = answering.find(house, press.chat, tap) if tap else None
        if tap is None or asked is None or tap.action not in AT_A_QUESTION:
            await house.sender.answer(press.callback, texts.OVER)
            return False
        if not agreement.agreed(asked.desk.person):
            await house.sender.answer(press.callback)
            await house.sender.send(press.chat, agreement.ask_again(asked.team, asked.desk.person))
            return False
        await AT_A_QUESTION[tap.action](house, press, tap, asked)
    except (NotNowError, engine.IllegalMoveError):
        await house.sender.answer(press.callback, texts.OVER)
    except PeriodClosedError:
        await house.sender.answer(press.callback, texts.PERIOD_OVER)
    else:
        return True
    return False
