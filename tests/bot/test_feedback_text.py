"""Feedback as plain text: whole, tame, and readable aloud."""

from __future__ import annotations

import unicodedata

import pytest
from feedback_samples import SAMPLES, TEXTS

from bot.feedback.reading import in_reading_order
from bot.feedback.text import as_text
from dialogues.dates import dutch_day


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_steers_the_terminal(name: str) -> None:
    """Whatever somebody called their team or wrote, no character in the text controls the terminal or the line."""
    text = as_text(SAMPLES[name]).replace("\n", "")
    assert not [char for char in text if unicodedata.category(char) == "Cc"]
    assert not set(text) & set("\u202a\u202b\u202d\u202e")
    assert text.count("\u2068") == text.count("\u2069")


@pytest.mark.parametrize("name", SAMPLES)
def test_it_can_be_cut_into_messages(name: str) -> None:
    """Every block between empty lines fits in one Telegram message, unless it is a heap of long texts."""
    assert all(0 < len(block) <= 4096 for block in as_text(SAMPLES[name]).split("\n\n"))


def test_sides() -> None:
    """Both groups stand under one question; a role that was asked in other words is told apart."""
    text = as_text(SAMPLES["sides"])
    assert "WAT LUKTE?\nVraag: Lukte er iets, hoe klein ook?\nAan professionals vroegen we: " in text
    assert "\nNaasten (5 tot en met 14 mensen): " in text
    assert "\nProfessionals (5 tot en met 14 mensen): " in text
    assert "GEDEELD MET HET TEAM\nWat lukte?\n- Samen gezongen!" in text
    assert all(" ".join(written.split()) in text for written in TEXTS)


def test_panels_and_bands() -> None:
    """Panels are named from begin to end, and bands stand in words."""
    text = as_text(SAMPLES["four panels"])
    for when in ("begin", "deel 2", "deel 3", "eind"):
        assert f"Naasten, {when} (20 mensen of meer):\n- Ja: " in text
        assert f"Professionals, {when} (20 mensen of meer):\n- Ja: " in text
    assert "Naasten en professionals samen (5 tot en met 14 mensen): " in as_text(SAMPLES["pooled"])


def test_how_it_was_made_is_told() -> None:
    """The reader is told of the noise, of the floor that was used, and that absence has no meaning."""
    assert "één of twee bij of af" in as_text(SAMPLES["sides"])
    assert "Groepen van minder dan vijf mensen" in as_text(SAMPLES["sides"])
    assert "Groepen van minder dan acht mensen" in as_text(SAMPLES["strict"])


def test_empty_is_kind() -> None:
    """An empty release says that this is no verdict, and what has to happen for there to be something."""
    text = as_text(SAMPLES["empty"])
    assert "Dat zegt niets over jullie team" in text
    assert "vijf naasten en vijf professionals nodig, of samen minstens acht mensen" in text
    assert "VERDER" not in text


def test_dates_are_dutch() -> None:
    """A date is written as people say it."""
    assert dutch_day(SAMPLES["empty"].opened) == "3 maart 2025"
    assert dutch_day(SAMPLES["empty"].closed) == "22 juni 2025"


def test_what_both_roles_were_asked_comes_first() -> None:
    """Seeing naasten and professionals side by side is what the meeting is for; it opens the page and the text."""
    feedback = next(
        sample for sample in SAMPLES.values() if any(len(d.questions[0].ask) > 1 for d in sample.dialogues)
    )
    order = [len(dialogue.questions[0].ask) for dialogue in in_reading_order(feedback.dialogues)]
    assert order == sorted(order, reverse=True)
