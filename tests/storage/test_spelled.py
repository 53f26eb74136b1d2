"""A key on paper is that key again, however it was typed over, and a slip is noticed."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.keys import KEY_BYTES
from storage.spelled import MisspelledKeyError, read, spell

KEYS = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)


@given(key=KEYS, lower=st.booleans(), hyphens=st.booleans(), lines=st.booleans())
def test_a_key_survives_paper(key: bytes, lower: bool, hyphens: bool, lines: bool) -> None:
    """Capitals, hyphens, spaces, line ends and remarks do not matter to whoever types it over."""
    text = spell(key)
    text = text.lower() if lower else text
    text = text if hyphens else text.replace("-", " ")
    text = text if lines else text.replace("\n", "")
    assert read(f"# een regel erboven\n  {text}  \n\n# en eronder\n") == key


@given(key=KEYS, at=st.integers(0, 55), letter=st.sampled_from(string.ascii_uppercase + "234567"))
def test_a_wrong_letter_is_noticed(key: bytes, at: int, letter: str) -> None:
    """A key with one letter changed is refused, and never taken for another key."""
    letters = spell(key).replace("-", "").replace("\n", "")
    typed = letters[:at] + letter + letters[at + 1 :]
    if typed == letters:
        assert read(typed) == key
    else:
        with pytest.raises(MisspelledKeyError):
            read(typed)


@given(text=st.text(max_size=80))
def test_other_text_is_no_key(text: str) -> None:
    """Whatever else a file holds ends in one kind of refusal."""
    with pytest.raises(MisspelledKeyError):
        read(text)


@given(key=KEYS)
def test_a_key_fits_on_two_lines_of_groups(key: bytes) -> None:
    """Groups of four can be read aloud; no sign looks like another."""
    lines = spell(key).splitlines()
    assert [len(line.split("-")) for line in lines] == [7, 7]
    assert {len(group) for line in lines for group in line.split("-")} == {4}
    assert not set("".join(lines)) & set("0189")
