"""What several tests of the bot need."""

from __future__ import annotations

from pathlib import Path

import pytest

TREE = """
dialogue: aan-het-woord
version: 1
for: [naaste, professional]
title: Aan het woord
source: test
start: zin
questions:
  zin:
    ask: Heb je zin in iets nieuws?
    options:
      ja: {say: Ja, then: woorden}
      nee: {say: Nee, then: woorden}
  woorden:
    ask: Wil je er iets over kwijt?
    text: true
    then: dank
ends:
  dank: {say: Dank je wel.}
"""


@pytest.fixture
def own_trees(tmp_path: Path) -> str:
    """A team's own directory with a dialogue that ends in words."""
    directory = tmp_path / "eigen"
    directory.mkdir()
    (directory / "aan-het-woord.yaml").write_text(TREE, encoding="utf-8")
    return str(directory)
