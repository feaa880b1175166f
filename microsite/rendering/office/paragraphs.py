"""The words of a page's text, paragraph by paragraph, for files without HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

from microsite.rendering.views import Body, FactUse, Link, Part, Slot

_BLOCKS = frozenset(
    {"p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "td", "th", "dt", "dd", "div", "br"}
)
_UNSAID = frozenset({"sup", "script", "style"})
"""Elements that are not read out: the numbers of notes among them."""


def paragraphs(body: Body, value: Callable[[str], str]) -> tuple[str, ...]:
    """The paragraphs of a text as plain words. ``value`` is what a slot says, by its name."""
    reader = _Reader()
    reader.feed("".join(_markup(part, value) for part in body.parts))
    reader.close()
    return tuple(reader.finished())


def _markup(part: Part, value: Callable[[str], str]) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Link):
        return escape(part.path)
    if isinstance(part, FactUse):
        return escape(part.fact.text)
    return escape(value(part.name)) if isinstance(part, Slot) else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._read: list[list[str]] = [[]]
        self._unsaid = 0

    def finished(self) -> list[str]:
        return [words for block in self._read if (words := " ".join("".join(block).split()))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unsaid += tag in _UNSAID
        if tag in _BLOCKS:
            self._read.append([])

    def handle_endtag(self, tag: str) -> None:
        self._unsaid -= tag in _UNSAID
        if tag in _BLOCKS:
            self._read.append([])

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self._read[-1].append(data)
