"""The recipes of sheets to print, and what each kind of them says. A sheet is a PDF.

Worker processes run these, so the module imports little.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Literal

from msgspec.structs import asdict

from microsite.content.files import Source
from microsite.core.problems import text
from microsite.core.records import Record
from microsite.media import pillow
from microsite.media.photos import crop
from microsite.rendering.print import pictures
from microsite.rendering.print.codes import qr_code
from microsite.rendering.print.compiler import Format
from microsite.rendering.print.house import House
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.print.typeset import typeset

Paper = Literal["a3", "a4", "a5"]
_PHOTO_SIZES: Mapping[Paper, tuple[int, int]] = {"a3": (1600, 2000), "a4": (1120, 1400), "a5": (800, 1000)}
"""The size of photos in pixels: some 200 to an inch, in the shape of the drawn portraits."""


class Way(Record):
    """Where a sheet leads: what it asks of who reads it, and the address for that.

    ``page`` is the path of a page of the site, for the code, and ``alt`` describes that. A house without an
    address asks nothing, and has no code.
    """

    ask: str
    page: str
    alt: str


class FigureView(Record):
    """A figure as it is written, what it is, where it is from and what has to be known with it."""

    text: str
    label: str
    source: str
    caveat: str


class PosterView(Record):
    """What the poster of a story says: its sentence, between quotation marks when ``quoted``.

    ``by`` and ``about`` say whose words they are, ``remark`` is what has to be said with them. ``alt`` is the
    alternative text of the picture, ``credit`` who made it where it is a photo.
    """

    language: str
    title: str
    words: str
    quoted: bool
    way: Way
    by: str = ""
    about: str = ""
    remark: str = ""
    alt: str = ""
    credit: str = ""


class FlyerView(PosterView, kw_only=True):
    """A poster with on its back an ``invitation`` to a ``deed``, and a figure."""

    invitation: str
    deed: Way
    figure: FigureView | None = None


class FactView(Record):
    """A figure at a wall; ``own`` is what the member counted itself, with the words that introduce it."""

    language: str
    title: str
    figure: FigureView
    way: Way
    ours: str
    own: FigureView | None = None


class Pair(Record):
    """A national figure, and the member's own beside it, or room to write that down."""

    figure: FigureView
    own: FigureView | None = None


class InfographicView(Record):
    """National figures completed with local ones. ``national`` and ``ours`` stand above the two columns;
    ``write``, ``write_figure`` and ``write_source`` say what to write where there is no figure.
    ``calculated`` is what the member calculated itself. It stands alone below ``by_ourselves``, since it
    cannot be compared.
    """

    language: str
    title: str
    rows: tuple[Pair, ...]
    way: Way
    national: str
    ours: str
    write: str
    write_figure: str
    write_source: str
    by_ourselves: str = ""
    calculated: FigureView | None = None


class CertificateView(Record):
    """The certificate of a municipality, a person or a place. ``signed`` and ``on`` are to fill in.

    ``alt`` is the alternative text of the picture of a person, ``credit`` who made it.
    """

    language: str
    title: str
    award: str
    name: str
    reason: str
    remark: str
    signed: str
    on: str
    alt: str = ""
    credit: str = ""


class JuryView(Record):
    """The form for one nomination and one member of the jury, with a question for each of
    the criteria, which gets ``most`` points at most.
    """

    language: str
    title: str
    nominee: str
    judge: str
    explanation: str
    why: str
    criteria: tuple[str, ...]
    most: int


SheetView = PosterView | FlyerView | FactView | InfographicView | CertificateView | JuryView


def sheet(
    template: PrintTemplate,
    house: House,
    view: SheetView,
    paper: Paper,
    bleed: bool = False,
    picture: Source | None = None,
    changed: dt.date | None = None,
    format: Format = "pdf",
) -> bytes:
    """What a view says, on this paper; with ``bleed``, with 3 mm around it that is cut off.

    The PDF is dated by the day on which its text was last ``changed``, as PDF/A wants a date and the day of
    the build would change its bytes.

    Raises InvalidFile when a text does not fit.
    """
    files = pictures.shown(picture, house.colours, partial(crop, size=_PHOTO_SIZES[paper]))
    drawn = pictures.DRAWING in files
    ways = {name: way for name in ("way", "deed") if isinstance(way := getattr(view, name, None), Way)}
    if house.url:
        ink = dict(house.colours)["ink"]
        files |= {f"{name}.svg": qr_code(house.url + way.page, ink) for name, way in ways.items()}
    values = {
        **asdict(view),
        "sheet": paper,
        "bleed": bleed,
        "pictured": picture is not None,
        "drawn": drawn,
        "changed": changed and {"year": changed.year, "month": changed.month, "day": changed.day},
    }
    too_long = text("a text of '{title}' does not fit on its sheet", title=view.title)
    return typeset(template, house, values, files, format, too_long)


THUMBNAIL = (240, 340)
_THUMBNAIL_COLOURS = 48


def thumbnail(
    template: PrintTemplate, house: House, view: SheetView, paper: Paper, picture: Source | None = None
) -> bytes:
    """A sheet of one page as a small picture, a PNG of THUMBNAIL pixels."""
    png = pillow.open_image(sheet(template, house, view, paper, picture=picture, format="png"), "png")
    return pillow.few_colours(png.convert("RGB").resize(THUMBNAIL), _THUMBNAIL_COLOURS)
