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
        self._last: OrderedDict[tuple[int, int], tuple[str, bool]] = OrderedDict()

    def is_second(self, chat: int, message: int, data: str, *, in_a_crowd: bool = False) -> bool:
        """Whether this very button of this message was the last one handled, and there is nothing left to show.

        In a crowd of taps there is nobody to show anything to yet.
        """
        last, shown = self._last.get((chat, message), ("", False))
        return last == data and (shown or in_a_crowd)

    def handled(self, chat: int, message: int, data: str, *, shown: bool = True) -> None:
        """This button of this message was handled, to its end or, not `shown`, as far as storing goes."""
        self._last[chat, message] = data, shown
        self._last.move_to_end((chat, message))
        if len(self._last) > REMEMBERED:
            self._last.popitem(last=False)
