"""Commands about teams: `team add/list/set` and `invite`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import click
import segno

from bot.commands.common import MISUSED, Office, Refusal, office
from bot.settings import Settings
from dialogues import periods
from storage import closing
from storage.invitations import INVITED_AS
from storage.teams import Team

INVITATION_DAYS = 14
LONGEST_TEXT = 200
ROLES_IN_WORDS = {
    "naaste": "naaste",
    "professional": "professional",
    "coordinator": "coördinator",
    "group": "groep",
}


@click.group(help="Teams maken, bekijken en instellen.")
def team() -> None:
    """The group of team commands."""


@team.command("add", help="Maak een team. De laatste regel is het kenmerk van het team.")
@click.argument("name", metavar="NAAM")
def add(name: str) -> None:
    """A new team with its first period."""
    with office() as desk:
        try:
            made = desk.store.teams.add(name)
        except ValueError:
            raise Refusal(
                "Geef een naam van hoogstens 60 tekens, met een letter of cijfer.", code=MISUSED
            ) from None
        closing.ensure_periods(desk.store, desk.now())
        click.echo("Nu nog: een contactregel (naastbot team set) en een coördinator (naastbot invite).")
        click.echo(made.id)


@team.command("list", help="Laat de teams zien.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
def list_teams(*, as_json: bool) -> None:
    """Every team; no number about people."""
    with office() as desk:
        rows = [_described(desk, found) for found in desk.store.teams.all()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['name']}{' (streng)' if row['streng'] else ''}")
        click.echo(f"    contact: {row['contact'] or '(nog niet ingevuld)'}")
        click.echo(f"    coördinator: {'ja' if row['coordinator'] else 'nog niet'}")
        click.echo(f"    groep: {'ja' if row['group'] else 'nee'}")
        click.echo(f"    evaluatiemoment: {row['moment'] or 'nog niet gezet'}")
        click.echo(f"    de periode sluit op: {row['closes']}")
    if not rows:
        click.echo("Er zijn nog geen teams. Maak er een met: naastbot team add NAAM")


def _described(desk: Office, found: Team) -> dict[str, str | bool | None]:
    """What is set for a team; moments in local time, and no number about people."""
    period = desk.period(found)
    moment = desk.store.agenda.moment(found.id, period.number)
    zone = desk.settings.zone
    return {
        "id": found.id,
        "name": found.name,
        "contact": found.contact,
        "huisartsenpost": found.huisartsenpost,
        "streng": found.strict,
        "coordinator": bool(desk.store.contacts.coordinators(found.id)),
        "group": desk.store.groups.chat_of(found.id) is not None,
        "moment": moment.astimezone(zone).isoformat(timespec="minutes") if moment else None,
        "closes": periods.closes_at(period.opened, moment).astimezone(zone).isoformat(timespec="minutes"),
    }


@team.command(
    "set", help="Stel iets in: contact, huisartsenpost, of streng (groepen van acht in plaats van vijf)."
)
@click.argument("team_id", metavar="TEAM")
@click.argument(
    "what", metavar="contact|huisartsenpost|streng", type=click.Choice(["contact", "huisartsenpost", "streng"])
)
@click.argument("text", metavar="TEKST")
def set_text(team_id: str, what: str, text: str) -> None:
    """How to reach the team, the regional number, or larger groups."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_TEXT:
        raise Refusal(f"Geef een tekst van 1 tot {LONGEST_TEXT} tekens.", code=MISUSED)
    with office() as desk:
        found = desk.team(team_id)
        if what == "contact":
            desk.store.teams.set_contact(found.id, words)
        elif what == "huisartsenpost":
            desk.store.teams.set_huisartsenpost(found.id, words)
        elif words == "aan":
            desk.store.teams.set_strict(found.id)
        else:
            # People were told that groups are eight or more; that can't be taken back.
            raise Refusal("Streng kan alleen aan: naastbot team set TEAM streng aan", code=MISUSED)
        click.echo(f"{found.name}: {what} is ingesteld.")
        if what == "streng":
            click.echo("Dit kan niet meer terug: mensen mogen erop rekenen.")


@click.command(help="Maak een uitnodiging. De laatste regel is de code.")
@click.argument("team_id", metavar="TEAM")
@click.argument("role", metavar="naaste|professional|coordinator|group", type=click.Choice(INVITED_AS))
@click.option("--uses", default=1, show_default=True, type=click.IntRange(1, 500), help="Hoe vaak hij werkt.")
@click.option(
    "--days", default=INVITATION_DAYS, show_default=True, type=click.IntRange(1, 365), help="Hoeveel dagen."
)
@click.option(
    "--qr", "qr_file", type=click.Path(path_type=Path), help="Bewaar de link als QR-code (.svg of .png)."
)
def invite(team_id: str, role: str, uses: int, days: int, qr_file: Path | None) -> None:
    """A code that lets someone in."""
    if role in ("coordinator", "group") and uses != 1:
        raise Refusal("Een code voor een coördinator of een groep werkt één keer.", code=MISUSED)
    if qr_file is not None and qr_file.suffix not in (".svg", ".png"):
        raise Refusal("Geef een bestand dat eindigt op .svg of .png.", code=MISUSED)
    with office() as desk:
        found = desk.team(team_id)
        name = _bot_name(desk.settings)
        if qr_file is not None and name is None:
            raise Refusal("Voor een QR-code moet de bot een keer hebben gedraaid: naastbot run")
        today = desk.now().astimezone(desk.settings.zone).date()
        code = desk.store.invitations.make(found.id, role, uses=uses, last_day=today + timedelta(days=days))
        link = f"https://t.me/{name or 'JOUW_BOT'}?{'startgroup' if role == 'group' else 'start'}={code}"
        if qr_file is not None:
            try:
                segno.make(link, error="m").save(str(qr_file), scale=8, border=4)
            except OSError:
                raise Refusal(f"{qr_file} is niet te schrijven. Kies een andere plek.", code=MISUSED) from None
            click.echo(f"QR-code: {qr_file}")
        role_in_words = ROLES_IN_WORDS.get(role, role)
        if name is None:
            click.echo("Let op: de naam van de bot is nog niet bekend. Start eerst: naastbot run")
            click.echo("Zet anders zelf de naam van de bot in de link, op de plek van JOUW_BOT.")
        click.echo(f"Stuur deze link ({role_in_words}, {found.name}, {uses}× te gebruiken, {days} dagen geldig):")
        click.echo(link)
        click.echo(code)


def _bot_name(settings: Settings) -> str | None:
    try:
        return settings.bot_name_file.read_text(encoding="utf-8").strip() or None
    except OSError:
        return None
