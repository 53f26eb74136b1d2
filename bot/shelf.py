"""The dialogues that this installation can ask: the library, a team's own trees, and the versions in use.

A tree that turns out faulty never takes a good one away: the last good version stays.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from dialogues import check, library, parse, programme, programme_file
from dialogues.codes import Report
from dialogues.problems import DialogueError, Problem
from dialogues.programme import Programme
from dialogues.short import code
from dialogues.tree import Dialogue
from storage.answers import Period
from storage.teams import Teams

log = logging.getLogger("naastbot.dialogues")

Stamp = frozenset[tuple[str, int, int]]


class LostDialogueError(Exception):
    """A version that an open period uses can't be read any more; holds the dialogue's id."""


class Shelf:
    """Dialogues by id, with what each team's open period holds on to."""

    def __init__(self, teams: Teams, own: Path | None) -> None:
        self._teams = teams
        self._own = own
        self._stamp: Stamp = frozenset()
        self._unsettled = False
        self._latest: dict[str, Dialogue] = {}
        self._texts: Mapping[tuple[str, int], str] = {}
        self._versions: dict[tuple[str, int], Dialogue] = {}
        self._own_names: Sequence[str] = ()
        self._listed = Programme()
        self._default = programme_file.default()
        self.problems: tuple[Problem, ...] = ()

    @property
    def latest(self) -> Mapping[str, Dialogue]:
        """The newest good version of every dialogue."""
        return self._latest

    def refresh(self) -> None:
        """Read the trees again if any file changed; report what is wrong, and keep what was good."""
        stamp = self._look()
        if stamp == self._stamp:
            return
        self._unsettled = False
        paths = self._paths()
        there = {path.stem: str(path) for path in paths}
        self._texts = self._teams.kept_texts()
        self._versions = {
            key: dialogue
            for key, text in self._texts.items()
            # By the path of its file: what still stands there is not read twice.
            if (dialogue := _kept(key, text, there.get(key[0], f"{key[0]}.yaml")))
        }
        # A kept version stands in for a file that is faulty; for one that was taken away nothing stands in.
        latest = {name: self._versions[name, n] for name, n in sorted(self._versions) if name in there}
        found = library.load(paths)
        problems = list(found.problems)
        for name, dialogue in found.dialogues.items():
            same = self._versions.get((name, dialogue.version))
            changed = check.compare(same, dialogue) if same else ()
            problems += changed
            if not changed and self._keep(dialogue):
                latest[name] = self._versions[name, dialogue.version] = dialogue
        self._latest = dict(sorted(latest.items()))
        own = {path.stem for path in library.own_paths(self._own)}
        self._own_names = [
            name for name, known in self._latest.items() if name in own or Path(known.path).parent == self._own
        ]
        problems += self._read_programme()
        self._stamp = frozenset() if self._unsettled else stamp
        self.problems = tuple(problem for problem in problems if problem.severity == "error")
        for problem in self.problems:
            log.warning("%s", problem)

    def look(self, period: Period, name: str) -> Dialogue | None:
        """The version that this period uses or, when it has not used any, would use; None when there is none."""
        version = self._teams.edition(period.team, period.number, name)
        return self._latest.get(name) if version is None else self._versions.get((name, version))

    def take(self, period: Period, name: str) -> Dialogue | None:
        """The same, now that it is asked: from here on the period holds on to this version."""
        dialogue = self.look(period, name)
        if dialogue is not None and self._teams.edition(period.team, period.number, name) is None:
            self._teams.fix_edition(period.team, period.number, name, dialogue.version)
        return dialogue

    def in_use(self, period: Period) -> Mapping[str, Dialogue]:
        """Every dialogue that can be asked now, in the version that this period uses or would use."""
        used = self._teams.editions(period.team, period.number)
        found = {
            name: self._versions.get((name, used.get(name, new.version))) for name, new in self._latest.items()
        }
        return {name: dialogue for name, dialogue in found.items() if dialogue is not None}

    def in_turn(self, period: Period, role: str, turn: int) -> Mapping[str, Dialogue]:
        """What this role is asked in a round of this period, in order; `turn` counts the team's rounds.

        Where an installation lists nothing, its own dialogues come before those of the library.
        """
        dialogues = self.in_use(period)
        listed = self._listed.of(period.team, role)
        own = self._own_names if listed is None else ()
        usual = self._default.of(period.team, role) or ()
        names = programme.in_turn(role, dialogues, usual if listed is None else listed, turn, own)
        return {name: dialogues[name] for name in names}

    def used_in(self, period: Period) -> list[Dialogue]:
        """Every dialogue that this period used, in the version it used.

        Raises LostDialogueError when one of them can't be read any more: closing without it would destroy answers.
        """
        editions = self._teams.editions(period.team, period.number)
        lost = [name for name, version in editions.items() if (name, version) not in self._versions]
        if lost:
            raise LostDialogueError(lost[0])
        return [self._versions[edition] for edition in editions.items()]

    def by_code(self, period: Period, short: str) -> Dialogue | None:
        """The dialogue with this short code among those that the period used."""
        editions = self._teams.editions(period.team, period.number)
        return next((self._versions.get(item) for item in editions.items() if code(item[0]) == short), None)

    def _keep(self, dialogue: Dialogue) -> bool:
        """Keep the text of this version; False when the file is being written just now, and is looked at again."""
        try:
            text = Path(dialogue.path).read_text(encoding="utf-8-sig")
            same = parse.parse(text, dialogue.path) == dialogue
        except (OSError, UnicodeDecodeError, DialogueError):
            same = False
        if same and text != self._texts.get((dialogue.id, dialogue.version)):
            self._teams.keep_text(dialogue.id, dialogue.version, text)
        self._unsettled |= not same
        return same

    def _read_programme(self) -> Sequence[Problem]:
        """Read the installation's own programme. A faulty one is reported; the last good one holds meanwhile."""
        file = programme_file.find(self._own)
        if file is None:
            self._listed = Programme()
            self._teams.keep_programme(None)
            return ()
        report = Report(str(file))
        text = parse.read_text(file, report)
        found, problems = programme_file.read(text or "", str(file), self._latest)
        problems = problems if text is not None else tuple(report.found)
        if not any(problem.severity == "error" for problem in problems):
            self._listed = found
            self._teams.keep_programme(text)
        elif kept := self._teams.kept_programme():
            # What the library lost since is passed over when its turn comes.
            self._listed, _ = programme_file.read(kept, str(file), None)
        return problems

    def _paths(self) -> list[Path]:
        own = library.own_paths(self._own)
        # A team's own tree goes before one of the library with the same id.
        names = {path.stem for path in own}
        return [*own, *(path for path in library.builtin_paths() if path.stem not in names)]

    def _look(self) -> Stamp:
        stamps = set()
        listed = programme_file.find(self._own)
        for path in (*self._paths(), *([listed] if listed else [])):
            try:
                stat = path.stat()
            except OSError:
                continue
            stamps.add((str(path), stat.st_mtime_ns, stat.st_size))
        return frozenset(stamps)


def _kept(key: tuple[str, int], text: str, path: str) -> Dialogue | None:
    """A version that was good when it was kept; one that this release can't read any more is left out."""
    try:
        return parse.parse(text, path)
    except DialogueError:
        log.warning("a kept version of %s can't be read any more", key[0])
        return None
