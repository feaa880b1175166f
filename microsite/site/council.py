"""The page for who has two minutes, such as a council member: one person, one figure, one question."""

from __future__ import annotations

import re

from microsite.content.front_matter import Plain, people
from microsite.content.kinds import STORY
from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.rendering.views import Card, FactUse
from microsite.site.context import SiteContext
from microsite.site.near import lead_of
from microsite.site.page import Page


class CouncilView(Record):
    """What such a page shows. ``lead`` is None where there is no story, ``figure`` where there is no figure.

    ``caution`` is what has to be said of who says it: that they do not exist, or have another name.
    ``paragraphs`` are the lines of each paragraph of the letter; ``postscript``: the last of them is one.
    ``on_paper``: the person of ``lead``, and the picture, may be printed too.
    """

    question: str
    letter: str
    paragraphs: tuple[tuple[str, ...], ...]
    postscript: bool
    lead: Card | None
    caution: Text | None
    on_paper: bool
    figure: FactUse | None


def council_page(context: SiteContext) -> Page | None:
    """The first page with a question, to which the first page of the site leads."""
    pages = context.library.pages
    return next((page for page in pages if isinstance(page.meta, Plain) and page.meta.question), None)


def council_view(context: SiteContext, page: Page, meta: Plain) -> CouncilView:
    lead = _lead(context, page, meta)
    letter = meta.letter.strip()
    paragraphs = tuple(tuple(part.split("\n")) for part in re.split(r"\n\s*\n", letter) if part)
    return CouncilView(
        meta.question,
        letter,
        paragraphs,
        bool(paragraphs and re.match(r"P\.? ?S\b", paragraphs[-1][0])),
        lead.card if lead else None,
        _caution(lead) if lead else None,
        lead is not None and "print" in lead.channels and context.photo_note(lead, "print") is None,
        next((use for use in page.uses if use.id == meta.figure), None),
    )


def _caution(lead: Page) -> Text | None:
    if lead.card.fictional:
        return lead.kind.fiction[1]
    has_other_name = any(
        person.pseudonym and person.name == lead.card.name for _, person in people(lead.meta)
    )
    return text("This is not the real name") if has_other_name else None


def _lead(context: SiteContext, page: Page, meta: Plain) -> Page | None:
    """The story to show: the one that a member chose here, else one of its own, that of its first page first.

    Without stories of its own it is the one that the campaign chose here, or on the first page.
    """
    chosen = context.by_document.get(meta.lead.lstrip("/"))
    if chosen is not None and "lead" in page.document.own:
        return chosen
    home = lead_of(context)
    stories = [each for each in context.library.pages if each.kind is STORY]
    stories.sort(key=lambda each: home is None or each.path != home.path)
    own = next((each for each in stories if each.card.local), None)
    return own or chosen or next(iter(stories), None)
