"""Teams of every size, as text, JSON and page: nothing in any of them tells more than the rule allows."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from feedback_samples import JULLIE, LUKTE, release_of

from bot.feedback.as_json import as_json
from bot.feedback.page import as_page
from bot.feedback.text import as_text
from storage.release import PublishableFeedback

SIZES = (1, 4, 5, 8, 14, 15, 20, 60)
CLASSES = {5: "5-14", 8: "5-14", 14: "5-14", 15: "15-19", 20: "20+", 60: "20+"}
ALLOWED = {"2", "3", "22", "2025", "5", "14", "15", "19", "20", "40", "60", "80", "100", "0"}
"""Numbers that a reader meets: the period, its dates, the classes of size and the bands."""


def forms(feedback: PublishableFeedback) -> tuple[str, str, str]:
    """The three ways in which it is read."""
    return as_text(feedback), as_json(feedback), as_page(feedback)


def agreeing(naasten: int, professionals: int, period: int = 2) -> PublishableFeedback:
    """A team in which everybody gives the first answer to every question."""
    return release_of(naasten, professionals, lambda options: options[0], period=period)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("empty", ["naaste", "professional", None])
def test_no_number_but_classes(size: int, empty: str | None) -> None:
    """Whatever the size, and with a role that nobody has, text and page hold no number that counts people."""
    naasten = 0 if empty == "naaste" else size
    professionals = 0 if empty == "professional" else size
    text, _, page = forms(agreeing(naasten, professionals))
    words = re.sub(r"<style>.*?</style>|<[^>]*>|&[^;]*;", " ", page, flags=re.DOTALL)
    assert set(re.findall(r"\d+", text)) <= ALLOWED
    assert set(re.findall(r"\d+", words)) <= ALLOWED


@pytest.mark.parametrize("size", SIZES)
def test_everybody_saying_the_same(size: int) -> None:
    """A role that agrees reads so from five people on; four and one give what nobody gives, letter by letter."""
    feedback = agreeing(0, size)
    if size < 5:
        assert forms(feedback) == forms(agreeing(0, 0))
        return
    (dialogue,) = json.loads(as_json(feedback))["dialogues"]
    for finding in dialogue["panels"][0]["questions"]:
        assert (finding["group"], finding["n"]) == ("professional", CLASSES[size])
        first = {"kern": "ja", "hielp": "tijd"}[finding["question"]]
        if size < 15:
            assert finding["verdict"] == first
        else:
            assert finding["bands"][first] == ("de meesten" if size < 20 else "80-100")
            assert {band for option, band in finding["bands"].items() if option != first} <= {"weinig", "0-20"}


@pytest.mark.parametrize(("small", "large"), [(5, 14), (15, 19), (20, 60)])
def test_a_class_hides_the_size(small: int, large: int) -> None:
    """Teams of one class that say the same read the same, letter by letter."""
    assert forms(agreeing(0, small)) == forms(agreeing(0, large))
    assert forms(agreeing(small, 0)) == forms(agreeing(large, 0))


@pytest.mark.parametrize("few", [1, 4])
def test_a_few_beside_many_leave_no_trace(few: int) -> None:
    """One or four naasten beside twenty professionals are never shown, nor what only they were asked."""
    text, data, page = forms(agreeing(few, 20))
    assert {q["group"] for d in json.loads(data)["dialogues"] for p in d["panels"] for q in p["questions"]} == {
        "samen"
    }
    assert JULLIE.id not in data
    for form in (text, page):
        assert JULLIE.title.upper() not in form.upper()
        assert LUKTE.title.upper() in form.upper()


def test_one_and_four_read_the_same_beside_many() -> None:
    """Nothing tells whether it was one naaste or four that the others were taken together with."""
    assert forms(agreeing(1, 20)) == forms(agreeing(4, 20))


def test_the_period_is_the_only_number_that_differs() -> None:
    """The same answers in another period read the same but for its number."""
    first, second = (agreeing(0, 8, period=period) for period in (2, 3))
    assert as_text(first).replace("Periode 2", "Periode 3") == as_text(second)
    assert first.closed == second.closed == date(2025, 6, 22)
