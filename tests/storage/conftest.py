"""Fixtures of this room."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_store import OPENED

from storage import closing
from storage.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty data directory with one team."""
    made = open_store(tmp_path / "data")
    made.teams.add("De Linde")
    closing.ensure_periods(made, OPENED)
    return made
