"""Commands about time and feedback: `ask`, `moment`, `close`, `feedback`."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime, time
from pathlib import Path

import click

from bot.commands.common import MISUSED, Office, Refusal, office
from bot.feedback.as_json import as_json
from bot.feedback.page import as_page
from bot.feedback.text import as_text
from bot.shelf import LostDialogueError
from dialogues import periods
from dialogues.dates import dutch_moment
from dialogues.quiet import QUIET_FROM, QUIET_UNTIL, is_quiet, next_open
from storage import closing
from storage.answers import Period
from storage.release import PublishableFeedback
from storage.teams import Team

NOON = time(12)
LATE = time(20, 30)
"""From here on a large round may not be over before the night."""


@click.command(help="Stel deze vraag nu, buiten het ritme om.")
@click.argument("team_id", metavar="TEAM")
@click.argument("dialogue", metavar="DIALOOG")
def ask(team_id: str, dialogue: str) -> None:
    """Ask a dialogue's audience now, or at the end of the quiet hours, on a day that is not free."""
    with office() as desk:
        team = desk.team(team_id)
        known = desk.shelf().latest
        if dialogue not in known:
            raise Refusal(f"Dialoog '{dialogue}' ken ik niet. Kies uit: {', '.join(known)}.", code=MISUSED)
        if not team.contact:
            raise Refusal(f"Vul eerst in hoe het team te bereiken is: naastbot team set {team.id} contact TEKST")
        if not desk.store.contacts.coordinators(team.id):
            raise Refusal(f"Er is nog geen coördinator. Nodig er een uit: naastbot invite {team.id} coordinator")
        first = _decent(desk, team)
        desk.store.agenda.add_ask(team.id, desk.period(team).number, dialogue, first.date())
        when = "nu" if first <= desk.now() else dutch_moment(first)
        click.echo(f"'{known[dialogue].title}' gaat {when} naar wie dat wil. De bot moet daarvoor draaien.")
        click.echo("Wie deze week al zo'n extra vraag kreeg, krijgt hem niet.")
        if first.time() >= LATE:
            click.echo(
                f"Na {QUIET_FROM:%H:%M} stuur ik niets meer. Wie dan nog niet aan de beurt was, krijgt hem niet."
            )


@click.command(help="Zet het evaluatiemoment: 2026-12-03 of 2026-12-03T14:00.")
@click.argument("team_id", metavar="TEAM")
@click.argument("when", metavar="DATUM[TUU:MM]")
def moment(team_id: str, when: str) -> None:
    """Set the evaluation moment; the period closes a day before it."""
    with office() as desk:
        team = desk.team(team_id)
        at = _read_moment(desk, when)
        period = desk.period(team)
        # The period closes a day before: a moment within a day from now would have it closed already.
        earliest = max(periods.earliest_moment(period.opened), desk.now() + periods.CLOSE_BEFORE_MOMENT)
        if at < earliest:
            raise Refusal(f"Dat is te vroeg. Het eerste evaluatiemoment dat kan, is {_in_words(desk, earliest)}.")
        latest = periods.latest_moment(period.opened)
        if at > latest:
            raise Refusal(f"Dat is te ver weg. Het laatste evaluatiemoment dat kan, is {_in_words(desk, latest)}.")
        desk.store.agenda.set_moment(team.id, period.number, at.astimezone(UTC))
        closes = periods.closes_at(period.opened, at)
        click.echo(f"Evaluatiemoment van {team.name}: {_in_words(desk, at)}.")
        if is_quiet(at, desk.settings.zone):
            click.echo(
                "Let op: dat is in de avond of de nacht. Klopt dat? Zet het anders nog eens, met een andere tijd."
            )
        click.echo(f"De periode sluit op {_in_words(desk, closes)}.")
        if closes < at - periods.CLOSE_BEFORE_MOMENT:
            click.echo("Dat is eerder dan een dag ervoor: een periode duurt hoogstens 26 weken.")


@click.command(help="Sluit de open periode nu, en geef de terugkoppeling vrij.")
@click.argument("team_id", metavar="TEAM")
def close(team_id: str) -> None:
    """Close the open period by hand."""
    with office() as desk:
        team = desk.team(team_id)
        period = desk.period(team)
        try:
            used = desk.shelf().used_in(period)
            closing.release_period(desk.store, period, used, desk.now(), random.SystemRandom())
        except LostDialogueError as error:
            raise Refusal(
                f"Dialoog '{error}' is niet meer te lezen. Zet het bestand terug; anders gaan antwoorden verloren."
            ) from None
        except closing.TooEarlyError as error:
            first = _in_words(desk, error.first)
            raise Refusal(
                f"De periode is nog geen acht weken open. Sluiten kan vanaf {first}. Er is niets veranderd."
            ) from None
        finished = _finish(desk)
        click.echo(f"Periode {period.number} van {team.name} is gesloten en vrijgegeven.")
        if finished:
            click.echo("De losse antwoorden zijn gewist, en de sleutel is vernietigd.")
        else:
            click.echo("Het opruimen is nog niet klaar: een ander programma leest mee. De bot maakt het af.")
        click.echo(f"Terugkoppeling: naastbot feedback {team.id} -o terugkoppeling.html")


@click.command(help="Laat de vrijgegeven terugkoppeling zien.")
@click.argument("team_id", metavar="TEAM")
@click.option("--period", "number", type=click.IntRange(1, 9999), help="Welke periode (anders: de laatste).")
@click.option("--json", "json_wanted", is_flag=True, help="Als JSON.")
@click.option(
    "-o", "file", type=click.Path(path_type=Path, dir_okay=False), help="Naar een bestand: .html, .json of .txt."
)
def feedback(team_id: str, number: int | None, *, json_wanted: bool, file: Path | None) -> None:
    """Released feedback only; an open period is refused."""
    kind = ".json" if json_wanted else ".txt"
    if file is not None and not json_wanted:
        kind = file.suffix.lower()
    if kind not in (".html", ".json", ".txt"):
        raise Refusal("Dit soort bestand kan ik niet maken. Kies .html, .json of .txt.", code=MISUSED)
    with office() as desk:
        team = desk.team(team_id)
        stored = desk.store.answers.release(team.id, number)
        if stored is None:
            raise Refusal(_why_not(desk, team, number))
        released = PublishableFeedback.from_stored(stored)
    made = {".html": as_page, ".json": as_json, ".txt": as_text}[kind](released)
    if file is None:
        click.echo(made)
        return
    try:
        file.write_text(made, encoding="utf-8")
    except OSError:
        raise Refusal(f"{file} is niet te schrijven. Kies een andere plek.", code=MISUSED) from None
    click.echo(f"Terugkoppeling van {team.name}: {file}")


def _decent(desk: Office, team: Team) -> datetime:
    """Now, or the end of the quiet hours on the first day that is not free, in local time."""
    zone = desk.settings.zone
    first = next_open(desk.now(), zone).astimezone(zone)
    day = desk.store.free_days.of(team.id).next_open(first.date())
    return first if day == first.date() else datetime.combine(day, QUIET_UNTIL, zone)


def _finish(desk: Office) -> bool:
    """Clean up after a closing; what can't be done now is done by the next command or tick."""
    try:
        closing.finish_all(desk.store)
    except sqlite3.OperationalError:
        return False
    return not desk.store.answers.all_periods(state="closed")


def _why_not(desk: Office, team: Team, number: int | None) -> str:
    period = desk.period(team)
    if number is not None and number > period.number:
        return f"Periode {number} van {team.name} is er nog niet. Nu loopt periode {period.number}."
    closes = _in_words(desk, _closes(desk, period))
    return (
        f"Periode {period.number} van {team.name} is nog open. Zolang zie je niets, ook geen aantallen. "
        f"De periode sluit op {closes}."
    )


def _closes(desk: Office, period: Period) -> datetime:
    return periods.closes_at(period.opened, desk.store.agenda.moment(period.team, period.number))


def _in_words(desk: Office, moment_: datetime) -> str:
    zone = desk.settings.zone
    return dutch_moment(moment_.astimezone(zone), today=desk.now().astimezone(zone).date())


def _read_moment(desk: Office, text: str) -> datetime:
    """A local date with or without a time; a date alone means noon."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(
            f"'{text}' is geen datum die ik ken. Voorbeeld: 2026-12-03 of 2026-12-03T14:00", code=MISUSED
        ) from None
    if len(text) == len("2026-12-03"):
        at = datetime.combine(at.date(), NOON)
    return at.replace(tzinfo=desk.settings.zone) if at.tzinfo is None else at
