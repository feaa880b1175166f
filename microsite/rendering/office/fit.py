"""The size of type that fits: office programs shrink a text only when somebody edits it."""

from __future__ import annotations

from collections.abc import Iterable

from microsite.core.typography import bound

_WIDTHS = {"iljI.,:;!|'’‘()[] ": 0.30, "frt-–“”/": 0.40, "mwMWQOG@%—": 0.90, "ABCDEFHJKLNPRSTUVXYZ": 0.72}
"""The widths of bold letters in ems, rather too wide: another font may take the place of the brand's."""
_OTHER = 0.60
_WIDTH = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_REGULAR = 0.9
"""The width of regular letters, of that of bold ones."""
_LINE = 1.22
"""The height of a single line in ems."""


def fit(words: str, width: int, height: int, sizes: Iterable[int], line: int = 100, bold: bool = True) -> int:
    """Return the largest of these sizes, in points, in which the words fit; the last one if none does.

    ``width`` and ``height`` are in hundredths of an inch, ``sizes`` from large to small, and ``line`` is the
    distance of lines in percents.
    """
    words = bound(" ".join(words.split()))
    across, down = width * 0.72 / (1 if bold else _REGULAR), height * 0.72
    smallest = 0
    for size in sizes:
        smallest = size
        lines = _lines(words, across / size)
        if lines and lines * size * _LINE * line / 100 <= down:
            return size
    return smallest


def _lines(words: str, width: float) -> int:
    """The number of lines of so many ems; 0 when a word is wider than a line."""
    lines, used = 1, 0.0
    for word in words.split(" "):
        length = sum(_WIDTH.get(letter, _OTHER) for letter in word)
        if length > width:
            return 0
        if used and used + _WIDTH[" "] + length > width:
            lines, used = lines + 1, 0.0
        used += length + (_WIDTH[" "] if used else 0.0)
    return lines
