"""Which texts may be shown, and under which heading. Pure; chance is an argument."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dialogues.tree import Dialogue
from storage.attributed import Shared, Words
from storage.panels import Rows
from storage.published import Quote

OTHER = "Overig"
"""The heading of texts whose own dialogue is too small to be named."""

RESPONDENTS = 10
AUTHORS = 5
"""Both must be reached before any text is shown; five texts means five authors. *Streng* changes neither."""


def texts(
    words: Iterable[Words],
    dialogues: Mapping[str, Dialogue],
    roles: Mapping[int, str],
    rows: Mapping[str, Rows],
    shuffle: random.Random,
) -> tuple[Quote, ...]:
    """The approved texts that may be shown, shuffled and without role; none when the period is too small.

    A text stands under its dialogue's title when that dialogue alone reaches both numbers, else under OTHER.
    Beside titles, OTHER says which dialogues its texts are not from: with ten professionals in one dialogue and
    one naaste in another, a single text there would be that naaste's, for certain; and five there, of the five
    naasten who were asked that other dialogue, would be one of each. So when what is left under OTHER doesn't
    reach both numbers either, no title is used and all texts stand there together.
    """
    counting = [word for word in words if _counts(word, dialogues, roles)]
    respondents: dict[str, set[int]] = {dialogue: set(people) for dialogue, people in rows.items()}
    authors: dict[str, set[int]] = defaultdict(set)
    for word in counting:
        respondents[word.dialogue].add(word.ref)
        authors[word.dialogue].add(word.ref)
    if not _enough(respondents.values(), authors.values()):
        return ()
    titled = {name for name in authors if _enough([respondents[name]], [authors[name]])}
    left = authors.keys() - titled
    if left and not _enough([respondents[name] for name in left], [authors[name] for name in left]):
        titled = set()
    return _shuffled(
        (
            Quote(dialogues[word.dialogue].title if word.dialogue in titled else OTHER, word.text)
            for word in counting
        ),
        shuffle,
    )


def shared_texts(
    shared: Iterable[Shared], dialogues: Mapping[str, Dialogue], shuffle: random.Random
) -> tuple[Quote, ...]:
    """The texts that people gave to the team: all of them, shuffled, however small the group."""
    return _shuffled(
        (
            Quote(dialogues[text.dialogue].title if text.dialogue in dialogues else OTHER, text.text)
            for text in shared
        ),
        shuffle,
    )


def _counts(word: Words, dialogues: Mapping[str, Dialogue], roles: Mapping[int, str]) -> bool:
    """Whether somebody who counts wrote this, at a question for words in a dialogue for their role."""
    dialogue = dialogues.get(word.dialogue)
    if dialogue is None or roles.get(word.ref) not in dialogue.roles:
        return False
    question = dialogue.questions.get(word.question)
    return question is not None and question.text


def _enough(respondents: Iterable[set[int]], authors: Iterable[set[int]]) -> bool:
    people: set[int] = set().union(*respondents)
    writers: set[int] = set().union(*authors)
    return len(people) >= RESPONDENTS and len(writers) >= AUTHORS


def _shuffled(quotes: Iterable[Quote], shuffle: random.Random) -> tuple[Quote, ...]:
    """In an order that hangs on chance alone: sorted first, so that nothing of the stored order is left."""
    ordered: Sequence[Quote] = sorted(quotes, key=lambda quote: (quote.under, quote.text))
    return tuple(shuffle.sample(ordered, len(ordered)))
