"""`naastbot run`: put everything together, and keep going until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import signal
from functools import partial
from typing import Any

from telegram import BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, ExtBot

from bot.clock import clock
from bot.group import groups
from bot.handlers import flood
from bot.house import House
from bot.masker import Masker
from bot.network.calm import Calm
from bot.network.double_taps import DoubleTaps
from bot.network.pace import EvenPace
from bot.network.patience import Patience
from bot.network.polling import Polling
from bot.network.send import Sender
from bot.network.transport import Transport
from bot.network.updates import Updates
from bot.network.webhook import Webhook
from bot.routes import routes
from bot.schedule import tick
from bot.schedule.tidying import tidy
from bot.settings import Settings
from bot.shelf import Shelf
from bot.wording import texts
from storage.store import Store

log = logging.getLogger("naastbot.run")

LOCK_SECONDS = 0.025
"""How long the running bot stands still, with everybody in it, for a file that another program has locked. Then
whatever wanted it is tried again later, and the rest goes on. Enough for what our own commands write."""


async def run(settings: Settings, store: Store, token: str, *, webhook: bool = False) -> None:
    """Run until SIGINT or SIGTERM, by polling or by the webhook in the settings.

    Raises telegram.error.InvalidToken when Telegram refuses the token, and what bot.network.webhook raises.
    """
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await serve(settings, store, token, stop, EvenPace(), webhook=webhook)


async def serve(
    settings: Settings, store: Store, token: str, stop: asyncio.Event, pace: EvenPace, *, webhook: bool = False
) -> None:
    """Everything side by side until `stop` is set: updates, the ticker, and naming the commands."""
    app = build(settings, token, pace)
    house = furnish(settings, store, app.bot)
    app.add_handlers(routes(house))
    house.shelf.refresh()
    async with app:
        settings.bot_name_file.write_text(app.bot.username, encoding="utf-8")
        settings.bot_name_file.chmod(0o600)
        log.info("naastbot runs")
        store.wait_for_locks(LOCK_SECONDS)
        updates = Updates(app, store.ledger, store.batch, partial(flood.gate, house))
        way_in = _webhook(settings, app.bot, updates) if webhook else Polling(app.bot, updates)
        coming_in = asyncio.create_task(way_in.run(stop))
        ticking = asyncio.create_task(tick.run(house, stop))
        naming = asyncio.create_task(_name_commands(app.bot))
        try:
            # Whichever ends first, by a stop or by a failure, ends the other.
            await asyncio.wait({coming_in, ticking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            naming.cancel()
            house.patience.stop()
            await asyncio.gather(naming, return_exceptions=True)
            try:
                await asyncio.gather(coming_in, ticking)
            finally:
                await house.masker.close()
                tidy(store.answers)
    log.info("naastbot stopped")


def build(settings: Settings, token: str, pace: EvenPace) -> Application[Any, Any, Any, Any, Any, Any]:
    """python-telegram-bot, without its own updater, persistence or job queue: see bot.network and bot.schedule."""
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(settings.base_url)
        .base_file_url(settings.base_file_url)
        .updater(None)
        .job_queue(None)
        .rate_limiter(pace)
        .request(Transport())
        .get_updates_request(Transport())
        .build()
    )


def furnish(settings: Settings, store: Store, bot: ExtBot[Any]) -> House:
    """The house, with the sender that tells it which chats are gone."""
    sender = Sender(
        bot,
        stored=store.batch.stored,
        on_gone=lambda chat: groups.lost(house, chat),
        on_moved=lambda old, new: store.groups.moved(old, new),
    )
    house = House(
        settings=settings,
        now=clock(settings.clock_file),
        store=store,
        shelf=Shelf(store.teams, settings.dialogues),
        sender=sender,
        patience=Patience(),
        double_taps=DoubleTaps(),
        calm=Calm(),
        masker=Masker(),
    )
    return house


def _webhook(settings: Settings, bot: ExtBot[Any], updates: Updates) -> Webhook:
    """A secret of its own for each start: whoever learned an old one can't bring anything."""
    secret = secrets.token_urlsafe(32)
    return Webhook(bot, updates, settings.webhook_url or "", settings.webhook_listen, secret)


async def _name_commands(bot: ExtBot[Any]) -> None:
    """Show the commands where they work. Not being able to costs nothing but the menu."""
    with contextlib.suppress(TelegramError):
        await bot.set_my_commands(list(texts.COMMANDS.items()), scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(list(texts.GROUP_COMMANDS.items()), scope=BotCommandScopeAllGroupChats())
