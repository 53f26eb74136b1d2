"""The command `invite`: codes that let people in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click
import segno

from bot.commands.common import MISUSED, Office, Refusal, office
from bot.commands.teams import ROLES_IN_WORDS
from storage.invitations import INVITED_AS
from storage.teams import Team

INVITATION_DAYS = 14
FOR_MANY = """Let op: deze code werkt {uses} keer. Wie hem ziet, kan meedoen, ook iemand die er niet bij hoort.
Ook kan één persoon er met twee telefoons twee keer mee binnenkomen, en dan dubbel meetellen.
Geef hem alleen waar het team zelf bij is. Intrekken kan met: naastbot team revoke {id} invitations"""
NOBODY_HEARS = """Let op: dit team heeft nog geen groep. Dan hoort niemand dat er iemand bij komt.
Maak eerst een groep met: naastbot invite {id} group"""
NO_NAME = """Let op: de naam van de bot is nog niet bekend. Start eerst: naastbot run
Zet anders zelf de naam van de bot in de link, op de plek van JOUW_BOT."""


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
    """A code that lets someone in; for more than one person only here, and with what that risks."""
    if role in ("coordinator", "group") and uses != 1:
        raise Refusal("Een code voor een coördinator of een groep werkt één keer.", code=MISUSED)
    if qr_file is not None and qr_file.suffix not in (".svg", ".png"):
        raise Refusal("Geef een bestand dat eindigt op .svg of .png.", code=MISUSED)
    with office() as desk:
        found = desk.team(team_id)
        name = _bot_name(desk)
        if qr_file is not None and name is None:
            raise Refusal("Voor een QR-code moet de bot een keer hebben gedraaid: naastbot run")
        last_day = desk.today() + timedelta(days=days)
        code = desk.store.invitations.make(found.id, role, uses=uses, last_day=last_day)
        link = f"https://t.me/{name or 'JOUW_BOT'}?{'startgroup' if role == 'group' else 'start'}={code}"
        if qr_file is not None:
            _draw(link, qr_file)
        if name is None:
            click.echo(NO_NAME)
        _warn(desk, found, uses)
        who = ROLES_IN_WORDS[role]
        click.echo(f"Stuur deze link ({who}, {found.name}, {uses}× te gebruiken, {days} dagen geldig):")
        click.echo(link)
        click.echo(code)


def _warn(desk: Office, team: Team, uses: int) -> None:
    """What this code risks, in plain words."""
    if uses > 1:
        click.echo(FOR_MANY.format(uses=uses, id=team.id))
        if desk.store.groups.chat_of(team.id) is None:
            click.echo(NOBODY_HEARS.format(id=team.id))


def _draw(link: str, file: Path) -> None:
    try:
        segno.make(link, error="m").save(str(file), scale=8, border=4)
        # Whoever reads it can use it.
        file.chmod(0o600)
    except OSError:
        raise Refusal(f"{file} is niet te schrijven. Kies een andere plek.", code=MISUSED) from None
    click.echo(f"QR-code: {file}")


def _bot_name(desk: Office) -> str | None:
    try:
        return desk.settings.bot_name_file.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
