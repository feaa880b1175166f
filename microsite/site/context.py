"""What all pages of a site have in common: menus, breadcrumbs, languages, metadata."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

from microsite.content.consent import Channel
from microsite.content.kinds import FIRST, POST, THEME, Kind, page_path
from microsite.core import i18n
from microsite.core.languages import NAMES, direction
from microsite.core.problems import Text, text
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, Inputs
from microsite.rendering.hosting import policy
from microsite.rendering.templates import Template
from microsite.rendering.views import Body, Card, LanguageVersion, LinkPreview, NavLink, PageMeta
from microsite.site import search
from microsite.site.embeds import PublishedImage
from microsite.site.library import Library, exhibits
from microsite.site.links import OWN_FIGURES, theme_path
from microsite.site.material.share_pictures import SharePicture, share_pictures
from microsite.site.page import Page

PAGE_INPUTS = ("brand", "files")
FEED_INPUTS = ("brand",)
SITEMAP_INPUTS = ("url",)
DRAWING_INPUTS = ("colours",)
"""The inputs that each brand gives to artifacts that several brands share."""

FIRST_PAGE = page_path(FIRST)

Templates = Callable[[str, str], Template]
"""A template, by its name and the language of its interface."""


class SiteContext:
    """The common parts of the sites that show one library in one language.

    ``has_search``, ``has_feed`` and ``has_previews``: whether the site has a search page, feeds, and pictures
    that networks show with links to its pages.
    """

    def __init__(
        self,
        library: Library,
        templates: Templates,
        language: str,
        has_search: bool,
        has_feed: bool,
        has_previews: bool = False,
    ) -> None:
        self.library = library
        self.templates = templates
        self.language = language
        self.has_search = has_search
        self.has_feed = has_feed
        self.has_previews = has_previews
        self._translate = i18n.translator(language)

    def translate(self, sentence: Text) -> str:
        """A sentence of the interface, in its language."""
        return sentence.render(self._translate)

    def page(
        self,
        path: str,
        meta: PageMeta,
        origins: tuple[str, ...] = (),
        own: tuple[str, ...] = (),
        /,
        **context: Any,
    ) -> Artifact:
        """An HTML page; ``context`` is what its template gets besides what every page gets."""
        template = self.templates(meta.kind.template, meta.interface)
        inputs = tuple(sorted((context | {"template": template, "path": path, "page": meta}).items()))
        return Artifact(path, recipes.page, inputs, origins, False, own, self._common, pending=PAGE_INPUTS)

    def linked(self, body: Body) -> Body:
        """A text as this site can show it: without a feed, links to that are only words."""
        return body if self.has_feed else body.unlinked(policy.FEED[0])

    def crumbs(self, section: str, whole: str = "") -> tuple[NavLink, ...]:
        """The breadcrumbs of a page in this section; ``whole`` is the path of the text it is a part of."""
        trail = self._trails.get(section, self._trails[""])
        above = self.by_document.get(whole)
        return (*trail, NavLink(above.meta.title, above.path)) if above else trail

    def meta(self, page: Page) -> PageMeta:
        """The metadata of a document's page."""
        meta = page.meta
        words = page.document.prose.word_count
        language = page.document.language or self.library.site.language
        wished = page.document.language or self.language
        interface = wished if i18n.is_available(wished) else self.language
        return PageMeta(
            page.kind,
            page.document.section,
            meta.title,
            meta.summary,
            meta.date,
            meta.updated,
            self.preview(page.path),
            language,
            interface,
            self._mixed(language, interface),
            self._schema_type(page),
            direction(language),
            self._versions.get(page.document.original or page.document.path, ()),
            social=page.social,
            share=meta.share if page.social else "",
            own=page.document.local or page.document.rewritten,
            words=words,
            minutes=recipes.minutes(words),
        )

    def generated(
        self,
        path: str,
        kind: Kind,
        section: str,
        title: str,
        summary: str = "",
        /,
        crumbs: tuple[NavLink, ...] | None = None,
        **context: Any,
    ) -> Artifact:
        """A page without a document. Its text is in the interface's language, a theme's in the site's."""
        language = self.library.site.language if kind is THEME else self.language
        meta = PageMeta(
            kind,
            section,
            title,
            summary,
            None,
            None,
            self.preview(path),
            language,
            self.language,
            self._mixed(language, self.language),
            kind.schema_type,
            indexed=kind.indexed,
        )
        return self.page(path, meta, crumbs=self.crumbs("") if crumbs is None else crumbs, **context)

    def _schema_type(self, page: Page) -> str:
        site = self.library.site
        roles = {site.about.lstrip("/"): "AboutPage", site.contact.lstrip("/"): "ContactPage"}
        return roles.get(page.document.original or page.document.path, page.kind.schema_type)

    def preview(self, path: str) -> LinkPreview | None:
        """The picture that networks show with a link to this page: its own, or that of the first page."""
        if not self.has_previews:
            return None
        picture = self.share_pictures.get(path) or self.share_pictures.get(FIRST_PAGE)
        return picture.preview if picture else None

    @cached_property
    def share_pictures(self) -> Mapping[str, SharePicture]:
        """The share pictures of pages that have one of their own, by the path of the page."""
        library = self.library
        pages = (*library.pages, *library.translations)
        return share_pictures(pages, partial(self.image, channel="social"), library.site, self.translate)

    def image(self, page: Page, channel: Channel) -> PublishedImage | None:
        """The image in the front matter of a page, if its terms are for this channel."""
        image = self._images.get(page.figure.picture.src) if page.figure else None
        may_use = self.library.admission.may_use
        return image if image is not None and may_use(image.source, channel) else None

    def photo_note(self, page: Page, channel: Channel) -> Text | None:
        """What to say with material of a page that lacks its photo, because of the terms of that."""
        if page.figure is None or self.image(page, channel) is not None:
            return None
        return text("Without the photo: that may not be used for '{channel}'.", channel=channel)

    @cached_property
    def _images(self) -> dict[str, PublishedImage]:
        return {image.picture.src: image for image in self.library.images}

    def feed_path(self, page: Page) -> str:
        """The path of the feed of an ambassador's weblog; "" without one."""
        has_posts = self.has_feed and self.posts.get(page.document.path)
        return f"{page.path.removesuffix('.html')}.xml" if has_posts else ""

    def _mixed(self, language: str, interface: str) -> bool:
        return not language == interface == self.library.site.language

    @cached_property
    def _common(self) -> Inputs:
        menu = self.library.menu
        if self.has_search:
            menu += (NavLink(self.translate(text("Search")), search.PAGE, ours=True),)
        reading_menu = self.library.reading_menu
        if self.library.series:
            own = NavLink(self.translate(text("Our figures")), OWN_FIGURES, ours=True)
            reading_menu = (own, *reading_menu)
        return (
            ("footer_menu", self.library.footer_menu),
            ("menu", menu),
            ("policy", policy.META_CSP),
            ("reading_menu", reading_menu),
            ("site", self.library.site),
            ("team_menu", self.library.team_menu),
        )

    @cached_property
    def tagged(self) -> dict[str, list[Card]]:
        """The cards of each theme, in the order of the pages."""
        cards: dict[str, list[Card]] = {}
        for page in self.library.pages:
            for theme in dict.fromkeys(page.meta.tags):
                cards.setdefault(theme, []).append(page.card)
        return cards

    @cached_property
    def theme_entries(self) -> tuple[NavLink, ...]:
        """The themes that are used, with the number of their pages."""
        return tuple(
            NavLink(theme.title, theme_path(id), "themas", len(self.tagged[id]))
            for id, theme in self.library.site.themes
            if id in self.tagged
        )

    @cached_property
    def by_document(self) -> dict[str, Page]:
        """The pages by the path of their document."""
        return {page.document.path: page for page in self.library.pages}

    @cached_property
    def museum(self) -> tuple[Card, ...]:
        """The stories of which the museum has a thing, those of the member first."""
        return tuple(sorted(exhibits(self.library.pages), key=lambda card: not card.local))

    @cached_property
    def posts(self) -> dict[str, tuple[Card, ...]]:
        """The posts of each weblog, by the path of the ambassador's document."""
        posts: dict[str, tuple[Card, ...]] = {}
        for page in self.library.pages:
            if page.kind is POST:
                whole = page.document.parent
                posts[whole] = (*posts.get(whole, ()), page.card)
        return posts

    @cached_property
    def _versions(self) -> dict[str, tuple[LanguageVersion, ...]]:
        """The languages of each page that has translations, by the path of its document."""
        translated: dict[str, list[Page]] = {}
        for page in self.library.translations:
            translated.setdefault(page.document.original, []).append(page)
        return {
            original: tuple(map(self._version, (self.by_document[original], *translations)))
            for original, translations in translated.items()
        }

    def _version(self, page: Page) -> LanguageVersion:
        language = page.document.language or self.library.site.language
        return LanguageVersion(language, NAMES[language], page.path)

    @cached_property
    def _trails(self) -> dict[str, tuple[NavLink, ...]]:
        home = NavLink(self.library.site.title, "index.html")
        library = self.library
        menus = reversed((*library.menu, *library.reading_menu, *library.footer_menu, *library.team_menu))
        return {"": (home,)} | {entry.section: (home, entry) for entry in menus if entry.section}
