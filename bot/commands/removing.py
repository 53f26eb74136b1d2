"""Commands that take something away from a team: `team remove` and `team revoke`."""

from __future__ import annotations

import click

from bot.commands.common import Office, Refusal, office
from storage.removal import remains, remove_team

WHAT_GOES = """Dit haalt {name} helemaal weg:
- iedereen die meedoet, met wat ze kozen
- uitnodigingen en de groep
- alle antwoorden en teksten van nu, met hun sleutel
- het evaluatiemoment, en de terugkoppeling van alle periodes

Dit kan niet terug. Niemand krijgt er bericht van: vertel het de mensen zelf.
Wil je de terugkoppeling houden? Bewaar die dan eerst, met: naastbot feedback {id} -o BESTAND
In een kopie van naastbot backup staat het team nog, tot je een nieuwe kopie maakt.
"""


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


def _name(desk: Office, team_id: str) -> str:
    """The team's name, or its id when a removal left something of it. Raises Refusal with exit code 2."""
    return team_id if team_id in remains(desk.store) else desk.team(team_id).name
