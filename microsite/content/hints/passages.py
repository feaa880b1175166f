"""The words of a Markdown text as a reader gets them: passages and sentences, each with its place.

Markup is replaced by spaces, so that an offset in a passage is one in the source. Code, comments, images,
addresses and table markup are no words. This reads much faster than the converter, which keeps no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from microsite.content.markdown.source import SourceText
from microsite.core.records import Record

PassageKind = Literal["heading", "paragraph", "item", "quote", "cells"]


class Link(Record):
    """A link: the words to click on, where it leads, and whether it looks like a button."""

    offset: int
    words: str
    target: str
    button: bool = False


class Passage(Record):
    """A paragraph, heading or item. ``text`` is as long as what was typed from ``offset`` of the source on.

    ``box`` is the word of the box that it stands in, such as ``overnemen``; ``speaker`` is who said a quote.
    ``notes`` are the offsets in the source at which a footnote or a fact of the register gives a source.
    """

    kind: PassageKind
    offset: int
    text: str
    box: str = ""
    speaker: str = ""
    links: tuple[Link, ...] = ()
    notes: tuple[int, ...] = ()

    @property
    def running(self) -> bool:
        """Whether it is text of this page to read on: no heading, table, or text to take over elsewhere."""
        return self.kind in ("paragraph", "item", "quote") and self.box not in _SAMPLES


class Sentence(Record):
    """A sentence: ``offset`` is that of its first character in the source."""

    offset: int
    text: str
    passage: Passage


_SAMPLES = frozenset({"overnemen", "voorbeeld"})
"""Boxes with a text of its own: a letter, or an example of how (not) to write."""

_LINE = re.compile(
    r"^(?P<prefix>(?P<quote>(?:[ ]{0,3}>[ ]?)*)[ \t]*"
    r"(?:(?P<heading>\#{1,6}[ ]+)|(?P<item>(?:[-*+]|\d{1,9}[.)]|:)[ \t]+(?:\[[ xX]\][ ]+)?)"
    r"|(?P<cells>\|))?)"
    r"(?P<rest>.*)$",
    re.M,
)
_BOX = re.compile(r"\[!([^\]]+)\]")
_SAID_BY = re.compile(r"(?:—|--)[ ]*(?=\S)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_APART = re.compile(r"\s*$|(?:[-*_][ ]*){3,}$|\[\^?[^\]]+\]:[ ]")
"""Lines that are no text and end it: empty ones, rules, and definitions of notes and addresses."""


_SPACES = str.maketrans("\u00a0\u2009\u202f", "   ")
"""Spaces that do not break, as behind ``€``."""


def read(source: SourceText) -> tuple[Passage, ...]:
    """The passages of a text, in its order."""
    return tuple(_with_words(block) for block in _blocks(source.masked.translate(_SPACES)))


class _Block:
    """Lines that belong together, while they are gathered; without their prefixes, but as long."""

    def __init__(self, kind: PassageKind, box: str, offset: int) -> None:
        self.kind = kind
        self.box = box
        self.offset = offset
        self.lines: list[str] = []
        self.speaker = ""

    def goes_on(self, kind: PassageKind, box: str, line: re.Match[str]) -> bool:
        """Whether a line belongs to it: it begins nothing of its own."""
        if "heading" in (kind, self.kind) or line["item"] or box != self.box:
            return False
        return kind == self.kind or (self.kind == "item" and kind == "paragraph")


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    box = ""
    for line in _LINE.finditer(text):
        rest = line["rest"].strip()
        opened = _BOX.match(rest) if line["quote"] else None
        box = opened[1].strip().lower() if opened else box if line["quote"] else ""
        if block and (said := _SAID_BY.match(rest)) and block.kind == "quote":
            block.speaker = rest[said.end() :]
            continue
        if block and _UNDERLINE.match(rest):
            block.kind = "heading"
        kind = None if opened or _APART.match(line[0], len(line["quote"])) else _kind(line, box)
        if block and not (kind and block.goes_on(kind, box, line)):
            yield block
            block = None
        if kind is None:
            continue
        block = block or _Block(kind, box, line.start())
        block.lines.append(" " * len(line["prefix"]) + line["rest"])
    if block:
        yield block


def _kind(line: re.Match[str], box: str) -> PassageKind:
    for kind in _MARKED:
        if line[kind]:
            return kind
    return "quote" if line["quote"] and not box else "paragraph"


_MARKED: tuple[Literal["heading", "item", "cells"], ...] = ("heading", "item", "cells")

_INLINE = re.compile(
    r"(?P<image>!\[[^\[\]]*\]\([^()\n]*\))"
    r"|\[(?P<words>[^\[\]]*)\]\((?P<target>[^)\n]{0,500})\)(?P<class>\{[^}\n]*\})?"
    r"|(?P<note>\[\^[^\]\s]+\]|\{\{[ ]*feit:[^{}]*\}\})"
    r"|(?P<slot>\{\{[^{}]*\}\})"
    r"|<(?P<auto>https?:[^>\s]*|[^<>\s@]+@[^>\s]+)>"
    r"|(?P<bare>\b(?:https?://|www\.)[^\s<>]*[\w/])"
    r"|(?P<markup><[^>]{0,300}>|\\(?=\W)|&\w+;|\*+|~~|==|(?<!\w)_+|_+(?!\w))"
)


_MAY_BE_MARKUP = re.compile(r"[\[<{\\&*~_]|==|://|www\.")


def _with_words(block: _Block) -> Passage:
    """The passage of these lines, with markup replaced by as many spaces."""
    typed = "\n".join(block.lines)
    links: list[Link] = []
    notes: list[int] = []

    def plain(found: re.Match[str]) -> str:
        length, at = len(found[0]), block.offset + found.start()
        if found["words"] is not None:
            button = ".knop" in (found["class"] or "")
            links.append(Link(at, found["words"], found["target"].split(" ")[0], button))
            return f" {_INLINE.sub(_blank, found['words'])}".ljust(length)
        if address := found["auto"] or found["bare"]:
            links.append(Link(at, address, address))
        if found["note"] is not None:
            notes.append(at)
            return "tien".ljust(length) if found["note"].startswith("{") else " " * length
        return "Naam".ljust(length) if found["slot"] is not None else " " * length

    text = _INLINE.sub(plain, typed) if _MAY_BE_MARKUP.search(typed) else typed
    return Passage(block.kind, block.offset, text, block.box, block.speaker, tuple(links), tuple(notes))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


# ── sentences ──

_END = re.compile(r"(?P<mark>[.!?…]+)[’”\"')]*(?=\s+[‘“\"'(]?[^\W_a-z]|\s*$)|\n[ \t]*\n", re.M)
_NO_END = re.compile(
    r"(?:\b(?:bijv|bv|blz|ca|dhr|dr|drs|enz|evt|etc|ing|ir|jl|max|mevr|min|mr|mw|nl|nr|prof|resp|st|tel|vs"
    r"|\w\.\w+(?:\.\w)*)|(?:^|[\s‘“(])[A-Z])$",
    re.I,
)
_FULL_STOP = "."
_LONGEST = 10
"""How many characters of an abbreviation are looked back for."""


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage. A name such as "J. de Vries" and "bijv." do not end one."""
    begin = 0
    for end in _END.finditer(passage.text):
        last = not passage.text[end.end() :].strip()
        if (
            end["mark"] == _FULL_STOP
            and not last
            and _NO_END.search(passage.text, max(begin, end.start() - _LONGEST), end.start())
        ):
            continue
        yield from _sentence(passage, begin, end.end())
        begin = end.end()
    yield from _sentence(passage, begin, len(passage.text))


def _sentence(passage: Passage, begin: int, end: int) -> Iterator[Sentence]:
    typed = passage.text[begin:end]
    bare = typed.lstrip()
    if bare:
        yield Sentence(passage.offset + end - len(bare), bare.rstrip(), passage)


WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*")
"""A word: it begins with a letter. What is written in figures is none."""


def words(typed: str) -> list[str]:
    return WORD.findall(typed)
