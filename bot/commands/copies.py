"""The commands `backup` and `restore`: copies without answers, and the key that belongs to them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from bot.commands.common import MISUSED, REFUSED, Refusal, office
from bot.settings import read_settings
from dialogues.dates import dutch_moment
from storage import spelled
from storage.backup import NotForCopiesError, back_up
from storage.manifest import MANIFEST, DamagedCopyError, NewerCopyError, NoCopyError, WrongKeyError
from storage.restoring import NotEmptyError
from storage.restoring import restore as put_back

ON_SCREEN = Path("-")
KEY_FILE = """# Sleutel van naastbot, voor kopieën die zijn gemaakt met: naastbot backup
# Bewaar deze sleutel nooit bij een kopie. Wie ze allebei heeft, kan zien wie er meedoen.
# Goede plekken: op papier in een kluis, of op een andere computer.
{letters}
"""
A_DIRECTORY = click.Path(path_type=Path, file_okay=False)
A_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


REFUSALS: tuple[tuple[type[Exception], str, int], ...] = (
    (NotForCopiesError, "In {directory} staat iets anders dan een kopie. Kies een lege map.", MISUSED),
    (NoCopyError, "In {directory} staat geen kopie van naastbot.", MISUSED),
    (WrongKeyError, "Deze sleutel hoort niet bij deze kopie. Er is niets veranderd.", REFUSED),
    (NewerCopyError, "Deze kopie is gemaakt door een nieuwere naastbot. Werk naastbot eerst bij.", REFUSED),
    (
        DamagedCopyError,
        "Deze kopie is beschadigd: {error}. Er is niets veranderd. Neem een andere.",
        REFUSED,
    ),
    (
        NotEmptyError,
        "In {data} staat al iets. Stop de bot, en zet die map eerst opzij. Er is niets veranderd.",
        REFUSED,
    ),
    (OSError, "Dat past niet, of je mag niet schrijven in {directory} of {data}.", REFUSED),
)
"""What can be wrong with a copy or a place for one, what to do about it, and the exit code."""

RESTORED = """De kopie van {made} staat terug in {data}.
De antwoorden van de open periodes zijn er niet meer. Iedereen hoort dat één keer van de bot, overdag.
Vragen gaan weer uit vanaf de dag daarna.
Wie na de kopie stopte, staat er weer in. In dat bericht staat hoe stoppen kan.
Stel opnieuw in wat je na de kopie instelde: contactregel, streng, evaluatiemoment.
Herinneringen en vrije dagen zijn weer zoals toen. Vraag het team om ze na te kijken, met /plan en /vrij.
Een team dat je daarna weghaalde, staat er weer. Haal het weg voordat je de bot start.
Oude uitnodigingen werken niet meer. Ook wie na de kopie begon, heeft een nieuwe nodig.
Kijk nu alles na met: naastbot doctor. Start daarna de bot."""


@click.command(help="Maak een veilige kopie: mensen, plannen en terugkoppeling. Antwoorden zitten er nooit in.")
@click.argument("directory", metavar="MAP", type=A_DIRECTORY)
@click.option(
    "--key",
    "key_file",
    metavar="BESTAND",
    type=A_FILE,
    help="Schrijf ook de sleutel op, één keer, op een andere plek. Met - komt hij op het scherm.",
)
def backup(directory: Path, key_file: Path | None) -> None:
    """Put a copy into a directory, in place of an earlier one; and the key into a file elsewhere."""
    data = read_settings(os.environ).data
    if not (data / "contacts.db").exists():
        raise Refusal(f"In {data} staat nog niets om een kopie van te maken. Klopt NAASTBOT_DATA?")
    _check_places(directory, data, key_file)
    with office() as desk:
        first = not (directory / MANIFEST).exists()
        with _explained(directory, data):
            back_up(desk.store, directory, desk.now())
        letters = spelled.spell(desk.store.keys.master())
    # With the key on the screen only the key may go to standard output, so that it can be led elsewhere.
    say = partial(click.echo, err=key_file == ON_SCREEN)
    say(f"Kopie gemaakt in {directory}. Er zitten geen antwoorden in, en geen sleutels.")
    if key_file is not None:
        _hand_over(KEY_FILE.format(letters=letters), key_file)
        say("Bewaar de sleutel apart van de kopie: op papier in een kluis, of op een andere computer.")
        say("Zonder de sleutel is de kopie niets waard.")
    elif first:
        say("Terugzetten kan alleen met de sleutel. Heb je die nog niet apart bewaard? Doe dan één keer:")
        say(f"naastbot backup {directory} --key BESTAND")


@click.command(help="Zet een kopie terug in een lege datamap.")
@click.argument("directory", metavar="MAP", type=A_DIRECTORY)
@click.option(
    "--key",
    "key_file",
    metavar="BESTAND",
    default="-",
    type=A_FILE,
    help="Bestand met de sleutel. Zonder dit typ je hem zelf.",
)
def restore(directory: Path, key_file: Path) -> None:
    """Check a copy whole, and put it into an empty data directory."""
    settings = read_settings(os.environ)
    _check_places(directory, settings.data, None)
    master = _read_key(key_file)
    with _explained(directory, settings.data):
        manifest = put_back(directory, settings.data, master, settings.zone)
    made = dutch_moment(manifest.made.astimezone(settings.zone))
    click.echo(RESTORED.format(made=made, data=settings.data))


@contextmanager
def _explained(directory: Path, data: Path) -> Iterator[None]:
    try:
        yield
    except tuple(kind for kind, _, _ in REFUSALS) as error:
        text, code = next((text, code) for kind, text, code in REFUSALS if isinstance(error, kind))
        raise Refusal(text.format(directory=directory, data=data, error=error), code=code) from None


def _check_places(directory: Path, data: Path, key_file: Path | None) -> None:
    """Raises Refusal when a copy would lie within what it copies, or the key beside what it opens."""
    if _within(directory, data) or _within(data, directory):
        raise Refusal("De kopie kan niet in de datamap staan, of andersom. Kies een andere map.", code=MISUSED)
    if key_file is None or key_file == ON_SCREEN:
        return
    if _within(key_file, directory) or _within(key_file, data):
        raise Refusal("Zet de sleutel niet bij de kopie of in de datamap. Kies een andere plek.", code=MISUSED)
    if key_file.exists():
        raise Refusal(f"{key_file} bestaat al. Kies een andere naam.", code=MISUSED)


def _hand_over(text: str, key_file: Path) -> None:
    if key_file == ON_SCREEN:
        click.echo(text, nl=False)
        return
    try:
        file = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            opened.write(text)
    except OSError:
        raise Refusal(f"{key_file} is niet te schrijven. De kopie is er wel. Kies een andere plek.") from None
    click.echo(f"Sleutel: {key_file}")


def _read_key(key_file: Path) -> bytes:
    if key_file == ON_SCREEN and sys.stdin.isatty():
        click.echo("Typ of plak de sleutel. Druk dan op Enter en op Ctrl-D.", err=True)
    try:
        text = sys.stdin.read() if key_file == ON_SCREEN else key_file.read_text("utf-8")
        return spelled.read(text)
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"{key_file} is niet te lezen.", code=MISUSED) from None
    except spelled.MisspelledKeyError:
        raise Refusal("Dit is geen sleutel van naastbot. Is er een letter verkeerd, of mist er een?") from None


def _within(path: Path, directory: Path) -> bool:
    return path.resolve().is_relative_to(directory.resolve())
