"""What is let go when one chat sends more than anyone can answer."""

from __future__ import annotations

from functools import partial

from telegram import Update

from bot import render
from bot.house import House
from bot.network.gate import Glance, Raw, Verdict, Work
from bot.network.pace import NEEDED
from bot.render import Screen
from bot.wording import texts
from dialogues.help import signals_danger


def gate(house: House, raw: Raw) -> Verdict | Work:
    """Whether an update is handled: beyond a burst its chat is told so once, and then left alone for a while.

    Taps are always handled, since each may be an answer (but not *Hulp nodig?*, which brings a message each time);
    and so are a stop and words with a signal of danger.
    """
    seen = Glance.at(raw)
    if seen.chat is None or (seen.data is not None and not seen.data.startswith(f"{render.HELP}.")):
        return Verdict.KEEP
    if seen.is_talk:
        # Not for us, however much of it there is.
        return Verdict.LET_GO
    left = house.calm.take(seen.chat)
    if seen.data is None and (seen.text.startswith("/stop") or signals_danger(seen.text)):
        return Verdict.KEEP
    if left >= 1:
        return Verdict.HANDLE
    return partial(_say_so, house) if left >= 0 else Verdict.LET_GO


async def _say_so(house: House, update: Update) -> None:
    """Tell the chat, once for each time that its answers run out."""
    if update.effective_chat is not None:
        await house.sender.send(update.effective_chat.id, Screen(texts.TOO_MUCH), turn=NEEDED)
