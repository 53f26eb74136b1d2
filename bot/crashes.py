"""What a crash may show: the class of the error and the place in the code, never what was being handled."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import traceback
from types import TracebackType


def keep_to_ourselves() -> None:
    """No core dumps, and no messages of warnings, uncaught errors or records that can't be logged.

    Error messages of libraries may hold what they were given: a text, a chat id, an address with the token in it.
    """
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    sys.excepthook = _hook
    sys.unraisablehook = lambda found: _hook(found.exc_type, found.exc_value, found.exc_traceback)
    threading.excepthook = lambda found: _hook(found.exc_type, found.exc_value, found.exc_traceback)
    # A core dump would hold the keys, and whatever was in memory. Windows has neither.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def place(kind: type[BaseException] | None, found: TracebackType | None) -> str:
    """Class and place of an error: `ValueError, tick.py:40`."""
    frames = traceback.extract_tb(found)
    where = f", {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{kind.__name__ if kind else 'error'}{where}"


def _hook(kind: type[BaseException], error: BaseException | None, found: TracebackType | None) -> None:
    print(f"Er ging iets mis dat niet was voorzien ({place(kind, found)}).", file=sys.stderr)
