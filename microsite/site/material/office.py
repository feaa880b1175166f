"""The texts and slides of a site for office programs: what they say, and of whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import basename, splitext

from microsite.brand.brand import Brand
from microsite.brand.fonts import DEFAULT, FOLDER
from microsite.brand.loader import BrandKit
from microsite.content.consent import Channel
from microsite.content.facts import Fact
from microsite.content.front_matter import Exchange, Story
from microsite.content.kinds import EVIDENCE, STORY
from microsite.content.site_file import Site
from microsite.core.problems import Text, text
from microsite.core.records import replace
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.office import slides, texts
from microsite.rendering.office.house_style import HouseStyle
from microsite.rendering.office.packages import PartTemplates
from microsite.rendering.office.sender import Place, Sender
from microsite.rendering.office.slots import SLOTS, Filled, of_brand, of_fact
from microsite.rendering.office.texts import TEXTS, Letter, MeasuringSheet, Month, TextKind, open_slots
from microsite.rendering.print.house import House
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.views import Assets
from microsite.site.context import SiteContext
from microsite.site.material.deck import MOST_IN_QUOTE, caution, deck_slides, speaker
from microsite.site.material.item import MaterialFile, credit
from microsite.site.page import Page

SENDER_INPUTS = ("sender",)
"""The inputs that each brand gives to its office files."""

DECK = "presentatie"
_TEXTS = "teksten"
_PRESS, _COUNCIL = "persbericht", "raadsbrief"
_EXCHANGE = "briefwisseling"


def sender_of(kit: BrandKit, house: House, assets: Assets, site: Site) -> Sender:
    """Who sends the office files of a brand, in its house style."""
    brand = kit.brand
    shipped = kit.font_files[0].path if kit.font_files else f"{FOLDER}/{DEFAULT}.woff2"
    fonts = kit.font_files[:2]
    if not fonts or fonts[0].layer != brand.id:
        fonts = assets.static_fonts.get(shipped, house.fonts[:1])
    style = HouseStyle(brand.name, brand.language, brand.palette.light, fonts, kit.logo_file, house.plate)
    return Sender(
        style, brand.sender, of_brand(brand, site.title), brand.slots, _known(brand, site), house.colours
    )


def _known(brand: Brand, site: Site) -> tuple[Place, ...]:
    """Whom the member names for some themes: the beginning of a social map."""
    themes = dict(site.themes)
    return tuple(
        Place(
            contact.name or contact.role or brand.name,
            ", ".join(themes[id].title for id in contact.themes if id in themes),
            str(contact.phone or contact.email or contact.address),
        )
        for contact in brand.contacts
    )


def office_material(context: SiteContext, printing: Mapping[str, PrintTemplate]) -> Iterator[MaterialFile]:
    """The texts and the slides. Nobody who does not exist is quoted in a text that is sent."""
    pages = sorted(context.library.pages, key=lambda page: not page.document.local)
    figure = _figure(context)
    own = next(map(of_fact, context.library.calculations), ())
    for kind in TEXTS:
        quoted = next((page for page in pages if _quotable(page, _channel(kind))), None)
        known = (*(of_fact(figure) if figure else ()), *(_quote(context, quoted) if quoted else ()))
        filled = tuple((name, value) for name, value in known if name in kind.slots)
        shown = quoted if quoted is not None and "quote" in kind.slots else None
        calculated = own if kind.stem == _COUNCIL else ()
        yield text_file(context, kind, kind.stem, filled, shown, calculated=calculated)
        for page in pages if kind.stem == _EXCHANGE else ():
            if isinstance(page.meta, Exchange) and page.turns and "print" in page.channels:
                stem = f"{_EXCHANGE}-{splitext(basename(page.path))[0]}"
                yield text_file(context, kind, stem, filled, page, exchange_of(page, page.meta))
    yield _deck(context, pages, figure)


def _channel(kind: TextKind) -> Channel:
    return "press" if kind.stem == _PRESS else "print"


def text_file(
    context: SiteContext,
    kind: TextKind,
    stem: str,
    filled: Filled = (),
    page: Page | None = None,
    exchange: texts.Exchange | None = None,
    months: tuple[Month, ...] = (),
    calculated: Filled = (),
    measuring: MeasuringSheet | None = None,
) -> MaterialFile:
    """A text as a file of material: of this page, or with what somebody who exists says on it."""
    lines = context.library.site.help_lines if "place_on_map" in kind.slots else ()
    names = (*texts.TEMPLATES, kind.template)
    file = artifact(
        f"{_TEXTS}/{stem}.docx",
        texts.document,
        page.document.names if page else (),
        True,
        templates=_templates(context, names),
        kind=kind,
        filled=filled,
        exchange=exchange,
        months=months,
        calculated=calculated,
        measuring=measuring,
        places=tuple(Place(line.name, line.what, str(line.phone or line.url)) for _, line in lines),
    )
    whole = page.path if page is not None and exchange is not None else ""
    return _file(kind.title, "DOCX", file, page, whole, kind.use, open_slots(kind, filled, exchange))


def _deck(context: SiteContext, pages: list[Page], figure: Fact | None) -> MaterialFile:
    told = [page for page in pages if _tells(page)][:MOST_PEOPLE]
    file = artifact(
        f"{DECK}.pptx",
        slides.deck,
        tuple(dict.fromkeys(name for page in told for name in page.document.names)),
        True,
        templates=_templates(context, slides.TEMPLATES),
        title=context.library.site.title,
        slides=tuple(deck_slides(context, told, figure)),
    )
    use = text("A series of posters: one sentence or one figure a slide.")
    made_by = "; ".join(
        dict.fromkeys(filter(None, (credit(page, context.image(page, "print")) for page in told)))
    )
    return replace(_file(text("Slides"), "PPTX", file, None, "", use, slides.SLOTS), credit=made_by)


def _templates(context: SiteContext, names: tuple[str, ...]) -> PartTemplates:
    return PartTemplates(tuple(context.templates(name, context.language) for name in names))


def _file(
    label: Text,
    format: str,
    file: Artifact,
    page: Page | None,
    of: str,
    use: Text,
    slots: tuple[str, ...],
) -> MaterialFile:
    own = page.document.own if page else ()
    open_ = tuple((name, SLOTS[name].label) for name in slots)
    made = replace(file, own=own, pending=SENDER_INPUTS)
    return MaterialFile(label, format, made, of, note=use, slots=open_)


# ── who and what ─────────────────────────────────────────────────────────────────────────────────────


MOST_PEOPLE = 3


def _tells(page: Page) -> bool:
    """Whether a page has a sentence for a slide, of somebody who may be shown there."""
    quote = page.card.quote if page.kind is STORY else ""
    return 0 < len(quote) <= MOST_IN_QUOTE and "print" in page.channels


def _quotable(page: Page, channel: Channel) -> bool:
    """Whether somebody who exists can be quoted from this page, with their consent."""
    meta = page.meta
    return isinstance(meta, Story) and bool(meta.quote) and not meta.fictional and channel in page.channels


def _quote(context: SiteContext, page: Page) -> Filled:
    name, *about = speaker(page)
    remark = caution(page)
    named = f"{name} ({context.translate(remark)})" if remark else name
    return (("quote", page.card.quote), ("speaker", ", ".join((named, *about))))


def _figure(context: SiteContext) -> Fact | None:
    """The figure of the first evidence, which the campaign has put in order."""
    proofs = (page.proof for page in context.library.pages if page.kind is EVIDENCE and page.proof)
    return next((proof.figure for proof in proofs if proof.figure), None)


def exchange_of(page: Page, meta: Exchange) -> texts.Exchange:
    """An exchange of letters as its booklet has it."""
    letters = tuple(
        Letter(
            turn.card.title,
            ", ".join(filter(None, (turn.writer.name, turn.writer.job))),
            turn.card.date,
            turn.body,
        )
        for turn in page.turns
    )
    return texts.Exchange(meta.dilemma, meta.summary, letters, meta.fictional)
