"""What PyYAML says of a text that it can't read, in words that an author understands."""

from __future__ import annotations

import re
from typing import Protocol

import yaml

from dialogues.codes import Report
from dialogues.problems import Place

_UNREADABLE = (
    # part of PyYAML's own words, message, hint
    (
        "while scanning a quoted scalar",
        "Hier begint een aanhalingsteken dat nergens sluit.",
        "Sluit de tekst met hetzelfde aanhalingsteken.",
    ),
    (
        "mapping values are not allowed",
        "Deze dubbele punt begrijpt YAML niet.",
        "Zet tekst met een dubbele punt tussen aanhalingstekens, en kijk of de regels gelijk inspringen.",
    ),
    (
        "while parsing a flow mapping",
        "De accolade { die hier begint, klopt niet of sluit nergens.",
        "Sluit hem met }. Zet tekst met een komma, vraagteken of dubbele punt tussen aanhalingstekens.",
    ),
    (
        "while parsing a flow sequence",
        "De haak [ die hier begint, klopt niet of sluit nergens.",
        "Sluit hem met ], en zet een komma tussen de woorden.",
    ),
    (
        "could not find expected ':'",
        "Op deze regel ontbreekt een dubbele punt.",
        "Schrijf het woord, een dubbele punt, een spatie en dan de tekst.",
    ),
    (
        "while parsing a block",
        "Deze regel springt niet in zoals de regels erboven.",
        "Zet de regels die bij elkaar horen even ver van de kant, met spaties.",
    ),
    (
        "while scanning a double-quoted scalar",
        "Na het streepje '\\' staat hier een teken dat YAML niet kent.",
        "Haal het streepje weg.",
    ),
    (
        "cannot start any token",
        "Een tekst kan niet met dit teken beginnen.",
        "Zet de hele tekst tussen aanhalingstekens.",
    ),
    (
        "while scanning an a",  # an alias or an anchor
        "Een tekst kan niet met dit teken beginnen.",
        "Zet de hele tekst tussen aanhalingstekens.",
    ),
)
_STARTS_AT_CONTEXT = re.compile("a quoted scalar|flow mapping|flow sequence")


class _Mark(Protocol):
    """PyYAML has two kinds of marks, one from C; both count from 0."""

    line: int
    column: int


def report_unreadable(text: str, error: Exception, report: Report) -> None:
    """Put into the report where and why this text can't be read."""
    if isinstance(error, yaml.reader.ReaderError):
        hint = "Haal het weg, of typ de regel opnieuw."
        report.add(place_in(text, error.position), "E112", "Hier staat een onzichtbaar teken.", hint)
    elif isinstance(error, yaml.MarkedYAMLError) and _is_about_a_tab(error):
        _report_tabs(text, place_of(error.problem_mark), report)
    elif isinstance(error, yaml.MarkedYAMLError):
        report.add(*_explained(text, error))
    else:
        hint = "Kijk of er achter een streepje '\\' of een procent-teken iets staat dat daar niet hoort."
        report.add(Place(1, 1), "E105", "In dit bestand staat een teken met een getal dat niet bestaat.", hint)


def place_in(text: str, offset: int) -> Place:
    """The line and column of the character at this offset."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _is_about_a_tab(error: yaml.MarkedYAMLError) -> bool:
    return "'\\t'" in (error.problem or "")


def _report_tabs(text: str, first: Place, report: Report) -> None:
    """Reading stops at the first tab, but other lines that begin with one are as easy to see."""
    hint = "Gebruik spaties in plaats van een tab."
    report.add(first, "E106", "Hier staat een tab.", hint)
    for number, line in enumerate(text.splitlines(), start=1):
        if number > first.line and (indent := re.match(r" *\t", line)):
            report.add(Place(number, indent.end()), "E106", "Hier staat een tab.", hint)


def _explained(text: str, error: yaml.MarkedYAMLError) -> tuple[Place, str, str, str]:
    said = f"{error.context or ''} {error.problem or ''}"
    place, opened = place_of(error.problem_mark), place_of(error.context_mark)
    by_context = _STARTS_AT_CONTEXT.search(error.context or "") is not None
    if "'<scalar>'" in said and _follows_text(text, place) and not (by_context and place.line != opened.line):
        hint = (
            "Staat er een aanhalingsteken midden in de tekst? Zet om de hele tekst dan het andere aanhalingsteken."
        )
        return place, "E105", "Hier gaat de tekst door waar YAML het einde verwacht.", hint
    if by_context:
        place = opened
    for words, message, hint in _UNREADABLE:
        if words in said:
            return place, "E105", message, hint
    hint = "Kijk naar de leestekens op deze regel en de regel erboven. Zet tekst tussen aanhalingstekens."
    return place, "E105", "Deze regel kan YAML niet lezen.", hint


def _follows_text(text: str, place: Place) -> bool:
    """Whether something stands before this place on its line."""
    lines = text.splitlines()
    return place.line <= len(lines) and bool(lines[place.line - 1][: place.column - 1].strip())


def place_of(mark: _Mark | None) -> Place:
    """A mark of PyYAML as a place, which counts from 1; without a mark the start of the file."""
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
