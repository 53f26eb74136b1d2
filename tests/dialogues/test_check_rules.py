"""What the rules on length and language let pass, and what they catch besides the example of each code."""

from __future__ import annotations

import pytest
from trees_made_up import SMALL

from dialogues.check import check
from dialogues.parse import parse


def codes(old: str, new: str) -> list[str]:
    """The codes of what the rules say of the small tree after this change."""
    return [problem.code for problem in check(parse(SMALL.replace(old, f'"{new}"'), "klein.yaml"))]


@pytest.mark.parametrize(
    "label", ["Goed 🙂", "Goed 👍🏽", "Samen 👨‍👩‍👧", "Hier 🇳🇱", "Eén 1️⃣", "Ja ❤️", "10 keer", "Zo → zo"]
)
def test_one_emoji_behind_the_words_is_fine(label: str) -> None:
    """An emoji that is made of several signs counts as one, and digits and arrows in a text are no emoji."""
    assert codes("Goed", label) == []


@pytest.mark.parametrize("label", ["👍🏽", "1️⃣ keer", "❤️ ja", "Ja ❤️👍", "Hier 🇳🇱🇧🇪", "Goed 🙂!"])
def test_other_emojis_are_refused(label: str) -> None:
    """No emoji alone, first, in the middle, or with a second one."""
    assert codes("Goed", label) == ["E216"]


def test_lengths_at_the_limit() -> None:
    """Twenty characters fit on a button and three hundred in a message; one more does not."""
    assert codes("Goed", "g" * 20) == []
    assert codes("Goed", "g" * 21) == ["E215"]
    assert codes("Dank je wel.", "d" * 300) == []
    assert codes("Dank je wel.", "d" * 301) == ["E217"]


@pytest.mark.parametrize(
    "text",
    [
        "Belde je deze week zomaar een naaste?",
        "Bel gerust zelf. Hieronder staat hoe.",
        "Hoe vaak nemen jullie contact op?",
        "Met betrekking tot morgen.",
        "Voelde jij je betrokken?",
        "Schrijf het op, en laat namen weg.",
        "Noem geen naam.",
        "Rijd je een u-bocht?",
        " ".join(["woord"] * 20) + ".",
        " ".join(["woord"] * 15) + ": " + " ".join(["woord"] * 15) + ".",
    ],
)
def test_plain_good_dutch_draws_no_remark(text: str) -> None:
    """The rules on language stay silent about wording that is fine."""
    assert codes("Wil je er iets over kwijt?", text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wat vindt U ervan?", "W401"),
        ("Wat is uw idee?", "W401"),
        ("Wie betrek je erbij?", "W402"),
        ("Hoe is het met het cliëntsysteem?", "W402"),
        ("Hoe is het met het clie\u0308ntsysteem?", "W402"),
        ("Wat is zijn naam?", "W403"),
        ("Welke diagnose is er?", "W403"),
        (" ".join(["woord"] * 21) + ".", "W404"),
        ("Hoe is het? Echt?", "W405"),
        ("Zullen we zeggen dat iemand je belt? Dan bellen we je.", "W406"),
        ("Het team neemt contact met je op.", "W406"),
        ("We nemen snel contact met je op.", "W406"),
        ("Morgen word je gebeld.", "W406"),
    ],
)
def test_wording_that_draws_a_remark(text: str, code: str) -> None:
    """Formal words, our view for theirs, names, long sentences, double questions and empty promises are seen."""
    assert codes("Wil je er iets over kwijt?", text) == [code]


def test_a_shared_text_may_promise() -> None:
    """What is shared with the team is not anonymous in the same way, so an action may follow."""
    text = SMALL.replace("Wil je er iets over kwijt?", "Deel met het team. We bellen je.")
    assert [problem.code for problem in check(parse(text, "klein.yaml"))] == ["W406"]
    shared = text.replace("    text: true", "    text: true\n    share: true")
    assert check(parse(shared, "klein.yaml")) == ()
