"""Talking to a dialogue in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.play import play
from dialogues.engine import IllegalMoveError
from dialogues.library import builtin_paths
from dialogues.parse import parse, read
from dialogues.tree import Dialogue

TREE = """\
dialogue: klein
version: 1
for: [naaste]
title: Klein
source: "A 1"
start: hoe
questions:
  hoe:
    ask: Hoe gaat het?
    options:
      goed:  {say: Goed, then: woorden}
      zwaar: {say: Zwaar, then: dank}
  woorden:
    ask: Vertel eens.
    text: true
    then: dank
ends:
  dank: {say: Dank je wel., contact: true}
"""


def transcript(dialogue: Dialogue, typed: list[str], role: str = "naaste") -> list[str]:
    """What is shown when these lines are typed; after them there is no more input."""
    lines: Iterator[str] = iter(typed)
    shown: list[str] = []

    def listen(prompt: str) -> str:
        line = next(lines, None)
        if line is None:
            raise EOFError
        shown.append(prompt + line)
        return line

    play(dialogue, role, listen, shown.append)
    return shown


SMALL = parse(TREE, "klein.yaml")


def test_a_talk_from_start_to_end() -> None:
    """A talk shows the question with numbers, takes a number and words, and ends with the team's contact line."""
    assert transcript(SMALL, ["1", "Het ging goed"]) == [
        "Klein (naaste)",
        "",
        "Hoe gaat het?",
        "  1  Goed",
        "  2  Zwaar",
        "  s = Sla over, w = Wijzig, q = stop, of kies een nummer",
        "> 1",
        "",
        "Vertel eens.",
        "  s = Sla over, w = Wijzig, q = stop, of typ je antwoord",
        "> Het ging goed",
        "",
        "Dank je wel.",
        "[Hier ziet iemand hoe je het team bereikt.]",
    ]


def test_going_back_and_choosing_again() -> None:
    """`w` asks the previous question again, and the new answer leads its own way."""
    shown = transcript(SMALL, ["1", "w", "2"])
    assert shown.count("Hoe gaat het?") == 2
    assert shown[-2] == "Dank je wel."


def test_a_skip_ends_or_goes_on() -> None:
    """Skipping the first question ends the talk; skipping a later one goes on."""
    assert transcript(SMALL, ["s"])[-1] == "Helemaal goed. Tot een volgende keer."
    assert transcript(SMALL, ["1", "S"])[-2] == "Dank je wel."


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (["9"], "Dat herken ik niet. Typ een nummer van 1 tot en met 2."),
        ([""], "Dat herken ik niet. Typ een nummer van 1 tot en met 2."),
        (["²"], "Dat herken ik niet. Typ een nummer van 1 tot en met 2."),
        (["9" * 5000], "Dat herken ik niet. Typ een nummer van 1 tot en met 2."),
        (["w"], "Dit is de eerste vraag. Je kunt nog niet terug."),
        (["1", " "], "Typ een paar woorden, of typ s om deze vraag over te slaan."),
        (["1", "a" * 301], "Dat is een lang verhaal. Probeer het in 300 tekens."),
    ],
)
def test_wrong_input_gets_a_kind_hint(typed: list[str], hint: str) -> None:
    """What does not fit is answered with what does, and the question stays open."""
    shown = transcript(SMALL, [*typed, "q"])
    assert hint in shown
    assert shown[-1] == "Gestopt. Er is niets bewaard."


def test_the_end_of_input_stops() -> None:
    """A closed terminal ends the talk without a fault."""
    assert transcript(SMALL, [])[-1] == "Gestopt. Er is niets bewaard."


def test_a_role_that_is_not_asked_is_refused() -> None:
    """Nobody sees a dialogue that is not for them."""
    with pytest.raises(IllegalMoveError):
        transcript(SMALL, [], role="professional")


@given(st.data())
def test_any_input_to_any_tree_of_the_library(data: st.DataObject) -> None:
    """Whatever is typed, every tree of the library ends the talk in an orderly way."""
    dialogue = read(data.draw(st.sampled_from(builtin_paths())))
    role = data.draw(st.sampled_from(dialogue.roles))
    typed = data.draw(st.lists(st.sampled_from(["1", "2", "3", "s", "w", "q", "iets", "", "99"]), max_size=12))
    assert transcript(dialogue, typed, role)[0] == f"{dialogue.title} ({role})"
