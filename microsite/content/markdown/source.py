"""The Markdown source of a text, and the positions in it, which Python-Markdown does not keep."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from microsite.core.problems import Place

# Private-use characters are reserved for the program: those that an author typed are taken out here, those
# spelled as character references (&#xE000;) in the sanitiser. So nobody can forge a trusted value or a mark.
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

_COMMON_BYTES = bytes(
    {*b"\t\n", *range(0x20, 0x7F), *range(0x80, 0xC0), *range(0xC3, 0xED), *range(0xF0, 0xF3)}
)
"""Bytes of UTF-8 that occur in no private-use and no control character."""

_TARGETS = (  # a substring that every match has, and the pattern
    ("](", re.compile(r"\]\(\s*<?([^\s<>)]*)")),  # [words](target or ![words](target
    ("]:", re.compile(r"^ {0,3}\[[^\]\n]*\]:[ \t]*<?([^\s<>]+)", re.M)),  # [label]: target
    ("=", re.compile(r"""\b(?:href|src)\s*=\s*["']?([^\s"'<>]+)""", re.I)),
    ("<", re.compile(r"<([a-z][a-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>", re.I)),
)
_HEADING = re.compile(  # anchored on the line end before it: a pattern that begins with a literal is fast
    r"\n(?:[ >]*(?:[*+-][ ]+|\d+\.[ ]+)?(#{2,6}(?!#)|#(?=[ \n]|$))"  # ## words
    r"|(?<=\n\n)[ >]*(?=\S).*\n[ >]*([=-])\2*[ ]*$)",  # words, underlined
    re.M,
)
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_COMMENT_OR_SPAN = re.compile(
    r"(<!--.*?-->)|(?<![`\\])(?P<marks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=marks)(?!`)", re.S
)
_FENCE = re.compile(r"([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}(?=[^`]*$)|~{3,}(?=[^~]*$))")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")


class SourceText:
    """The source of one text, with line ends as ``\\n``. Offsets count characters from 0.

    ``path`` is the file as the author knows it, ``first_line`` the line of it on which the text begins.
    """

    def __init__(self, typed: str, path: str, first_line: int) -> None:
        self.text = typed.replace("\r\n", "\n").replace("\r", "\n")
        self.path = path
        self.first_line = first_line
        self._target_uses: Counter[str] = Counter()

    def place(self, offset: int | None) -> Place:
        """Line and column in the author's file; without them when the offset is None."""
        if offset is None:
            return Place(self.path)
        line = bisect_right(self._line_starts, offset) - 1
        return Place(self.path, line + self.first_line, offset - self._line_starts[line] + 1)

    def position(self, offset: int | None) -> tuple[int, int]:
        """Line and column in the author's file; zeros when the offset is None."""
        place = self.place(offset)
        return place.line, place.column

    def next_target(self, target: str) -> int | None:
        """Offset of the next link or image with this target; of the last one once all were asked for."""
        offsets = self._targets.get(target)
        if not offsets:
            return self.find(target)
        self._target_uses[target] += 1
        return offsets[min(self._target_uses[target], len(offsets)) - 1]

    def next_heading(self, level: int) -> int | None:
        """Offset of the next heading of this level."""
        return next((offset for found, offset in self._headings if found == level), None)

    def find(self, words: str) -> int | None:
        """Offset of the first occurrence outside code and comments."""
        found = self.masked.find(words) if words else -1
        return found if found >= 0 else None

    def find_tag(self, name: str) -> int | None:
        """Offset of the first opening HTML tag of this name."""
        found = re.search(rf"<{re.escape(name)}(?![\w-])", self.masked, re.I)
        return found.start() if found else None

    @property
    def without_private(self) -> str:
        """The text with a space for each private-use character."""
        return self.text if self.first_private is None else PRIVATE.sub(" ", self.text)

    @cached_property
    def may_have_odd_characters(self) -> bool:
        """False when there are certainly no private-use or control characters: a fast check of bytes."""
        return bool(self.text.encode("utf-8", "surrogatepass").translate(None, _COMMON_BYTES))

    @cached_property
    def first_private(self) -> int | None:
        """Offset of the first private-use character."""
        found = PRIVATE.search(self.text) if self.may_have_odd_characters else None
        return found.start() if found else None

    @cached_property
    def unclosed_fence(self) -> int | None:
        """Offset of a fenced code block that is never closed."""
        lines = self.text.split("\n") if _may_have_fences(self.text) else []
        return next((self._line_starts[fence.first] for fence in fences(lines) if not fence.closed), None)

    @cached_property
    def masked(self) -> str:
        """The text with code and comments replaced by spaces, so that offsets stay the same."""
        masked = self.without_fences
        if "`" in masked:
            masked = _SPAN.sub(_blank, masked)
        return _COMMENT.sub(_blank, masked) if "<!--" in masked else masked

    @cached_property
    def without_code(self) -> str:
        """The text with code replaced by spaces, not that within comments."""
        typed = self.without_fences
        return _COMMENT_OR_SPAN.sub(lambda found: found[1] or _blank(found), typed) if "`" in typed else typed

    @cached_property
    def without_fences(self) -> str:
        """The text with fenced code blocks replaced by spaces."""
        if not _may_have_fences(self.text):
            return self.text
        lines = self.text.split("\n")
        for fence in fences(lines):
            fenced = slice(fence.first, fence.last + 1)
            lines[fenced] = [" " * len(line) for line in lines[fenced]]
        return "\n".join(lines)

    @cached_property
    def _headings(self) -> Iterator[tuple[int, int]]:
        """Level and offset of each heading that was not asked for yet."""
        for found in _HEADING.finditer(f"\n\n{self.masked}"):
            if found[1]:
                yield len(found[1]), found.start(1) - 2
            else:
                yield " =-".index(found[2]), found.start() - 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return [*itertools.accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0)]

    @cached_property
    def _targets(self) -> dict[str, list[int]]:
        """The offsets of each target of a link or image."""
        offsets: dict[str, list[int]] = {}
        patterns = [pattern for substring, pattern in _TARGETS if substring in self.masked]
        matches = [found for pattern in patterns for found in pattern.finditer(self.masked)]
        end = 0
        for found in sorted(matches, key=lambda found: found.start()):
            if found.start() >= end:
                offsets.setdefault(found[1], []).append(found.start(1))
                end = found.end()
        return offsets


class Fence(NamedTuple):
    """A fenced code block: its first and last line, counted from 0, and whether it has an end.

    ``indent`` is how many characters stand before it: spaces, or the mark of the item that it begins.
    """

    first: int
    last: int
    closed: bool
    indent: int


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """The fenced code blocks of a text."""
    opened, mark, indent = -1, "", 0
    for number, line in enumerate(lines):
        if opened < 0:
            if "```" not in line and "~~~" not in line:
                continue
            if (found := _FENCE.match(line)) and _may_begin_fence(lines[:number], found[1]):
                opened, mark, indent = number, found[2], len(found[1])
        elif (bare := line.strip()).startswith(mark) and not bare.strip(mark[0]):
            yield Fence(opened, number, closed=True, indent=indent)
            opened = -1
    if opened >= 0:
        yield Fence(opened, len(lines) - 1, closed=False, indent=indent)


def _may_begin_fence(above: Sequence[str], indentation: str) -> bool:
    """Whether a fence may be indented so: what is indented by four spaces is code, unless in an item."""
    width = _width(indentation)
    if width < 4:
        return True
    for line in reversed(above):
        if line.strip() and (outer := _width(line)) < width:
            if _ITEM.match(line):
                return True
            width = outer
        if width == 0:
            break
    return False


def _width(line: str) -> int:
    """The indentation of a line in columns."""
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


def _may_have_fences(typed: str) -> bool:
    return "```" in typed or "~~~" in typed


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
