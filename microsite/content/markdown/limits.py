"""Limits on a text: what would keep a Markdown parser or a sanitiser busy for minutes is refused."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from microsite.content.markdown.source import SourceText
from microsite.core.problems import Problem, Text, text
from microsite.core.records import Record

_DEEPEST = 50


class _Limit(Record):
    """A pattern, and how often it may occur. Only what is ``suspect``, a much cheaper test, is searched."""

    pattern: re.Pattern[str]
    allowed: int
    message: Text
    hint: Text
    suspect: Callable[[SourceText], bool]


def _at_most(limit: int, mark: str, pattern: str, substring: str = "") -> _Limit:
    message = text("this text has more than {limit} times '{mark}'", limit=limit, mark=mark)
    hint, substring = text("divide it over more pages"), substring or mark

    def suspect(source: SourceText) -> bool:
        return substring in source.text and source.text.count(substring) >= limit

    return _Limit(re.compile(pattern, re.M), limit, message, hint, suspect)


_MARKS = "*_`[]()<>!#~^|\\{}&:+"
_RUNS = tuple(mark * 80 for mark in _MARKS)
_NESTED = r"(?:[ \t]*(?:[*+>-]|\d+\.)(?=[ \t>])){20}|[ \t]{80,}(?:[*+>-]|\d+\.)[ \t]"
_NESTED_BELOW = re.compile(rf"\n(?:{_NESTED})")
_LIMITS = (
    _Limit(
        re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"),
        0,
        text("there is a character that cannot be shown"),
        text("delete it, or type the words around it again"),
        lambda source: source.may_have_odd_characters,
    ),
    _Limit(
        re.compile(r"\A.{200000}(.)", re.S),
        0,
        text("this text has more than {limit} characters", limit=200_000),
        text("divide it over more pages"),
        lambda source: len(source.text) > 200_000,
    ),
    _Limit(
        re.compile(r"^.{5001}", re.M),
        0,
        text("this line has more than {limit} characters", limit=5_000),
        text("divide it into paragraphs, with an empty line between"),
        lambda source: len(source.text) > 5_000,
    ),
    _Limit(
        re.compile(rf"([{re.escape(_MARKS)}])\1{{79}}"),
        0,
        text("the same mark stands {limit} times in a row", limit=80),
        text("delete most of them"),
        lambda source: any(run in source.text for run in _RUNS),
    ),
    _Limit(
        re.compile(rf"^(?:{_NESTED})", re.M),
        0,
        text("lists and quotes are nested {limit} deep here", limit=20),
        text("take out marks or spaces at the start of the line"),
        lambda source: _NESTED_BELOW.search(f"\n{source.text}") is not None,
    ),
    # More than anyone needs, fewer than what takes a parser long.
    _at_most(1_000, "[", r"\["),
    _at_most(2_000, "<", r"<"),
    _at_most(200, "<!", r"<!"),
    _at_most(200, "<?", r"<\?"),
    _at_most(1_000, "`", r"`"),
    _at_most(500, "#", r"^#"),
    _at_most(200, ":", r"^:"),
    _at_most(200, "---", r"^[ >]*(?:[-=_*] *){3,}$", substring="\n"),
)
_OPENED = re.compile(r"<(/?)(?!(?:br|hr|img|wbr|p|li|td|th|tr|input|col)\b)[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>])")


def limit_violations(source: SourceText) -> tuple[Problem, ...]:
    """An error for each limit that a text exceeds, at the first character beyond it. Takes microseconds."""
    found: list[Problem] = []
    for limit in _LIMITS:
        if not limit.suspect(source):
            continue
        matches = limit.pattern.finditer(source.text)
        if one_more := next(itertools.islice(matches, limit.allowed, None), None):
            offset = one_more.start(one_more.lastindex or 0)
            found.append(Problem(source.place(offset), limit.message, limit.hint))
    if (offset_of_tag := _too_deep(source.text)) is not None:
        message = text("HTML is nested more than {limit} deep here", limit=_DEEPEST)
        hint = text("close the tags, or write it as Markdown")
        found.append(Problem(source.place(offset_of_tag), message, hint))
    return tuple(found)


def _too_deep(typed: str) -> int | None:
    """Offset of the tag that is nested too deeply."""
    depth = 0
    for found in _OPENED.finditer(typed) if typed.count("<") > _DEEPEST else ():
        depth = max(0, depth + (-1 if found[1] else 1))
        if depth > _DEEPEST:
            return found.start()
    return None
