"""What people send besides text; small made-up files stand for the real ones."""

from __future__ import annotations

from typing import Literal, get_args

from bot.sandbox.model import User
from bot.sandbox.state import State
from bot.sandbox.updates import Json

Kind = Literal["photo", "voice", "sticker", "location", "contact"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def make(state: State, user: User, kind: Kind) -> Json:
    """The fields of a message that carry this kind (https://core.telegram.org/bots/api#message)."""
    match kind:
        case "photo":
            sizes = [(90, 60), (1280, 853)]
            return {"photo": [_file(state, kind, "jpg") | {"width": w, "height": h} for w, h in sizes]}
        case "voice":
            return {"voice": _file(state, kind, "ogg") | {"duration": 3, "mime_type": "audio/ogg"}}
        case "sticker":
            look: Json = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "🌻"}
            return {"sticker": _file(state, kind, "webp") | look | {"type": "regular"}}
        case "location":
            return {"location": {"latitude": 52.0907, "longitude": 5.1214}}
        case "contact":
            person: Json = {"phone_number": "+31612345678", "first_name": user.first_name, "user_id": user.id}
            return {"contact": person}


def _file(state: State, kind: Kind, suffix: str) -> Json:
    content = f"made-up {kind}".encode()
    return state.store_file(f"{kind}s", f"{kind}.{suffix}", f"application/x-{kind}", content).json()
