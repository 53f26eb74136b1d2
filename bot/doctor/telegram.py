"""Checks that need the network: whether the Bot API answers, knows this bot, and lets it do what it should.

Nothing here is changed or fetched: asking for updates would take them away from the bot that runs. And nothing
that may hold the token is shown, not even an error's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.doctor.finding import Finding, Scene, error, warning

SECONDS = 5.0
"""How long the Bot API gets for one answer."""
CLOCKS_APART = timedelta(minutes=2)
API = "NAASTBOT_API_URL"


class _FoundError(Exception):
    """The Bot API gave no usable answer; holds what was found."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.what)
        self.finding = finding


def bot_api(scene: Scene) -> Iterator[Finding]:
    """Everything that Telegram can tell about the bot and its groups."""
    if scene.settings.token is None:
        return
    try:
        with httpx.Client(timeout=SECONDS) as client:
            me, said_at = _ask(client, scene, "getMe")
            webhook, _ = _ask(client, scene, "getWebhookInfo")
            in_groups = [*_groups(client, scene, me)]
    except _FoundError as found:
        yield found.finding
        return
    yield from (*_me(scene, me), *in_groups)
    yield from _webhook(scene, webhook)
    if said_at is not None and abs(said_at - datetime.now(UTC)) > CLOCKS_APART:
        what = "De klok van deze computer loopt niet gelijk met die van Telegram."
        yield warning("klok", what, "Zet de tijd goed, bijvoorbeeld met: timedatectl set-ntp true")


def _webhook(scene: Scene, webhook: Mapping[str, Any]) -> Iterator[Finding]:
    """A webhook of somebody else's, or one of ours to which nothing gets through."""
    ours = scene.settings.webhook_url
    if webhook.get("url") and webhook["url"] != ours:
        what = "Er staat een webhook ingesteld. Dan krijgt de bot geen berichten."
        yield warning(
            API, what, "Start de bot: die haalt hem weg. Zette iemand anders hem? Vervang dan het token."
        )
    elif webhook.get("url") and webhook.get("last_error_date") and webhook.get("pending_update_count"):
        what = "Telegram kan de bot niet bereiken op dit adres. Er wachten berichten."
        yield warning(ours, what, "Kijk of de bot draait met --webhook, en of de webserver dit adres doorgeeft.")


def _me(scene: Scene, me: Mapping[str, Any]) -> Iterator[Finding]:
    if me.get("can_read_all_group_messages"):
        what = "De bot kan in groepen alles lezen wat mensen zeggen."
        yield error("BotFather", what, "Stuur /setprivacy naar BotFather, kies je bot en kies Enable.")
    if not me.get("can_join_groups"):
        what = "De bot mag niet in een groep."
        yield warning("BotFather", what, "Stuur /setjoingroups naar BotFather, kies je bot en kies Enable.")
    try:
        name = scene.settings.bot_name_file.read_text(encoding="utf-8").strip()
    except OSError:
        return
    if name and name != me.get("username"):
        what = "Links van uitnodigingen wijzen naar een andere bot dan die van dit token."
        yield warning(scene.settings.bot_name_file, what, "Start de bot opnieuw: die schrijft de goede naam op.")


def _groups(client: httpx.Client, scene: Scene, me: Mapping[str, Any]) -> Iterator[Finding]:
    """An administrator hears everything in a group, whatever its privacy mode."""
    for team in scene.store.teams.all() if scene.store else ():
        chat = scene.store.groups.chat_of(team.id) if scene.store else None
        if chat is None:
            continue
        try:
            member, _ = _ask(client, scene, "getChatMember", chat_id=chat, user_id=int(me.get("id", 0)))
            status = member.get("status")
        except _FoundError:
            status = "left"
        if status in ("administrator", "creator"):
            what = "De bot is beheerder van de groep. Dan kan hij alles lezen wat mensen daar zeggen."
            yield error(team.id, what, "Maak de bot in Telegram weer een gewoon lid.")
        elif status in ("left", "kicked"):
            what = "De bot is niet in de groep van dit team. Dan hoort het team niet dat er iemand meedoet."
            yield warning(team.id, what, f"naastbot invite {team.id} group")


def _ask(
    client: httpx.Client, scene: Scene, method: str, **params: int
) -> tuple[Mapping[str, Any], datetime | None]:
    """The result of a method, and what time it is there. Raises _FoundError."""
    try:
        response = client.post(f"{scene.settings.base_url}{scene.settings.token}/{method}", json=params)
        answer = response.json()
        result = answer.get("result")
    except (httpx.HTTPError, httpx.InvalidURL):
        what = "De Bot API is niet te bereiken."
        raise _FoundError(error(API, what, "Controleer het netwerk en NAASTBOT_API_URL.")) from None
    except (ValueError, AttributeError):
        what = "Op dit adres antwoordt iets anders dan een Bot API."
        raise _FoundError(error(API, what, "Controleer NAASTBOT_API_URL.")) from None
    if response.status_code in (401, 404):
        what = "Telegram kent dit token niet."
        raise _FoundError(
            error("NAASTBOT_TOKEN", what, "Haal het token op bij BotFather, en zet het in het bestand.")
        )
    if not isinstance(result, dict):
        what = f"De Bot API heeft een storing ({response.status_code})."
        raise _FoundError(error(API, what, "Probeer het later nog eens."))
    return result, _date(response.headers.get("date"))


def _date(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
