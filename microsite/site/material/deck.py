"""The slides of a site: first people, then figures, then one request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from microsite.content.facts import Fact
from microsite.content.front_matter import Campaign, Evidence, Story, people
from microsite.core.problems import Text, text
from microsite.rendering.office.slides import (
    AskSlide,
    ChartSlide,
    ContactSlide,
    FigureSlide,
    PersonSlide,
    Portrait,
    Slide,
    TitleSlide,
)
from microsite.rendering.office.slots import of_fact
from microsite.rendering.views import Plot
from microsite.site.context import SiteContext
from microsite.site.page import Page

MOST_FIGURES, MOST_BARS = 3, 8
MOST_IN_QUOTE = 220
"""The letters of a quote on a slide: a longer one is read and not heard."""
MOST_IN_FIGURE, MOST_IN_LABEL, MOST_IN_CAVEAT = 60, 150, 450
"""The letters of a figure, of what it says, and of its source and caveat, that fit on a slide."""


def deck_slides(context: SiteContext, told: Sequence[Page], figure: Fact | None) -> Iterator[Slide]:
    """The slides with what the people of these pages say, and this figure first."""
    site = context.library.site
    yield TitleSlide(site.slogan or site.title)
    for page in told:
        yield _person(context, page)
    for fact in _facts(context, figure):
        yield FigureSlide(fact.text, fact.label, dict(of_fact(fact))["figure_source"], fact.caveat)
    yield from _chart(context)
    yield AskSlide(
        context.translate(text("Walk along for a morning before you decide.")),
        context.translate(text("Choose a day, and we will put the coffee on.")),
    )
    yield ContactSlide(context.translate(text("Call or write. We are glad to tell more.")))


def _person(context: SiteContext, page: Page) -> PersonSlide:
    meta = page.meta
    name, *about = speaker(page)
    if (remark := caution(page)) is not None:
        about.append(context.translate(remark))
    return PersonSlide(
        page.card.quote, name, ", ".join(about), _portrait(context, page), meta.summary, meta.fictional
    )


def speaker(page: Page) -> tuple[str, ...]:
    """Who says the quote of a page: their name, and their job and place as far as these are known."""
    meta = page.meta
    name = (isinstance(meta, Story) and meta.quote and meta.quote.speaker) or page.card.name
    person = dict(people(meta)).get("person")
    about = (person.job, person.municipality) if person and person.name == name else ()
    return tuple(filter(None, (name, *about)))


def caution(page: Page) -> Text | None:
    """What has to be said of who says the quote of a page: that they do not exist, or have another name."""
    person = dict(people(page.meta)).get("person")
    if page.meta.fictional:
        return text("this story is made up")
    if person is not None and person.pseudonym and speaker(page)[0] == person.name:
        return text("not the real name")
    return None


def _portrait(context: SiteContext, page: Page) -> Portrait | None:
    figure = page.figure
    image = context.image(page, "print")
    if figure is None or figure.decorative or image is None:
        return None
    return Portrait(image.source, figure.picture.width, figure.picture.height, figure.alt, figure.credit)


def _facts(context: SiteContext, figure: Fact | None) -> list[Fact]:
    """This figure, what the member calculated itself, then those of the home page."""
    facts = {row.id: row.fact for row in context.library.facts}
    home = next((page.meta for page in context.library.pages if isinstance(page.meta, Campaign)), None)
    named = [facts[id] for id in (home.figures if home else ()) if id in facts]
    found = (figure, *context.library.calculations, *named)
    shown = dict.fromkeys(fact for fact in found if fact is not None and _fits(fact))
    return list(shown)[:MOST_FIGURES]


def _fits(fact: Fact) -> bool:
    """Whether a figure can be read on a slide, with what has to be said of it."""
    said = f"{dict(of_fact(fact))['figure_source']} {fact.caveat}"
    lengths = (len(fact.text), MOST_IN_FIGURE), (len(fact.label), MOST_IN_LABEL), (len(said), MOST_IN_CAVEAT)
    return all(length <= most for length, most in lengths)


def _chart(context: SiteContext) -> Iterator[ChartSlide]:
    """The first chart of the evidence that can be read on a slide; the campaign has put it in order."""
    for page in context.library.pages:
        if isinstance(page.meta, Evidence):
            wholes = {chart.title: chart.whole for chart in page.meta.charts}
            for plot in filter(_readable, page.plots):
                yield _chart_slide(context, plot, wholes[plot.title])
                return


def _readable(plot: Plot) -> bool:
    return _fits(plot.rows[0][1].fact) and len(plot.rows) <= MOST_BARS and len(plot.title) <= MOST_IN_LABEL


def _chart_slide(context: SiteContext, plot: Plot, whole: Decimal | None) -> ChartSlide:
    first = plot.rows[0][1].fact
    rest = context.translate(text("the others")) if whole is not None else ""
    rows = tuple((label, use.fact.value) for label, use in plot.rows)
    source = dict(of_fact(first))["figure_source"]
    return ChartSlide(plot.title, first.unit, rows, source, first.caveat, whole, rest)
