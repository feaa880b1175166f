"""Making artifacts: here, in worker processes, or from the cache."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain

from microsite.content.files import FileChanged
from microsite.core.cache import Cache, MemoryCache
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import InvalidFile, Place, Problem, PublishError, Text, text
from microsite.core.settings import Progress
from microsite.core.workers import CRASHED, InProcess, Limit, Stopped, Workers
from microsite.rendering.artifact import Artifact, Content

LIMIT = Limit(processor=120.0, clock=600.0)
"""How long one artifact may take in a worker."""
FILE_STOPPED = text("this file takes too long, so it was stopped")
IMAGE_STOPPED = text("this image takes too long, so it was stopped")

Results = Iterable[tuple[int, bytes | Problem | Stopped]]
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

        With several jobs, pages are rendered in forked processes when there are many; with ``here``
        in this process. Raises PublishError with all problems, after the last artifact.
        """
        shared = [item for item in artifacts if item.shared]
        others = [item for item in artifacts if not item.shared]
        local = others if here or self._workers.jobs == 1 else ()
        drawn = yield from self._begin_shared(shared)
        made_here = zip(local, map(self._work, local), strict=True)
        results = chain(made_here, drawn, self._spread(others) if not local else ())
        problems: list[Problem] = []
        for item, content in results:
            if isinstance(content, Problem):
                problems.append(content)
            else:
                yield item, content
        if problems:  # an error in a template is reported once, with the first of the pages that have it
            raise PublishError(*{(p.place, p.message): p for p in reversed(problems)}.values())

    def _spread(self, items: Sequence[Artifact]) -> Made:
        from microsite.rendering import jinja  # few builds render so many pages

        jinja.preload(item.inputs for item in items)
        yield from _results(items, self._workers.spread(self._work, items), FILE_STOPPED)

    @cached_property
    def _work(self) -> Callable[[Artifact], bytes | Problem]:
        return partial(_make, self._content)

    @cached_property
    def _content(self) -> Callable[[Artifact], bytes] | None:
        if not self._many:
            return None
        from microsite.rendering.shared_pages import SharedPages

        return SharedPages(self.fingerprints).make

    def _begin_shared(self, items: Iterable[Artifact]) -> Generator[tuple[Artifact, Content], None, Made]:
        """Yield those of the cache; return the others, which workers make from now on."""
        missing: dict[Artifact, str] = {}
        for item in items:  # each is used as soon as it is found, before another build may prune it
            key = item.key(self.fingerprints, self.engine)
            if (known := self._cache.find(key)) is not None:
                yield item, known
            else:
                missing[item] = key
        return self._finish_shared(missing, self._workers.map(_made, [*missing], LIMIT))

    def _finish_shared(self, missing: Mapping[Artifact, str], results: Results) -> Made:
        for count, (item, content) in enumerate(_results([*missing], results, IMAGE_STOPPED), start=1):
            self._progress("photos", count, len(missing))
            yield item, self._cache.put(missing[item], content) if isinstance(content, bytes) else content


def _made(item: Artifact) -> bytes | Problem:
    try:
        return item.make()
    except InvalidFile as invalid:  # such as a text that does not fit on a poster
        problem = invalid.problem
        return problem if problem.place.path else problem.in_file((item.origins or (item.path,))[0])


def _make(content: Callable[[Artifact], bytes] | None, item: Artifact) -> bytes | Problem:
    try:
        return content(item) if content else item.recipe(**item.arguments)
    except (FileChanged, OSError):
        raise
    except Exception as error:  # noqa: BLE001 -- any error in a template is reported with its place
        from microsite.rendering import jinja

        return jinja.problem(error, item.path)


def _results(items: Sequence[Artifact], results: Results, stopped: Text) -> Made:
    for i, result in results:
        item = items[i]
        if isinstance(result, Stopped):
            place = (item.origins or (item.path,))[0]
            yield item, Problem(Place(place), stopped) if result.overdue else CRASHED.in_file(place)
        else:
            yield item, result
