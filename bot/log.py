"""Logging that never holds a text, a name, an id or a token."""

from __future__ import annotations

import logging
import re
import warnings

from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

from bot.crashes import place
from bot.progress import CLEAR, screen

TOKEN_SHAPED = re.compile(r"\d{3,}:[A-Za-z0-9_-]{8,}")


EVERY_SECOND = ("naastbot.tick", "naastbot.due", "naastbot.tidying")
"""Who meets the same trouble again at each look at the clock, until somebody mends it."""
SAID_AGAIN_AFTER = 3600.0
"""Seconds."""


class Once(logging.Filter):
    """Of the same warning of the ticker lets one an hour through: a missing key is no news each second."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this is to be logged."""
        if record.name not in EVERY_SECOND or record.levelno < logging.WARNING:
            return True
        message = record.getMessage()
        said = self._said.get(message)
        if said is not None and 0 <= record.created - said < SAID_AGAIN_AFTER:
            return False
        self._said[message] = record.created
        return True


class Discreet(logging.Formatter):
    """Our own lines as they are; of any library's only which it was, and the class and place of an error.

    Libraries log what they were given: whole updates, addresses with the token in them, the arguments of a call
    that was slow. Whatever level somebody sets, that does not get out. Anything like a token is blackened too.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, redacted."""
        kind, _, found = record.exc_info or (None, None, None)
        trouble = place(kind, found) if kind else ""
        if _ours(record):
            message = f"{record.getMessage()} ({trouble})" if trouble else record.getMessage()
        else:
            message = f"{record.name}: trouble ({trouble or 'no details kept'})"
        told = logging.LogRecord(record.name, record.levelno, "", 0, message, None, None)
        told.created = record.created
        return TOKEN_SHAPED.sub("[token]", super().format(told))


def set_up_logging() -> None:
    """Log to standard error: our own lines at INFO, and that other libraries are in trouble."""
    handler = logging.StreamHandler()
    # On a terminal a line may stand there that says how far sending is: it is shown again below this one.
    over = CLEAR if screen() else ""
    handler.setFormatter(Discreet(f"{over}%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    handler.addFilter(Once())
    handler.addFilter(lambda record: _ours(record) or record.levelno >= logging.WARNING)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("naastbot").setLevel(logging.INFO)
    for silent in ("telegram", "httpx", "httpcore"):
        logging.getLogger(silent).setLevel(logging.CRITICAL + 1)
    # Updates are fetched raw on purpose: see bot.network.polling.
    warnings.filterwarnings("ignore", message=".*do_api_request.*", category=PTBUserWarning)
    # Both kinds of `retry_after` are understood: see bot.network.pace.
    warnings.filterwarnings("ignore", message=".*retry_after.*", category=PTBDeprecationWarning)


def _ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == "naastbot"
