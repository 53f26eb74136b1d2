"""A programme in YAML: lists of dialogues by role and, under `teams`, by team. Reports all faults at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from dialogues import fields, library, parse
from dialogues.check import check_files
from dialogues.codes import Report, did_you_mean, nearest, shown
from dialogues.problems import Problem
from dialogues.programme import AROUND_MOMENT, BASE, Programme
from dialogues.tree import ROLES, Dialogue
from dialogues.yaml_nodes import Entry, Refused, Scalar, compose
from dialogues.yaml_nodes import Mapping as MappingNode

TOP_WORDS = (*ROLES, "teams")
_BEGIN = f"Begin met '{ROLES[0]}:', en zet de dialogen eronder, elk achter een streepje."

Known = Mapping[str, Dialogue]


def default() -> Programme:
    """The programme that comes with this package."""
    text = resources.files("dialogues").joinpath("programme.yaml").read_text(encoding="utf-8")
    return read(text, "programme.yaml", None)[0]


def find(own: Path | None) -> Path | None:
    """The programme in a directory of own dialogues, or None."""
    names = (own / name for name in library.PROGRAMMES) if own else ()
    return next((path for path in names if path.exists()), None)


def read(
    text: str, path: str, known: Known | None, teams: Collection[str] | None = None
) -> tuple[Programme, tuple[Problem, ...]]:
    """The programme in this text as far as it can be made out, and what is wrong; with errors it does not hold.

    `known` are the dialogues that can be asked, and `teams` the ids of all teams; without them every name is taken
    as it is.
    """
    report = Report(path)
    root = compose(text.removeprefix("\ufeff"), report, _BEGIN)
    if isinstance(root, MappingNode):
        programme = _Reader(report, known, teams).programme(root)
    else:
        programme = Programme()
        if root is not None and not isinstance(root, Refused):
            report.add(root.place, "E104", "Hier begint geen programma.", _BEGIN)
    return programme, parse.in_order(report.found)


def check(file: Path, known: Known, teams: Collection[str] | None = None) -> tuple[Problem, ...]:
    """What is wrong with the programme in this file."""
    report = Report(str(file))
    text = parse.read_text(file, report)
    return tuple(report.found) if text is None else read(text, str(file), known, teams)[1]


def check_all(paths: Collection[Path], teams: Collection[str] | None = None) -> tuple[Problem, ...]:
    """What is wrong in these dialogues and programmes, and in those of these directories, sorted by place.

    A programme may name the dialogues among these, those beside it, and those of the library.
    """
    files = [file for path in paths for file in (_inside(path) or (path,))]
    trees = [file for file in files if file.name not in library.PROGRAMMES]
    found = list(check_files(trees))
    for file in dict.fromkeys(file for file in files if file.name in library.PROGRAMMES):
        drafts = (parse.read_draft(tree)[0] for tree in (*trees, *library.own_paths(file.parent)))
        own = {dialogue.id: dialogue for dialogue in drafts if dialogue is not None}
        found += check(file, {**library.load(library.builtin_paths()).dialogues, **own}, teams)
    return parse.in_order(found)


def _inside(path: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(path.glob("*.y*ml"))) if path.is_dir() else ()
    except OSError:
        return ()


@dataclass(frozen=True, slots=True)
class _Reader:
    report: Report
    known: Known | None
    teams: Collection[str] | None

    def programme(self, root: MappingNode) -> Programme:
        top = fields.block(root, root.place, TOP_WORDS, self.report, "een programma")
        by_team: dict[str, Mapping[str, tuple[str, ...]]] = {}
        of_teams = top.entries.get("teams")
        for entry in fields.entries(of_teams.value, self.report, "minstens één team") if of_teams else ():
            self._look_at_team(entry.key)
            block = fields.block(entry.value, entry.key.place, ROLES, self.report, "een rol")
            by_team[entry.key.text] = self._by_role(block.entries)
        return Programme(self._by_role(top.entries), by_team)

    def _by_role(self, entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
        found = {}
        for role in ROLES:
            if role in entries:
                words = fields.words(entries[role], self.report, "wat-lukte")
                found[role] = tuple(word.text for word in words if self._may_stand(word, role))
        return found

    def _look_at_team(self, key: Scalar) -> None:
        if self.teams is not None and key.text not in self.teams:
            hint = did_you_mean(nearest(key.text, self.teams), "De namen staan in: naastbot team list")
            self.report.add(key.place, "W501", f"Het team '{shown(key.text)}' kennen we niet.", hint)

    def _may_stand(self, word: Scalar, role: str) -> bool:
        if self.known is None:
            return True
        name, dialogue = word.text, self.known.get(word.text)
        if name in AROUND_MOMENT or name == BASE[role]:
            message = f"'{name}' komt vanzelf, en hoort niet in de rij."
            self.report.add(word.place, "E502", message, "Haal deze regel weg.")
        elif dialogue is None:
            hint = did_you_mean(nearest(name, self.known), "Kijk of het bestand in de map met dialogen staat.")
            self.report.add(word.place, "E501", f"De dialoog '{shown(name)}' kennen we niet.", hint)
        elif role not in dialogue.roles:
            message = f"De dialoog '{name}' is niet voor de rol '{role}'."
            self.report.add(word.place, "E503", message, f"Hij is voor: {', '.join(dialogue.roles)}.")
        else:
            return True
        return False
