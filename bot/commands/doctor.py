"""The command `doctor`: what is wrong with this installation, in plain words."""

from __future__ import annotations

import json
import os
from dataclasses import asdict

import click

from bot.clock import ClockFileError, clock, real_now
from bot.commands.common import REFUSED, total
from bot.settings import look_at_settings

WORDS = {"error": "fout", "warning": "let op"}


@click.command(help="Kijk na of deze installatie in orde is. Verandert niets.")
@click.option("--offline", is_flag=True, help="Zonder iets aan Telegram te vragen.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
def doctor(*, offline: bool, as_json: bool) -> None:
    """Every finding at once; exit code 1 when any of them is an error."""
    # Imported here: no other command needs this much.
    from bot.doctor.examine import examine

    settings, _ = look_at_settings(os.environ)
    try:
        now = clock(settings.clock_file)()
    except ClockFileError:
        now = real_now()
    findings = examine(os.environ, now, offline=offline)
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(
                f"{WORDS[finding.severity]:8} {finding.where}\n         {finding.what}\n         {finding.todo}"
            )
        click.echo(total(errors, len(findings) - errors) if findings else "Alles is goed.")
    if errors:
        raise click.exceptions.Exit(REFUSED)
