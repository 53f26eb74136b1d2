"""Two quick taps on one button count once."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 10_000


class DoubleTaps:
    """The last button handled of each message, while the bot runs.

    Kept in memory only, on purpose: after a crash the same tap comes again and must be handled again, so that
    the next question is asked.
    """

    def __init__(self) -> None:
        self._last: OrderedDict[tuple[int, int], str] = OrderedDict()

    def is_second(self, chat: int, message: int, data: str) -> bool:
        """Whether this very button of this message was the last one handled."""
        return self._last.get((chat, message)) == data

    def handled(self, chat: int, message: int, data: str) -> None:
        """This button of this message was handled, to its end."""
        self._last[chat, message] = data
        self._last.move_to_end((chat, message))
        if len(self._last) > REMEMBERED:
            self._last.popitem(last=False)
