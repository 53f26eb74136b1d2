"""One period of one team, with a thief who comes by again and again; the same for the tests and for the proof."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bench import Bench, bench
from own_tree import TREE

from bot.sandbox.model import User
from dialogues.library import builtin_paths, load
from dialogues.tree import Dialogue
from storage.answers import Kept
from thief.case import Case
from thief.life import Life
from thief.loot import Loot
from thief.score import Truth

Copies = list[tuple[Loot, ...]]


@dataclass
class Story:
    """What was stolen when, and what is true."""

    chats: list[int]
    dialogues: Mapping[str, Dialogue]
    truth: Truth = field(default_factory=Truth)
    at_random: list[Loot] = field(default_factory=list)
    """While people use everything, the bot running."""
    one_woke: list[Loot] = field(default_factory=list)
    """Two nights; in between only one person answered, who had let a question go before."""
    one_joined: list[Loot] = field(default_factory=list)
    """Two nights; in between only one person answered, who joined in between."""
    writing: list[Loot] = field(default_factory=list)
    """In the middle of a write, with the journal there."""
    taken_back: list[tuple[Loot, list[bytes]]] = field(default_factory=list)
    """After /wis: the files, and the row keys and texts that should be in none of them."""
    last_open: Loot = field(default_factory=lambda: Loot({}))
    """The last copy before the period closed."""
    closed: list[Loot] = field(default_factory=list)
    """After closing, with the bot running, and after it stopped."""
    period_key: bytes = b""
    """Of the period that closed."""
    told: list[tuple[Loot, set[str]]] = field(default_factory=list)
    """Copies, with everything that the bot got to see until then."""
    shown: set[str] = field(default_factory=set)
    """Texts that answers.db may hold: approved ones, masked or given to the team."""

    # what a thief may have, as cases of one copy or of two

    def anytime(self) -> Copies:
        """At any moment while the period is open."""
        return [(copy,) for copy in (*self.at_random, self.last_open)]

    def in_a_write(self) -> Copies:
        """With a journal."""
        return [(copy,) for copy in self.writing]

    def answers_alone(self) -> Copies:
        """Without contacts.db."""
        return [(copy.without("contacts.db"),) for copy in self.at_random]

    def around_an_answer(self) -> Copies:
        """Two nights, with one person's reaction in between."""
        return [tuple(self.one_woke)]

    def around_a_join(self) -> Copies:
        """Two nights, with one newcomer's answer in between."""
        return [tuple(self.one_joined)]

    def after_closing(self) -> Copies:
        """When all is over."""
        return [(copy,) for copy in self.closed]

    def older_files(self) -> Copies:
        """Files of before closing, kept by the thief, and the keys that there are after it."""
        return [(self.last_open.with_files_of(self.closed[-1], "keys/"),)]

    def case(self, *copies: Loot, keys: str = "none") -> Case:
        """A thief with these copies and these keys, who knows the chats of everybody in the team."""
        return Case([copy.with_keys(keys) for copy in copies], self.chats, self.dialogues)


async def tell(directory: Path, seed: int, people: int = 12, steps: int = 40) -> Story:
    """Let it happen."""
    own = directory / "eigen"
    own.mkdir(parents=True)
    (own / "aan-het-woord.yaml").write_text(TREE, encoding="utf-8")
    async with bench(directory, NAASTBOT_DIALOGUES=str(own)) as b:
        team = await b.team()
        life = Life(b, team, random.Random(seed))
        await life.begin(people)
        story = Story([user.id for user in life.people], load([*builtin_paths(), *own.iterdir()]).dialogues)
        await _silent_week(b, life)
        await _at_random(b, life, story, steps)
        await _nights(b, life, story)
        await _taking_back(b, life, story)
        _while_writing(b, life, story)
        await _closing(b, life, story)
    story.closed.append(Loot.take(b.data))
    return story


async def _silent_week(b: Bench, life: Life) -> None:
    """A question comes by rhythm, and nobody taps it: afterwards everybody has let one go."""
    b.set_clock(b.now().replace(hour=16) + timedelta(days=2))
    await asyncio.sleep(1.2)
    await life.settled()
    b.forward(days=8)
    await asyncio.sleep(1.2)
    await life.settled()


async def _at_random(b: Bench, life: Life, story: Story, steps: int) -> None:
    for _ in range(steps):
        step = asyncio.create_task(life.step())
        if life.chance.random() < 0.3:
            await asyncio.sleep(life.chance.uniform(0, 0.1))
            _steal(b, life, story, await asyncio.to_thread(Loot.take, b.data), story.at_random)
        await step
        _learn(b, story)
    _steal(b, life, story, Loot.take(b.data), story.at_random)


async def _nights(b: Bench, life: Life, story: Story) -> None:
    """Two pairs of copies with one answer in between."""
    _steal(b, life, story, Loot.take(b.data), story.one_woke)
    for quiet in sorted(life.people, key=lambda user: (-_silence(b, user), len(_given(b, user)))):
        if await life.answer_once(quiet):
            break
    _learn(b, story)
    _steal(b, life, story, Loot.take(b.data), story.one_woke)
    _steal(b, life, story, story.one_woke[-1], story.one_joined)
    new = b.sandbox.world.user("Xqznieuw", username="xqznieuw")
    life.told |= {new.first_name, new.username}
    await b.join(new, life.team, "naaste")
    story.chats.append(new.id)
    await life.answer_once(new)
    life.people.append(new)
    _learn(b, story)
    _steal(b, life, story, Loot.take(b.data), story.one_joined)


async def _taking_back(b: Bench, life: Life, story: Story) -> None:
    """One answer, all answers, and everything of a person: each time by somebody who has some."""
    for act in (life.withdraw_one, life.withdraw_all, life.erase):
        user = next(user for user in life.people if len(_given(b, user)) > 1)
        before = _given(b, user)
        await act(user)
        after = _given(b, user)
        gone = [kept for kept in before if kept.key not in {left.key for left in after}]
        texts = {kept.value for kept in gone if kept.kind != "choice"} - _texts(b, life.team)
        loot = Loot.take(b.data)
        story.taken_back.append((loot, [*(kept.key for kept in gone), *(text.encode() for text in texts)]))
        _steal(b, life, story, loot, story.at_random)


def _while_writing(b: Bench, life: Life, story: Story) -> None:
    """Something is being written while the thief looks on, and then is not after all."""
    _learn(b, story)
    story.shown |= _texts(b, life.team)
    execute = b.store.answers.db.conn.execute
    execute("BEGIN IMMEDIATE")
    execute("DELETE FROM answers")
    story.writing.append(Loot.take(b.data))
    execute("ROLLBACK")


async def _closing(b: Bench, life: Life, story: Story) -> None:
    b.forward(weeks=9)
    await life.settled()
    for user in list(life.people):
        await life.answer(user)
    _learn(b, story)
    story.shown |= _texts(b, life.team)
    story.last_open = Loot.take(b.data)
    story.period_key = b.store.keys.period_key(life.team, 1)
    done = await asyncio.to_thread(b.run, "close", life.team)
    assert done.returncode == 0, done.stderr
    await life.settled()
    _steal(b, life, story, Loot.take(b.data), story.closed)


def _steal(b: Bench, life: Life, story: Story, loot: Loot, into: list[Loot]) -> None:
    into.append(loot)
    story.shown |= _texts(b, life.team)
    story.told.append((loot, set(life.told)))


def _learn(b: Bench, story: Story) -> None:
    story.truth.learn(b.store)


def _silence(b: Bench, user: User) -> int:
    (person,) = b.store.contacts.of_chat(user.id)
    return person.unanswered


def _given(b: Bench, user: User) -> list[Kept]:
    people = b.store.contacts.of_chat(user.id)
    periods = [b.store.answers.open_period(person.team) for person in people]
    return [
        kept
        for person, period in zip(people, periods, strict=True)
        if period is not None
        for kept in b.store.intake.all_given(person, period)
    ]


def _texts(b: Bench, team: str) -> set[str]:
    return {kept.value for kept in b.store.answers.of_period(team, 1) if kept.kind != "choice"}
