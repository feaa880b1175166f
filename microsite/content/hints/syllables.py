"""The number of syllables of Dutch words, by their spelling.

Dutch spells each syllable with one group of vowels, and separates with a diaeresis (``cliënt``) what would be
read as one. What it does not tell apart, and words that are spelled as in English, are listed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NUCLEUS = re.compile(
    r"aai|ooi|oei|ieuw?|eeuw?|eau"
    r"|aa|ee|ëe|ïe|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|ai|oi(?!e)"
    r"|[aeiouyàáâäèéêëìíîïòóôöùúûü]"
)
_CONSONANT_Y = re.compile(r"\by(?=[aeiou])|(?<=[aeou])y(?=[aeou])")
_APART = (  # spelled as one group, said as two
    ("useum", "use-um"),
    ("oleum", "ole-um"),
    ("ceum", "ce-um"),
    ("geuit", "ge-uit"),
)
_LOANED = (  # spelled as in English or French: each with as many vowels as it has syllables
    ("website", "websit"),
    ("offline", "offlin"),
    ("online", "onlin"),
    ("deadline", "dedlin"),
    ("facebook", "fesbuk"),
    ("freelance", "frilens"),
    ("intake", "intek"),
    ("update", "updet"),
    ("coach", "koch"),
    ("team", "tim"),
    ("game", "gem"),
    ("quote", "kwot"),
    ("tweets", "twits"),
    ("live", "lif"),
    ("place", "ples"),
    ("queue", "kju"),
)
_WHOLE = {"site": 1, "sites": 1, "date": 1, "like": 1, "likes": 1, "fake": 1, "skate": 1, "timeline": 2}


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables a word has; at least one. Letters that are said one by one (``ggz``) count each."""
    if word.isupper() and 1 < len(word) <= _LONGEST_INITIALISM:
        return len(word)
    plain = word.lower().replace("’", "'")
    if plain in _WHOLE:
        return _WHOLE[plain]
    for spelled, said in (*_APART, *_LOANED):
        if spelled in plain:
            plain = plain.replace(spelled, said)
    plain = _CONSONANT_Y.sub("j", plain.replace("qu", "kw"))
    found = len(_NUCLEUS.findall(plain))
    return found or (len(plain) if 1 < len(plain) <= _LONGEST_INITIALISM and plain.isalpha() else 1)


_LONGEST_INITIALISM = 5
