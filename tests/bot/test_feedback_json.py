"""Feedback for other programs: the shape that other programs rely on, to the letter."""

from __future__ import annotations

import json
from typing import Any

import pytest
from feedback_samples import SAMPLES

from bot.feedback.as_json import as_json

SHARES = {"weinig", "een deel", "de meesten"}
FIFTHS = {"0-20", "20-40", "40-60", "60-80", "80-100"}


def check_question(question: dict[str, Any]) -> None:
    """One finding: which keys it has follows from n."""
    assert question["group"] in {"naaste", "professional", "samen"}
    options = {"kern": {"ja", "beetje", "nee"}, "hielp": {"tijd", "lef"}}[question["question"]]
    if question["n"] == "5-14":
        assert list(question) == ["question", "group", "n", "verdict"]
        assert question["verdict"] in options | {"verdeeld"}
        return
    assert list(question) == ["question", "group", "n", "bands"]
    assert set(question["bands"]) == options
    assert set(question["bands"].values()) <= {"15-19": SHARES, "20+": FIFTHS}[question["n"]]


@pytest.mark.parametrize("name", SAMPLES)
def test_contract(name: str) -> None:
    """The keys are exactly those of the contract; there is no other number."""
    data = json.loads(as_json(SAMPLES[name]))
    assert list(data) == ["team", "period", "threshold", "dialogues", "texts", "shared"]
    assert (data["team"], data["period"]) == ("de-linde", 2)
    assert data["threshold"] == (8 if name == "strict" else 5)
    for dialogue in data["dialogues"]:
        assert list(dialogue) == ["dialogue", "version", "panels"]
        assert [panel["panel"] for panel in dialogue["panels"]] == list(range(1, len(dialogue["panels"]) + 1))
        for panel in dialogue["panels"]:
            assert list(panel) == ["panel", "questions"]
            for question in panel["questions"]:
                check_question(question)
    assert all(list(quote) == ["under", "text"] for quote in data["texts"] + data["shared"])


def test_samples_cover_every_kind() -> None:
    """The samples that these tests look at hold every class of size, every kind of group and every split."""
    everything = "".join(as_json(feedback) for feedback in SAMPLES.values())
    for word in (
        "5-14",
        "15-19",
        "20+",
        "samen",
        "naaste",
        "professional",
        "verdeeld",
        "de meesten",
        '"panel": 4',
    ):
        assert word in everything


def test_empty_is_empty() -> None:
    """Where nothing may be shown the lists are there, and empty."""
    data = json.loads(as_json(SAMPLES["empty"]))
    assert (data["dialogues"], data["texts"], data["shared"]) == ([], [], [])
