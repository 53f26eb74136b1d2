"""Looking who is due, when there is reason to: most seconds bring nothing new, and looking at all takes time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable

from bot.house import House
from storage.errands import Errand

SHARE = 0.005
"""At most this part of the time goes to looking again at what people do: the more people, the less often."""
AT_MOST_APART = 3.0
"""Seconds, however many people there are."""


Due = Callable[[], Iterable[list[Errand]]]
"""Finds what is due now, team by team."""


class Lookout:
    """Plans what is due: at every new minute, and at once when another program wrote something, such as an ask.

    What this program wrote itself (a tap, a message that was sent) rarely makes anything due. It is looked at
    too: at once in a small installation, after a few seconds in a large one.
    """

    def __init__(self, house: House, due: Due, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._house = house
        self._due = due
        self._files = (house.store.contacts.db, house.store.answers.db)
        self._monotonic = monotonic
        self._elsewhere: tuple[object, ...] = ()
        self._here = -1
        self._again = 0.0

    async def look(self) -> None:
        """Plan what is due, if there may be something. Raises sqlite3.Error, and plans at the next look then."""
        elsewhere, here = self._what_others_did(), self._what_we_did()
        if elsewhere == self._elsewhere and (here == self._here or self._monotonic() < self._again):
            return
        took = await self._plan()
        self._elsewhere, self._here = elsewhere, here
        self._again = self._monotonic() + min(took / SHARE, AT_MOST_APART)

    async def _plan(self) -> float:
        """Look at every team, and let others go on in between; how many seconds the looking itself took."""
        took, began = 0.0, self._monotonic()
        for errands in self._due():
            if errands:
                self._house.store.agenda.add(errands)
            took += self._monotonic() - began
            # Neither messages nor taps wait until all teams were looked at.
            await asyncio.sleep(0)
            began = self._monotonic()
        return took

    def _what_others_did(self) -> tuple[object, ...]:
        """The minute on the clock, and how often other programs wrote in each file."""
        minute = self._house.now().replace(second=0, microsecond=0)
        return (minute, *(db.conn.execute("PRAGMA data_version").fetchone()[0] for db in self._files))

    def _what_we_did(self) -> int:
        return sum(db.conn.total_changes for db in self._files)
