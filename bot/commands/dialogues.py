"""Commands for those who write dialogues: `check` and `play`."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import asdict
from pathlib import Path

import click

from bot.commands.common import MISUSED, REFUSED, Refusal, total
from bot.play import play as play_in_terminal
from bot.settings import read_settings
from dialogues import library, parse, programme_file
from dialogues.problems import DialogueError
from dialogues.tree import Dialogue
from storage.keys import MissingKeyError
from storage.reading import read_store


@click.command(help="Kijk dialogen na. Zonder pad: de hele bibliotheek en je eigen map.")
@click.argument("paths", metavar="[PAD]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Every problem of every file at once; exit code 1 if any is an error."""
    own = read_settings(os.environ).dialogues
    everything = [*([own] if own else []), *library.builtin_paths()]
    problems = programme_file.check_all(list(paths) or everything, _teams())
    errors = sum(problem.severity == "error" for problem in problems)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(total(errors, len(problems) - errors) if problems else "Alles is goed.")
    if errors:
        raise click.exceptions.Exit(REFUSED)


@click.command(help="Voer een gesprek met een dialoog, hier in de terminal.")
@click.argument("name", metavar="DIALOOG")
@click.option("--role", metavar="ROL", help="naaste of professional")
def play(name: str, role: str | None) -> None:
    """Talk to a dialogue, by id or by file, with the same engine as the bot."""
    dialogue = _find(name)
    if role is not None and role not in dialogue.roles:
        raise Refusal(f"Deze dialoog is voor: {', '.join(dialogue.roles)}.", code=MISUSED)
    play_in_terminal(dialogue, role or dialogue.roles[0], input, click.echo)


def _find(name: str) -> Dialogue:
    path = Path(name)
    known = {path.stem: path for path in reversed(_all_paths())}
    chosen = path if path.suffix in (".yaml", ".yml") else known.get(name)
    if chosen is None:
        raise Refusal(f"Dialoog '{name}' ken ik niet. Kies uit: {', '.join(sorted(known))}.", code=MISUSED)
    try:
        return parse.read(chosen)
    except DialogueError as error:
        raise Refusal("\n".join(str(problem) for problem in error.problems)) from None


def _all_paths() -> list[Path]:
    own = read_settings(os.environ).dialogues
    return [*library.own_paths(own), *library.builtin_paths()]


def _teams() -> list[str] | None:
    """The ids of the teams, if this installation has any: a programme may name them."""
    try:
        store = read_store(read_settings(os.environ).data)
    except (MissingKeyError, OSError, sqlite3.Error):
        return None
    try:
        return [team.id for team in store.teams.all()]
    except sqlite3.Error:
        return None
    finally:
        store.close()
