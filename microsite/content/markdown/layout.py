"""Lists and tables as people lay them out, rewritten to the layout that Python-Markdown reads.

CommonMark, and so most programs that people know, lets a list begin directly under a line of text, and an
item be nested by the width of the mark above it. Python-Markdown wants an empty line and four spaces, and
prints the marks otherwise. What is rewritten, and what is left alone, is in docs/decisions/markdown.md.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from markdown.util import STX

from microsite.core.records import Record

INDENT = 4
"""The spaces by which Python-Markdown nests."""

ITEM = re.compile(r"([ ]*)(?:([-*+])|(\d{1,9})([.)]))[ ]+(?=\S)")
"""The mark of an item of a list: its indentation, and its bullet, or its number and what is behind that."""

_NO_BREAK = re.compile(r"\n([ ]*(?:[-*+]|\d{1,9}[.)])[ ]*)([\u00a0\u202f]+)")
"""A no-break space behind the mark of an item, as word processors put it there."""

_LINE_OF_ITEM = re.compile(r"\n[ ]*(?:[-*+]|\d{1,9}[.)])[ ]")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,}|=+[ ]*)$")
_HEADING = re.compile(r"[ ]{0,3}(?:#{2,6}(?!#)|#(?:[ ]|$))")
_ROW_OF_DASHES = re.compile(r"[ ]*\|?(?:[ ]*:?-+:?[ ]*\|)+(?:[ ]*:?-+:?)?[ ]*$")
_ENDED = re.compile(r"[.:;!?\u2026][\"'\u2019\u201d\u00bb)*_]*$")
_DASH_WITHIN = re.compile(r"[ ][-\u2013\u2014](?:[ ]|$)")
_MARKS = frozenset("-*+0123456789")
_NO_PROSE = _MARKS | frozenset(f" #=_{STX}")  # what begins other lines than those of prose
_MOST = 999  # what is numbered higher is a year


class _Open(Record):
    """An item that lines may belong to: the indentation of its mark, as it was typed."""

    indent: int
    numbered: bool


def lay_out(lines: Sequence[str]) -> list[str]:
    """The lines with lists and tables as Python-Markdown reads them. What it reads well stays the same.

    To be called with the lines of one container, the document or a quote, once code and HTML are out of it.
    """
    typed = "\n".join(["", *lines, ""])
    if "\u00a0" in typed or "\u202f" in typed:
        typed = _NO_BREAK.sub(lambda found: f"\n{found[1]}{' ' * len(found[2])}", typed)
        lines = typed[1:-1].split("\n")
    if "|" in typed or "\\\n" in typed or _LINE_OF_ITEM.search(typed):
        return _Layout(lines).run()
    return list(lines)


class _Layout:
    """One walk over the lines of a container."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._kept: list[str] = []
        self._open: list[_Open] = []
        self._separate = True  # whether a block may begin here: behind an empty line, a heading or HTML
        self._in_table = False
        self._in_paragraph = False  # of an item, behind its first
        self._block_depth = 0  # that of the first line of this block: Python-Markdown takes it off all others
        self._numbers: dict[int, int] = {}  # the last number at each depth
        self._bullets: set[int] = set()  # the depths that have a list with bullets

    def run(self) -> list[str]:
        for number, line in enumerate(self._lines):
            if not line or line.isspace():
                self._kept.append(line)
                self._separate, self._in_table, self._in_paragraph = True, False, False
            elif not self._open and line[0] not in _NO_PROSE and "|" not in line and line[-1] != "\\":
                self._separate_from_table()
                self._kept.append(line)
                self._separate = False
            else:
                self._read(number, line)
        return self._kept

    def _read(self, number: int, line: str) -> None:
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if not self._open and indent >= INDENT and self._separate:
            self._kept.append(line)  # code, until a line that is not indented
            return
        if "|" in bare:
            if not self._in_table and self._begins_table(number):
                self._separate_block()
                self._in_table = bare[0] == "|"
        else:
            self._separate_from_table()
        rule = bare[0] in "-*_=" and _RULE.match(line) is not None
        item = ITEM.match(line) if bare[0] in _MARKS and not rule else None
        if item and (found := self._item(number, item)) is not None:
            self._kept.append(found)
            self._separate = self._in_paragraph = False
            return
        self._kept.append(self._other(line, indent, rule))
        self._separate = rule or bare[0] == STX or (bare[0] == "#" and _HEADING.match(line) is not None)

    # ── lists ──

    def _item(self, number: int, item: re.Match[str]) -> str | None:
        """The line of an item, at its depth; None for a line that only looks like one."""
        indent, ordered = len(item[1]), item[3] is not None
        depth = self._depth(indent)
        beyond = indent - self._open[depth - 1].indent if depth else indent
        if beyond >= 2 * INDENT and self._separate:
            return None  # code within the item
        if not self._belongs(depth, item) or self._in_paragraph:
            certain = self._is_next(depth, item) or self._begins_list(number, item)
            if not certain or (not self._open and indent >= INDENT and self._within_note(number)):
                return None
            self._separate_block()
        elif depth < self._block_depth:
            self._separate_block()
        if self._separate:
            self._block_depth = depth
        self._open[depth:] = [_Open(indent, ordered)]
        if ordered:
            self._numbers[depth] = int(item[3])
        else:
            self._bullets.add(depth)
        line = self._lines[number]
        if item[4] == ")":
            line = f"{line[: item.start(4)]}.{line[item.end(4) :]}"
        return _indented(line, indent, depth)

    def _within_note(self, number: int) -> bool:
        """Whether the block above is a note or an explanation, to which lines with four spaces belong."""
        above = itertools.takewhile(str.strip, reversed(self._lines[:number]))
        return self._separate or any(line.startswith(("[^", ":")) for line in above)

    def _belongs(self, depth: int, item: re.Match[str]) -> bool:
        """Whether an item continues an open list, or begins one within the item above it."""
        if depth >= len(self._open):
            return depth > 0
        same = self._open[depth].numbered == (item[3] is not None)
        return same or (self._separate and item[4] != ")")

    def _is_next(self, depth: int, item: re.Match[str]) -> bool:
        """Whether an item is the next of an open list, behind text or another list within that."""
        if depth >= len(self._open):
            return False
        if item[3]:
            return int(item[3]) == self._numbers.get(depth, 0) + 1
        return depth in self._bullets

    def _depth(self, indent: int) -> int:
        """In how many open items a mark with this indentation is."""
        return next((i for i, item in enumerate(self._open) if indent < item.indent + 2), len(self._open))

    def _begins_list(self, number: int, item: re.Match[str]) -> bool:
        """Whether a list begins at this item: certainly so, where it stands directly under text.

        A line of prose may begin with a dash, or with the number that a sentence ends with. Two such lines
        do not, nor does one that follows on the end of a sentence.
        """
        if self._separate and item[4] != ")":
            return True
        value = int(item[3] or 1)
        if value > _MOST:
            return False
        above = "" if self._separate else self._lines[number - 1].rstrip()
        ended = _ENDED.search(above) is not None
        following = self._following(number, item)
        if following and int(following[3] or value) in (value, value + 1):
            return ended or not (_has_dashes(item) and _has_dashes(following))
        if value > 1 or not (ended or self._open):
            return False
        return above[-1:] == ":" or not _has_dashes(item)

    def _following(self, number: int, item: re.Match[str]) -> re.Match[str] | None:
        """The next item of the same list, when no other text is between; itself when a list is in it."""
        for line in self._lines[number + 1 :]:
            if line and not line.isspace():
                found = ITEM.match(line)
                if found and len(found[1]) >= len(item[1]) + 2:
                    return item  # one within it
                if found:
                    return found if (found[2], found[4]) == (item[2], item[4]) else None
                if not found and line[0] != " ":
                    return None
            elif not self._separate:  # directly under text, the list has to be one block
                return None
        return None

    def _other(self, line: str, indent: int, rule: bool) -> str:
        """A line that begins no item: text, which may belong to one."""
        if self._separate and self._open:
            depth = self._depth(indent)
            del self._open[depth:]
            self._in_paragraph, self._block_depth = depth > 0, depth
            if not depth:
                self._numbers.clear()
                self._bullets.clear()
            if 0 < indent < depth * INDENT:
                return _indented(line, indent, depth)
        elif self._open and indent < 2 and (rule or _HEADING.match(line)):
            self._separate_block()
            self._open.clear()
        if line[-1] == "\\" and line[-2:] != "\\\\":  # a line break, as CommonMark has it
            return f"{line[:-1]}  "
        return line

    # ── tables ──

    def _begins_table(self, number: int) -> bool:
        below = self._lines[number + 1] if number + 1 < len(self._lines) else ""
        return "|" in below and _ROW_OF_DASHES.match(below) is not None

    def _separate_from_table(self) -> None:
        if self._in_table:
            self._separate_block()
            self._in_table = False

    def _separate_block(self) -> None:
        """An empty line, unless there is one."""
        if not self._separate:
            self._kept.append("")
            self._separate = True


def _has_dashes(item: re.Match[str]) -> bool:
    """Whether the mark can be the first of two dashes, as in: - he said -."""
    return _DASH_WITHIN.search(item.string, item.end()) is not None


def _indented(line: str, indent: int, depth: int) -> str:
    """A line that is indented for this depth. Up to three spaces more are the author's own."""
    if depth * INDENT <= indent < (depth + 1) * INDENT:
        return line
    return " " * (depth * INDENT) + line[indent:]
