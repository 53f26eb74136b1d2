"""What the page shows besides chats: whoever runs a demo decides on the phones, the buttons and the words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoAction:
    """A button at the top of the page. `run` does it, and returns one line to show, or an empty string."""

    id: str
    label: str
    run: Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class DemoPhone:
    """One phone: the chat on its screen, the person who holds it, and the words above it."""

    chat_id: int
    person_id: int
    caption: str


@dataclass(frozen=True, slots=True)
class DemoPanel:
    """The whole page. `status` is asked for at every change, for a line such as the date of the demo."""

    title: str
    phones: tuple[DemoPhone, ...]
    actions: tuple[DemoAction, ...] = ()
    status: Callable[[], str] = str
    intro: str = ""
