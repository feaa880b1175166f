"""Letters without their accents, for addresses and for search."""

from __future__ import annotations

import re
import unicodedata

PLAIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
}
"""Small letters that Unicode does not decompose, by what they are written as; ``search.js`` has these too."""


def plain(words: str) -> str:
    """Return the words in small letters, without accents and invisible signs such as soft hyphens."""
    lower = words.lower()
    if lower.isascii():
        return lower
    return _NOT_ASCII.sub(_plain_letter, unicodedata.normalize("NFKD", lower))


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_DROPPED = frozenset({"Mn", "Mc", "Me", "Cf"})


def _plain_letter(found: re.Match[str]) -> str:
    letter = found[0]
    return "" if unicodedata.category(letter) in _DROPPED else PLAIN.get(letter, letter)
