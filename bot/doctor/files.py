"""Checks of the data directory: where it lies, who may read it, and whether its files are whole."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from bot.doctor.finding import Finding, Scene, error, warning
from bot.single import LOCK, runs
from storage.keys import KEY_BYTES, MASTER
from storage.reading import MIGRATIONS, is_whole, read_database, versions_apart
from storage.store import RESTORING

OURS = re.compile(
    rf"(contacts\.db(-wal|-shm)?|answers\.db(-journal)?|keys|bot-name|{re.escape(LOCK)}|{RESTORING})",
)
"""What belongs in a data directory."""
SYNCED = re.compile(
    r"dropbox|onedrive|google ?drive|nextcloud|owncloud|icloud|syncthing|pcloud|(^|\W)(back-?ups?)(\W|$)",
    re.IGNORECASE,
)
SYNC_MARKS = (".stfolder", ".dropbox", ".dropbox.cache", ".nextcloudsync.log", ".owncloudsync.log")
NETWORK = ("nfs", "cifs", "smb", "9p", "sshfs", "webdav", "davfs", "gluster", "ceph")
MOUNTS = Path("/proc/mounts")


def place(scene: Scene) -> Iterator[Finding]:
    """A place from which nothing is copied by itself: a copy of a key outlives its period."""
    data = scene.data.resolve()
    todo = "Zet de datamap ergens anders, en wijs hem aan met NAASTBOT_DATA."
    up = (data, *data.parents)
    if any(SYNCED.search(part) for part in data.parts) or any(
        (at / mark).exists() for at in up for mark in SYNC_MARKS
    ):
        what = "De datamap staat in een map die naar een andere plek wordt gekopieerd. Dan gaan ook sleutels mee."
        yield error(data, what, todo)
    if any((at / ".git").exists() for at in up):
        yield warning(
            data, "De datamap staat in een map van git. Daar raken gegevens makkelijk mee op reis.", todo
        )
    kind = _file_system(data)
    if kind.startswith(NETWORK) or kind.removeprefix("fuse.").startswith(NETWORK):
        yield error(
            data, f"De datamap staat op een netwerkschijf ({kind}). Dat is niet veilig voor een database.", todo
        )


def rights(scene: Scene) -> Iterator[Finding]:
    """Nobody else on this machine may look, and the bot itself must be able to."""
    for path in (scene.data, *sorted(scene.data.rglob("*"))):
        try:
            found = path.lstat()
        except FileNotFoundError:
            # A log that was there a moment ago: the bot runs.
            continue
        if found.st_uid != os.geteuid():
            what = "Deze map of dit bestand is van een andere gebruiker dan jij nu bent."
            todo = "Draai elke opdracht als de gebruiker van de bot. Zie docs/installatie.md."
            yield error(path, what, todo)
            return
        if stat.S_ISLNK(found.st_mode):
            yield warning(path, "Dit is een verwijzing naar een andere plek.", "Zet het bestand zelf hier neer.")
        elif found.st_mode & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield error(path, "Andere gebruikers van deze computer kunnen hierbij.", f"chmod {mode} {path}")


def strangers(scene: Scene) -> Iterator[Finding]:
    """A loose copy of a database or a key is a leak that nobody thinks of any more."""
    for path in sorted(scene.data.iterdir()):
        if not OURS.fullmatch(path.name):
            what = "Dit hoort niet in de datamap. Een losse kopie van gegevens of sleutels is gevaarlijk."
            yield warning(path, what, "Haal het weg, of bewaar het ergens anders als er geen gegevens in staan.")


def half_restored(scene: Scene) -> Iterator[Finding]:
    """A copy that was put back halfway is no installation."""
    if (scene.data / RESTORING).exists():
        what = "Het terugzetten van een kopie is niet afgemaakt. Zolang werkt er niets."
        yield error(scene.data / RESTORING, what, "Doe het opnieuw, met: naastbot restore")


def databases(scene: Scene) -> Iterator[Finding]:
    """Both files are there, whole, of this version, and written the way they should be."""
    for name in MIGRATIONS:
        path = scene.data / name
        if not path.exists():
            todo = "Zet een kopie terug met: naastbot restore. Of begin opnieuw met een lege map."
            yield error(path, "Dit bestand ontbreekt.", todo)
            continue
        try:
            with closing(read_database(path)) as db:
                yield from _database(path, db)
        except sqlite3.OperationalError:
            what = "Dit bestand is nu niet te lezen: het is bezet, of na een storing nog niet hersteld."
            yield error(path, what, "Start de bot, en kijk dan nog eens.")
        except sqlite3.DatabaseError:
            yield error(path, "Dit bestand is beschadigd.", "Zet een kopie terug met: naastbot restore")


def _database(path: Path, db: Database) -> Iterator[Finding]:
    if not is_whole(db):
        yield error(path, "Dit bestand is beschadigd.", "Zet een kopie terug met: naastbot restore")
        return
    missing, newer = versions_apart(db, path.name)
    if newer:
        yield error(path, "Dit bestand is gemaakt door een nieuwere naastbot.", "Werk naastbot bij.")
    elif missing:
        yield warning(path, "Dit bestand is nog van een oudere naastbot.", "Start de bot: die werkt het bij.")
    if path.name == "answers.db" and _keeps_a_log(path):
        what = "Dit bestand wordt geschreven met een logboek. Dat bewaart in welke volgorde mensen antwoordden."
        yield error(path, what, "Start de bot: die zet het goed. Verander niets met de hand in een database.")


def _keeps_a_log(path: Path) -> bool:
    """Whether this database has a write-ahead log (https://sqlite.org/fileformat2.html, byte 18: 2 for WAL)."""
    with path.open("rb") as file:
        return file.read(19)[18:] == b"\x02"


def keys(scene: Scene) -> Iterator[Finding]:
    """The master key is there and whole; half-written keys are not."""
    directory = scene.data / "keys"
    master = directory / MASTER
    if not master.exists():
        what = "De hoofdsleutel ontbreekt. Zonder dit bestand zijn de contacten niet te lezen."
        yield error(
            master, what, "Zet een kopie terug met: naastbot restore, en de sleutel die je apart bewaarde."
        )
    for path in sorted(directory.glob("*")):
        if path.suffix == ".new":
            yield warning(path, "Dit is een sleutel die nooit is gebruikt.", f"shred -u {path}")
        elif path.suffix == ".key" and path.stat().st_size != KEY_BYTES:
            yield error(path, "Deze sleutel is beschadigd.", "Zet een kopie terug met: naastbot restore")


def running(scene: Scene) -> Iterator[Finding]:
    """Nothing is asked and no period closes while the bot stands still."""
    if not runs(scene.data):
        yield warning("naastbot run", "De bot draait nu niet op deze computer.", "Start hem met: naastbot run")


def _file_system(path: Path) -> str:
    """The kind of file system that this path is on, or nothing where it can't be seen."""
    try:
        lines = [line.split() for line in MOUNTS.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    mounted = {fields[1].replace("\\040", " "): fields[2] for fields in lines if len(fields) > 2}
    return next((mounted[str(at)] for at in (path, *path.parents) if str(at) in mounted), "")
