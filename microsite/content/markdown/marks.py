"""How marks travel through the parser and the sanitiser: as one private-use character each.

Marks of running text and images are in the source, or the tree, before HTML is written, so that their place
is exact. Those of links become final only when the sanitiser asks what to write in an ``href``, so that no
mark of a link can end up anywhere else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from microsite.content.markdown.rendered import FactMark, LinkMark, Mark, RasterMark
from microsite.core.records import Record

_PENDING, _FINAL = 0xF0000, 0x100000
_MARK = re.compile("([\U000f0000-\U0010ffff])")
_INTERNAL = re.compile("[\x02\x03\ue000-\uf8ff]")
_IN_CODE = re.compile(r"<(/?)(?:code|pre)\b[^>]*>|[\U000f0000-\U000fffff]")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.S)
COUNTED = "\U000f0000-\U000fffff"
"""The characters of marks in running text, for a character class in a pattern."""


class Pending(Record):
    """A mark, what the author typed for it, and the offset of that in the source."""

    mark: Mark
    typed: str
    offset: int | None


class Marks:
    """The marks of one text while it is converted."""

    def __init__(self) -> None:
        self._pending: list[Pending] = []
        self._links: list[LinkMark] = []

    def add(self, mark: Mark, typed: str = "", offset: int | None = None) -> str:
        """The character that stands for a mark."""
        self._pending.append(Pending(mark, typed, offset))
        return chr(_PENDING + len(self._pending) - 1)

    def add_link(self, mark: LinkMark) -> str:
        """The character that stands for a mark in an ``href`` that the sanitiser lets through."""
        self._links.append(mark)
        return chr(_FINAL + len(self._links) - 1)

    def link(self, target: str) -> LinkMark | None:
        """The mark of a link, when the target is the character that stands for one."""
        if len(target) != 1 or not _MARK.match(target):
            return None
        mark = self._of(target).mark
        return mark if isinstance(mark, LinkMark) else None

    @property
    def has_blocks(self) -> bool:
        """Whether there are marks that stand between blocks before the text is parsed."""
        return any(isinstance(pending.mark, RasterMark) for pending in self._pending)

    def is_block(self, words: str) -> bool:
        """Whether a text is the character of a mark that stands between blocks, and nothing else."""
        bare = words.strip()
        pending = self._pending[ord(bare) - _PENDING] if len(bare) == 1 and _MARK.match(bare) else None
        return pending is not None and isinstance(pending.mark, RasterMark)

    def as_typed(self, value: str) -> str:
        """A value with what was typed in place of each mark, and without other characters of the program."""
        if value.isascii() and value.isprintable():
            return value
        return _INTERNAL.sub("", _MARK.sub(lambda found: self._typed(found[0]), value))

    def restore_in_code(self, markup: str) -> str:
        """HTML with what was typed in place of each mark that ended up in code."""
        if "<code" not in markup and "<pre" not in markup:
            return markup
        depth = 0

        def restored(found: re.Match[str]) -> str:
            nonlocal depth
            if found[0].startswith("<"):
                depth += -1 if found[1] else 1
                return found[0]
            return html.escape(self._typed(found[0]), quote=False) if depth else found[0]

        return _IN_CODE.sub(restored, markup)

    def facts_in_links(self, markup: str) -> Iterator[Pending]:
        """The marks of facts inside an ``<a>``: a fact becomes a link itself, and links cannot be nested."""
        if not any(isinstance(pending.mark, FactMark) for pending in self._pending):
            return
        for link in _LINK.finditer(markup):
            for character in _MARK.findall(link[1]):
                if ord(character) < _FINAL and isinstance((pending := self._of(character)).mark, FactMark):
                    yield pending

    def split(self, markup: str) -> tuple[list[str], list[Mark]]:
        """HTML cut at its marks, and the marks; without pending marks of links, which are in no ``href``."""
        pieces: list[str] = []
        marks: list[Mark] = []
        rest = ""
        for part in _MARK.split(markup):
            code = ord(part) if len(part) == 1 else 0
            if code < _PENDING:
                rest += part
                continue
            mark = self._links[code - _FINAL] if code >= _FINAL else self._of(part).mark
            if code >= _FINAL or not isinstance(mark, LinkMark):
                pieces.append(rest)
                marks.append(mark)
                rest = ""
        return [*pieces, rest], marks

    def _of(self, character: str) -> Pending:
        return self._pending[ord(character) - _PENDING]

    def _typed(self, character: str) -> str:
        known = 0 <= ord(character) - _PENDING < len(self._pending)
        return self._of(character).typed if known else ""
