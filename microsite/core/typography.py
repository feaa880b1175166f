"""Words as a typesetter would break them into lines."""

from __future__ import annotations


def bound(words: str, most: int = 18) -> str:
    """Bind the last two words of a sentence, when the last is short: it would stand on a line of its own.

    Not when they have more than ``most`` letters together, and may not fit on a line; nor in a telephone
    number.
    """
    before, _, last = words.rpartition(" ")
    sentence = before.count(" ") >= _FEW and any(map(str.isalpha, words))
    together = len(before.rpartition(" ")[2]) + len(last)
    short = len(last) <= _SHORT and together <= most
    return f"{before}\u00a0{last}" if sentence and short else words


_FEW, _SHORT = 2, 9

NARROW = 11
"""So many letters fit on a line of the narrowest phone, in a sentence that is set large."""
