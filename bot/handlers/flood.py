"""What is let go when one chat sends more than anyone can answer."""

from __future__ import annotations

from telegram import Update

from bot import render, texts
from bot.house import House
from bot.render import Screen
from dialogues.help import signals_danger


def answers_left(house: House, update: Update) -> float:
    """How many answers this update's chat has left, 1 or more when it is to be handled.

    Taps are always handled, since each may be an answer (but not *Hulp nodig?*, which brings a message each time);
    and so are a stop and words with a signal of danger.
    """
    if update.callback_query is not None and not (update.callback_query.data or "").startswith(f"{render.HELP}."):
        return 1
    chat, message = update.effective_chat, update.effective_message
    if chat is None or message is None or update.my_chat_member is not None:
        return 1
    left = house.calm.take(chat.id)
    text = message.text or message.caption or ""
    if left < 1 and update.callback_query is None and (text.startswith("/stop") or signals_danger(text)):
        return 1
    return left


async def say_so(house: House, update: Update) -> None:
    """Tell the chat, once for each time that its answers run out."""
    if update.effective_chat is not None:
        await house.sender.send(update.effective_chat.id, Screen(texts.TOO_MUCH))
