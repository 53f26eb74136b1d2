"""A dialog of two steps in aiogram-dialog, which keeps everything in memory: a tap brings the other question.

Needs what is in requirements.txt beside this file, and nothing of ours.
"""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const


class Steps(StatesGroup):
    """Two questions, in a circle."""

    first = State()
    second = State()


async def tapped(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """To the other question, as a new message: the library then takes the buttons off the one that was tapped."""
    following = Steps.second if manager.current_context().state == Steps.first else Steps.first
    await manager.switch_to(following, show_mode=ShowMode.SEND)


def question(text: str, state: State) -> Window:
    """A question with five answers."""
    buttons = (Button(Const(f"Antwoord {n}"), id=f"a{n}", on_click=tapped) for n in range(5))
    return Window(Const(text), Column(*buttons), state=state)


async def started(message: Message, dialog_manager: DialogManager) -> None:
    """/start."""
    await dialog_manager.start(Steps.first, mode=StartMode.RESET_STACK)


async def main(token: str, url: str) -> None:
    """Poll as the library does, updates side by side."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    dispatcher.message.register(started, CommandStart())
    first = question("Hoe gaat het?", Steps.first)
    dispatcher.include_router(Dialog(first, question("En wat weegt nu het meest?", Steps.second)))
    setup_dialogs(dispatcher)
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
