"""The number in a figure as it is written: "ruim € 1,90" is a number with a word before it."""

from __future__ import annotations

import re

_AMOUNT = r"[€$£][ \u{a0}]?\d+(?:[.,]\d+)*"
NUMBER = (
    rf"(?:{_AMOUNT} (?:en|and) {_AMOUNT}|(?:[€$£][ \u{{a0}}]?)?\d+(?:[.,]\d+)*)"
    r"(?:[ \u{a0}]?%|[ \u{a0}](?:duizend|miljoen|miljard|thousand|million|billion)\b)?"
)
"""A pattern as Typst takes it, with the amount that a number is counted in. A range of amounts is one."""

_PATTERN = re.compile(NUMBER.replace(r"\u{a0}", "\u00a0"))


def parts(figure: str) -> tuple[str, str, str] | None:
    """What stands before the first number of a figure, the number, and what it counts; None without one.

    Of "between € 1 and € 2, probably € 1.50" the range is the number.
    """
    found = _PATTERN.search(figure)
    if found is None:
        return None
    return figure[: found.start()].strip(), found[0], figure[found.end() :].lstrip(", ").strip()
