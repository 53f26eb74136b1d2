"""What a bot in privacy mode hears in a group.

Source: https://core.telegram.org/bots/features#privacy-mode: commands meant for it, replies to its own messages,
and service messages; nothing else that people say to each other.
"""

from __future__ import annotations

import re

from bot.sandbox.model import Message, User

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@(?P<bot>[A-Za-z0-9_]{3,32}))?(?![\w/@])")
SERVICE = frozenset({"new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id"})


def hears(bot: User, message: Message) -> bool:
    """Whether the bot gets this message at all."""
    if message.chat.type == "private":
        return True
    if message.chat.status not in {"member", "creator"}:
        return False
    if SERVICE & message.extra.keys():
        return True
    if message.reply_to is not None and message.reply_to.sender == bot:
        return True
    command = _COMMAND.match(message.text)
    if command is None:
        return False
    return command["bot"] is None or command["bot"].lower() == bot.username.lower()
