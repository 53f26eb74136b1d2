"""What a release promises: groups, panels, classes, and that there is no other way to make one."""

from __future__ import annotations

import dataclasses
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from release_world import TREES, World, by_role, chance, choose, say, team, tree

from dialogues.tree import ROLES
from storage.published import Finding
from storage.release import Choice, Person, PublishableFeedback, Shared

ROOT = Path(__file__).parents[2]


def groups(feedback: PublishableFeedback, dialogue: str = "lukte") -> list[list[str]]:
    """The groups per panel that the core question of this dialogue is shown for."""
    return [
        [finding.group for finding in panel.findings if finding.question in {"iets", "gaat"}]
        for released in feedback.dialogues
        if released.id == dialogue
        for panel in released.panels
    ]


def numbers(value: Any, key: str = "") -> set[str]:
    """The keys under which a number, or a text that is nothing but a number, stands."""
    if isinstance(value, dict):
        return set().union(*(numbers(item, name) for name, item in value.items()))
    if isinstance(value, list):
        return set().union(*(numbers(item, key) for item in value))
    is_number = isinstance(value, (int, float)) or (isinstance(value, str) and value.strip().isdigit())
    return {key} if is_number else set()


small = st.integers(0, 22)


@settings(max_examples=60, deadline=None)
@given(small, small, st.integers(1, 4), st.booleans(), st.integers(0, 999))
def test_nothing_but_classes(naasten: int, professionals: int, rounds: int, strict: bool, seed: int) -> None:
    """What is stored holds no number except the period, the floor, versions and panels; it reads back the same."""
    feedback = chance(naasten, professionals, rounds, strict, 0.8, seed).release()
    stored = feedback.to_stored()
    assert numbers(json.loads(stored)) <= {"period", "threshold", "version", "panel"}
    assert PublishableFeedback.from_stored(stored) == feedback


@settings(max_examples=60, deadline=None)
@given(small, small, st.integers(1, 4), st.integers(0, 999))
def test_groups_are_disjoint(naasten: int, professionals: int, rounds: int, seed: int) -> None:
    """Within a dialogue there are roles or the pooled group, never both, and no question twice in a panel."""
    for dialogue in chance(naasten, professionals, rounds, False, 0.9, seed).release().dialogues:
        shown = {finding.group for panel in dialogue.panels for finding in panel.findings}
        assert shown == {"samen"} or "samen" not in shown
        for panel in dialogue.panels:
            cells = [(finding.question, finding.group) for finding in panel.findings]
            assert len(cells) == len(set(cells))


@settings(max_examples=30, deadline=None)
@given(st.integers(5, 22), st.integers(5, 22), st.integers(0, 999))
def test_order_tells_nothing(naasten: int, professionals: int, seed: int) -> None:
    """Neither the order of what comes in nor the numbers of people leave a trace in what goes out."""
    world = chance(naasten, professionals, 2, False, 0.8, seed)
    new = {person.ref: 5000 - person.ref for person in world.people}
    dice = random.Random(seed)
    other = dataclasses.replace(
        world,
        people=tuple(dataclasses.replace(p, ref=new[p.ref]) for p in dice.sample(world.people, len(world.people))),
        choices=tuple(c._replace(ref=new[c.ref]) for c in dice.sample(world.choices, len(world.choices))),
        words=tuple(w._replace(ref=new[w.ref]) for w in dice.sample(world.words, len(world.words))),
    )
    assert other.release().to_stored() == world.release().to_stored()


@pytest.mark.parametrize(
    ("naasten", "professionals", "strict", "shown"),
    [
        (5, 5, False, [["naaste", "professional"]]),
        (4, 9, False, [["samen"]]),
        (4, 4, False, [["samen"]]),
        (4, 3, False, []),
        (0, 5, False, [["professional"]]),
        (0, 4, False, []),
        (8, 8, True, [["naaste", "professional"]]),
        (7, 9, True, [["samen"]]),
        (7, 4, True, []),
    ],
)
def test_floors(naasten: int, professionals: int, strict: bool, shown: list[list[str]]) -> None:
    """Each asked role reaches the floor (5, streng 8), or they are pooled (8, streng 12), or nothing is shown."""
    answers = (*say(range(naasten), "ja"), *say(range(100, 100 + professionals), "nee"))
    feedback = World(team(naasten, professionals), answers, strict=strict).release()
    assert groups(feedback) == shown
    assert feedback.threshold == (8 if strict else 5)


@pytest.mark.parametrize("professionals", [3, 9])
def test_nobody_looks_like_four(professionals: int) -> None:
    """A role of which nobody answered and a role of which four did give the same parts, word for word."""

    def shape(naasten: int) -> str:
        answers = (*say(range(naasten), "ja"), *say(range(100, 100 + professionals), "nee"))
        answers = (*answers, *say(range(naasten), "zwaar", dialogue="hoe", question="gaat"))
        stored = World(team(4, professionals), answers).release().to_stored()
        return re.sub(r'"verdict": "\w+"', '"verdict": ""', stored)

    assert shape(0) == shape(4)


def test_a_lone_role_below_the_floor_is_absent() -> None:
    """A dialogue for naasten alone is as absent with four who answered as with nobody who answered or counts."""
    four = tuple(say(range(4), "goed", dialogue="hoe", question="gaat"))
    worlds = World((), ()), World(team(4, 0), ()), World(team(4, 0), four)
    releases = [world.release() for world in worlds]
    assert len({feedback.to_stored() for feedback in releases}) == 1
    assert releases[0].empty


def test_a_silent_role_is_asked() -> None:
    """A role with somebody who counts is asked, also if nobody of it answers: the others can only be pooled."""
    assert groups(World(team(1, 7), tuple(say(range(100, 107), "ja"))).release()) == []
    assert groups(World(team(1, 8), tuple(say(range(100, 108), "ja"))).release()) == [["samen"]]


@pytest.mark.parametrize(
    ("rounds", "answered", "naasten", "panels"),
    [
        (4, [0, 1, 2, 3], 20, 4),
        (4, [0, 1, 2, 3], 19, 2),
        (4, [0, 1, 2, 3], 10, 2),
        (4, [0, 1, 2, 3], 9, 1),
        (4, [0, 2], 20, 2),
        (4, [1, 3], 20, 2),
        (4, [0, 1], 20, 1),
        (3, [0, 1, 2], 20, 1),
        (2, [0, 1], 10, 2),
        (2, [0, 1], 9, 1),
        (2, [1], 20, 1),
        (1, [0], 20, 1),
    ],
)
def test_splits(rounds: int, answered: list[int], naasten: int, panels: int) -> None:
    """The finest split that holds: 4 of four rounds from twenty people on, 2 of two or four from ten, else one."""
    refs = [*range(naasten), *range(100, 120)]
    answers = tuple(choice for at in answered for choice in say(refs, "ja", at=at))
    feedback = World(team(naasten, 20), answers, rounds=rounds).release()
    assert groups(feedback) == [["naaste", "professional"]] * panels
    assert [panel.panel for panel in feedback.dialogues[0].panels] == list(range(1, panels + 1))


def test_only_the_latest_round_counts() -> None:
    """A person counts once per panel, with their latest round that has a core answer; other rows are dropped."""
    early = say(range(100, 114), "ja") + say(range(100, 114), "druk", question="werk")
    late = say(range(100, 114), "nee", at=1) + say(range(100, 114), "tijd", question="waardoor", at=2)
    feedback = World(team(0, 14), (*early, *late), rounds=3).release()
    verdicts = {finding.question: finding.verdict for finding in feedback.dialogues[0].panels[0].findings}
    assert verdicts == {"iets": "nee", "werk": "verdeeld", "waardoor": "verdeeld"}


def test_a_branch_is_shown_with_the_core_n() -> None:
    """A follow-up that one person came to is shown like one that all came to: with the n of the core question."""
    answers = (*say(range(100, 125), "nee"), *say([100], "druk", question="werk"))
    (panel,) = World(team(0, 25), answers).release().dialogues[0].panels
    work = next(finding for finding in panel.findings if finding.question == "werk")
    assert work.n == "20+"
    assert set((work.bands or {}).values()) == {"0-20"}


def test_pooled_groups_never_show_what_one_role_was_asked() -> None:
    """With four naasten in a pool of eight, a question for naasten alone would say what all four answered."""
    answers = (*say([*range(4), *range(100, 104)], "ja"), *say(range(4), "samen", question="thuis"))
    (panel,) = World(team(4, 4), answers).release().dialogues[0].panels
    assert [finding.question for finding in panel.findings] == ["iets", "waardoor"]


def test_what_fits_nothing_is_left_out() -> None:
    """Answers by a stranger, of another role, in a round to come or to something unknown change nothing."""
    world = World(team(4, 0), tuple(say(range(4), "goed", dialogue="hoe", question="gaat")))
    odd = (
        Choice(77, 0, "hoe", "gaat", "goed"),
        Choice(0, 1, "hoe", "gaat", "zwaar"),
        Choice(0, -1, "hoe", "gaat", "zwaar"),
        Choice(0, 0, "hoe", "gaat", "onbekend"),
        Choice(0, 0, "hoe", "onbekend", "goed"),
        Choice(0, 0, "onbekend", "gaat", "goed"),
        Choice(0, 0, "tegel", "mooi", "ja"),
    )
    assert dataclasses.replace(world, choices=world.choices + odd).release() == world.release()
    professionals = World(team(0, 9), tuple(say(range(100, 109), "goed", dialogue="hoe", question="gaat")))
    assert professionals.release().empty


def test_what_nobody_can_come_to_is_absent() -> None:
    """A skip of the core question ends the dialogue, so what stands only behind that skip is not shown."""
    core = dataclasses.replace(choose("kern", ja="dank", nee="dank"), then=by_role("nooit"))
    odd = tree("los", ROLES, core, choose("nooit", ja="dank", nee="dank"))
    world = World(team(0, 5), tuple(say(range(100, 105), "ja", question="kern", dialogue="los")), trees=(odd,))
    assert [question.id for question in world.release().dialogues[0].questions] == ["kern"]


def test_one_version_of_a_dialogue() -> None:
    """A period has one version of each dialogue; two would mix answers to different options."""
    with pytest.raises(ValueError, match="one version"):
        World((), (), trees=(*TREES, dataclasses.replace(TREES[0], version=2))).release()


def test_wording_is_frozen_with_it() -> None:
    """Titles, wordings and label codes are in the release, so that it can be read without the trees."""
    feedback = World(team(0, 5), tuple(say(range(100, 105), "ja"))).release()
    (dialogue,) = feedback.dialogues
    assert dialogue.title == "Over lukte"
    assert [question.id for question in dialogue.questions] == ["iets", "werk", "waardoor"]
    assert dialogue.questions[0].ask == {"naaste": "iets?", "professional": "iets?"}
    assert dialogue.questions[0].options[0].say["professional"] == "Ja"
    assert dialogue.questions[0].options[0].labels == ("betrokkenen",)


def test_only_the_rule_makes_feedback() -> None:
    """No PublishableFeedback without the seal: not by its constructor, and not as a changed copy."""
    feedback = World((), (), shared=(Shared("lukte", "woorden", "Fijn."),)).release()
    fields = {field.name: getattr(feedback, field.name) for field in dataclasses.fields(feedback)}
    with pytest.raises(TypeError):
        PublishableFeedback(**fields)
    with pytest.raises(TypeError):
        PublishableFeedback(**fields, seal=object())
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(feedback, threshold=1)


def test_the_seal_stays_in_its_room() -> None:
    """No other module names the seal of the release."""
    named = [
        path.relative_to(ROOT).as_posix()
        for room in ("bot", "storage", "dialogues")
        for path in (ROOT / room).rglob("*.py")
        if "_RELEASE_SEAL" in path.read_text(encoding="utf-8")
    ]
    assert named == ["storage/release.py"]


@pytest.mark.parametrize(
    "fault",
    [
        {"n": "7"},
        {"group": "coordinator"},
        {"verdict": None},
        {"bands": {"ja": "weinig"}},
        {"verdict": None, "bands": {"ja": "6"}},
        {"verdict": None, "bands": {"ja": 6}},
    ],
)
def test_a_finding_can_not_hold_a_count(fault: dict[str, Any]) -> None:
    """Whatever is not one of the classes of size and bands is refused, also when it is read back."""
    fine: dict[str, Any] = {"question": "iets", "group": "naaste", "n": "5-14", "verdict": "ja", "bands": None}
    with pytest.raises(ValueError, match=r"a finding|a band"):
        Finding(**(fine | fault))


@pytest.mark.parametrize("rounds", [0, 5])
def test_rounds_out_of_range(rounds: int) -> None:
    """A period has one to four rounds; anything else is a fault of the caller."""
    with pytest.raises(ValueError, match="rounds"):
        World((Person(1, "naaste"),), (), rounds=rounds).release()
