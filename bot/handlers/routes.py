"""Which update goes to whom: one explicit table."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot import texts
from bot.handlers import groups, joining, plain, rights, taps, words
from bot.handlers.incoming import Note, OnNote, note_of, press_of
from bot.house import House
from bot.render import Screen

PRIVATE, GROUP = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
NEW = filters.UpdateType.MESSAGE

Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
Route = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, Any]


def routes(house: House) -> list[Route]:
    """The handlers, in the order in which they are asked; the first that fits takes the update."""

    def on(handle: OnNote) -> Callback:
        async def call(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            note = note_of(update)
            if note is not None and await _has_time(house, note):
                await handle(house, note)

        return call

    def command(names: list[str], handle: OnNote) -> Route:
        return CommandHandler(names, on(handle), filters=PRIVATE & NEW)

    def team_command(name: str, *others: str) -> Route:
        return command([name, *others], partial(_for_team, command=name))

    async def tap(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        press = press_of(update)
        if press is not None:
            await taps.pressed(house, press)

    async def membership(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await groups.membership(house, update)

    async def moved(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await groups.moved(house, update)

    return [
        CallbackQueryHandler(tap),
        ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, moved),
        command(["start"], joining.start),
        command(["help", "hulp"], plain.explain),
        command(["privacy"], plain.privacy),
        command(["gegevens"], rights.gegevens),
        team_command("checkin"),
        team_command("settings"),
        team_command("ritme"),
        team_command("pauze"),
        team_command("wis"),
        team_command("stop"),
        MessageHandler(PRIVATE & NEW & filters.COMMAND, on(plain.unknown)),
        MessageHandler(PRIVATE & NEW & filters.TEXT, on(words.typed)),
        MessageHandler(PRIVATE & NEW & ~filters.StatusUpdate.ALL, on(plain.not_kept)),
        MessageHandler(PRIVATE & filters.UpdateType.EDITED_MESSAGE & filters.TEXT, on(plain.edited)),
        CommandHandler(["start"], on(groups.start), filters=GROUP & NEW),
        CommandHandler([*texts.COMMANDS, "hulp", "ritme"], on(groups.explain), filters=GROUP & NEW),
    ]


async def _has_time(house: House, note: Note) -> bool:
    """Whether this chat's message is answered; beyond a burst it hears so once, and /stop always works."""
    left = house.calm.take(note.chat)
    if left >= 1 or note.text.startswith("/stop"):
        return True
    if left >= 0:
        await house.sender.send(note.chat, Screen(texts.TOO_MUCH))
    return False


async def _for_team(house: House, note: Note, *, command: str) -> None:
    await rights.for_team(house, note, command)
