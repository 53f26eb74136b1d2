"""Text as Telegram reads it: HTML turned into plain text with entities, and what it recognises by itself.

Source: https://core.telegram.org/bots/api#html-style. Offsets and lengths count UTF-16 code units.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from bot.sandbox.errors import bad_request

Entity = dict[str, object]

MAX_TEXT = 4096
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z0-9-]*)(?P<attributes>[^<>]*)>"
    r"|(?P<entity>&(?:lt|gt|amp|quot|#\d+|#x[0-9A-Fa-f]+);)|(?P<open><)"
)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COMMAND = re.compile(r"(?<![\w/<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")
_URL = re.compile(r"(?<![\w@])(?:https?://[^\s<>]+|t\.me/[^\s<>]+)", re.IGNORECASE)


def width(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def recognised(text: str) -> list[Entity]:
    """The commands and links that Telegram marks in any text, in order."""
    found = [("bot_command", match) for match in _COMMAND.finditer(text)]
    found += [("url", match) for match in _URL.finditer(text)]
    found.sort(key=lambda kind_and_match: kind_and_match[1].start())
    return [_entity(kind, text[: match.start()], match.group()) for kind, match in found]


def read(text: str, parse_mode: str, entities: Sequence[Entity] = ()) -> tuple[str, list[Entity]]:
    """Plain text and its entities. Raises ApiError 400 as Telegram does: an unknown mode, or broken markup."""
    match parse_mode.lower():
        case "":
            plain, marked = text, list(entities)
        case "html":
            plain, marked = parse_html(text)
        case _:
            raise bad_request("unsupported parse_mode")
    plain = plain.rstrip()
    return plain, marked + recognised(plain)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of Telegram's HTML. Raises ApiError 400 "can't parse entities" when broken."""
    plain, entities = "", list[Entity]()
    stack: list[tuple[str, int, str]] = []
    position = 0
    for token in _TOKEN.finditer(source):
        plain += source[position : token.start()]
        position = token.end()
        at = len(source[: token.start()].encode())
        name = (token["name"] or "").lower()
        if token["entity"]:
            plain += html.unescape(token["entity"])
        elif token["open"]:
            raise bad_request(f"can't parse entities: Unclosed start tag at byte offset {at}")
        elif token["close"]:
            entities += _close(stack, name, plain, at)
        elif name not in TAGS:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {at}')
        else:
            stack.append((name, len(plain), token["attributes"]))
    if stack:
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{stack[-1][0]}\""
        )
    entities.sort(key=lambda entity: str(entity["offset"]).zfill(8))
    return plain + source[position:], entities


def _close(stack: list[tuple[str, int, str]], name: str, plain: str, at: int) -> list[Entity]:
    """The entity that this end tag completes; none when nothing stands between the tags."""
    if not stack:
        raise bad_request(f"can't parse entities: Unexpected end tag at byte offset {at}")
    opened, start, attributes = stack.pop()
    if name not in {opened, ""}:
        raise bad_request(
            f"can't parse entities: Unmatched end tag at byte offset {at}, "
            f'expected "</{opened}>", found "</{name}>"'
        )
    if start == len(plain):
        return []
    entity = _entity(TAGS[opened], plain[:start], plain[start:])
    if opened == "a":
        href = _HREF.search(attributes)
        url = html.unescape(next(filter(None, href.groups()), "")) if href else ""
        return [{**entity, "url": url}] if url else []
    return [entity]


def _entity(kind: str, before: str, inside: str) -> Entity:
    return {"type": kind, "offset": width(before), "length": width(inside)}
