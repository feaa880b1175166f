"""What files are made with, templates and assets, and the making of them.

It is read while the texts are read elsewhere (``Workers.warm``).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from microsite.content.files import Changed, Layer, decode
from microsite.core.cache import Cache
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import InvalidFile, Place, Problem, PublishError, text
from microsite.core.settings import Progress
from microsite.core.workers import Stopped, Workers
from microsite.media import svg as vectors
from microsite.rendering import template_folder
from microsite.rendering.artifact import Artifact, Content, name_of
from microsite.rendering.recipes import page
from microsite.rendering.templates import CodeCache
from microsite.rendering.views import Assets
from microsite.site.library import Library
from microsite.site.plan import Planner

SECONDS_AN_IMAGE = SECONDS_A_FILE = 120.0
FEW = 16
"""So many pages are drawn elsewhere."""
KINDS, FINDING, TOOLKIT = "kinds/", "finding/", "toolkit/"  # what some pages need and stories do not


class ArtifactMaker:
    """Made once for a build, and asked for one site after the other.

    With ``many`` sites to come, pages are drawn so that others can be filled in
    from them: it takes half as long again, and they are kept in memory.
    ``problems`` are those of templates and assets.
    """

    def __init__(
        self,
        template_files: Layer,
        asset_files: Layer,
        engine: str,
        compiled: Path,
        cache: Cache,
        workers: Workers,
        progress: Progress,
        many: bool,
    ) -> None:
        self.fingerprints = Fingerprints()
        self.engine = engine
        self._cache = cache
        self._workers = workers
        self._progress = progress
        self._many = many
        self._make = self._outlined() if many else Artifact.make
        folder, broken = template_folder.load(template_files, cache, CodeCache(compiled, engine), many)
        self._template = functools.cache(folder.template)
        self._assets, unusable = self._gathered(asset_files)
        self.problems = (*broken, *unusable, *template_files.problems)

    def planner(self, library: Library) -> Planner:
        return Planner(library, self._template, self._assets, self.fingerprints)

    # ── templates and assets ──

    def _gathered(self, layer: Layer) -> tuple[Assets, tuple[Problem, ...]]:
        problems: list[Problem] = []

        def joined(suffix: str, folder: str = "") -> str:
            texts = []
            for source in layer.sources:
                apart = next((part for part in (KINDS, FINDING, TOOLKIT) if source.path.startswith(part)), "")
                if source.suffix == suffix and apart == folder:
                    try:
                        texts.append(decode(source.read(), source.name))
                    except InvalidFile as stop:
                        problems.append(stop.problem)
            return "\n".join(texts)

        icon = layer.by_path().get("images/icon.svg")
        if icon is not None:
            try:
                vectors.clean(icon.read())
            except InvalidFile as invalid:
                problems += [problem.in_file(icon.name) for problem in invalid.problems]
                icon = None
        names = tuple(s.name for s in layer.sources)
        sheets = joined(".css"), joined(".css", KINDS)
        scripts = joined(".js"), joined(".js", FINDING), joined(".js", TOOLKIT)
        assets = Assets(*sheets, *scripts, icon, names)
        return assets, (*layer.problems, *problems)

    # ── making ──

    def make(self, artifacts: Sequence[Artifact], here: bool = False) -> Iterator[tuple[Artifact, Content]]:
        """The bytes of artifacts; the costly ones from the cache, or made for it side by side.

        With ``here`` the others are made in this process, with the templates that it has loaded; else
        a few pages are drawn by a process that waits for work, which begins at once.
        Raises PublishError with all problems, after everything else was made.
        """
        shared = [item for item in artifacts if item.shared]
        own = [item for item in artifacts if not item.shared]
        return self._told(shared, own, self._made(own, here))

    def _told(
        self,
        shared: Sequence[Artifact],
        own: Sequence[Artifact],
        made: Iterator[tuple[int, bytes | Problem | Stopped]],
    ) -> Iterator[tuple[Artifact, Content]]:
        problems: list[Problem] = []
        yield from self._make_shared(shared, problems)
        for i, content in made:
            match content:
                case Problem():
                    problems.append(content)
                case Stopped():
                    message = text("this file takes too long, so it was stopped")
                    problems.append(Problem(_place(own[i]), message))
                case _:
                    yield own[i], content
        if problems:
            raise PublishError(*{(p.place, p.message): p for p in reversed(problems)}.values())

    def _made(self, items: Sequence[Artifact], here: bool) -> Iterator[tuple[int, bytes | Problem | Stopped]]:
        """By number. The process that waits for work has read Jinja, so for few pages this one need not."""
        work = partial(_made, self._make)
        drawn = [i for i, item in enumerate(items) if item.recipe is page]
        if len(drawn) > FEW or here or self._many:
            return self._all_made(work, items)
        results = self._workers.map(work, [items[i] for i in drawn], SECONDS_A_FILE)
        others = ((i, work(items[i])) for i in sorted({*range(len(items))}.difference(drawn)))
        return chain(others, ((drawn[i], result) for i, result in results))

    def _all_made(
        self, work: Callable[[Artifact], bytes | Problem], items: Sequence[Artifact]
    ) -> Iterator[tuple[int, bytes | Problem]]:
        from microsite.rendering import jinja  # imported by now, if there were many texts to wait for

        jinja.preload(item.inputs for item in items)
        yield from self._workers.spread(work, items)

    def _outlined(self) -> Callable[[Artifact], bytes]:
        from microsite.rendering.shared_pages import SharedPages  # only for many sites

        return SharedPages(self.fingerprints).make

    def _make_shared(
        self, artifacts: Sequence[Artifact], problems: list[Problem]
    ) -> Iterator[tuple[Artifact, Content]]:
        keys = {item: name_of(item, self.fingerprints, self.engine) for item in artifacts}
        missing: list[Artifact] = []
        for item in artifacts:  # each is linked to as soon as it is there, before another build may prune it
            if (file := self._cache.file(keys[item])).exists():
                yield item, file
            else:
                missing.append(item)
        for count, (i, result) in enumerate(
            self._workers.map(Artifact.make, missing, SECONDS_AN_IMAGE), start=1
        ):
            self._progress("photos", count, len(missing))
            if isinstance(result, Stopped):
                message = text("this image takes too long, so it was stopped")
                problems.append(Problem(_place(missing[i]), message))
            else:
                yield missing[i], self._cache.put(keys[missing[i]], result)


def _made(make: Callable[[Artifact], bytes], item: Artifact) -> bytes | Problem:
    try:
        return make(item)
    except (Changed, OSError):
        raise
    except Exception as error:  # noqa: BLE001 -- whatever a template does wrong is told with its place
        from microsite.rendering import jinja

        return jinja.problem(error, item.path)


def _place(item: Artifact) -> Place:
    return Place((item.origins or (item.path,))[0])
