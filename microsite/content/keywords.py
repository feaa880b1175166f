"""Words that people type in search: ``keywords`` of a page and of help lines, and ``synonyms``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microsite.content.markdown.rendered import tokenize
from microsite.core.problems import Place, Problem, text

LONGEST = 40
"""The most characters of a keyword: what is longer is a sentence, and nobody types it so."""


def keyword_problems(keywords: Iterable[str], places: Iterable[Place]) -> Iterator[Problem]:
    """What is wrong with keywords, each at its place."""
    seen: set[tuple[str, ...]] = set()
    for keyword, place in zip(keywords, places, strict=True):
        words = tuple(tokenize(keyword))
        if not words:
            yield Problem(place, text("nobody can find '{word}'", word=keyword), _LETTERS)
        elif len(keyword) > LONGEST:
            message = text("this keyword has {count} characters", count=len(keyword))
            yield Problem(place, message, _SHORT, "warning")
        elif words in seen:
            yield Problem(place, text("'{word}' stands here twice", word=keyword), _ONCE, "warning")
        seen.add(words)


_LETTERS = text("search looks at words of two letters or digits and more")
_SHORT = text("write what people type: a word, or a few; make a list of it")
_ONCE = text("take one of them away; capitals and accents make no difference")
