"""The least that a python-telegram-bot program can be, as a measure for start.py."""

from __future__ import annotations

import asyncio
import sys

from telegram import Bot


async def main(token: str, url: str) -> None:
    """GetMe, then getUpdates for ever."""
    async with Bot(token, base_url=f"{url}/bot") as bot:
        offset = 0
        while True:
            for update in await bot.get_updates(offset, timeout=25, read_timeout=35):
                offset = update.update_id + 1


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
