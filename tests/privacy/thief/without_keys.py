"""Ties for a thief without keys: equal values, order, sizes, counts, and what changes between two nights."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from storage.anonymise import Slot, row_key
from storage.keys import KeyedHash
from thief.case import ANSWER_ROWS, PEOPLE, PERSON_ROWS, Case, Claim, answers, blob, new_answers, slot
from thief.loot import Loot
from thief.with_keys import people_by_row


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
    """The order in which answers lie, beside every order in which people's rows lie, came or changed.

    Rows of messages are left out: which of them are new is plain to see, and whoever could read whose they are
    could link everything.
    """
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
                for key in new_answers(case):
                    yield Claim(key, owner)
                    if owner in chats:
                        yield Claim(key, chats[owner])


def _orders(loot: Loot) -> Iterator[list[bytes]]:
    laid = [blob(row[0]) for row in loot.laid(*PEOPLE)]
    yield from (laid, laid[::-1], loot.changes(*PEOPLE), sorted(laid))


def _by_question(loot: Loot) -> list[list[bytes]]:
    """Answers to one question in one round, as they lie: each person has one at most."""
    found: defaultdict[Slot, list[bytes]] = defaultdict(list)
    for name, table in ANSWER_ROWS:
        for row in loot.laid(name, table):
            found[slot(row)].append(blob(row[0]))
    return list(found.values())


def _hashes(blob: bytes) -> Iterator[bytes]:
    for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s", "sha3_256"):
        yield hashlib.new(name, blob).digest()
        yield hmac.new(blob, b"", name).digest()
    yield KeyedHash(b"")(blob)
