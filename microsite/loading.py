"""The content and the brand of one layer, read through the cache."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from microsite.brand import fonts
from microsite.brand.brand_file import CampaignContact
from microsite.brand.loader import LoadedBrand, campaign_contact, load_brand
from microsite.content import documents
from microsite.content.documents import Document
from microsite.content.facts import FACTS, Fact, read_register
from microsite.content.files import Layer, Source
from microsite.content.indicators_file import INDICATORS, IndicatorsFile, read_indicators
from microsite.content.misplaced import misplaced
from microsite.content.overrides import MarkdownFile, markdown_file
from microsite.content.planner_file import HOLIDAYS, PLANNER, Planning, read_planning
from microsite.content.recalls import RECALLS, Recall, read_recalls
from microsite.content.removed import REMOVED, RemovedEntry, read_removed
from microsite.content.series.file import SERIES, Series, of_nobody, read_series, tables_of
from microsite.content.site_file import SITE, Site, read_site
from microsite.content.worksheets import figures
from microsite.content.worksheets.file import WORKSHEETS, WorksheetsFile, read_worksheets
from microsite.core import i18n
from microsite.core.cache import Cache, MemoryCache
from microsite.core.file_types import CAPTIONS, SOUNDS, VIDEOS
from microsite.core.fingerprints import digest
from microsite.core.languages import translated
from microsite.core.problems import Place, Problem, in_data, text
from microsite.core.records import Record, replace
from microsite.core.settings import BRAND_FILE, Progress
from microsite.core.workers import CRASHED, InProcess, Limit, Stopped, Workers
from microsite.media import photos as images
from microsite.rendering import media_recipes as media
from microsite.site.site_files import ClipInfo, ImageInfo, Looks

R = TypeVar("R")

LIMIT_PER_TEXT = Limit(processor=5.0, clock=60.0)
LIMIT_PER_IMAGE = Limit(processor=120.0, clock=600.0)
FONTS = fonts.SUFFIXES
IMAGES = images.ENDINGS
CLIPS = frozenset({*VIDEOS, *SOUNDS, CAPTIONS})
_OVERDUE = (in_data(text("this file takes too long to read, so it was stopped")),)


def forget_layer(cache: Cache, name: str) -> None:
    """Remove from the cache all that was read of a layer."""
    for namespace in _NAMESPACES:
        cache.get_or_compute(namespace, name, {}, lambda _: [])


_NAMESPACES = (
    *("site", "facts", "removed", "recalls", "planning", "worksheets", "indicators", "series"),
    *("document", "look", "clip", "figures"),
    *("brand", "tokens", "logo", "font", "contact"),
)


class LayerContent(Record):
    """The content of a layer. ``site`` and ``facts`` are None when their file cannot be read; the ``places``
    are those of their keys. ``planning`` and ``indicators`` are None where there is none, and in the layer of
    a member; that has no ``recalls`` either, and only that has ``series``.

    ``looks`` map a path to what is in the file, or to its problems.
    """

    layer: Layer
    documents: Mapping[str, Document]
    site: Site | None
    site_places: Mapping[str, Place]
    facts: Mapping[str, Fact] | None
    fact_places: Mapping[str, Place]
    removed: tuple[RemovedEntry, ...]
    recalls: tuple[Recall, ...]
    planning: Planning | None
    worksheets: WorksheetsFile
    indicators: IndicatorsFile | None
    series: tuple[Series, ...]
    looks: Looks
    problems: tuple[Problem, ...]


class Loader:
    """Reads layers: what is in the cache under the same digest is not read again.

    ``shipped_fonts`` are the font files in assets/, by family; ``parse`` reads one text. ``meanwhile`` is
    called when workers have begun to read texts.
    """

    def __init__(
        self,
        cache: Cache | MemoryCache,
        workers: Workers | InProcess,
        engine: str,
        progress: Progress,
        shipped_fonts: Mapping[str, Source],
        parse: Callable[[MarkdownFile], Document] = documents.parse,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        self._parse = parse
        self._meanwhile = meanwhile
        self._cache = cache
        self._workers = workers
        self._engine = engine
        self._progress = progress
        self._families = shipped_fonts
        self._parsed: list[str] = []

    @property
    def parsed(self) -> tuple[str, ...]:
        """The names of the texts that were read and not taken from the cache."""
        return tuple(sorted(self._parsed))

    def content(self, layer: Layer, national: LayerContent | None = None) -> LayerContent:
        """The content of a layer; that of a member is read as overrides of ``national``."""
        if national is None:
            site, places, site_problems = self._settings("site", layer, SITE, read_site)
            language = site.language if site else "nl"
            texts = self._documents(layer, {}, language)
        else:
            site, places, site_problems = None, {}, ()
            language = national.site.language if national.site else "nl"
            texts = self._documents(layer, national.layer.by_path(), language)
        known = (national.facts or {}) if national else {}
        register: figures.Register = self._settings(
            "facts",
            layer,
            FACTS,
            lambda source: read_register(source, known, language),
            language,
            *sorted(known),
        )
        if national is not None:
            found = _figures(self._cache, layer, self._engine, language, national.worksheets)
            register = figures.joined(register, found, known)
        facts, fact_places, fact_problems = register
        removed, removed_problems = self._settings("removed", layer, REMOVED, read_removed)
        shared = layer if national is None else replace(layer, sources=())
        recalls, recall_problems = self._settings("recalls", shared, RECALLS, read_recalls)
        planning, planning_problems = self._planning(layer) if national is None else (None, ())
        worksheets, worksheet_problems = self._settings("worksheets", shared, WORKSHEETS, read_worksheets)
        indicators, indicator_problems = self._settings("indicators", shared, INDICATORS, read_indicators)
        series, series_problems = (
            self._series(layer) if national is not None else ((), tuple(of_nobody(layer)))
        )
        pictures = [s for s in layer.sources if s.suffix in IMAGES]
        images: Mapping[str, ImageInfo | tuple[Problem, ...]] = self._examine(
            layer.name, "look", media.examine, pictures
        )
        played = [s for s in layer.sources if s.suffix in CLIPS]
        clips: Mapping[str, ClipInfo | tuple[Problem, ...]] = self._examine(
            layer.name, "clip", media.examine_clip, played
        )
        problems = (*site_problems, *fact_problems, *removed_problems, *recall_problems, *planning_problems)
        problems += (*worksheet_problems, *indicator_problems, *series_problems, *misplaced(layer))
        return LayerContent(
            layer,
            texts,
            site,
            places,
            facts,
            fact_places,
            removed,
            recalls,
            planning,
            worksheets,
            indicators,
            series,
            Looks(images, clips),
            problems,
        )

    def asking(self, layer: Layer, national: LayerContent, path: str) -> Document | None:
        """The text at this path, also when its people have not agreed yet; None when there is none.

        It is read anew and not kept: see ``documents.parse``.
        """
        language = national.site.language if national.site else "nl"
        own = {} if layer is national.layer else layer.by_path()
        file = _Files(own, national.layer.by_path(), language).file(path)
        return documents.parse(file, asking=True) if file is not None else None

    def reread(
        self, source: Source, own: Layer, national: LayerContent, early: bool = False
    ) -> Document | None:
        """The text of ``source``, a file of one of these layers that changed; None when it cannot be read.

        It is not kept: ``content``, and ``early``, read it again.
        """
        language = national.site.language if national.site else "nl"
        changed = {source.path: source}
        above, below = (own, national.layer) if source.layer == own.name else (national.layer, None)
        files = _Files(above.by_path() | changed, below.by_path() if below else {}, language)
        file = files.file(source.path)
        parse = partial(documents.parse, early=True) if early else self._parse
        results = [*self._workers.map(parse, [file] if file is not None else [], LIMIT_PER_TEXT)]
        return next((result for _, result in results if not isinstance(result, Stopped)), None)

    def forget(self, documents: Collection[Document]) -> None:
        """Remove from the cache what was read of people who are not shown."""
        for document in documents:
            if not document.redacted:
                self._cache.discard("document", document.layer, [document.path])

    def early(self, content: LayerContent, national: LayerContent | None = None) -> LayerContent:
        """The content with texts whose people are still to agree too: read anew, and cached nowhere.

        ``national`` is that below the content of a member.
        """
        site = (national or content).site
        own = {source.path: source for source in content.layer.sources}
        files = _Files(own, national.layer.by_path() if national else {}, site.language if site else "nl")
        waiting = [document.path for document in content.documents.values() if _waits(document)]
        wanted = [file for path in waiting if (file := files.file(path)) is not None]
        results = self._workers.map(partial(documents.parse, early=True), wanted, LIMIT_PER_TEXT)
        read = {wanted[i].path: result for i, result in results if not isinstance(result, Stopped)}
        return replace(content, documents={**content.documents, **read})

    # ── files ──

    def _settings(
        self, namespace: str, layer: Layer, path: str, read: Callable[[Source | None], R], *depends_on: str
    ) -> R:
        """A YAML file of the layer as ``read`` returns it; read again when it or ``depends_on`` changes."""
        source = layer.by_path().get(path)
        if source is None:
            self._cache.get_or_compute(namespace, layer.name, {}, lambda _: [])
            return read(None)
        key = digest("\n".join([self._engine, source.name, source.digest, *depends_on]).encode())
        found = self._cache.get_or_compute(
            namespace, layer.name, {path: key}, lambda _: [(path, read(source))]
        )
        value: R = found[path]
        return value

    def _planning(self, layer: Layer) -> tuple[Planning | None, tuple[Problem, ...]]:
        """What local campaign plans are made from."""
        holidays = layer.by_path().get(HOLIDAYS)
        known = (holidays.name, holidays.digest) if holidays is not None else ()
        return self._settings(
            "planning", layer, PLANNER, lambda planner: read_planning(planner, holidays), *known
        )

    def _series(self, layer: Layer) -> tuple[tuple[Series, ...], tuple[Problem, ...]]:
        """What an organisation counts each quarter."""
        tables = tables_of(layer)
        known = (part for table in tables.values() for part in (table.name, table.digest))
        return self._settings("series", layer, SERIES, lambda file: read_series(file, tables), *known)

    def _documents(self, layer: Layer, national: Mapping[str, Source], language: str) -> dict[str, Document]:
        """The Markdown files of the layer as documents, by path."""
        files = _Files({s.path: s for s in layer.sources if s.suffix == ".md"}, national, language)
        stopped: dict[str, Document] = {}

        def compute(paths: Collection[str]) -> Iterator[tuple[str, Document]]:
            wanted = [file for path in paths if (file := files.file(path))]
            self._parsed += [file.name for file in wanted]
            results = self._workers.map(self._parse, wanted, LIMIT_PER_TEXT)
            self._meanwhile()
            for count, (i, result) in enumerate(results, start=1):
                self._progress("texts", count, len(wanted))
                if isinstance(result, Stopped):
                    unread = documents.timed_out if result.overdue else documents.crashed
                    stopped[wanted[i].path] = unread(wanted[i])
                else:
                    yield wanted[i].path, result

        keys = {path: f"{files.key(path)} / {self._engine}" for path in files.own}
        found: dict[str, Document] = self._cache.get_or_compute(
            "document", layer.name, keys, compute, Document
        )
        return found | stopped

    def _examine(
        self,
        layer: str,
        namespace: str,
        function: Callable[[Source], R | tuple[Problem, ...]],
        sources: Sequence[Source],
    ) -> dict[str, R | tuple[Problem, ...]]:
        """What is in each file, or its problems, by path."""
        by_path = {source.path: source for source in sources}
        keys = {path: digest(f"{self._engine} {source.digest}".encode()) for path, source in by_path.items()}

        def compute(paths: Collection[str]) -> Iterator[tuple[str, object]]:
            wanted = [by_path[path] for path in paths]
            results = self._workers.map(function, wanted, LIMIT_PER_IMAGE)
            for count, (i, result) in enumerate(results, start=1):
                self._progress("images", count, len(wanted))
                yield wanted[i].path, _stopped(result) if isinstance(result, Stopped) else result

        found = self._cache.get_or_compute(namespace, layer, keys, compute)
        return {path: _in_file(result, by_path[path].name) for path, result in found.items()}

    # ── brand ──

    def campaign_contact(self, folder: Layer) -> CampaignContact | None:
        """How to reach the campaign. ``folder`` is that of its own brand."""
        return self._settings("contact", folder, BRAND_FILE, campaign_contact)

    def brand(self, folder: Layer, national: LayerContent) -> LoadedBrand:
        """The brand of a member's folder. ``national`` is what its brand.yaml refers to."""
        files = {s.path: s for s in folder.sources if not s.path.startswith("content/")}
        themes = tuple(id for id, _ in national.site.themes) if national.site else None
        known = [f"{s.file} {s.name} {s.digest}" for s in (*files.values(), *self._families.values())]
        known += [self._engine, *sorted(national.documents), *(themes or ()), *folder.rejected]
        shared = national.layer.by_path()
        known += [shared[path].digest for path in (PLANNER, HOLIDAYS, INDICATORS) if path in shared]

        def load() -> LoadedBrand:
            examine = partial(self._examine, folder.name)
            return load_brand(
                folder.name,
                files,
                self._families,
                national.documents,
                themes,
                examine,
                folder.rejected,
                national.planning,
                national.indicators,
            )

        found = self._cache.get_or_compute(
            "brand",
            folder.name,
            {BRAND_FILE: digest("\n".join(known).encode(errors="surrogateescape"))},
            lambda _: [(BRAND_FILE, load())],
        )
        brand: LoadedBrand = found[BRAND_FILE]
        return brand


def _figures(
    cache: Cache | MemoryCache, layer: Layer, engine: str, language: str, beginning: WorksheetsFile
) -> Iterator[tuple[Source, figures.ReadFigure]]:
    """The figures of the saved worksheets of a layer, each with its file; none is what they begin with."""
    sheets = [source for source in layer.sources if figures.is_saved_sheet(source.path)]
    taken = {source.path: source for source in sheets[: figures.MOST]}
    invented = figures.reasons(beginning.sroi.example) if beginning.sroi else frozenset()
    common = "\n".join((engine, language, *sorted(invented)))
    keys = {
        path: digest(f"{source.name} {source.digest} {common}".encode()) for path, source in taken.items()
    }
    found: dict[str, figures.ReadFigure] = cache.get_or_compute(
        "figures",
        layer.name,
        keys,
        lambda paths: [(path, figures.read_figure(taken[path], language, invented)) for path in paths],
    )
    return ((source, found.get(source.path) or figures.one_too_many(source)) for source in sheets)


def _waits(document: Document) -> bool:
    """Whether its text was not kept because somebody in it is still to agree, while nobody said no."""
    asked = {consent.status for _, consent in document.consents}
    return document.redacted and asked <= {"valid", "pending"} and not document.clashes


class _Files(Record):
    """The Markdown files of a layer over those of the national layer, by path."""

    own: Mapping[str, Source]
    national: Mapping[str, Source]
    language: str

    def file(self, path: str) -> MarkdownFile | None:
        """The file with what it overrides and what it translates; None when there is none."""
        versions = [markdown_file(source) for source in self._versions(path)]
        if not versions:
            return None
        page, language = translated(path)
        return replace(
            versions[0],
            base=versions[1] if versions[1:] else None,
            original=self.file(page) if language else None,
            language=language if i18n.is_available(language) else self.language,
        )

    def key(self, path: str) -> str:
        """Changes with everything that the document at this path is read from."""
        page, language = translated(path)
        return f"{self.language} {self._digests(path)} / {self._digests(page) if language else ''}"

    def _versions(self, path: str) -> list[Source]:
        return [files[path] for files in (self.own, self.national) if path in files]

    def _digests(self, path: str) -> str:
        return " ".join([f"{source.layer} {source.digest}" for source in self._versions(path)])


def _stopped(result: Stopped) -> tuple[Problem, ...]:
    return _OVERDUE if result.overdue else (CRASHED,)


def _in_file(result: R | tuple[Problem, ...], name: str) -> R | tuple[Problem, ...]:
    return tuple(problem.in_file(name) for problem in result) if isinstance(result, tuple) else result
