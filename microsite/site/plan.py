"""The plan of a site: every file that it consists of, and what each is made from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from microsite.brand.loader import BrandKit
from microsite.content.removed import GonePage
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, replace
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, Plan, artifact, filled
from microsite.rendering.hosting import policy
from microsite.rendering.views import AssetPaths, Assets, Slot
from microsite.site import search
from microsite.site.assets import asset_files, asset_paths, image_files, library_files, register
from microsite.site.brand_files import address_files, brand_files, brand_paths, drawing_colours, site_icon
from microsite.site.context import (
    SiteContext,
    Templates,
)
from microsite.site.document_pages import document_pages
from microsite.site.embeds import PublishedImage
from microsite.site.feeds import feeds, sitemap
from microsite.site.library import Library
from microsite.site.moved import MovedPage, moved_pages
from microsite.site.overviews import gone_page, missing_page, moved_page, overview_pages, style_guide

ENCODED = (".html", ".css", ".js", ".svg", ".xml", ".txt")
"""The files that ``precompress`` publishes compressed as well."""


class SharedPlan(Record):
    """What the sites have in common that show one library in one language.

    ``artifacts`` wait for the inputs of each brand, ``paths`` lack those of a brand's own files.
    ``gone`` are the paths of removed pages, ``moved`` the old addresses of others.
    """

    context: SiteContext
    artifacts: tuple[Artifact, ...]
    paths: AssetPaths
    gone: tuple[str, ...]
    moved: tuple[MovedPage, ...]
    problems: tuple[Problem, ...]


class Planner:
    """Plans the sites that show one library. What they have in common is planned once."""

    def __init__(
        self, library: Library, templates: Templates, assets: Assets, fingerprint: Fingerprints
    ) -> None:
        self.library = library
        self._templates = templates
        self._assets = assets
        self._fingerprint = fingerprint
        self._shared: dict[tuple[str, bool], SharedPlan] = {}

    @cached_property
    def slots(self) -> dict[str, list[str]]:
        """The pages that print a value of the brand, by the name of that value."""
        slots: dict[str, list[str]] = {}
        for page in self.library.pages:
            for slot in {part.name for part in page.body.resolved if isinstance(part, Slot)}:
                slots.setdefault(slot, []).append(page.path)
        return slots

    def plan(self, kit: BrandKit, guide: bool = False) -> Plan:
        """All artifacts of one brand's site. ``guide`` adds the style guide, for designers.

        Two artifacts with the same path are a problem.
        """
        brand, site = kit.brand, self.library.site
        shared = self._shared_by(brand.language, bool(brand.url))
        icon = site_icon(kit, self._assets, self._fingerprint)
        paths = brand_paths(shared.paths, brand, icon, self._assets.css, self._fingerprint)
        values = {"brand": brand, "files": paths, "url": brand.url, "colours": drawing_colours(brand)}
        artifacts = [
            *shared.artifacts,
            missing_page(shared.context, brand.base),
            *brand_files(kit, paths, icon, self._assets, site),
            *image_files(PublishedImage(kit.logo_file, brand.logo, kit.logo.look)),
            *address_files(brand, shared.gone, shared.moved),
        ]
        planned = list(filled(artifacts, values))
        if site.precompress:
            planned += _compressed(planned)
        if guide:
            planned += filled([style_guide(shared.context)], values)
        plan = _without_collisions(planned)
        return replace(plan, problems=(*shared.problems, *plan.problems), gone=shared.gone)

    def _shared_by(self, language: str, has_feed: bool) -> SharedPlan:
        key = language, has_feed
        if key not in self._shared:
            has_search = bool(self._assets.finding)
            context = SiteContext(self.library, self._templates, language, has_search, has_feed)
            self._shared[key] = plan_shared(context, self._assets, self._fingerprint)
        return self._shared[key]


def plan_shared(context: SiteContext, assets: Assets, fingerprint: Fingerprints) -> SharedPlan:
    """The part of a site that does not depend on the brand."""
    paths = asset_paths(assets, fingerprint, context.has_feed)
    index = search.index_of(context.library.pages, fingerprint)
    pages = (*document_pages(context), *overview_pages(context, index.path))
    artifacts = [*pages]
    if context.has_feed:
        artifacts += [sitemap(context, pages), *feeds(context, paths.feed)]
    artifacts += asset_files(assets, paths, index)
    if context.library.facts:
        artifacts.append(register(context))
    files = (*library_files(context.library),)
    taken = {item.path for item in (*artifacts, *files)}
    removed = context.library.admission.gone
    gone = tuple(page.path for page in removed if page.path not in taken)
    moved = moved_pages(context.library.admission, (*taken, *gone, policy.NOT_FOUND))
    artifacts += [gone_page(context, path) for path in gone]
    artifacts += [moved_page(context, page.path, page.target, page.origins) for page in moved.pages]
    shown_again = tuple(_shown_again(page) for page in removed if page.path in taken)
    unlinked = (
        Problem(place, _NO_FEED, _URL_FIRST, "notice")
        for place in (() if context.has_feed else context.library.feed_links)
    )
    problems = (*shown_again, *moved.problems, *unlinked)
    return SharedPlan(context, (*artifacts, *files), paths, gone, moved.pages, problems)


_NO_FEED = text("a site without 'url' has no feed, so there it is not linked")
_URL_FIRST = text("with 'url' in brand.yaml there is one")


def _shown_again(page: GonePage) -> Problem:
    return Problem(
        page.place,
        text("there is a page at {address} again, so visitors see that one", address=page.path),
        None,
        "notice",
    )


def _compressed(artifacts: Iterable[Artifact]) -> list[Artifact]:
    return [
        artifact(f"{item.path}.{suffix}", recipes.compressed, item.origins, original=item, encoding=suffix)
        for item in artifacts
        if item.path.endswith(ENCODED)
        for suffix in ("br", "gz")
    ]


def _without_collisions(artifacts: Iterable[Artifact]) -> Plan:
    planned: dict[str, Artifact] = {}
    problems: list[Problem] = []
    for item in artifacts:
        other = planned.setdefault(item.path, item)
        if other is not item:
            problems.append(
                Problem(
                    Place((item.origins or other.origins or (item.path,))[0]),
                    text("the address {path} is already taken", path=item.path),
                    text("rename the file"),
                )
            )
    return Plan(tuple(planned[path] for path in sorted(planned)), tuple(problems))
