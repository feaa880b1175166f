"""Signs that nobody sees: texts that only seem to say something, and signs that do harm where they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from microsite.core.problems import Text, text

_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
_LOOK_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols without ink."""

_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML does not allow, so that one of them in a title ends every feed reader; and the controls of C1."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PAIRS = (("\u202a\u202b", "\u202c"), ("\u2066\u2067\u2068", "\u2069"))
_HINT = text("take the sign out, or type the line anew without copying it")


def blank(words: str) -> bool:
    """Whether there is nothing to be seen in a text."""
    return all(sign in _LOOK_BLANK or unicodedata.category(sign) in _UNSEEN for sign in words)


def without_zero_width(words: str) -> str:
    """Return a text without soft hyphens and signs of zero width, so that words can be compared."""
    return words.translate(_ZERO_WIDTH)


_ZERO_WIDTH = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")


def harmful(words: str) -> Iterator[tuple[int, Text, Text]]:
    """(offset, message, hint) for signs that no text may have: at most one of each sort for each line.

    Control characters; and signs that turn letters around, or that turn them and never turn them back. Those
    that are closed again are left alone: texts in Arabic have them.
    """
    if words.isprintable():
        return
    for line in re.finditer(r"[^\n]+", words):
        if (control := _HARMFUL.search(line[0])) is not None:
            message = text(
                "a control character, which cannot stand in a text: {sign}", sign=_name(control[0])
            )
            yield line.start() + control.start(), message, _HINT
        if (turning := _TURNING.search(line[0])) is not None and not _turned_back(line[0]):
            message = text("an invisible sign that turns letters around: {sign}", sign=_name(turning[0]))
            yield line.start() + turning.start(), message, _HINT


def _turned_back(line: str) -> bool:
    if re.search("[\u202d\u202e]", line):
        return False
    return all(sum(map(line.count, opening)) == line.count(closing) for opening, closing in _PAIRS)


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X}"
