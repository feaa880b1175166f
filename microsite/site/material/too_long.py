"""Texts that are too long for material: pages have less of it then, and whoever wrote them wants to know."""

from __future__ import annotations

from collections.abc import Iterator

from microsite.content.front_matter import Ambassador, Evidence, Exchange, Meta, Story
from microsite.core.problems import Problem, Text, text
from microsite.site.context import SiteContext
from microsite.site.material import cards, posters, share_pictures
from microsite.site.material.share_pictures import too_long, view_of
from microsite.site.page import Page


def advice(context: SiteContext) -> Iterator[Problem]:
    """Of which pages there is less material than there could be, for want of room."""
    for page in context.library.pages:
        place = page.document.place(_key(page.meta))
        yield from (
            Problem(place, said, _ROOM.format(most=most), "notice") for said, most in _lacking(page, context)
        )


_ROOM = text("that is fine; with at most {most} characters in all, and no very long word, there is one")


def _lacking(page: Page, context: SiteContext) -> Iterator[tuple[Text, int]]:
    """What its text is too long for, and how many characters that has room for."""
    site, translate = context.library.site, context.translate
    pictured = context.image(page, "social") is not None
    shared = view_of(page, pictured, site, translate) if page.social and page.kind.previewed else None
    if shared is not None and too_long(shared, share_pictures.MOST_LETTERS):
        yield (
            text("too long for the picture with a link: networks show that of the first page"),
            share_pictures.MOST_LETTERS,
        )
    card = cards.card_view(page, pictured, context) if page.social else None
    if card is not None and too_long(card.said, cards.MOST_LETTERS, card.beside):
        yield text("too long for a card: there is none of this page"), cards.MOST_LETTERS
    if posters.has_poster(page):
        printed = context.image(page, "print") is not None
        if too_long(view_of(page, printed, site, translate), posters.MOST_LETTERS):
            yield text("too long for a poster: there is none of this page"), posters.MOST_LETTERS


def _key(meta: Meta) -> str:
    """Where the front matter has the words of its material."""
    match meta:
        case Story(quote=quote) | Ambassador(quote=quote) if quote is not None:
            return "quote.text"
        case Exchange():
            return "dilemma"
        case Evidence():
            return "facts.0"
    return "title"
