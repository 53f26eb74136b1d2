"""Somebody who keeps answering while the bot is killed knows what was confirmed to them: no more, and no less."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import busy
import pytest
from bench import Bench
from busy import Busy

from bot import render
from bot.render import Place, Screen
from bot.sandbox import acts
from bot.sandbox.model import Button, CallbackAnswer, Message
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.wording import texts
from dialogues.library import builtin_paths
from dialogues.parse import read

TREE = next(read(path) for path in builtin_paths() if path.stem == "hoe-gaat-het-met-jullie")
PLACE = Place("abcd", 1, 0, TREE, "naaste")
ASKED = render.ask(PLACE, TREE.core)
WELL = render.answered(PLACE, TREE.core, texts.CHOSEN.format(choice="Goed"))
SKIPPED = render.answered(PLACE, TREE.core, texts.SKIPPED)


class Scene:
    """One person before one question. The test is the bot: it shows, and confirms."""

    def __init__(self, sandbox: Sandbox, data: Path) -> None:
        self.world: World = sandbox.world
        user = self.world.user("Iemand")
        self.world.start(user)
        self.confirm()
        self.person = Busy(Bench(sandbox, data), user, "naaste", [TREE], random.Random(1))
        content = acts.Content(ASKED.text, keyboard=_keyboard(ASKED))
        self.message: Message = acts.post(self.world.state, user.id, content, None, must_reply=False)

    def show(self, screen: Screen) -> None:
        """Change the question's message."""
        content = acts.Content(screen.text, keyboard=_keyboard(screen))
        acts.edit_text(self.world.state, self.message.chat.id, self.message.id, content)

    def confirm(self) -> None:
        """All that waits is dealt with."""
        for update in self.world.state.queue.fetch(0, 100):
            self.world.state.queue.confirm(int(str(update["update_id"])))

    async def answers(self, label: str, screen: Screen) -> None:
        """The person taps, and the bot shows this and confirms."""
        tapping = asyncio.create_task(self.person.choose(self.message, label))
        await asyncio.sleep(0)
        self.show(screen)
        self.confirm()
        await tapping


def _keyboard(screen: Screen) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(button.label, button.data),) for button in screen.buttons)


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    """Somebody with a question before them, who taps again at once."""
    monkeypatch.setattr(busy, "PATIENCE", 0.01)
    async with Sandbox(limits=False) as sandbox:
        yield Scene(sandbox, tmp_path)


async def test_a_tap_whose_button_is_gone_is_waited_for(scene: Scene) -> None:
    """What came before the tap is handled again after a kill, and hides the button; then the tap is handled."""
    await scene.answers("Goed", WELL)
    assert scene.person.given == {(TREE.id, "hoe"): "goed"}
    scene.show(ASKED)
    skipping = asyncio.create_task(scene.person.choose(scene.message, texts.SKIP))
    await asyncio.sleep(0)
    scene.show(WELL)
    await asyncio.sleep(0.1)
    assert not skipping.done()
    scene.show(SKIPPED)
    scene.confirm()
    await skipping
    assert scene.person.given == {}


async def test_a_tap_that_was_refused_may_still_be_taken(scene: Scene) -> None:
    """A tap that is answered with a refusal is handled again after a kill; what it then shows counts."""
    state = scene.world.state
    choosing = asyncio.create_task(scene.person.choose(scene.message, "Goed"))
    await asyncio.sleep(0)
    (tap,) = state.queue.waiting("callback_query")
    acts.answer_tap(state, str(tap["id"]), CallbackAnswer(texts.OVER, True, ""))
    await asyncio.sleep(0.1)
    assert not choosing.done()
    scene.show(WELL)
    scene.confirm()
    await choosing
    assert scene.person.given == {(TREE.id, "hoe"): "goed"}


async def test_a_tap_that_was_refused_gives_nothing(scene: Scene) -> None:
    """Once the bot has dealt with it, a refused tap is no answer."""
    state = scene.world.state
    choosing = asyncio.create_task(scene.person.choose(scene.message, "Goed"))
    await asyncio.sleep(0)
    (tap,) = state.queue.waiting("callback_query")
    acts.answer_tap(state, str(tap["id"]), CallbackAnswer(texts.OVER, True, ""))
    scene.confirm()
    await choosing
    assert scene.person.given == {}
    assert scene.person.acts == 0
