"""The thief: copies of the files at any moment, with some of the keys or none, against a bot that was really used.

The same story with more people and more moments makes docs/proofs/at-rest.md: tests/proofs/thief.py.
"""

from __future__ import annotations

import asyncio
import random

import pytest
from thief.canaries import found_in
from thief.case import ANSWER_ROWS, PERSON_ROWS, answers
from thief.life import WORDS
from thief.loot import KEYS, Loot
from thief.score import Score
from thief.story import Story, tell
from thief.with_keys import grouped

from storage.release import PublishableFeedback
from storage.sealing import NONCE_BYTES

FAR = 6.0
"""Standard deviations above blind guessing that chance alone does not reach."""
PHONE = "+31612345678"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """One period of ten people, told once for all tests."""
    return asyncio.run(tell(tmp_path_factory.mktemp("thief"), seed=11, people=10, steps=24))


def scored(story: Story, copies: list[Loot], keys: str) -> Score:
    """The thief tries everything on each of these copies."""
    total = Score()
    for copy in copies:
        total.add(story.case(copy, keys=keys), story.truth)
    return total


def test_with_all_keys_the_linker_finds_everybody(story: Story) -> None:
    """The control: while the period is open, whoever has files and keys can link, as people are told."""
    for copies in (story.at_random, [story.last_open]):
        found = scored(story, copies, "all")
        assert found.answers > 10
        assert found.chats == {key for copy in copies for key in answers(copy)}


@pytest.mark.parametrize("keys", ["none", "master", "period"])
def test_no_answer_is_tied_to_anybody_without_both_keys(story: Story, keys: str) -> None:
    """Files at any moment, also in the middle of a write: no answer is tied to a chat, nor to a nameless row."""
    found = scored(story, [*story.at_random, *story.writing, story.last_open], keys)
    assert (found.chats, found.rows, found.wrong) == (set(), set(), 0)
    assert len(found.guesses[id(story.truth)]) > 100
    assert found.luck(random.Random(1)) < FAR


def test_without_the_period_key_no_two_answers_are_put_together(story: Story) -> None:
    """Which answers are one person's can't be told either; with that key alone it can, and no more."""
    assert grouped(story.case(story.last_open)) == 0
    assert grouped(story.case(story.last_open, keys="master")) == 0
    assert grouped(story.case(story.last_open, keys="period")) > 0


def test_answers_and_all_keys_say_nothing_without_contacts(story: Story) -> None:
    """answers.db with keys/ is not enough: the ids that row keys are made of are random, and in contacts.db."""
    found = scored(story, [copy.without("contacts.db") for copy in story.at_random], "all")
    assert found.answers > 10
    assert (found.chats, found.rows) == (set(), set())


def test_two_nights_tie_an_answer_to_a_nameless_row_at_most(story: Story) -> None:
    """Where only one person answered in between, what remains is a row that nobody can read."""
    for copies in (story.one_woke, story.one_joined):
        found = Score()
        found.add(story.case(*copies), story.truth)
        assert found.chats == set()
        assert set(found.ties) <= {"what changed between two copies"}
        assert len(found.rows) <= 1


def test_the_moment_of_a_write_was_caught(story: Story) -> None:
    """The control: there is a journal then, and the answers are in it as they were."""
    (copy,) = story.writing
    assert answers(Loot({"answers.db-journal": copy.files["answers.db-journal"]}))


def test_after_closing_there_is_nothing_to_tie_with_all_keys_there_are(story: Story) -> None:
    """No answer in any file, not even in freed bytes; and older copies can't be opened with what is left."""
    for copy in story.closed:
        assert answers(copy) == {}
        assert not any(rows for name, table in ANSWER_ROWS for rows in [copy.versions(name, table)])
        assert not any(any(page.between) for page in copy.pages("answers.db"))
    ((mixed,),) = story.older_files()
    found = scored(story, [mixed], "all")
    assert found.answers > 10
    assert (found.chats, found.rows, found.wrong) == (set(), set(), 0)


def test_after_closing_no_byte_of_the_period_is_left(story: Story) -> None:
    """Row keys, texts that were not released, messages and the key itself: in no file, log or freed page."""
    copy = story.closed[-1]
    release = copy.files["answers.db"]
    texts = [text.encode() for text in story.shown if text.encode() not in release]
    names = [key for name, table in PERSON_ROWS[1:] for key in story.last_open.rows(name, table)]
    assert copy.holding([*story.truth.of_answer, *names, story.period_key]) == set()
    assert copy.holding(texts) == set()


def test_what_was_taken_back_is_gone_to_the_last_byte(story: Story) -> None:
    """/wis of one answer, of all, and of everything: row keys and texts are in no file at that very moment."""
    for copy, gone in story.taken_back:
        assert gone
        assert copy.holding(gone) == set()


def test_nothing_that_the_bot_gets_to_see_is_written_down(story: Story) -> None:
    """Names, usernames, chat ids, numbers, codes, titles, buttons and words as typed: in no file at any moment."""
    for copy, told in story.told:
        secrets = {*told, *story.chats, *WORDS, PHONE, PHONE[1:], f"0{PHONE[3:]}"}
        assert found_in(copy, secrets, story.shown) == {}


def test_what_looks_for_strings_finds_them(story: Story) -> None:
    """The control: an approved text is in answers.db, and is found when it is not excused."""
    shared = next(text for text in story.shown if "Xqz" in text)
    copies = [copy for copy, _ in story.told if shared.encode() in copy.files["answers.db"]]
    assert found_in(copies[0], [shared]) == {"answers.db": {shared}}


def test_no_two_sealed_rows_begin_alike(story: Story) -> None:
    """A nonce that comes back would tie two rows together, and give their contents away."""
    seen: dict[bytes, bytes] = {}
    for copy in (*story.at_random, *story.one_woke, *story.one_joined, story.last_open, *story.closed):
        for name, table in (*PERSON_ROWS, ("answers.db", "awaiting")):
            for row in copy.versions(name, table):
                sealed = row[-1]
                assert isinstance(sealed, bytes)
                assert seen.setdefault(sealed[:NONCE_BYTES], sealed) == sealed
    assert len(seen) > 100


def test_the_release_is_all_that_stays(story: Story) -> None:
    """After closing, answers.db holds periods and the release; the thief has what the team has."""
    (release,) = [
        value
        for page in story.closed[-1].pages("answers.db")
        for cell in page.cells
        for value in cell.values
        if isinstance(value, str) and value.startswith("{")
    ]
    assert PublishableFeedback.from_stored(release).period == 1


def test_every_choice_of_keys_is_tried(story: Story) -> None:
    """None, one of the two, or both: the thief gets what the name says."""
    found = {which: sorted(story.last_open.with_keys(which).files) for which in KEYS}
    named = {which: [name for name in names if name.startswith("keys/")] for which, names in found.items()}
    assert named["none"] == []
    assert named["master"] == ["keys/master.key"]
    assert named["period"] == ["keys/de-linde.1.key"]
    assert named["all"] == ["keys/de-linde.1.key", "keys/master.key"]
