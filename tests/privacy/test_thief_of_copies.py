"""The thief with copies made by `naastbot backup`: alone, and beside files stolen on the same nights."""

from __future__ import annotations

import random
from pathlib import Path

from bench import Bench, bench
from full_team import FullTeam, full_team
from thief.canaries import found_in
from thief.case import Case, answers
from thief.loot import Loot
from thief.score import Score, Truth

from dialogues.library import builtin_paths
from dialogues.parse import read
from storage.backup import back_up
from storage.manifest import MANIFEST, read_manifest

DIALOGUES = {dialogue.id: dialogue for dialogue in map(read, builtin_paths())}
FAR = 6.0
"""Standard deviations above blind guessing that chance alone does not reach."""


def copy_of(b: Bench, directory: Path) -> Loot:
    """A copy, as its thief sees it: the parts under the names that they have in a data directory."""
    back_up(b.store, directory, b.now())
    parts = read_manifest(directory, b.store.keys.master()).parts
    held = {name: (directory / part.name).read_bytes() for name, part in parts.items()}
    return Loot(held | {MANIFEST: (directory / MANIFEST).read_bytes()})


def with_keys_of(copy: Loot, stolen: Loot) -> Loot:
    """The copy, and every key that another thief carried away."""
    return Loot(copy.files | {name: held for name, held in stolen.files.items() if name.startswith("keys/")})


async def two_nights(b: Bench, tmp_path: Path) -> tuple[FullTeam, Truth, list[Loot], list[Loot]]:
    """Copies and stolen files of two nights; in between one person answered."""
    team = await full_team(b)
    truth, copies, stolen = Truth(), [], []
    for night in ("one", "two"):
        truth.learn(b.store)
        copies.append(copy_of(b, tmp_path / night))
        stolen.append(Loot.take(b.data))
        if night == "one":
            user = next(iter(team.people.values()))
            asked = await b.after(user, lambda user=user: b.sandbox.world.say(user, user, "/checkin"))
            await b.press(user, asked, asked.labels[0])
            await b.sandbox.world.settled()
    return team, truth, copies, stolen


async def test_copies_with_every_key_there_is_tie_nobody_to_anything(tmp_path: Path) -> None:
    """The linker, which finds everybody in the files themselves, finds no answer in a copy, nor one's trace."""
    async with bench(tmp_path) as b:
        team, truth, copies, stolen = await two_nights(b, tmp_path)
        chats = [user.id for user in team.people.values()]
        control, found = Score(), Score()
        control.add(Case(stolen, chats, DIALOGUES), truth)
        assert control.chats == set(answers(stolen[-1]))
        assert len(control.chats) > 5
        keyed = [with_keys_of(copy, loot) for copy, loot in zip(copies, stolen, strict=True)]
        found.add(Case(keyed, chats, DIALOGUES), truth)
        assert (found.answers, found.chats, found.rows, found.guesses) == (0, set(), set(), {})
        for copy in copies:
            assert found_in(copy, [*chats, *(user.first_name for user in team.people.values())]) == {}


async def test_copies_beside_stolen_files_add_nothing(tmp_path: Path) -> None:
    """With the files of two nights but no keys, two copies of those nights bring the thief no further."""
    async with bench(tmp_path) as b:
        team, truth, copies, stolen = await two_nights(b, tmp_path)
        chats = [user.id for user in team.people.values()]
        keyless = [loot.with_keys("none") for loot in stolen]
        without, found = Score(), Score()
        without.add(Case(keyless, chats, DIALOGUES), truth)
        found.add(Case([copies[0], keyless[0], copies[1], keyless[1]], chats, DIALOGUES), truth)
        assert found.answers == without.answers > 5
        assert found.chats == without.chats == set()
        assert found.rows <= without.rows
        assert found.luck(random.Random(1)) < FAR
