"""The files that need the full address of the site: its feeds and its sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from microsite.content.kinds import AMBASSADOR, POST
from microsite.core.records import Record, replace
from microsite.core.urls import without_index
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.views import Body, Card, FactUse, PageMeta
from microsite.site.context import FEED_INPUTS, SITEMAP_INPUTS, SiteContext
from microsite.site.page import Page

FEED_ENTRIES = 20


class FeedEntry(Record):
    """A page in a feed. ``picture`` is the path of its picture, "" without one, and ``alt`` what that shows.

    ``quote`` is somebody's own words, ``body`` the whole text where readers may keep that, with the ``facts``
    in it.
    """

    card: Card
    picture: str = ""
    alt: str = ""
    quote: str = ""
    body: Body | None = None
    facts: tuple[FactUse, ...] = ()


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
    dated = [page for page in pages if page.kind.in_feed and page.card.date]
    newest = sorted(dated, key=lambda page: (page.card.date, page.path), reverse=True)
    yield _feed(context, path, "", "index.html", newest)
    for page in pages:
        weblog = context.feed_path(page) if page.kind is AMBASSADOR else ""
        if weblog:
            posts = [
                post for post in pages if post.kind is POST and post.document.parent == page.document.path
            ]
            yield _feed(context, weblog, page.meta.title, page.path, posts)


def _feed(context: SiteContext, path: str, title: str, about: str, pages: Sequence[Page]) -> Artifact:
    entries = tuple(_entry(context, page) for page in pages[:FEED_ENTRIES])
    item = artifact(
        path,
        recipes.page,
        template=context.templates("feed.xml", context.language),
        path=path,
        title=title,
        about=about,
        site=context.library.site,
        entries=entries,
        updated=max(filter(None, (entry.card.changed for entry in entries)), default=None),
    )
    return replace(item, pending=FEED_INPUTS)


def _entry(context: SiteContext, page: Page) -> FeedEntry:
    """A page in a feed, which readers copy and keep.

    So people are in it as they are in the preview of a link, if they agreed to that, and never with their
    whole story: search engines may not keep that either.
    """
    if not page.social:
        return FeedEntry(page.card)
    preview = context.share_pictures.get(page.path) if context.has_previews else None
    image = context.image(page, "social")
    picture, alt = "", ""
    if preview is not None:
        picture, alt = preview.path, preview.preview.alt
    elif image is not None and page.figure is not None:
        picture, alt = image.picture.src, page.figure.alt
    if page.kind.archived:
        return FeedEntry(page.card, picture, alt, body=page.body, facts=page.uses)
    return FeedEntry(page.card, picture, alt, page.card.quote)
