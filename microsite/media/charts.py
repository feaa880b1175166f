"""Charts: a few figures of one kind as an SVG, in the brand's colours by class. A table says the same."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

Shape = Literal["bars", "line"]
Point = tuple[str, str, Decimal]
"""What a figure is of, how it reads, and its value."""

WIDTH = 420
BAR = 22
ROW = 62
PLOT = 150
"""How high the field of a line is."""


def chart(shape: Shape, points: Sequence[Point], whole: Decimal | None = None) -> str:
    """The drawing. ``whole`` is what a full bar stands for; without it that is the highest value.

    It begins at zero, so that twice as long is twice as much. Values below zero are drawn as zero.
    """
    top = max([value for *_, value in points] + ([whole] if whole is not None else []), default=Decimal(0))
    scale = [float(max(value, Decimal(0)) / top) if top > 0 else 0.0 for *_, value in points]
    parts = _bars(points, scale) if shape == "bars" else _line(points, scale)
    height = ROW * len(points) if shape == "bars" else PLOT + 70
    box = f'viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false"'
    return f'<svg class="chart chart-{shape}" {box}>{"".join(parts)}</svg>'


def _bars(points: Sequence[Point], scale: Sequence[float]) -> Iterator[str]:
    for number, ((label, reads, _), share) in enumerate(zip(points, scale, strict=True)):
        y = ROW * number
        yield _words(0, y + 20, label)
        yield _words(WIDTH, y + 20, reads, "end", "chart-value")
        yield f'<rect class="chart-ground" x="0" y="{y + 29}" width="{WIDTH}" height="{BAR}"/>'
        yield f'<rect class="chart-mark" x="0" y="{y + 29}" width="{_n(WIDTH * share)}" height="{BAR}"/>'


def _line(points: Sequence[Point], scale: Sequence[float]) -> Iterator[str]:
    step = (WIDTH - 96) / max(1, len(points) - 1)
    spots = [(48 + step * i, 36 + PLOT * (1 - share)) for i, share in enumerate(scale)]
    yield f'<path class="chart-axis" d="M0 {PLOT + 36}H{WIDTH}"/>'
    yield f'<polyline class="chart-line" points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in spots)}"/>'
    for (label, reads, _), (x, y) in zip(points, spots, strict=True):
        yield f'<circle class="chart-mark" cx="{_n(x)}" cy="{_n(y)}" r="6"/>'
        yield _words(x, y - 14, reads, "middle", "chart-value")
        yield _words(x, PLOT + 62, label, "middle")


def _words(x: float, y: float, words: str, anchor: str = "start", name: str = "chart-label") -> str:
    return f'<text class="{name}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{html.escape(words)}</text>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
