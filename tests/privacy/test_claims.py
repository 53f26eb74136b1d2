"""What people are told before they say yes is true: each sentence has a test, or is told as a limit."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import agreement

ROOT = Path(__file__).parents[2]
CLAIMS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("claims.yaml").read_text(encoding="utf-8")
)
HEADINGS = {
    "Hoi!",
    "Wat er met je antwoord gebeurt:",
    "Goed om te weten:",
    "Wat gebeurt er met wat je zegt?",
    "Wanneer het weg is:",
}
"""What only leads on to something."""


@pytest.mark.parametrize("text", ["invitation", "privacy"])
def test_every_sentence_that_people_are_told_is_held(text: str) -> None:
    """No promise is added, or made stronger, without a test that holds it or a word on why none can."""
    left = getattr(agreement.current(), text)
    for said in (*(claim["says"] for claim in CLAIMS[text]), *HEADINGS):
        assert said in HEADINGS or said in left, f"not told any more: {said}"
        left = left.replace(said, "")
    assert not left.replace("•", "").split(), left


@pytest.mark.parametrize(
    "claim", [*CLAIMS["invitation"], *CLAIMS["privacy"]], ids=lambda claim: claim["says"][:40]
)
def test_every_claim_has_a_test_that_exists(claim: dict[str, Any]) -> None:
    """A test that is renamed or removed takes its claim along, or leaves it to another test."""
    assert ("tests" in claim) != ("limit" in claim)
    for node in claim.get("tests", ()):
        file, _, name = node.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        names = {item.name for item in tree.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name in names, node
