"""Which texts a release shows, and under which heading."""

from __future__ import annotations

import pytest
from release_world import World, say, team

from storage.release import PublishableFeedback, Shared, Words


def wrote(refs: list[int] | range, dialogue: str = "lukte") -> tuple[Words, ...]:
    """Each of them has one approved text in this dialogue."""
    question = "regel" if dialogue == "tegel" else "woorden"
    return tuple(Words(ref, 0, dialogue, question, f"tekst {chr(97 + ref % 26)} {dialogue}") for ref in refs)


def headings(feedback: PublishableFeedback) -> list[str]:
    """The headings of the texts shown, sorted."""
    return sorted(quote.under for quote in feedback.texts)


@pytest.mark.parametrize(
    ("respondents", "authors", "shown"), [(10, 5, 5), (10, 4, 0), (9, 9, 0), (30, 4, 0), (10, 10, 10)]
)
def test_both_numbers(respondents: int, authors: int, shown: int) -> None:
    """Texts are shown from ten respondents and five authors on; below that, none at all."""
    world = World(team(0, 30), tuple(say(range(100, 100 + respondents), "ja")), wrote(range(100, 100 + authors)))
    assert headings(world.release()) == ["Over lukte"] * shown


def test_an_author_is_a_respondent() -> None:
    """Ten people who only wrote are ten respondents."""
    assert len(World(team(0, 10), (), wrote(range(100, 110))).release().texts) == 10


def test_five_texts_of_four_authors_are_four() -> None:
    """Five texts means five authors, however much one of them wrote."""
    words = (*wrote(range(100, 104)), Words(100, 0, "lukte", "woorden", "nog een"), *wrote([100], "tegel"))
    assert World(team(0, 12), tuple(say(range(100, 112), "ja")), words).release().texts == ()


def test_who_does_not_count() -> None:
    """A text by who doesn't count, in another role's dialogue, or at a question with options stays away."""
    odd = (Words(999, 0, "lukte", "woorden", "x"), Words(100, 0, "hoe", "woorden", "x"))
    odd = (*odd, Words(101, 0, "lukte", "iets", "x"), Words(102, 0, "weg", "woorden", "x"))
    world = World(team(0, 12), tuple(say(range(100, 112), "ja")), (*wrote(range(100, 104)), *odd))
    assert world.release().texts == ()


def test_small_dialogues_stand_together() -> None:
    """Dialogues that don't reach both numbers alone share one heading."""
    words = (*wrote(range(100, 103)), *wrote(range(103, 106), "tegel"))
    feedback = World(team(0, 12), tuple(say(range(100, 112), "ja")), words).release()
    assert headings(feedback) == ["Overig"] * 6


def test_a_title_beside_enough_others() -> None:
    """A dialogue that reaches both numbers has its own heading if what remains for the other reaches them too."""
    answers = (*say(range(100, 112), "ja"), *say(range(6), "goed", dialogue="hoe", question="gaat"))
    words = (*wrote(range(100, 106)), *wrote(range(3), "hoe"), *wrote(range(100, 104), "tegel"))
    feedback = World(team(10, 12), answers, words).release()
    assert headings(feedback) == ["Over lukte"] * 6 + ["Overig"] * 7


@pytest.mark.parametrize("silent", [0, 4])
def test_other_is_no_heading_for_a_few(silent: int) -> None:
    """Beside a title, the texts of the five naasten who were asked another dialogue would be one of each."""
    asked = tuple(say(range(5 + silent), "goed", dialogue="hoe", question="gaat"))
    words = (*wrote(range(100, 106)), *wrote(range(5), "hoe"))
    feedback = World(team(12, 12), (*say(range(100, 112), "ja"), *asked), words).release()
    assert headings(feedback) == ["Overig"] * 11


def test_nobody_is_left_alone_under_other() -> None:
    """One naaste's text beside those of a whole team would be that naaste's, so then no heading is used at all."""
    words = (*wrote(range(100, 106)), *wrote([0], "hoe"))
    feedback = World(team(1, 12), tuple(say(range(100, 112), "ja")), words).release()
    assert headings(feedback) == ["Overig"] * 7


def test_chance_alone_orders_texts() -> None:
    """The order hangs on the shuffle, not on who wrote first, and every text comes out once."""
    words = wrote(range(100, 112))
    world = World(team(0, 12), (), words)
    orders = {tuple(quote.text for quote in world.release(seed).texts) for seed in range(20)}
    assert len(orders) == 20
    assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(word.text for word in words))}


def test_shared_is_always_shown() -> None:
    """What somebody gave to the team is shown whatever the size of the group, and counts for no threshold."""
    shared = (Shared("tegel", "regel", "Klein begonnen."), Shared("weg", "regel", "Samen gezongen."))
    feedback = World((), (), shared=shared).release()
    assert {(quote.under, quote.text) for quote in feedback.shared} == {
        ("Over tegel", "Klein begonnen."),
        ("Overig", "Samen gezongen."),
    }
    nine = World(team(0, 9), tuple(say(range(100, 109), "ja")), wrote(range(100, 109)), shared * 5)
    assert nine.release().texts == ()
