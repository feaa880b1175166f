"""Drawings of one figure: as many pieces of paper as there are, a part of a whole, or money in strips.

A chart compares figures; a drawing shows how much one figure is. Pages style both by the same classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

Kind = Literal["share", "count", "money"]
Mark = Literal["square", "person", "house", "sheet"]

MOST = 100
"""The largest number of marks that can be taken in at one look."""
MOST_MONEY = 6
"""The largest amount, in times the amount that went in."""

# In the units of the drawing's viewBox.
WIDTH = 240
_LEAST = 160  # so that a few marks are not larger than many
_CELL = 20.0
_BAR = 28
_STRIP = 9  # one tenth of what went in: ten of them make a stack
_COLUMN = 70

# As cut by hand: how far the corners of a piece are off, one after the other.
_OFF = (0.0, 0.7, -0.6, 0.4, -0.8, 0.9, -0.3, 0.5, -0.9, 0.2, 0.8)


def draw(kind: Kind, value: Decimal, of: Decimal | None, each: Decimal, mark: Mark) -> str:
    """Return the markup of a drawing of ``value``, which ``of`` is the whole of, or what was put in.

    A share is drawn in marks where both are whole numbers up to ``MOST``, and as a bar elsewhere.
    """
    if kind == "money":
        width, height, parts = _money(float(value / (of or 1)))
    elif kind == "count":
        width, height, parts = _marks(round(value / each), round(value / each), mark)
    elif of is not None and is_in_marks(value, of):
        width, height, parts = _marks(int(value), int(of), mark)
    else:
        width, height, parts = WIDTH, _BAR, _bar(float(value / (of or 100)))
    box = f'viewBox="0 0 {_n(width)} {_n(height)}" aria-hidden="true" focusable="false"'
    return f'<svg class="drawing" {box}>{"".join(parts)}</svg>'


def is_in_marks(value: Decimal, of: Decimal) -> bool:
    """Whether a share can be drawn as so many of so many marks."""
    return value == int(value) and of == int(of) and of <= MOST


def _marks(filled: int, total: int, mark: Mark) -> tuple[float, float, Iterator[str]]:
    columns = _columns(total)
    spots = [(_CELL * (i % columns), _CELL * (i // columns), _OFF[i % len(_OFF)]) for i in range(total)]
    shapes = [_SHAPES[mark](x, y, off) for x, y, off in spots]
    drawn = (("chart-mark", shapes[:filled]), ("chart-ground", shapes[filled:]))
    rows = -(-total // columns)
    parts = (f'<path class="{name}" d="{"".join(paths)}"/>' for name, paths in drawn if paths)
    return max(_LEAST, _CELL * columns), _CELL * rows, parts


def _columns(total: int) -> int:
    """How many marks stand in a row: all of a few, and of more as many as leave no row half empty."""
    if total <= 12:
        return max(1, total)
    return min(range(7, 21), key=lambda columns: (-total % columns, abs(columns - 10)))


def _square(x: float, y: float, off: float) -> str:
    return f"M{_n(x + 1 + off)} {_n(y + 1)}l16 {_n(off)} {_n(-off)} 16 -16 {_n(-off)}z"


def _person(x: float, y: float, off: float) -> str:
    head = f"M{_n(x + 5 + off / 2)} {_n(y + 5)}a4.2 4.2 0 1 1 0 .1z"
    return f"{head}M{_n(x + 1)} {_n(y + 19)}l{_n(1.5 + off)} -9h12l{_n(2.5 - off)} 9z"


def _house(x: float, y: float, off: float) -> str:
    roof = f"M{_n(x + 1)} {_n(y + 9)}l{_n(8 + off)} -8 {_n(8 - off)} 8"
    return f"{roof}v9h-6v-5h-4v5h-6z"


def _sheet(x: float, y: float, off: float) -> str:
    return f"M{_n(x + 3 + off / 2)} {_n(y + 1)}h8l5 5v12h-13z"


_SHAPES = {"square": _square, "person": _person, "house": _house, "sheet": _sheet}


def _bar(share: float) -> Iterator[str]:
    yield f'<rect class="chart-ground" width="{WIDTH}" height="{_BAR}"/>'
    yield f'<path class="chart-mark" d="M0 0H{_n(WIDTH * share)}l-1 {_BAR}H0z"/>'


def _money(times: float) -> tuple[float, float, Iterator[str]]:
    """Two stacks of strips of a tenth: what went in, and what came out."""
    height = max(10.0, times * 10) * _STRIP
    stacks = (("chart-ground", 0, 10.0), ("chart-mark", _COLUMN + 20, times * 10))
    drawn = (
        f'<path class="{name}" d="{"".join(_strips(left, strips, height))}"/>'
        for name, left, strips in stacks
    )
    return 2 * _COLUMN + 28, height, drawn


def _strips(left: float, strips: float, height: float) -> Iterator[str]:
    number = 0
    while strips - number > 0.001:
        part = min(1.0, strips - number)
        off = 3 * _OFF[(number + int(left)) % len(_OFF)]
        bottom = height - number * _STRIP
        thick = (_STRIP - 2) * part
        yield f"M{_n(left + 3 + off)} {_n(bottom)}v{_n(-thick)}h{_COLUMN}v{_n(thick)}z"
        number += 1


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
