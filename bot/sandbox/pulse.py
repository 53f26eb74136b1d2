"""Waiting without polling: whoever changes something beats, whoever waits for it looks again."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Hashable

ANYTHING = "anything"
"""The topic that beats with every other topic."""


class Pulse:
    """Wakes those who wait on a topic. Belongs to one event loop; `beats` counts every change so far."""

    def __init__(self) -> None:
        self.beats = 0
        self._waiting: defaultdict[Hashable, set[asyncio.Future[None]]] = defaultdict(set)

    def beat(self, topic: Hashable) -> None:
        """Something about this topic changed."""
        self.beats += 1
        for name in (topic, ANYTHING):
            for waiter in self._waiting.pop(name, ()):
                if not waiter.done():
                    waiter.set_result(None)

    async def until(self, topic: Hashable, ready: Callable[[], bool], seconds: float) -> bool:
        """Whether `ready()` came true within these seconds; it is asked again at every beat of the topic."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not ready():
            left = deadline - loop.time()
            if left <= 0:
                return False
            waiter = loop.create_future()
            self._waiting[topic].add(waiter)
            try:
                await asyncio.wait_for(waiter, left)
            except TimeoutError:
                return ready()
            finally:
                self._waiting[topic].discard(waiter)
        return True

    async def quiet(self, seconds: float) -> bool:
        """Whether nothing at all changed for these seconds."""
        before = self.beats
        return not await self.until(ANYTHING, lambda: self.beats != before, seconds)
