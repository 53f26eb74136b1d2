"""What a thief has to go by, and what they claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogues.tree import Dialogue
from storage.anonymise import Slot
from thief.loot import Loot, Row
from thief.pages import Value

PEOPLE = ("contacts.db", "participants")
PERSON_ROWS = (PEOPLE, ("contacts.db", "outbox"), ("contacts.db", "open_prompts"))
ANSWER_ROWS = (("answers.db", "answers"), ("answers.db", "texts"))


@dataclass(frozen=True, slots=True)
class Claim:
    """This answer (by the key of its row) is theirs: the name of a row of contacts.db, or a chat."""

    answer: bytes
    owner: bytes | int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """What the thief has: copies of one or more nights (the last is the newest), and knows by themselves."""

    nights: Sequence[Loot]
    chats: Sequence[int]
    dialogues: Mapping[str, Dialogue]

    @property
    def loot(self) -> Loot:
        """The newest copy."""
        return self.nights[-1]


def slot(row: Row) -> Slot:
    """Where the answer in this row belongs."""
    _, team, period, number, dialogue, question = row[:6]
    return Slot(str(team), int(str(period)), int(str(number)), str(dialogue), str(question))


def answers(loot: Loot) -> dict[bytes, Slot]:
    """Every answer that can be seen, in the file or in a journal."""
    return {key: slot(row) for name, table in ANSWER_ROWS for key, row in loot.rows(name, table).items()}


def new_answers(case: Case) -> list[bytes]:
    """Answers of the newest copy that were not there the night before."""
    before, after = (answers(loot) for loot in case.nights[-2:])
    return sorted(after.keys() - before.keys())


def blob(value: Value) -> bytes:
    """A value that is one."""
    assert isinstance(value, bytes)
    return value
