"""How well everybody's answer can be guessed: the posterior, given all that was published and the prior.

By Gibbs sampling: many worlds side by side, and in each, person after person draws a new path from the chances
that the prior, the claims and everybody else's present paths leave them. What is averaged is not the drawn paths
but those chances themselves, which is steadier. Worlds start at random, from the prior; the first sweeps are
dropped. The sampler moves one person at a time, so it suits claims that a single change never makes impossible at
once, such as noisy ones; it is not for exact counts. tests/privacy/test_adversary.py holds it against exact sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from privacy.adversary.certain import Case
from privacy.adversary.claims import Claim, Unknown
from privacy.adversary.trees import Path

IMPOSSIBLE = -30.0
"""The logarithm that stands for 'can't be', so that worlds that start out impossible can find their way."""


@dataclass(frozen=True)
class Guess:
    """What can be thought of one person's answer to one question that they did answer.

    `sure` is the chance of the likeliest option. `right` and `right_before` tell whether the likeliest option was
    the true one, with all that was published and by the prior alone.
    """

    who: Unknown
    question: str
    sure: float
    right: bool
    right_before: bool


def guesses(case: Case, *, seed: int, worlds: int = 64, sweeps: int = 60, dropped: int = 20) -> list[Guess]:
    """A guess about every target and every question that they answered, with all that was published."""
    if not case.targets:
        return []
    posterior = _Sampler(case, np.random.default_rng(seed), worlds).run(sweeps, dropped)
    return [guess for who, chances in posterior.items() for guess in _about(case, who, chances)]


def by_prior(case: Case) -> list[Guess]:
    """The same guesses by the prior alone."""
    prior = {role: np.array(chances) for role, chances in case.chances.items()}
    return [guess for who in case.targets for guess in _about(case, who, prior[case.role[who]])]


def _about(case: Case, who: Unknown, chances: np.ndarray) -> Iterator[Guess]:
    role = case.role[who]
    for question, option in case.truth[who]:
        gives = np.array([dict(path).get(question) for path in case.paths[role]], dtype=object)
        before = _by_option(gives, np.array(case.chances[role]))
        after = _by_option(gives, chances)
        best, now = max(before, key=before.__getitem__), max(after, key=after.__getitem__)
        yield Guess(who, question, after[now], now == option, best == option)


def _by_option(gives: np.ndarray, chances: np.ndarray) -> dict[str, float]:
    """Option -> chance, among those who answered this question at all; who was silent on it is no target of it."""
    return {option: float(chances[gives == option].sum()) for option in sorted({g for g in gives if g})}


class _Sampler:
    """All worlds as arrays: a path per world and person, and per world and claim a place in the claim's table."""

    def __init__(self, case: Case, rng: np.random.Generator, worlds: int) -> None:
        self._case, self._rng = case, rng
        self._targets = case.targets
        self._tables: list[np.ndarray] = []
        self._steps: dict[Unknown, list[np.ndarray]] = defaultdict(list)
        self._cells: dict[Unknown, list[int]] = defaultdict(list)
        starts = self._lay_out()
        self._flat = np.concatenate(self._tables)
        self._state = {}
        self._place = np.tile(np.array(starts), (worlds, 1))
        self._step = {who: np.array(self._steps[who]) for who in self._targets}
        for who in self._targets:
            role = case.role[who]
            drawn = rng.choice(len(case.paths[role]), size=worlds, p=np.array(case.chances[role]))
            self._state[who] = drawn
            self._place[:, self._cells[who]] += self._step[who][:, drawn].T

    def _lay_out(self) -> list[int]:
        """One long row of all tables; returns where in it each cell begins, with its insiders counted in."""
        starts: list[int] = []
        offset = 0
        for claim in self._case.claims:
            for table, stride in _cells(claim):
                start = offset
                for who in claim.who:
                    if who in self._case.known:
                        start += _step(stride, self._case.truth[who], claim)
                    else:
                        paths = self._case.paths[self._case.role[who]]
                        self._steps[who].append(np.array([_step(stride, path, claim) for path in paths]))
                        self._cells[who].append(len(starts))
                starts.append(start)
                self._tables.append(np.maximum(table, IMPOSSIBLE * (len(claim.who) + 1)))
                offset += len(table)
        return starts

    def run(self, sweeps: int, dropped: int) -> Mapping[Unknown, np.ndarray]:
        """Per target the chance of each path, averaged over worlds and over the sweeps that are not dropped."""
        total = {who: np.zeros(len(self._case.paths[self._case.role[who]])) for who in self._targets}
        prior = {role: np.log(np.array(chances)) for role, chances in self._case.chances.items()}
        for sweep in range(sweeps):
            for index in self._rng.permutation(len(self._targets)):
                who = self._targets[index]
                chance = self._draw(who, prior[self._case.role[who]])
                if sweep >= dropped:
                    total[who] += chance.mean(axis=0)
        return {who: chances / (sweeps - dropped) for who, chances in total.items()}

    def _draw(self, who: Unknown, prior: np.ndarray) -> np.ndarray:
        """Let one person draw a new path in every world; returns the chances it was drawn from."""
        cells, step = self._cells[who], self._step[who]
        without = self._place[:, cells] - step[:, self._state[who]].T
        logs = prior + self._flat[without[:, :, None] + step[None, :, :]].sum(axis=1)
        chance = np.exp(logs - logs.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        drawn = (chance.cumsum(axis=1) < self._rng.random((len(chance), 1))).sum(axis=1)
        self._state[who] = np.minimum(drawn, chance.shape[1] - 1)
        self._place[:, cells] = without + step[:, self._state[who]].T
        return chance


def _cells(claim: Claim) -> list[tuple[np.ndarray, dict[str, int]]]:
    """The tables of a claim, flat, with how far one answer more moves the place in it.

    A verdict is one cell; of bands, each option is a cell of its own.
    """
    if claim.table is None:
        return [(row, {option: 1}) for option, row in zip(claim.options, claim.apart, strict=True)]
    shape = claim.table.shape
    strides = [int(np.prod(shape[k + 1 :])) for k in range(len(shape))]
    return [(claim.table.ravel(), dict(zip(claim.options, strides, strict=True)))]


def _step(stride: Mapping[str, int], path: Path, claim: Claim) -> int:
    return stride.get(dict(path).get(claim.question, ""), 0)
