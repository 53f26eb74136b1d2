"""Feedback as a page: self-contained, escaped, and the same to an ear as to an eye."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise

import pytest
from feedback_samples import LONG, SAMPLES

from bot.feedback.page import as_page

VOID = {"meta", "br", "hr", "img", "link", "input"}
LOADING = {"script", "link", "img", "iframe", "object", "embed", "audio", "video", "source", "base", "form", "a"}


class Outline(HTMLParser):
    """Reads a page: its tags, attributes and text outside <style>; every tag must be closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the tag, and what it carries."""
        self.tags.append(tag)
        self.attributes.extend(attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes the innermost open tag, which must be this one."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keeps what is there to be read."""
        if "style" not in self._open:
            self.text += data


@pytest.mark.parametrize("name", SAMPLES)
def test_it_needs_nothing_else(name: str) -> None:
    """No script, no network, no handler and no style from data: the page is the whole page."""
    page = as_page(SAMPLES[name])
    outline = Outline(page)
    assert not set(outline.tags) & LOADING
    assert not {key for key, _ in outline.attributes if key.startswith("on") or key in {"src", "href", "style"}}
    assert "url(" not in page
    assert "@import" not in page
    assert '<html lang="nl">' in page


@pytest.mark.parametrize("name", SAMPLES)
def test_headings_go_down_one_at_a_time(name: str) -> None:
    """One h1, and no level is skipped, so that the page can be walked by its headings."""
    levels = [int(tag[1]) for tag in Outline(as_page(SAMPLES[name])).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_people_wrote_is_text() -> None:
    """A team's name and people's texts can't become markup, nor turn the direction of the page."""
    odd = Outline(as_page(SAMPLES["odd name"]))
    assert '<script>alert("1")</script>' in odd.text
    assert "\u202e" not in as_page(SAMPLES["odd name"])
    sides = Outline(as_page(SAMPLES["sides"]))
    assert "Koffie <b>na</b> het gesprek & meer." in sides.text
    assert LONG in sides.text


def test_every_bar_has_its_words() -> None:
    """Next to each bar, which is hidden from a screen reader, stands the same in words."""
    page = as_page(SAMPLES["four panels"])
    steps = re.findall(
        r'<span class="steps" aria-hidden="true">(.*?)</span>\s*<span class="share">(.*?)</span>', page
    )
    assert len(steps) == page.count('class="steps"') > 20
    full = {"weinig": 1, "een deel": 2, "de meesten": 3}
    full |= {f"{low} tot {low + 20}%": low // 20 + 1 for low in range(0, 100, 20)}
    assert all(bar.count('class="on"') == full[share] for bar, share in steps)
    assert all(bar.count("<i") == (5 if "%" in share else 3) for bar, share in steps)


def test_what_is_absent_leaves_no_trace() -> None:
    """A page without texts has no place where texts would have been; an empty one tells what it takes."""
    assert "In eigen woorden" not in as_page(SAMPLES["bands"])
    assert "Gedeeld met het team" not in as_page(SAMPLES["bands"])
    empty = as_page(SAMPLES["empty"])
    assert "Wat is er nodig?" in empty
    assert "Dat zegt niets over jullie team" in empty
    assert "Hoe nu verder?" not in empty
    assert "Klein begonnen." in as_page(SAMPLES["only shared"])


def test_it_prints() -> None:
    """There are rules for A4, and none that depends on a colour being printed."""
    css = (resources.files("bot.feedback") / "feedback.css").read_text(encoding="utf-8")
    assert "size: A4" in css
    assert "break-inside: avoid" in css
