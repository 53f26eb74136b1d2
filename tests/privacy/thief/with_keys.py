"""Ties for a thief with keys: with both kinds they find everybody, which shows that the linker works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from storage.anonymise import row_key
from storage.keys import derive
from storage.participant import Participant
from storage.sealing import Box
from thief.case import Case, Claim, answers, blob, new_answers
from thief.loot import Loot, Row


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
            found[person.id] = (bytes(blob(row[0])), person)
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
        if after[person][1].unanswered < before[person][1].unanswered
    ]
    if len(woke) == 1:
        for key in new_answers(case):
            yield Claim(key, woke[0][0])
            yield Claim(key, woke[0][1].chat)


def _opened(box: Box, row: Row) -> dict[str, str] | None:
    try:
        return box.open(blob(row[0]), blob(row[-1]))
    except ValueError:
        return None
