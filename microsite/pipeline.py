"""The walk from sources to a plan. What the sites of a build share is read once, a brand's own per brand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from microsite.brand import brand as brands
from microsite.brand import brand_file, fonts, tokens
from microsite.brand.logos import Logo
from microsite.brand.tokens import Tokens
from microsite.content import documents, schema
from microsite.content.consent import Audience
from microsite.content.documents import Document
from microsite.content.facts import Fact
from microsite.content.files import Layer, Source, decode_prose
from microsite.content.overrides import NOT_HIDDEN, File
from microsite.content.site_file import Site, completed
from microsite.content.tree import Mapping as Tree
from microsite.content.tree import key_positions
from microsite.core import i18n as catalogue
from microsite.core.cache import Cache
from microsite.core.fingerprints import digest
from microsite.core.languages import translated
from microsite.core.problems import InvalidFile, Place, Problem, did_you_mean, errors, in_data, text
from microsite.core.records import Record, replace
from microsite.core.settings import BRAND_FILE, Options, Progress, Project
from microsite.core.urls import is_web_address
from microsite.core.workers import Stopped, Workers
from microsite.media import photos as images
from microsite.rendering import media_recipes as media
from microsite.rendering.artifact import Artifact
from microsite.site.admission import Admission, ConsentPolicy, audience_of
from microsite.site.library import LibraryInput, Look, assemble

if TYPE_CHECKING:
    from microsite.publishing.publisher import Published, Target
    from microsite.site.plan import Planner

R = TypeVar("R")

SECONDS_A_TEXT = 5.0
SECONDS_AN_IMAGE = 120.0
SITE = "site.yaml"
FACTS = "feiten.yaml"
MAX_REGISTER = 1024 * 1024
_STOPPED = (in_data(text("this image takes too long, so it was stopped")),)
FONTS = fonts.SUFFIXES
IMAGES = images.ENDINGS


class PlannedSite(Record):
    """One brand's site before it is published. ``artifacts`` is empty when a problem stands in the way.

    ``advice`` is what may stay as it is: gaps in texts, and where a member's colour could not be used.
    """

    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]
    admission: Admission
    advice: tuple[Problem, ...] = ()


class Texts(Record):
    """What a layer's folder says: its documents, site, facts and images."""

    layer: Layer
    documents: Mapping[str, Document]
    site: Site | None
    site_places: Mapping[str, Place]
    facts: Mapping[str, Fact] | None
    images: Mapping[str, Look | tuple[Problem, ...]]
    problems: tuple[Problem, ...]


House = tuple[brands.Brand | None, tuple[Problem, ...], tuple[Source, Logo] | None, tuple[Source, ...]]
"""A brand, what is wrong with it, its logo and its fonts."""


class Pipeline:
    """PlannedSite once for a build, and asked for one site after the other."""

    def __init__(
        self,
        project: Project,
        options: Options,
        content: Layer,
        template_files: Layer,
        asset_files: Layer,
        engine: str,
        progress: Progress,
        workers: Workers,
        sites: int,
    ) -> None:
        self.options = options
        self.engine = engine
        self.progress = progress
        self.cache = Cache(project.state / "store")
        self.workers = workers
        self._parsed: list[str] = []
        self._planners: dict[Audience, Planner] = {}
        self.national = self._texts(content)
        self._consent = ConsentPolicy(self.national.documents, self.national.layer, options.day)
        from microsite.publishing.maker import Maker  # read by now where there were texts to wait for

        compiled = project.compiled
        self.maker = Maker(
            template_files, asset_files, engine, compiled, self.cache, workers, progress, sites > 1
        )
        shipped = asset_files.by_path()
        self.families = {
            name: shipped[path]
            for name in fonts.SHIPPED
            if (path := f"{fonts.FOLDER}/{name}.woff2") in shipped
        }

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.cache.close()

    @property
    def parsed(self) -> tuple[str, ...]:
        """The names of the texts that were read in this build."""
        return tuple(sorted(self._parsed))

    # ── one site ──

    def plan(self, folder: Layer, guide: bool = False) -> PlannedSite:
        """The plan of the site of the brand in this folder, or what stands in its way.

        With ``guide``: and a page that shows the parts that its pages are made of.
        """
        own = self._texts(_within(folder, "content"), self.national.layer)
        problems = [*folder.problems, *self.national.layer.problems, *self.maker.problems]
        problems += [*self.national.problems, *own.problems, *_not_a_members(own)]
        brand, brand_problems, logo, letters = self._brand(folder)
        planner = self._planner(own, folder.name, brand.hide if brand is not None else ())
        library = planner.library
        problems += [*brand_problems, *library.problems]
        if brand is None or logo is None or errors(problems):
            return PlannedSite((), tuple(problems), library.admission)
        planned = planner.plan(brand, logo, letters, guide)
        settings = folder.by_path()[BRAND_FILE].name
        advice = (*_unfilled(planner.slots, brand, settings), *brands.moved(brand.palette, settings))
        problems += planned.problems
        return PlannedSite(planned.artifacts, tuple(problems), library.admission, advice)

    def may_keep(self, id: str, path: str, data: bytes) -> bool:
        """Whether this brand may keep an older version of a national page, to compare its changes with."""
        return self._consent.may_keep(audience_of(id), path, data)

    def _planner(self, own: Texts, id: str, hidden: tuple[str, ...]) -> Planner:
        """The planner of this brand's site. Brands without texts of their own share one."""
        audience = audience_of(id)
        shared = not (own.layer.sources or own.layer.refused or hidden)
        if shared and audience in self._planners:
            return self._planners[audience]
        given = LibraryInput(
            self._consent.admit(own.documents, own.layer, audience, hidden),
            self.national.site,
            self.national.site_places,
            _joined(self.national.facts, own.facts),
            dict(self.national.images) | dict(own.images),
            self.national.layer.by_path() | own.layer.by_path(),
        )
        planner = self.maker.planner(assemble(given, self.options.day))
        if shared:
            self._planners[audience] = planner
        return planner

    def _brand(self, folder: Layer) -> House:
        """What is said of a brand; worked out anew when its files change, or what they refer to."""
        files = {s.path: s for s in folder.sources if not s.path.startswith("content/")}
        site = self.national.site
        known = [f"{s.file} {s.name} {s.digest}" for s in (*files.values(), *self.families.values())]
        known += [
            self.engine,
            *sorted(self.national.documents),
            *(id for id, _ in (site.themes if site else ())),
        ]
        found = self.cache.get_or_compute(
            "brand",
            folder.name,
            {BRAND_FILE: digest("\n".join(known).encode())},
            lambda _: [(BRAND_FILE, self._house(folder, files))],
        )
        house: House = found[BRAND_FILE]
        return house

    def _house(self, folder: Layer, files: Mapping[str, Source]) -> House:
        name = f"{folder.name}/{BRAND_FILE}"
        source = files.get(BRAND_FILE)
        if source is None:
            problem = Problem(
                Place(name),
                text("there is no {file} here", file=BRAND_FILE),
                text("begin with name, logo and colour"),
            )
            return None, (problem,), None, ()
        looks: Mapping[str, Any] = self._looks(
            folder.name, "logo", [s for s in files.values() if s.suffix in IMAGES], media.examine_logo
        )
        record, places, wrong = _read(brand_file.BrandFile, source)
        if record is None:
            return None, wrong, None, ()
        letters = self._fonts(folder.name, [s for s in files.values() if s.suffix in FONTS])
        styles: Mapping[str, Any] = self._looks(
            folder.name, "tokens", [s for s in files.values() if s.path == record.tokens], examine_tokens
        )
        record, undressed = brands.dressed(record, places, files, styles, self.families)
        if errors(undressed):
            return None, (*wrong, *undressed), None, ()
        brand, unsound = brands.resolve(
            folder.name, record, places, files, looks, letters, catalogue.translator(record.language)
        )
        gone = (
            Problem(
                places.get(f"hide.{i}", Place(source.name)),
                NOT_HIDDEN.filled(page=page),
                did_you_mean(page, self.national.documents),
                "warning",
            )
            for i, page in enumerate(record.hide)
            if page not in self.national.documents
        )
        site = self.national.site
        strange = (
            brand_file.unknown_themes(record.contacts, [id for id, _ in site.themes], places) if site else ()
        )
        look = looks.get(record.logo)
        logo = (files[record.logo], look) if isinstance(look, Logo) else None
        chosen = tuple(letters[name][0] for name in brands.chosen_fonts(record, letters) if name in letters)
        return brand, (*wrong, *undressed, *unsound, *gone, *strange), logo, chosen

    def _fonts(self, layer: str, own: Sequence[Source]) -> brands.Fonts:
        """The families that come with the campaign and the member's own files, by the name in brand.yaml."""
        looks: Mapping[str, Any] = self._looks(layer, "font", own)
        shipped = {name: (source, fonts.SHIPPED[name]) for name, source in self.families.items()}
        return {**shipped, **{source.path: (source, looks[source.path]) for source in own}}

    # ── texts of a layer ──

    def _texts(self, layer: Layer, national: Layer | None = None) -> Texts:
        """What a folder with content says; a member's is read over the national one."""
        site, places, site_problems = (
            self._settings("site", layer, SITE, _site) if national is None else (None, {}, ())
        )
        chosen = site if national is None else self.national.site
        texts = self._documents(
            layer, national.by_path() if national else {}, chosen.language if chosen else "nl"
        )
        looks = self._looks(layer.name, "look", [s for s in layer.sources if s.suffix in IMAGES])
        known = {} if national is None else self.national.facts or {}
        facts, fact_problems = self._settings(
            "facts", layer, FACTS, lambda source: _facts(source, known), *sorted(known)
        )
        return Texts(layer, texts, site, places, facts, looks, (*site_problems, *fact_problems))

    def _settings(
        self, namespace: str, layer: Layer, path: str, read: Callable[[Source | None], R], *known: str
    ) -> R:
        """What a YAML file of the layer comes to; read anew when it changes, or what is ``known``."""
        source = layer.by_path().get(path)
        if source is None:
            self.cache.get_or_compute(namespace, layer.name, {}, lambda _: [])
            return read(None)
        key = digest("\n".join([self.engine, source.name, source.digest, *known]).encode())
        found = self.cache.get_or_compute(
            namespace, layer.name, {path: key}, lambda _: [(path, read(source))]
        )
        value: R = found[path]
        return value

    def _documents(self, layer: Layer, national: Mapping[str, Source], spoken: str) -> dict[str, Document]:
        """Each Markdown file of the layer as a document; only those that were never seen are read."""
        sources = {s.path: s for s in layer.sources if s.suffix == ".md"}
        stopped: dict[str, Document] = {}

        def stack(path: str) -> list[Source]:
            """The file at this path, and the national one under it."""
            return [files[path] for files in (sources, national) if path in files]

        def named(path: str) -> str:
            return " ".join([f"{source.layer} {source.digest}" for source in stack(path)])

        def key(path: str) -> str:
            page, language = translated(path)
            return f"{spoken} {named(path)} / {named(page) if language else ''} / {self.engine}"

        def file(path: str) -> File | None:
            over = [_file(source) for source in stack(path)]
            page, language = translated(path)
            if not over:
                return None
            return replace(
                over[0],
                base=over[1] if over[1:] else None,
                original=file(page) if language else None,
                language=language if catalogue.spoken(language) else spoken,
            )

        def compute(paths: Collection[str]) -> Iterator[tuple[str, Document]]:
            files = [found for path in paths if (found := file(path))]
            self._parsed += [file.name for file in files]
            for count, (i, result) in enumerate(
                self.workers.map(documents.parse, files, SECONDS_A_TEXT), start=1
            ):
                self.progress("texts", count, len(files))
                if isinstance(result, Stopped):
                    stopped[files[i].path] = documents.timed_out(files[i])
                else:
                    yield files[i].path, result

        found: dict[str, Document] = self.cache.get_or_compute(
            "document", layer.name, {path: key(path) for path in sources}, compute, Document
        )
        return found | stopped

    def _looks(
        self,
        layer: str,
        namespace: str,
        sources: Sequence[Source],
        examined: Callable[[Source], object] | None = None,
    ) -> dict[str, Look | tuple[Problem, ...]]:
        """What is in each image file, or why it cannot be used."""
        by_path = {source.path: source for source in sources}
        keys = {path: digest(f"{self.engine} {source.digest}".encode()) for path, source in by_path.items()}

        def compute(paths: Collection[str]) -> Iterator[tuple[str, object]]:
            asked = [by_path[path] for path in paths]
            results = self.workers.map(examined or media.examine, asked, SECONDS_AN_IMAGE)
            for count, (i, result) in enumerate(results, start=1):
                self.progress("images", count, len(asked))
                yield asked[i].path, _STOPPED if isinstance(result, Stopped) else result

        found = self.cache.get_or_compute(namespace, layer, keys, compute)
        return {path: _in_file(look, by_path[path]) for path, look in found.items()}

    def publish(
        self, plan: PlannedSite, site: Target, inputs: str, problems: tuple[Problem, ...]
    ) -> Published:
        """Bring the published site to the plan. Raises Refused when that is not possible."""
        return site.publish(
            plan.artifacts,
            self.maker.make,
            self.engine,
            inputs,
            problems,
            self.maker.fingerprint,
            plan.advice,
            plan.admission.people,
        )

    def forget(self, plan: PlannedSite) -> None:
        """Remove from the cache what was read of people who are not shown now."""
        for document in plan.admission.withheld:
            if not document.redacted:
                self.cache.discard("document", document.layer, [document.path])


def _in_file(look: Any, source: Source) -> Look | tuple[Problem, ...]:
    return tuple(problem.in_file(source.name) for problem in look) if isinstance(look, tuple) else look


def examine_tokens(source: Source) -> Tokens | tuple[Problem, ...]:
    """The same for a file with design tokens."""
    try:
        return tokens.examine(source.read())
    except InvalidFile as invalid:
        return invalid.problems


def _read(kind: type[R], source: Source) -> tuple[R | None, Mapping[str, Place], tuple[Problem, ...]]:
    """A YAML file as a record, with the places of its keys."""
    from microsite.content import yaml as notation  # only a build with new settings needs its libraries

    try:
        tree = notation.tree(decode_prose(source.read(), source.name), source.name)
    except InvalidFile as stop:
        return None, {}, (stop.problem,)
    reading = schema.read(kind, tree)
    return reading.record, dict(key_positions(tree)), reading.problems


def _file(source: Source) -> File:
    return File(source.path, source.name, source.layer, source.read())


def _joined(national: Mapping[str, Fact] | None, own: Mapping[str, Fact] | None) -> Mapping[str, Fact] | None:
    return None if national is None or own is None else {**national, **own}


def _unfilled(slots: Mapping[str, Sequence[str]], brand: brands.Brand, settings: str) -> Iterator[Problem]:
    """The pages that say something general, because the organisation has not said what goes there."""
    for slot, key in _FILLED_BY.items():
        empty = slots.get(slot, ())
        if empty and not brand.slot(slot):
            yield Problem(
                Place(settings),
                text(
                    "'{key}' is not filled in, so {count} pages only say something like 'our website'",
                    key=key,
                    count=len(empty),
                ),
                text("add it; look for instance at {page}", page=empty[0]),
                "warning",
            )


_FILLED_BY = {"telefoon": "contact.phone", "email": "contact.email", "website": "url"}


def _not_a_members(own: Texts) -> Iterator[Problem]:
    """What only the campaign team may say."""
    for source in own.layer.sources:
        if source.path == SITE:
            yield Problem(
                Place(source.name),
                text("only the campaign team has a {file}", file=SITE),
                text("take it away; what is yours stands in brand.yaml"),
            )


def _site(source: Source | None) -> tuple[Site | None, Mapping[str, Place], tuple[Problem, ...]]:
    if source is not None:
        site, places, problems = _read(Site, source)
        return site and completed(site), places, problems
    problem = Problem(
        Place(f"content/{SITE}"),
        text("there is no {file} here", file=SITE),
        text("it says what the campaign is called; begin with title, slogan, core_message and description"),
    )
    return None, {}, (problem,)


def _facts(
    source: Source | None, national: Mapping[str, Fact]
) -> tuple[dict[str, Fact] | None, tuple[Problem, ...]]:
    """The facts of a layer by id, None when they cannot be read. A member's may not replace national ones."""
    if source is None:
        return {}, ()
    from microsite.content import yaml as notation  # as in _read

    try:
        written = decode_prose(source.read(), source.name)
        tree: Tree = notation.tree(written, source.name, limit=MAX_REGISTER)
    except InvalidFile as stop:
        return None, (stop.problem,)
    reading = schema.read_table(Fact, tree)
    if reading.record is None:
        return None, reading.problems
    facts = dict(reading.record)
    spots = dict(key_positions(tree))
    weak = (
        Problem(spots[f"{id}.strength"], text("'strength' runs from 1 to 5"))
        for id, fact in facts.items()
        if not 1 <= fact.strength <= 5
    )
    taken = (
        Problem(
            spots[id],
            text("'{id}' is a fact of the national register, which stays as it is", id=id),
            text("give your own fact another name"),
        )
        for id in facts
        if id in national
    )
    odd = (
        Problem(
            spots[f"{id}.source.url"],
            text("'{url}' is not a web address", url=fact.source.url),
            text("write it in full: https://www.example.nl/"),
        )
        for id, fact in facts.items()
        if fact.source.url and not is_web_address(fact.source.url)
    )
    return facts, (*reading.problems, *weak, *taken, *odd)


def _within(folder: Layer, part: str) -> Layer:
    """The files of one folder of a layer, as a layer of that name."""
    prefix = f"{part}/"
    return Layer(
        folder.name,
        tuple(
            Source(s.path.removeprefix(prefix), s.name, s.layer, s.digest, s.file)
            for s in folder.sources
            if s.path.startswith(prefix)
        ),
        refused=tuple(
            path.removeprefix(prefix)
            for path in folder.refused
            if path.startswith(prefix) or prefix.startswith(path)
        ),
    )
