"""Masking of free text: what a person typed goes in, and what may be kept comes out.

`gate` is the way through; `lexicon` is what it knows to be everyday Dutch; `tokens`, `names` and `numbers` are how
it reads a text. The word lists are in `words/`.
"""

from storage.masking.gate import LIMIT, MaskingError, clean, mask

__all__ = ["LIMIT", "MaskingError", "clean", "mask"]
