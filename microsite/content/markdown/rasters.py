"""A figure of squares, typed as YAML: such as the doors of a flat, some of which have a sticker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.content.markdown.rendered import RasterMark
from microsite.content.schema import validate
from microsite.content.tree import key_positions
from microsite.core.problems import InvalidFile, Place, Problem, errors, text
from microsite.core.records import Record

EMPTY = "."
WIDEST, HIGHEST, MOST_SIGNS = 12, 30, 2
"""What a phone shows without scrolling sideways, and a sheet of paper; and the signs that are drawn."""

OPENING = re.compile(r"([ \t]*)(?:`{3,}|~{3,})[ \t]*raster[ \t]*$", re.I | re.M)
"""The first line of such a block; the group is its indentation."""


class Raster(Record):
    """What an author types. ``signs`` are what the signs of squares mean, ``rows`` the squares of each row.

    The first sign is what the figure is about. ``column`` is what a square in a row is called.
    """

    title: str
    signs: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    column: str = ""


def read_raster(typed: str, place: Place) -> tuple[RasterMark | None, tuple[Problem, ...]]:
    """The figure of a block, whose text begins at ``place``; None with a problem that is an error."""
    from microsite.content import yaml  # imports PyYAML, which most texts do without

    try:
        tree = yaml.parse(typed, place.path, place.line)
    except InvalidFile as error:
        return None, (error.problem,)
    validated = validate(Raster, tree)
    raster = validated.record
    if raster is None or errors(validated.problems):
        return None, validated.problems
    places = dict(key_positions(tree))
    problems = (*validated.problems, *_problems(raster, places))
    if errors(problems):
        return None, problems
    numbers = {EMPTY: 0, **{sign: i for i, (sign, _) in enumerate(raster.signs, 1)}}
    rows = tuple((name, tuple(numbers[sign] for sign in squares(row))) for name, row in raster.rows)
    meanings = tuple(meaning for _, meaning in raster.signs)
    return RasterMark(raster.title, raster.column, meanings, rows, place.line), problems


def squares(row: str) -> str:
    """The signs of a row; spaces between them are for the eye."""
    return "".join(row.split())


def _problems(raster: Raster, places: dict[str, Place]) -> Iterator[Problem]:
    if len(raster.signs) > MOST_SIGNS:
        yield Problem(places["signs"], text("a raster has {most} signs at most", most=MOST_SIGNS))
    if len(raster.rows) > HIGHEST:
        yield Problem(places["rows"], text("a raster has {most} rows at most", most=HIGHEST))
    used = "".join(squares(row) for _, row in raster.rows)
    for sign, _ in raster.signs:
        place = places[f"signs.{sign}"]
        if len(sign) != 1 or sign == EMPTY:
            yield Problem(place, text("'{sign}' is not one sign", sign=sign), _ONE_SIGN)
        elif sign not in used:
            yield Problem(place, text("no square has the sign '{sign}'", sign=sign), None, "warning")
    known, width = {EMPTY, *dict(raster.signs)}, len(squares(raster.rows[0][1])) if raster.rows else 0
    for name, row in raster.rows:
        yield from _row_problems(squares(row), width, known, places[f"rows.{name}"])


def _row_problems(row: str, width: int, known: set[str], place: Place) -> Iterator[Problem]:
    if len(row) != width:
        message = text("this row has {count} squares, and the first has {width}", count=len(row), width=width)
        yield Problem(place, message, text("give every row as many; '.' is a square with nothing in it"))
    elif width > WIDEST:
        message = text("this row has {count} squares: more than a phone can show", count=width)
        yield Problem(place, message, text("make it {most} at most", most=WIDEST))
    for sign in sorted({*row} - known):
        yield Problem(place, text("'{sign}' is no sign of this raster", sign=sign), _SAY_WHAT)


_ONE_SIGN = text("choose a letter, such as x; '.' is a square with nothing in it")
_SAY_WHAT = text("write under 'signs' what it means, or '.' for a square with nothing in it")
