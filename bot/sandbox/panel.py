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
    """One phone: the chat on its screen, the person who holds it, and the words above it.

    `invitation` is a link t.me/<bot>?start=<code> that this person got by another way than Telegram.
    """

    chat_id: int
    person_id: int
    caption: str
    invitation: str = ""


@dataclass(frozen=True, slots=True)
class DemoLink:
    """Something to open beside the page. `path` is on this server."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class DemoPanel:
    """The whole page. `status` and `links` are asked for at every change: a line such as the date, and what there
    is to open.
    """

    title: str
    phones: tuple[DemoPhone, ...]
    actions: tuple[DemoAction, ...] = ()
    status: Callable[[], str] = str
    intro: str = ""
    links: Callable[[], tuple[DemoLink, ...]] = tuple
