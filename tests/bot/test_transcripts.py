"""Every transcript against the real bot, which is stopped and started again between any two messages."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from bench import AMSTERDAM, Bench, bench
from transcripts.reader import ANYTHING, Transcript, on_one_line, read, transcripts

from bot.sandbox.model import Message, User
from bot.wording import texts


def tree_text(message: Message) -> str:
    """What the tree prescribes of a message: without the team's name, hints and the contact line."""
    text = message.text.removeprefix("De Linde\n\n").removeprefix(f"{texts.SHARE_TITLE}\n\n")
    for hint in (texts.TEXT_HINT, texts.SHARE_HINT, texts.CONTACT.format(contact="bel 020 123 45 67")):
        text = text.removesuffix(f"\n\n{hint}")
    return on_one_line(text)


async def step(b: Bench, user: User, message: Message, kind: str, text: str) -> Message:
    """One line of a walk: check what the bot said, or do what the person does and take what comes back."""
    if kind == "bot":
        if text != ANYTHING:
            assert tree_text(message) == text
        return message
    if kind == "typ":
        return await b.after(user, lambda: b.sandbox.world.say(user, user, text))
    return await b.press(user, message, text)


async def asked(b: Bench, team: str, script: Transcript) -> list[tuple[User, Message]]:
    """One person for each walk, with the core question before them."""
    users = [b.sandbox.world.user(f"{script.role} {number}") for number in range(len(script.paths))]
    await asyncio.gather(*(b.join(user, team, script.role) for user in users))
    period = b.store.answers.open_period(team)
    assert period is not None
    b.store.agenda.add_ask(team, period.number, script.dialogue, b.now().astimezone(AMSTERDAM).date())
    newest = [b.sandbox.world.chat(user).messages[-1] for user in users]
    waiting = (b.sandbox.world.next_message(user, after=last) for user, last in zip(users, newest, strict=True))
    return list(zip(users, await asyncio.gather(*waiting), strict=True))


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
async def test_a_transcript_survives_a_restart_at_every_question(tmp_path: Path, path: Path) -> None:
    """What a care worker reads in a transcript is what people get, though the bot restarts all the time."""
    transcript = read(path)
    async with bench(tmp_path) as b:
        team = await b.team()
        people = await asked(b, team, transcript)
        for number in range(max(len(walk.lines) for walk in transcript.paths)):
            await b.restart()
            steps = [
                step(b, user, message, *walk.lines[number]) if number < len(walk.lines) else _same(message)
                for (user, message), walk in zip(people, transcript.paths, strict=True)
            ]
            messages = await asyncio.gather(*steps)
            people = [(user, message) for (user, _), message in zip(people, messages, strict=True)]
        answered = [line for walk in transcript.paths for line in walk.lines if line[0] != "bot"]
        given = [line for line in answered if line not in (("tik", "Sla over"), ("tik", "Zo is het goed"))]
        period = b.store.answers.open_period(team)
        assert period is not None
        assert len(b.store.answers.of_period(team, period.number)) == len(given)
        assert b.store.ledger.set_aside() == []


async def _same(message: Message) -> Message:
    return message
