"""In order within a chat, side by side between chats, whatever goes wrong with any of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Update
from telegram.error import BadRequest

from bot.network.gate import Raw, Verdict
from bot.network.updates import Updates
from storage.ledger import MAX_TRIES
from storage.store import Store, open_store


def said(number: int, chat: int) -> Raw:
    """A message in this chat."""
    place = {"id": chat, "type": "private", "first_name": "P"}
    return {"update_id": number, "message": {"message_id": number, "date": 1, "chat": place, "text": "x"}}


class Desk:
    """Handles an update when it is told to, and notes what began and what ended."""

    def __init__(self) -> None:
        self.began: list[int] = []
        self.ended: list[int] = []
        self.may_end: set[int] = set()
        self.sign = asyncio.Condition()
        self.faulty: set[int] = set()

    async def let_end(self, *numbers: int) -> None:
        """These may end, once they have begun."""
        self.may_end |= {*numbers}
        async with self.sign:
            self.sign.notify_all()
        await turns()

    async def handle(self, update: Update) -> None:
        """Begin, wait for a sign, and end."""
        self.began.append(update.update_id)
        if update.update_id in self.faulty:
            raise BadRequest("never")
        async with self.sign:
            await self.sign.wait_for(lambda: update.update_id in self.may_end)
        self.ended.append(update.update_id)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A data directory."""
    return open_store(tmp_path / "data")


def updates(store: Store, desk: Desk) -> Updates:
    """The middle of a bot, in which this desk handles everything."""
    app: Any = SimpleNamespace(bot=None, process_update=desk.handle, add_error_handler=lambda _: None)
    return Updates(app, store.ledger, store.batch, lambda _: Verdict.KEEP)


async def turns(count: int = 20) -> None:
    """Let the loop go round."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_each_chat_in_order_and_all_chats_side_by_side(store: Store) -> None:
    """The first of every chat begins at once; the next of a chat begins when the one before it has ended."""
    desk = Desk()
    running = updates(store, desk)
    running.begin([said(1, 10), said(2, 10), said(3, 20), said(4, 10), said(5, 20), said(6, 30)])
    await turns()
    assert desk.began == [1, 3, 6]
    await desk.let_end(3)
    assert desk.began == [1, 3, 6, 5]
    running.begin([said(7, 40)])
    await desk.let_end(1, 5)
    assert desk.began == [1, 3, 6, 5, 7, 2]
    assert desk.ended == [3, 1, 5]
    assert running.oldest == 1
    running.commit()
    assert running.oldest == 2
    await desk.let_end(2, 4, 6, 7)
    await running.finish()
    assert running.oldest is None
    assert store.ledger.seen(range(10)) == set(range(1, 8))


async def test_what_fails_three_times_holds_up_nothing_and_is_set_aside(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other chats go on while one update is tried again; its own chat goes on after the third time."""
    sleep = asyncio.sleep
    monkeypatch.setattr("bot.network.updates.asyncio.sleep", lambda _: sleep(0))
    desk = Desk()
    desk.faulty, desk.may_end = {1}, {2, 3}
    running = updates(store, desk)
    running.begin([said(1, 10), said(2, 10), said(3, 20)])
    await running.finish()
    assert desk.began.count(1) == MAX_TRIES
    assert desk.ended == [3, 2]
    assert store.ledger.set_aside() == [(1, "BadRequest")]
    assert store.ledger.seen([1, 2, 3]) == {1, 2, 3}
