"""Files → documents → library → plan, for one brand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property

from microsite.brand import brand as brands
from microsite.brand import visits
from microsite.brand.loader import BrandKit
from microsite.content.consent import Audience, normalized
from microsite.content.consent_list import PublishedConsents
from microsite.content.documents import Document
from microsite.content.facts import FACTS, Fact
from microsite.content.files import Layer, Source
from microsite.content.indicators_file import INDICATORS
from microsite.content.kinds import FIRST
from microsite.content.misplaced import misplaced_beside
from microsite.content.personal_data import is_of, plain_all
from microsite.content.planner_file import HOLIDAYS, PLANNER
from microsite.content.recalls import RECALLS, Recall
from microsite.content.site_file import SITE, Site
from microsite.content.worksheets.figures import of_another, out_of_time, refused
from microsite.content.worksheets.file import WORKSHEETS
from microsite.core.problems import Place, Problem, PublishError, errors, text
from microsite.core.records import Record, replace
from microsite.core.settings import BRAND_FILE, NATIONAL, Options
from microsite.loading import LayerContent, Loader
from microsite.media.photos import Photo
from microsite.publishing.maker import ArtifactMaker
from microsite.rendering.artifact import Artifact
from microsite.rendering.design import Design
from microsite.rendering.templates import Template
from microsite.site.agreement import agreement, alone, is_about_somebody, with_agreement
from microsite.site.assets import with_made
from microsite.site.expired_facts import expired
from microsite.site.library import Library, LibraryInput, assemble, reassemble
from microsite.site.own_address import own_addresses
from microsite.site.people.admission import Admission
from microsite.site.people.policy import ConsentPolicy
from microsite.site.plan import Planner, SitePlan
from microsite.site.site_files import site_files

PAGES, MEGAPIXELS = 5_000, 2_000
"""A member's own pages, and pixels of photos, from which its site takes so long that it is told."""


class PlannedSite(SitePlan, kw_only=True):
    """One brand's site before it is published. ``artifacts`` is empty when there are errors."""

    admission: Admission
    library: Library

    def rewritten(self, document: Document, day: dt.date) -> tuple[Artifact | None, tuple[Problem, ...]]:
        """The page of a document of which only the words changed, and what is wrong with it.

        None where that depends on more than its words.
        """
        page, problems = reassemble(self.library, document, day)
        before = next((item for item in self.artifacts if item.path == document.page), None)
        if self.shared is None or page is None or before is None:
            return None, problems
        return self.shared.rewritten(page, before), (*document.problems, *problems)


class AgreementPage(Record):
    """A page for the person it is about, and what is wrong with it.

    ``files`` are those of a site that has nothing else, by path.
    """

    page: Artifact
    files: Mapping[str, Artifact]
    problems: tuple[Problem, ...]


class Pipeline:
    """Plans one site after the other. Sites without content of their own share one library."""

    def __init__(
        self,
        loader: Loader,
        national: LayerContent,
        design: Design,
        maker: ArtifactMaker,
        options: Options,
        published: PublishedConsents | None = None,
        campaign: Layer | None = None,
        early: bool = False,
    ) -> None:
        self._given = options, published
        self._early = early
        self.loader = loader
        self.national = national
        self.design = design
        self.maker = maker
        self.day = options.day
        self.campaign = campaign
        self.materials = options.materials
        self._planners: dict[tuple[Audience, frozenset[str] | None], Planner] = {}

    def early(self) -> Pipeline:
        """The pipeline that also plans what is not public yet, errors or not: for the eyes of editors."""
        return Pipeline(
            self.loader,
            self.loader.early(self.national),
            self.design,
            self.maker,
            *self._given,
            self.campaign,
            early=True,
        )

    @cached_property
    def _consent(self) -> ConsentPolicy:
        return self.consent_policy()

    def with_documents(self, documents: Mapping[str, Document]) -> Pipeline:
        """The pipeline as if these were the national documents."""
        national = replace(self.national, documents=documents)
        return Pipeline(self.loader, national, self.design, self.maker, *self._given, self.campaign)

    def own_content(self, files: Layer) -> LayerContent:
        """The content of the brand with these files."""
        return self.loader.content(files.subfolder("content"), self.national)

    def consent_policy(self, more: Iterable[Recall] = (), day: dt.date | None = None) -> ConsentPolicy:
        """Whom sites may show, with these in ingetrokken.yaml instead of its own of the same references."""
        national, (options, published) = self.national, self._given
        refs = {normalized(recall.ref) for recall in more}
        recalls = [recall for recall in national.recalls if normalized(recall.ref) not in refs]
        return ConsentPolicy(
            national.documents,
            national.layer,
            day or options.day,
            national.removed,
            published,
            [*recalls, *more],
            self._early,
        )

    def plan(self, files: Layer, guide: bool = False, without: frozenset[str] | None = None) -> PlannedSite:
        """The site of the brand with these files. ``guide`` adds the style guide, for the preview.

        With ``without`` somebody has to go, whatever else is wrong: a reference to what is not there is no
        error, and these national files, which have errors (see ``dispensable``), are left out.
        """
        own = self.loader.content(files.subfolder("content"), self.national)
        if self._early:
            own = self.loader.early(own, self.national)
        problems = [*files.problems, *self.national.layer.problems, *self.design.problems]
        problems += [*self.national.problems, *own.problems, *_only_national(own), *_over_budget(own)]
        loaded = self.loader.brand(files, self.national)
        kit, over = visits.upcoming(self._reachable(loaded.kit), self.day)
        planner = self._planner(own, files.name, kit.brand.hide if kit else (), without)
        library, admission = planner.library, planner.library.admission
        public = _contact_details(kit.brand if kit else None, self.national.site)
        told = (problem for problem in library.problems if not is_of(problem, public))
        problems += [*loaded.problems, *over, *told, *_about_figures(own, kit, self.day)]
        words = [source for source in files.sources if source.path == BRAND_FILE]
        problems += self._consent.mentions(own.documents, own.layer, words, admission)
        problems += (*_of_who_withdrew(files, admission), *misplaced_beside(files))
        if without:
            problems = [p for p in problems if p.severity != "error" or p.place.path not in without]
        if kit is None or (errors(problems) and not self._early):
            return PlannedSite((), tuple(problems), admission=admission, library=library)
        settings = files.by_path()[BRAND_FILE].name
        asks = without is None and not self._early
        if admission.people and not kit.brand.contact.reachable and asks:
            hint = _REACH.format(campaign=self.campaign.name) if self.campaign is not None else _REACH_HERE
            unreachable = Problem(Place(settings), _UNREACHABLE, hint)
            return PlannedSite((), (*problems, unreachable), admission=admission, library=library)
        problems += own_addresses(admission.shown.values(), kit.brand.url)
        materials = kit.brand.materials if self.materials is None else self.materials
        planned = planner.plan(kit, guide, materials)
        everybody = self.audience(files.name) == "national"
        own_names = {source.name for source in own.layer.sources}
        advice = (
            *brands.advice(kit.brand, planner.slots, settings),
            *(one for one in planned.advice if everybody or one.place.path in own_names),
        )
        problems += planned.problems
        return PlannedSite(
            with_made(planned.artifacts, files),
            tuple(problems),
            advice,
            admission.people,
            planned.gone,
            planned.material,
            admission.agreed,
            shared=planned.shared,
            admission=admission,
            library=library,
        )

    def reworded(self, plan: PlannedSite, files: Layer, source: Source) -> Document | None:
        """A text of the ``plan`` from its changed ``source``, when it may be shown and only words changed."""
        shown = plan.admission.shown.get(source.path)
        if shown is None:
            return None
        document = self.loader.reread(source, files.subfolder("content"), self.national, self._early)
        if document is None or (document.layer != NATIONAL and self._consent.compares):
            return None  # a member may have copied it from a text that was withdrawn
        return document if document.is_reworded(shown) else None

    @property
    def parsed(self) -> tuple[str, ...]:
        """The names of the texts that were read in this build, not taken from the cache."""
        return self.loader.parsed

    @property
    def missing_consents(self) -> tuple[str, ...]:
        """The consents that were published and are in no national text any more."""
        return self._consent.missing

    def published_consents(self, brands: Iterable[str]) -> PublishedConsents:
        """The list of published consents after the sites of these brands were published."""
        return self._consent.to_publish({self.audience(id) for id in brands})

    def new_consents(self) -> PublishedConsents | None:
        """The list once every site shows whom it may; None when all of these are in it."""
        return self._consent.to_begin()

    def forget(self, plan: PlannedSite) -> None:
        """Remove from the cache what was read of people who are not shown on this site."""
        self.loader.forget(plan.admission.withheld)

    def may_keep(self, id: str, path: str, data: bytes) -> bool:
        """Whether this brand may keep an older version of a national page, to compare its changes with."""
        return self._consent.may_keep(self.audience(id), path, data)

    @cached_property
    def _template(self) -> Callable[[str, str], Template]:
        return cache(self.design.templates.template)

    @cached_property
    def dispensable(self) -> frozenset[str]:
        """The names of national files without which there can be a site: not its settings and first page."""
        layer = self.national.layer
        there = {source.name for source in layer.sources if source.path not in (SITE, FACTS, FIRST)}
        return frozenset(there).union(problem.place.path for problem in layer.problems)

    def audience(self, id: str) -> Audience:
        """The audience that a brand's site is, in the words of a consent."""
        return "national" if self.campaign is not None and id == self.campaign.name else "members"

    def _with_campaign_contact(self, kit: BrandKit) -> BrandKit:
        """The brand with the contact of the campaign: who is shown can ask to be taken off the site."""
        contact = self.loader.campaign_contact(self.campaign) if self.campaign is not None else None
        if contact is None:
            return kit
        contact = replace(contact, address=kit.brand.contact.address)
        return replace(kit, brand=kit.brand.with_contact(contact))

    def for_agreement(self, files: Layer, path: str) -> AgreementPage:
        """The page of the text at this path on the site of the brand with these files, by itself.

        It is made also when it may not be public yet. Raises PublishError when it cannot be made, or when
        somebody in it withdrew.
        """
        own = self.loader.content(files.subfolder("content"), self.national)
        kit = self._reachable(self.loader.brand(files, self.national).kit)
        layer = own.layer if path in own.documents else self.national.layer
        document = self.loader.asking(layer, self.national, path)
        if document is None or not is_about_somebody(document):
            raise PublishError(Problem(Place(document.name if document else path), _NOBODY, _SERVE))
        if self._consent.is_withdrawn(document, own.documents, own.layer):
            raise PublishError(Problem(document.place("consent"), _WITHDRAWN, _NOT_ASKED))
        given = self._library_input(own, files.name, (), None)
        self.loader.forget(given.admission.withheld)
        library = assemble(alone(given, document), self.day)
        found = tuple(p for p in library.problems if p.place.path in document.names)
        found = (*document.problems, *found)
        if kit is None or document.meta is None or not kit.brand.contact.reachable:
            unreachable = Problem(Place(f"{files.name}/{BRAND_FILE}"), _UNREACHABLE, _REACH_HERE)
            raise PublishError(*(errors(found) or (unreachable,)))
        kit = replace(kit, brand=replace(kit.brand, url=""))
        plan = self._planner_of(library).plan(kit)
        page = next(item for item in plan.artifacts if item.path == document.page)
        public = document.path in given.admission.shown
        said = agreement(document, self.day, public)
        return AgreementPage(with_agreement(page, said), {item.path: item for item in plan.artifacts}, found)

    def _reachable(self, kit: BrandKit | None) -> BrandKit | None:
        """The brand, with the contact of the campaign where it has none."""
        return kit if kit is None or kit.brand.contact.reachable else self._with_campaign_contact(kit)

    def _planner(
        self, own: LayerContent, id: str, hidden: tuple[str, ...], without: frozenset[str] | None
    ) -> Planner:
        audience = self.audience(id)
        shared = not (own.layer.sources or own.layer.rejected or hidden)
        if shared and (audience, without) in self._planners:
            return self._planners[audience, without]
        planner = self._planner_of(assemble(self._library_input(own, id, hidden, without), self.day))
        if shared:
            self._planners[audience, without] = planner
        return planner

    def _planner_of(self, library: Library) -> Planner:
        design = self.design
        return Planner(library, self._template, design.printing, design.assets, self.maker.fingerprints)

    def _library_input(
        self, own: LayerContent, id: str, hidden: tuple[str, ...], without: frozenset[str] | None
    ) -> LibraryInput:
        audience = self.audience(id)
        left_out = [s.path for s in self.national.layer.sources if s.name in without] if without else ()
        facts = _joined(self.national.facts, own.facts)
        ended = expired(facts or {}, self.day)
        return LibraryInput(
            self._consent.admit(own.documents, own.layer, audience, (*hidden, *left_out), own.removed, ended),
            self.national.site,
            self.national.site_places,
            facts,
            {**self.national.fact_places, **own.fact_places},
            ended,
            site_files(self.national.layer, self.national.looks, own.layer, own.looks),
            self.national.planning,
            self.national.worksheets,
            self.national.indicators,
            lenient=without is not None,
            own_facts=own.facts or {},
            series=own.series,
            refused_facts=refused(own.layer.sources, facts or ()),
        )


def _contact_details(brand: brands.Brand | None, site: Site | None) -> frozenset[str]:
    """The numbers and addresses of the organisation and of help lines, which any text may have."""
    contacts = (brand.contact, *brand.contacts) if brand else ()
    lines = site.help_lines if site else ()
    details = [detail for contact in contacts for detail in (contact.email, contact.phone)]
    return plain_all(str(detail) for detail in (*details, *(line.phone for _, line in lines)) if detail)


def _joined(national: Mapping[str, Fact] | None, own: Mapping[str, Fact] | None) -> Mapping[str, Fact] | None:
    return None if national is None or own is None else {**national, **own}


def _about_figures(own: LayerContent, kit: BrandKit | None, day: dt.date) -> Iterator[Problem]:
    """What is to be looked at in the figures that a member calculated itself."""
    yield from out_of_time(own.facts or {}, own.fact_places, day)
    if kit is not None:
        yield from of_another(own.facts or {}, own.fact_places, kit.brand.name)


def _only_national(own: LayerContent) -> Iterator[Problem]:
    """The files in a member's folder that only the campaign team may have."""
    for source in own.layer.sources:
        if source.path in (SITE, PLANNER, HOLIDAYS, WORKSHEETS, INDICATORS, RECALLS):
            yield Problem(
                Place(source.name),
                text("only the campaign team has a {file}", file=source.path),
                text("take it away; what is yours stands in brand.yaml"),
            )


def _of_who_withdrew(files: Layer, admission: Admission) -> Iterator[Problem]:
    """The files beside brand.yaml, such as a logo, that are pictures of somebody who withdrew."""
    for source in files.sources:
        if source.digest in admission.files and not source.path.startswith("content/"):
            yield Problem(Place(source.name), _PICTURED, _ANOTHER, "warning")


def _over_budget(own: LayerContent) -> Iterator[Problem]:
    """What makes the site of a member take long: others are built before it, see ``build.build``."""
    photos = [look for look in own.looks.images.values() if isinstance(look, Photo)]
    pixels = sum(photo.width * photo.height for photo in photos) // 1_000_000
    if len(own.documents) > PAGES:
        message = text("has {count} pages of its own, so its site takes long", count=len(own.documents))
        yield Problem(Place(own.layer.name), message, _LATER, "notice")
    if pixels > MEGAPIXELS:
        message = text(
            "its photos have {count} million pixels together, so its site takes long", count=pixels
        )
        yield Problem(Place(own.layer.name), message, _SMALLER, "notice")


_UNREACHABLE = text("nobody can be called or mailed to be taken off this site, on which people are shown")
_REACH = text(
    "add 'email' or 'phone' below 'contact:' here, or in brands/{campaign}/brand.yaml for all organisations"
)
_REACH_HERE = text("add 'email' or 'phone' below 'contact:'")
_NOBODY = text("this is not a page about somebody")
_SERVE = text("choose a text such as verhalen/amina.md; to see other pages, use: serve")
_WITHDRAWN = text("somebody in this text withdrew the consent, so there is nothing to show or to ask")
_NOT_ASKED = text("take the text away, and do not ask again")
_PICTURED = text("this file is of somebody who withdrew the consent")
_ANOTHER = text("take another one today: the site still shows this one")
_LATER = text("the sites of others are built first; take away what is not needed")
_SMALLER = text("the sites of others are built first; make the photos smaller: 2000 pixels wide is enough")
