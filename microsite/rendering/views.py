"""View models: what the site package gives to templates. Frozen values, the same for every brand.

Each ``path`` is relative to the root of the site; templates make a URL of it with the filter ``href``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import ClassVar

from microsite.content.facts import Fact, Reference
from microsite.content.files import Source
from microsite.content.kinds import BY_NAME, Kind
from microsite.content.markdown.rendered import split_pieces
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import Text
from microsite.core.records import Record, replace
from microsite.media.photos import Picture
from microsite.rendering.rasters import Raster


class NavLink(Record):
    """A link to a page, in a menu, a breadcrumb trail or an overview.

    ``count`` is the number of pages behind it, 0 where that is not shown. ``ours``: its title is a text
    of the interface, and so in that language.
    """

    title: str
    path: str
    section: str = ""
    count: int = 0
    ours: bool = False


class LanguageVersion(Record):
    """A page in one of its languages: the code of the language, and its name in that language."""

    language: str
    name: str
    path: str


class Assets(Record):
    """The contents of the project's ``assets/`` folder, joined into the files that a site serves.

    ``licences``, the ``full_fonts`` for print, and the ``static_fonts`` for office files (a regular and a
    bold) are by the path of the web font.
    """

    css: str
    kinds: str
    print: str
    script: str
    finding: str
    searching: str
    toolkit: str
    planner: str
    worksheets: Mapping[str, str]
    icon: Source | None
    licences: Mapping[str, Source] = {}
    full_fonts: Mapping[str, Source] = {}
    static_fonts: Mapping[str, tuple[Source, Source]] = {}
    names: tuple[str, ...] = ()


class AssetPaths(Record):
    """The paths of the files that every page refers to; "" for one that the site does not have."""

    style: str
    kinds: str
    print: str
    script: str
    finding: str
    searching: str
    toolkit: str
    sroi: str
    case: str
    indicators: str
    icon: str
    icon_type: str
    touch_icon: str
    manifest: str
    feed: str


class LinkPreview(Record):
    """The picture that networks show with a link to a page. Its size is in pixels."""

    path: str
    alt: str
    width: ClassVar[int] = 1200
    height: ClassVar[int] = 630


class PageMeta(Record):
    """The metadata of a page, for its ``<head>``, its structured data and the links to share it.

    The text is in ``language``, the interface around it in ``interface``; ``mixed`` is true when the page
    shows more than one language, the site's own included. ``versions`` lists the page in each of its
    languages, the site's own first; it is empty when there is only one. ``social``: the page may be shared on
    social networks. ``preview`` is the picture there, the site's own for a page that may not be shared, and
    None where there is none; ``share`` the text to share the page with, if it differs from the title.
    ``schema_type`` is its type on schema.org. ``own``: a member wrote its text.
    """

    kind: Kind
    section: str
    title: str
    summary: str
    date: dt.date | None
    updated: dt.date | None
    preview: LinkPreview | None
    language: str
    interface: str
    mixed: bool
    schema_type: str
    direction: str = "ltr"
    versions: tuple[LanguageVersion, ...] = ()
    indexed: bool = True
    social: bool = True
    share: str = ""
    own: bool = False
    words: int = 0
    minutes: int = 0


class MaterialLink(Record):
    """A file of material, where it is listed; ``alt`` is what a picture shows, "" for other files.

    ``slots`` are the names and labels of what has to be filled in by hand, where the brand does not.
    ``thumbnail`` is the path of a small picture of it, or "". ``credit`` says who made the photo on it.
    """

    path: str
    label: str
    format: str
    alt: str = ""
    note: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    thumbnail: str = ""
    credit: str = ""


class MaterialGroup(Record):
    """The material of one page; ``path`` is that of the page, "" for what is of the whole campaign.

    ``language`` is that of a page in another language than the site, or "". ``notes`` say why there is no
    more.
    """

    title: str
    path: str
    links: tuple[MaterialLink, ...]
    language: str = ""
    notes: tuple[str, ...] = ()


class Figure(Record):
    """An image between blocks of text, with its alternative text, caption and credit."""

    kind: ClassVar[str] = "figure"
    picture: Picture
    alt: str
    caption: str = ""
    credit: str = ""
    decorative: bool = False


class Recording(Record):
    """A film or sound of the site, of so many bytes. ``size`` is its type and size for people, ``length`` how
    long it takes, such as ``1:05``, and ``duration`` the same as ISO 8601 has it.
    """

    path: str
    type: str
    bytes: int
    size: str
    length: str = ""
    duration: str = ""


class Track(Record):
    """The captions of a film in a language, as WebVTT: its code, and its name in that language."""

    written: str
    language: str
    name: str


class Video(Record):
    """A film, with its size in pixels. The first of the ``tracks`` is in the language of the page."""

    kind: ClassVar[str] = "video"
    file: Recording
    title: str
    width: int
    height: int
    tracks: tuple[Track, ...]
    transcript: str = ""
    poster: str = ""


class Link(Record):
    """The target of a link in a text.

    ``size`` is the type and size of a file ("PDF, 1,2 MB"), which ``Body.parts`` adds to the link's text.
    """

    kind: ClassVar[str] = "link"
    path: str
    fragment: str = ""
    size: str = ""


class FactUse(Record):
    """A fact on a page. ``number`` counts the facts of that page from 1."""

    kind: ClassVar[str] = "fact"
    number: int
    id: str
    fact: Fact


class Plot(Record):
    """A rendered chart: safe SVG, and its rows, each a label and a fact.

    ``caveat`` is the one that all of them have, or "".
    """

    title: str
    svg: str
    rows: tuple[tuple[str, FactUse], ...]
    caveat: str = ""


class Slot(Record):
    """A place for a value of the brand in a text. ``linked``: it is inside a link, so it must not be one."""

    kind: ClassVar[str] = "slot"
    name: str
    linked: bool = False


Part = str | Link | FactUse | Slot | Figure | Video | Raster


class Body(Record):
    """The text of a page: the ``html`` of a RenderedText, and for each of its marks what is printed there.

    None stands for a broken link, of which only the text is printed. ``name`` is the fingerprint of the
    RenderedText.
    """

    html: bytes
    resolved: tuple[Part | None, ...]
    name: str

    def fingerprint(self, name: Fingerprints) -> str:
        return name((self.name, self.resolved))

    def unlinked(self, path: str) -> Body:
        """The text with the words only of links to this path."""
        if not any(isinstance(part, Link) and part.path == path for part in self.resolved):
            return self
        resolved = (None if isinstance(p, Link) and p.path == path else p for p in self.resolved)
        return replace(self, resolved=tuple(resolved))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text in order: safe HTML as str, and between the pieces what a template prints."""
        first, *others = split_pieces(self.html)
        parts: list[Part] = [first]
        size = ""
        unlinked = False
        linked = _ends_in_link(first, False)
        for part, following in zip(self.resolved, others, strict=True):
            size = part.size if isinstance(part, Link) and part.size else size
            shown = replace(part, linked=True) if isinstance(part, Slot) and linked else part
            linked = _ends_in_link(following, linked)
            html = following
            if shown is None:
                parts[-1], html = _unlink(str(parts[-1]), html)
                unlinked = True
            if "</a>" in html:
                if unlinked:
                    html = html.replace("</a>", "", 1)
                elif size:
                    html = html.replace("</a>", f" <small>({size})</small></a>", 1)
                unlinked, size = False, ""
            parts += [html] if shown is None else [shown, html]
        return tuple(part for part in parts if part != "")


def _ends_in_link(markup: str, linked: bool) -> bool:
    """Return whether the end of the markup is inside a link. ``linked``: its beginning is."""
    opened, closed = markup.rfind("<a "), markup.rfind("</a>")
    return linked if opened == closed else opened > closed


def _unlink(before: str, after: str) -> tuple[str, str]:
    """Remove the start tag of a broken link, which is split at its target. Its ``</a>`` comes later."""
    return before[: before.rindex("<a")], _REST_OF_TAG.sub("", after, count=1)


_REST_OF_TAG = re.compile(r"""\A"(?:[^"'>]|"[^"]*"|'[^']*')*>""")


class Writer(Record):
    """Somebody who writes letters, as ``role``. ``picture`` is a portrait, None where there is none."""

    name: str
    role: str
    job: str = ""
    picture: Figure | None = None

    @property
    def initials(self) -> str:
        """The first letters of the first and the last name, to stand where a portrait would."""
        words = [letters for word in self.name.split() if (letters := _LETTER.findall(word))]
        return "".join(letters[0] for letters in words[:: max(len(words) - 1, 1)]).upper()


_LETTER = re.compile(r"[^\W\d_]")


class Turn(Record):
    """A letter of an exchange. ``to`` is the writer who is answered or asked, None as long as none is known.

    ``due`` is when an answer is expected, if there is none yet.
    """

    card: Card
    writer: Writer
    to: Writer | None
    body: Body
    due: dt.date | None = None


class Task(Record):
    """What a guide takes: effort, time and roles; and what for."""

    effort: str
    aim: str
    duration: str
    roles: tuple[str, ...]


class Proof(Record):
    """The claim of a piece of evidence, and what supports it. ``strength`` is 1 to 5."""

    claim: str
    figure: Fact | None
    method: str
    commissioned_by: str
    checked: dt.date | None
    strength: int
    caveat: str


class Exhibit(Record):
    """The thing of a story in the museum, and what it has to do with it."""

    figure: Figure
    sentence: str


class Card(Record):
    """A page in a list. ``facets`` are the names and values by which an overview can be filtered.

    An exchange of letters has a ``question`` and the ``writers`` of its letters.
    """

    kind_name: str
    path: str
    title: str
    summary: str
    date: dt.date | None
    section: str
    role: str = ""
    name: str = ""
    place: str = ""
    work_field: str = ""
    themes: tuple[str, ...] = ()
    quote: str = ""
    picture: Figure | None = None
    fictional: bool = False
    local: bool = False
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    task: Task | None = None
    award: str = ""
    year: int = 0
    recording: Recording | None = None
    updated: dt.date | None = None
    question: str = ""
    writers: tuple[Writer, ...] = ()
    exhibit: Exhibit | None = None

    @property
    def kind(self) -> Kind:
        return BY_NAME[self.kind_name]

    @property
    def shows_people(self) -> bool:
        """Whether the page is about people, itself or in its parts."""
        return not self.kind.archived

    @property
    def changed(self) -> dt.date | None:
        """The day of publication, or of the last change after it."""
        return max(filter(None, (self.date, self.updated)), default=None)

    @property
    def is_portrait(self) -> bool:
        """Whether it is shown as a portrait, and not as a line of text."""
        form = self.kind.card
        return form == "portrait" or (form == "portrait if pictured" and bool(self.name and self.picture))


class Facet(Record):
    """A filter of an overview: ``values`` has each value of the facet, and how many cards have it."""

    name: str
    label: Text
    values: tuple[tuple[str, int], ...]


class CardGroup(Record):
    """A section of an overview. ``ours``: its title is a text of the interface, and so in that language."""

    title: str
    cards: tuple[Card, ...]
    ours: bool = False


class FactRow(Record):
    """A fact, and the pages that use it."""

    id: str
    fact: Fact
    pages: tuple[NavLink, ...]


class FactGroup(Record):
    """The facts from one source; those with the same caveat stand one after the other."""

    source: Reference
    rows: tuple[FactRow, ...]
