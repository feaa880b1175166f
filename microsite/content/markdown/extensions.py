"""The processors and extensions of Python-Markdown by which our syntax differs from its default."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from microsite.content.markdown.layout import lay_out
from microsite.content.markdown.source import fences
from microsite.content.markdown.tree import CALLOUTS, trusted
from microsite.core.typography import NARROW, bound


class FencedCode(Preprocessor):
    """Fenced code in one pass over the lines (that of Python-Markdown is quadratic, and imports Pygments)."""

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        position = 0
        for first, last, closed, indent in fences(lines):
            rows = lines[first + 1 : last if closed else last + 1]
            code = "\n".join(row[min(indent, len(row) - len(row.lstrip(" "))) :] for row in rows)
            block = f"<pre><code>{html.escape(code.rstrip())}\n</code></pre>"
            before = lines[first][:indent]
            separator = [] if before.strip() else [""]
            kept += [*lines[position:first], *separator, before + self.md.htmlStash.store(block), ""]
            position = last + 1
        return kept + lines[position:]


class OpenedHtml(Preprocessor):
    """Markdown within ``<details>`` and other tags that hold blocks, where HTML does not follow at once.

    Each tag becomes a piece of its own, so that what is between them is read as the rest of the text.
    """

    _TAGS = "details|div|section|aside"
    _TAG = re.compile(
        rf"^(?P<indent>[ ]{{0,3}})<(?P<opened>{_TAGS})\b[^<>]*>"
        r"(?:\s*<summary\b[^<>]*>(?:(?!\n[ ]*\n).)*?</summary>)?"
        r"(?P<markdown>(?=[ ]*\n[ ]*\n)|(?!\s*<|[ ]*\n[ ]{4}))?"
        rf"|</(?P<closed>{_TAGS})>[ ]*$",
        re.M | re.S | re.I,
    )

    def run(self, lines: list[str]) -> list[str]:
        if not any("</" in line for line in lines):
            return lines
        typed = "\n".join(lines)
        kept: list[str] = []
        position = 0
        inside: list[
            tuple[str, str | None]
        ] = []  # the tags that are open, each with its indentation if it is split
        for found in self._TAG.finditer(typed):
            if tag := found["opened"]:
                splits = found["markdown"] is not None and all(indent is not None for _, indent in inside)
                inside.append((tag.lower(), found["indent"] if splits else None))
                indent = inside[-1][1]
            elif inside and inside[-1][0] == found["closed"].lower():
                indent = inside.pop()[1]
            else:
                continue
            if indent is not None:
                mark = self.md.htmlStash.store(found[0].strip())
                kept += typed[position : found.start()], f"\n\n{indent}{mark}\n\n"
                position = found.end()
        return "".join([*kept, typed[position:]]).split("\n")


class Layout(Preprocessor):
    """Lists and tables under a line of text, and lists that are nested by two or three spaces."""

    def run(self, lines: list[str]) -> list[str]:
        return lay_out(lines)


class Headings(HashHeaderProcessor):
    """A heading; with one ``#`` it needs a space, so that a hashtag at the start of a line stays text."""

    RE = re.compile(
        r"(?:^|\n)[ ]{0,3}(?P<level>#{2,6}(?!#)|#(?=[ \n]|$))"
        r"(?P<header>(?:\\.|[^\\#\n]|#+(?=[^#\n]))*?)#*(?:\n|$)"
    )


class BlockQuotes(BlockQuoteProcessor):
    """Two quotes with an empty line between them are two; Python-Markdown would join them.

    Code and lists in them are read as in the text around them.
    """

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._fenced_code = FencedCode(parser.md)

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = self.RE.search(block)
        start = found.start() if found else 0
        self.parser.parseBlocks(parent, [block[:start]])
        lines = [self.clean(line) for line in block[start:].split("\n")]
        self.parser.state.set("blockquote")
        lines = lay_out(self._fenced_code.run(lines))
        self.parser.parseChunk(SubElement(parent, "blockquote"), "\n".join(lines).rstrip("\n"))
        self.parser.state.reset()


class Tables(TableProcessor):
    """Tables in a ``div`` that can be scrolled; alignment as a class, since styles are not allowed.

    A row with more cells than its table has columns gets its source as the attribute ``lost``:
    Python-Markdown drops those cells, and the author has to know.
    """

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser, {"use_align_attribute": False})

    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and super().test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        rows = [row.strip(" ") for row in blocks[0].split("\n")]
        box = SubElement(parent, "div", {"class": trusted("table")})
        super().run(box, blocks)
        for row, element in zip(rows[2:], box.iterfind("table/tbody/tr"), strict=False):
            if self._cells(row) > len(self.separator):
                element.set("lost", row)
        for cell in box.iter():
            if style := cell.attrib.pop("style", ""):
                cell.set("class", trusted(f"align-{style.removeprefix('text-align: ').strip(';')}"))
            if cell.tag == "th" and cell.text:
                cell.set("scope", "col")
            elif cell.tag == "th":
                cell.tag = "td"  # an empty corner is no heading

    def _cells(self, row: str) -> int:
        """How many cells Python-Markdown finds in a row."""
        if self.border:
            row = self.RE_END_BORDER.sub("", row.removeprefix("|"))
        return 1 + sum(found["pipe"] is not None for found in _PIPE.finditer(row))


_PIPE = re.compile(r"\\\\|(?:\\`)?(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\\?`+|\\\||(?P<pipe>\|)")
"""The group ``pipe`` is a separator of cells, which a pipe in code or behind a backslash is not."""


_CALLOUT = re.compile(r"\[!([^\]\n]{1,40})\][ ]*(.*)(?:\n|$)")
# An em dash, an en dash or two hyphens.
_SPEAKER = re.compile("(?:\u2014|\u2013|--)[ ]*(?=[^\\s\u2014\u2013-])")


class Quotes(Treeprocessor):
    """Call-outs (``> [!tip] Title``), and quotes whose last line names a speaker.

    Runs before inline patterns, while paragraphs still hold the Markdown that was typed.
    """

    def run(self, root: Element) -> None:
        if root.find(".//blockquote") is None:
            return
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag == "blockquote" and not _make_callout(child):
                    parent[index] = _with_speaker(child)
                    _bind_end(child)


def _make_callout(quote: Element) -> bool:
    """Turns a quote that begins with ``[!kind]`` into a call-out; False when it does not.

    The label is the kind as it was typed, until the reader of the text writes it in the text's language.
    """
    first = quote[0] if len(quote) and quote[0].tag == "p" else None
    found = _CALLOUT.match(first.text or "") if first is not None else None
    if first is None or found is None:
        return False
    kind = re.sub(r"[\s_-]+", "-", found[1].strip().lower())
    if kind not in CALLOUTS:
        quote.set("unknown", found[1])
        kind = "tip"
    quote.tag = "div"
    quote.set("class", trusted(f"callout callout-{kind}"))
    quote.set("role", trusted("note"))  # not a landmark: a page may have many
    first.text = (first.text or "")[found.end() :]
    if not first.text.strip():
        quote.remove(first)
    title = Element("p", {"class": trusted("callout-title")})
    label = SubElement(title, "span", {"class": trusted("callout-kind")})
    label.text = AtomicString(kind)
    label.tail = f": {found[2].strip()}" if found[2].strip() else None
    quote.insert(0, title)
    return True


def _bind_end(quote: Element) -> None:
    """Quotes are set large: their last word is not alone. What is more than words is left as it was typed."""
    last = quote[-1] if len(quote) and quote[-1].tag == "p" else None
    if last is not None and last.text and _WORDS_AT_END.search(last.text):
        last.text = bound(last.text, NARROW)


_WORDS_AT_END = re.compile(r"(?:^|\s)[\w’'-]+[,;:]? [\w’'-]+[.!?…]*[’”'\"]?$")


def _with_speaker(quote: Element) -> Element:
    """The quote itself, or a figure around it when its last line names a speaker."""
    last = quote[-1] if len(quote) and quote[-1].tag == "p" else None
    if last is None:
        return quote
    words = (last.text or "").rstrip()
    start = 0 if _SPEAKER.match(words) and len(quote) > 1 else words.rfind("\n") + 1
    said = _SPEAKER.match(words[start:])
    if said is None or (start == 0 and len(quote) == 1):
        return quote
    last.text = words[:start].rstrip()
    if not last.text:
        quote.remove(last)
    figure = Element("figure", {"class": trusted("quote")})
    figure.append(quote)
    SubElement(figure, "figcaption").text = words[start + said.end() :]
    return figure
