"""No test can reach Telegram: the only server that tests speak to is the sandbox on this machine."""

from __future__ import annotations

import socket
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to any other address fail at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError("tests speak to this machine only")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
