"""What the sites of one build share: file stamps, layers, the pipeline and its workers."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial, reduce
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import json

from microsite.content.files import FileChanged, Layer, Stamp, Stamps, os_problem, overlay, scan
from microsite.core.files import ensure_folder, remove_unless_file, replace_file, seal, unseal
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, PublishError, text, unique
from microsite.core.records import replace
from microsite.core.settings import BRAND_FILE, NATIONAL, PACKAGE, Options, Progress, Project

if TYPE_CHECKING:
    from microsite.content.consent_list import ConsentList, PublishedConsents
    from microsite.core.cache import Cache
    from microsite.core.workers import InProcess, Workers
    from microsite.pipeline import Pipeline

ATTEMPTS = 3
"""How often a site is built anew because a file changed during the build."""

PRELOAD = (
    "microsite.content.documents",
    "microsite.content.yaml",
    "microsite.content.markdown.reader",
)
"""What the first worker imports at once: it reads the texts that changed."""

_MEANWHILE = ("microsite.pipeline", "microsite.publishing.maker", "microsite.rendering.jinja")
"""What this process imports while workers read texts."""

_PHOTO, _PHOTOS = 20, (".jpg", ".jpeg", ".png", ".webp", ".gif")
"""Encoding the copies of one photo takes as long as many texts."""

_MENDED = text("this could not be used; it is made again")
_FAILED = text("the disk does not let us read or write this, so nothing is remembered here")
_TAKE_AWAY = text("take it away yourself: it may hold what somebody said who is not shown any more")

T = TypeVar("T")


class Session:
    """The shared state of one build, loaded on first use. Use as a context manager.

    ``sites`` is the number of sites to be built: with more than one, pages are
    rendered once with placeholders and filled in for each brand.
    """

    def __init__(self, project: Project, options: Options, progress: Progress, sites: int = 1) -> None:
        self.project = project
        self.options = options
        self.progress = progress
        self.sites = sites
        self._layers: dict[Path, Layer] = {}  # by folder, or by the name of joined ones
        self._shared_inputs = ""
        self._mended: list[Path] = []
        self._failed: list[Path] = []
        self.cache_failed = False
        self._stamps = _FileStamps(project.state_folder / "stamps.json", self.mended)
        self.consents = Consents(self)
        self._engine = ""
        self._pipeline: Pipeline | None = None
        self._cache: Cache | None = None
        self._workers: Workers | InProcess | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._stamps.save()
        self.rescan()
        if self._workers is not None:
            self._workers.close()

    # ── inputs ──

    def files(self, folder: Path) -> Layer:
        """The files of a brand's folder, as they were at the first scan of this build."""
        return self._layer(folder, folder.name)

    def weight(self, folder: Path) -> float:
        """How much work a brand's own files are, in about the time of one text. Nothing is raised."""
        try:
            suffixes = [source.suffix for source in self.files(folder).sources]
        except Exception:  # noqa: BLE001 -- building the site reports it
            return inf
        return len(suffixes) + _PHOTO * sum(suffix in _PHOTOS for suffix in suffixes)

    def national_layers(self) -> tuple[Layer, Layer, Layer]:
        """Content, templates and assets."""
        content = self._layer(self.project.folder("content"), NATIONAL)
        return content, self._design("templates"), self._design("assets")

    def national_versions(self) -> tuple[tuple[str, str], ...]:
        """(part, short digest) of what all brands share: a site built from others is behind."""
        parts = zip(("content", "templates", "assets"), self.national_layers(), strict=True)
        texts = ((part, "\n".join(f"{s.path}={s.digest}" for s in layer.sources)) for part, layer in parts)
        return tuple((part, digest(lines.encode())[:12]) for part, lines in texts)

    def inputs(self, folder: Path) -> str:
        """A digest of everything that a brand's site is made from: files, day, options and engine."""
        if not self._shared_inputs:
            self._shared_inputs = self._read_shared_inputs()
        return digest(f"{self._shared_inputs}\n{_digest(self.files(folder))}".encode())

    def _read_shared_inputs(self) -> str:
        campaign = self._campaign()
        contact = campaign.by_path().get(BRAND_FILE) if campaign is not None else None
        lines = [self.engine(), *map(str, (self.options.day, self.options.strict, self.options.materials))]
        lines += map(_digest, self.national_layers())
        return "\n".join([*lines, contact.digest if contact is not None else ""])

    def engine(self) -> str:
        """A digest of our code, Python and the installed libraries.

        Computed once: the running code does not change when its files do.
        """
        if not self._engine:
            code = self._layer(PACKAGE, "engine/")
            lines = [sys.version, *installed_distributions()]
            self._engine = digest(
                "\n".join([*lines, *(f"{s.path}={s.digest}" for s in code.sources)]).encode()
            )
        return self._engine

    def _layer(self, folder: Path, name: str) -> Layer:
        if folder not in self._layers:
            layer, stamps = scan(
                folder, name, self.project.display_path(folder), self._stamps.known, time.time_ns()
            )
            self._stamps.add(stamps)
            self._layers[folder] = layer
        return self._layers[folder]

    def _campaign(self) -> Layer | None:
        folder = self.project.campaign_brand
        return self.files(folder) if folder is not None else None

    def _design(self, name: str) -> Layer:
        """Our templates or assets, with the campaign's own over them."""
        joined = Path(name)
        if joined not in self._layers:
            folders = self.project.design_folders(name)
            self._layers[joined] = reduce(overlay, [self._layer(folder, f"{name}/") for folder in folders])
        return self._layers[joined]

    def refresh(self, folder: Path, inputs: str) -> bool:
        """Scan again; False, with the pipeline kept, when the brand's inputs are still ``inputs``."""
        self._forget_layers()
        if self.inputs(folder) == inputs:
            return False
        self._pipeline = None
        return True

    def rescan(self) -> None:
        """Drop the pipeline and all layers: they are loaded again on their next use."""
        self._pipeline = None
        self._forget_layers()

    def _forget_layers(self) -> None:
        self._layers.clear()
        self._shared_inputs = ""

    def retries(self) -> Retries:
        return Retries(self)

    # ── pipeline and workers ──

    @property
    def has_pipeline(self) -> bool:
        return self._pipeline is not None

    def pipeline(self) -> Pipeline:
        if self._pipeline is None:
            self._pipeline = self._load_pipeline()
        return self._pipeline

    def _load_pipeline(self) -> Pipeline:
        self.preload()
        # Imported here: a build with nothing to do needs none of them.
        from microsite.brand import fonts
        from microsite.loading import Loader

        content, templates, assets = self.national_layers()
        engine, cache, workers = self.engine(), self.cache(), self.workers()
        families = fonts.families(assets.by_path())
        loader = Loader(cache, workers, engine, self.progress, families, meanwhile=_import_the_rest)
        national = loader.content(content)
        from microsite.pipeline import Pipeline
        from microsite.publishing.maker import ArtifactMaker
        from microsite.rendering import design
        from microsite.rendering.templates import CodeCache

        many = self.sites > 1
        code_cache = CodeCache(self.project.template_cache, engine)
        look = design.load(templates, assets, code_cache, placeholders=many)
        maker = ArtifactMaker(engine, cache, workers, self.progress, many)
        published = self.consents.load()
        return Pipeline(loader, national, look, maker, self.options, published, self._campaign())

    def preload(self) -> None:
        """Start a worker that imports what reads a text, while this process scans and imports the rest."""
        if self._pipeline is None:
            self.workers().start(preload=PRELOAD)

    def cache(self) -> Cache:
        """What is remembered between builds; opened on first use."""
        if self._cache is None:
            from microsite.core.cache import Cache

            state = self.project.state_folder
            obstacle = ensure_folder(state, state)
            if obstacle is not None:
                self.mended(obstacle)
            self._cache = Cache(state / "store", self.mended, self.failed)
        return self._cache

    def workers(self) -> Workers | InProcess:
        """The worker processes, shared by all pipelines of this build."""
        if self._workers is None:
            from microsite.core.workers import available

            self._workers = available(self.options.jobs)
        return self._workers

    def spread(
        self, work: Callable[[Path], T], brands: Sequence[Path], worth: int = 2
    ) -> Iterator[tuple[int, T]]:
        """(index, result) of ``work`` for each brand, in processes forked from this one where possible.

        Fewer than ``worth`` are done here. Raises EOFError when one of the processes was killed.
        """
        for folder in brands:
            self.weight(folder)  # scanned here, so that the stamps are saved
        return self.workers().spread(work, brands, worth=worth)

    def prune_cache(self) -> None:
        """Remove cached files that no site uses."""
        if self._cache is not None:
            from microsite.publishing.publisher import published_keys

            with contextlib.suppress(OSError):  # a manifest that cannot be read now: the next build does it
                self._cache.prune(lambda keys: published_keys(self.project.output, keys))

    # ── problems ──

    def mended(self, path: Path) -> None:
        """Remember that a file of the state folder was damaged or in the way, for ``notices``."""
        self._mended.append(path)

    def failed(self, path: Path) -> None:
        """Remember that the disk did not let us read, write or remove this of the cache, for ``notices``."""
        self.cache_failed = True
        self._failed.append(path)

    def notices(self) -> tuple[Problem, ...]:
        """What was mended or failed since the last call: one for each file, or for several in a folder."""
        mended = (Problem(place, _MENDED, severity="notice") for place in self._places(self._mended))
        failed = (Problem(place, _FAILED, _TAKE_AWAY, "warning") for place in self._places(self._failed))
        return (*mended, *failed)

    def _places(self, paths: list[Path]) -> Iterator[Place]:
        """Where these files are, and no more of them."""
        folders = Counter(path.parent for path in paths)
        places = dict.fromkeys(path if folders[path.parent] == 1 else path.parent for path in paths)
        paths.clear()
        output = self.project.output
        for path in places:
            yield Place(f"{self.project.display_path(output)}/{path.relative_to(output).as_posix()}")

    def to_report(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Each problem once; in a strict build warnings are errors."""
        if self.options.strict:
            problems = (replace(p, severity="error") if p.severity == "warning" else p for p in problems)
        return unique(problems)


def _digest(layer: Layer) -> str:
    """A digest of the files and the problems of a layer."""
    lines = [f"{layer.name}/{source.path}={source.digest}" for source in layer.sources]
    lines += [problem.render() for problem in layer.problems]
    return digest("\n".join(lines).encode())


class Consents:
    """The list of published consents, around the publishing of the sites of one build."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._folder = session.project.state_folder
        self._losses: tuple[Problem, ...] | None = None
        self._is_read = True
        self._begun = False
        self._with_copies: PublishedConsents | None = None

    def load(self) -> PublishedConsents:
        """The list as it is; an empty one when it cannot be read now, and then it is not written either."""
        known = self._list()
        try:
            if self._losses is None:  # before anything is published
                self._losses = known.losses(self._has_sites())
            consents = known.load()
        except OSError as error:
            self._is_read = False
            place = Place(self._session.project.display_path(self._folder))
            self._losses = (replace(os_problem(place, error), severity="warning"),)
            return {}
        from microsite.content.consent_list import with_copies  # a build with nothing to do needs less
        from microsite.publishing.publisher import published_copies

        found = with_copies(consents, partial(published_copies, self._session.project.output))
        self._with_copies = found if found != consents else None
        return found

    def begin(self) -> None:
        """Call this before a site is published: whom it shows is in the list, also if the build is killed."""
        if self._begun:
            return
        pipeline = self._session.pipeline()
        consents = pipeline.new_consents() or self._with_copies
        if consents is not None:
            self._save(consents, pipeline.missing_consents)
        self._begun = True

    def remember(self, published: Collection[str]) -> tuple[Problem, ...]:
        """Update the list after these brands were published; what is to be reported of it.

        A list that cannot be written is written by the next build.
        """
        known, session = self._list(), self._session
        with contextlib.suppress(OSError):
            known.remove_drafts()
        missing = known.missing() if not session.has_pipeline and known.exists else None
        if missing is None:
            missing = session.pipeline().missing_consents
            self._save(session.pipeline().published_consents(published), missing)
        return (*(self._losses or ()), *known.problems(missing))

    def missing(self) -> tuple[Problem, ...]:
        """What is to be reported where nothing is published."""
        return self._list().problems(self._session.pipeline().missing_consents)

    def _save(self, consents: PublishedConsents, missing: Collection[str]) -> None:
        if self._is_read:
            with contextlib.suppress(OSError):
                self._list().save(consents, missing)

    def _has_sites(self) -> bool:
        return any(self._session.project.output.glob("*/index.html"))

    def _list(self) -> ConsentList:
        from microsite.content.consent_list import ConsentList  # a build with nothing to do needs less

        return ConsentList(self._folder, self._session.project.display_path(self._folder))


class Retries:
    """A context manager for work that is repeated when a file changes meanwhile: no site mixes two moments.

    It suppresses FileChanged and scans again, so the caller loops until there is a result. Raises
    PublishError when a file keeps changing or cannot be read.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._left = ATTEMPTS

    def __enter__(self) -> None:
        self._left -= 1

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if not isinstance(error, FileChanged):
            return False
        self._session.rescan()
        if self._left:
            return True
        name, cause = str(error), error.__cause__
        if isinstance(cause, OSError) and not isinstance(cause, FileNotFoundError):
            raise PublishError(os_problem(Place(name), cause)) from error
        raise PublishError(
            Problem(
                Place(name),
                text("keeps changing while the site is built"),
                text("wait until it is saved, and build again"),
            )
        ) from error


def _import_the_rest() -> None:
    for module in _MEANWHILE:
        importlib.import_module(module)


def installed_distributions() -> list[str]:
    """The names of the ``.dist-info`` folders beside msgspec: the installed libraries with their versions.

    ``importlib.metadata`` says the same, but takes longer than the rest of a build with nothing to do.
    """
    folder = Path(msgspec.__file__).parents[1]
    return sorted(entry.name for entry in folder.glob("*.dist-info"))


class _FileStamps:
    """Stamps and digests of files by name, kept between builds: a file with the same stamp is not read."""

    def __init__(self, file: Path, mended: Callable[[Path], None]) -> None:
        self._file = file
        self._mended = mended
        self._before = self._load()
        self._seen: dict[str, tuple[Stamp, str]] = {}
        self.known = dict(self._before)

    def _load(self) -> dict[str, tuple[Stamp, str]]:
        if not os.path.lexists(self._file):
            return {}
        with contextlib.suppress(OSError, ValueError):
            if not remove_unless_file(self._file) and (data := unseal(self._file.read_bytes())) is not None:
                return json.decode(data, type=dict[str, tuple[Stamp, str]])
        self._mended(self._file)
        return {}

    def add(self, stamps: Stamps) -> None:
        self._seen.update(stamps)
        self.known.update(stamps)

    def save(self) -> None:
        """Write the stamps seen in this build, and the earlier ones of other files that still exist."""
        kept = {
            name: known for name, known in self._before.items() if name in self._seen or os.path.exists(name)
        }
        new = kept | self._seen
        with contextlib.suppress(OSError, ValueError):  # the stamps only save time; a name may not be UTF-8
            if new != self._before and self._file.parent.is_dir():
                replace_file(self._file, seal(json.encode(new)))
