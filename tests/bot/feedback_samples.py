"""Releases of every kind, made by the rule itself from small made-up teams."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date

from dialogues.problems import Place
from dialogues.tree import ROLES, Dialogue, End, Option, Question
from storage.release import Choice, Person, PublishableFeedback, Shared, Words, release

HERE = Place(1, 1)
LONG = "We hebben samen soep gekookt en daarna nog een uur gepraat over vroeger. " * 4


def question(name: str, ask: Mapping[str, str], then: str, options: Mapping[str, str]) -> Question:
    """A question with options, or one for words when there are none."""
    made = tuple(
        Option(option, dict.fromkeys(ROLES, say), dict.fromkeys(ROLES, then), ("proces",), HERE)
        for option, say in options.items()
    )
    return Question(name, ask, made, not made, False, dict.fromkeys(ROLES, then), HERE)


def dialogue(name: str, title: str, roles: tuple[str, ...], ask: Mapping[str, str]) -> Dialogue:
    """A core question, a follow-up for everybody, and words."""
    same = dict.fromkeys(ROLES, "Wat hielp het meest?")
    questions = (
        question("kern", ask, "hielp", {"ja": "Ja", "beetje": "Een beetje", "nee": "Nee, nu niet"}),
        question("hielp", same, "woorden", {"tijd": "Er was tijd", "lef": "Gewoon durven"}),
        question("woorden", dict.fromkeys(ROLES, "Wil je er iets over kwijt?"), "dank", {}),
    )
    ends = {"dank": End("dank", dict.fromkeys(ROLES, "Dank je wel."), False, HERE)}
    return Dialogue(name, 2, roles, title, "A", "kern", {q.id: q for q in questions}, ends, f"{name}.yaml")


LUKTE = dialogue(
    "wat-lukte",
    "Wat lukte?",
    ROLES,
    {"naaste": "Lukte er iets, hoe klein ook?", "professional": "Lukte er iets met naasten?"},
)
JULLIE = dialogue(
    "hoe-jullie", "Hoe gaat het met jullie?", ("naaste",), dict.fromkeys(ROLES, "Gaat het een beetje?")
)


def sample(
    naasten: int,
    professionals: int,
    *,
    rounds: int = 1,
    strict: bool = False,
    name: str = "De Linde",
    texts: tuple[str, ...] = (),
    shared: tuple[str, ...] = (),
) -> PublishableFeedback:
    """What is shown of a team in which everybody answers everything in every round, as it comes."""
    dice = random.Random(7)
    return release_of(
        naasten,
        professionals,
        lambda options: dice.choice((*options, options[0])),
        rounds=rounds,
        strict=strict,
        name=name,
        texts=texts,
        shared=shared,
    )


def release_of(
    naasten: int,
    professionals: int,
    chooses: Callable[[tuple[Option, ...]], Option],
    *,
    rounds: int = 1,
    period: int = 2,
    strict: bool = False,
    name: str = "De Linde",
    texts: tuple[str, ...] = (),
    shared: tuple[str, ...] = (),
) -> PublishableFeedback:
    """What is shown of a team in which everybody answers everything in every round, and chooses like this."""
    people = [
        *(Person(ref, "naaste") for ref in range(naasten)),
        *(Person(ref, "professional") for ref in range(naasten, naasten + professionals)),
    ]
    choices = [
        Choice(person.ref, at, tree.id, asked.id, chooses(asked.options).id)
        for person in people
        for tree in (LUKTE, JULLIE)
        if person.role in tree.roles
        for at in range(rounds)
        for asked in tree.questions.values()
        if asked.options
    ]
    return release(
        team="de-linde",
        team_name=name,
        period=period,
        opened=date(2025, 3, 3),
        closed=date(2025, 6, 22),
        rounds_begun=rounds,
        strict=strict,
        period_key=b"k" * 32,
        dialogues=[LUKTE, JULLIE],
        people=people,
        choices=choices,
        words=[Words(ref, 0, LUKTE.id, "woorden", text) for ref, text in enumerate(texts)],
        shared=[Shared(LUKTE.id, "woorden", text) for text in shared],
        shuffle=random.Random(7),
    )


TEXTS = (
    "Even bellen hielp.",
    LONG,
    "Koffie <b>na</b> het gesprek & meer.",
    "שלום, dat zei hij.",
    "Ik durfde te vragen.",
)

SAMPLES: dict[str, PublishableFeedback] = {
    "sides": sample(7, 12, texts=TEXTS, shared=("Samen gezongen!",)),
    "bands": sample(16, 24),
    "pooled": sample(3, 6),
    "two panels": sample(12, 17, rounds=2),
    "four panels": sample(21, 22, rounds=4, texts=TEXTS),
    "strict": sample(9, 9, strict=True),
    "empty": sample(2, 3),
    "only shared": sample(0, 0, shared=("Klein begonnen.",)),
    "odd name": sample(7, 7, name='<script>alert("1")</script> \u202eצוות\nDe\x1b[31m Linde & co'),
}
