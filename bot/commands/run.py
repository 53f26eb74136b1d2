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
@click.option("--webhook", is_flag=True, help="Laat Telegram de berichten brengen, op NAASTBOT_WEBHOOK_URL.")
def run(webhook: bool) -> None:
    """Run the bot until it is stopped: by long polling, or by webhook."""
    # Imported here: every other command starts in half the time without python-telegram-bot.
    from telegram.error import InvalidToken, NetworkError

    from bot.crashes import keep_to_ourselves
    from bot.log import set_up_logging
    from bot.network.webhook import NotFreeError, WebhookRefusedError
    from bot.run import run as run_bot

    settings = read_settings(os.environ)
    if settings.token is None:
        raise Refusal(
            "Er is geen token. Zet NAASTBOT_TOKEN op het token dat je van BotFather kreeg.", code=MISUSED
        )
    if webhook and settings.webhook_url is None:
        raise Refusal(
            "Er is geen webhook. Zet NAASTBOT_WEBHOOK_URL op het adres waarop Telegram je bot bereikt.",
            code=MISUSED,
        )
    set_up_logging()
    keep_to_ourselves()
    store = open_store(settings.data)
    try:
        with only_one(settings.data):
            asyncio.run(run_bot(settings, store, settings.token, webhook=webhook))
    except AlreadyRunsError:
        raise Refusal("De bot draait al met deze datamap. Stop die eerst.") from None
    except InvalidToken:
        raise Refusal("Telegram kent dit token niet. Controleer NAASTBOT_TOKEN.", code=MISUSED) from None
    except NotFreeError:
        raise Refusal(
            "Op NAASTBOT_WEBHOOK_LISTEN kan de bot niet luisteren. Kies een poort die vrij is op deze computer."
        ) from None
    except WebhookRefusedError:
        raise Refusal(
            "Telegram neemt het adres van de webhook niet aan. Controleer NAASTBOT_WEBHOOK_URL."
        ) from None
    except NetworkError:
        raise Refusal("De Bot API is niet te bereiken. Controleer het netwerk en NAASTBOT_API_URL.") from None
    finally:
        store.close()
