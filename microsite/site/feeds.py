"""The files that need the full address of the site: its feeds and its sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microsite.content.kinds import AMBASSADOR
from microsite.core.records import replace
from microsite.core.urls import without_index
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.views import Card, PageMeta
from microsite.site.context import FEED_INPUTS, SITEMAP_INPUTS, SiteContext

FEED_ENTRIES = 20


def sitemap(context: SiteContext, pages: Iterable[Artifact]) -> Artifact:
    """The addresses of all pages that search engines may list."""
    found: list[tuple[str, PageMeta]] = [(page.path, dict(page.inputs)["page"]) for page in pages]
    addresses = (
        (
            without_index(path),
            str(meta.updated or meta.date or ""),
            tuple((version.language, without_index(version.path)) for version in meta.versions),
        )
        for path, meta in found
        if meta.indexed
    )
    item = artifact(
        "sitemap.xml",
        recipes.page,
        template=context.templates("sitemap.xml", context.language),
        addresses=tuple(sorted(addresses)),
    )
    return replace(item, pending=SITEMAP_INPUTS)


def feeds(context: SiteContext, path: str) -> Iterator[Artifact]:
    """The feed of the site, at ``path``, and one for each weblog."""
    pages = context.library.pages
    dated = [page.card for page in pages if page.kind.in_feed and page.card.date]
    newest = sorted(dated, key=lambda card: (card.date, card.path), reverse=True)
    yield _feed(context, path, "", "index.html", tuple(newest))
    for page in pages:
        weblog = context.feed_path(page) if page.kind is AMBASSADOR else ""
        if weblog:
            yield _feed(context, weblog, page.meta.title, page.path, context.posts[page.document.path])


def _feed(context: SiteContext, path: str, title: str, about: str, cards: tuple[Card, ...]) -> Artifact:
    item = artifact(
        path,
        recipes.page,
        template=context.templates("feed.xml", context.language),
        path=path,
        title=title,
        about=about,
        site=context.library.site,
        cards=cards[:FEED_ENTRIES],
        updated=max(filter(None, (card.changed for card in cards[:FEED_ENTRIES])), default=None),
    )
    return replace(item, pending=FEED_INPUTS)
