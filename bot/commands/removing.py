"""Commands that take something away from a team: `team remove` and `team revoke`."""

from __future__ import annotations

import click

from bot.commands.common import Office, Refusal, office
from storage.removal import remains, remove_team
from storage.revoking import revoke_coordinators, uncouple_group

WHAT_GOES = """Dit haalt {name} helemaal weg:
- iedereen die meedoet, met wat ze kozen
- uitnodigingen en de groep
- alle antwoorden en teksten van nu, met hun sleutel
- het evaluatiemoment, en de terugkoppeling van alle periodes

Dit kan niet terug. Niemand krijgt er bericht van: vertel het de mensen zelf.
Wil je de terugkoppeling houden? Bewaar die dan eerst, met: naastbot feedback {id} -o BESTAND
In een kopie van naastbot backup staat het team nog, tot je een nieuwe kopie maakt.
"""

WITHOUT_COORDINATOR = """{name} heeft geen coördinator meer. Wie het was, hoort dat van de bot.
Ook codes voor een coördinator werken niet meer.
Zonder coördinator stuurt dit team geen vragen. Nodig een nieuwe uit met: naastbot invite {id} coordinator"""
NO_COORDINATOR = "{name} had geen coördinator. Codes voor een coördinator werken niet meer."
WITHOUT_GROUP = """{name} heeft geen groep meer. Haal de bot zelf uit die groep.
Zolang er geen groep is, hoort het team niet dat er iemand meedoet. Een nieuwe: naastbot invite {id} group"""
NO_GROUP = "{name} had geen groep. Codes voor een groep werken niet meer."
CODES_ENDED = """De open uitnodigingen van {name} werken niet meer. Wie er nog een heeft, vraagt om een nieuwe.
Wie al meedoet, merkt hier niets van."""
NO_CODES = "{name} had geen open uitnodigingen."


@click.command("remove", help="Haal een team weg, met alles wat erbij hoort.")
@click.argument("team_id", metavar="TEAM")
@click.option("--yes", is_flag=True, help="Vraag niet of ik het zeker weet.")
def remove(team_id: str, *, yes: bool) -> None:
    """Remove a team with everything in it, or finish a removal that was interrupted."""
    with office() as desk:
        name = _name(desk, team_id)
        click.echo(WHAT_GOES.format(name=name, id=team_id))
        if not yes and click.prompt("Typ het kenmerk van het team om door te gaan", prompt_suffix=": ") != team_id:
            raise Refusal("Dat is niet het kenmerk van dit team. Er is niets veranderd.")
        overwritten = remove_team(desk.store, team_id)
        click.echo(f"{name} is weg. Staat de bot nog in een groep van dit team? Haal hem daar zelf uit.")
        if not overwritten:
            click.echo("Resten staan nog in een bestand dat een ander programma leest. Start de bot opnieuw:")
            click.echo("dan worden ook die overschreven.")


COORDINATOR, INVITATIONS, GROUP = "coordinator", "invitations", "group"


@click.command("revoke", help="Trek iets in: het recht van de coördinatoren, de open uitnodigingen, of de groep.")
@click.argument("team_id", metavar="TEAM")
@click.argument(
    "what",
    metavar="coordinator|invitations|group",
    type=click.Choice([COORDINATOR, INVITATIONS, GROUP]),
)
def revoke(team_id: str, what: str) -> None:
    """Take a right back; what that means for the team is said."""
    with office() as desk:
        found = desk.team(team_id)
        today = desk.today()
        if what == COORDINATOR:
            period = desk.period(found)
            had_it = revoke_coordinators(desk.store, period, period.round_at(desk.now()), today)
            lines = WITHOUT_COORDINATOR if had_it else NO_COORDINATOR
        elif what == GROUP:
            lines = WITHOUT_GROUP if uncouple_group(desk.store, found.id, today) else NO_GROUP
        else:
            lines = CODES_ENDED if desk.store.invitations.revoke(found.id, today) else NO_CODES
        click.echo(lines.format(name=found.name, id=found.id))


def _name(desk: Office, team_id: str) -> str:
    """The team's name, or its id when a removal left something of it. Raises Refusal with exit code 2."""
    return team_id if team_id in remains(desk.store) else desk.team(team_id).name
