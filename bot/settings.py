"""Settings: the environment as one frozen object, with every fault reported at once."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

TELEGRAM = "https://api.telegram.org"
LISTEN = "127.0.0.1:8443"
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""The only ones that Telegram brings updates to: https://core.telegram.org/bots/api#setwebhook"""

NAMES = (
    "NAASTBOT_TOKEN",
    "NAASTBOT_TOKEN_FILE",
    "NAASTBOT_API_URL",
    "NAASTBOT_DATA",
    "NAASTBOT_DIALOGUES",
    "NAASTBOT_TIMEZONE",
    "NAASTBOT_CLOCK",
    "NAASTBOT_WEBHOOK_URL",
    "NAASTBOT_WEBHOOK_LISTEN",
)
"""Every setting there is."""


class SettingsError(Exception):
    """The environment can't be used; `faults` says what to do about each setting, in Dutch."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an installation can choose."""

    token: str | None = field(repr=False)
    api_url: str
    data: Path
    dialogues: Path | None
    zone: ZoneInfo
    clock_file: Path | None
    webhook_url: str | None = None
    webhook_listen: tuple[str, int] = ("127.0.0.1", 8443)

    @property
    def bot_name_file(self) -> Path:
        """Where a running bot leaves its public name, so that other commands can make links to it."""
        return self.data / "bot-name"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot puts the token behind."""
        return f"{self.api_url}/bot"

    @property
    def base_file_url(self) -> str:
        """The same, for files."""
        return f"{self.api_url}/file/bot"


def read_settings(env: Mapping[str, str]) -> Settings:
    """The settings in this environment. Raises SettingsError with all faults."""
    settings, faults = look_at_settings(env)
    if faults:
        raise SettingsError(faults)
    return settings


def look_at_settings(env: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """The settings as far as they can be used, with what is wrong with the rest; for whoever wants to see all."""
    faults: list[str] = []
    api_url = env.get("NAASTBOT_API_URL", "").rstrip("/") or TELEGRAM
    if urlsplit(api_url).scheme not in ("http", "https") or not urlsplit(api_url).hostname:
        faults.append("NAASTBOT_API_URL is geen webadres. Voorbeeld: http://127.0.0.1:8081")
    clock = env.get("NAASTBOT_CLOCK")
    settings = Settings(
        token=_token(env, faults),
        api_url=api_url,
        data=Path(env.get("NAASTBOT_DATA") or "data"),
        dialogues=_dialogues(env.get("NAASTBOT_DIALOGUES"), faults),
        zone=_zone(env.get("NAASTBOT_TIMEZONE") or "Europe/Amsterdam", faults),
        # A clock that can be moved is for trying things out: never beside the real Telegram.
        clock_file=Path(clock) if clock and is_loopback(api_url) else None,
        webhook_url=_webhook_url(env.get("NAASTBOT_WEBHOOK_URL", "").strip(), faults),
        webhook_listen=_listen(env.get("NAASTBOT_WEBHOOK_LISTEN") or LISTEN, faults),
    )
    return settings, faults


def is_loopback(url: str) -> bool:
    """Whether this address is this machine itself."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _token(env: Mapping[str, str], faults: list[str]) -> str | None:
    token, file = env.get("NAASTBOT_TOKEN", "").strip(), env.get("NAASTBOT_TOKEN_FILE")
    if not token and file:
        try:
            token = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            faults.append("NAASTBOT_TOKEN_FILE: dit bestand is niet te lezen. Controleer het pad en de rechten.")
    if token and (":" not in token or any(character.isspace() for character in token)):
        faults.append("NAASTBOT_TOKEN lijkt geen token van BotFather. Een token ziet eruit als 123456:ABC-def.")
    return token or None


def _webhook_url(text: str, faults: list[str]) -> str | None:
    """Where Telegram brings updates; without encryption only within this machine."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port or 443
    except ValueError:
        parts, port = urlsplit(""), 443
    near = is_loopback(text) if parts.hostname else False
    safe = parts.scheme == "https" or (near and parts.scheme == "http")
    if not parts.hostname or not safe or set(text) & set("{}# "):
        faults.append(
            "NAASTBOT_WEBHOOK_URL is geen adres dat begint met https. Voorbeeld: https://bot.voorbeeld.nl/naastbot"
        )
    elif not near and port not in WEBHOOK_PORTS:
        faults.append("NAASTBOT_WEBHOOK_URL heeft een poort die Telegram niet kent. Kies 443, 80, 88 of 8443.")
    return text


def _listen(text: str, faults: list[str]) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        faults.append("NAASTBOT_WEBHOOK_LISTEN is geen adres met een poort. Voorbeeld: 127.0.0.1:8443")
        return ("127.0.0.1", 8443)
    return host.strip("[]"), int(port)


def _dialogues(text: str | None, faults: list[str]) -> Path | None:
    if not text:
        return None
    path = Path(text)
    if not path.is_dir():
        faults.append("NAASTBOT_DIALOGUES is geen map. Maak de map, of laat deze instelling weg.")
    return path


def _zone(name: str, faults: list[str]) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        faults.append("NAASTBOT_TIMEZONE is geen tijdzone. Voorbeeld: Europe/Amsterdam")
        return ZoneInfo("UTC")
