"""One bot per data directory: a lock that lasts exactly as long as the process that runs it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

LOCK = "bot.lock"
PATIENCE = 2.0
"""Seconds; `runs` holds the lock for a moment too, and a bot that is restarted may still be leaving."""


class AlreadyRunsError(Exception):
    """Another process runs the bot on this data directory."""


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold this data directory for one running bot. Raises AlreadyRunsError.

    The system lets go of the lock when the process ends, however it ends: there is nothing to clean up.
    """
    file = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + PATIENCE
        while not _take(file):
            if time.monotonic() >= until:
                raise AlreadyRunsError
            time.sleep(0.1)
        yield
    finally:
        os.close(file)


def runs(data: Path) -> bool:
    """Whether a bot runs on this data directory now, on this machine."""
    try:
        file = os.open(data / LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _take(file)
    finally:
        os.close(file)


def _take(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
