"""Ties answers to people with everything that lies in the loot, and whatever the thief may know besides.

Each tie is a function that claims: this answer belongs to this person. A claim is about a chat, or about a row of
contacts.db of which nobody can read whose it is. Guesses are told from what the thief is certain of.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from dialogues.tree import Dialogue
from storage.anonymise import Slot, row_key
from storage.keys import KeyedHash, derive
from storage.participant import Participant
from storage.sealing import Box
from thief.loot import Loot, Row
from thief.pages import Value

PERSON_ROWS = (("contacts.db", "participants"), ("contacts.db", "outbox"), ("contacts.db", "open_prompts"))
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


# with keys


def by_period_key(case: Case) -> Iterator[Claim]:
    """Whose messages they were is sealed under the period's key; a person's row keys follow from that."""
    owners = people_by_row(case.loot)
    for period, ids in ids_by_period(case.loot).items():
        key = case.loot.period_keys[period]
        wanted = answers(case.loot)
        for person, where in product(
            {*ids, *owners}, {s for s in wanted.values() if (s.team, s.period) == period}
        ):
            made = row_key(key, person, where)
            if made in wanted:
                known = owners.get(person)
                if known is not None:
                    yield Claim(made, known[0])
                    yield Claim(made, known[1].chat)


def ids_by_period(loot: Loot) -> dict[tuple[str, int], set[bytes]]:
    """The ids in the messages, open prompts and awaited words of the periods whose keys were taken."""
    found: dict[tuple[str, int], set[bytes]] = {}
    for (team, number), key in loot.period_keys.items():
        ids = found.setdefault((team, number), set())
        for table, purpose in (("outbox", "naastbot errands"), ("open_prompts", "naastbot prompts")):
            box = Box(derive(key, purpose))
            for row in loot.versions("contacts.db", table):
                contents = _opened(box, row)
                ids |= {bytes.fromhex(contents["participant"])} if contents else set()
    return found


def people_by_row(loot: Loot) -> dict[bytes, tuple[bytes, Participant]]:
    """Id -> name of the row and the person, when the master key was taken."""
    if loot.master_key is None:
        return {}
    box, found = Box(derive(loot.master_key, "naastbot people")), {}
    for row in loot.versions("contacts.db", "participants"):
        contents = _opened(box, row)
        if contents:
            person = Participant.of(str(row[2]), contents)
            found[person.id] = (bytes(_blob(row[0])), person)
    return found


def grouped(case: Case) -> int:
    """How many answers the thief can put together with another of the same person, whoever that is."""
    groups: defaultdict[bytes, set[bytes]] = defaultdict(set)
    wanted = answers(case.loot)
    for period, ids in ids_by_period(case.loot).items():
        for person, where in product({*ids, *people_by_row(case.loot)}, set(wanted.values())):
            made = row_key(case.loot.period_keys[period], person, where)
            if made in wanted:
                groups[person].add(made)
    return sum(len(group) for group in groups.values() if len(group) > 1)


def by_role(case: Case) -> Iterator[Claim]:
    """With the master key roles can be read: where only one person could have answered, the answer is theirs."""
    people = [(row, person) for row, person in people_by_row(case.loot).values() if person.role]
    for key, where in answers(case.loot).items():
        dialogue = case.dialogues.get(where.dialogue)
        roles = dialogue.roles if dialogue else ()
        could = [(row, person) for row, person in people if person.team == where.team and person.role in roles]
        if len(could) == 1:
            yield Claim(key, could[0][0])
            yield Claim(key, could[0][1].chat)


def by_reaction(case: Case) -> Iterator[Claim]:
    """With the master key: who was not silent any more between two nights, when only one person was so."""
    if len(case.nights) < 2:
        return
    before, after = (people_by_row(loot) for loot in case.nights[-2:])
    woke = [
        after[person]
        for person in before.keys() & after.keys()
        if _silence(after[person][1]) < _silence(before[person][1])
    ]
    if len(woke) == 1:
        for key in _new_answers(case):
            yield Claim(key, woke[0][0])
            yield Claim(key, woke[0][1].chat)


# without keys


def by_equal_values(case: Case) -> Iterator[Claim]:
    """The key of an answer, or what a plain hash makes of something beside it, stands in a person's row."""
    wanted = answers(case.loot)
    for name, table in PERSON_ROWS:
        for owner, row in case.loot.rows(name, table).items():
            blobs = [value for value in row if isinstance(value, bytes)]
            made = {*blobs, *(hashed for blob in blobs for hashed in _hashes(blob))}
            yield from (Claim(key, owner) for key in wanted if any(key in value for value in made))


def by_guessed_key(case: Case) -> Iterator[Claim]:
    """Row keys as they would be without a secret: under no key, zeros, or what anybody can see."""
    wanted = answers(case.loot)
    rows = case.loot.rows("contacts.db", "participants")
    people: dict[bytes, bytes | int] = {key: key for key in rows}
    people |= {chat.to_bytes(16, "big", signed=True): chat for chat in case.chats}
    people |= {str(chat).encode(): chat for chat in case.chats}
    for secret in (b"", bytes(32), b"naastbot", *rows):
        for person, where in product(people, set(wanted.values())):
            made = row_key(secret, person, where)
            if made in wanted:
                yield Claim(made, people[person])


def by_order(case: Case) -> Iterator[Claim]:
    """The order in which answers lie, beside every order that there is in contacts.db."""
    for order in _orders(case.loot):
        for together in _by_question(case.loot):
            for key, owner in zip(reversed(together), reversed(order), strict=False):
                yield Claim(key, owner, certain=False)


def by_size(case: Case) -> Iterator[Claim]:
    """A person's row that is not as long as the others, and an answer that is not either."""
    for name, table in PERSON_ROWS:
        sizes: defaultdict[int, list[bytes]] = defaultdict(list)
        for key, row in case.loot.rows(name, table).items():
            sizes[sum(len(value) for value in row if isinstance(value, bytes))].append(key)
        if len(sizes) > 1:
            odd = min(sizes.values(), key=len)
            for key in answers(case.loot):
                yield Claim(key, odd[0], certain=len(odd) == 1)


def by_count(case: Case) -> Iterator[Claim]:
    """A team of one, or a round in which only one person was sent anything."""
    people: defaultdict[str, list[bytes]] = defaultdict(list)
    for key, row in case.loot.rows("contacts.db", "participants").items():
        people[str(row[2])].append(key)
    for key, where in answers(case.loot).items():
        if len(people[where.team]) == 1:
            yield Claim(key, people[where.team][0])


def by_nights(case: Case) -> Iterator[Claim]:
    """What came, went or changed in both files since the night before, where that is one person's."""
    if len(case.nights) < 2:
        return
    chats = {row: person.chat for row, person in people_by_row(case.loot).values()}
    for name, table in PERSON_ROWS:
        before, after = (loot.rows(name, table) for loot in case.nights[-2:])
        changed = {key for key in before.keys() & after.keys() if before[key] != after[key]}
        for touched in (after.keys() - before.keys(), before.keys() - after.keys(), changed):
            if len(touched) == 1:
                (owner,) = touched
                for key in _new_answers(case):
                    yield Claim(key, owner)
                    if owner in chats:
                        yield Claim(key, chats[owner])


Tie = Callable[[Case], Iterator[Claim]]
TIES: Mapping[str, Tie] = {
    "row keys remade with the period's key": by_period_key,
    "the only one in a role": by_role,
    "the only one who reacted between two copies": by_reaction,
    "equal values, plain hashes": by_equal_values,
    "row keys under guessed keys": by_guessed_key,
    "order of pages, cells, log and journal": by_order,
    "sizes": by_size,
    "counts": by_count,
    "what changed between two copies": by_nights,
}
"""Every way that was thought of."""


def _orders(loot: Loot) -> Iterator[list[bytes]]:
    for name, table in PERSON_ROWS:
        laid = [_blob(row[0]) for row in loot.laid(name, table)]
        yield laid
        yield laid[::-1]
        yield loot.changes(name, table)
        yield sorted(laid)
    yield [_blob(row[3]) for row in loot.laid("contacts.db", "outbox")]


def _by_question(loot: Loot) -> list[list[bytes]]:
    """Answers to one question in one round, as they lie: each person has one at most."""
    found: defaultdict[Slot, list[bytes]] = defaultdict(list)
    for name, table in ANSWER_ROWS:
        for row in loot.laid(name, table):
            found[slot(row)].append(_blob(row[0]))
    return list(found.values())


def _new_answers(case: Case) -> list[bytes]:
    before, after = (answers(loot) for loot in case.nights[-2:])
    return sorted(after.keys() - before.keys())


def _hashes(blob: bytes) -> Iterator[bytes]:
    for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s", "sha3_256"):
        yield hashlib.new(name, blob).digest()
        yield hmac.new(blob, b"", name).digest()
    yield KeyedHash(b"")(blob)


def _silence(person: Participant) -> int:
    return person.unanswered


def _opened(box: Box, row: Row) -> dict[str, str] | None:
    try:
        return box.open(_blob(row[0]), _blob(row[-1]))
    except ValueError:
        return None


def _blob(value: Value) -> bytes:
    assert isinstance(value, bytes)
    return value
