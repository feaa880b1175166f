"""Figures of squares as templates show them."""

from __future__ import annotations

from typing import ClassVar

from microsite.content.markdown.rendered import RasterMark
from microsite.core.records import Record


class Raster(Record):
    """A figure of squares: what its ``signs`` mean and how often each occurs, and named ``rows``.

    Each row has the number of the sign in every square, from 1; 0 for none.
    """

    kind: ClassVar[str] = "raster"
    title: str
    column_name: str
    signs: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def raster_of(mark: RasterMark) -> Raster:
    """The figure of a mark."""
    squares = [sign for _, row in mark.rows for sign in row]
    signs = tuple((meaning, squares.count(number)) for number, meaning in enumerate(mark.signs, 1))
    return Raster(mark.title, mark.column_name, signs, mark.rows)
