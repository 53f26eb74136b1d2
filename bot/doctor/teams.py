"""Checks of what is kept: the periods with their keys, and what a team still needs before it can ask anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, Scene, error, warning
from dialogues import parse, periods
from dialogues.problems import DialogueError
from storage.answers import Period
from storage.removal import remains
from storage.store import Store
from storage.teams import Team

GRACE = timedelta(hours=1)
"""How long the bot may take to close a period before anybody is troubled with it."""


def teams(scene: Scene) -> Iterator[Finding]:
    """What each team still needs."""
    if scene.store is None:
        return
    found = scene.store.teams.all()
    if not found:
        yield warning(scene.data, "Er zijn nog geen teams.", "Maak er een met: naastbot team add NAAM")
    for team in found:
        yield from _team(scene.store, team)


def _team(store: Store, team: Team) -> Iterator[Finding]:
    silent = "Zolang stuurt dit team geen vragen."
    if not team.contact:
        todo = f"naastbot team set {team.id} contact TEKST"
        yield error(team.id, f"Er staat niet in hoe het team te bereiken is. {silent}", todo)
    if not store.contacts.coordinators(team.id):
        yield error(team.id, f"Er is geen coördinator. {silent}", f"naastbot invite {team.id} coordinator")
    if not team.huisartsenpost:
        what = "Het nummer van de huisartsenpost is niet ingevuld. Het staat dan niet op de hulpkaart."
        yield warning(team.id, what, f"naastbot team set {team.id} huisartsenpost NUMMER")
    if store.groups.chat_of(team.id) is None:
        what = "Er is geen groep. Dan hoort het team niet dat er iemand meedoet, en valt een vreemde niet op."
        yield warning(team.id, what, f"naastbot invite {team.id} group")
    period = store.answers.open_period(team.id)
    if period is not None and store.agenda.moment(team.id, period.number) is None:
        what = "Er is geen evaluatiemoment gezet. De periode sluit dan na zestien weken."
        yield warning(team.id, what, f"naastbot moment {team.id} DATUM")


def open_periods(scene: Scene) -> Iterator[Finding]:
    """Each team has one open period, with its key, that closes when it should."""
    if scene.store is None:
        return
    store = scene.store
    for team in store.teams.all():
        period = store.answers.open_period(team.id)
        if period is None:
            yield error(team.id, "Dit team heeft geen open periode.", "Start de bot: die opent er een.")
            continue
        if not store.keys.has_period_key(team.id, period.number):
            what = "De sleutel van de open periode is weg. Niemand kan antwoorden, en de periode kan niet sluiten."
            todo = "Maak een kopie (naastbot backup) en zet die terug (naastbot restore): dan begint hij leeg."
            yield error(team.id, what, todo)
        if _closes(store, period) < scene.now - GRACE:
            what = "De open periode had al moeten sluiten."
            yield error(team.id, what, "Start de bot. Draait die al? Kijk dan in het logboek, of: naastbot close")


def lost_dialogues(scene: Scene) -> Iterator[Finding]:
    """A period can't close without the text of every dialogue that was asked in it."""
    if scene.store is None:
        return
    kept = scene.store.teams.kept_texts()
    for period in scene.store.answers.all_periods(state="open"):
        for name, version in scene.store.teams.editions(period.team, period.number).items():
            if not _readable(name, kept.get((name, version))):
                what = f"Dialoog {name} (versie {version}) is niet meer te lezen. Zo kan de periode niet sluiten."
                yield error(period.team, what, f"Zet {name}.yaml van die versie terug in de map van dialogen.")


def _readable(name: str, text: str | None) -> bool:
    try:
        return text is not None and parse.parse(text, f"{name}.yaml") is not None
    except DialogueError:
        return False


def half_done(scene: Scene) -> Iterator[Finding]:
    """Closings and removals that were interrupted: what should be gone is still there."""
    if scene.store is None:
        return
    store = scene.store
    for period in store.answers.all_periods(state="closed"):
        what = f"Periode {period.number} is gesloten, maar het opruimen is nog niet klaar."
        yield error(period.team, what, "Start de bot: die maakt het af.")
    for team in remains(store):
        what = "Dit team is weggehaald, maar er staat nog iets van in de datamap."
        yield error(team, what, f"Maak het af met: naastbot team remove {team}")


def old_keys(scene: Scene) -> Iterator[Finding]:
    """A key that outlives its period could still tie answers to people, with an old copy of the answers."""
    if scene.store is None:
        return
    known = {team.id for team in scene.store.teams.all()}
    for team, number in scene.store.keys.period_keys():
        period = scene.store.answers.open_period(team)
        # One further is a closing that was cut off before it began; the next one replaces that key.
        if team in known and (period is None or number < period.number):
            path = scene.data / "keys" / f"{team}.{number}.key"
            what = "Deze sleutel is van een periode die al is gesloten. Hij had vernietigd moeten zijn."
            yield error(path, what, f"shred -u {path}")


def _closes(store: Store, period: Period) -> datetime:
    return periods.closes_at(period.opened, store.agenda.moment(period.team, period.number))
