"""Markdown to HTML, with Python-Markdown and our extensions."""

from __future__ import annotations

import threading
from functools import cache
from typing import Protocol
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from microsite.content.markdown.extensions import (
    BlockQuotes,
    FencedCode,
    Headings,
    Layout,
    OpenedHtml,
    Quotes,
    Tables,
)
from microsite.content.markdown.footnotes import Footnotes
from microsite.content.markdown.speed import speed_up
from microsite.content.markdown.tree import Tree
from microsite.core.problems import Text


class Visitor(Protocol):
    """What gives meaning to the parsed text (see ``reader.TextVisitor``)."""

    def translate(self, sentence: Text) -> str:
        """A sentence of the program in the language of the text."""

    def visit(self, tree: Tree) -> None:
        """Changes the parsed text in place, before it is written as HTML."""


def convert(typed: str, visitor: Visitor) -> str:
    """The HTML of a text, not sanitised. Lets every exception of Python-Markdown and the visitor through."""
    with _lock:
        markdown, visit = _shared()
        visit.visitor = visitor
        try:
            html = markdown.reset().convert(typed)
        except BaseException:
            _shared.cache_clear()  # its state may be that of half a text
            raise
    return html.replace(STX, "").replace(ETX, "")  # what is left of its placeholders after odd input


_lock = threading.Lock()


@cache
def _shared() -> tuple[Markdown, VisitTree]:
    """One parser for all texts, since it takes half a millisecond to set up."""
    markdown, visit = build()
    speed_up(markdown)
    return markdown, visit


def build() -> tuple[Markdown, VisitTree]:
    """Python-Markdown with our syntax, and the step that shows the parsed text to a visitor."""
    extensions = [DefListExtension(), SaneListExtension()]  # by name would search all installed packages
    md = Markdown(extensions=extensions, output_format="html")
    md.ESCAPED_CHARS.append("|")
    footnotes = Footnotes()
    footnotes.extendMarkdown(md)
    visit = VisitTree(md, footnotes)
    md.preprocessors.register(FencedCode(md), "fenced_code_block", 25)
    md.preprocessors.register(OpenedHtml(md), "opened_html", 22)
    md.preprocessors.register(Layout(md), "layout", 15)
    md.parser.blockprocessors.register(Tables(md.parser), "table", 75)
    md.parser.blockprocessors.register(Headings(md.parser), "hashheader", 70)
    md.parser.blockprocessors.register(BlockQuotes(md.parser), "quote", 20)
    md.treeprocessors.register(Quotes(md), "quotes", 30)
    md.treeprocessors.register(visit, "visit", -10)
    return md, visit


class VisitTree(Treeprocessor):
    """Shows the parsed text to its visitor, once inline patterns and escapes are done."""

    visitor: Visitor

    def __init__(self, md: Markdown, footnotes: Footnotes) -> None:
        super().__init__(md)
        self._footnotes = footnotes

    def run(self, root: Element) -> None:
        stash = self.md.htmlStash.rawHtmlBlocks
        raw = [str(piece) for piece in stash]
        unused = self._footnotes.finish(root, self.visitor.translate)
        self.visitor.visit(Tree(root, raw, list(self._footnotes.footnotes), unused))
        stash[:] = raw
