"""The `naastbot` command: which words there are, and how every mistake ends in one line."""

from __future__ import annotations

import sqlite3

import click

from bot.clock import ClockFileError
from bot.commands.common import MISUSED, REFUSED, Refusal
from bot.commands.copies import backup, restore
from bot.commands.demo import demo
from bot.commands.dialogues import check, play
from bot.commands.doctor import doctor
from bot.commands.inviting import invite
from bot.commands.periods import ask, close, feedback, moment
from bot.commands.removing import remove, revoke
from bot.commands.run import run
from bot.commands.teams import team
from bot.settings import SettingsError
from storage.answers import PeriodClosedError
from storage.keys import MissingKeyError
from storage.sealing import UnfitKeyError
from storage.store import HalfRestoredError, MissingFileError, UnusableDirectoryError


@click.group(help="naastbot: kleine vragen aan naasten en professionals, en anonieme terugkoppeling.")
@click.version_option(package_name="naastbot", message="naastbot %(version)s")
def cli() -> None:
    """The group of all commands."""


team.add_command(remove)
team.add_command(revoke)
for command in (run, team, invite, ask, moment, close, feedback, check, play, backup, restore, doctor, demo):
    cli.add_command(command)


EXPLAINED: tuple[tuple[type[BaseException], str, int], ...] = (
    (click.Abort, "Afgebroken.", REFUSED),
    (KeyboardInterrupt, "Afgebroken.", REFUSED),
    (SettingsError, "{error}", MISUSED),
    (
        UnusableDirectoryError,
        "De map {error} is niet te gebruiken. Kies met NAASTBOT_DATA een map waarin je mag schrijven.",
        MISUSED,
    ),
    (
        MissingKeyError,
        "{error} ontbreekt in de datamap. Zonder deze sleutel is niet alles te lezen. Kijk met: naastbot doctor",
        MISUSED,
    ),
    (
        MissingFileError,
        "{error} ontbreekt in de datamap. Zet het bestand terug, of een kopie (naastbot restore).",
        MISUSED,
    ),
    (
        UnfitKeyError,
        "keys/master.key past niet bij deze datamap. Zet de goede sleutel terug, of een kopie (naastbot restore).",
        MISUSED,
    ),
    (
        PeriodClosedError,
        "De sleutel van de open periode ontbreekt. Kijk wat je kunt doen met: naastbot doctor",
        MISUSED,
    ),
    (
        HalfRestoredError,
        "Het terugzetten van een kopie is niet afgemaakt. Doe het opnieuw, met: naastbot restore",
        MISUSED,
    ),
    (ClockFileError, "In het bestand van NAASTBOT_CLOCK staat geen tijdsduur. Voorbeeld: +P21DT3H", MISUSED),
    (
        sqlite3.OperationalError,
        "De database is bezet, vol of niet te schrijven. Er is niets veranderd. Probeer het opnieuw.",
        REFUSED,
    ),
    (
        sqlite3.DatabaseError,
        "Een database in de datamap is beschadigd. Zet een kopie terug (naastbot restore), of kies een lege map.",
        MISUSED,
    ),
    (
        OSError,
        "Dit is niet te lezen of te schrijven: {error.filename}. Draai je dit als de gebruiker van de bot?"
        " Kijk ook of er nog ruimte op de schijf is.",
        MISUSED,
    ),
)
"""What can go wrong below the command line, what to do about it, and the exit code."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns its exit code: 0 fine, 1 wrong or refused, 2 used wrongly."""
    try:
        code = cli.main(arguments, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return MISUSED
    except Refusal as error:
        return _say(error.message, error.code)
    except click.ClickException as error:
        return _say(_in_dutch(error), MISUSED)
    except tuple(kind for kind, _, _ in EXPLAINED) as error:
        message, code = next((text, code) for kind, text, code in EXPLAINED if isinstance(error, kind))
        return _say(message.format(error=error), code)
    return code if isinstance(code, int) else 0


def _say(message: str, code: int) -> int:
    click.echo(f"naastbot: {message}", err=True)
    return code


def _in_dutch(error: click.ClickException) -> str:
    """Click's own messages, for the person at the keyboard."""
    context = getattr(error, "ctx", None)
    hint = f" Kijk met: {context.command_path} --help" if context else ""
    match error:
        case click.MissingParameter():
            return f"Er ontbreekt iets: {_name(error)}.{hint}"
        case click.NoSuchOption():
            return f"De optie {error.option_name} ken ik niet.{hint}"
        case click.exceptions.NoSuchCommand():
            return f"Dat commando ken ik niet.{hint}"
        case click.BadParameter():
            return f"Dit past niet bij {_name(error)}.{hint}"
        case click.UsageError():
            return f"Dit commando klopt niet.{hint}"
    return error.message


def _name(error: click.BadParameter) -> str:
    """The option or argument that it is about, as it is typed."""
    if isinstance(error.param, click.Option):
        return error.param.opts[-1]
    return error.param.human_readable_name if error.param else ""
