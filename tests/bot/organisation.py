"""A whole organisation that is there already, and the real `naastbot run` beside it as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from bench import ROOT, START, Bench, polled

from bot.agreement import current
from bot.sandbox.model import User
from storage import closing
from storage.schema import writing
from storage.store import Store, open_store

ASKED = "hoe-gaat-het-met-jullie"
QUESTION = "Hoe gaat het met jullie?"
"""What a broadcast in these proofs asks, and how people see it."""


def settle(b: Bench, teams: int, people: int) -> list[User]:
    """Put so many naasten in so many teams, straight into the stores; returns them, with their chats open.

    Each team has a coordinator and a contact line. Nobody is due by rhythm, so that only a broadcast is sent.
    """
    b.set_clock(START)
    store = open_store(b.data)
    users = [b.sandbox.world.user(f"Persoon {number}") for number in range(people)]
    for number in range(teams):
        _team(b, store, number, users[number::teams])
    closing.ensure_periods(store, b.now())
    store.close()
    return users


def _team(b: Bench, store: Store, number: int, users: list[User]) -> None:
    joined = START.date() - timedelta(days=30)
    with writing(store.contacts.db):
        team = store.teams.add(f"Team {number}")
        store.teams.set_contact(team.id, "bel 020 123 45 67")
        leader = b.sandbox.world.user(f"Kartrekker {number}")
        store.contacts.make_coordinator(team.id, leader.id, joined)
        for user in users:
            person = store.contacts.join(team.id, user.id, "naaste", joined, current().version)
            store.contacts.set(person.id, "weekday", (START.weekday() + 3) % 7)
    for user in (leader, *users):
        chat = b.sandbox.world.chat(user)
        chat.started, chat.status = True, "member"


def ask_everybody(b: Bench) -> None:
    """What `naastbot ask` does, for every team at once."""
    store = open_store(b.data)
    with writing(store.contacts.db):
        for team in store.teams.all():
            period = store.answers.open_period(team.id)
            assert period is not None
            store.agenda.add_ask(team.id, period.number, ASKED, today(b))
    store.close()


def today(b: Bench) -> date:
    """The bot's local date."""
    return b.now().astimezone(START.tzinfo).date()


def asked(b: Bench, user: User) -> list[datetime]:
    """When the question reached this person, once for each time that it did."""
    chat = b.sandbox.world.chat(user)
    return [m.date for m in chat.messages if m.sender == b.sandbox.world.bot and QUESTION in m.text]


class Run:
    """`naastbot run`, that can be stopped and killed; what it logs goes to `log`."""

    def __init__(self, b: Bench, log: Path) -> None:
        self._bench = b
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait for its first request for updates."""
        before = self._bench.sandbox.calls["getupdates"]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=ROOT,
                env={**os.environ, **self._bench.env},
                stderr=log,
            )
        await polled(self._bench.sandbox, before)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, by SIGKILL for instance, and wait until it is gone."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(how)
            await self._process.wait()
