"""A site's own region first: which story leads, and what is asked where none is told from there."""

from __future__ import annotations

from collections.abc import Iterable

from microsite.content.front_matter import Campaign
from microsite.content.kinds import FIRST, STORY
from microsite.core.records import Record
from microsite.rendering.views import Card, NavLink
from microsite.site.context import SiteContext


class Asked(Record):
    """What a member without stories of its own asks: ``title``, or who in its region is like ``name``."""

    title: str
    name: str
    text: str
    links: tuple[NavLink, ...]


def own_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards, those of a member before the national ones."""
    return tuple(sorted(cards, key=lambda card: not card.local))


def lead_of(context: SiteContext) -> Card | None:
    """The story that opens the first page: the one that a member chose there, else its own first one.

    Without stories of its own it is the one that the campaign chose, and None where that is not shown.
    """
    home = context.by_document.get(FIRST)
    if home is None or not isinstance(home.meta, Campaign):
        return None
    chosen = context.by_document.get(home.meta.lead.lstrip("/"))
    own = [card for card in context.library.section(STORY.section) if card.local]
    if own and (chosen is None or "lead" not in home.document.own):
        return own[0]
    return chosen.card if chosen is not None else None


def invitation_of(context: SiteContext) -> Asked | None:
    """What is asked of readers where no story is a member's own; None where there is one."""
    home = context.by_document.get(FIRST)
    asked = home.meta.invitation if home is not None and isinstance(home.meta, Campaign) else None
    if asked is None or any(card.local for card in context.library.section(STORY.section)):
        return None
    pages = ((action.text, context.by_document.get(action.page.lstrip("/"))) for action in asked.actions)
    links = tuple(NavLink(words, page.path) for words, page in pages if page is not None)
    lead = lead_of(context)
    return Asked(asked.title, lead.name if lead is not None else "", asked.text, links)
