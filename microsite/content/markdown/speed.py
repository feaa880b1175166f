"""Makes Python-Markdown quicker: a pattern is tried only on texts that have a substring of every match of it.

The result is the same, byte for byte; only public hooks of the library are used. See docs/decisions/speed.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HRProcessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

_INLINE = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "[",
    "image_link": "[",
    "image_reference": "[",
    "short_reference": "[",
    "short_image_ref": "[",
    "footnote": "[",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "entity": "&",
    "linebreak": "  \n",
}
"""A substring of every match of the inline pattern of this name."""

_INLINE_MARK = re.compile("|".join(map(re.escape, {*_INLINE.values(), "*", "_"})))
"""What is in every match of one of these, or of emphasis."""

_BLOCK = {
    "hashheader": "#",
    "setextheader": "\n",
    "deflist": ":",
    "quote": ">",
    "footnote": "[^",
    "reference": "]:",
}
"""The same for the pattern of a block processor."""


def speed_up(md: Markdown) -> None:
    """To be called once all extensions are registered."""
    md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
    md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
    md.parser.blockprocessors.register(_Rules(md.parser), "hr", 50)
    md.treeprocessors.register(_PlainTexts(md), "plain", 21)  # just before "inline"
    md.treeprocessors.register(_Unescape(md), "unescape", 0)
    for name, substring in _INLINE.items():
        _require(substring, md.inlinePatterns[name], "compiled_re")
    for name, substring in _BLOCK.items():
        _require(substring, md.parser.blockprocessors[name], "RE")
    md.block_level_elements = frozenset(md.block_level_elements)  # type: ignore[assignment]  # searched often


def _require(substring: str, processor: object, attribute: str) -> None:
    setattr(processor, attribute, _Pattern(substring, getattr(processor, attribute)))


class _Pattern:
    """A regular expression that is only tried on texts with a substring that every match of it has."""

    def __init__(self, substring: str, pattern: re.Pattern[str]) -> None:
        self._substring = substring
        self._pattern = pattern

    def match(self, typed: str) -> re.Match[str] | None:
        return self._pattern.match(typed) if self._substring in typed else None

    def search(self, typed: str) -> re.Match[str] | None:
        return self._pattern.search(typed) if self._substring in typed else None

    def finditer(self, typed: str, start: int = 0) -> Iterable[re.Match[str]]:
        return self._pattern.finditer(typed, start) if self._substring in typed else ()


class _Whitespace(NormalizeWhitespace):
    """Normalises only texts that need it. Line ends and control characters are dealt with before."""

    def run(self, lines: list[str]) -> list[str]:
        if any("\t" in line or line.isspace() for line in lines):
            return super().run(lines)
        return [*lines, "", ""]


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Parses only texts that may have HTML."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any("<" in line or "&" in line for line in lines) else lines


class _Rules(HRProcessor):
    """Searches a single line only when it begins as a rule does."""

    def test(self, parent: Element, block: str) -> bool:
        return ("\n" in block or block.lstrip(" ")[:1] in "-_*") and super().test(parent, block)


class _PlainTexts(Treeprocessor):
    """Tells the inline patterns which texts are plain: most cells, items and headings are."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE_MARK.search(element.text):
                element.text = AtomicString(element.text)


class _Unescape(UnescapeTreeprocessor):
    """Searches only texts that have escaped characters."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text
