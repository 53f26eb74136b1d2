"""Who counts where: from attributed answers of one dialogue to panels of findings. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogues.tree import ROLES, Dialogue, Question
from storage.attributed import Choice
from storage.bands import SIZES, bands, size, verdict, with_noise
from storage.published import POOLED, Finding, Panel

_SPLITS: Mapping[int, tuple[int, ...]] = {4: (4, 2, 1), 2: (2, 1)}
"""Rounds begun -> numbers of panels to try, finest first; any other number of rounds gives one panel."""

PANEL_FROM: Mapping[int, int] = {4: 20, 2: 10, 1: 5}
"""Number of panels -> the fewest people that each asked role must have in every one of them.

Every panel more is another look at mostly the same people, so small groups have one: docs/proofs/release.md.
"""

Rows = dict[int, dict[int, dict[str, str]]]
"""Person -> round -> question -> option, within one dialogue."""

Sittings = dict[int, dict[str, str]]
"""Person -> question -> option: the one round of this person that counts in a panel."""

Grouped = dict[str, list[dict[str, str]]]
"""Group -> the answers of each person in it; the length of the list is n."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The fewest people that a group, and a pooled group, must hold."""

    group: int
    pool: int


NORMAL = Floors(group=5, pool=8)
STRICT = Floors(group=8, pool=12)
"""*Streng*, the only other choice a team has."""


def rows_by_dialogue(
    dialogues: Iterable[Dialogue], roles: Mapping[int, str], choices: Iterable[Choice], rounds_begun: int
) -> dict[str, Rows]:
    """The answers that count, by dialogue, person and round.

    Left out is an answer of somebody who doesn't count, in a dialogue that is not for their role, in a round
    that hasn't begun, or one that names a dialogue, question or option that is not there.
    """
    rows: dict[str, Rows] = {}
    known: dict[tuple[str, str], tuple[frozenset[str], tuple[str, ...]]] = {}
    for dialogue in dialogues:
        rows[dialogue.id] = {}
        for question in dialogue.questions.values():
            options = frozenset(option.id for option in question.options)
            known[dialogue.id, question.id] = (options, dialogue.roles)
    for ref, round_number, dialogue_id, question_id, option_id in choices:
        options, asked = known.get((dialogue_id, question_id), (frozenset(), ()))
        if option_id not in options or roles.get(ref) not in asked:
            continue
        if 0 <= round_number < rounds_begun:
            rounds = rows[dialogue_id].setdefault(ref, {})
            rounds.setdefault(round_number, {})[question_id] = option_id
    return rows


def panels_of(
    dialogue: Dialogue, rows: Rows, roles: Mapping[int, str], rounds_begun: int, floors: Floors, key: bytes
) -> tuple[Panel, ...]:
    """The panels of this dialogue that may be shown; empty when nothing may, whatever the reason.

    A role is asked when the dialogue is for it and it has a counting participant. The finest split is taken for
    which every asked role has enough people in every panel: the floor, and those of PANEL_FROM. If not even one
    panel holds, all asked roles are pooled, or else nothing is shown. So a role that reaches the floor is not
    shown beside one that doesn't: who knows the whole could take the shown role off it, and be left with the few.
    """
    present = set(roles.values())
    asked = tuple(role for role in ROLES if role in dialogue.roles and role in present)
    if not asked or dialogue.core.text:
        return ()
    for count in _SPLITS.get(rounds_begun, (1,)):
        grouped = [_by_role(_sittings(dialogue, rows, span), roles, asked) for span in _spans(rounds_begun, count)]
        floor = max(floors.group, PANEL_FROM[count])
        if all(len(people) >= floor for groups in grouped for people in groups.values()):
            shown = {role: _option_questions(dialogue, (role,)) for role in asked}
            return tuple(_panel(dialogue, number, groups, shown, key) for number, groups in enumerate(grouped, 1))
    everybody = list(_sittings(dialogue, rows, range(rounds_begun)).values())
    if len(asked) < 2 or len(everybody) < floors.pool:
        return ()
    return (_panel(dialogue, 1, {POOLED: everybody}, {POOLED: _option_questions(dialogue, asked)}, key),)


def _spans(rounds_begun: int, count: int) -> list[range]:
    """The rounds, cut into this many panels of equal length."""
    length = rounds_begun // count
    return [range(first, first + length) for first in range(0, rounds_begun, length)]


def _sittings(dialogue: Dialogue, rows: Rows, span: range) -> Sittings:
    """Each person's answers of the latest round in this span that has a core answer; no other row counts."""
    sittings: Sittings = {}
    for ref, rounds in rows.items():
        for latest in reversed(span):
            if dialogue.start in rounds.get(latest, ()):
                sittings[ref] = rounds[latest]
                break
    return sittings


def _by_role(sittings: Sittings, roles: Mapping[int, str], asked: Sequence[str]) -> Grouped:
    grouped: Grouped = {role: [] for role in asked}
    for ref, answers in sittings.items():
        grouped[roles[ref]].append(answers)
    return grouped


def _option_questions(dialogue: Dialogue, roles: Sequence[str]) -> frozenset[str]:
    """The questions with options that every one of these roles can come to.

    So a pooled group gets only the questions that all its roles can come to. On a question of one role alone
    the others are a remainder that everybody can tell apart: with four naasten among eight people, a verdict
    on a question for naasten would say what all four of them answered.
    """
    reached = frozenset.intersection(*(_reachable(dialogue, role) for role in roles))
    return frozenset(question for question in reached if not dialogue.questions[question].text)


def _reachable(dialogue: Dialogue, role: str) -> frozenset[str]:
    reached: set[str] = set()
    waiting = [dialogue.start]
    while waiting:
        question = dialogue.questions.get(waiting.pop())
        if question is not None and question.id not in reached:
            reached.add(question.id)
            waiting.extend(option.then[role] for option in question.options)
            # Skipping the core question ends the dialogue, so its `then` leads on only from a text.
            if question.then and (question.text or question.id != dialogue.start):
                waiting.append(question.then[role])
    return frozenset(reached)


def _panel(
    dialogue: Dialogue, number: int, groups: Grouped, shown: Mapping[str, frozenset[str]], key: bytes
) -> Panel:
    findings = (
        _finding(dialogue.id, question, number, group, people, key)
        for question in dialogue.questions.values()
        for group, people in groups.items()
        if question.id in shown[group]
    )
    return Panel(number, tuple(findings))


def _finding(
    dialogue: str, question: Question, panel: int, group: str, people: Sequence[Mapping[str, str]], key: bytes
) -> Finding:
    """One question in words. n is that of the core question: who wasn't led here is a remainder within it."""
    counts = {option.id: 0 for option in question.options}
    for answers in people:
        if question.id in answers:
            counts[answers[question.id]] += 1
    n = len(people)
    noisy = with_noise(counts, n, key=key, dialogue=dialogue, question=question.id, panel=panel, group=group)
    if size(n) == SIZES[0]:
        return Finding(question.id, group, size(n), verdict(noisy, n), None)
    return Finding(question.id, group, size(n), None, bands(noisy, n))
