"""How long others wait for the answer to a tap while chats flood, as a table for docs/proofs/flood.md.

python tests/proofs/flood.py [--quick]

A real `naastbot run`, at the pace that it keeps with Telegram, and a Bot API server in this process. Ends with
1 when somebody's p95 is 2 seconds or more, or when an answer of anybody is lost.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bot"))

from bench import START, Bench, a_webhook
from privacy.adversary.tables import markdown
from test_durability import Process

from bot.sandbox.model import Message, User
from bot.sandbox.server import Sandbox
from storage.store import open_store

P95_SECONDS = 2.0
PEOPLE, NOISY = 20, 8
OPTIONS = ("Goed", "Wisselend", "Zwaar")


@dataclass
class Person:
    """Somebody with the question of this round before them, and the option that they saw confirmed last."""

    user: User
    message: Message
    data: dict[str, str]
    last: str = ""
    waited: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Scene:
    """What goes on while twenty people tap, and for how many seconds."""

    name: str
    flood: Callable[[Bench, list[Person], int], Awaitable[None]]
    webhook: bool


async def silence(b: Bench, noisy: list[Person], size: int) -> None:
    """Nobody floods."""
    await asyncio.sleep(size / 250)


async def messages_at_once(b: Bench, noisy: list[Person], size: int) -> None:
    """One chat sends all its messages in one go: everybody else's updates come after them."""
    for number in range(size):
        b.sandbox.world.say(noisy[0].user, noisy[0].user, f"hallo {number}")
    await asyncio.sleep(size / 500)


async def messages_in_a_row(b: Bench, noisy: list[Person], size: int) -> None:
    """One chat sends 250 messages a second."""
    for number in range(size):
        b.sandbox.world.say(noisy[0].user, noisy[0].user, f"hallo {number}")
        await asyncio.sleep(1 / 250)


async def taps_of_many(b: Bench, noisy: list[Person], size: int) -> None:
    """Eight chats tap their options ten times a second each."""
    for number in range(size // 20):
        person = noisy[number % NOISY]
        person.last = OPTIONS[number % 3]
        b.sandbox.world.forge(person.user, person.message, person.data[person.last])
        await asyncio.sleep(1 / 80)


SCENES = tuple(
    Scene(name, flood, webhook)
    for webhook in (False, True)
    for name, flood in (
        ("nobody floods", silence),
        ("one chat, all messages at once", messages_at_once),
        ("one chat, 250 messages a second", messages_in_a_row),
        ("eight chats, ten taps a second each", taps_of_many),
    )
)


def main(quick: bool) -> int:
    """Print the table; 0 when every figure is reached."""
    size = 500 if quick else 5000
    with tempfile.TemporaryDirectory() as directory:
        rows = []
        for number, scene in enumerate(SCENES):
            place = Path(directory) / str(number)
            place.mkdir()
            rows.append(asyncio.run(measured(place, scene, size)))
    head = ("updates by", "while", "taps", "p50", "p95", "longest", "answers lost")
    print(f"\n{size} messages, or {size // 20} taps\n")
    print(markdown(head, [row.cells() for row in rows]))
    return 0 if all(row.fine for row in rows) else 1


@dataclass(frozen=True)
class Row:
    """What one scene came to."""

    scene: Scene
    waited: list[float]
    lost: int

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 taps were answered."""
        return statistics.quantiles(self.waited, n=20)[-1]

    @property
    def fine(self) -> bool:
        """Whether others hardly noticed, and nobody lost anything."""
        return self.p95 < P95_SECONDS and self.lost == 0

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        seconds = (statistics.median(self.waited), self.p95, max(self.waited))
        way = "webhook" if self.scene.webhook else "polling"
        return (way, self.scene.name, str(len(self.waited)), *(f"{s:.2f} s" for s in seconds), str(self.lost))


async def measured(directory: Path, scene: Scene, size: int) -> Row:
    """One scene from beginning to end, with an installation of its own."""
    async with Sandbox(limits=False) as sandbox:
        b = Bench(sandbox, directory / "data", a_webhook())
        b.set_clock(START)
        await b.start()
        team = await b.team()
        people = [await ready(b, team, f"Persoon {number}") for number in range(PEOPLE + NOISY)]
        await b.stop()
        process, over = Process(b), asyncio.Event()
        await process.start(webhook=scene.webhook)
        others, noisy = people[:PEOPLE], people[PEOPLE:]
        tapping = asyncio.gather(*(tap_on(b, person, over) for person in others))
        try:
            await scene.flood(b, noisy, size)
            over.set()
            await tapping
            await sandbox.world.settled(within=300)
        finally:
            await process.kill()
    return Row(scene, [seconds for person in others for seconds in person.waited], lost(b, people))


async def ready(b: Bench, team: str, name: str) -> Person:
    """A naaste with the question of this round."""
    user = b.sandbox.world.user(name)
    await b.join(user, team, "naaste")
    asked = await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))
    return Person(user, asked, {label: asked.button(label).data for label in OPTIONS})


async def tap_on(b: Bench, person: Person, over: asyncio.Event) -> None:
    """Choose, and choose otherwise, at a human pace; how long each tap took until the message showed it."""
    chance = random.Random(person.user.id)
    await asyncio.sleep(chance.random())
    while not over.is_set():
        wanted = next(option for option in chance.sample(OPTIONS, 3) if option != person.last)
        person.last, began = wanted, time.monotonic()
        b.sandbox.world.forge(person.user, person.message, person.data[wanted])
        await b.sandbox.world.until(person.user, lambda wanted=wanted: f"✓ {wanted}" in person.message.text, 120)
        person.waited.append(time.monotonic() - began)
        await asyncio.sleep(chance.uniform(1.0, 2.0))


def lost(b: Bench, people: list[Person]) -> int:
    """How many people's last choice is not what the files hold."""
    store = open_store(b.data)
    try:
        found = 0
        for person in people:
            (known,) = store.contacts.of_chat(person.user.id)
            period = store.answers.open_period(known.team)
            rows = store.intake.all_given(known, period) if period else []
            values = [row.value for row in rows if row.slot.question == "hoe"]
            found += values != ([person.last.lower()] if person.last else [])
        return found
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
