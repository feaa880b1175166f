"""Pages without a document of their own: lists, themes, figures, search, not found, the style guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from microsite.content.facts import Reference
from microsite.content.front_matter import Golden
from microsite.content.kinds import (
    EVIDENCE,
    FACTS,
    GOLDEN,
    GUIDE,
    KINDS,
    LISTING,
    MISSING,
    MOVED,
    MUSEUM,
    SEARCH,
    SECTIONS,
    STORY,
    STYLE_GUIDE,
    THEME,
    THEMES,
)
from microsite.core.problems import text
from microsite.core.records import replace
from microsite.rendering.artifact import Artifact
from microsite.rendering.hosting import policy
from microsite.rendering.views import Card, CardGroup, Facet, FactGroup, FactRow, FactUse, NavLink
from microsite.site import search
from microsite.site.cards import FACETS
from microsite.site.context import SiteContext
from microsite.site.links import FIGURES, theme_path
from microsite.site.links import MUSEUM as MUSEUM_PAGE
from microsite.site.near import invitation_of

LEADING = 6
"""The figures of the register that are set large; the others follow by source."""


def overview_pages(context: SiteContext, all_material: str) -> Iterator[Artifact]:
    """The lists without an ``index.md``, and the pages of themes and figures.

    ``all_material`` is the path of the page of material, or "".
    """
    yield from _unwritten_lists(context, all_material)
    if context.museum:
        title = context.translate(text("The museum of small things"))
        summary = context.translate(
            text("Every story has a thing in it that stays with you. Choose one, and read whose it is.")
        )
        crumbs = context.crumbs(STORY.section)
        yield context.generated(
            MUSEUM_PAGE, MUSEUM, STORY.section, title, summary, crumbs=crumbs, cards=context.museum
        )
    if context.theme_entries:
        yield from _theme_pages(context)
    if context.library.facts:
        title = context.translate(text("All figures"))
        summary = context.translate(
            text("Every figure on this site, with its source and what it does not say.")
        )
        leading, others = context.library.facts[:LEADING], context.library.facts[LEADING:]
        groups = _by_source(others)
        has_evidence = bool(context.library.section(EVIDENCE.section))
        yield context.generated(
            FIGURES,
            FACTS,
            "",
            title,
            summary,
            leading=leading,
            groups=groups,
            has_evidence=has_evidence,
            has_series=bool(context.library.series),
        )


def _by_source(rows: Iterable[FactRow]) -> tuple[FactGroup, ...]:
    """The facts by source, in the order of the first of each; those with the same caveat together."""
    sources: dict[Reference, dict[str, list[FactRow]]] = {}
    for row in rows:
        sources.setdefault(row.fact.source, {}).setdefault(row.fact.caveat, []).append(row)
    return tuple(FactGroup(source, tuple(chain(*found.values()))) for source, found in sources.items())


def _unwritten_lists(context: SiteContext, all_material: str) -> Iterator[Artifact]:
    written = {page.path for page in context.library.pages}
    for section, kind in SECTIONS.items():
        path = f"{section}/index.html"
        if path not in written and context.library.section(section):
            yield context.generated(
                path,
                LISTING,
                section,
                context.translate(kind.title),
                meta=None,
                body=None,
                picture=None,
                sources=(),
                themes=(),
                all_material=all_material,
                related=(),
                previous=None,
                next=None,
                **listing(context, section),
            )


def _theme_pages(context: SiteContext) -> Iterator[Artifact]:
    path = "themas/index.html"
    title = context.translate(text("Themes"))
    summary = context.translate(text("All stories and all evidence by theme."))
    entries = tuple((entry, entry.count) for entry in context.theme_entries)
    yield context.generated(path, THEMES, "themas", title, summary, entries=entries)
    crumbs = (*context.crumbs(""), NavLink(title, path, "themas", ours=True))
    for id, theme in context.library.site.themes:
        if id in context.tagged:
            yield context.generated(
                theme_path(id),
                THEME,
                "themas",
                theme.title,
                theme.description,
                crumbs=crumbs,
                id=id,
                theme=theme,
                cards=tuple(context.tagged[id]),
            )


def search_page(context: SiteContext, index: str) -> Artifact:
    """The page to search on, in the index at this path. Without scripts it has help, overviews and themes."""
    return context.generated(
        search.PAGE,
        SEARCH,
        "",
        context.translate(text("Search")),
        context.translate(text("Search all stories, evidence, tools and news on this site.")),
        index=index,
        labels=tuple((kind.name, context.translate(kind.label)) for kind in (*KINDS, THEME)),
        help_lines=context.library.site.help_lines,
        overviews=tuple(entry for entry in context.library.menu if entry.path.endswith("/index.html")),
        theme_entries=context.theme_entries,
    )


def missing_page(context: SiteContext, root: str) -> Artifact:
    """The page that servers show for unknown addresses; at any of them, so its links begin with ``root``."""
    title = context.translate(text("Page not found"))
    return context.generated(policy.NOT_FOUND, MISSING, "", title, crumbs=(), root=root)


def gone_page(context: SiteContext, path: str) -> Artifact:
    """The page at the address of a removed page, for hosts that cannot answer 410: the same as for 404."""
    root = "../" * path.count("/") or "./"
    return replace(missing_page(context, root), path=path)


def moved_page(context: SiteContext, path: str, target: str, origins: tuple[str, ...]) -> Artifact:
    """The page at an old address, for hosts that cannot redirect: it sends browsers on."""
    title = context.translate(text("This page has moved"))
    return replace(context.generated(path, MOVED, "", title, crumbs=(), target=target), origins=origins)


def style_guide(context: SiteContext) -> Artifact:
    """A page with every part of the design, filled from the campaign and with very long texts."""
    people = context.library.section(STORY.section)[:3]
    long = context.translate(
        text("Multidisciplinary debt-restructuring arrangements for self-employed families")
    )
    quotes = (long * 2, "", "Ja.")
    odd = tuple(
        replace(card, title=long, name=long, quote=quote, local=True, picture=card.picture if quote else None)
        for card, quote in zip(people, quotes, strict=False)
    )
    facts = tuple(FactUse(i, row.id, row.fact) for i, row in enumerate(context.library.facts, start=1))
    return context.generated(
        "stijlgids/index.html",
        STYLE_GUIDE,
        "",
        context.translate(text("Style guide")),
        people=people,
        odd=odd,
        lines=context.library.section(EVIDENCE.section)[:3],
        uses=facts[:4],
        roles=role_entries(context),
    )


# ── lists ──


def listing(context: SiteContext, section: str) -> Mapping[str, Any]:
    """The context of a section's list: its cards, grouped, and the filters to narrow them."""
    cards = context.library.section(section)
    groups, indexes = _groups(context, section, cards)
    return {
        "cards": cards,
        "counts": SECTIONS[section].counts,
        "groups": tuple(group for group in groups if group.cards),
        "indexes": tuple(group for group in indexes if group.cards),
        "proofs": tuple(
            (page.path, page.proof)
            for page in context.library.pages
            if page.proof and page.document.section == section
        ),
        "invitation": invitation_of(context) if section == STORY.section else None,
        "theme_entries": context.theme_entries,
        "choices": _choices(cards),
        "museum": context.museum if section == STORY.section else (),
    }


Groups = tuple[Sequence[CardGroup], Sequence[CardGroup]]
"""The groups that a list is divided into, and the indexes beside it."""


def _groups(context: SiteContext, section: str, cards: tuple[Card, ...]) -> Groups:
    if section == STORY.section:
        return _by_role(context, cards), ()
    if section == GOLDEN.section:
        return _by_award(context, cards), ()
    if section == GUIDE.section:
        return _guides(context, cards)
    return [CardGroup("", cards)], ()


def _by_role(context: SiteContext, cards: Sequence[Card]) -> list[CardGroup]:
    roles = context.library.site.roles
    return [CardGroup(title, tuple(card for card in cards if card.role == role)) for role, title in roles]


def _by_award(context: SiteContext, cards: Sequence[Card]) -> list[CardGroup]:
    golden = [(page.path, page.meta) for page in context.library.pages]
    winners = {path for path, meta in golden if isinstance(meta, Golden) and meta.status == "winner"}
    won = tuple(card for card in cards if card.path in winners)
    others = tuple(card for card in cards if card.path not in winners)
    return [
        CardGroup(context.translate(text("Winners")), won, ours=True),
        CardGroup(context.translate(text("Nominated")), others, ours=True),
    ]


def _guides(context: SiteContext, cards: Sequence[Card]) -> Groups:
    """The toolkit by aim; and indexes of it by duration and by role."""
    tasks = [(card, card.task) for card in cards if card.task]
    site = context.library.site
    aims = [
        CardGroup(title, tuple(card for card, task in tasks if task.aim == id)) for id, title in site.aims
    ]
    known = dict(site.aims)
    rest_title = context.translate(text("Everything else")) if any(group.cards for group in aims) else ""
    rest = CardGroup(rest_title, tuple(card for card, task in tasks if task.aim not in known), ours=True)
    durations = [
        CardGroup(title, tuple(card for card, task in tasks if task.duration == id))
        for id, title in site.durations
    ]
    counts = Counter(role for _, task in tasks for role in task.roles)
    roles = [
        CardGroup(role, tuple(card for card, task in tasks if role in task.roles))
        for role, count in sorted(counts.items())
        if count > 1
    ]
    return [*aims, rest], [*durations, *roles]


def role_entries(context: SiteContext) -> tuple[NavLink, ...]:
    """The groups of the list of stories, with their numbers."""
    cards = context.library.section(STORY.section)
    counts = ((title, sum(card.role == role for card in cards)) for role, title in context.library.site.roles)
    path = f"{STORY.section}/index.html"
    return tuple(NavLink(title, path, STORY.section, count) for title, count in counts if count)


_FEWEST_TO_NARROW = 6
"""A list of fewer cards is read sooner than narrowed."""


def _choices(cards: Sequence[Card]) -> tuple[Facet, ...]:
    """The filters of a list: each facet with several values, one of them on more than one card."""
    if len(cards) < _FEWEST_TO_NARROW:
        return ()
    found: dict[str, list[str]] = {}
    for card in cards:
        for name, values in card.facets:
            found.setdefault(name, []).extend(values)
    counts = {name: Counter(values) for name, values in found.items()}
    return tuple(
        Facet(name, FACETS[name], tuple(sorted(counted.items())))
        for name, counted in counts.items()
        if len(counted) > 1 and max(counted.values()) > 1
    )
