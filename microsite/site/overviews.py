"""Pages without a document of their own: lists, themes, figures, search, not found, the style guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from microsite.content.front_matter import Golden
from microsite.content.kinds import (
    EVIDENCE,
    FACTS,
    GOLDEN,
    GUIDE,
    KINDS,
    LISTING,
    MISSING,
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
from microsite.rendering.views import Card, Choice, Entry, FactUse, Group
from microsite.site import search
from microsite.site.context import SiteContext
from microsite.site.links import theme_path
from microsite.site.page import FACETS


def overview_pages(context: SiteContext, index: str) -> Iterator[Artifact]:
    """The lists without an ``index.md``, and the pages of themes, search and figures.

    ``index`` is the path of the search index.
    """
    written = {page.path for page in context.library.pages}
    for section in SECTIONS:
        path = f"{section}/index.html"
        if path not in written and context.library.section(section):
            yield context.page(
                path,
                context.generated_meta(LISTING, section, context.say(SECTIONS[section].title), ""),
                meta=None,
                body=None,
                picture=None,
                sources=(),
                themes=(),
                related=(),
                previous=None,
                next=None,
                crumbs=context.crumbs(""),
                **listing(context, section),
            )
    yield from _theme_pages(context)
    if context.has_search:
        yield _search_page(context, index)
    if context.library.facts:
        path = "cijfers.html"
        head = context.generated_meta(
            FACTS,
            "",
            context.say(text("All figures")),
            context.say(text("Every figure on this site, with its source and what it does not say.")),
        )
        yield context.page(path, head, crumbs=context.crumbs(""), uses=context.library.facts)


def _theme_pages(context: SiteContext) -> Iterator[Artifact]:
    if not context.theme_entries:
        return
    path = "themas/index.html"
    themes = context.say(text("Themes"))
    summary = context.say(text("All stories and all evidence by theme."))
    head = context.generated_meta(THEMES, "themas", themes, summary)
    yield context.page(
        path,
        head,
        crumbs=context.crumbs(""),
        entries=tuple((entry, entry.count) for entry in context.theme_entries),
    )
    for id, theme in context.library.themes:
        if id in context.tagged:
            head = context.generated_meta(THEME, "themas", theme.title, theme.description)
            crumbs = (*context.crumbs(""), Entry(themes, path, "themas", ours=True))
            yield context.page(
                theme_path(id),
                head,
                crumbs=crumbs,
                id=id,
                theme=theme,
                cards=tuple(context.tagged[id]),
            )


def _search_page(context: SiteContext, index: str) -> Artifact:
    """The page to search on. Without scripts it leads to the overviews and themes."""
    head = context.generated_meta(
        SEARCH,
        "",
        context.say(text("Search")),
        context.say(text("Search all stories, evidence, tools and news on this site.")),
    )
    return context.page(
        search.PAGE,
        head,
        crumbs=context.crumbs(""),
        index=index,
        labels=tuple((kind.name, context.say(kind.label)) for kind in KINDS),
        overviews=tuple(entry for entry in context.library.menu if entry.path.endswith("/index.html")),
        theme_entries=context.theme_entries,
    )


def missing_page(context: SiteContext, root: str) -> Artifact:
    """The page that servers show for unknown addresses; at any of them, so its links begin with ``root``."""
    head = context.generated_meta(MISSING, "", context.say(text("Page not found")), "")
    return context.page(policy.NOT_FOUND, head, root=root, crumbs=())


def style_guide(context: SiteContext) -> Iterator[Artifact]:
    """A page with every part of the design, filled from the campaign and with very long texts."""
    path = "stijlgids/index.html"
    people = context.library.section(STORY.section)[:3]
    long = context.say(text("Multidisciplinary debt-restructuring arrangements for self-employed families"))
    quotes = (long * 2, "", "Ja.")
    odd = tuple(
        replace(card, title=long, name=long, quote=quote, local=True, picture=card.picture if quote else None)
        for card, quote in zip(people, quotes, strict=False)
    )
    facts = tuple(FactUse(i, row.id, row.fact) for i, row in enumerate(context.library.facts, start=1))
    head = context.generated_meta(STYLE_GUIDE, "", context.say(text("Style guide")), "")
    yield context.page(
        path,
        head,
        crumbs=context.crumbs(""),
        people=people,
        odd=odd,
        lines=context.library.section(EVIDENCE.section)[:3],
        uses=facts[:4],
        roles=role_entries(context),
    )


def listing(context: SiteContext, section: str) -> Mapping[str, object]:
    """The context of a section's list: its cards, grouped, and the filters to narrow them."""
    cards = context.library.section(section)
    groups: tuple[Group, ...] = (Group("", cards),) if cards else ()
    if section == STORY.section:
        groups = tuple(
            Group(title, tuple(card for card in cards if card.role == role))
            for role, title in context.library.site.roles
            if any(card.role == role for card in cards)
        )
    if section == GOLDEN.section:
        golden = [(page.path, page.meta) for page in context.library.pages]
        winners = {path for path, meta in golden if isinstance(meta, Golden) and meta.status == "winner"}
        groups = tuple(
            group
            for group in (
                Group(context.say(text("Winners")), tuple(c for c in cards if c.path in winners), True),
                Group(context.say(text("Nominated")), tuple(c for c in cards if c.path not in winners), True),
            )
            if group.cards
        )
    indexes: tuple[Group, ...] = ()
    if section == GUIDE.section:
        groups, indexes = _guides(context, cards)
    return {
        "cards": cards,
        "counts": SECTIONS[section].counts,
        "groups": groups,
        "indexes": indexes,
        "proofs": tuple(
            (page.path, page.proof)
            for page in context.library.pages
            if page.proof and page.document.section == section
        ),
        "theme_entries": context.theme_entries,
        "choices": _choices(cards),
    }


def _guides(context: SiteContext, cards: tuple[Card, ...]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The toolkit by aim; and indexes of it by duration and by role."""
    tasks = [(card, card.task) for card in cards if card.task]
    aims = [
        Group(title, tuple(card for card, task in tasks if task.aim == aim))
        for aim, title in context.library.site.aims
    ]
    known = dict(context.library.site.aims)
    rest = tuple(card for card, task in tasks if task.aim not in known)
    roles = Counter(role for _, task in tasks for role in task.roles)
    indexes = [
        *(
            Group(title, tuple(card for card, task in tasks if task.duration == duration))
            for duration, title in context.library.site.durations
        ),
        *(
            Group(role, tuple(card for card, task in tasks if role in task.roles))
            for role, count in sorted(roles.items())
            if count > 1
        ),
    ]
    rest_title = context.say(text("Everything else")) if any(group.cards for group in aims) else ""
    groups = [*aims, Group(rest_title, rest, ours=True)]
    return tuple(g for g in groups if g.cards), tuple(g for g in indexes if g.cards)


def role_entries(context: SiteContext) -> tuple[Entry, ...]:
    """The groups of the list of stories, with their numbers."""
    cards = context.library.section(STORY.section)
    counts = ((title, sum(card.role == role for card in cards)) for role, title in context.library.site.roles)
    path = f"{STORY.section}/index.html"
    return tuple(Entry(title, path, STORY.section, count) for title, count in counts if count)


def _choices(cards: Sequence[Card]) -> tuple[Choice, ...]:
    """The filters of a list: each facet with several values, one of them on more than one card."""
    found: dict[str, list[str]] = {}
    for card in cards:
        for name, values in card.facets:
            found.setdefault(name, []).extend(values)
    counts = {name: Counter(values) for name, values in found.items()}
    return tuple(
        Choice(name, FACETS[name], tuple(sorted(counted.items())))
        for name, counted in counts.items()
        if len(counted) > 1 and max(counted.values()) > 1
    )
