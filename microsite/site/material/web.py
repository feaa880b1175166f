"""For the web: a signature, banners, and cards of stories to embed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import splitext
from typing import Any

from microsite.content.kinds import AMBASSADOR, STORY
from microsite.core.problems import text
from microsite.core.records import replace
from microsite.rendering import web_snippets
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.print.banners import BANNERS, BannerView, banner
from microsite.rendering.print.templates import PrintTemplate
from microsite.site.context import SiteContext
from microsite.site.material.cards import PageCards, page_cards
from microsite.site.material.item import MaterialFile, in_house_style

FOLDER = "web"
BANNER_TEMPLATE = "banner"
SHEET_INPUTS = ("brand", "colours")
"""The inputs that each brand gives to the pages with HTML to copy."""

_JOINED = text("We take part in {campaign}")
_LEAD = text("We take part in")
_EMBEDDED = (STORY, AMBASSADOR)


def web_material(context: SiteContext, printing: Mapping[str, PrintTemplate]) -> Iterator[MaterialFile]:
    """What is of the whole campaign, and a card to embed of each person."""
    site = context.library.site
    joined = context.translate(_JOINED.format(campaign=site.title))
    signature = _sheet(context, f"{FOLDER}/handtekening.html", "signature", (), True, joined=joined)
    yield MaterialFile(text("Signature below e-mails"), "HTML", signature)
    template = printing.get(BANNER_TEMPLATE)
    if template is not None:
        view = BannerView(context.language, context.translate(_LEAD), site.slogan, joined)
        for size in BANNERS:
            path = f"{FOLDER}/{size.file}"
            file = in_house_style(path, banner, None, template=template, view=view, size=size)
            yield MaterialFile(size.label, "PNG", file, alt=joined)
        page = _sheet(context, f"{FOLDER}/banners.html", "banners", (), False, banners=BANNERS, joined=joined)
        yield MaterialFile(text("How to place the sticker and the banners"), "HTML", page)
    if context.has_feed:  # the site has an address to link to
        label = text("Card to embed in a site")
        for item in page_cards(context):
            if item.page.kind in _EMBEDDED:
                note = context.photo_note(item.page, "social")
                file, made_by = _story(context, item), item.view.credit
                yield MaterialFile(label, "HTML", file, item.page.path, note=note, credit=made_by)


def _story(context: SiteContext, item: PageCards) -> Artifact:
    document = item.page.document
    figure = item.page.figure if item.picture is not None else None
    return replace(
        _sheet(
            context,
            f"{splitext(item.page.path)[0]}-insluiten.html",
            "story",
            document.names,
            True,
            view=item.view.said,
            title=item.page.meta.title,
            path=item.page.path,
            image=figure.picture if figure else None,
            alt=item.view.seen,
            credit=item.view.credit,
        ),
        own=document.own,
    )


def _sheet(
    context: SiteContext, path: str, name: str, origins: tuple[str, ...], coded: bool, /, **given: Any
) -> Artifact:
    """A page of HTML to copy; ``coded``: there is a template of its own for that."""
    names = [f"{FOLDER}/{name}.html", *([f"{FOLDER}/{name}-code.html"] if coded else [])]
    template, *snippets = (context.templates(each, context.language) for each in names)
    snippet = snippets[0] if coded else None
    language, site = context.language, context.library.site
    page = artifact(
        path,
        web_snippets.sheet,
        origins,
        template=template,
        snippet=snippet,
        language=language,
        site=site,
        **given,
    )
    return replace(page, pending=SHEET_INPUTS)
