"""How long `naastbot run` takes to its first getUpdates, and what it weighs when idle; beside a bare bot.

Each run is a real process against a Bot API server in this one, with a new data directory. Prints medians.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bot.sandbox.server import Sandbox
from bot.sandbox.state import UPDATES

ROOT = Path(__file__).parents[2]
MOST_SECONDS, MOST_MB = 2.0, 120.0
"""The figures to reach."""
PATIENCE = 30.0
"""Seconds after which a process that asked for no update counts as broken."""


@dataclass(frozen=True, slots=True)
class Run:
    """One start: seconds to the first getUpdates, and MB resident when idle (None where there is no /proc)."""

    seconds: float
    idle_mb: float | None


async def measure(command: list[str], sandbox: Sandbox, data: Path, idle: float) -> Run:
    """Start a process, wait for its first getUpdates and then `idle` seconds more. Raises TimeoutError."""
    env = {
        **os.environ,
        "NAASTBOT_TOKEN": sandbox.token,
        "NAASTBOT_API_URL": sandbox.url,
        "NAASTBOT_DATA": str(data),
    }

    def asked() -> bool:
        return sandbox.calls["getupdates"] > 0

    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    try:
        if not await sandbox.world.state.pulse.until(UPDATES, asked, PATIENCE):
            raise TimeoutError(f"no getUpdates in {PATIENCE:g} s")
        seconds = time.perf_counter() - began
        await asyncio.sleep(idle)
        return Run(seconds, resident_mb(process.pid))
    finally:
        process.terminate()
        await process.wait()


def resident_mb(pid: int) -> float | None:
    """VmRSS of a process in MB of 1024 kB, or None on a system that does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else None


async def measure_all(times: int, idle: float) -> tuple[list[Run], list[Run]]:
    """Runs of naastbot and of the bare bot, in turns, so that a busy machine bears on both."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as directory:
        for number in range(times):
            async with Sandbox() as sandbox:
                data = Path(directory) / str(number)
                ours.append(await measure([sys.executable, "-m", "bot", "run"], sandbox, data, idle))
            async with Sandbox() as sandbox:
                script = str(Path(__file__).with_name("bare.py"))
                command = [sys.executable, script, sandbox.token, sandbox.url]
                bare.append(await measure(command, sandbox, data, idle))
    return ours, bare


def table(ours: list[Run], bare: list[Run]) -> str:
    """Medians in Markdown, as they stand in docs/measurements.md."""
    return "\n".join(
        (
            "| what | naastbot | bare bot | figure |",
            "|---|---|---|---|",
            f"| first getUpdates after | {_seconds(ours):.2f} s | {_seconds(bare):.2f} s | ≤ {MOST_SECONDS:g} s |",
            f"| idle memory (VmRSS) | {_weight(ours)} | {_weight(bare)} | ≤ {MOST_MB:g} MB |",
        )
    )


def _seconds(runs: list[Run]) -> float:
    return median(run.seconds for run in runs)


def _megabytes(runs: list[Run]) -> float | None:
    known = [run.idle_mb for run in runs if run.idle_mb is not None]
    return median(known) if known else None


def _weight(runs: list[Run]) -> str:
    megabytes = _megabytes(runs)
    return "unknown here" if megabytes is None else f"{megabytes:.0f} MB"


def main() -> int:
    """Print the table; 1 when a figure is not reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--times", type=int, default=5, help="starts of each (default 5)")
    parser.add_argument("--idle", type=float, default=5.0, help="seconds of rest before weighing (default 5)")
    chosen = parser.parse_args()
    ours, bare = asyncio.run(measure_all(chosen.times, chosen.idle))
    print(table(ours, bare))
    megabytes = _megabytes(ours)
    reached = _seconds(ours) <= MOST_SECONDS and (megabytes is None or megabytes <= MOST_MB)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
