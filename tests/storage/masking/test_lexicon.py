"""What the gate takes for everyday Dutch."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from storage.masking.lexicon import fold, lexicon, words
from storage.masking.tokens import MASK
from storage.masking.words.rebuild import ADDRESSES, COMMON, common_words

NAMES = words(
    """annelies fatima mohammed sanne kees jan piet truus sjoerd youssef hatice wim femke bianca kevin dylan mehmet
    emre shanti radjesh winston agnieszka olena yonas wytse sjeng jansen devries meijer mulder smit dekker hoekstra
    dijkstra benali yilmaz kaya kowalska nguyen zhang chen kartosen amsterdam utrecht zwolle emmeloord parnassia
    altrecht lentis arkin karin ingrid monique erwin tineke corrie joke bep riet sjaak henk ria bram gijs mark
    frank hans els ans anja ton bas rik jet puck pim tim tom ali can jasmijn amber merlijn karlijn zoe"""
)
CHAT = words(
    """mee niks bent effe ff kheb hoor medicatie begeleider crisisdienst signaleringsplan idd wrs tis nie da ge joh
    rehabilitatie dagbesteding woonbegeleiding spv'er ambulant zn mn kga houdoe bakkie appje doei haha pfff jaaa"""
)


def test_the_word_list_is_written_as_it_is_looked_up() -> None:
    """Every entry is lower case and without accents; otherwise it would never be found."""
    known = lexicon().known
    assert all(fold(word) == word for word in known)
    assert MASK not in known
    assert len(known) > 95_000


@pytest.mark.parametrize("name", sorted(NAMES))
def test_names_and_towns_are_no_everyday_words(name: str) -> None:
    """A large list of Dutch holds many names, written small; they were taken out."""
    assert not lexicon().knows(name)


@pytest.mark.parametrize("word", sorted(CHAT))
def test_chat_and_care_are_everyday_words(word: str) -> None:
    """How people type, and what care is about, stays readable."""
    assert lexicon().knows(word)


@pytest.mark.parametrize(
    "name", ["verstappen", "lammens", "karlijn", "zeldenrust", "siemens", "lindenlaan", "kerkstraat"]
)
def test_a_name_is_no_compound(name: str) -> None:
    """Two known words behind each other are known for a few safe ends only."""
    assert not lexicon().knows(name)


def test_safe_compounds_clippings_and_stretched_words_are_known() -> None:
    """Dutch makes words as it goes; what cannot name anybody is known without being listed."""
    for word in ("zorgplangesprek", "naastenochtend", "begeleider's", "nooooit", "heeeel", "ge't"):
        assert lexicon().knows(word)


def test_the_large_list_is_rebuilt_by_rule() -> None:
    """Common words stay; what is rare, short, a name, a street, or a capital elsewhere in the source does not."""
    listed = ["Linde", "linde", "wandelen", "één", "zeldzaam", "kerkstraat", "jansen", "ui", "A4", "café", "x1y"]
    frequencies = dict.fromkeys(listed, 2 * COMMON) | {"zeldzaam": COMMON / 2}
    assert common_words(listed, frequencies, frozenset({"jansen"})) == ["cafe", "een", "wandelen"]


def test_the_large_list_is_sorted_and_holds_no_streets() -> None:
    """It is what the script makes: one word a line, in order, and nothing that ends as a street does."""
    large = resources.files("storage.masking.words").joinpath("dutch.txt").read_text("utf-8").splitlines()
    assert large == sorted(set(large))
    assert not any(word.endswith(ADDRESSES) for word in large)
    assert all(re.fullmatch(r"[^\W\d_]+(['-][^\W\d_]+)*", word) for word in large)


def test_the_lists_come_with_their_licences() -> None:
    """Whoever receives the program receives the notices that the sources ask for."""
    notice = resources.files("storage.masking.words").joinpath("LICENSE.md").read_text("utf-8")
    for said in ("OpenTaal", "wordfreq", "CC BY-SA 4.0", "SUBTLEX", "revised BSD"):
        assert said in notice
