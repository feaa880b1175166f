"""Turns what is drawn from the front a little aside: in the middle it moves, at the edges it stays.

Outlines are absolute SVG paths of M, L, H, V, C, S, Q and Z. Mapping their control points is
exact enough for a head that turns thirty degrees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_PART = re.compile(r"([MLHVCSQZ])([^MLHVCSQZ]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")

Move = Callable[[float, float], tuple[float, float]]


def mapped(d: str, move: Move) -> str:
    """The outline with every point moved."""
    return "".join(_moved(d, move))


def mirrored(d: str) -> str:
    """The outline as in a mirror down the middle of the drawing."""
    return mapped(d, lambda x, y: (800 - x, y))


def aside(turn: float, most: float, half: float, nod: float = 0) -> Move:
    """A turn about the upright middle: points on it move ``most``, those ``half`` away from it do not."""

    def move(x: float, y: float) -> tuple[float, float]:
        across, down = (x - 400) / half, (y - 370) / 180
        return x + turn * most * max(0.0, 1 - across * across), y + nod * max(0.0, 1 - down * down)

    return move


def _moved(d: str, move: Move) -> Iterator[str]:
    x = y = 0.0
    for command, rest in _PART.findall(d):
        values = [float(number) for number in _NUMBER.findall(rest)]
        if command == "Z":
            yield "Z"
            continue
        if command == "H":
            points = [(value, y) for value in values]
        elif command == "V":
            points = [(x, value) for value in values]
        else:
            points = list(zip(values[::2], values[1::2], strict=True))
        x, y = points[-1]
        yield {"H": "L", "V": "L"}.get(command, command)
        yield " ".join(f"{a:.0f} {b:.0f}" for a, b in (move(*point) for point in points))
