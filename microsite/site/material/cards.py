"""Cards: what pages have to post on networks, with the text to go with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import splitext

from microsite.content.files import Source
from microsite.content.front_matter import Ambassador, Evidence, Exchange, News, Story
from microsite.core.problems import text
from microsite.core.records import Record, replace
from microsite.rendering.artifact import artifact
from microsite.rendering.print.cards import SHAPES, CardView, Shape, card
from microsite.rendering.print.posts import PostView, post
from microsite.rendering.print.templates import PrintTemplate
from microsite.site.context import SiteContext
from microsite.site.material.item import MaterialFile, credit, in_house_style
from microsite.site.material.share_pictures import readable, view_of
from microsite.site.page import Page

CARD_TEMPLATE = "card"
POST_INPUTS = ("brand",)
MOST_LETTERS = 800
"""What still can be read on a card, with what has to be known with it."""

_LABELS = {
    "vierkant": text("Card, square, 1080 × 1080"),
    "staand": text("Card, upright, 1080 × 1350"),
    "story": text("Card for a story, 1080 × 1920"),
}
_POST = text("Text to post, and the alternative text")


class PageCards(Record):
    """The cards of a page: what they say and show. A ``photo`` is a picture that is no drawing."""

    page: Page
    view: CardView
    picture: Source | None
    photo: bool

    def path(self, shape: Shape) -> str:
        return f"{self.stem}-kaart-{shape.name}.{'jpg' if self.photo else 'png'}"

    @property
    def stem(self) -> str:
        return splitext(self.page.path)[0]


def card_material(context: SiteContext, printing: Mapping[str, PrintTemplate]) -> Iterator[MaterialFile]:
    """The cards of all pages, each page with a text to post."""
    template = printing.get(CARD_TEMPLATE)
    if template is None:
        return
    for item in page_cards(context):
        page = item.page.path
        for shape in SHAPES:
            file = in_house_style(
                item.path(shape),
                card,
                item.page,
                template=template,
                view=item.view,
                picture=item.picture,
                shape=shape,
            )
            format = "JPG" if item.photo else "PNG"
            yield MaterialFile(
                _LABELS[shape.name],
                format,
                file,
                page,
                item.view.alt,
                context.photo_note(item.page, "social"),
                credit=item.view.credit,
            )
        words = artifact(
            f"{item.stem}-bericht.txt",
            post,
            item.page.document.names,
            view=_post(item, context),
            campaign=context.library.site.title,
        )
        yield MaterialFile(_POST, "TXT", replace(words, pending=POST_INPUTS), page)


def page_cards(context: SiteContext) -> Iterator[PageCards]:
    """The cards of those of the pages that have any: a quote, a figure, a message, a question.

    Who did not agree to networks is on none.
    """
    library = context.library
    for page in (*library.pages, *library.translations):
        image = context.image(page, "social") if page.social else None
        view = card_view(page, image is not None, context) if page.social else None
        if view is None or not readable(view.said, MOST_LETTERS, view.beside):
            continue
        photo = image is not None and image.is_photo
        if page.figure is not None and image is not None:
            view = replace(view, seen=page.figure.alt, credit=credit(page, image))
        yield PageCards(page, view, image.source if image else None, photo)


def card_view(page: Page, pictured: bool, context: SiteContext) -> CardView | None:
    """What the cards of a page say, if its kind has any; ``pictured``: they show its image too."""
    meta, said = page.meta, view_of(page, pictured, context.library.site, context.translate)
    match meta:
        case Story(quote=quote) | Ambassador(quote=quote) if quote is not None:
            return CardView(said)
        case Evidence() if page.proof is not None and page.proof.figure is not None:
            return CardView(replace(said, remark=""), page.proof.figure.caveat, said.remark)
        case Exchange():
            return CardView(replace(said, below=""), meta.summary)
        case News():
            return CardView(replace(said, below=""), said.below)
    return None


def _post(item: PageCards, context: SiteContext) -> PostView:
    """What can be posted: the campaign's own words on the page, never new ones of who is on it."""
    meta, said = item.page.meta, item.view.said
    words = tuple(dict.fromkeys(filter(None, (meta.share, meta.summary, meta.title))))
    local = isinstance(meta, Evidence | Exchange)
    return PostView(item.page.path, meta.title, words, said.remark, local, item.view.alt)
