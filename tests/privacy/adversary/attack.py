"""The attack as a whole: many organisations, one way to publish, and what was found added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from privacy.adversary.certain import Case, exposed
from privacy.adversary.claims import Unknown
from privacy.adversary.guessing import Guess, by_prior, guesses
from privacy.adversary.organisations import Organisation, organisation
from privacy.adversary.publishers import EXACT, Publisher, truth, unknown

SURE = 0.95
"""Whoever is this sure of an answer, and right, needs no logic."""


@dataclass(frozen=True)
class Found:
    """What an adversary got out of some organisations.

    `people` were counted in something published; of `exposed` an answer is certain. `guesses` holds one guess for
    every person and question, if guessing was asked for.
    """

    people: int = 0
    exposed: int = 0
    guesses: tuple[Guess, ...] = ()

    def __add__(self, other: Found) -> Found:
        return Found(self.people + other.people, self.exposed + other.exposed, self.guesses + other.guesses)

    @property
    def certain(self) -> float:
        """The share of people of whom an answer is certain."""
        return self.exposed / max(1, self.people)

    @property
    def sure_and_right(self) -> float:
        """The share of answers of which the adversary is at least 95% sure, and right."""
        return self._share(guess.sure >= SURE and guess.right for guess in self.guesses)

    @property
    def sure_but_wrong(self) -> float:
        """The share of answers of which the adversary is at least 95% sure, and wrong."""
        return self._share(guess.sure >= SURE and not guess.right for guess in self.guesses)

    @property
    def right_before(self) -> float:
        """The share of answers that are guessed right by the prior alone."""
        return self._share(guess.right_before for guess in self.guesses)

    @property
    def advantage(self) -> float:
        """How many more of all answers are guessed right with what was published, as a share."""
        return self._share(guess.right for guess in self.guesses) - self.right_before

    def _share(self, hits: Iterable[bool]) -> float:
        return sum(hits) / max(1, len(self.guesses))


def attack(publish: Publisher, organisations: Iterable[Organisation], *, guess: bool = False) -> Found:
    """Everything that can be concluded about these organisations, and with `guess` what can be guessed.

    The sampler is not for rules that publish exact counts (EXACT). There, only what is certain counts as known,
    and all else as guessed by the prior, so that what is found is the least that such a rule gives away.
    """
    found = Found()
    for seed, one in enumerate(organisations):
        this = case(one, publish)
        certain = exposed(this)
        guessed = _least(this, certain) if publish in EXACT else guesses(this, seed=seed) if guess else []
        found += Found(len(this.targets), len({who for who, _ in certain}), tuple(guessed))
    return found


def _least(this: Case, certain: set[tuple[Unknown, str]]) -> Iterator[Guess]:
    for guess in by_prior(this):
        known = (guess.who, guess.question) in certain
        yield replace(guess, sure=1.0, right=True) if known else guess


def organisations(count: int, rounds: int, *, constant: bool = True, insiders: int = 1) -> Iterator[Organisation]:
    """So many made-up teams, the same at every call."""
    return (organisation(seed, rounds, constant=constant, insiders=insiders) for seed in range(count))


def case(organisation: Organisation, publish: Publisher) -> Case:
    """What an adversary knows about this organisation when it publishes like this."""
    sittings = [
        (unknown(organisation, number, ref, at), ref)
        for number, period in enumerate(organisation.periods)
        for ref, at in period.answered
    ]
    return Case(
        claims=publish(organisation),
        paths={role: habits.paths for role, habits in organisation.habits.items()},
        chances={role: habits.chances for role, habits in organisation.habits.items()},
        role={who: organisation.role[ref] for who, ref in sittings},
        truth=truth(organisation),
        known=frozenset(who for who, ref in sittings if ref in organisation.insiders),
    )
