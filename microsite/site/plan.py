"""The plan of a site: every file that it consists of, and what each is made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from microsite.brand.loader import BrandKit
from microsite.content.removed import GonePage
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, replace
from microsite.core.settings import Material
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, Plan, artifact, filled
from microsite.rendering.hosting import policy
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.views import AssetPaths, Assets, Slot
from microsite.site import search
from microsite.site.assets import asset_files, asset_paths, library_files, register
from microsite.site.brand_files import (
    address_files,
    brand_files,
    brand_paths,
    drawing_colours,
    logo_files,
    site_icon,
)
from microsite.site.calculations import calculation_pages
from microsite.site.context import (
    SiteContext,
    Templates,
)
from microsite.site.document_pages import MaterialLinks, document_page, document_pages
from microsite.site.feeds import feeds, sitemap
from microsite.site.library import Library
from microsite.site.material import too_long
from microsite.site.material.campaign_plan import campaign_plan_files
from microsite.site.material.files import material_files, material_index
from microsite.site.material.house import house_of
from microsite.site.material.item import MaterialFile
from microsite.site.material.measuring_plan import measuring_plan_files
from microsite.site.material.office import sender_of
from microsite.site.material.on_site import (
    files_on_site,
    links_on_site,
    material_on_site,
    material_page,
    unknown_names,
)
from microsite.site.material.share_pictures import SHARE_TEMPLATE, share_picture_files
from microsite.site.moved import MovedPage, moved_pages
from microsite.site.overviews import (
    gone_page,
    missing_page,
    moved_page,
    overview_pages,
    search_page,
    style_guide,
)
from microsite.site.page import Page
from microsite.site.planner_page import planner_files
from microsite.site.series_pages import series_files

ENCODED = (".html", ".css", ".js", ".svg", ".xml", ".txt")
"""The files that ``precompress`` publishes compressed as well."""


class SharedPlan(Record):
    """What the sites have in common that show one library in one language.

    ``artifacts`` wait for the inputs of each brand, ``paths`` lack those of a brand's own files.
    ``gone`` are the paths of removed pages, ``moved`` the old addresses of others. ``index``
    is the page that lists ``material``; ``links`` are those to it, by page.
    """

    context: SiteContext
    artifacts: tuple[Artifact, ...]
    links: Mapping[str, MaterialLinks]
    paths: AssetPaths
    gone: tuple[str, ...]
    moved: tuple[MovedPage, ...]
    problems: tuple[Problem, ...]
    material: tuple[MaterialFile, ...]
    index: Artifact
    advice: tuple[Problem, ...] = ()

    def rewritten(self, page: Page, before: Artifact) -> Artifact:
        """The page of a document that was planned as ``before``, and of which only the words are others."""
        item = document_page(self.context, page, self.links)
        return replace(item, given=before.given, pending=())


class SitePlan(Plan, kw_only=True):
    """The plan of one brand's site. ``shared`` is None when there are errors."""

    shared: SharedPlan | None = None


class Planner:
    """Plans the sites that show one library. What they have in common is planned once."""

    def __init__(
        self,
        library: Library,
        templates: Templates,
        printing: Mapping[str, PrintTemplate],
        assets: Assets,
        fingerprint: Fingerprints,
    ) -> None:
        self.library = library
        self._templates = templates
        self._printing = printing
        self._assets = assets
        self._fingerprint = fingerprint
        self._shared: dict[tuple[str, bool, frozenset[Material]], SharedPlan] = {}

    @cached_property
    def slots(self) -> dict[str, list[str]]:
        """The pages that print a value of the brand, by the name of that value."""
        slots: dict[str, list[str]] = {}
        for page in self.library.pages:
            for slot in {part.name for part in page.body.resolved if isinstance(part, Slot)}:
                slots.setdefault(slot, []).append(page.path)
        return slots

    def plan(self, kit: BrandKit, guide: bool = False, materials: Collection[Material] = ()) -> SitePlan:
        """All artifacts of one brand's site. ``guide`` adds the style guide, for designers.

        Two artifacts with the same path are a problem.
        """
        brand, site = kit.brand, self.library.site
        house = house_of(kit, self._assets, site) if materials else None
        chosen = frozenset(materials if house is not None else ())
        shared = self._shared_by(brand.language, bool(brand.url), chosen)
        icon = site_icon(kit, self._assets, self._fingerprint)
        paths = brand_paths(shared.paths, brand, icon, self._assets.css, self._fingerprint)
        colours = drawing_colours(brand)
        sender = sender_of(kit, house, self._assets, site) if house is not None else None
        values = {"brand": brand, "files": paths, "url": brand.url, "colours": colours}
        values |= {"house": house, "sender": sender}
        artifacts = [
            *shared.artifacts,
            missing_page(shared.context, brand.base),
            *brand_files(kit, paths, icon, self._assets, site),
            *logo_files(kit),
            *address_files(brand, shared.gone, shared.moved),
        ]
        planned = list(filled(artifacts, values))
        if site.precompress:
            planned += _compressed(planned)
        if guide:
            planned += filled([style_guide(shared.context)], values)
        plan = _without_collisions(planned)
        material = tuple(filled(self._material(shared, kit), values)) if house is not None else ()
        problems = (*shared.problems, *plan.problems)
        return SitePlan(
            plan.artifacts, problems, shared.advice, gone=shared.gone, material=material, shared=shared
        )

    def _material(self, shared: SharedPlan, kit: BrandKit) -> Iterator[Artifact]:
        """All material, and the page that lists it. What a brand has for itself comes first."""
        own = (*campaign_plan_files(shared.context, kit), *measuring_plan_files(shared.context, kit.brand))
        items = (*own, *shared.material)
        yield from (item.artifact for item in items)
        if items:
            yield material_index(shared.context, items) if own else shared.index

    def _shared_by(self, language: str, has_address: bool, materials: frozenset[Material]) -> SharedPlan:
        key = language, has_address, materials
        if key not in self._shared:
            has_search = bool(self._assets.searching)
            previews = has_address and "share" in materials and SHARE_TEMPLATE in self._printing
            context = SiteContext(self.library, self._templates, language, has_search, has_address, previews)
            self._shared[key] = plan_shared(
                context, self._assets, self._printing, self._fingerprint, materials
            )
        return self._shared[key]


def plan_shared(
    context: SiteContext,
    assets: Assets,
    printing: Mapping[str, PrintTemplate],
    fingerprint: Fingerprints,
    materials: Collection[Material],
) -> SharedPlan:
    """The part of a site, and of its ``materials``, that does not depend on the brand."""
    material = material_files(context, printing, materials)
    offers = material_on_site(context, material)
    links = links_on_site(context, offers)
    paths = asset_paths(assets, fingerprint, context.has_feed)
    planner = planner_files(context, assets, fingerprint)
    listed = material_page(context, links) if links else None
    counted = tuple(series_files(context))
    generated = (
        *overview_pages(context, listed.path if listed else ""),
        *counted[:1],
        *planner[:1],
        *calculation_pages(context),
        *((listed,) if listed else ()),
    )
    index = search.index_of(context.library, generated, fingerprint)
    found = (search_page(context, index.path),) if context.has_search else ()
    pages = (*document_pages(context, links), *generated, *found)
    artifacts = [*pages, *planner[1:], *counted[1:]]
    if context.has_feed:
        artifacts += [sitemap(context, pages), *feeds(context, paths.feed)]
    artifacts += asset_files(assets, paths, index)
    if context.library.facts:
        artifacts.append(register(context))
    if context.has_previews:
        artifacts += share_picture_files(context.share_pictures.values(), printing[SHARE_TEMPLATE])
    artifacts += files_on_site(offers)
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
    problems = (*shown_again, *moved.problems, *unlinked, *unknown_names(context.library.pages))
    in_pack = material_index(context, material)
    advice = tuple(too_long.advice(context)) if material else ()
    return SharedPlan(
        context, (*artifacts, *files), links, paths, gone, moved.pages, problems, material, in_pack, advice
    )


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
