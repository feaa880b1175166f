"""A rendered Markdown text: sanitised HTML with open places, independent of any brand or other page.

What only a site can know is left open as marks: where a link goes, what a fact says, what the
organisation is called, which files an image became.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from urllib.parse import unquote

from microsite.core.fingerprints import digest
from microsite.core.letters import plain
from microsite.core.records import Record, replace


class LinkMark(Record):
    """A link to a page or file of the site: its place is inside ``href="…"``.

    ``target`` is what the author wrote, percent-encoding and fragment included.
    """

    target: str
    line: int
    column: int = 0


class FactMark(Record):
    """A fact, quoted by its id in running text: ``{{ feit:id }}``."""

    id: str
    line: int
    column: int = 0


class SlotMark(Record):
    """A value of the brand in running text, such as ``{{ organisatie }}``: one of ``slots.SLOTS``."""

    name: str
    line: int
    column: int = 0


class ImageMark(Record):
    """An image file of the site, between two blocks. All fields are plain text, not HTML.

    ``alt`` is empty for a decorative image; ``caption`` and ``credit`` are empty when there are none.
    """

    src: str
    alt: str
    caption: str
    credit: str
    line: int
    column: int = 0


class VideoMark(Record):
    """A video file of the site, between two blocks. Captions and transcript are files with the same stem."""

    src: str
    title: str
    line: int
    column: int = 0


class RasterMark(Record):
    """A figure of squares, between two blocks (see ``rasters``).

    ``signs`` are what its signs mean. Each of ``rows`` has a name and, for every square, the number of its
    sign from 1, or 0 for none. ``column_name`` is what a square in a row is called, or "".
    """

    title: str
    column_name: str
    signs: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    line: int
    column: int = 0


Mark = LinkMark | FactMark | SlotMark | ImageMark | VideoMark | RasterMark
"""``line`` and ``column`` count from 1 in the author's file; 0 means unknown."""


class Heading(Record):
    """A heading: its level (2-6), the id in the HTML, and its plain text, with slots and facts as typed."""

    level: int
    id: str
    text: str


class RenderedText(Record):
    """Sanitised HTML, cut at its marks: ``pieces[0] marks[0] pieces[1] marks[1] … pieces[n]``."""

    html: bytes = b""
    """The pieces as UTF-8, joined by NUL (see ``split_pieces``). Texts are most of what a build holds in
    memory: a story of 650 words takes 6.5 KB this way, and 10 KB as a tuple of ``str``."""

    marks: tuple[Mark, ...] = ()
    """In the order of the HTML; one fewer than there are pieces."""

    headings: tuple[Heading, ...] = ()
    """In the order of the text."""

    word_count: int = 0
    """How many words a visitor reads; a mark in running text counts as one."""

    vocabulary: str = ""
    """Distinct words of the text for the search index: those of ``tokenize``, sorted, joined by spaces."""

    html_digest: str = digest(b"")
    """Digest of ``html``, so that those who depend on the text need not hash it again."""

    addresses: tuple[LinkMark, ...] = ()
    """The links to absolute web addresses, which stand in ``html`` as they are."""


def join_pieces(pieces: Iterable[str]) -> bytes:
    """Pieces of HTML as ``RenderedText.html`` stores them; no piece can contain a NUL."""
    return "\0".join(pieces).encode()


def split_pieces(html: bytes) -> list[str]:
    """The pieces of a ``RenderedText.html``."""
    return html.decode().split("\0")


def without_blocks(text: RenderedText, unwanted: AbstractSet[int]) -> RenderedText:
    """The text without its outermost blocks, such as a paragraph or a whole list, that have these marks.

    ``unwanted`` are indexes of ``marks``. The headings stay, for links that lead to them.
    """
    kept = ""
    marks: list[Mark] = []
    count = 0
    for block in _blocks(text.html.decode()):
        indexes = range(count, count + block.count("\0"))
        count = indexes.stop
        if unwanted.isdisjoint(indexes):
            kept += block
            marks += text.marks[indexes.start : indexes.stop]
    html = kept.encode()
    return replace(text, html=html, marks=tuple(marks), html_digest=digest(html))


def _blocks(html: str) -> Iterator[str]:
    """HTML cut at the ends of its outermost elements, and behind the marks between them."""
    depth = start = 0
    for tag in _TAG.finditer(html):
        if tag[2] and tag[2] not in _VOID:
            depth += -1 if tag[1] else 1
        if depth == 0:
            yield html[start : tag.end()]
            start = tag.end()
    yield html[start:]


_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>|\0""")
_VOID = frozenset({"area", "br", "col", "hr", "img", "source", "track", "wbr"})

HEADING_PREFIX = "kop-"
"""Prefix of the id of every heading in a text, so that none can collide with an id in a template."""


def find_heading(headings: Iterable[Heading], fragment: str) -> Heading | None:
    """The heading that ``#fragment`` refers to: by its id, with or without the prefix, or by its slug."""
    by_id = {heading.id: heading for heading in headings}
    wanted = unquote(fragment)
    candidates = (wanted, HEADING_PREFIX + wanted, HEADING_PREFIX + heading_slug(wanted))
    return next((by_id[name] for name in candidates if name in by_id), None)


def heading_slug(words: str) -> str:
    """``Hoe één vraag`` becomes ``hoe-een-vraag``; unlike ``urls.slugify`` this keeps other scripts."""
    bare = words
    if not words.isascii():
        plain_signs = (c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
        bare = "".join(c for c in plain_signs if unicodedata.category(c) != "Cf")  # soft hyphens and such
    return re.sub(r"[\W_]+", "-", re.sub("['\u2019]", "", bare.casefold())).strip("-")


def tokenize(typed: str) -> list[str]:
    """The words of two letters and more, in lower case without accents, as the search script cuts a query."""
    return _WORD.findall(plain(typed))


_WORD = re.compile(r"[^\W_]{2,}")
