"""The pages of documents: the context of the template of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from microsite.content.front_matter import Campaign, Story
from microsite.content.kinds import (
    AMBASSADOR,
    EVIDENCE,
    EXCHANGE,
    GUIDE,
    LETTER,
    LISTING,
    NEWS,
    PAGE,
    POST,
    STORY,
)
from microsite.core.records import replace
from microsite.rendering.artifact import Artifact
from microsite.rendering.views import NavLink
from microsite.site.context import SiteContext
from microsite.site.overviews import listing, role_entries
from microsite.site.page import Page
from microsite.site.related import RelatedPages

ALONE = RelatedPages((), None, None)
HOME_STORIES = 6


def document_pages(context: SiteContext) -> Iterator[Artifact]:
    """The pages of all documents, translations after the others."""
    for page in (*context.library.pages, *context.library.translations):
        kind = page.kind
        near = context.library.related.get(page.path, ALONE)
        yield context.page(
            page.path,
            context.meta(page),
            page.document.names,
            page.document.own,
            meta=page.meta,
            body=context.linked(page.body),
            picture=page.figure,
            recording=page.card.recording,
            sources=page.uses,
            themes=page.themes,
            related=near.related,
            previous=near.previous,
            next=near.next,
            crumbs=context.crumbs("" if kind is LISTING else page.document.section, page.document.parent),
            **_kind_context(context, page),
        )


def _kind_context(context: SiteContext, page: Page) -> Mapping[str, Any]:
    """What only the templates of some kinds get."""
    if isinstance(page.meta, Campaign):
        return _home(context, page, page.meta)
    if isinstance(page.meta, Story):
        return _story(context, page, page.meta)
    if page.kind is LISTING:
        return listing(context, page.document.section)
    if page.kind is EVIDENCE:
        return {"plots": page.plots}
    if page.kind is AMBASSADOR:
        return {"posts": context.posts.get(page.document.path, ()), "feed": context.feed_path(page)}
    if page.kind is EXCHANGE:
        return {"turns": tuple(replace(turn, body=context.linked(turn.body)) for turn in page.turns)}
    if page.kind in (POST, LETTER):
        return {"whole": context.by_document[page.document.parent].card}
    if page.kind is PAGE:
        return {"introduces": page.document.path == context.library.site.about.lstrip("/")}
    return {}


def _home(context: SiteContext, page: Page, meta: Campaign) -> Mapping[str, Any]:
    stories = context.library.section(STORY.section)
    lead = context.by_document.get(meta.lead.lstrip("/"))
    action = context.by_document.get(meta.action.page.lstrip("/")) if meta.action else None
    shown = [card for card in stories if lead is None or card.path != lead.path]
    used = {use.id: use for use in page.uses}
    reasoning = meta.reasoning if meta.reasoning and meta.reasoning.fact in used else None
    proof = context.by_document.get(reasoning.page.lstrip("/")) if reasoning else None
    return {
        "lead": lead.card if lead is not None else None,
        "stories": tuple(shown[:HOME_STORIES]),
        "roles": role_entries(context),
        "theme_entries": context.theme_entries,
        "reasoning": reasoning,
        "outcome": used[reasoning.fact] if reasoning else None,
        "proof": NavLink(proof.meta.title, proof.path) if proof else None,
        "figures": tuple(used[id] for id in meta.figures if id in used),
        "evidence": context.library.section(EVIDENCE.section)[:4],
        "guides": context.library.section(GUIDE.section)[:4],
        "news": context.library.section(NEWS.section)[:3],
        "action": NavLink(meta.action.text, action.path) if meta.action and action else None,
    }


def _story(context: SiteContext, page: Page, meta: Story) -> Mapping[str, Any]:
    about = frozenset(meta.tags)
    return {
        "figures": tuple(use for use in page.uses if use.id in meta.facts),
        "help_lines": tuple(
            line
            for id, line in context.library.site.help_lines
            if id in meta.help or not about.isdisjoint(line.themes)
        ),
        "steps": context.library.story_steps,
    }
