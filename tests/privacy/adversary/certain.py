"""Who is exposed beyond doubt: everything published, together, leaves one answer possible for them.

Exact. People who were counted in the same findings are interchangeable, so the unknowns are how many of each such
class took each path: whole numbers under linear limits. Somebody is exposed when no solution gives them another
answer. We ask the solver for a solution in which as many as possible of those still suspected answer something
else than they really did; who does is cleared. When the best it can find is nobody, all who are left are exposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from privacy.adversary.claims import Claim, Table, Unknown
from privacy.adversary.trees import Path
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Candidate = tuple[int, str, str]
"""Number of the class, question, and the option that all in the class chose."""


@dataclass(frozen=True)
class Case:
    """All that an adversary has to go by, and the truth to compare what they find with."""

    claims: Sequence[Claim]
    paths: Mapping[str, Sequence[Path]]
    chances: Mapping[str, Sequence[float]]
    role: Mapping[Unknown, str]
    truth: Mapping[Unknown, Path]
    known: frozenset[Unknown]

    @property
    def targets(self) -> list[Unknown]:
        """Everybody who was counted in something published, and is no insider."""
        return sorted({who for claim in self.claims for who in claim.who} - self.known, key=repr)


def exposed(case: Case) -> set[tuple[Unknown, str]]:
    """Who is exposed, and on which question. Raises RuntimeError when the solver gives up."""
    program = _Program(case)
    suspects = list(program.candidates())
    while suspects:
        solution = program.solve(suspects)
        cleared = [one for one in suspects if solution[program.others(one)].sum() > 0]
        if not cleared:
            break
        suspects = [one for one in suspects if one not in cleared]
    return {(member, question) for number, question, _ in suspects for member in program.members[number]}


@dataclass
class _Program:
    case: Case
    members: list[list[Unknown]] = field(default_factory=list)
    _first: list[int] = field(default_factory=list)
    _paths: list[Sequence[Path]] = field(default_factory=list)

    def __post_init__(self) -> None:
        case = self.case
        inside: dict[Unknown, list[int]] = defaultdict(list)
        for number, claim in enumerate(case.claims):
            for who in claim.who:
                inside[who].append(number)
        classes: dict[tuple[str, tuple[int, ...]], list[Unknown]] = defaultdict(list)
        for who in case.targets:
            classes[case.role[who], tuple(inside[who])].append(who)
        width = 0
        for (role, _), members in classes.items():
            self.members.append(members)
            self._first.append(width)
            self._paths.append(case.paths[role])
            width += len(case.paths[role])
        self._upper = np.concatenate(
            [np.full(len(p), len(m)) for p, m in zip(self._paths, self.members, strict=True)] or [np.zeros(0)]
        )
        self._limits = self._all_limits([tuple(where) for _, where in classes], width)

    def candidates(self) -> Iterator[Candidate]:
        """Classes whose members all chose the same; the truth itself clears every other."""
        for number, members in enumerate(self.members):
            given = [dict(self.case.truth[member]) for member in members]
            for question, option in given[0].items():
                if all(answers.get(question) == option for answers in given):
                    yield number, question, option

    def others(self, candidate: Candidate) -> list[int]:
        """The columns in which somebody of this class does not choose this option."""
        number, question, option = candidate
        first = self._first[number]
        return [first + k for k, path in enumerate(self._paths[number]) if (question, option) not in path]

    def solve(self, suspects: Sequence[Candidate]) -> np.ndarray:
        """A possible world in which many of the suspects answer something else; nobody, only if nobody can."""
        goal = np.zeros(len(self._upper))
        for suspect in suspects:
            goal[self.others(suspect)] -= 1
        result = milp(
            goal,
            integrality=1,
            bounds=Bounds(0, self._upper),
            constraints=self._limits,
            options={"mip_rel_gap": 0.5},
        )
        if result.x is None:
            raise RuntimeError(f"no solution: {result.message}")
        solution = np.rint(result.x)
        value = self._limits.A @ solution
        if (value < self._limits.lb).any() or (value > self._limits.ub).any():
            raise RuntimeError("a solution breaks a limit when it is rounded")
        return solution

    def _all_limits(self, where: Sequence[tuple[int, ...]], width: int) -> LinearConstraint:
        rows: list[dict[int, int]] = []
        low: list[float] = []
        high: list[float] = []
        for number, members in enumerate(self.members):
            first = self._first[number]
            rows.append(dict.fromkeys(range(first, first + len(self._paths[number])), 1))
            low.append(len(members))
            high.append(len(members))
        inside = defaultdict(list)
        for number, claims in enumerate(where):
            for claim in claims:
                inside[claim].append(number)
        for index, claim in enumerate(self.case.claims):
            for weights, least, most in limits(claim):
                row, shift = self._row(claim, weights, inside[index])
                rows.append(row)
                low.append(least - shift)
                high.append(most - shift)
        return LinearConstraint(_sparse(rows, width), low, high)

    def _row(self, claim: Claim, weights: Mapping[str, int], inside: Sequence[int]) -> tuple[dict[int, int], int]:
        """The sum over a claim's people of the weight of what they chose: per column, and for the insiders."""

        def weight(path: Path) -> int:
            return weights.get(dict(path).get(claim.question, ""), 0)

        row = {
            self._first[number] + k: weight(path)
            for number in inside
            for k, path in enumerate(self._paths[number])
            if weight(path)
        }
        return row, sum(weight(self.case.truth[who]) for who in claim.who if who in self.case.known)


Limit = tuple[dict[str, int], float, float]
"""Weights of the options, and the least and the most that their weighted count may be."""

_KNOWN: dict[int, tuple[Table, list[tuple[tuple[int, ...], int, int]]]] = {}


def limits(claim: Claim) -> list[Limit]:
    """Linear limits on the counts of a claim that hold for exactly those counts that are possible under it.

    Raises ValueError if the possible counts are not all that lies between such limits: then this exact method
    would not be exact.
    """
    if claim.table is None:
        return [({option: 1}, *_ends(row)) for option, row in zip(claim.options, claim.apart, strict=True)]
    if id(claim.table) not in _KNOWN:
        _KNOWN[id(claim.table)] = (claim.table, _hull(np.isfinite(claim.table)))
    return [
        ({o: w for o, w in zip(claim.options, weights, strict=True) if w}, low, high)
        for weights, low, high in _KNOWN[id(claim.table)][1]
    ]


def _ends(row: Table) -> tuple[int, int]:
    possible = np.flatnonzero(np.isfinite(row))
    if len(possible) != possible[-1] - possible[0] + 1:
        raise ValueError("possible counts with a gap between them")
    return int(possible[0]), int(possible[-1])


def _hull(possible: np.ndarray) -> list[tuple[tuple[int, ...], int, int]]:
    """Limits on each count and on each difference of two; checked against every count that there is."""
    options = possible.ndim
    points = np.argwhere(possible)
    unit = np.eye(options, dtype=int)
    directions = [*unit, *(unit[a] - unit[b] for a in range(options) for b in range(a))]
    found = [(tuple(int(w) for w in d), int((points @ d).min()), int((points @ d).max())) for d in directions]
    every = np.argwhere(np.indices(possible.shape).sum(axis=0) <= possible.shape[0] - 1)
    allowed = np.ones(len(every), dtype=bool)
    for weights, low, high in found:
        value = every @ np.array(weights)
        allowed &= (value >= low) & (value <= high)
    if allowed.sum() != len(points):
        raise ValueError("possible counts that do not lie between linear limits")
    return found


def _sparse(rows: Sequence[Mapping[int, int]], width: int) -> csr_array:
    data = [(weight, index, column) for index, row in enumerate(rows) for column, weight in row.items()]
    weights, index, column = zip(*data, strict=True) if data else ((), (), ())
    return csr_array((np.array(weights, dtype=float), (index, column)), shape=(len(rows), width))
