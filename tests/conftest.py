"""No test can reach Telegram: the only server that tests speak to is the sandbox on this machine.

TEST_PROFILE chooses how far the property tests go: `ci`, the same examples at every run, or `proof`, ten times as
many and fresh ones, with the tests that are marked `proof` besides.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from own_tree import TREE

TIMES_IN_PROOF = 10

# Slow machines are no reason to fail: only what is said about the code is.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.register_profile(
    "proof", deadline=None, max_examples=TIMES_IN_PROOF * hypothesis.settings.get_profile("ci").max_examples
)
PROFILE = os.environ.get("TEST_PROFILE", "ci")
hypothesis.settings.load_profile(PROFILE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the proofs out of an ordinary run; in a proof, multiply what tests chose for themselves."""
    for item in items:
        if PROFILE != "proof":
            if item.get_closest_marker("proof"):
                item.add_marker(pytest.mark.skip(reason="takes minutes: make proof"))
            continue
        test = getattr(item, "obj", None)
        test = getattr(test, "__func__", test)
        # Where hypothesis keeps what @settings said; a test without it follows the profile as it is.
        chosen = getattr(test, "_hypothesis_internal_use_settings", None)
        if chosen is not None and chosen is not hypothesis.settings.default:
            test._hypothesis_internal_use_settings = hypothesis.settings(
                chosen, max_examples=TIMES_IN_PROOF * chosen.max_examples
            )


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to any other address fail at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise OSError("tests speak to this machine only")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def own_trees(tmp_path: Path) -> str:
    """A team's own directory with a dialogue that ends in words."""
    directory = tmp_path / "eigen"
    directory.mkdir()
    (directory / "aan-het-woord.yaml").write_text(TREE, encoding="utf-8")
    return str(directory)
