"""Nothing that the bot gets to see comes out by itself: not in its output, not in files, not in its process table.

The process is the real one, with every logger at DEBUG and asyncio's own debugging; and now and then a function
fails, with an error that holds everything it was given (thief/noisy.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import START, Bench, polled
from thief.canaries import found_in
from thief.life import WORDS, Life
from thief.loot import Loot

from bot.sandbox.server import Sandbox
from storage.store import open_store

NOISY = Path(__file__).with_name("thief") / "noisy.py"
STEPS = 100 if os.environ.get("TEST_PROFILE") == "proof" else 12
PHONE = "+31612345678"
STUMBLES = (TimeoutError, LookupError, ValueError, StopIteration)
"""What somebody at a phone meets when the bot has lost their update."""


class Noisy:
    """A real bot in a process of its own; all that it writes is kept for looking at."""

    def __init__(self, b: Bench, directory: Path, **env: str) -> None:
        self._b = b
        self._directory = directory
        self._env = env
        self._out = directory / "out"
        self.temporary = directory / "tmp"
        self.temporary.mkdir()

    async def start(self, *, fetching: bool = True) -> asyncio.subprocess.Process:
        """Start it in an empty directory, with a directory for temporary files."""
        before = self._b.sandbox.calls["getupdates"]
        empty = self._directory / "empty"
        empty.mkdir()
        with self._out.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, str(NOISY), "run"),
                cwd=empty,
                env={
                    "PATH": os.environ["PATH"],
                    "TMPDIR": str(self.temporary),
                    "PYTHONASYNCIODEBUG": "1",
                    "PYTHONWARNINGS": "always",
                    **self._b.env,
                    **self._env,
                },
                stdout=out,
                stderr=out,
            )
        if fetching:
            await polled(self._b.sandbox, before)
        return process

    def written(self) -> Loot:
        """Its output, its data, and whatever else it made."""
        return Loot(
            {
                "output": self._out.read_bytes(),
                **Loot.take(self._b.data).files,
                **{f"elsewhere/{name}": held for name, held in Loot.take(self.temporary).files.items()},
                **{f"here/{name}": held for name, held in Loot.take(self._directory / "empty").files.items()},
            }
        )


def processes(pid: int) -> Iterator[int]:
    """This process and everything below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from processes(int(child))


def table(pid: int) -> Loot:
    """What anybody on the machine can see of these processes (and its owner of their environment)."""
    seen = {}
    for one in processes(pid):
        for name in ("cmdline", "environ", "comm"):
            seen[f"{one}/{name}"] = Path(f"/proc/{one}/{name}").read_bytes()
    return Loot(seen)


def most_core(pid: int) -> list[str]:
    """The soft and the hard limit on this process's core dumps."""
    limits = Path(f"/proc/{pid}/limits").read_text().split("Max core file size")[1]
    return limits.split()[:2]


def writable(pid: int) -> set[Path]:
    """The files that these processes have open for writing."""
    found = set()
    for one in processes(pid):
        for descriptor in Path(f"/proc/{one}/fd").iterdir():
            with contextlib.suppress(OSError):
                flags = Path(f"/proc/{one}/fdinfo/{descriptor.name}").read_text().split("flags:")[1].split()[0]
                target = Path(os.readlink(descriptor))
                if int(flags, 8) & os.O_ACCMODE != os.O_RDONLY and target.is_file():
                    found.add(target)
    return found


@pytest.mark.skipif(not Path("/proc/self/fdinfo").exists(), reason="this system has no /proc")
async def test_whatever_fails_and_whoever_logs_nothing_comes_out(tmp_path: Path, own_trees: str) -> None:
    """Names, chat ids, words, buttons, codes and the token: not in output, files, arguments or environment."""
    async with Sandbox(limits=False) as sandbox:
        b = Bench(sandbox, tmp_path / "data", {"NAASTBOT_DIALOGUES": own_trees})
        b.set_clock(START)
        await b.start()
        team = await b.team()
        life = Life(b, team, random.Random(9), patience=4.0)
        await life.begin(8)
        await b.stop()
        noisy = Noisy(b, tmp_path)
        process = await noisy.start()
        seen = [table(process.pid)]
        try:
            for _ in range(STEPS):
                with contextlib.suppress(*STUMBLES):
                    await life.step()
            seen.append(table(process.pid))
            files = writable(process.pid)
            cores = most_core(process.pid)
        finally:
            process.terminate()
            await process.wait()
        store = open_store(b.data)
        shown = [kept.value for kept in store.answers.of_period(team, 1) if kept.kind != "choice"]
        store.close()
    people = [user.id for user in (*sandbox.world.state.users.values(), life.group) if user is not None]
    secrets = {*life.told, *people, *WORDS, PHONE, PHONE[1:], f"0{PHONE[3:]}"} - {sandbox.world.bot.id}
    written = noisy.written()
    assert found_in(written, {*secrets, sandbox.token}, shown) == {}
    assert found_in(seen[0], secrets) == found_in(seen[-1], secrets) == {}
    holders = {name.partition("/")[2] for loot in seen for name in found_in(loot, [sandbox.token])}
    assert holders == {"environ"}
    assert {path for path in files if path.parent != b.data} == {tmp_path / "out"}
    assert not [name for name in written.files if name.startswith(("elsewhere/", "here/"))]
    assert cores == ["0", "0"]
    output = written.files["output"].decode()
    assert "some.library: trouble" in output
    assert "an update failed" in output
    assert "RuntimeError" in output


async def test_an_error_that_ends_it_all_says_where_and_not_what(tmp_path: Path) -> None:
    """The last line is the class of the error and its place; the error itself held chat ids and the token."""
    async with Sandbox(limits=False) as sandbox:
        b = Bench(sandbox, tmp_path / "data")
        b.set_clock(START)
        await b.start()
        team = await b.team()
        life = Life(b, team, random.Random(9))
        await life.begin(2)
        await b.stop()
        noisy = Noisy(b, tmp_path, NOISY_FATAL="1")
        process = await noisy.start(fetching=False)
        assert await asyncio.wait_for(process.wait(), 60) == 1
    written = noisy.written()
    assert found_in(written, {*life.told, *(user.id for user in life.people), sandbox.token}) == {}
    assert "RuntimeError, noisy.py:" in written.files["output"].decode()
