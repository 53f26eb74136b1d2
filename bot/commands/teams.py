"""Commands about teams: `team add/list/set`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from bot.commands.common import MISUSED, Office, Refusal, office
from dialogues import periods
from storage import closing
from storage.invitations import GivenOut
from storage.teams import Team

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
        for code in row["codes"]:
            click.echo(f"    open uitnodiging: {_in_words(code)}")
    if not rows:
        click.echo("Er zijn nog geen teams. Maak er een met: naastbot team add NAAM")


def _described(desk: Office, found: Team) -> dict[str, Any]:
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
        "codes": [_given(code) for code in desk.store.invitations.given_out(found.id, desk.today())],
        "closes": periods.closes_at(period.opened, moment).astimezone(zone).isoformat(timespec="minutes"),
    }


def _given(code: GivenOut) -> dict[str, Any]:
    return {"role": code.role, "many": code.many, "until": code.last_day.isoformat()}


def _in_words(code: Mapping[str, Any]) -> str:
    uses = "voor meer mensen" if code["many"] else "voor één keer"
    return f"{ROLES_IN_WORDS[code['role']]}, {uses}, tot en met {code['until']}"


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
