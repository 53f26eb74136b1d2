"""What is decided about an update as soon as it arrives, before it is parsed and waits for its turn."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from telegram import Update

Raw = dict[str, Any]
Work = Callable[[Update], Coroutine[Any, Any, None]]


class Verdict(Enum):
    """What becomes of an update."""

    KEEP = "handled, whatever else its chat sends"
    HANDLE = "handled, unless its chat floods afterwards"
    LET_GO = "confirmed, and not handled"


Gate = Callable[[Raw], Work | Verdict]
"""How to handle an update, or what to do instead because its chat floods."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The little of an update that the gate looks at; what is not there, or of another shape, is None or empty."""

    chat: int | None
    text: str = field(repr=False)
    data: str | None = field(repr=False)
    answers: bool = False

    @property
    def is_talk(self) -> bool:
        """Words that people in a group say to each other; a bot gets to see them only as an administrator."""
        in_group = self.chat is not None and self.chat < 0 and self.data is None
        return in_group and bool(self.text) and not (self.answers or self.text.startswith("/"))

    @classmethod
    def at(cls, raw: Raw) -> Glance:
        """As far as it can be seen without parsing, which costs ten times as much."""
        query = _part(raw, "callback_query")
        message = _part(raw, "message") or _part(raw, "edited_message") or _part(query, "message")
        chat = _part(message, "chat").get("id")
        text = message.get("text") or message.get("caption")
        data = query.get("data", "") if query else None
        return cls(
            chat if type(chat) is int else None,
            text if isinstance(text, str) else "",
            data if data is None or isinstance(data, str) else "",
            "reply_to_message" in message,
        )


def _part(of: Raw, name: str) -> Raw:
    found = of.get(name)
    return found if isinstance(found, dict) else {}
