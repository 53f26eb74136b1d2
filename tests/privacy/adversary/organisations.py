"""Teams that answer by chance: members come and go, some stay silent, dialogues branch."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from privacy.adversary.trees import TREES, Path, paths, tree

from dialogues.tree import ROLES, Dialogue
from storage.release import Choice, Person

ROUNDS = 4
"""Rounds in a whole period."""


@dataclass(frozen=True)
class Habits:
    """How one role answers: the chance of each path."""

    paths: tuple[Path, ...]
    chances: tuple[float, ...]

    def draw(self, dice: random.Random) -> Path:
        """One person's path."""
        return dice.choices(self.paths, self.chances)[0]


@dataclass(frozen=True)
class Period:
    """Who counts in one period, and the path of everybody who answered, by person and round."""

    people: tuple[Person, ...]
    answered: Mapping[tuple[int, int], Path]
    rounds: int

    def choices(self, dialogue: Dialogue) -> list[Choice]:
        """The rows that the release rule is fed with."""
        return [
            Choice(ref, at, dialogue.id, question, option)
            for (ref, at), path in self.answered.items()
            for question, option in path
        ]


@dataclass(frozen=True)
class Organisation:
    """One team's history with one dialogue. With `constant`, nobody ever changes their answer.

    `role` is the one somebody came in with; some change role when a new period begins, and answer as they did.
    """

    dialogue: Dialogue
    habits: Mapping[str, Habits]
    role: Mapping[int, str]
    periods: tuple[Period, ...]
    insiders: frozenset[int]
    constant: bool


def organisation(seed: int, rounds: int, *, constant: bool, insiders: int = 1) -> Organisation:
    """A team of 5 to 40 people that was asked one dialogue in this many rounds, four to a period.

    `insiders` is how many of each role tell the adversary what they answered.
    """
    dice = random.Random(f"{seed} {rounds} {constant}")
    kind, roles = dice.choice(sorted(TREES)), dice.choice((ROLES, ROLES, ROLES[:1], ROLES[1:]))
    dialogue = tree(kind, ROLES if kind == "per-role" else roles)
    habits = {role: _habits(dialogue, role, dice) for role in dialogue.roles}
    stays = _stays(dialogue.roles, rounds, dice)
    own = {ref: habits[role].draw(dice) for ref, (role, _) in stays.items()}
    keenness = {ref: dice.choice((1.0, 0.95, 0.8, 0.5)) for ref in stays}
    answered = {
        (ref, at): own[ref] if constant else habits[role].draw(dice)
        for ref, (role, stay) in stays.items()
        for at in stay
        if dice.random() < keenness[ref]
    }
    role = {ref: role for ref, (role, _) in stays.items()}
    now, periods = dict(role), []
    for first in range(0, rounds, ROUNDS):
        periods.append(_period(stays, now, answered, range(first, min(first + ROUNDS, rounds))))
        if kind != "per-role" and len(dialogue.roles) == len(ROLES):
            now = {ref: dice.choice(ROLES) if dice.random() < 0.04 else own for ref, own in now.items()}
    return Organisation(dialogue, habits, role, tuple(periods), _insiders(stays, insiders, dice), constant)


def _habits(dialogue: Dialogue, role: str, dice: random.Random) -> Habits:
    """Chances per question, from even to lopsided (nine in ten at most); one in ten skips a follow-up."""
    shares: dict[str, dict[str, float]] = {}
    for question in dialogue.questions.values():
        drawn = [dice.gammavariate(1, 1) for _ in question.options]
        shares[question.id] = {
            option.id: 0.8 * value / sum(drawn) + 0.2 / len(drawn)
            for option, value in zip(question.options, drawn, strict=True)
        }
    found = tuple(paths(dialogue, role))
    return Habits(found, tuple(_chance(dialogue, role, path, shares) for path in found))


def _chance(dialogue: Dialogue, role: str, path: Path, shares: Mapping[str, Mapping[str, float]]) -> float:
    chance, at, given = 1.0, dialogue.start, dict(path)
    while (question := dialogue.questions.get(at)) is not None:
        if question.id in given:
            chance *= shares[question.id][given[question.id]] * (1.0 if at == dialogue.start else 0.9)
            at = next(option.then[role] for option in question.options if option.id == given[question.id])
        else:
            chance, at = chance * 0.1, question.then[role]
    return chance


def _stays(roles: tuple[str, ...], rounds: int, dice: random.Random) -> dict[int, tuple[str, range]]:
    """Number of the person -> role, and the rounds in which they are there.

    Who leaves makes room for another, most often of the same role; a role may die out, or come up late.
    """
    turnover = dice.choice((0.0, 0.02, 0.06, 0.12))
    share = dice.uniform(0.15, 0.85)
    stays: dict[int, tuple[str, range]] = {}
    for _ in range(dice.randint(5, 40)):
        role = roles[0] if len(roles) == 1 or dice.random() < share else roles[1]
        first = 0
        while first < rounds:
            last = first + 1
            while last < rounds and dice.random() >= turnover:
                last += 1
            stays[len(stays)] = (role, range(first, last))
            first = last
            role = dice.choice(roles) if dice.random() < 0.2 else role
    return stays


def _period(
    stays: Mapping[int, tuple[str, range]],
    role: Mapping[int, str],
    answered: Mapping[tuple[int, int], Path],
    span: range,
) -> Period:
    """Whoever was there in any round counts: those who left keep their answers until the period closes."""
    people = tuple(
        Person(ref, role[ref])
        for ref, (_, stay) in stays.items()
        if stay.start < span.stop and span.start < stay.stop
    )
    within = {(ref, at - span.start): path for (ref, at), path in answered.items() if at in span}
    return Period(people, within, len(span))


def _insiders(stays: Mapping[int, tuple[str, range]], count: int, dice: random.Random) -> frozenset[int]:
    """So many of each role, out of those who are there the longest."""
    chosen: list[int] = []
    for role in sorted({role for role, _ in stays.values()}):
        refs = [ref for ref, (own, _) in stays.items() if own == role]
        dice.shuffle(refs)
        chosen += sorted(refs, key=lambda ref: -len(stays[ref][1]))[:count]
    return frozenset(chosen)
