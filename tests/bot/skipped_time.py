"""An event loop in which waiting takes no time: its clock jumps to the next thing that is to happen."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Skipping(selectors.SelectSelector):
    """Never waits; whoever would have waited finds that the time is over."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> Any:
        """What is ready now."""
        self.now += timeout or 0.0
        return super().select(0)


class SkippedTime(asyncio.SelectorEventLoop):
    """Only for what waits by asyncio, and asks nothing of a network."""

    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        """Seconds, as `time.monotonic` gives them elsewhere."""
        return self._skipping.now

    def stall(self, seconds: float) -> None:
        """Something kept the loop busy for so long."""
        self._skipping.now += seconds


def in_skipped_time(work: Coroutine[Any, Any, T]) -> T:
    """Run this to its end, at once."""
    loop = SkippedTime()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()
