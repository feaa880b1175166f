"""The campaign's own words for the writing help: ``schrijfwijzer.yaml``, and how its phrases are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from microsite.content import schema
from microsite.content.files import Source
from microsite.core.problems import Problem
from microsite.core.records import Record, replace

Phrases = tuple[tuple[str, str], ...]
"""Phrases, each with what to write instead.

In a phrase ``*`` stands for the rest of a word, or for a beginning, and ``…`` for up to three words.
"""


class WritingGuide(Record):
    """The keys of schrijfwijzer.yaml. Abbreviations have what they mean; ``known`` ones need none."""

    cliches: Phrases = ()
    jargon: Phrases = ()
    stiff_words: Phrases = ()
    praise: Phrases = ()
    dignity: Phrases = ()
    abbreviations: Phrases = ()
    known_abbreviations: tuple[str, ...] = ()


class Match(Record):
    """A phrase as it was found, its offset, and what to write instead."""

    offset: int
    words: str
    instead: str


def read_guide(source: Source | None) -> tuple[WritingGuide, tuple[Problem, ...]]:
    """The guide of a campaign; an empty one where there is none, or none that can be read.

    What is wrong in it is told, and stops nothing: all problems are notices.
    """
    if source is None:
        return WritingGuide(), ()
    guide, _, problems = schema.load(WritingGuide, source)
    return guide or WritingGuide(), tuple(replace(problem, severity="notice") for problem in problems)


def find_phrases(phrases: Phrases, words: str, vocabulary: frozenset[str]) -> Iterator[Match]:
    """The phrases in a text, in its order; where several begin, the longest one.

    ``vocabulary`` are its different words in small letters: most phrases have one that is not there.
    """
    lowered = words.lower()
    matches = [
        Match(found.start(), found[0], instead)
        for whole, part, pattern, instead in _compiled(phrases)
        if whole <= vocabulary and part in lowered
        for found in pattern.finditer(words)
    ]
    end = 0
    for match in sorted(matches, key=lambda match: (match.offset, -len(match.words))):
        if match.offset >= end:
            end = match.offset + len(match.words)
            yield match


@lru_cache(maxsize=16)
def _compiled(phrases: Phrases) -> tuple[tuple[frozenset[str], str, re.Pattern[str], str], ...]:
    """Of each phrase: its whole words, its longest part, its pattern, and what to write instead."""
    return tuple(
        (
            frozenset(_WHOLE.findall(typed.lower())),
            max(_PART.findall(typed.lower()), key=len, default=""),
            re.compile(_pattern(typed), re.I),
            instead,
        )
        for typed, instead in phrases
    )


_WHOLE = re.compile(r"(?<![*\w])\w+(?![*\w])")
_PART = re.compile(r"\w+")


def _pattern(phrase: str) -> str:
    parts, space = [], ""
    for word in phrase.replace("...", "…").split():
        if word == "…":
            space = r"\s+(?:[\w’'-]+\s+){0,3}?"
            continue
        parts.append(space + re.escape(word).replace("'", "[’']").replace(r"\*", r"[\w’'-]*"))
        space = r"\s+"
    return rf"(?<![\w-]){''.join(parts)}(?![\w-])"
