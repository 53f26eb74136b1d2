"""`naastbot run`."""

from __future__ import annotations

import asyncio
import os

import click

from bot.commands.common import MISUSED, Refusal
from bot.settings import read_settings
from bot.single import AlreadyRunsError, only_one
from storage.store import open_store


@click.command(help="Start de bot.")
def run() -> None:
    """Run the bot by long polling until it is stopped."""
    # Imported here: every other command starts in half the time without python-telegram-bot.
    from telegram.error import InvalidToken, NetworkError

    from bot.crashes import keep_to_ourselves
    from bot.log import set_up_logging
    from bot.run import run as run_bot

    settings = read_settings(os.environ)
    if settings.token is None:
        raise Refusal(
            "Er is geen token. Zet NAASTBOT_TOKEN op het token dat je van BotFather kreeg.", code=MISUSED
        )
    set_up_logging()
    keep_to_ourselves()
    store = open_store(settings.data)
    try:
        with only_one(settings.data):
            asyncio.run(run_bot(settings, store, settings.token))
    except AlreadyRunsError:
        raise Refusal("De bot draait al met deze datamap. Stop die eerst.") from None
    except InvalidToken:
        raise Refusal("Telegram kent dit token niet. Controleer NAASTBOT_TOKEN.", code=MISUSED) from None
    except NetworkError:
        raise Refusal("De Bot API is niet te bereiken. Controleer het netwerk en NAASTBOT_API_URL.") from None
    finally:
        store.close()
