"""Posters and flyers of stories."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict

from microsite.content.front_matter import Ambassador, Campaign, Story
from microsite.core.problems import text
from microsite.core.records import replace
from microsite.rendering.print.recipes import ShareView
from microsite.rendering.print.sheets import FigureView, FlyerView, PosterView
from microsite.site.context import SiteContext
from microsite.site.embeds import PublishedImage
from microsite.site.material.item import MaterialFile, credit
from microsite.site.material.printed import Print, Printing, figure_view, way_to
from microsite.site.material.share_pictures import readable, view_of
from microsite.site.page import Page

MOST_LETTERS = 500
"""What still can be read on a poster."""

POSTERS = (
    Print("poster", "poster-a4", text("Poster, A4"), "a4", on_site=True),
    Print("poster", "poster-a3", text("Poster, A3"), "a3"),
    Print("poster", "poster-a3-drukwerk", text("Poster, A3, for a printing office (3 mm bleed)"), "a3", True),
)
FLYER = Print("flyer", "flyer-a5", text("Flyer of two sides, A5"), "a5")


def poster_material(context: SiteContext, printing: Printing) -> Iterator[MaterialFile]:
    """The posters and flyers of stories and ambassadors whose people agreed to print."""
    if not printing:
        return
    for page in context.library.pages:
        if not isinstance(page.meta, Story | Ambassador) or not has_poster(page):
            continue
        image = context.image(page, "print")
        said = view_of(page, image is not None, context.library.site, context.translate)
        if not readable(said, MOST_LETTERS):
            continue
        view = _poster(page, page.meta, said, image, context)
        picture = image.source if image else None
        files = [kind.file(printing, view, page, picture) for kind in POSTERS]
        if context.library.story_steps:
            files.append(FLYER.file(printing, _flyer(page, view, context), page, picture))
        note = context.photo_note(page, "print")
        yield from (replace(file, note=note, credit=view.credit) for file in files)


def has_poster(page: Page) -> bool:
    """Whether there is a poster of a page, if its text is not too long."""
    return isinstance(page.meta, Story | Ambassador) and "print" in page.channels


def _poster(
    page: Page,
    meta: Story | Ambassador,
    said: ShareView,
    image: PublishedImage | None,
    context: SiteContext,
) -> PosterView:
    whose = said.by or meta.person.name
    if isinstance(meta, Story):
        ask = context.translate(text("Read the whole story of {name}", name=whose))
    else:
        ask = context.translate(text("Read more of {name}", name=whose))
    return PosterView(
        said.language,
        meta.title,
        said.words,
        said.quoted,
        way_to(context, ask, page.path, meta.title),
        said.by,
        said.about,
        said.remark,
        page.figure.alt if page.figure and image else "",
        credit(page, image),
    )


def _flyer(page: Page, view: PosterView, context: SiteContext) -> FlyerView:
    """The poster, and on its back the first thing that who read a story can do, with a figure."""
    step = context.library.story_steps[0]
    return FlyerView(
        **asdict(view),
        invitation=context.translate(text("This is what you can do")),
        deed=way_to(context, step.title, step.path, step.title),
        figure=_figure(page, context),
    )


def _figure(page: Page, context: SiteContext) -> FigureView | None:
    """The first figure that the page, or else the home page, names."""
    pages = (page, *(each for each in context.library.pages if isinstance(each.meta, Campaign)))
    use = next((use for each in pages for use in each.uses), None)
    return figure_view(use.fact, context) if use else None
