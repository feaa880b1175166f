"""The pages of documents: the context of the template of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from microsite.content.front_matter import Campaign, Plain, Story
from microsite.content.kinds import (
    AMBASSADOR,
    EVIDENCE,
    EXCHANGE,
    GOLDEN,
    GUIDE,
    LETTER,
    LISTING,
    NEWS,
    POST,
    STORY,
    made_up,
)
from microsite.core.records import replace
from microsite.rendering.artifact import Artifact
from microsite.rendering.views import MaterialLink, NavLink
from microsite.site.context import SiteContext
from microsite.site.council import council_page, council_view
from microsite.site.exchanges import with_letters
from microsite.site.indicators import picker_view
from microsite.site.links import MATERIAL as MATERIAL_PAGE
from microsite.site.near import invitation_of, lead_of, own_first
from microsite.site.overviews import listing, role_entries
from microsite.site.page import Page
from microsite.site.related import RelatedPages
from microsite.site.worksheets.case import case_view
from microsite.site.worksheets.sroi import sroi_view

MaterialLinks = tuple[MaterialLink, ...]

ALONE = RelatedPages((), None, None)
HOME_STORIES = 6


def document_pages(context: SiteContext, material: Mapping[str, MaterialLinks] = {}) -> Iterator[Artifact]:
    """The pages of all documents, translations after the others. ``material`` is that of each, by path."""
    for page in (*context.library.pages, *context.library.translations):
        yield document_page(context, page, material)


def document_page(context: SiteContext, page: Page, material: Mapping[str, MaterialLinks]) -> Artifact:
    """The page of one document. ``material`` is that of all."""
    near = context.library.related.get(page.path, ALONE)
    return context.page(
        page.path,
        context.meta(page),
        page.document.names,
        page.document.own,
        meta=page.meta,
        body=context.linked(page.body),
        picture=page.figure,
        recording=page.card.recording,
        film=page.film,
        sources=page.uses,
        themes=page.themes,
        material=material.get(page.path, ()),
        all_material=MATERIAL_PAGE if material else "",
        related=near.related,
        previous=near.previous,
        next=near.next,
        crumbs=context.crumbs("" if page.kind is LISTING else page.document.section, page.document.parent),
        **_kind_context(context, page),
    )


def _kind_context(context: SiteContext, page: Page) -> Mapping[str, Any]:
    """What only the templates of some kinds get."""
    if isinstance(page.meta, Campaign):
        return _home(context, page, page.meta)
    if isinstance(page.meta, Story):
        return _story(context, page, page.meta)
    if isinstance(page.meta, Plain):
        return _plain(context, page, page.meta)
    if page.kind is LISTING:
        return listing(context, page.document.section)
    if page.kind is EVIDENCE:
        return {"plots": page.plots}
    if page.kind is AMBASSADOR:
        return {"posts": context.posts.get(page.document.path, ()), "feed": context.feed_path(page)}
    if page.kind is EXCHANGE:
        turns = tuple(replace(turn, body=context.linked(turn.body)) for turn in page.turns)
        return {"turns": turns, "writers": page.card.writers}
    if page.kind is GOLDEN:
        return {"fiction": made_up(page.kind, page.meta)}
    if page.kind in (POST, LETTER):
        return _part(context, page)
    return {}


def _part(context: SiteContext, page: Page) -> Mapping[str, Any]:
    """What a part has of its whole: a letter who writes to whom, and the letter after it.

    Somebody who is asked for consent reads a part alone.
    """
    whole = context.by_document.get(page.document.parent)
    if page.kind is POST:
        return {"whole": whole.card if whole else None}
    turns = iter((whole or with_letters(page, (page,), None)).turns)
    turn = next(turn for turn in turns if turn.card.path == page.path)
    following = next(turns, None)
    return {
        "whole": whole.card if whole else None,
        "writer": turn.writer,
        "to": turn.to,
        "answer": following.card if following else None,
    }


def _plain(context: SiteContext, page: Page, meta: Plain) -> Mapping[str, Any]:
    sheets, library = context.library.worksheets, context.library.indicators
    return {
        "introduces": page.document.path == context.library.site.about.lstrip("/"),
        "worked": sroi_view(context, sheets.sroi) if sheets.sroi and meta.worksheet == "sroi" else None,
        "case": case_view(context, sheets.case) if sheets.case and meta.worksheet == "case" else None,
        "picker": picker_view(context, library) if library and meta.worksheet == "indicators" else None,
        "council": council_view(context, page, meta) if meta.question else None,
    }


def _home(context: SiteContext, page: Page, meta: Campaign) -> Mapping[str, Any]:
    stories = context.library.section(STORY.section)
    lead = lead_of(context)
    action = context.by_document.get(meta.action.page.lstrip("/")) if meta.action else None
    shown = [card for card in stories if lead is None or card.path != lead.path]
    used = {use.id: use for use in page.uses}
    reasoning = meta.reasoning if meta.reasoning and meta.reasoning.fact in used else None
    proof = context.by_document.get(reasoning.page.lstrip("/")) if reasoning else None
    council = council_page(context)
    return {
        "lead": lead,
        "stories": tuple(shown[:HOME_STORIES]),
        "invitation": invitation_of(context),
        "roles": role_entries(context),
        "museum": context.museum,
        "theme_entries": context.theme_entries,
        "reasoning": reasoning,
        "outcome": used[reasoning.fact] if reasoning else None,
        "proof": NavLink(proof.meta.title, proof.path) if proof else None,
        "figures": tuple(used[id] for id in meta.figures if id in used),
        "evidence": context.library.section(EVIDENCE.section)[:4],
        "guides": context.library.section(GUIDE.section)[:4],
        "news": own_first(context.library.section(NEWS.section))[:3],
        "council": council.path if council else "",
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
