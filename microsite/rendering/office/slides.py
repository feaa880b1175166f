"""Slides (PPTX): a series of posters, each one sentence or one figure, on layouts to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from microsite.content.files import Source
from microsite.core import i18n
from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.core.typography import bound
from microsite.rendering import media_recipes, numerals
from microsite.rendering.office import packages
from microsite.rendering.office.fit import fit
from microsite.rendering.office.house_style import HouseStyle, mark, typeface
from microsite.rendering.office.packages import Drawer, Part, PartTemplates, Relation, packed
from microsite.rendering.office.sender import Sender
from microsite.rendering.office.slots import Filling

_PORTRAIT_WIDTH = 1000
_FACE = 0.18
"""Of the height that is cut off a portrait, the part above: faces are above the middle, as on the site."""


class Portrait(Record):
    """A photo or drawing of somebody, of ``width`` by ``height`` pixels."""

    source: Source
    width: int
    height: int
    alt: str
    credit: str = ""

    def crop(self, width: int, height: int) -> tuple[int, int, int, int]:
        """What is cut off left, top, right and bottom to fill a place, in thousandths of a percent."""
        scale = max(width / self.width, height / self.height)
        across, down = 1 - width / (self.width * scale), 1 - height / (self.height * scale)
        left, top = round(across * 50_000), round(down * 100_000 * _FACE)
        return left, top, round(across * 100_000) - left, round(down * 100_000) - top


class TitleSlide(Record):
    """The name of the campaign stands below it, with where the sender works."""

    kind: ClassVar[str] = "title"
    title: str


class PersonSlide(Record):
    """What somebody says. ``story`` is what the speaker tells with it, in the notes."""

    quote: str
    name: str
    about: str = ""
    portrait: Portrait | None = None
    story: str = ""
    fictional: bool = False

    @property
    def kind(self) -> str:
        return "person" if self.portrait else "sentence"


class FigureSlide(Record):
    """A figure with its source and its caveat: it never goes without."""

    kind: ClassVar[str] = "figure"
    figure: str
    label: str
    source: str
    caveat: str

    @property
    def parts(self) -> tuple[str, str, str] | None:
        """What stands before its number, the number, and what it counts."""
        return numerals.parts(self.figure)


class ChartSlide(Record):
    """Figures of one kind as bars, that can be edited in a spreadsheet.

    ``rows`` are labels and values. ``whole`` is the value of a full bar, of which ``rest`` names the rest.
    """

    kind: ClassVar[str] = "chart"
    title: str
    unit: str
    rows: tuple[tuple[str, Decimal], ...]
    source: str
    caveat: str
    whole: Decimal | None = None
    rest: str = ""

    @property
    def series(self) -> tuple[tuple[str, tuple[Decimal, ...]], ...]:
        """The columns of the spreadsheet: their names and values."""
        values = tuple(value for _, value in self.rows)
        if self.whole is None:
            return ((self.unit, values),)
        return (self.unit, values), (self.rest, tuple(self.whole - value for value in values))

    @property
    def alt(self) -> str:
        of = f" / {self.whole:f}" if self.whole is not None else ""
        shown = "; ".join(f"{label}: {value:f}{of}".replace(".", ",") for label, value in self.rows)
        return f"{self.title}: {shown}."

    @property
    def number_format(self) -> str:
        """How a spreadsheet writes the values: a space off the bar, with at most two decimals."""
        places = max((-int(value.as_tuple().exponent) for _, value in self.rows), default=0)
        space = '" "' if self.whole is None else ""
        return f"{space}#,##0" + ("." + "0" * min(2, places) if places > 0 else "")

    @property
    def below_zero(self) -> bool:
        return any(value < 0 for _, value in self.rows)


class AskSlide(Record):
    """The one request, and how somebody can say yes to it."""

    kind: ClassVar[str] = "ask"
    request: str
    how: str


class ContactSlide(Record):
    """How to reach the sender, which is read from its brand."""

    kind: ClassVar[str] = "contact"
    title: str


Slide = TitleSlide | PersonSlide | FigureSlide | ChartSlide | AskSlide | ContactSlide

LAYOUTS = ("title", "person", "sentence", "figure", "chart", "ask", "contact")
_LOGO_LAYOUTS = frozenset({"title", "contact"})

_MASTER, _NOTES_MASTER, _NOTES, _THEME, _CHART = (
    "office/pptx/master.xml",
    "office/pptx/notes-master.xml",
    "office/pptx/notes.xml",
    "office/theme.xml",
    "office/pptx/chart.xml",
)
_DECK = "office/pptx/presentation.xml"
_WORKBOOK, _SHEET = "office/xlsx/workbook.xml", "office/xlsx/sheet.xml"
TEMPLATES = (
    *packages.TEMPLATES,
    *(f"office/pptx/{part}-{name}.xml" for name in LAYOUTS for part in ("layout", "slide")),
    *(_MASTER, _NOTES_MASTER, _NOTES, _THEME, _CHART, _DECK, _WORKBOOK, _SHEET),
)
"""The templates of every deck."""


SLOTS = ("municipality", "phone", "email", "website")
"""What the slides show of a brand."""


def deck(templates: PartTemplates, title: str, slides: tuple[Slide, ...], sender: Sender) -> bytes:
    """Slides as PPTX, 16:9. ``templates`` are ``TEMPLATES``, ``title`` is the name of the campaign."""
    style, filling = sender.style, Filling((*sender.filled, ("campaign", title)))
    drawer = Drawer(
        templates,
        author=style.name,
        bound=bound,
        fit=fit,
        language=style.tag,
        layouts=LAYOUTS,
        letter=typeface(style.fonts),
        mark_size=mark(style.logo, style.plate),
        pieces=filling.pieces,
        sender=sender.line or style.name,
        shades=style.shades,
    )
    numbered = enumerate(slides, 1)
    shown = [part for number, slide in numbered for part in _slide(drawer, sender, number, slide)]
    ids = [f"slide{number}" for number in range(1, len(slides) + 1)]
    relations = (
        Relation("master", "slideMaster", "ppt/slideMasters/master.xml"),
        Relation("notes-master", "notesMaster", "ppt/notesMasters/master.xml"),
        Relation("theme", "theme", "ppt/theme/theme1.xml"),
        *(Relation(id, "slide", f"ppt/slides/{id}.xml") for id in ids),
    )
    presentation = drawer.draw(_DECK, slides=ids)
    document = Part("ppt/presentation.xml", presentation, "p:presentation.main+xml", relations)
    return packed(drawer, (document, *_house(drawer, style), *shown), title, style.name)


def _house(drawer: Drawer, style: HouseStyle) -> Iterator[Part]:
    """What all slides share: master, layouts, themes, the master of notes, and the logo."""
    layouts = tuple(Relation(name, "slideLayout", f"ppt/slideLayouts/{name}.xml") for name in LAYOUTS)
    theme = Relation("theme", "theme", "ppt/theme/theme1.xml")
    of_notes = Relation("theme", "theme", "ppt/theme/theme2.xml")
    yield Part("ppt/slideMasters/master.xml", drawer.draw(_MASTER), "p:slideMaster+xml", (*layouts, theme))
    logo = Part("ppt/media/logo.png", mark(style.logo, style.plate).data)
    for name in LAYOUTS:
        above = Relation("master", "slideMaster", "ppt/slideMasters/master.xml")
        relations = (above, Relation("logo", "image", logo.name)) if name in _LOGO_LAYOUTS else (above,)
        drawn = drawer.draw(f"office/pptx/layout-{name}.xml")
        yield Part(f"ppt/slideLayouts/{name}.xml", drawn, "p:slideLayout+xml", relations)
    yield Part("ppt/notesMasters/master.xml", drawer.draw(_NOTES_MASTER), "p:notesMaster+xml", (of_notes,))
    for relation in (theme, of_notes):  # each master has a theme of its own (ECMA-376 part 1, 13.3)
        yield Part(relation.target, drawer.draw(_THEME), "o:theme+xml")
    yield logo


def _slide(drawer: Drawer, sender: Sender, number: int, slide: Slide) -> Iterator[Part]:
    """A slide with its notes and what it shows."""
    name, notes = f"ppt/slides/slide{number}.xml", f"ppt/notesSlides/notes{number}.xml"
    relations = [
        Relation("layout", "slideLayout", f"ppt/slideLayouts/{slide.kind}.xml"),
        Relation("notes", "notesSlide", notes),
    ]
    if isinstance(slide, PersonSlide) and slide.portrait is not None:
        portrait, drawn = slide.portrait, slide.portrait.source.suffix == ".svg"
        width = _PORTRAIT_WIDTH if drawn else min(_PORTRAIT_WIDTH, portrait.width)
        suffix, data = (
            "png" if drawn else "jpg",
            media_recipes.still(portrait.source, sender.colours, width),
        )
        yield Part(f"ppt/media/portrait{number}.{suffix}", data)
        relations.append(Relation("portrait", "image", f"ppt/media/portrait{number}.{suffix}"))
    if isinstance(slide, ChartSlide):
        yield from _chart(drawer, number, slide)
        relations.append(Relation("chart", "chart", f"ppt/charts/chart{number}.xml"))
    shown = drawer.draw(f"office/pptx/slide-{slide.kind}.xml", slide=slide)
    yield Part(name, shown, "p:slide+xml", tuple(relations))
    translate = i18n.translator(sender.style.language)
    said = [
        line.render(translate) if isinstance(line, Text) else line for line in _notes(sender.style, slide)
    ]
    yield Part(
        notes,
        drawer.draw(_NOTES, notes=said),
        "p:notesSlide+xml",
        (
            Relation("master", "notesMaster", "ppt/notesMasters/master.xml"),
            Relation("slide", "slide", name),
        ),
    )


def _chart(drawer: Drawer, number: int, slide: ChartSlide) -> Iterator[Part]:
    """A chart, and the workbook in which its figures can be changed."""
    sheet = Part("xl/worksheets/sheet1.xml", drawer.draw(_SHEET, slide=slide), "s:worksheet+xml")
    relations = (Relation("sheet", "worksheet", sheet.name),)
    book = Part("xl/workbook.xml", drawer.draw(_WORKBOOK), "s:sheet.main+xml", relations)
    embedded = Part(f"ppt/embeddings/cijfers{number}.xlsx", packed(drawer, (book, sheet)))
    yield embedded
    yield Part(
        f"ppt/charts/chart{number}.xml",
        drawer.draw(_CHART, slide=slide),
        "d:chart+xml",
        (Relation("workbook", "package", embedded.name),),
    )


def _notes(style: HouseStyle, slide: Slide) -> Iterator[Text | str]:
    """What whoever presents may say with a slide, and should know of it."""
    if isinstance(slide, TitleSlide):
        letter = typeface(style.fonts)
        yield text("Leave this on the screen while people come in. Begin with the person on the next slide.")
        yield text(
            "These slides are set in {family}. Where that is not installed, choose {fallback}.",
            family=letter.family,
            fallback=letter.fallback,
        )
    elif isinstance(slide, PersonSlide):
        yield text("Read the sentence out once, and be silent for a moment. Then tell how it went:")
        yield slide.story or slide.name
        if slide.portrait is not None and slide.portrait.credit:
            yield slide.portrait.credit
        if slide.fictional:
            yield text("This story is made up. Say so, or take somebody who agreed to be shown here.")
    elif isinstance(slide, FigureSlide):
        yield text("Say the figure, and at once what it does not say:")
        yield slide.caveat
        yield slide.source
    elif isinstance(slide, ChartSlide):
        yield text(
            "Name the longest bar, and stop there. The figures can be changed: right-click, Edit data."
        )
        yield slide.alt
        yield slide.source
    elif isinstance(slide, AskSlide):
        yield text("Ask it, and wait for the answer.")
    else:
        yield text("Leave this on the screen while people talk.")
