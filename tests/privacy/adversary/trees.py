"""Dialogues of every shape that matters here: with and without follow-ups, for all or for some, per role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from dialogues.parse import parse
from dialogues.tree import ROLES, Dialogue

Path = tuple[tuple[str, str], ...]
"""What one person answers from start to end: pairs of question and option; a skipped question is not there."""

_HEAD = (
    'dialogue: {id}\nversion: 1\nfor: [{roles}]\ntitle: Een voorbeeld\nsource: "A 1"\nstart: kern\nquestions:\n'
)
_ENDS = "\nends:\n  dank: {say: Dank je wel.}\n"
TREES: Mapping[str, str] = {
    "two": """
  kern:
    ask: Lukte het?
    options:
      ja: {say: Ja, then: dank}
      nee: {say: Nee, then: dank}""",
    "three": """
  kern:
    ask: Hoe gaat het?
    options:
      goed: {say: Goed, then: dank}
      wisselend: {say: Wisselend, then: dank}
      zwaar: {say: Zwaar, then: dank}""",
    "follow-up": """
  kern:
    ask: Hoe gaat het?
    options:
      goed: {say: Goed, then: weegt}
      wisselend: {say: Wisselend, then: weegt}
      zwaar: {say: Zwaar, then: weegt}
  weegt:
    ask: Wat weegt het meest?
    options:
      tijd: {say: Tijd, then: dank}
      zorgen: {say: Zorgen, then: dank}
    then: dank""",
    "branch": """
  kern:
    ask: Lukte het?
    options:
      ja: {say: Ja, then: dank}
      beetje: {say: Een beetje, then: waarom}
      nee: {say: Nee, then: waarom}
  waarom:
    ask: Wat stond in de weg?
    options:
      tijd: {say: Tijd, then: dank}
      lef: {say: Lef, then: dank}
      anders: {say: Iets anders, then: dank}
    then: dank""",
    "per-role": """
  kern:
    ask: Lukte het?
    options:
      ja: {say: Ja, then: {naaste: thuis, professional: werk}}
      nee: {say: Nee, then: {naaste: thuis, professional: waarom}}
  thuis:
    ask: Met wie?
    options:
      samen: {say: Samen, then: waarom}
      alleen: {say: Alleen, then: waarom}
    then: waarom
  werk:
    ask: Wat hielp?
    options:
      rust: {say: Rust, then: waarom}
      tijd: {say: Tijd, then: waarom}
    then: waarom
  waarom:
    ask: Wat stond in de weg?
    options:
      lef: {say: Lef, then: dank}
      drukte: {say: Drukte, then: dank}
    then: dank""",
}
"""Name -> the questions of a dialogue with that shape."""


@cache
def tree(kind: str, roles: tuple[str, ...] = ROLES) -> Dialogue:
    """One of the shapes of dialogue."""
    return parse(_HEAD.format(id=kind, roles=", ".join(roles)) + TREES[kind] + _ENDS, f"{kind}.yaml")


def paths(dialogue: Dialogue, role: str, at: str = "") -> Iterator[Path]:
    """Every way through a dialogue; a follow-up may be skipped, the core question not."""
    question = dialogue.questions.get(at or dialogue.start)
    if question is None:
        yield ()
        return
    for option in question.options:
        for rest in paths(dialogue, role, option.then[role]):
            yield ((question.id, option.id), *rest)
    if question.id != dialogue.start:
        yield from paths(dialogue, role, question.then[role])
