"""Letters without their accents, for addresses and for search."""

from __future__ import annotations

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

_TABLE = str.maketrans(PLAIN)


def plain(words: str) -> str:
    """Return the words in small letters, without accents and invisible signs such as soft hyphens."""
    lower = words.lower()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in decomposed if unicodedata.category(c) not in _DROPPED).translate(_TABLE)


_DROPPED = frozenset({"Mn", "Mc", "Me", "Cf"})
