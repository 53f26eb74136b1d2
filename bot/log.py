"""Logging that never holds a text, a name, an id or a token."""

from __future__ import annotations

import logging
import re
import warnings

from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

TOKEN_SHAPED = re.compile(r"\d{3,}:[A-Za-z0-9_-]{8,}")


class RedactTokens(logging.Formatter):
    """Blackens whatever looks like a token, in any record of any library, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole record as text, redacted."""
        return TOKEN_SHAPED.sub("[token]", super().format(record))


def set_up_logging() -> None:
    """Log to standard error: our own lines at INFO, other libraries only when something breaks.

    python-telegram-bot logs whole updates when one can't be parsed, and httpx the token in every address: both
    are silent here.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(RedactTokens("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("naastbot").setLevel(logging.INFO)
    for silent in ("telegram", "httpx", "httpcore"):
        logging.getLogger(silent).setLevel(logging.CRITICAL + 1)
    # Updates are fetched raw on purpose: see bot.updates.
    warnings.filterwarnings("ignore", message=".*do_api_request.*", category=PTBUserWarning)
    # Both kinds of `retry_after` are understood: see bot.pace.
    warnings.filterwarnings("ignore", message=".*retry_after.*", category=PTBDeprecationWarning)
