"""Masking of free text: what a person typed goes in, and what may be kept comes out.

`gate` is the way through; `lexicon` is what it knows to be everyday Dutch, from the lists in `words/`. A text is
cut into `tokens`. What is hidden is decided in `addresses`, `numbers` (`counts` says which may stay), `names`,
`selves` and `company`; `namesakes` are everyday words that are names too, `senses` where they are plainly meant.
"""

from storage.masking.gate import LIMIT, MaskingError, clean, mask

__all__ = ["LIMIT", "MaskingError", "clean", "mask"]
