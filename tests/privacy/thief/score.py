"""Who really gave which answer, and how much of it the thief found out."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import fmean, pstdev

from storage.store import Store
from thief.case import Case, Claim, answers
from thief.linker import TIES

SHUFFLES = 300
"""How often everybody is made somebody else, to see what guessing gives."""


@dataclass
class Truth:
    """What only the store can tell, learned as it goes: whose each answer is, and each row of contacts.db."""

    of_answer: dict[bytes, int] = field(default_factory=dict)
    of_row: dict[bytes | int, int] = field(default_factory=dict)

    def learn(self, store: Store) -> None:
        """Everything that is there now."""
        for team in store.teams.all():
            people = {person.id: person for person in store.contacts.of_team(team.id)}
            for person in people.values():
                self.of_row[person.chat] = self.of_row[store.contacts._book.row_of(person.id)] = person.chat
            period = store.answers.open_period(team.id)
            if period is None:
                continue
            for person in people.values():
                self.of_answer |= {kept.key: person.chat for kept in store.intake.all_given(person, period)}
            diary, execute = store.agenda.diary(team.id, period.number), store.contacts.db.conn.execute
            for row in execute("SELECT * FROM outbox WHERE team = ?", (team.id,)).fetchall():
                sent = people.get(diary.errand(row).participant)
                if sent is not None:
                    self.of_row[row["key"]] = self.of_row[row["owner"]] = sent.chat
            for row in execute("SELECT * FROM open_prompts WHERE team = ?", (team.id,)).fetchall():
                contents = diary._prompts.open(row["key"], row["sealed"])
                asked = people.get(bytes.fromhex(contents["participant"]))
                if asked is not None:
                    self.of_row[row["key"]] = asked.chat

    def right(self, claim: Claim) -> bool:
        """Whether the thief has it right."""
        owner = self.of_answer.get(claim.answer)
        return owner is not None and owner == self.of_row.get(claim.owner)


@dataclass
class Score:
    """Of so many answers, as many tied to a chat, or to a row that nobody can read, or to nobody."""

    answers: int = 0
    chats: set[bytes] = field(default_factory=set)
    rows: set[bytes] = field(default_factory=set)
    wrong: int = 0
    ties: Counter[str] = field(default_factory=Counter)
    guesses: defaultdict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """By team: whose answer it is and whose row, for every claim that was no more than a guess."""

    def add(self, case: Case, truth: Truth) -> None:
        """Let the thief try everything on this case."""
        self.answers += len(answers(case.loot))
        for name, claim in tried(case):
            if not claim.certain:
                owner, row = truth.of_answer.get(claim.answer), truth.of_row.get(claim.owner)
                self.guesses[id(truth)] += [(owner, row)] if owner is not None and row is not None else []
            elif truth.right(claim):
                self.ties[name] += 1
                (self.chats if isinstance(claim.owner, int) else self.rows).add(claim.answer)
            else:
                self.wrong += 1

    def luck(self, chance: random.Random) -> float:
        """How far the guesses that were right lie above those of blind guessing, in standard deviations.

        Blind guessing knows which team an answer is of, so people are only ever mistaken for others of theirs.
        """
        hits = sum(owner == row for guesses in self.guesses.values() for owner, row in guesses)
        blind = [0] * SHUFFLES
        for guesses in self.guesses.values():
            people = sorted({person for guess in guesses for person in guess})
            pairs = Counter(guesses)
            for number in range(SHUFFLES):
                others = dict(zip(people, chance.sample(people, len(people)), strict=True))
                blind[number] += sum(count for (owner, row), count in pairs.items() if owner == others[row])
        spread = pstdev(blind)
        return (hits - fmean(blind)) / spread if spread else 0.0


def tried(case: Case) -> Iterator[tuple[str, Claim]]:
    """Every claim of every tie."""
    for name, tie in TIES.items():
        for claim in tie(case):
            yield name, claim
