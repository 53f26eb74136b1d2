"""The pictures in README and docs, made from a running demo: `python docs/screenshots.py`. Needs chromium."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

IMAGES = Path(__file__).parent / "images"
CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PHONES, PAGE = (1600, 950), (1000, 1750)
GROUP = 2
"""The phone that shows the group."""
PEOPLE = "48"
"""Groups of twenty and more: then the feedback has bars."""
LOOKS, PAUSE = 600, 0.2
"""How often to look for something on the page, and the seconds between."""
SETTLED_SECONDS = 3


class Page:
    """The demo's page, used as its own script uses it."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def read(self) -> dict[str, Any]:
        """Everything on the page."""
        return dict((await self._client.get("/sandbox/events?since=-1")).raise_for_status().json())

    async def act(self, name: str, **body: object) -> None:
        """What a click asks for."""
        (await self._client.post(f"/sandbox/{name}", json=body)).raise_for_status()

    async def join(self, index: int, *labels: str) -> None:
        """Open the invitation on this phone, and tap these buttons one after another."""
        phone = (await self.read())["phones"][index]
        await self.act("follow", person=phone["person"], url=phone["invitation"])
        for label in labels:
            await self.tap(index, label)

    async def tap(self, index: int, label: str) -> None:
        """Tap the newest button with this label, once it is there."""

        def places(page: dict[str, Any]) -> list[dict[str, int]]:
            screen = page["phones"][index]["screens"][0]
            return [
                {
                    "person": page["phones"][index]["person"],
                    "chat": screen["chat"],
                    "message": message["id"],
                    "row": row,
                    "column": 0,
                }
                for message in screen["messages"]
                for row, keys in enumerate(message["rows"])
                if keys[0]["label"] == label
            ]

        page = await self.wait(lambda page: bool(places(page)))
        await self.act("tap", **places(page)[-1])

    async def plan(self, index: int, *labels: str) -> None:
        """Type /plan in the group on this phone, and tap these buttons one after another."""
        phone = (await self.read())["phones"][index]
        await self.act("say", person=phone["person"], chat=phone["screens"][0]["chat"], text="/plan")
        for label in labels:
            await self.tap(index, label)

    async def wait(self, ready: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The page, as soon as it is so."""
        for _ in range(LOOKS):
            page = await self.read()
            if ready(page):
                return page
            await asyncio.sleep(PAUSE)
        raise SystemExit("De demo kwam niet zo ver.")


async def picture(address: str, size: tuple[int, int], file: Path) -> None:
    """This address as chromium shows it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Hiervoor is chromium nodig.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            chromium,
            *CHROMIUM,
            f"--user-data-dir={profile}",
            f"--window-size={size[0]},{size[1]}",
            # Time in the browser stands still while it waits for the server: the phones are there first.
            "--virtual-time-budget=50",
            f"--screenshot={file}",
            address,
            stderr=asyncio.subprocess.DEVNULL,
        )
        if await asyncio.wait_for(process.wait(), 60):
            raise SystemExit("Chromium maakte geen plaatje.")


async def play(url: str) -> None:
    """Somebody takes part: joins, lets a week go by, answers a little, and closes the period."""
    async with httpx.AsyncClient(base_url=url, headers={"X-Sandbox": "1"}, timeout=300, trust_env=False) as client:
        page = Page(client)
        await page.wait(lambda shown: bool(shown["actions"]))
        await page.join(0, "Ja, ik doe mee", "Elke week", "Woensdag", "Avond")
        await page.join(1, "Ja, ik doe mee", "Elke twee weken", "Donderdag", "Middag")
        await page.act("action", id="week")
        await page.tap(0, "Wisselend")
        await page.tap(1, "Goed")
        await page.tap(1, "Drukte")
        await asyncio.sleep(SETTLED_SECONDS)
        await picture(url, PHONES, IMAGES / "demo.png")
        await page.plan(GROUP, "Wat lukte er?", "Elke week", "Vrijdag", "11:00")
        await asyncio.sleep(SETTLED_SECONDS)
        await picture(url, PHONES, IMAGES / "plannen.png")
        await page.act("action", id="close")
        closed = await page.wait(lambda shown: bool(shown["links"]))
        await picture(url + closed["links"][-1]["path"], PAGE, IMAGES / "terugkoppeling.png")


async def main() -> None:
    """Run a demo in a directory of its own, and take the pictures."""
    with tempfile.TemporaryDirectory() as directory:
        options = ("--people", PEOPLE, "--dir", str(Path(directory) / "demo"))
        demo = await asyncio.create_subprocess_exec(
            sys.executable, "-u", "-m", "bot", "demo", *options, stdout=asyncio.subprocess.PIPE
        )
        try:
            first = (await demo.stdout.readline()).decode() if demo.stdout else ""
            found = re.search(r"http://\S+", first)
            if found is None:
                raise SystemExit("De demo begon niet.")
            await play(found.group())
        finally:
            demo.terminate()
            await demo.wait()


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    asyncio.run(main())
