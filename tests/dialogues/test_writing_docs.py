"""The page for authors is true: its example is a sound dialogue, and every word of the language is explained."""

from __future__ import annotations

import re
from pathlib import Path

from dialogues import build
from dialogues.check import check
from dialogues.parse import parse

PAGE = (Path(__file__).parents[2] / "docs" / "schrijven.md").read_text(encoding="utf-8")


def test_the_example_is_a_sound_dialogue() -> None:
    """Whoever copies the example from the page has a dialogue without a single remark."""
    found = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    assert check(parse(found.group(1), "samen-eten.yaml")) == ()


def test_every_word_of_the_language_is_explained() -> None:
    """No word that the parser knows is missing from the page."""
    words = {word for name, value in vars(build).items() if name.endswith("_WORDS") for word in value}
    assert words
    assert [word for word in sorted(words) if f"`{word}" not in PAGE] == []
