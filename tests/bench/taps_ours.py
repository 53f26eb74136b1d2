"""naastbot as it is, apart from the pace at which Telegram lets it send: that would be all that is measured."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.log import set_up_logging
from bot.network.pace import EvenPace
from bot.run import serve
from bot.settings import read_settings
from storage.store import open_store


async def main(token: str, url: str, data: Path) -> None:
    """What `naastbot run` does, until it is killed."""
    set_up_logging()
    settings = read_settings({"NAASTBOT_TOKEN": token, "NAASTBOT_API_URL": url, "NAASTBOT_DATA": str(data)})
    pace = EvenPace(per_second=1_000_000, per_chat_seconds=0)
    await serve(settings, open_store(settings.data), token, asyncio.Event(), pace)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
