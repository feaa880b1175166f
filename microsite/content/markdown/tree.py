"""The parsed text, as Python-Markdown leaves it before it is written as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, STX

from microsite.core.problems import text
from microsite.core.records import Record

TRUST = "\ue000"
"""Begins a value that the program set, as opposed to one that an author typed (see ``source.PRIVATE``)."""

CALLOUTS = {
    "tip": text("Tip"),
    "let-op": text("Mind"),
    "voorbeeld": text("Example"),
    "weetje": text("Did you know?"),
    "overnemen": text("Words to take over"),
}
"""The kinds of call-outs, by the end of their class, and the label of each."""

_UNWRAPPED = "x-lifted"  # a tag that the sanitiser does not allow, so that only its content is left


class Tree(Record):
    """A parsed text, to be changed in place.

    ``raw`` are the pieces of HTML that the author typed, for which the tree holds placeholders. ``notes`` are
    the labels of its footnotes, ``unused`` those that nothing refers to.
    """

    root: Element
    raw: list[str]
    notes: Sequence[str]
    unused: Sequence[str]

    def set(self, element: Element, name: str, value: str) -> None:
        """Sets an attribute that authors may not type themselves."""
        element.set(name, trusted(value))

    def unwrap(self, element: Element) -> None:
        """Removes the tags of an element and keeps its content."""
        element.tag = _UNWRAPPED

    def links(self) -> Iterable[Element]:
        """The links of the author, so not those to and from footnotes."""
        return [link for link in self.root.iter("a") if not link.get("href", "").startswith(TRUST)]

    def plain(self, markup: str) -> str:
        """The text that a visitor reads for a value that may hold placeholders and entities."""
        if STX in markup:
            markup = HTML_PLACEHOLDER_RE.sub(self._entity, markup.replace(AMP_SUBSTITUTE, "&"))
        return html.unescape(markup) if "&" in markup else markup

    def _entity(self, found: re.Match[str]) -> str:
        raw = self.raw[int(found[1])]
        return raw if raw.startswith("&") else ""


def trusted(value: str) -> str:
    """An attribute value that the sanitiser lets through."""
    return TRUST + value
