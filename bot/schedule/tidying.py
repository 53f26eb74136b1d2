"""Rewriting answers.db soon after something was written in it, so that its pages tell nothing of the order.

SQLite sorts the rows of a page by their key, but lays their contents down as they come: until the file is
rewritten, it shows in which order people answered.
"""

from __future__ import annotations

import logging
import sqlite3
import time

from storage.answers import Answers

log = logging.getLogger("naastbot.tidying")

SHARE = 0.01
"""At most this part of the time goes to rewriting: the larger the file, the longer between two times."""


class Tidying:
    """Done at the first look, which mends what a crash left, and then whenever something was written."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._again = 0.0

    def look(self) -> None:
        """Rewrite the file if there is reason to, and it is time."""
        began = time.monotonic()
        if self._answers.untidy and began >= self._again and tidy(self._answers):
            ended = time.monotonic()
            self._again = ended + (ended - began) / SHARE


def tidy(answers: Answers) -> bool:
    """Rewrite the file; False when that can't be done now, as while another program has it."""
    try:
        answers.vacuum()
    except sqlite3.Error as error:
        log.warning("answers.db could not be rewritten (%s)", type(error).__name__)
        return False
    return True
