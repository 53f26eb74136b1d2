"""A release as plain text: for the terminal, and for the chat, where it is cut at the empty lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from bot.feedback.explain import LEGEND, NEXT, NOTHING_YET, how_to_read, what_it_takes
from bot.feedback.reading import AskedOf, Reading, in_reading_order, questions, under_headings, unsteered
from dialogues.dates import dutch_day
from storage.published import Quote, ReleasedDialogue
from storage.release import PublishableFeedback

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def as_text(feedback: PublishableFeedback) -> str:
    """The release in plain Dutch: blocks with an empty line between them, no markup, no line break at the end."""
    blocks = [
        f"Terugkoppeling voor {_tame(feedback.team_name)}\n"
        f"Periode {feedback.period}: {dutch_day(feedback.opened)} tot en met {dutch_day(feedback.closed)}"
    ]
    if feedback.empty:
        blocks.append(" ".join(NOTHING_YET))
        blocks.append(_listed("WAT IS ER NODIG?", what_it_takes(feedback)))
        return "\n\n".join(blocks)
    blocks.append("\n".join(how_to_read(feedback)))
    for dialogue in in_reading_order(feedback.dialogues):
        blocks.extend(_dialogue(dialogue))
    blocks.extend(_quotes("IN EIGEN WOORDEN", feedback.texts))
    blocks.extend(_quotes("GEDEELD MET HET TEAM", feedback.shared))
    blocks.append(_listed("WAT DE WOORDEN BETEKENEN", (f"{word}: {meaning}" for word, meaning in LEGEND)))
    blocks.append(_listed("HOE NU VERDER?", NEXT))
    return "\n\n".join(blocks)


def _dialogue(dialogue: ReleasedDialogue) -> Iterator[str]:
    first, *rest = questions(dialogue)
    yield f"{_tame(dialogue.title).upper()}\n{_question(first)}"
    for question in rest:
        yield _question(question)


def _question(question: AskedOf) -> str:
    lines = [f"Vraag: {_tame(question.ask)}"]
    lines.extend(f"Aan {who} vroegen we: {_tame(asked)}" for who, asked in question.also)
    for voice in question.voices:
        for reading in voice.readings:
            lines.extend(_reading(voice.who, reading))
    return "\n".join(lines)


def _reading(who: str, reading: Reading) -> Iterator[str]:
    when = f", {reading.when.lower()}" if reading.when else ""
    group = f"{who}{when} ({reading.size})"
    if reading.bars:
        yield f"{group}:"
        yield from (f"- {_tame(bar.label)}: {bar.share}" for bar in reading.bars)
    elif reading.leaning is None:
        yield f"{group}: verdeeld"
    else:
        yield f"{group}: neigt naar {_tame(reading.leaning)}"


def _quotes(heading: str, quotes: Iterable[Quote]) -> Iterator[str]:
    """One block per heading; the first also says what kind of texts these are."""
    for number, (under, texts) in enumerate(under_headings(quotes)):
        block = _listed(_tame(under), (_tame(text) for text in texts))
        yield f"{heading}\n{block}" if number == 0 else block


def _listed(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([heading, *(f"- {line}" for line in lines)])


def _tame(text: str) -> str:
    """On one line, without characters that steer the terminal or turn the line around.

    Words that run from right to left are set apart, so that they don't reorder what stands beside them.
    """
    flat = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    plain = " ".join(unsteered(flat).split())
    if any(unicodedata.bidirectional(char) in {"R", "AL"} for char in plain):
        return f"{_ISOLATE}{plain}{_END_ISOLATE}"
    return plain
