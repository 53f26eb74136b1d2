"""What is published about an organisation: by the real release rule, and by the rules that others use."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from privacy.adversary.claims import Claim, Unknown, from_finding, within
from privacy.adversary.organisations import Organisation, Period
from privacy.adversary.trees import Path

from dialogues.tree import Question
from storage.published import POOLED
from storage.release import PublishableFeedback, release

Publisher = Callable[[Organisation], list[Claim]]

Sat = dict[int, int]
"""Person -> the round whose answers count."""


def unknown(organisation: Organisation, period: int, ref: int, at: int) -> Unknown:
    """Whose answer this is: a person's for good, or of those who vary only in this one round."""
    return ref if organisation.constant else (ref, period, at)


def naastbot(organisation: Organisation) -> list[Claim]:
    """Every finding of every period, with the people whom the adversary knows to be counted in it."""
    claims = []
    options = {q.id: tuple(option.id for option in q.options) for q in organisation.dialogue.questions.values()}
    for number, period in enumerate(organisation.periods):
        for dialogue in released(organisation, number).dialogues:
            for panel in dialogue.panels:
                length = period.rounds // len(dialogue.panels)
                span = range((panel.panel - 1) * length, panel.panel * length)
                for finding in panel.findings:
                    roles = organisation.dialogue.roles if finding.group == POOLED else (finding.group,)
                    who = _who(organisation, number, sat(period, span, roles))
                    shown = options[finding.question]
                    claims.append(from_finding(who, finding.question, shown, finding.verdict, finding.bands))
    return claims


def released(organisation: Organisation, number: int) -> PublishableFeedback:
    """What storage.release.release makes of this period."""
    period, dialogue = organisation.periods[number], organisation.dialogue
    seed = f"{dialogue.id} {number} {sorted(period.answered.items())}"
    return release(
        team="team",
        team_name="Team",
        period=number + 1,
        opened=date(2026, 1, 1),
        closed=date(2026, 4, 23),
        rounds_begun=period.rounds,
        strict=False,
        period_key=hashlib.sha256(seed.encode()).digest(),
        dialogues=[dialogue],
        people=period.people,
        choices=period.choices(dialogue),
        words=[],
        shared=[],
        shuffle=random.Random(0),
    )


def sat(period: Period, span: range, roles: Sequence[str]) -> Sat:
    """Who of these roles answered in these rounds, each with the last round in which they did."""
    role = {person.ref: person.role for person in period.people}
    found: Sat = {}
    for ref, at in sorted(period.answered, key=lambda key: key[1]):
        if at in span and role[ref] in roles:
            found[ref] = at
    return found


def everything(organisation: Organisation) -> list[Claim]:
    """No rule: exact counts of every round, however small the group."""
    return _tables(organisation, lambda counts, n: _exact(counts, n))


def minimum_five(organisation: Organisation) -> list[Claim]:
    """Exact counts of every round and question that five or more people of a role answered."""
    return _tables(organisation, lambda counts, n: _exact(counts, n) if sum(counts.values()) >= 5 else {})


def suppressed(organisation: Organisation) -> list[Claim]:
    """Minimum five for the table and each cell; a cell that is hidden alone takes the smallest other with it.

    The adversary here takes less from a hidden cell than could be had, so what is found is a lower bound.
    """
    return _tables(organisation, _with_suppression)


def rounded(organisation: Organisation) -> list[Claim]:
    """Counts rounded to the nearest five, for tables of five or more."""

    def publish(counts: Mapping[str, int], n: int) -> dict[str, tuple[int, int]]:
        if sum(counts.values()) < 5:
            return {}
        nearest = {option: 5 * ((count + 2) // 5) for option, count in counts.items()}
        return {option: (max(0, five - 2), min(n, five + 2)) for option, five in nearest.items()}

    return _tables(organisation, publish)


def dashboard(organisation: Organisation) -> list[Claim]:
    """A page that shows the counts at any moment: they can be read before and after each answer."""
    claims = []
    for number, period in enumerate(organisation.periods):
        for at in range(period.rounds):
            seen: Sat = {}
            for ref in sat(period, range(at, at + 1), organisation.dialogue.roles):
                seen[ref] = at
                for question in organisation.dialogue.questions.values():
                    counts = _counts(period, seen, question)
                    claims.append(_claim(organisation, number, seen, question, _exact(counts, len(seen))))
    return claims


Limits = Mapping[str, tuple[int, int]]
"""Option -> the lowest and the highest count that it can have, after what was published."""


def _tables(organisation: Organisation, publish: Callable[[Mapping[str, int], int], Limits]) -> list[Claim]:
    """A table per round, role and question, each read as limits on its counts; no limits: not published."""
    claims = []
    for number, at, role in _cells(organisation):
        period = organisation.periods[number]
        seen = sat(period, range(at, at + 1), (role,))
        for question in organisation.dialogue.questions.values():
            limits = publish(_counts(period, seen, question), len(seen))
            if limits and seen:
                claims.append(_claim(organisation, number, seen, question, limits))
    return claims


def _cells(organisation: Organisation) -> Iterator[tuple[int, int, str]]:
    for number, period in enumerate(organisation.periods):
        for at in range(period.rounds):
            for role in organisation.dialogue.roles:
                yield number, at, role


def _counts(period: Period, seen: Sat, question: Question) -> dict[str, int]:
    paths = [dict(period.answered[ref, at]) for ref, at in seen.items()]
    return {option.id: sum(path.get(question.id) == option.id for path in paths) for option in question.options}


def _exact(counts: Mapping[str, int], n: int) -> Limits:
    return {option: (count, count) for option, count in counts.items()}


def _with_suppression(counts: Mapping[str, int], n: int) -> Limits:
    if sum(counts.values()) < 5:
        return {}
    hidden = {option for option, count in counts.items() if count < 5}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min(counts.keys() - hidden, key=lambda option: counts[option]))
    high = n if len(hidden) <= 2 else 4
    return {option: (0, min(high, n)) if option in hidden else (count, count) for option, count in counts.items()}


def _claim(organisation: Organisation, number: int, seen: Sat, question: Question, limits: Limits) -> Claim:
    n, options = len(seen), tuple(limits)
    rows = tuple(within(n, *limits[option]) for option in options)
    return Claim(_who(organisation, number, seen), question.id, options, apart=rows)


def _who(organisation: Organisation, number: int, seen: Sat) -> tuple[Unknown, ...]:
    return tuple(unknown(organisation, number, ref, at) for ref, at in seen.items())


def truth(organisation: Organisation) -> dict[Unknown, Path]:
    """What everybody really answered."""
    return {
        unknown(organisation, number, ref, at): path
        for number, period in enumerate(organisation.periods)
        for (ref, at), path in period.answered.items()
    }


EXACT: tuple[Publisher, ...] = (everything, minimum_five, suppressed, dashboard)
"""The rules that publish counts as they are."""
