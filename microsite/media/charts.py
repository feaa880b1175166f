"""Charts: a few figures of one kind as SVG. Pages style it by class, and show a table with the same data."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

Shape = Literal["bars", "line"]
Point = tuple[str, str, Decimal]
"""Label, formatted value and value."""

# In the units of the drawing's viewBox.
WIDTH = 420
_BAR = 22  # heights
_ROW = 62
_PLOT = 150


def chart(shape: Shape, points: Sequence[Point], whole: Decimal | None = None) -> str:
    """Return the markup of a chart whose scale runs from 0 to ``whole``, or else to the highest value.

    Negative values are drawn as 0.
    """
    top = max([value for *_, value in points] + ([whole] if whole is not None else []), default=Decimal(0))
    scale = [float(max(value, Decimal(0)) / top) if top > 0 else 0.0 for *_, value in points]
    parts = _bars(points, scale) if shape == "bars" else _line(points, scale)
    height = _ROW * len(points) if shape == "bars" else _PLOT + 70
    box = f'viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false"'
    return f'<svg class="chart chart-{shape}" {box}>{"".join(parts)}</svg>'


def _bars(points: Sequence[Point], scale: Sequence[float]) -> Iterator[str]:
    for number, ((label, shown, _), share) in enumerate(zip(points, scale, strict=True)):
        y = _ROW * number
        yield _text(0, y + 20, label)
        yield _text(WIDTH, y + 20, shown, "end", "chart-value")
        yield f'<rect class="chart-ground" x="0" y="{y + 29}" width="{WIDTH}" height="{_BAR}"/>'
        yield f'<rect class="chart-mark" x="0" y="{y + 29}" width="{_n(WIDTH * share)}" height="{_BAR}"/>'


def _line(points: Sequence[Point], scale: Sequence[float]) -> Iterator[str]:
    step = (WIDTH - 96) / max(1, len(points) - 1)
    positions = [(48 + step * i, 36 + _PLOT * (1 - share)) for i, share in enumerate(scale)]
    yield f'<path class="chart-axis" d="M0 {_PLOT + 36}H{WIDTH}"/>'
    yield f'<polyline class="chart-line" points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in positions)}"/>'
    for (label, shown, _), (x, y) in zip(points, positions, strict=True):
        yield f'<circle class="chart-mark" cx="{_n(x)}" cy="{_n(y)}" r="6"/>'
        yield _text(x, y - 14, shown, "middle", "chart-value")
        yield _text(x, _PLOT + 62, label, "middle")


def _text(x: float, y: float, label: str, anchor: str = "start", name: str = "chart-label") -> str:
    return f'<text class="{name}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{html.escape(label)}</text>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
