"""Masking in a process of its own, so that no text can hold up the bot, whatever it does to the gate."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from pathlib import Path

import storage
from storage.masking.worker import READY, SECONDS

log = logging.getLogger("naastbot.masker")

START_SECONDS = 15.0
"""How long the process may take to read its word list: a third of a second here, more on a small server."""
_GRACE = 0.5
"""The process ends itself first; this is for when even that fails."""
_COMMAND = (sys.executable, "-m", "storage.masking.worker")
_ENVIRONMENT = {"PYTHONPATH": str(Path(storage.__path__[0]).parent), "PYTHONUTF8": "1"}
"""All that it is told: no token, no data directory."""


class Masker:
    """One process, started at the first text and again after it ended. Texts take turns, each in its own time."""

    def __init__(self, command: tuple[str, ...] = _COMMAND, seconds: float = SECONDS) -> None:
        self._command = command
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def made_safe(self, text: str, *, share: bool) -> str | None:
        """The words as they would be kept, or None: refused, failed, or not in time. Never raises for a text."""
        async with self._turn:
            try:
                reply = await self._ask(json.dumps({"text": text, "share": share}).encode() + b"\n")
                words = json.loads(reply).get("text")
            except (OSError, ValueError, EOFError, TimeoutError) as error:
                log.warning("masking failed: %s", type(error).__name__)
                await self._end()
                return None
            except asyncio.CancelledError:
                # A reply that is still to come would be taken for the next one's.
                self._kill()
                raise
        # Nothing but masks says nothing, and would still count as somebody's words.
        return words if isinstance(words, str) and any(sign.isalnum() for sign in words) else None

    async def close(self) -> None:
        """End the process, if there is one."""
        await self._end()

    async def _ask(self, request: bytes) -> bytes:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(request)
        async with asyncio.timeout(self._seconds + _GRACE):
            await process.stdin.drain()
            reply = await process.stdout.readline()
        if not reply:
            raise EOFError
        return reply

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # a traceback may show a text
            env=_ENVIRONMENT,
            start_new_session=True,  # Ctrl+C is for the bot, which ends this one when it is done
        )
        self._process = process
        assert process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            if await process.stdout.readline() != READY:
                raise OSError("did not start")
        return process

    def _kill(self) -> asyncio.subprocess.Process | None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        return process

    async def _end(self) -> None:
        process = self._kill()
        if process is not None:
            await process.wait()
