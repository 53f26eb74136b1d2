"""Checks of the settings, and of the machine that everything stands on."""

from __future__ import annotations

import difflib
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot.doctor.finding import Finding, Scene, error, warning
from bot.settings import NAMES, is_loopback
from dialogues import check as checks
from dialogues import library, programme_file
from dialogues.help import help_lines

OLDEST_PYTHON = (3, 11)
LITTLE_ROOM, NO_ROOM = 500 * 1024 * 1024, 50 * 1024 * 1024
"""Bytes. Closing rewrites a database, and needs room for it twice."""
CHECKED_WITHIN = timedelta(days=365)
"""How long somebody's look at a help line counts."""
SWAPS = Path("/proc/swaps")


def python(_: Scene) -> Iterator[Finding]:
    """The Python that runs this."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        yield error(
            "Python", f"Deze Python is te oud voor naastbot: {needed} of nieuwer is nodig.", "Installeer er een."
        )


def faults(scene: Scene) -> Iterator[Finding]:
    """Settings that can't be used, all at once."""
    for fault in scene.faults:
        name, _, rest = fault.partition(" ")
        what, _, todo = rest.partition(". ")
        yield error(name.rstrip(":"), f"{what[:1].upper()}{what[1:]}.", todo)


def unknown_settings(scene: Scene) -> Iterator[Finding]:
    """A setting with a slip of the pen does nothing, and says nothing."""
    for name in sorted(scene.env):
        if name.startswith("NAASTBOT_") and name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, 1)
            todo = f"Bedoel je {near[0]}?" if near else "Haal hem weg."
            yield warning(name, "Deze instelling ken ik niet. Hij doet niets.", todo)


def token(scene: Scene) -> Iterator[Finding]:
    """Whoever has the token is the bot."""
    file = scene.env.get("NAASTBOT_TOKEN_FILE")
    if scene.settings.token is None and not any("TOKEN" in fault for fault in scene.faults):
        todo = "Zet het token van BotFather in een bestand, en zet NAASTBOT_TOKEN_FILE op dat bestand."
        yield error("NAASTBOT_TOKEN", "Er is geen token. Zonder token kan de bot niet draaien.", todo)
    if file and scene.env.get("NAASTBOT_TOKEN"):
        todo = "Haal een van de twee weg."
        yield warning("NAASTBOT_TOKEN_FILE", "NAASTBOT_TOKEN is ook ingesteld, en gaat voor.", todo)
    if file and Path(file).exists() and Path(file).stat().st_mode & 0o077:
        yield error(file, "Andere gebruikers van deze computer kunnen het token lezen.", f"chmod 600 {file}")


def address(scene: Scene) -> Iterator[Finding]:
    """The token goes along with every call."""
    url = scene.settings.api_url
    if url.startswith("http:") and not is_loopback(url):
        what = "Dit adres is niet versleuteld. Wie meeluistert, leest het token en alle berichten."
        yield error("NAASTBOT_API_URL", what, "Gebruik een adres dat begint met https.")


def moved_clock(scene: Scene) -> Iterator[Finding]:
    """A clock that is moved closes periods at another time."""
    if not scene.env.get("NAASTBOT_CLOCK"):
        return
    todo = "Haal NAASTBOT_CLOCK weg. Hij is alleen om iets uit te proberen."
    if scene.settings.clock_file is None:
        yield warning("NAASTBOT_CLOCK", "Deze instelling doet hier niets.", todo)
    else:
        yield warning("NAASTBOT_CLOCK", "De klok van de bot is verzet.", todo)


def room(scene: Scene) -> Iterator[Finding]:
    """A full disk stops the bot, and can stop a period from closing."""
    place = next(path for path in (scene.data, *scene.data.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < LITTLE_ROOM:
        make = error if free < NO_ROOM else warning
        yield make(place, f"De schijf is bijna vol: nog {free // 2**20} MB vrij.", "Maak ruimte.")


def swap(_: Scene) -> Iterator[Finding]:
    """What is in memory can end up on a disk: keys and words too."""
    try:
        lines = SWAPS.read_text(encoding="utf-8").splitlines()[1:]
    except OSError:
        return
    for device in (line.split()[0] for line in lines if line.strip()):
        # zram stays in memory; behind a mapper (dm-) there is usually encryption.
        if "zram" not in device and "/dm-" not in device and "/mapper/" not in device:
            what = "Deze computer gebruikt wisselgeheugen (swap). Daar kunnen sleutels en woorden in terechtkomen."
            yield warning(device, what, "Zet swap uit met: swapoff -a. Of versleutel hem.")


def dialogues(scene: Scene) -> Iterator[Finding]:
    """A team's own dialogues with a fault are not asked."""
    own = scene.settings.dialogues
    if own is None or not own.is_dir():
        return
    found = checks.check_files(library.own_paths(own))
    wrong = sum(problem.severity == "error" for problem in found)
    todo = "Bekijk ze met: naastbot check"
    if wrong:
        yield error(own, f"In de eigen dialogen staan fouten ({wrong}). Die dialogen stel ik niet.", todo)
    elif found:
        yield warning(own, "Bij de eigen dialogen is er iets om op te letten.", todo)


def programme(scene: Scene) -> Iterator[Finding]:
    """A programme with a fault does not hold; the one before it, or the usual one, does."""
    file = programme_file.find(scene.settings.dialogues)
    if file is None:
        return
    teams = [team.id for team in scene.store.teams.all()] if scene.store else None
    found = [problem for problem in programme_file.check_all([file], teams) if problem.path == str(file)]
    if wrong := sum(problem.severity == "error" for problem in found):
        what = f"In het programma staan fouten ({wrong}). Het geldt niet: ik houd het vorige aan, of het gewone."
        yield error(file, what, "Bekijk ze met: naastbot check")
    elif found:
        yield warning(file, "Bij het programma is er iets om op te letten.", "Bekijk het met: naastbot check")


def old_help_lines(scene: Scene) -> Iterator[Finding]:
    """A number on the help card that nobody has looked at for a year."""
    latest = scene.now.date() - CHECKED_WITHIN
    for line in help_lines():
        if line.checked < latest:
            what = f"Dit hulpnummer is voor het laatst nagekeken op {line.checked:%d-%m-%Y}."
            yield warning(
                f"hulpkaart: {line.id}", what, f"Kijk of het nog klopt: {line.source}. Werk naastbot bij."
            )
