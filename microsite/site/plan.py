"""The table of contents of a site: every file that it consists of, and what each is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from microsite.brand import logos
from microsite.brand.brand import Brand
from microsite.brand.logos import Logo
from microsite.brand.vcards import vcard
from microsite.content.files import Source
from microsite.content.front_matter import Campaign, Golden, Story
from microsite.content.kinds import (
    AMBASSADOR,
    EVIDENCE,
    EXCHANGE,
    FACTS,
    GOLDEN,
    GUIDE,
    KINDS,
    LETTER,
    LISTING,
    MISSING,
    NEWS,
    PAGE,
    POST,
    SEARCH,
    SECTIONS,
    STORY,
    STYLE_GUIDE,
    THEME,
    THEMES,
    Kind,
)
from microsite.core import i18n as catalogue
from microsite.core.fingerprints import Fingerprints
from microsite.core.languages import NAMES, direction
from microsite.core.problems import Place, Problem, Text, text
from microsite.core.records import Record, replace
from microsite.core.urls import short
from microsite.media.photos import Picture
from microsite.media.svg import Drawing
from microsite.rendering import media_recipes as media
from microsite.rendering import recipes as pages
from microsite.rendering.artifact import Artifact, Inputs, artifact
from microsite.rendering.hosting import policy as hosting
from microsite.rendering.templates import Template
from microsite.rendering.views import (
    AssetPaths,
    Assets,
    Card,
    Choice,
    Entry,
    FactUse,
    Group,
    PageMeta,
    Slot,
    Version,
)
from microsite.site import search
from microsite.site.embeds import Look
from microsite.site.library import Library
from microsite.site.links import attachment_path, theme_path
from microsite.site.page import FACETS, Page
from microsite.site.related import RelatedPages

ALONE = RelatedPages((), None, None)
FEED_ENTRIES = 20
HOME_STORIES = 6
ICONS = (180, 192, 512)
"""Sides of app icons: Apple's first, then those of the manifest."""
ENCODED = (".html", ".css", ".js", ".svg", ".xml", ".txt")


class Plan(Record):
    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]


_OF_PAGE = (("brand", None), ("files", None))
_OF_FEED = (("brand", None),)
_OF_SITEMAP = (("url", None),)
_OF_DRAWING = (("colours", None),)
"""What a brand gives to what it has in common with others."""

Templates = Callable[[str, str], Template]
"""A template by its name and the language of the words in it."""


class Planner:
    """Plans the sites that show one library. What they have in common is made once."""

    def __init__(
        self, library: Library, templates: Templates, assets: Assets, fingerprint: Fingerprints
    ) -> None:
        self.library = library
        self.slots: dict[str, list[str]] = {}
        """The pages with a place for something of the brand, by what it is."""
        for page in library.pages:
            for slot in {part.name for part in page.body.resolved if isinstance(part, Slot)}:
                self.slots.setdefault(slot, []).append(page.path)
        self._given = templates, assets, fingerprint
        self._contents: dict[tuple[str, bool], _Contents] = {}

    def plan(
        self, brand: Brand, logo: tuple[Source, Logo], fonts: tuple[Source, ...], guide: bool = False
    ) -> Plan:
        """All artifacts of one brand's site, by path. Two that claim one path are a problem.

        With ``guide``: and the style guide, which is for who makes the site.
        """
        key = brand.language, bool(brand.url)
        if key not in self._contents:
            self._contents[key] = _Contents(self.library, *self._given, *key)
        return _Site(self._contents[key], brand, logo, fonts).plan(guide)


class _Contents:
    """What the sites have in common that show one library in one language, with a feed or without.

    Its ``artifacts`` are without what the brand gives: see ``_Site``.
    """

    def __init__(
        self,
        library: Library,
        templates: Templates,
        assets: Assets,
        fingerprint: Fingerprints,
        language: str,
        feed: bool,
    ) -> None:
        self.library = library
        self.templates = templates
        self.assets = assets
        self.name = fingerprint
        self.language = language
        self.feed = feed
        self.translate = catalogue.translator(language)
        self.menu = library.menu
        if assets.finding:
            self.menu += (Entry(self._say(text("Search")), search.PAGE, ours=True),)
        self.common: Inputs = (
            ("footer_menu", library.footer_menu),
            ("menu", self.menu),
            ("policy", hosting.META_POLICY),
            ("site", library.site),
        )
        self.tagged = library.tagged()
        self.theme_entries = tuple(
            Entry(theme.title, theme_path(id), "themas", len(self.tagged[id]))
            for id, theme in library.themes
            if id in self.tagged
        )
        self.findable = tuple(search.entry(page) for page in library.pages)
        self.index = f"js/zoeken-{self.name(self.findable)[:10]}.js"
        home = Entry(library.site.title, "index.html")
        self.wholes = {page.document.path: page for page in library.pages}
        self.posts: dict[str, tuple[Card, ...]] = {}
        for page in library.pages:
            if page.kind is POST:
                whole = page.document.whole
                self.posts[whole] = (*self.posts.get(whole, ()), page.card)
        translated: dict[str, list[Page]] = {}
        for page in library.translations:
            translated.setdefault(page.document.original, []).append(page)
        self.versions = {
            original: tuple(map(self._version, (self.wholes[original], *translations)))
            for original, translations in translated.items()
        }
        self.trails = {"": (home,)} | {
            e.section: (home, e) for e in reversed((*library.menu, *library.footer_menu)) if e.section
        }
        self.files = self._files()
        pages = (*self._documents(), *self._overviews())
        self.artifacts = (*pages, *self._indexes(pages), *self._assets(), *self._pictures())

    def _page(
        self,
        path: str,
        head: PageMeta,
        origins: tuple[str, ...] = (),
        own: tuple[str, ...] = (),
        /,
        **context: Any,
    ) -> Artifact:
        """An HTML page, with what every page gets."""
        context |= {
            "template": self.templates(head.kind.template, head.interface),
            "path": path,
            "page": head,
        }
        inputs = tuple(sorted(context.items()))
        return Artifact(path, pages.page, inputs, origins, False, own, self.common, _OF_PAGE)

    def _documents(self) -> Iterator[Artifact]:
        for page in (*self.library.pages, *self.library.translations):
            kind = page.kind
            near = self.library.related.get(page.path, ALONE)
            yield self._page(
                page.path,
                self._head(page),
                page.document.names,
                page.document.own,
                meta=page.meta,
                body=page.body,
                picture=page.figure,
                sources=page.uses,
                themes=page.themes,
                related=near.related,
                previous=near.previous,
                next=near.next,
                crumbs=self._crumbs("" if kind is LISTING else page.document.section, page.document.whole),
                **self._special(page),
            )

    def _version(self, page: Page) -> Version:
        language = page.document.language or self.library.site.language
        return Version(language, NAMES[language], page.path)

    def _special(self, page: Page) -> Mapping[str, object]:
        """What only the pages of some kinds get."""
        if isinstance(page.meta, Campaign):
            return self._home(page, page.meta)
        if isinstance(page.meta, Story):
            return self._story(page, page.meta)
        if page.kind is LISTING:
            return self._listing(page.document.section)
        if page.kind is EVIDENCE:
            return {"plots": page.plots}
        if page.kind is AMBASSADOR:
            return {"posts": self.posts.get(page.document.path, ()), "feed": self._feed_of(page)}
        if page.kind is EXCHANGE:
            return {"turns": page.turns}
        if page.kind in (POST, LETTER):
            return {"whole": self.wholes[page.document.whole].card}
        if page.kind is PAGE:
            return {"introduces": page.document.path == self.library.site.about.lstrip("/")}
        return {}

    def _feed_of(self, page: Page) -> str:
        """Where the feed of this ambassador's weblog is; "" without one."""
        there = self.feed and self.posts.get(page.document.path)
        return f"{page.path.removesuffix('.html')}.xml" if there else ""

    def _home(self, page: Page, meta: Campaign) -> Mapping[str, object]:
        stories = self.library.section(STORY.section)
        by_document = {p.document.path: p for p in self.library.pages}
        lead = by_document.get(meta.lead.lstrip("/"))
        action = by_document.get(meta.action.page.lstrip("/")) if meta.action else None
        shown = [card for card in stories if lead is None or card.path != lead.path]
        used = {use.id: use for use in page.uses}
        reasoning = meta.reasoning if meta.reasoning and meta.reasoning.fact in used else None
        proof = by_document.get(reasoning.page.lstrip("/")) if reasoning else None
        return {
            "lead": lead.card if lead is not None else None,
            "stories": tuple(shown[:HOME_STORIES]),
            "roles": self._role_entries(),
            "theme_entries": self.theme_entries,
            "reasoning": reasoning,
            "outcome": used[reasoning.fact] if reasoning else None,
            "proof": Entry(proof.meta.title, proof.path) if proof else None,
            "figures": tuple(used[id] for id in meta.figures if id in used),
            "evidence": self.library.section(EVIDENCE.section)[:4],
            "guides": self.library.section(GUIDE.section)[:4],
            "news": self.library.section(NEWS.section)[:3],
            "action": Entry(meta.action.text, action.path) if meta.action and action else None,
        }

    def _story(self, page: Page, meta: Story) -> Mapping[str, object]:
        about = frozenset(meta.tags)
        return {
            "figures": tuple(use for use in page.uses if use.id in meta.facts),
            "help_lines": tuple(
                line
                for id, line in self.library.site.help_lines
                if id in meta.help or not about.isdisjoint(line.themes)
            ),
            "steps": self.library.story_steps,
        }

    def style_guide(self) -> Iterator[Artifact]:
        """Each part of the design, with the campaign's people and figures and with texts that hardly fit."""
        path = "stijlgids/index.html"
        people = self.library.section(STORY.section)[:3]
        long = self._say(text("Multidisciplinary debt-restructuring arrangements for self-employed families"))
        quotes = (long * 2, "", "Ja.")
        odd = tuple(
            replace(
                card, title=long, name=long, quote=quote, local=True, picture=card.picture if quote else None
            )
            for card, quote in zip(people, quotes, strict=False)
        )
        facts = tuple(FactUse(i, row.id, row.fact) for i, row in enumerate(self.library.facts, start=1))
        head = self._overview_head(STYLE_GUIDE, "", self._say(text("Style guide")), "")
        yield self._page(
            path,
            head,
            crumbs=self._crumbs(""),
            people=people,
            odd=odd,
            lines=self.library.section(EVIDENCE.section)[:3],
            uses=facts[:4],
            roles=self._role_entries(),
        )

    def _role_entries(self) -> tuple[Entry, ...]:
        """The groups of the overview of stories."""
        cards = self.library.section(STORY.section)
        counts = (
            (title, sum(card.role == role for card in cards)) for role, title in self.library.site.roles
        )
        path = f"{STORY.section}/index.html"
        return tuple(Entry(title, path, STORY.section, count) for title, count in counts if count)

    def _listing(self, section: str) -> Mapping[str, object]:
        cards = self.library.section(section)
        groups: tuple[Group, ...] = (Group("", cards),) if cards else ()
        if section == STORY.section:
            groups = tuple(
                Group(title, tuple(card for card in cards if card.role == role))
                for role, title in self.library.site.roles
                if any(card.role == role for card in cards)
            )
        if section == GOLDEN.section:
            golden = [(page.path, page.meta) for page in self.library.pages]
            winners = {path for path, meta in golden if isinstance(meta, Golden) and meta.status == "winner"}
            groups = tuple(
                group
                for group in (
                    Group(self._say(text("Winners")), tuple(c for c in cards if c.path in winners), True),
                    Group(
                        self._say(text("Nominated")), tuple(c for c in cards if c.path not in winners), True
                    ),
                )
                if group.cards
            )
        indexes: tuple[Group, ...] = ()
        if section == GUIDE.section:
            groups, indexes = self._guides(cards)
        return {
            "cards": cards,
            "counts": SECTIONS[section].counts,
            "groups": groups,
            "indexes": indexes,
            "proofs": tuple(
                (page.path, page.proof)
                for page in self.library.pages
                if page.proof and page.document.section == section
            ),
            "theme_entries": self.theme_entries,
            "choices": _choices(cards),
        }

    def _guides(self, cards: tuple[Card, ...]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
        """The toolkit by what one wants to reach, and beside that by time and by role."""
        tasks = [(card, card.task) for card in cards if card.task]
        aims = [
            Group(title, tuple(card for card, task in tasks if task.aim == aim))
            for aim, title in self.library.site.aims
        ]
        known = dict(self.library.site.aims)
        rest = tuple(card for card, task in tasks if task.aim not in known)
        roles = Counter(role for _, task in tasks for role in task.roles)
        indexes = [
            *(
                Group(title, tuple(card for card, task in tasks if task.duration == duration))
                for duration, title in self.library.site.durations
            ),
            *(
                Group(role, tuple(card for card, task in tasks if role in task.roles))
                for role, count in sorted(roles.items())
                if count > 1
            ),
        ]
        rest_title = self._say(text("Everything else")) if any(group.cards for group in aims) else ""
        groups = [*aims, Group(rest_title, rest, ours=True)]
        return tuple(g for g in groups if g.cards), tuple(g for g in indexes if g.cards)

    def _overviews(self) -> Iterator[Artifact]:
        """Pages that no file stands for: themes, figures, not found, lists without a text of their own."""
        written = {page.path for page in self.library.pages}
        for section in SECTIONS:
            path = f"{section}/index.html"
            if path not in written and self.library.section(section):
                yield self._page(
                    path,
                    self._overview_head(LISTING, section, self._say(SECTIONS[section].title), ""),
                    meta=None,
                    body=None,
                    picture=None,
                    sources=(),
                    themes=(),
                    related=(),
                    previous=None,
                    next=None,
                    crumbs=self._crumbs(""),
                    **self._listing(section),
                )
        yield from self._themes()
        yield from self._search()
        if self.library.facts:
            path = "cijfers.html"
            head = self._overview_head(
                FACTS,
                "",
                self._say(text("All figures")),
                self._say(text("Every figure on this site, with its source and what it does not say.")),
            )
            yield self._page(path, head, crumbs=self._crumbs(""), uses=self.library.facts)

    def missing(self, root: str) -> Artifact:
        """The page for addresses where nothing is. It is shown at any, and refers to others from ``root``."""
        head = self._overview_head(MISSING, "", self._say(text("Page not found")), "")
        return self._page(hosting.NOT_FOUND, head, root=root, crumbs=())

    def _search(self) -> Iterator[Artifact]:
        """The page to search on. Without scripts it leads to the overviews and themes."""
        if not self.assets.finding:
            return
        head = self._overview_head(
            SEARCH,
            "",
            self._say(text("Search")),
            self._say(text("Search all stories, evidence, tools and news on this site.")),
        )
        yield self._page(
            search.PAGE,
            head,
            crumbs=self._crumbs(""),
            index=self.index,
            labels=tuple((kind.name, self._say(kind.label)) for kind in KINDS),
            overviews=tuple(entry for entry in self.library.menu if entry.path.endswith("/index.html")),
            theme_entries=self.theme_entries,
        )

    def _columns(self) -> tuple[str, ...]:
        """What stands above the columns of the register as a table, in the order of ``pages.register``."""
        return tuple(
            self._say(column)
            for column in (
                text("Name"),
                text("Figure"),
                text("Value"),
                text("Unit"),
                text("What it is"),
                text("Source"),
                text("Author"),
                text("Publisher"),
                text("Date of the source"),
                text("Address"),
                text("What it does not say"),
                text("Figure of"),
                text("Valid until"),
                text("Strength (1 to 5)"),
                text("Where we use it"),
            )
        )

    def _themes(self) -> Iterator[Artifact]:
        if not self.theme_entries:
            return
        path = "themas/index.html"
        themes = self._say(text("Themes"))
        summary = self._say(text("All stories and all evidence by theme."))
        head = self._overview_head(THEMES, "themas", themes, summary)
        yield self._page(
            path,
            head,
            crumbs=self._crumbs(""),
            entries=tuple((entry, entry.count) for entry in self.theme_entries),
        )
        for id, theme in self.library.themes:
            if id in self.tagged:
                head = self._overview_head(THEME, "themas", theme.title, theme.description)
                crumbs = (*self._crumbs(""), Entry(themes, path, "themas", ours=True))
                yield self._page(
                    theme_path(id),
                    head,
                    crumbs=crumbs,
                    id=id,
                    theme=theme,
                    cards=tuple(self.tagged[id]),
                )

    def _crumbs(self, section: str, whole: str = "") -> tuple[Entry, ...]:
        trail = self.trails.get(section, self.trails[""])
        above = self.wholes.get(whole)
        return (*trail, Entry(above.meta.title, above.path)) if above else trail

    def _head(self, page: Page) -> PageMeta:
        meta = page.meta
        words = page.document.prose.word_count
        language = page.document.language or self.library.site.language
        wished = page.document.language or self.language
        interface = wished if catalogue.spoken(wished) else self.language
        return PageMeta(
            page.kind,
            page.document.section,
            meta.title,
            meta.summary,
            meta.date,
            meta.updated,
            page.figure.picture.share if page.figure and page.social else "",
            language,
            interface,
            self._mixed(language, interface),
            direction(language),
            self.versions.get(page.document.original or page.document.path, ()),
            share=meta.share,
            words=words,
            minutes=pages.minutes(words),
        )

    def _overview_head(self, kind: Kind, section: str, title: str, summary: str) -> PageMeta:
        """Of a page that no file stands for: its words are those of the program, but for a theme's."""
        language = self.library.site.language if kind is THEME else self.language
        return PageMeta(
            kind,
            section,
            title,
            summary,
            None,
            None,
            "",
            language,
            self.language,
            self._mixed(language, self.language),
            indexed=kind.indexed,
        )

    def _mixed(self, language: str, interface: str) -> bool:
        return not language == interface == self.library.site.language

    def _say(self, sentence: Text) -> str:
        return sentence.render(self.translate)

    # ── other files ──

    def _indexes(self, shown: Sequence[Artifact]) -> Iterator[Artifact]:
        """Feeds and sitemap: the files that need the site's full address."""
        if not self.feed:
            return
        heads: list[tuple[str, PageMeta]] = [(page.path, dict(page.inputs)["page"]) for page in shown]
        addresses = (
            (
                short(path),
                str(head.updated or head.date or ""),
                tuple((version.language, short(version.path)) for version in head.versions),
            )
            for path, head in heads
            if head.indexed
        )
        sitemap = artifact(
            "sitemap.xml",
            pages.page,
            template=self.templates("sitemap.xml", self.language),
            addresses=tuple(sorted(addresses)),
        )
        yield replace(sitemap, given=_OF_SITEMAP)
        dated = [page.card for page in self.library.pages if page.kind.in_feed and page.card.date]
        newest = sorted(dated, key=lambda card: (card.date, card.path), reverse=True)
        yield self._feed(self.files.feed, "", "index.html", tuple(newest))
        for page in self.library.pages:
            path = self._feed_of(page) if page.kind is AMBASSADOR else ""
            if path:
                yield self._feed(path, page.meta.title, page.path, self.posts[page.document.path])

    def _feed(self, path: str, title: str, about: str, cards: tuple[Card, ...]) -> Artifact:
        feed = artifact(
            path,
            pages.page,
            template=self.templates("feed.xml", self.language),
            path=path,
            title=title,
            about=about,
            site=self.library.site,
            cards=cards[:FEED_ENTRIES],
            updated=cards[0].date if cards else None,
        )
        return replace(feed, given=_OF_FEED)

    def _files(self) -> AssetPaths:
        def named(start: str, content: str, end: str) -> str:
            return f"{start}-{self.name(content)[:10]}{end}" if content else ""

        return AssetPaths(
            style="",
            kinds=named("css/soorten", self.assets.kinds, ".css"),
            script=named("js/site", self.assets.script, ".js"),
            finding=named("js/vinden", self.assets.finding, ".js"),
            toolkit=named("js/toolkit", self.assets.toolkit, ".js"),
            icon="",
            icon_type="",
            touch_icon="",
            manifest="",
            feed="feed.xml" if self.feed else "",
        )

    def _assets(self) -> Iterator[Artifact]:
        names = self.assets.names
        if self.files.kinds:
            yield artifact(self.files.kinds, pages.kinds_stylesheet, names, css=self.assets.kinds)
        if self.files.script:
            yield artifact(self.files.script, pages.script, names, source=self.assets.script)
        if self.files.finding:
            yield artifact(self.files.finding, pages.script, names, source=self.assets.finding)
            yield artifact(self.index, search.index, entries=self.findable)
        if self.files.toolkit:
            yield artifact(self.files.toolkit, pages.script, names, source=self.assets.toolkit)
        if self.library.facts:
            yield artifact(
                "cijfers.csv",
                pages.register,
                rows=self.library.facts,
                head=self._columns(),
                language=self.library.site.language,
            )

    def _pictures(self) -> Iterator[Artifact]:
        sent = {page.figure.picture for page in self.library.pages if page.figure and page.social}
        for source, picture, look in self.library.pictures:
            yield from _copies(source, picture, look)
            if picture in sent and not isinstance(look, Drawing):
                yield artifact(picture.share, media.share_image, (source.name,), True, source=source)
        for source in self.library.attachments:
            yield artifact(attachment_path(source.path), pages.attachment, (source.name,), source=source)


class _Site:
    """The work of ``Planner.plan``; it lives as long as that call."""

    def __init__(
        self, contents: _Contents, brand: Brand, logo: tuple[Source, Logo], fonts: tuple[Source, ...]
    ) -> None:
        self.contents = contents
        self.library = contents.library
        self.templates = contents.templates
        self.assets = contents.assets
        self.name = contents.name
        self.brand = brand
        self.logo_source, self.logo = logo
        self.fonts = fonts
        light = brand.palette.light
        self.colours = tuple(
            (role.replace("_", "-"), getattr(light, role))
            for role in ("brand", "on_brand", "second", "on_second", "tint", "on_tint", "paper", "ink")
        )
        own = self.logo.makes_an_icon
        self.icon_source = self.logo_source if own else self.assets.icon
        self.icon_ground = logos.icon_ground(self.logo, brand.palette) if own else light.brand
        style = self.name((self.assets.css, brand.palette, brand.faces, brand.logo_width))[:10]
        icon, drawn = self._icon(), ".svg" if self.icon_source is self.assets.icon else "-192.png"
        self.files = replace(
            contents.files,
            style=f"css/site-{style}.css",
            icon=icon and f"{icon}{drawn}",
            icon_type="image/svg+xml" if drawn == ".svg" else "image/png",
            touch_icon=icon and f"{icon}-{ICONS[0]}.png",
            manifest=icon and "site.webmanifest",
        )
        self.given: dict[Inputs, Inputs] = {
            (): (),
            _OF_PAGE: (("brand", brand), ("files", self.files)),
            _OF_FEED: (("brand", brand),),
            _OF_SITEMAP: (("url", brand.url),),
            _OF_DRAWING: (("colours", self.colours),),
        }

    def plan(self, guide: bool) -> Plan:
        artifacts: dict[str, Artifact] = {}
        problems: list[Problem] = []
        extra = self.contents.style_guide() if guide else ()
        for item in (*self._all(), *map(self._filled, extra)):
            other = artifacts.setdefault(item.path, item)
            if other is not item:
                problems.append(
                    Problem(
                        Place((item.origins or other.origins or (item.path,))[0]),
                        text("the address {path} is already taken", path=item.path),
                        text("rename the file"),
                    )
                )
        return Plan(tuple(artifacts[path] for path in sorted(artifacts)), tuple(problems))

    def _all(self) -> Iterator[Artifact]:
        originals = list(self._originals())
        yield from originals
        if self.library.site.precompress:
            for original in originals:
                if original.path.endswith(ENCODED):
                    for encoding in ("br", "gz"):
                        yield artifact(
                            f"{original.path}.{encoding}",
                            pages.compressed,
                            original.origins,
                            original=original,
                            encoding=encoding,
                        )

    def _originals(self) -> Iterator[Artifact]:
        yield from map(self._filled, self.contents.artifacts)
        yield self._filled(self.contents.missing(self.brand.base))
        yield from self._assets()
        yield from map(self._filled, _copies(self.logo_source, self.brand.logo, self.logo.look))
        yield artifact("robots.txt", pages.robots, sitemap=self.brand.absolute("sitemap.xml"))
        for path, recipe in hosting.FILES:
            yield artifact(path, recipe, base=self.brand.base)
        for contact in (self.brand.contact, *self.brand.contacts):
            if contact.card:
                yield artifact(
                    contact.card, vcard, contact=contact, organisation=self.brand.name, url=self.brand.url
                )

    def _filled(self, item: Artifact) -> Artifact:
        """What brands have in common, with what this one gives."""
        return replace(item, given=self.given[item.given]) if item.given else item

    def _assets(self) -> Iterator[Artifact]:
        yield artifact(
            self.files.style,
            pages.stylesheet,
            self.assets.names,
            css=self.assets.css,
            palette=self.brand.palette,
            faces=self.brand.faces,
            logo_width=self.brand.logo_width,
        )
        for source, face in zip(self.fonts, self.brand.faces, strict=True):
            own = source.layer == self.brand.id
            yield artifact(
                face.path, media.font if own else pages.attachment, (source.name,), own, source=source
            )
        if self.icon_source is not None:
            yield from self._icons(self.icon_source)

    def _icon(self) -> str:
        """How the names of the icons begin; "" when there are none."""
        if self.icon_source is None:
            return ""
        named = (logos.SETTINGS, self.icon_source, self.colours, self.icon_ground)
        return f"beeld/icoon-{self.name(named)[:10]}"

    def _icons(self, source: Source) -> Iterator[Artifact]:
        """The campaign's mark in the brand's colours, or the logo where it can be one."""
        if self.files.icon.endswith(".svg"):
            yield artifact(
                self.files.icon, media.drawing, (source.name,), source=source, colours=self.colours
            )
        paths = {side: f"{self._icon()}-{side}.png" for side in ICONS}
        for side, path in paths.items():
            yield artifact(
                path,
                media.icon,
                (source.name,),
                True,
                source=source,
                colours=self.colours,
                ground=self.icon_ground,
                side=side,
            )
        yield artifact(
            self.files.manifest,
            pages.manifest,
            name=self.library.site.title,
            brand=self.brand.name,
            language=self.library.site.language,
            colour=self.brand.palette.light.brand,
            ground=self.brand.palette.light.paper,
            icons=tuple((side, paths[side]) for side in ICONS if side != ICONS[0]),
        )


def _copies(source: Source, picture: Picture, look: Look) -> Iterator[Artifact]:
    if isinstance(look, Drawing):
        drawing = artifact(picture.src, media.drawing, (source.name,), source=source)
        yield replace(drawing, given=_OF_DRAWING)
    for copy in picture.variants:
        yield artifact(
            copy.path, media.photo, (source.name,), True, source=source, width=copy.width, kind=copy.kind
        )


def _choices(cards: Sequence[Card]) -> tuple[Choice, ...]:
    """By what a list can be narrowed: each facet that tells some of its cards apart and joins others."""
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
