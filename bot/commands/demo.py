"""The command `demo`: the whole loop on this machine, without Telegram."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.commands.common import MISUSED, REFUSED, Refusal

FEWEST_WEEKS, MOST_WEEKS = 9, 26
"""A period is open for at least eight weeks and closes a day before the moment; at 26 weeks it closes anyway."""
FEWEST_PEOPLE, MOST_PEOPLE = 2, 200


@click.command(help="Laat alles zien op deze computer, zonder Telegram, met verzonnen mensen.")
@click.option("--once", is_flag=True, help="Zonder bladzijde: speel alles af, tot en met de terugkoppeling.")
@click.option("--people", metavar="N", default=24, show_default=True, type=int, help="Hoeveel verzonnen mensen.")
@click.option("--weeks", metavar="N", default=12, show_default=True, type=int, help="Na hoeveel weken het sluit.")
@click.option("--port", metavar="P", type=click.IntRange(1, 65535), help="Poort van de bladzijde (anders 8088).")
@click.option(
    "--dir",
    "directory",
    metavar="MAP",
    default="demo-data",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Map voor de demo. Elke keer opnieuw gevuld.",
)
def demo(people: int, weeks: int, port: int | None, directory: Path, *, once: bool) -> None:
    """Run the demo; with `--once` the last line is the path of the feedback page."""
    if not FEWEST_WEEKS <= weeks <= MOST_WEEKS:
        raise Refusal(
            f"Een periode duurt minstens acht weken. Kies bij --weeks {FEWEST_WEEKS} tot en met {MOST_WEEKS}.",
            code=MISUSED,
        )
    if not FEWEST_PEOPLE <= people <= MOST_PEOPLE:
        raise Refusal(f"Kies bij --people {FEWEST_PEOPLE} tot en met {MOST_PEOPLE}.", code=MISUSED)
    # Imported here: no other command needs a web server.
    from bot.sandbox.demo import Plan
    from bot.sandbox.installation import DemoError
    from bot.sandbox.show import Options, StoppedError, show

    try:
        page = asyncio.run(show(Options(directory, Plan(people, weeks), once=once, port=port), click.echo))
    except StoppedError:
        click.echo("De demo is gestopt.", err=True)
        if once:
            raise click.exceptions.Exit(REFUSED) from None
    except DemoError as error:
        raise Refusal(str(error), code=MISUSED if error.misused else REFUSED) from None
    else:
        click.echo(page)
