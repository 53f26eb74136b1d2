"""Nodes -> Dialogue: the words of the language, and what may stand where.

What is missing or wrong is reported and left out, or replaced by what the author probably meant, so that the
rules about the whole tree can still be applied and one slip does not bring ten problems.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from dialogues import fields
from dialogues.codes import Report, did_you_mean, nearest, shown
from dialogues.fields import Block
from dialogues.labels import LABELS
from dialogues.problems import Place
from dialogues.tree import ROLES, Dialogue, End, Option, Question
from dialogues.yaml_nodes import Entry, Node, Refused, Scalar, Sequence
from dialogues.yaml_nodes import Mapping as MappingNode

TOP_WORDS = ("dialogue", "version", "for", "title", "source", "start", "questions", "ends")
QUESTION_WORDS = ("ask", "options", "text", "share", "then")
OPTION_WORDS = ("say", "then", "labels")
END_WORDS = ("say", "contact")

MAX_NAMED = 50
"""Questions in one dialogue, and ends: one core question, five options and two follow-ups make 31 at most. Also
keeps the rules about the whole tree quick for any file."""


def build(root: Node, report: Report) -> Dialogue | None:
    """The dialogue in these nodes, as far as it can be made out; every fault goes to the report."""
    if not isinstance(root, MappingNode):
        if not isinstance(root, Refused):
            report.add(root.place, "E104", "Hier begint geen dialoog.", "Begin met 'dialogue: ' en een naam.")
        return None
    top = fields.block(root, root.place, TOP_WORDS, report, "een dialoog")
    fields.require(top, TOP_WORDS, report, "de dialoog")
    return _Builder(top, _roles(top.entries.get("for"), report), report).dialogue()


def _roles(entry: Entry | None, report: Report) -> tuple[str, ...]:
    words = fields.words(entry, report, "naaste")
    named = {word.text if word.text in ROLES else fields.report_unknown_role(word, report) for word in words}
    if entry is not None and isinstance(entry.value, Sequence) and not entry.value.items:
        report.add(
            entry.value.place, "E204", "Achter 'for:' staat geen rol.", f"Een rol is: {' of '.join(ROLES)}."
        )
    # In the order of ROLES, so that nothing depends on the order in which an author writes them.
    return tuple(role for role in ROLES if role in named)


@dataclass(frozen=True, slots=True)
class _Builder:
    top: Block
    roles: tuple[str, ...]
    report: Report

    def dialogue(self) -> Dialogue:
        questions = self._named_entries("questions", "een vraag")
        ends = self._named_entries("ends", "een einde")
        for name in questions.keys() & ends.keys():
            message = f"'{shown(name)}' is al de naam van een vraag."
            self.report.add(ends[name].key.place, "E208", message, "Geef het einde een andere naam.")
        known = frozenset((*questions, *ends))
        return Dialogue(
            id=self._id(),
            version=fields.version(self.top.entries.get("version"), self.report),
            roles=self.roles or ROLES,
            title=_one_line(fields.text(self.top.entries.get("title"), self.report)),
            source=_one_line(fields.text(self.top.entries.get("source"), self.report)),
            start=self._start(tuple(questions)),
            questions=MappingProxyType({name: self._question(entry, known) for name, entry in questions.items()}),
            ends=MappingProxyType({name: self._end(entry) for name, entry in ends.items()}),
            path=self.report.path,
        )

    def _named_entries(self, word: str, what: str) -> Mapping[str, Entry]:
        entry = self.top.entries.get(word)
        if entry is None:
            return {}
        found = fields.entries(entry.value, self.report, f"minstens {what}")
        if isinstance(entry.value, MappingNode) and not found:
            message = f"Achter '{word}:' ontbreekt minstens {what}."
            self.report.add(
                entry.key.place, "E209", message, "Zet het op de regels hieronder, met spaties ervoor."
            )
        if len(found) > MAX_NAMED:
            message = f"Achter '{word}:' staan er meer dan {MAX_NAMED}."
            self.report.add(entry.key.place, "E224", message, "Maak er meer dialogen van.")
        for part in found:
            self._check_name(part.key)
        return {part.key.text: part for part in found}

    def _check_name(self, key: Scalar) -> None:
        if not fields.is_id(key.text):
            fields.report_bad_id(key.place, key.text, self.report)

    def _id(self) -> str:
        entry = self.top.entries.get("dialogue")
        name = fields.named(entry, self.report)
        file = Path(self.report.path)
        if entry is not None and name is not None and file.suffix in (".yaml", ".yml") and file.stem != name:
            message = f"De dialoog heet '{shown(name)}', maar het bestand heet '{shown(file.name)}'."
            self.report.add(entry.value.place, "W409", message, "Geef ze dezelfde naam.")
        return name or ""

    def _start(self, questions: tuple[str, ...]) -> str:
        entry = self.top.entries.get("start")
        name = fields.text(entry, self.report)
        if entry is None or name is None or name in questions:
            return name or ""
        meant = nearest(name, questions)
        hint = did_you_mean(meant, "Schrijf hier de naam van de eerste vraag.")
        self.report.add(entry.value.place, "E205", f"'start: {shown(name)}' is geen vraag.", hint)
        return meant or ""

    def _question(self, entry: Entry, known: frozenset[str]) -> Question:
        place, name = entry.key.place, entry.key.text
        body = fields.block(entry.value, place, QUESTION_WORDS, self.report, "een vraag")
        text = fields.flag(body.entries.get("text"), self.report)
        share = fields.flag(body.entries.get("share"), self.report)
        if isinstance(entry.value, MappingNode):
            where = f"de vraag '{shown(name)}'"
            fields.require(body, ("ask", "then") if text else ("ask",), self.report, where)
            self._check_kind(body, text, where)
            text = text and "options" not in body.entries
        if share and not text:
            message = "'share: true' kan alleen bij een vraag met 'text: true'."
            self.report.add(
                body.place_of("share"), "E219", message, "Haal 'share' weg, of maak er een vraag met tekst van."
            )
        return Question(
            id=name,
            ask=fields.wording(body.entries.get("ask"), self.roles, self.report),
            options=self._options(body, known),
            text=text,
            share=share,
            then=self._then(body.entries.get("then"), place, known),
            place=place,
        )

    def _check_kind(self, body: Block, text: bool, where: str) -> None:
        if text and "options" in body.entries:
            message = f"Bij {where} staat 'text: true', en er staan ook knoppen."
            self.report.add(body.place_of("options"), "E210", message, "Haal 'options' of 'text' weg.")
        elif not text and "options" not in body.entries:
            message = f"Bij {where} kan niemand antwoorden."
            self.report.add(
                body.place, "E210", message, "Zet er knoppen bij met 'options:', of schrijf 'text: true'."
            )

    def _options(self, body: Block, known: frozenset[str]) -> tuple[Option, ...]:
        entry = body.entries.get("options")
        if entry is None:
            return ()
        found = fields.entries(entry.value, self.report, "minstens twee knoppen")
        if isinstance(entry.value, MappingNode) and not found:
            self.report.add(entry.key.place, "E214", "Hier staan geen knoppen.", "Zet er minstens twee.")
        return tuple(self._option(part, known) for part in found)

    def _option(self, entry: Entry, known: frozenset[str]) -> Option:
        place = entry.key.place
        self._check_name(entry.key)
        body = fields.block(entry.value, place, OPTION_WORDS, self.report, "een knop")
        if isinstance(entry.value, MappingNode):
            fields.require(body, ("say", "then"), self.report, f"de knop '{shown(entry.key.text)}'")
        said = fields.wording(body.entries.get("say"), self.roles, self.report)
        labels = fields.words(body.entries.get("labels"), self.report, "netwerk")
        for label in labels:
            if label.text not in LABELS:
                hint = did_you_mean(
                    nearest(label.text, sorted(LABELS)), "De labels staan in docs/problemen.md bij E304."
                )
                self.report.add(label.place, "E304", f"Het label '{shown(label.text)}' kennen we niet.", hint)
        return Option(
            id=entry.key.text,
            say={role: _one_line(words) for role, words in said.items()},
            then=self._then(body.entries.get("then"), place, known),
            labels=tuple(label.text for label in labels if label.text in LABELS),
            place=place,
        )

    def _then(self, entry: Entry | None, owner: Place, known: frozenset[str]) -> dict[str, str]:
        """Role -> what comes next. A step that leads nowhere is taken to lead where it was probably meant to."""
        found: dict[str, str] = {}
        for part, roles in fields.by_role(entry, self.roles, self.report):
            target = fields.text(part, self.report)
            if target is not None and target not in known:
                # An option on one line is one thing to an author, so its first word is the place to look.
                place = owner if part.key.place.line == owner.line else part.key.place
                meant = nearest(target, sorted(known)) if len(known) <= 2 * MAX_NAMED else None
                hint = did_you_mean(meant, "Schrijf de naam van een vraag of een einde.")
                self.report.add(place, "E203", f"'then: {shown(target)}' leidt nergens heen.", hint)
                target = meant
            if target is not None:
                found |= dict.fromkeys(roles, target)
        return found

    def _end(self, entry: Entry) -> End:
        place = entry.key.place
        body = fields.block(entry.value, place, END_WORDS, self.report, "een einde")
        if isinstance(entry.value, MappingNode):
            fields.require(body, ("say",), self.report, f"het einde '{shown(entry.key.text)}'")
        return End(
            id=entry.key.text,
            say=fields.wording(body.entries.get("say"), self.roles, self.report),
            contact=fields.flag(body.entries.get("contact"), self.report),
            place=place,
        )


def _one_line(text: str | None) -> str:
    """Titles and buttons have no lines of their own."""
    return " ".join((text or "").split())
