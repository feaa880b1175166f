"""Making artifacts: here, in worker processes, or from the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain

from microsite.content.files import FileChanged
from microsite.core.cache import Cache, MemoryCache
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import Place, Problem, PublishError, Text, text
from microsite.core.settings import Progress
from microsite.core.workers import CRASHED, InProcess, Limit, Stopped, Workers
from microsite.rendering.artifact import Artifact, Content
from microsite.rendering.recipes import page

LIMIT = Limit(processor=120.0, clock=600.0)
"""How long one artifact may take in a worker."""
FEW = 16
"""Up to this many pages are rendered by the worker that has imported Jinja already."""

FILE_STOPPED = text("this file takes too long, so it was stopped")
IMAGE_STOPPED = text("this image takes too long, so it was stopped")

Made = Iterator[tuple[Artifact, Content | Problem]]


class ArtifactMaker:
    """Makes the artifacts of the sites of one build.

    With ``many`` sites, pages are rendered with placeholders that the next sites fill
    in: the first site takes half as long again, and its pages are kept in memory.
    """

    def __init__(
        self,
        engine: str,
        cache: Cache | MemoryCache,
        workers: Workers | InProcess,
        progress: Progress,
        many: bool,
    ) -> None:
        self.engine = engine
        self.fingerprints = Fingerprints()
        self._cache = cache
        self._workers = workers
        self._progress = progress
        self._many = many

    def make(self, artifacts: Sequence[Artifact], here: bool = False) -> Iterator[tuple[Artifact, Content]]:
        """The content of each artifact, in any order; that of a shared one is a file of the cache.

        A few pages are rendered by a worker, which begins at once; with ``here`` in this
        process. Raises PublishError with all problems, after the last artifact.
        """
        shared = [item for item in artifacts if item.shared]
        others = [item for item in artifacts if not item.shared]
        return _raise_problems(self._make_shared(shared), self._make_others(others, here))

    def _make_others(self, items: Sequence[Artifact], here: bool) -> Made:
        work = partial(_make, self._content)
        pages = [item for item in items if item.recipe is page]
        if here or self._many or len(pages) > FEW:
            return self._make_all(work, items)
        rendered = _results(pages, self._workers.map(work, pages, LIMIT), FILE_STOPPED)
        return chain(((item, work(item)) for item in items if item.recipe is not page), rendered)

    def _make_all(self, work: Callable[[Artifact], bytes | Problem], items: Sequence[Artifact]) -> Made:
        from microsite.rendering import jinja  # few builds render so many pages

        jinja.preload(item.inputs for item in items)
        yield from _results(items, self._workers.spread(work, items), FILE_STOPPED)

    @cached_property
    def _content(self) -> Callable[[Artifact], bytes]:
        if not self._many:
            return Artifact.make
        from microsite.rendering.shared_pages import SharedPages

        return SharedPages(self.fingerprints).make

    def _make_shared(self, items: Iterable[Artifact]) -> Made:
        missing: dict[Artifact, str] = {}
        for item in items:  # each is used as soon as it is found, before another build may prune it
            key = item.key(self.fingerprints, self.engine)
            if (known := self._cache.find(key)) is not None:
                yield item, known
            else:
                missing[item] = key
        results = self._workers.map(Artifact.make, [*missing], LIMIT)
        for count, (item, content) in enumerate(_results([*missing], results, IMAGE_STOPPED), start=1):
            self._progress("photos", count, len(missing))
            yield item, self._cache.put(missing[item], content) if isinstance(content, bytes) else content


def _make(content: Callable[[Artifact], bytes], item: Artifact) -> bytes | Problem:
    try:
        return content(item)
    except (FileChanged, OSError):
        raise
    except Exception as error:  # noqa: BLE001 -- any error in a template is reported with its place
        from microsite.rendering import jinja

        return jinja.problem(error, item.path)


def _results(
    items: Sequence[Artifact], results: Iterable[tuple[int, bytes | Problem | Stopped]], stopped: Text
) -> Made:
    for i, result in results:
        item = items[i]
        if isinstance(result, Stopped):
            place = (item.origins or (item.path,))[0]
            yield item, Problem(Place(place), stopped) if result.overdue else CRASHED.in_file(place)
        else:
            yield item, result


def _raise_problems(*made: Made) -> Iterator[tuple[Artifact, Content]]:
    """The artifacts without a problem. Raises PublishError at the end if there were problems.

    An error in a template is reported once, with the first of the pages that have it.
    """
    problems: list[Problem] = []
    for item, content in chain(*made):
        if isinstance(content, Problem):
            problems.append(content)
        else:
            yield item, content
    if problems:
        raise PublishError(*{(p.place, p.message): p for p in reversed(problems)}.values())
