"""A small picture with dots, as SVG, without anything to install."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 30, 30, 100
GOOD, BAD, TEXT, GRID = "#1f6f8b", "#c4532d", "#333", "#ddd"


Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True)
class Dot:
    """One dot with its name; a ring around the chosen one."""

    x: float
    y: float
    name: str
    good: bool
    chosen: bool


def scatter(dots: Sequence[Dot], *, across: str, up: str, key: tuple[str, str, str]) -> str:
    """The picture: axes from zero, a grid, the dots with their names, and what colour and ring mean."""
    # Dots that all lie on an axis still need one to lie on.
    wide = max(5.0, 5 * -(-max(dot.x for dot in dots) * 1.1 // 5))
    high = max(0.5, max(dot.y for dot in dots) * 1.1)
    body = [*_axes(wide, high, across, up), *_dots(dots, wide, high), *_key(key)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    paper = '<rect width="100%" height="100%" fill="white"/>'
    return "\n".join([f'{head} font-size="12" fill="{TEXT}">', paper, *body, "</svg>", ""])


def _place(x: float, y: float, wide: float, high: float) -> tuple[float, float]:
    return (
        LEFT + x / wide * (WIDTH - LEFT - RIGHT),
        HEIGHT - BOTTOM - y / high * (HEIGHT - TOP - BOTTOM),
    )


def _axes(wide: float, high: float, across: str, up: str) -> Iterator[str]:
    for percent in range(0, int(wide) + 1, 5):
        x, y = _place(percent, 0, wide, high)
        yield f'<path d="M{x:.0f} {y:.0f}V{TOP}" stroke="{GRID}"/>'
        yield f'<text x="{x:.0f}" y="{y + 16:.0f}" text-anchor="middle">{percent}</text>'
    step = 0.5 if high < 4 else 1.0
    for tick in range(int(high / step) + 1):
        x, y = _place(0, tick * step, wide, high)
        yield f'<path d="M{x:.0f} {y:.0f}H{WIDTH - RIGHT}" stroke="{GRID}"/>'
        yield f'<text x="{x - 8:.0f}" y="{y + 4:.0f}" text-anchor="end">{tick * step:g}</text>'
    middle, below = (TOP + HEIGHT - BOTTOM) / 2, HEIGHT - BOTTOM + 36
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{below}" text-anchor="middle">{escape(across)}</text>'
    yield f'<text transform="translate(20 {middle:.0f}) rotate(-90)" text-anchor="middle">{escape(up)}</text>'


def _dots(dots: Sequence[Dot], wide: float, high: float) -> Iterator[str]:
    places = [_place(dot.x, dot.y, wide, high) for dot in dots]
    taken = [(x - 10, y - 10, x + 10, y + 10) for x, y in places]
    for dot, (x, y) in zip(dots, places, strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{GOOD if dot.good else BAD}"/>'
        if dot.chosen:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" stroke="{GOOD}" stroke-width="2"/>'
        box = next(
            box for box in _beside(x, y, 6.2 * len(dot.name)) if not any(_meet(box, other) for other in taken)
        )
        taken.append(box)
        left, _, _, bottom = box
        if abs(bottom - y) > 20:
            yield f'<path d="M{x:.0f} {y:.0f}L{left:.0f} {bottom - 4:.0f}" stroke="{GRID}"/>'
        yield f'<text x="{left:.0f}" y="{bottom - 4:.0f}" font-size="11">{escape(dot.name)}</text>'


def _beside(x: float, y: float, width: float) -> Iterator[Box]:
    """Places for a name, the nearest first: right, left, above and below, and then ever further up."""
    for away in range(0, HEIGHT, 7):
        for top in dict.fromkeys((y - 8 - away, y - 8 + away)):
            for left in (x + 12, x - 12 - width, x - width / 2):
                if left > LEFT and left + width < WIDTH and TOP - 10 < top < HEIGHT - BOTTOM - 14:
                    yield left, top, left + width, top + 14
    yield x, y, x, y  # a picture that is too full: names may meet


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _key(key: tuple[str, str, str]) -> Iterator[str]:
    y = HEIGHT - 24
    for x, colour, ring, words in (
        (LEFT, GOOD, False, key[0]),
        (LEFT + 250, BAD, False, key[1]),
        (LEFT + 570, GOOD, True, key[2]),
    ):
        yield f'<circle cx="{x}" cy="{y - 4}" r="5" fill="{colour}"/>'
        if ring:
            yield f'<circle cx="{x}" cy="{y - 4}" r="9" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield f'<text x="{x + 14}" y="{y}" font-size="11">{escape(words)}</text>'
