"""A release as one HTML page that needs nothing else: no network, no script. Made to be read aloud and printed."""

from __future__ import annotations

from importlib import resources

from jinja2 import Environment, StrictUndefined

from bot.feedback.explain import LEGEND, NEXT, NOTHING_YET, how_to_read, what_it_takes
from bot.feedback.reading import in_reading_order, questions, under_headings, unsteered
from dialogues.dates import dutch_day
from storage.release import PublishableFeedback


def as_page(feedback: PublishableFeedback) -> str:
    """The release as a whole HTML document. Everything that people wrote is escaped."""
    here = resources.files("bot.feedback")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_unsteered,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.from_string((here / "feedback.html").read_text(encoding="utf-8"))
    return template.render(
        css=(here / "feedback.css").read_text(encoding="utf-8"),
        feedback=feedback,
        opened=dutch_day(feedback.opened),
        closed=dutch_day(feedback.closed),
        how_to_read=how_to_read(feedback),
        dialogues=[(dialogue.title, questions(dialogue)) for dialogue in in_reading_order(feedback.dialogues)],
        quotes=[
            ("In eigen woorden", "In een willekeurige volgorde.", under_headings(feedback.texts)),
            (
                "Gedeeld met het team",
                "Deze woorden gaf iemand zelf aan jullie, om te laten lezen. "
                "Ze staan er ook bij een kleine groep. Ga niet raden van wie ze zijn.",
                under_headings(feedback.shared),
            ),
        ],
        nothing_yet=NOTHING_YET,
        what_it_takes=what_it_takes(feedback),
        legend=LEGEND,
        next_steps=NEXT,
    )


def _unsteered(value: object) -> object:
    """Whatever the template is about to print, unable to turn the page around."""
    return unsteered(value) if isinstance(value, str) else value
