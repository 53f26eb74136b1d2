"""Every check there is, in the order in which their findings make sense."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.doctor import files, surroundings, teams, telegram
from bot.doctor.finding import Check, Finding, Scene, error
from bot.settings import look_at_settings
from storage.keys import MissingKeyError
from storage.reading import read_store
from storage.store import Store

ANYWHERE: tuple[Check, ...] = (
    surroundings.python,
    surroundings.faults,
    surroundings.unknown_settings,
    surroundings.token,
    surroundings.address,
    surroundings.moved_clock,
    surroundings.room,
    surroundings.swap,
    surroundings.dialogues,
    surroundings.programme,
    surroundings.old_help_lines,
)
OF_THE_DATA: tuple[Check, ...] = (
    files.place,
    files.rights,
    files.strangers,
    files.half_restored,
    files.databases,
    files.keys,
    files.running,
    teams.teams,
    teams.open_periods,
    teams.lost_dialogues,
    teams.half_done,
    teams.old_keys,
)
ON_THE_NETWORK: tuple[Check, ...] = (telegram.bot_api,)


def examine(env: Mapping[str, str], now: datetime, *, offline: bool) -> list[Finding]:
    """What is wrong with the installation that these settings describe; nothing is changed."""
    settings, faults = look_at_settings(env)
    there = settings.data.is_dir()
    store = _look(settings.data) if there else None
    scene = Scene(env, settings, tuple(faults), now, store)
    checks = (*ANYWHERE, *(OF_THE_DATA if there else (_nothing_yet,)), *(() if offline else ON_THE_NETWORK))
    try:
        return [finding for check in checks for finding in _examined(check, scene)]
    finally:
        if store is not None:
            store.close()


def _nothing_yet(scene: Scene) -> list[Finding]:
    what = "De datamap is er nog niet."
    return [
        error(scene.data.absolute(), what, "Begin met: naastbot team add NAAM. Of wijs hem aan met NAASTBOT_DATA.")
    ]


def _examined(check: Check, scene: Scene) -> list[Finding]:
    try:
        return list(check(scene))
    except (OSError, sqlite3.Error, ValueError, LookupError):
        what = "Dit kon ik niet nakijken."
        return [
            error(f"{check.__module__}.{check.__name__}", what, "Los eerst de andere punten op, en kijk weer.")
        ]


def _look(data: Path) -> Store | None:
    try:
        return read_store(data)
    except (MissingKeyError, OSError, sqlite3.Error):
        # Which file it is that can't be read, the checks of the files say.
        return None
