"""Charts: a few figures of one kind as SVG. Pages style it by class, and show a table with the same data."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from math import ceil
from typing import Literal

from microsite.core.records import Record

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


class Column(Record):
    """A column of a chart of quarters, with the ``number`` of its quarter and its ``year``.

    ``value`` is None where nothing was counted, or where it is ``small``: below a number that is not told,
    and drawn as an open space up to there. ``shown`` is written above a ``strong`` one. ``breaks``: from here
    on it is counted otherwise.
    """

    year: int
    number: int
    value: Decimal | None
    shown: str
    small: bool = False
    strong: bool = False
    breaks: bool = False


def columns(points: Sequence[Column], small: int, write: Callable[[Decimal], str]) -> str:
    """Return the markup of a chart of quarters, from 0: no line leads over what was not counted.

    ``small`` is the number below which counts are not told, ``write`` gives a mark of the scale.
    """
    least = small if any(point.small for point in points) else 1
    step, top = _scale(max([point.value or Decimal(0) for point in points] + [Decimal(least)]))
    marks = [write(step * i) for i in range(int(top / step) + 1)]
    left = 10 * max(map(len, marks)) + 8
    right = max(5 * len(points[-1].shown) - 8, 18)  # for what is written above and below the last one
    parts = [*_marks(marks, left), *_columns(points, left, right, top, small)]
    box = f'viewBox="0 0 {WIDTH} {_BASE + 52}" aria-hidden="true" focusable="false"'
    return f'<svg class="chart chart-columns" {box}>{"".join(parts)}</svg>'


_BASE = _PLOT + 26
_LEAST = 5
"""The y of 0, and the least height of a column, so that a small one is seen."""

_FEW = 5
"""How many columns fill the width: fewer are as broad, and leave the rest empty."""


def _scale(highest: Decimal) -> tuple[Decimal, Decimal]:
    """The step between the marks of a scale, a round number, and the highest mark: two to five steps."""
    power = Decimal(10) ** (highest.adjusted() - 1)
    steps = (power * factor for factor in (1, 2, 5, 10, 20, 50))
    step = Decimal(int(next(step for step in steps if highest <= 5 * step and step >= 1)))
    return step, step * max(2, ceil(highest / step))


def _marks(marks: Sequence[str], left: int) -> Iterator[str]:
    for i, mark in enumerate(marks):
        y = _BASE - _PLOT * i / (len(marks) - 1)
        yield _text(left - 8, y + 6, mark, "end")
        yield f'<path class="chart-axis" d="M{left} {_n(y)}H{WIDTH}"/>'


def _columns(points: Sequence[Column], left: int, right: int, top: Decimal, small: int) -> Iterator[str]:
    step = (WIDTH - left - right) / max(_FEW, len(points))
    for i, point in enumerate(points):
        x, middle, width = left + step * (i + 0.15), left + step * (i + 0.5), step * 0.7
        if point.breaks:
            yield f'<path class="chart-break" d="M{_n(left + step * i)} 6V{_BASE + 26}"/>'
        value = Decimal(small) if point.small else point.value
        if value is None:
            yield _text(middle, _BASE - 4, "×", "middle")
        elif value > 0:
            height = max(_LEAST, _PLOT * float(value / top))
            name = "small" if point.small else "strong" if point.strong else "plain"
            shape = f'x="{_n(x)}" y="{_n(_BASE - height)}" width="{_n(width)}" height="{_n(height)}"'
            yield f'<rect class="chart-column chart-{name}" {shape}/>'
            if point.strong:
                yield _text(middle, _BASE - height - 6, point.shown, "middle", "chart-value")
        elif point.strong:
            yield _text(middle, _BASE - 6, point.shown, "middle", "chart-value")
        yield _text(middle, _BASE + 20, str(point.number), "middle")
    for year in sorted({point.year for point in points}):
        of_year = [i for i, point in enumerate(points) if point.year == year]
        aside = 6 if len(of_year) == 1 and len(points) > 1 else 0  # one column is narrower than its year
        x = left + step * (of_year[0] + of_year[-1] + 1) / 2 + (aside if of_year[0] else -aside)
        yield _text(x, _BASE + 44, str(year), "middle")


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
