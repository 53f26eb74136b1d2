"""Codes of invitations, wherever they come in: the wrong ones are counted per chat, and slow that chat down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.house import House
from bot.network.patience import FREE_TRIES
from bot.wording import texts
from storage.invitations import Invitation

REFUSALS = {"used": texts.USED_CODE, "expired": texts.EXPIRED_CODE}


async def unhurried(house: House, chat: int, answer: Callable[[], Awaitable[None]]) -> None:
    """Deal with a code at once or, in a chat that tried many wrong ones, after a while."""
    tries = house.store.invitations.failed_tries(chat)
    if tries < FREE_TRIES:
        await answer()
    else:
        house.patience.later(chat, tries, answer)


def look(house: House, chat: int, code: str) -> Invitation | str:
    """What this code opens, or a kind sentence on why it does not; that counts as a wrong try of this chat."""
    found = house.store.invitations.look(code, house.today())
    if found is not None and not found.refusal:
        return found
    house.store.invitations.add_failed_try(chat, house.today())
    return REFUSALS[found.refusal] if found and found.refusal else texts.WRONG_CODE
