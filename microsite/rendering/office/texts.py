"""The texts that an organisation sends out in its house style: press release, letters, programmes (DOCX)."""

from __future__ import annotations

import datetime as dt

from microsite.core import i18n
from microsite.core.problems import Text, text
from microsite.core.records import Record, astuple
from microsite.rendering.office import packages
from microsite.rendering.office.house_style import font_parts, mark, typeface
from microsite.rendering.office.packages import Drawer, Part, PartTemplates, Relation, packed
from microsite.rendering.office.paragraphs import paragraphs
from microsite.rendering.office.sender import Place, Sender
from microsite.rendering.office.slots import SLOTS, Filled, Filling
from microsite.rendering.views import Body

SPOKEN_WORDS = 130
"""Words a minute of somebody who is listened to: what the guide on the council says."""


class TextKind(Record):
    """A text that can be made: ``stem`` begins the name of its file, ``slots`` are all that it has.

    ``use`` says what it is for.
    """

    stem: str
    title: Text
    use: Text
    template: str
    slots: tuple[str, ...]


_SENDER = ("organisation", "municipality", "contact", "phone", "email", "website")
_FIGURE = ("figure", "figure_label", "figure_source", "figure_caveat")
_QUOTE = ("quote", "speaker")

TEXTS = (
    TextKind(
        "persbericht",
        text("Press release"),
        text("With an embargo line and a note for editors."),
        "office/letters/press-release.xml",
        (
            "campaign",
            *_SENDER,
            *_FIGURE,
            *_QUOTE,
            "date",
            "embargo",
            "headline",
            "lead",
            "background",
            "action",
            "photos",
        ),
    ),
    TextKind(
        "raadsbrief",
        text("Letter to the council"),
        text("One person, one figure, one request."),
        "office/letters/council-letter.xml",
        (
            *_FIGURE,
            *_QUOTE,
            "organisation",
            "municipality",
            "phone",
            "email",
            "date",
            "subject",
            "recipient",
            "opening",
            "request",
            "signatory",
        ),
    ),
    TextKind(
        "werkbezoek",
        text("Invitation for a work visit"),
        text("With the morning, hour by hour."),
        "office/letters/visit.xml",
        (
            "organisation",
            "municipality",
            "contact",
            "phone",
            "email",
            "date",
            "recipient",
            "signatory",
            "visit_days",
            "visit_question",
            "meeting_point",
        ),
    ),
    TextKind(
        "column",
        text("Column"),
        text("A moment, a rule, and a question that stays open."),
        "office/letters/column.xml",
        (
            "organisation",
            "contact",
            "phone",
            "email",
            "headline",
            "moment",
            "rule",
            "life",
            "question",
            "writer",
            "newspaper",
        ),
    ),
    TextKind(
        "briefwisseling",
        text("Open exchange of letters"),
        text("A booklet of A5, to be printed two pages a side."),
        "office/letters/booklet.xml",
        ("organisation", "municipality", "website", "writer", "dilemma", "letter", "answer", "alderman"),
    ),
    TextKind(
        "spreektijd",
        text("Speaking in the council"),
        text("With how much time has passed beside each paragraph."),
        "office/letters/speech.xml",
        ("municipality", *_FIGURE, *_QUOTE, "opening", "request", "decision"),
    ),
    TextKind(
        "jaarverslag",
        text("Page for the annual report"),
        text("A person, your own count, and what is known elsewhere."),
        "office/letters/annual-report.xml",
        (
            "campaign",
            *_FIGURE,
            *_QUOTE,
            "organisation",
            "municipality",
            "website",
            "year",
            "own_count",
            "changed",
            "next_year",
        ),
    ),
    TextKind(
        "hoorzitting",
        text("Programme of a hearing"),
        text("An evening with the council, and the local social map."),
        "office/letters/hearing.xml",
        (
            "organisation",
            "municipality",
            "contact",
            "phone",
            "email",
            "teller",
            "hearing_date",
            "hearing_question",
            "chair",
            "registrar",
            "missing",
            "place_on_map",
            "offer_on_map",
            "reach_on_map",
        ),
    ),
)
"""All texts, in the order in which they are offered."""

PLAN = TextKind(
    "campagneplan",
    text("Campaign plan, with room for names"),
    text("One list to share: what happens when, and who does it."),
    "office/letters/plan.xml",
    ("organisation", "goal", "audience", "who"),
)
"""The plan of an organisation that has one."""

MEASURING = TextKind(
    "meetplan",
    text("Measuring plan, with room for names and results"),
    text("What you measure, who does that, when, and what it does not say."),
    "office/letters/measuring-plan.xml",
    ("organisation", "who", "baseline"),
)
"""The measuring plan of an organisation that says what it measures."""

OWN_TEXTS = (PLAN, MEASURING)
"""The texts that only some organisations have."""

_FROM_EXCHANGE = frozenset({"writer", "dilemma", "letter", "answer", "alderman"})

_STYLED = (
    ("styles", "office/docx/styles.xml", "w:styles+xml"),
    ("settings", "office/docx/settings.xml", "w:settings+xml"),
    ("theme", "office/theme.xml", "o:theme+xml"),
)
_FRAMED = (
    ("header-first", "header", "office/docx/header-first.xml", "w:header+xml"),
    ("header", "header", "office/docx/header.xml", "w:header+xml"),
    ("footer", "footer", "office/docx/footer.xml", "w:footer+xml"),
)
_FONTS = "office/docx/fonts.xml"
TEMPLATES = (
    *packages.TEMPLATES,
    *(template for _, template, _ in _STYLED),
    *(template for _, _, template, _ in _FRAMED),
    _FONTS,
)
"""The templates of every text, besides its own."""


class Letter(Record):
    """A letter of an exchange: its title, who wrote it and when, and its text."""

    title: str
    by: str
    date: dt.date | None
    body: Body


class Exchange(Record):
    """An open exchange of letters."""

    dilemma: str
    summary: str
    letters: tuple[Letter, ...]
    fictional: bool = False


class Month(Record):
    """A month of a campaign plan: rows of a day and what is done on it.

    ``activities`` are the numbers, from 0, of the rows that are no steps of others.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    activities: tuple[int, ...] = ()


class MeasureSheet(Record):
    """What a measuring plan says of something to measure; ``rows`` are labels and what belongs to them."""

    name: str
    definition: str
    who: str
    again: str
    hours: str
    rows: tuple[tuple[str, str], ...]


class MeasuringSheet(Record):
    """A measuring plan; ``first`` is the quarter of the zero measurement, ``hours`` those of all together."""

    first: str
    hours: str
    measures: tuple[MeasureSheet, ...]


def open_slots(kind: TextKind, filled: Filled, exchange: Exchange | None = None) -> tuple[str, ...]:
    """The slots that are not filled, in the order of the table of slots."""
    done = {name for name, _ in filled} | (_FROM_EXCHANGE if exchange else frozenset())
    return tuple(name for name in SLOTS if name in kind.slots and name not in done)


def document(
    templates: PartTemplates,
    kind: TextKind,
    filled: Filled,
    sender: Sender,
    exchange: Exchange | None = None,
    places: tuple[Place, ...] = (),
    months: tuple[Month, ...] = (),
    calculated: Filled = (),
    measuring: MeasuringSheet | None = None,
) -> bytes:
    """A text as DOCX. ``templates`` are its own and ``TEMPLATES``; ``filled`` is added to the sender's.

    ``calculated`` is a figure that the sender calculated itself, as ``slots.of_fact`` gives it.
    """
    style = sender.style
    letter, logo, filling = (
        typeface(style.fonts),
        mark(style.logo, style.plate),
        Filling(sender.filled + filled),
    )
    title = kind.title.render(i18n.translator(style.language))
    fonts, font_relations, keys = font_parts(letter)
    drawer = Drawer(
        templates,
        author=style.name,
        calculated=dict(calculated),
        exchange=exchange,
        paragraphs=lambda body: paragraphs(body, sender.value),
        keys=keys,
        language=style.tag,
        letter=letter,
        mark=logo,
        measuring=measuring,
        months=months,
        pieces=filling.pieces,
        places=[astuple(place) for place in (*sender.places, *places)],
        rate=SPOKEN_WORDS,
        sender=sender.line or style.name,
        shades=style.shades,
        tag=style.tag,
        title=title,
        words=filling.words,
    )
    image = Part("word/media/logo.png", logo.data)
    shows_logo = (Relation("logo", "image", image.name),)
    styled = [Part(f"word/{id}.xml", drawer.draw(name), type) for id, name, type in _STYLED]
    framed = [
        Part(f"word/{id}.xml", drawer.draw(name), type, shows_logo if id == "header-first" else ())
        for id, _, name, type in _FRAMED
    ]
    table = Part("word/fontTable.xml", drawer.draw(_FONTS), "w:fontTable+xml", font_relations)
    relations = (
        *(Relation(id, id, part.name) for (id, _, _), part in zip(_STYLED, styled, strict=True)),
        *(Relation(id, kind_, part.name) for (id, kind_, _, _), part in zip(_FRAMED, framed, strict=True)),
        Relation("fontTable", "fontTable", table.name),
    )
    body = Part("word/document.xml", drawer.draw(kind.template), "w:document.main+xml", relations)
    return packed(drawer, (body, *styled, *framed, table, *fonts, image), title, style.name)
