"""From counts to words: noise, classes of size, verdicts and bands. Whole numbers only.

The numbers here were found by search, against an adversary that reads every release: docs/proofs/release.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogues.tree import DIVIDED
from storage.keys import mac

SIZES: tuple[str, ...] = ("5-14", "15-19", "20+")
"""The only three things that are ever said about the size of a group."""

SHARES: tuple[str, ...] = ("weinig", "een deel", "de meesten")
"""The bands of a group of 15 to 19, from small to large."""

FIFTHS: tuple[str, ...] = ("0-20", "20-40", "40-60", "60-80", "80-100")
"""The bands of a group of 20 or more, in percent: each with its lower edge, the last with both."""

NOISE: tuple[int, ...] = (-2, -1, -1, *[0] * 10, 1, 1, 2)
"""What an option's count is moved by, each entry as likely as any other; the length divides 256.

Wider noise hides better and makes more verdicts wrong; docs/proofs/release.md has both, for this and other
noise. Two is as far as it can reach, or five people who agree might come out as divided.
"""


def size(n: int) -> str:
    """The class of size that stands for n people.

    Raises ValueError below 5: such a group must never have come this far.
    """
    if n < 5:
        raise ValueError("a group of fewer than five is never shown")
    return SIZES[0] if n <= 14 else SIZES[1] if n <= 19 else SIZES[2]


def with_noise(
    counts: Mapping[str, int], n: int, *, key: bytes, dialogue: str, question: str, panel: int, group: str
) -> dict[str, int]:
    """Each option's count moved by one of NOISE and clamped to 0…n.

    The draw hangs on the period's key: it is the same when closing is repeated after a crash, and nobody can
    draw it again once the key is gone.
    """
    noisy: dict[str, int] = {}
    for option, count in counts.items():
        byte = mac(key, "noise", dialogue, question, panel, group, option)[0]
        noisy[option] = moved(count, NOISE[byte % len(NOISE)], n)
    return noisy


def moved(count: int, by: int, n: int) -> int:
    """A count in a group of n after this draw of the noise: never below zero, never above n."""
    return min(max(count + by, 0), n)


def verdict(noisy: Mapping[str, int], n: int) -> str:
    """The option with at least ⌈0.6 n⌉ and more than any other, else DIVIDED. For groups of 5 to 14.

    Noise can lift two options over the line together; only the strictly largest wins.
    """
    best = max(noisy.values())
    leaders = [option for option, count in noisy.items() if count == best]
    return leaders[0] if len(leaders) == 1 and best >= most(n) else DIVIDED


def bands(noisy: Mapping[str, int], n: int) -> dict[str, str]:
    """For each option the band of its count: one of SHARES for 15 to 19 people, one of FIFTHS from 20."""
    if n >= 20:
        return {option: FIFTHS[min(5 * count // n, 4)] for option, count in noisy.items()}
    return {option: _share(count, n) for option, count in noisy.items()}


def _share(count: int, n: int) -> str:
    if count <= max(1, n // 5):
        return SHARES[0]
    return SHARES[2] if count >= most(n) else SHARES[1]


def most(n: int) -> int:
    """⌈0.6 n⌉, without a float that could round to the wrong side of the line."""
    return -(-6 * n // 10)
