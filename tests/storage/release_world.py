"""A small world to release from: trees of every kind, and organisations that answer by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from dialogues.problems import Place
from dialogues.tree import ROLES, Dialogue, End, Option, Question
from storage.release import Choice, Person, PublishableFeedback, Shared, Words, release

HERE = Place(1, 1)
KEY = b"p" * 32


def by_role(value: str | dict[str, str]) -> dict[str, str]:
    """The same for every role, unless it says otherwise."""
    return dict(value) if isinstance(value, dict) else dict.fromkeys(ROLES, value)


def choose(name: str, **options: str | dict[str, str]) -> Question:
    """A question with these options, each with where it leads."""
    made = (
        Option(option, by_role(option.title()), by_role(then), ("betrokkenen",), HERE)
        for option, then in options.items()
    )
    return Question(name, by_role(f"{name}?"), tuple(made), False, False, {}, HERE)


def write(name: str, then: str = "dank") -> Question:
    """A question for words."""
    return Question(name, by_role(f"{name}?"), (), True, False, by_role(then), HERE)


def tree(name: str, roles: tuple[str, ...], *questions: Question) -> Dialogue:
    """A dialogue that starts at its first question."""
    ends = {"dank": End("dank", by_role("Dank je wel."), False, HERE)}
    by_id = {question.id: question for question in questions}
    return Dialogue(name, 1, roles, f"Over {name}", "A", questions[0].id, by_id, ends, f"{name}.yaml")


NAASTEN = tree(
    "hoe",
    ("naaste",),
    choose("gaat", goed="woorden", zwaar="weegt", wisselend="weegt"),
    choose("weegt", zorg="woorden", tijd="woorden"),
    write("woorden"),
)
BOTH = tree(
    "lukte",
    ROLES,
    choose("iets", ja={"naaste": "thuis", "professional": "werk"}, nee="waardoor"),
    choose("thuis", samen="waardoor", alleen="waardoor"),
    choose("werk", rustig="waardoor", druk="waardoor", anders="waardoor"),
    choose("waardoor", tijd="woorden", lef="woorden"),
    write("woorden"),
)
TEXT_FIRST = tree("tegel", ROLES, write("regel", then="mooi"), choose("mooi", ja="dank", nee="dank"))
TREES = (TEXT_FIRST, BOTH, NAASTEN)


@dataclass(frozen=True)
class World:
    """Who counts, and what they answered."""

    people: tuple[Person, ...]
    choices: tuple[Choice, ...]
    words: tuple[Words, ...] = ()
    shared: tuple[Shared, ...] = ()
    rounds: int = 1
    strict: bool = False
    trees: tuple[Dialogue, ...] = TREES

    def release(self, seed: int = 0) -> PublishableFeedback:
        """What may be shown of this world."""
        return release(
            team="de-linde",
            team_name="De Linde",
            period=3,
            opened=date(2025, 3, 3),
            closed=date(2025, 6, 22),
            rounds_begun=self.rounds,
            strict=self.strict,
            period_key=KEY,
            dialogues=self.trees,
            people=self.people,
            choices=self.choices,
            words=self.words,
            shared=self.shared,
            shuffle=random.Random(seed),
        )


def team(naasten: int, professionals: int) -> tuple[Person, ...]:
    """This many people; naasten are numbered from 0, professionals from 100."""
    return (
        *(Person(ref, "naaste") for ref in range(naasten)),
        *(Person(100 + ref, "professional") for ref in range(professionals)),
    )


def say(
    refs: range | list[int], option: str, *, question: str = "iets", dialogue: str = "lukte", at: int = 0
) -> list[Choice]:
    """All of them give this answer, by default to the core question for both roles."""
    return [Choice(ref, at, dialogue, question, option) for ref in refs]


def chance(naasten: int, professionals: int, rounds: int, strict: bool, share: float, seed: int) -> World:
    """An organisation in which everybody answers every question that is for their role with this chance."""
    dice = random.Random(seed)
    people = team(naasten, professionals)
    choices, words = [], []
    for person in people:
        for dialogue in TREES:
            if person.role not in dialogue.roles:
                continue
            for at in range(rounds):
                for question in dialogue.questions.values():
                    if dice.random() >= share:
                        continue
                    if question.text:
                        words.append(Words(person.ref, at, dialogue.id, question.id, f"w{dice.random()}"))
                    else:
                        option = min(dice.choice(question.options).id, dice.choice(question.options).id)
                        choices.append(Choice(person.ref, at, dialogue.id, question.id, option))
    return World(people, tuple(choices), tuple(words), rounds=rounds, strict=strict)
