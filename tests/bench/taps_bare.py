"""A python-telegram-bot program that writes nothing: answer the tap, show it, send the next question."""

from __future__ import annotations

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes

from bot.network.transport import Transport

NEXT = InlineKeyboardMarkup([[InlineKeyboardButton(f"Antwoord {n}", callback_data=str(n))] for n in range(5)])
AGAIN = InlineKeyboardMarkup([[InlineKeyboardButton("Wijzig", callback_data="w")]])


async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The same three calls as naastbot makes."""
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    chat, message = query.message.chat.id, query.message.message_id
    await context.bot.answer_callback_query(query.id)
    await context.bot.edit_message_text(
        "Hoe gaat het?\n\nGoed", chat_id=chat, message_id=message, reply_markup=AGAIN
    )
    await context.bot.send_message(chat, "En wat weegt nu het meest?", reply_markup=NEXT)


def main(token: str, url: str, transport: str) -> None:
    """Poll as the library does, updates side by side; `transport` is theirs or ours."""
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").concurrent_updates(128)
    if transport == "ours":
        builder = builder.request(Transport()).get_updates_request(Transport())
    app: Application = builder.build()
    app.add_handler(CallbackQueryHandler(tapped))
    app.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
