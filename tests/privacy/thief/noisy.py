"""`naastbot run` as it should never be: everything logs at DEBUG, and things fail with what they were given.

Run as `python noisy.py run`, with the settings of a bot. What comes out is compared with what the bot got to see.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from bot import log
from bot.__main__ import main
from bot.handlers import answering, words
from bot.network.send import Sender
from bot.schedule import tick
from storage.answers import Answers
from storage.contacts import Contacts
from storage.intake import Intake

CALLS = count()
EVERY = 15
"""Each so manyth call fails."""
FATAL = os.environ.get("NOISY_FATAL") == "1"
"""End in an error that nobody catches, after a while."""


def fail_now_and_then(owner: Any, name: str, error: type[Exception]) -> None:
    """This function fails at times, and says in its error all that it was given."""
    real: Callable[..., Any] = getattr(owner, name)

    def failing(*args: Any, **kwargs: Any) -> Any:
        if next(CALLS) % EVERY == EVERY // 2:
            complain(f"{name} {args!r} {kwargs!r} {[vars(a) for a in args if hasattr(a, '__dict__')]!r}")
            raise error(f"{name} {args!r} {kwargs!r}")
        return real(*args, **kwargs)

    setattr(owner, name, failing)


def complain(said: str) -> None:
    """The same in every way in which something may come out by itself."""
    warnings.warn(said, stacklevel=2)
    logging.getLogger("some.library").warning("trouble with %s", said)
    logging.getLogger("some.library").error("no such field: %d", said)
    threading.Thread(target=_fail, args=(said,)).start()
    asyncio.get_running_loop().create_task(_fail_later(said))
    asyncio.get_running_loop().call_soon(_fail, said)
    _Falls(said)


def _fail(said: str) -> None:
    raise RuntimeError(said)


async def _fail_later(said: str) -> None:
    raise ValueError(said)


class _Falls:
    def __init__(self, said: str) -> None:
        self._said = said

    def __del__(self) -> None:
        raise RuntimeError(self._said)


def be_noisy() -> None:
    """Every logger that there is, or will be, at DEBUG."""
    real = log.set_up_logging

    def noisy() -> None:
        real()
        logging.disable(logging.NOTSET)
        for logger in [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]:
            logger.setLevel(logging.DEBUG)
        logging.Logger.setLevel = lambda self, level: None
        for handler in logging.getLogger().handlers:
            handler.setLevel(logging.DEBUG)

    log.set_up_logging = noisy


def be_clumsy() -> None:
    """What handles people's words and numbers fails at times."""
    for owner, name, error in (
        (Answers, "put", ValueError),
        (Intake, "choose", RuntimeError),
        (Intake, "keep_text", KeyError),
        (Contacts, "set", RuntimeError),
        (Contacts, "of_chat", ValueError),
        (Sender, "edit", RuntimeError),
        (answering, "find", TypeError),
        (words, "typed", RuntimeError),
    ):
        fail_now_and_then(owner, name, error)


def be_fatal() -> None:
    """The ticker ends the whole program with an error that holds somebody's chat id."""
    real, ticks = tick.Ticker.look, [0]

    async def ends(ticker: tick.Ticker) -> None:
        await real(ticker)
        house = ticker._house
        ticks[0] += 1
        if ticks[0] > 2:
            people = [p for team in house.store.teams.all() for p in house.store.contacts.of_team(team.id)]
            raise RuntimeError(f"{[person.chat for person in people]} {house.settings!r}")

    tick.Ticker.look = ends


if __name__ == "__main__":
    be_noisy()
    if FATAL:
        be_fatal()
    else:
        be_clumsy()
    main()
