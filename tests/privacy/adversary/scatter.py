"""A small picture with dots, as SVG, without anything to install."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 30, 30, 100
GOOD, BAD, TEXT, GRID = "#1f6f8b", "#c4532d", "#333", "#ddd"


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
    wide, high = 5 * -(-max(dot.x for dot in dots) * 1.1 // 5), max(dot.y for dot in dots) * 1.1
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
    taken: list[tuple[float, float]] = []
    for dot in sorted(dots, key=lambda dot: (dot.y, dot.x)):
        x, y = _place(dot.x, dot.y, wide, high)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{GOOD if dot.good else BAD}"/>'
        if dot.chosen:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" stroke="{GOOD}" stroke-width="2"/>'
        line = y + 4
        while any(abs(line - other) < 13 and abs(x - start) < 200 for start, other in taken):
            line -= 13
        taken.append((x, line))
        at, anchor = (x - 12, "end") if x > WIDTH * 0.7 else (x + 12, "start")
        name = escape(dot.name)
        yield f'<text x="{at:.0f}" y="{line:.0f}" text-anchor="{anchor}" font-size="11">{name}</text>'


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
