"""What is decided about an update as soon as it arrives, before it waits for its turn."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from enum import Enum
from typing import Any

from telegram import Update

Work = Callable[[Update], Coroutine[Any, Any, None]]


class Verdict(Enum):
    """What becomes of an update."""

    KEEP = "handled, whatever else its chat sends"
    HANDLE = "handled, unless its chat floods afterwards"
    LET_GO = "confirmed, and not handled"


Gate = Callable[[Update], Work | Verdict]
"""How to handle an update, or what to do instead because its chat floods."""
