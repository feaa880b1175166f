"""Figures to print: a poster of each that stands alone, and a sheet with the national and the local ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microsite.content.facts import Fact
from microsite.content.front_matter import Campaign
from microsite.core.problems import text
from microsite.rendering.print.sheets import FactView, InfographicView, Pair
from microsite.site.context import SiteContext
from microsite.site.links import FIGURES
from microsite.site.material.item import MaterialFile
from microsite.site.material.printed import Print, Printing, figure_view, last_change, way_to
from microsite.site.page import Page

POSTERS = (
    Print("fact", "cijfer-a4", text("Poster of the figure, A4"), "a4"),
    Print("fact", "cijfer-a3", text("Poster of the figure, A3"), "a3"),
    Print(
        "fact",
        "cijfer-a3-drukwerk",
        text("Poster of the figure, A3, for a printing office (3 mm bleed)"),
        "a3",
        True,
    ),
)
INFOGRAPHIC = (
    Print(
        "infographic",
        "infographic-a3",
        text("National figures, completed with yours, A3"),
        "a3",
        on_site=True,
    ),
    Print(
        "infographic",
        "infographic-a3-drukwerk",
        text("National figures, completed with yours, A3, for a printing office (3 mm bleed)"),
        "a3",
        True,
    ),
)
_MOST_ROWS = 4


def figure_material(context: SiteContext, printing: Printing) -> Iterator[MaterialFile]:
    """The posters of evidence, and the sheet with figures that a member completes."""
    if not printing:
        return
    ours = context.translate(text("Where we are"))
    own = {
        fact.beside: figure_view(fact, context) for fact in context.library.own_facts.values() if fact.beside
    }
    for page in context.library.pages:
        if page.proof is None or page.proof.figure is None:
            continue
        ask = context.translate(text("Read where this figure is from"))
        view = FactView(
            page.document.language or context.library.site.language,
            page.meta.title,
            figure_view(page.proof.figure, context),
            way_to(context, ask, page.path, page.meta.title),
            ours,
            next((own[id] for id, fact in _proofs([page]) if id in own), None),
        )
        for kind in POSTERS:
            yield kind.file(printing, view, page)
    national = {id: fact for id, fact in _figures(context) if id not in context.library.own_facts}
    chosen = sorted(national, key=lambda name: name not in own)[:_MOST_ROWS]
    if not chosen:
        return
    title = context.translate(text("The work in figures"))
    ask = context.translate(text("Read where these figures are from"))
    sheet = InfographicView(
        context.library.site.language,
        title,
        tuple(Pair(figure_view(national[id], context), own.get(id)) for id in chosen),
        way_to(context, ask, FIGURES, title),
        context.translate(text("In the Netherlands")),
        ours,
        context.translate(text("Write your own figure here.")),
        context.translate(text("The figure, and what it is")),
        context.translate(text("Where it is from")),
        context.translate(text("Calculated by ourselves")),
        next((figure_view(fact, context) for fact in context.library.calculations), None),
    )
    changed = last_change(page for page in context.library.pages if page.uses)
    for kind in INFOGRAPHIC:
        yield kind.file(printing, sheet, changed=changed)


def _figures(context: SiteContext) -> Iterator[tuple[str, Fact]]:
    """The figures that the site has most to say about: those of the home page, and of evidence."""
    pages = context.library.pages
    for page in pages:
        if isinstance(page.meta, Campaign):
            yield from ((use.id, use.fact) for use in page.uses if use.id in page.meta.figures)
    yield from _proofs(pages)


def _proofs(pages: Iterable[Page]) -> Iterator[tuple[str, Fact]]:
    """The figures on which these pieces of evidence rest."""
    for page in pages:
        figure = page.proof.figure if page.proof else None
        yield from ((use.id, use.fact) for use in page.uses if figure is not None and use.fact == figure)
