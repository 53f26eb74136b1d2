"""Keyed hashes: what is prepared for many calls is the same HMAC as what is made for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.keys import BLOCK, KeyedHash, mac


@given(
    key=st.binary(max_size=BLOCK),
    values=st.lists(st.lists(st.one_of(st.binary(), st.text(), st.integers())), max_size=3),
)
def test_a_prepared_hash_is_the_same_hmac(key: bytes, values: list[list[bytes | str | int]]) -> None:
    """Rows that were written under one are found under the other, call after call."""
    prepared = KeyedHash(key)
    assert [prepared(*some) for some in values] == [mac(key, *some) for some in values]


def test_a_key_longer_than_a_block_is_refused() -> None:
    """HMAC would hash such a key first: rather no row than another one."""
    with pytest.raises(ValueError, match="longer"):
        KeyedHash(b"x" * (BLOCK + 1))
