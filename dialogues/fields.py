"""Reads single values from nodes: a text, a name, a number, a wording per role. Each fault goes to the report.

Every reader gives the value, or None (or an empty value) when there is no usable one; then it has been reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dialogues.codes import Report, did_you_mean, nearest, shown
from dialogues.problems import Place
from dialogues.tree import ROLES
from dialogues.yaml_nodes import Entry, Node, Refused, Scalar, Sequence
from dialogues.yaml_nodes import Mapping as MappingNode

_ID = re.compile(r"[a-z0-9-]+", re.ASCII)
_VERSION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_KINDS = {Scalar: "een tekst", Sequence: "een rij", MappingNode: "een blok met woorden en dubbele punten"}


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping in the file, with only the words that belong there; `place` is where the block begins."""

    place: Place
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def place_of(self, word: str) -> Place:
        """Where this word stands, or else where the block begins."""
        return self.entries[word].key.place if word in self.entries else self.place


def is_id(text: str) -> bool:
    """Whether this can name a dialogue, question, option or end."""
    return _ID.fullmatch(text) is not None


def entries(node: Node, report: Report, what: str) -> tuple[Entry, ...]:
    """The keys and values of a mapping; `what` says in Dutch what this place holds."""
    if isinstance(node, MappingNode):
        return node.entries
    if isinstance(node, Scalar) and not node.text:
        report.add(
            node.place, "E209", f"Hier ontbreekt {what}.", "Zet het op de regels hieronder, met spaties ervoor."
        )
    elif not isinstance(node, Refused):
        message = f"Hier hoort {what}, maar er staat {_KINDS[type(node)]}."
        report.add(node.place, "E204", message, "Schrijf een woord, een dubbele punt en dan de inhoud.")
    return ()


def block(node: Node, place: Place, known: tuple[str, ...], report: Report, what: str) -> Block:
    """A mapping whose words are known. Another word is reported, and read as the word that was probably meant."""
    every = entries(node, report, what)
    found = {entry.key.text: entry for entry in every if entry.key.text in known}
    for entry in every:
        word = entry.key.text
        if word not in known:
            meant = nearest(word, known)
            if isinstance(entry.value, Scalar) and not entry.value.text:
                # What is left of `{say: Ja, graag, then: …}`: YAML takes the comma for the end of the text.
                hint = "Hoort dit bij een tekst met een komma? Zet de hele tekst tussen aanhalingstekens."
            else:
                hint = did_you_mean(meant, f"Hier kan staan: {', '.join(known)}.")
            report.add(entry.key.place, "E201", f"Het woord '{shown(word)}' kennen we hier niet.", hint)
            if meant is not None:
                found.setdefault(meant, entry)
    return Block(place, found)


def require(inside: Block, words: Iterable[str], report: Report, where: str) -> None:
    """Report each of these words that is not in the block."""
    for word in words:
        if word not in inside.entries:
            hint = f"Zet er een regel bij die begint met '{word}:'."
            report.add(inside.place, "E202", f"Bij {where} ontbreekt '{word}'.", hint)


def text(entry: Entry | None, report: Report) -> str | None:
    """Text that is not empty."""
    if entry is None:
        return None
    word = entry.key.text
    match entry.value:
        case Scalar(value) if value:
            return value
        case Scalar():
            report.add(
                entry.key.place, "E209", f"Achter '{shown(word)}:' staat niets.", "Schrijf er tekst achter."
            )
        case Refused():
            pass
        case other:
            message = f"Achter '{shown(word)}:' hoort tekst, maar er staat {_KINDS[type(other)]}."
            hint = "Schrijf de tekst op één regel. Staan er haken of accolades in? Gebruik aanhalingstekens."
            report.add(other.place, "E204", message, hint)
    return None


def named(entry: Entry | None, report: Report) -> str | None:
    """A text that is a proper name: kebab-case."""
    value = text(entry, report)
    if entry is not None and value is not None and not is_id(value):
        report_bad_id(entry.value.place, value, report)
        return None
    return value


def report_bad_id(place: Place, name: str, report: Report) -> None:
    """Report a name with capitals, spaces or other signs."""
    hint = "Gebruik alleen kleine letters, cijfers en streepjes."
    report.add(place, "E206", f"'{shown(name)}' kan geen naam zijn.", hint)


def version(entry: Entry | None, report: Report) -> int:
    """A whole number from 1; 0 when there is none."""
    value = text(entry, report)
    if entry is None or value is None:
        return 0
    if _VERSION.fullmatch(value):
        return int(value)
    hint = "Begin met 1, en tel er één bij op als de vragen of knoppen veranderen."
    report.add(entry.value.place, "E204", f"'version' is een heel getal, geen '{shown(value)}'.", hint)
    return 0


def flag(entry: Entry | None, report: Report) -> bool:
    """Whether this says `true`; absent is false."""
    value = text(entry, report)
    if entry is None or value is None:
        return False
    if value.lower() not in ("true", "false"):
        hint = "Schrijf 'true', of haal de regel weg."
        message = f"Achter '{entry.key.text}:' hoort 'true', geen '{shown(value)}'."
        report.add(entry.value.place, "E204", message, hint)
    return value.lower() == "true"


def words(entry: Entry | None, report: Report, example: str) -> tuple[Scalar, ...]:
    """A list of words, each once."""
    if entry is None or isinstance(entry.value, Refused):
        return ()
    if not isinstance(entry.value, Sequence):
        message = f"Achter '{entry.key.text}:' hoort een rij tussen haken."
        report.add(entry.value.place, "E204", message, f"Schrijf bijvoorbeeld: {entry.key.text}: [{example}]")
        return ()
    found: dict[str, Scalar] = {}
    for item in entry.value.items:
        if isinstance(item, Refused):
            continue
        if not isinstance(item, Scalar) or not item.text:
            report.add(item.place, "E204", "In deze rij horen alleen woorden.", "Zet een komma tussen de woorden.")
        elif item.text in found:
            report.add(
                item.place, "E305", f"'{shown(item.text)}' staat twee keer in deze rij.", "Haal er één weg."
            )
        else:
            found[item.text] = item
    return tuple(found.values())


def report_unknown_role(word: Scalar, report: Report) -> str | None:
    """Report a role that does not exist; gives the one that was probably meant."""
    meant = nearest(word.text, ROLES)
    hint = did_you_mean(meant, f"Een rol is: {' of '.join(ROLES)}.")
    report.add(word.place, "E301", f"De rol '{shown(word.text)}' kennen we niet.", hint)
    return meant


def by_role(
    entry: Entry | None, roles: tuple[str, ...], report: Report
) -> tuple[tuple[Entry, tuple[str, ...]], ...]:
    """Entries with the roles for which each holds: one for all, or one per role in a mapping.

    Without roles (their list is faulty, and reported) every role may be there and none must.
    """
    if entry is None or isinstance(entry.value, Refused):
        return ()
    if not isinstance(entry.value, MappingNode):
        return ((entry, roles or ROLES),)
    found: dict[str, Entry] = {}
    for part in entry.value.entries:
        role = part.key.text
        if role in (roles or ROLES):
            found[role] = part
        elif role in ROLES:
            hint = "Zet de rol ook achter 'for:', of haal deze regel weg."
            report.add(part.key.place, "E303", f"De rol '{role}' staat niet achter 'for:'.", hint)
        else:
            report_unknown_role(part.key, report)
    for role in roles:
        if role not in found:
            message = f"Achter '{shown(entry.key.text)}:' ontbreekt de rol '{role}'."
            report.add(entry.key.place, "E302", message, f"Zet er een regel bij die begint met '{role}:'.")
    return tuple((part, (role,)) for role, part in found.items())


def wording(entry: Entry | None, roles: tuple[str, ...], report: Report) -> dict[str, str]:
    """Role -> text, for every role that has a usable one."""
    found: dict[str, str] = {}
    for part, its_roles in by_role(entry, roles, report):
        said = text(part, report)
        if said is not None:
            found |= dict.fromkeys(its_roles, said)
    return found
