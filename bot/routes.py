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

from bot import taps
from bot.agreement import AGREEMENTS
from bot.group import groups, in_group
from bot.handlers import joining, plain, rights, words
from bot.house import House
from bot.incoming import Note, OnNote, note_of, press_of
from bot.wording import texts

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
CHANGED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE

Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
Route = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, Any]


def routes(house: House) -> list[Route]:
    """The handlers, in the order in which they are asked; the first that fits takes the update."""
    on = partial(_on_note, house)
    return [
        CallbackQueryHandler(_on_update(house, _tapped)),
        ChatMemberHandler(_on_update(house, groups.membership), ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, _on_update(house, groups.moved)),
        CommandHandler(["start"], on(joining.start), PRIVATE),
        CommandHandler(["help", "hulp"], on(plain.explain), PRIVATE),
        CommandHandler(["privacy"], on(plain.privacy), PRIVATE),
        CommandHandler([f"tekst_{version}" for version in AGREEMENTS], on(plain.agreed_to), PRIVATE),
        CommandHandler(["gegevens"], on(rights.gegevens), PRIVATE),
        *(CommandHandler([name], on(partial(_for_team, command=name)), PRIVATE) for name in rights.PER_TEAM),
        CommandHandler([*in_group.COMMANDS], on(in_group.in_private), PRIVATE),
        MessageHandler(PRIVATE & filters.COMMAND, on(plain.unknown)),
        MessageHandler(PRIVATE & filters.TEXT, on(words.typed)),
        MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, on(plain.not_kept)),
        MessageHandler(CHANGED & (filters.TEXT | filters.CAPTION), on(plain.edited)),
        CommandHandler(["start"], on(groups.start), GROUP),
        *(CommandHandler([name], on(partial(in_group.command, name=name)), GROUP) for name in in_group.COMMANDS),
        CommandHandler(["help", "hulp"], on(in_group.explain), GROUP),
        CommandHandler([*texts.COMMANDS, "hulp", "ritme"], on(groups.explain), GROUP),
        MessageHandler(GROUP & filters.REPLY & filters.TEXT & ~filters.COMMAND, on(in_group.replied)),
        MessageHandler(
            GROUP & filters.REPLY & ~filters.TEXT & ~filters.StatusUpdate.ALL, on(in_group.replied_without_words)
        ),
    ]


def _on_note(house: House, handle: OnNote) -> Callback:
    async def call(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        note = note_of(update)
        if note is not None:
            await handle(house, note)
            house.heard(note.chat)

    return call


def _on_update(house: House, handle: Callable[[House, Update], Coroutine[Any, Any, None]]) -> Callback:
    async def call(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await handle(house, update)

    return call


async def _tapped(house: House, update: Update) -> None:
    press = press_of(update)
    if press is not None:
        await taps.pressed(house, press)


async def _for_team(house: House, note: Note, *, command: str) -> None:
    await rights.for_team(house, note, command)
