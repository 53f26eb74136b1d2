"""The queue between Telegram and the bot: updates wait until the bot confirms them by a higher offset."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Sequence
from itertools import islice, takewhile

Json = dict[str, object]

FIRST_UPDATE = 700_000_001
HISTORY = 10_000
"""How many confirmed updates stay at hand for `again`."""

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that Telegram delivers only when asked for by name (getUpdates, `allowed_updates`)."""


class UpdateQueue:
    """Numbers updates, keeps them until confirmed, and can hand out an old one again."""

    def __init__(self) -> None:
        self._next = FIRST_UPDATE
        self._pending: OrderedDict[int, Json] = OrderedDict()
        self._again: deque[tuple[int, Json]] = deque()
        self._history: deque[tuple[int, Json]] = deque(maxlen=HISTORY)
        self._allowed: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self._pending) + len(self._again)

    def waiting(self, kind: str) -> list[Json]:
        """What of this kind the bot has not confirmed yet, without the updates around it."""
        updates = (*(update for _, update in self._again), *self._pending.values())
        return [found for update in updates if isinstance(found := update.get(kind), dict)]

    def allow(self, kinds: Sequence[str]) -> None:
        """Deliver only these kinds from now on; none named means all but NOT_BY_DEFAULT."""
        self._allowed = frozenset(kinds)

    def add(self, kind: str, payload: Json) -> int | None:
        """Queue an update of this kind; its id, or None when the bot does not want this kind."""
        wanted = kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT
        return self.inject({kind: payload}) if wanted else None

    def inject(self, update: Json) -> int:
        """Queue this update as it is, well-formed or not; only its id is added. The id."""
        number = self._next
        self._next += 1
        self._pending[number] = {"update_id": number, **update}
        return number

    def again(self, update_id: int) -> None:
        """Deliver this update once more, though it may have been confirmed. Raises LookupError when unknown."""
        for number, update in (*self._history, *self._pending.items()):
            if number == update_id:
                self._again.append((number, update))
                return
        raise LookupError(f"no update {update_id}")

    def fetch(self, offset: int, limit: int) -> list[Json]:
        """What getUpdates returns for this offset: below a positive offset all is confirmed and forgotten; a
        negative one keeps only that many of the newest. Repeats come first, once."""
        if offset > 0:
            while self._pending and next(iter(self._pending)) < offset:
                self._history.append(self._pending.popitem(last=False))
        elif offset < 0:
            while len(self._pending) > -offset:
                self._history.append(self._pending.popitem(last=False))
        batch = [self._again.popleft()[1] for _ in range(min(limit, len(self._again)))]
        return [*batch, *islice(self._pending.values(), limit - len(batch))]

    def news(self, number: int) -> bool:
        """Whether `since` would give anything."""
        return bool(self._again) or next(reversed(self._pending), 0) > number

    def since(self, number: int) -> list[Json]:
        """For a webhook: what waits with a higher number than this one, in order; repeats come first, once."""
        again = [update for _, update in self._again]
        self._again.clear()
        newest_first = takewhile(lambda known: known > number, reversed(self._pending))
        return again + [self._pending[known] for known in reversed([*newest_first])]

    def confirm(self, number: int) -> None:
        """The webhook took this one, whatever comes before it."""
        if number in self._pending:
            self._history.append((number, self._pending.pop(number)))

    def drop(self) -> None:
        """Forget everything that waits (deleteWebhook, `drop_pending_updates`)."""
        self._pending.clear()
        self._again.clear()
