"""The command line within this process: what a process of its own would do, in a tenth of the time."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from bot.cli import main


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


def run_here(data: Path, *words: str, typed: str = "", **env: str) -> Done:
    """`naastbot` with these words and settings, and with this typed at the keyboard."""
    out, err = io.StringIO(), io.StringIO()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NAASTBOT_")}
    with (
        mock.patch.dict(os.environ, {**clean, "NAASTBOT_DATA": str(data), **env}, clear=True),
        mock.patch.object(sys, "stdin", io.StringIO(typed)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(list(words))
    return Done(code, out.getvalue(), err.getvalue())
