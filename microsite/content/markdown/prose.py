"""A text that was read: HTML cut at its marks, knowing no brand and no other page.

What only a site can know is left open as marks: where a link goes, what a fact
reads, what the organisation is called, which files an image became.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from microsite.core.fingerprints import digest
from microsite.core.records import Record


class LinkMark(Record):
    """Stands inside an ``href="…"``: a reference to a page or file of ours, as the author wrote it."""

    target: str
    line: int
    column: int = 0


class FactMark(Record):
    """Stands in running text: a fact quoted by its id."""

    id: str
    line: int
    column: int = 0


class SlotMark(Record):
    """Stands in running text: a value of the brand, such as ``organisatie``."""

    name: str
    line: int
    column: int = 0


class ImageMark(Record):
    """Stands between blocks: an image of ours with its texts, all plain text."""

    src: str
    alt: str
    caption: str
    credit: str
    line: int
    column: int = 0


class VideoMark(Record):
    """Stands between blocks: a film of ours; captions and transcript stand beside it under the same name."""

    src: str
    title: str
    line: int
    column: int = 0


Mark = LinkMark | FactMark | SlotMark | ImageMark | VideoMark


class Heading(Record):
    """A heading of a text. Slots and facts stand in ``text`` as they were typed: ``{{ organisatie }}``."""

    level: int
    id: str
    text: str


class Prose(Record):
    """Sanitised HTML cut at its marks: ``pieces[0] marks[0] pieces[1] marks[1] … pieces[n]``.

    ``html`` are those pieces as UTF-8 with a NUL between them, for texts are most of what a build holds: as
    words of Python they would take twice the room. ``name`` is that of the HTML.
    ``words`` says how many a visitor reads, ``vocabulary`` which different ones, for who searches.
    """

    html: bytes = b""
    marks: tuple[Mark, ...] = ()
    headings: tuple[Heading, ...] = ()
    words: int = 0
    vocabulary: str = ""
    name: str = digest(b"")


def joined(pieces: Iterable[str]) -> bytes:
    """Pieces of HTML, in which there can be no NUL, as Prose has them."""
    return "\0".join(pieces).encode()


def cut(html: bytes) -> list[str]:
    """The pieces that were joined."""
    return html.decode().split("\0")


HEADING_PREFIX = "kop-"
"""Begins the id of every heading in a text, so that none can meet an id of a template."""


def find_heading(headings: Iterable[Heading], fragment: str) -> Heading | None:
    """The heading that an author means by ``#fragment``: its id, or its words with hyphens between."""
    by_id = {heading.id: heading for heading in headings}
    wanted = unquote(fragment)
    named = (wanted, HEADING_PREFIX + wanted, HEADING_PREFIX + slug(wanted))
    return next((by_id[name] for name in named if name in by_id), None)


def slug(words: str) -> str:
    """Words as they may stand in an address: ``Hoe één vraag hielp`` becomes ``hoe-een-vraag-hielp``."""
    bare = words
    if not words.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", re.sub("['\u2019]", "", bare.casefold())).strip("-")


def words(typed: str) -> list[str]:
    """The words of a text in small letters without accents; the browser cuts a question in the same way."""
    plain = unicodedata.normalize("NFKD", typed.lower())
    for sign in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(sign, "")
    return _WORD.findall(plain)


_WORD = re.compile(r"[^\W_]{2,}")
