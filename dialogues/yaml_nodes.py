"""YAML text -> a small tree of nodes, each with its line and column.

Built on the events of PyYAML's SafeLoader instead of on its values, for three reasons. An alias is refused
before it can grow ("billion laughs"); a plain `nee`, `no` or `on` stays the word that the author wrote; and a
fault that the author can repair alone (a key twice, a tag) does not hide the faults after it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from dialogues.codes import Report, shown
from dialogues.problems import Place
from dialogues.yaml_faults import place_of, report_unreadable

MAX_DEPTH = 12
"""Nested mappings and lists; a real tree has six."""

_HOPELESS_DEPTH = 100
"""Deeper than this the file is not read on: PyYAML needs minutes for a hundred thousand open brackets."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as it was written, without the spaces around it."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; every key is there once."""

    entries: tuple[Entry, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Refused:
    """Something already reported, about which nothing more needs saying."""

    place: Place


Node = Scalar | Sequence | Mapping | Refused


def compose(text: str, report: Report, begin: str = "Begin met 'dialogue: ' en een naam.") -> Node | None:
    """The tree of the one document in this text, or None when it can't be read; faults go to the report.

    `begin` says in Dutch how such a file begins, for whoever wrote an empty one.
    """
    try:
        return _Composer(yaml.parse(text, Loader=yaml.SafeLoader), report).document(begin)
    except _HopelessError:
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets ValueError and OverflowError out for escapes and versions with absurd numbers.
        report_unreadable(text, error, report)
        return None


class _HopelessError(Exception):
    """Reading on makes no sense, and what is wrong has been reported."""


class _Composer:
    def __init__(self, events: Iterator[yaml.Event], report: Report) -> None:
        self._events = events
        self._report = report

    def document(self, begin: str) -> Node | None:
        next(self._events)  # the start of the stream
        first = next(self._events)
        if isinstance(first, yaml.StreamEndEvent):
            self._report.add(Place(1, 1), "E104", "Het bestand is leeg.", begin)
            return None
        root = self._node(next(self._events), 1)
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._report.add(
                _place(after),
                "E110",
                "Hier begint een tweede document ('---').",
                "Zet elke dialoog in een eigen bestand.",
            )
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = _place(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse_reference(place, f"*{event.anchor}")
            return Refused(place)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._refuse_reference(place, f"&{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._report.add(
                place, "E109", f"'{shown(str(tag))}' hoort hier niet.", "Haal het woord met het uitroepteken weg."
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event.value, place)
        if depth > MAX_DEPTH:
            return self._too_deep(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth)
        return self._mapping(place, depth)

    def _refuse_reference(self, place: Place, name: str) -> None:
        hint = "Schrijf de tekst hier gewoon uit, of zet tekst met dit teken tussen aanhalingstekens."
        self._report.add(place, "E108", f"'{shown(name)}' is een verwijzing. Die mag hier niet.", hint)

    def _scalar(self, text: str, place: Place) -> Node:
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text):
            self._report.add(place, "E112", "In deze tekst staat een onzichtbaar teken.", "Typ de tekst opnieuw.")
            return Refused(place)
        return Scalar(unicodedata.normalize("NFC", text).strip(), place)

    def _too_deep(self, place: Place) -> Refused:
        """Pass over what is too deep without recursion, so that no file can exhaust the stack."""
        hint = "Haal accolades, haken of spaties aan het begin van de regel weg."
        self._report.add(place, "E111", f"Hier gaat de tekst dieper dan {MAX_DEPTH} lagen.", hint)
        level = 1
        while level:
            if level > _HOPELESS_DEPTH:
                raise _HopelessError
            event = next(self._events)
            if isinstance(event, yaml.CollectionStartEvent):
                level += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                level -= 1
        return Refused(place)

    def _sequence(self, place: Place, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.CollectionEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), place)

    def _mapping(self, place: Place, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self._events), yaml.CollectionEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if isinstance(key, Refused):
                continue
            if not isinstance(key, Scalar):
                hint = "Zet de tekst tussen aanhalingstekens als er haken of accolades in staan."
                self._report.add(key.place, "E113", "Voor de dubbele punt staat hier geen woord.", hint)
            elif key.text in entries:
                first = entries[key.text].key.place.line
                message = f"'{shown(key.text)}' staat er twee keer; de eerste keer op regel {first}."
                self._report.add(key.place, "E107", message, "Haal er één weg of geef hem een andere naam.")
            else:
                entries[key.text] = Entry(key, value)
        return Mapping(tuple(entries.values()), place)


def _place(event: yaml.Event) -> Place:
    return place_of(event.start_mark)
