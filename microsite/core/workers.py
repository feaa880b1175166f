"""Runs functions in child processes: with a time limit each, or spread over the processor's cores.

Parsers of untrusted input can hang or crash, and only a process can be stopped
from outside. See ``docs/decisions/workers.md``.
"""

from __future__ import annotations

import gc
import importlib.util
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from microsite.core.problems import in_data, text
from microsite.core.records import Record, Struct, field

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.connection import Connection

Function = Callable[[Any], Any]

_WORTH_FORKING = 64
_MAX_BATCH = 16
"""How many items a worker is given at once: fewer messages, but also fewer items behind a slow one."""


_INTERVAL = 0.05
"""Seconds of work of which the results are sent together."""

_TIDY = 10.0
"""Seconds after which a worker looks for rings of values. Libraries leave some at each picture that is made:
without this, a worker grows by 400 MB with those of 300 sites."""

T = TypeVar("T")


class Limit(Record):
    """How long one item may take, in seconds.

    ``processor`` is the time in which its process does the work: a busy host or a paused machine adds
    nothing to it. ``clock`` stops what waits for ever, and everything where processor time cannot be
    limited (Windows).
    """

    processor: float
    clock: float


class Stopped(Record):
    """The result of an item that twice took too long (``overdue``) or ended its process."""

    overdue: bool


CRASHED = in_data(
    text("the program was stopped while it read this"),
    text("see whether there is enough memory, or choose fewer --jobs, and build again"),
)
"""What to report of an item during which the process died."""


def new_process(begin: Callable[[], object]) -> Executor:
    """One process that calls ``begin`` and then does what it is given, and may have workers of its own.

    It is not forked, so that a process with threads can start it.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), begin)


class Workers:
    """Up to ``jobs`` child processes, started when there is work for them. Use as a context manager.

    Functions, items and results must be picklable.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = max(1, jobs)
        self._idle: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the idle workers and wait until they are gone."""
        for worker in self._idle:
            worker.kill()
        self._idle.clear()

    def start(self, preload: Sequence[str] = ()) -> None:
        """Have an idle worker ready for work to come; a new one imports the modules in ``preload`` now."""
        self._idle.append(self._take(preload))

    def _take(self, preload: Sequence[str] = ()) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.process.is_alive():
                return worker
            worker.kill()
        return _Worker.start(_serve, preload, fork=_can_fork(), daemon=True)

    def map(self, function: Function, items: Sequence[Any], limit: Limit) -> Iterator[tuple[int, Any]]:
        """Call ``function`` for each item within a limit, and yield (index, result) as they come.

        Where the limit is exceeded or the process dies, the item is tried once more,
        alone; the result is Stopped when that fails too. What the function raises is
        raised here. Work begins at the call, not at the first iteration.
        """
        results = self._results(_Batches(function, items, limit.processor), limit.clock)
        next(results)
        return results

    def _results(self, batches: _Batches, limit: float) -> Iterator[tuple[int, Any]]:
        from multiprocessing.connection import wait

        busy = batches.busy
        try:
            self._hand_out(batches)
            yield -1, None  # for ``map``
            while busy:
                deadline = min(worker.since for worker in busy.values()) + limit
                for pipe in wait(list(busy), max(0.0, deadline - time.monotonic())):
                    yield from batches.collect(busy[pipe])
                for worker in list(busy.values()):
                    if not worker.pending:
                        self._idle.append(busy.pop(worker.pipe))
                    elif time.monotonic() - worker.since >= limit:
                        yield from batches.stop(worker, overdue=True)
                self._hand_out(batches)
        finally:
            for worker in busy.values():
                worker.kill()

    def _hand_out(self, batches: _Batches) -> None:
        while batches.waiting and len(batches.busy) < self.jobs:
            batches.give(self._take(), len(batches.waiting) // (4 * self.jobs))

    def spread(
        self, function: Function, items: Sequence[Any], worth: int = _WORTH_FORKING
    ) -> Iterator[tuple[int, Any]]:
        """Call ``function`` for each item, without a limit, and yield (index, result) as they come.

        From ``worth`` items on this process is forked ``jobs`` times: the children
        share its memory, so that only results are sent. Where it cannot be forked,
        the work is done here. Raises EOFError when a child dies.
        """
        if self.jobs == 1 or len(items) < worth or not _can_fork():
            yield from ((i, function(item)) for i, item in enumerate(items))
            return
        from multiprocessing.connection import wait

        self.close()  # a pipe belongs to one process
        shares = [range(start, len(items), self.jobs) for start in range(self.jobs)]
        children = {}
        try:
            for share in shares:
                child = _Worker.start(self._do_share, function, items, share, fork=True, daemon=False)
                children[child.pipe] = child
            unfinished: list[Any] = list(children)
            while unfinished:
                for pipe in wait(unfinished):
                    results = cast("Connection", pipe).recv()
                    if not results:
                        unfinished.remove(pipe)
                    for index, result in results:
                        yield index, _unwrap(result)
        finally:
            for child in children.values():
                child.kill()

    def _do_share(self, pipe: Connection, function: Function, items: Sequence[Any], share: range) -> None:
        self.jobs = 1  # this process is one of several already
        for results in _grouped((index, _call(function, items[index])) for index in share):
            pipe.send(results)
        pipe.send([])


def available(jobs: int) -> Workers | InProcess:
    """Workers, or their interface without processes where none can be started: in a browser."""
    return Workers(jobs) if importlib.util.find_spec("_multiprocessing") is not None else InProcess()


class InProcess:
    """The interface of ``Workers`` without processes: work is done here, without a time limit.

    ``begins`` is called with each item of ``map`` before its work, and with None after all.
    """

    jobs = 1

    def __init__(self, begins: Callable[[Any], object] = lambda _: None) -> None:
        self._begins = begins

    def close(self) -> None:
        """See ``Workers.close``."""

    def start(self, preload: Sequence[str] = ()) -> None:
        """See ``Workers.start``; there is nothing to wait for."""

    def map(self, function: Function, items: Sequence[Any], limit: Limit) -> Iterator[tuple[int, Any]]:
        """See ``Workers.map``; ``limit`` is ignored."""
        try:
            for i, item in enumerate(items):
                self._begins(item)
                yield i, function(item)
        finally:
            self._begins(None)

    def spread(self, function: Function, items: Sequence[Any], worth: int = 0) -> Iterator[tuple[int, Any]]:
        """See ``Workers.spread``."""
        yield from ((i, function(item)) for i, item in enumerate(items))


class _Batches:
    """The items of one call of ``map``: which are waiting, and which worker has the others."""

    def __init__(self, function: Function, items: Sequence[Any], processor_limit: float) -> None:
        self._function = function
        self._items = items
        self._limit = processor_limit
        self._suspects: set[int] = set()
        self.waiting = deque(range(len(items)))
        self.busy: dict[Any, _Worker] = {}

    def give(self, worker: _Worker, count: int) -> None:
        """Send a batch of at most ``count`` items; an item that may have stopped a worker goes alone."""
        alone = self.waiting[0] in self._suspects
        size = 1 if alone else max(1, min(_MAX_BATCH, count))
        worker.pending = deque(self.waiting.popleft() for _ in range(size))
        worker.since = time.monotonic()
        self.busy[worker.pipe] = worker
        worker.pipe.send((self._function, [self._items[i] for i in worker.pending], self._limit))

    def collect(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        try:
            results = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self.stop(worker, overdue=False)
            return
        done = [worker.pending.popleft() for _ in results]
        worker.since = time.monotonic()
        yield from zip(done, map(_unwrap, results), strict=True)

    def stop(self, worker: _Worker, overdue: bool) -> Iterator[tuple[int, Stopped]]:
        """Kill a worker. Each item that its batch had left is tried again, alone, unless it was before."""
        del self.busy[worker.pipe]
        worker.kill()
        if len(worker.pending) == 1 and worker.pending[0] in self._suspects:
            yield worker.pending[0], Stopped(overdue or worker.process.exitcode == -_OVERDUE)
        else:
            self._suspects.update(worker.pending)
            self.waiting.extendleft(reversed(worker.pending))


class _Worker(Struct, eq=False):
    """A child process. It works on ``pending[0]`` since ``since``."""

    process: Any
    pipe: Connection
    pending: deque[int] = field(default_factory=deque)
    since: float = 0.0

    @staticmethod
    def start(target: Callable[..., None], *args: Any, fork: bool, daemon: bool) -> _Worker:
        import multiprocessing

        context: Any = multiprocessing.get_context("fork" if fork else "spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_run, args=(ours, theirs, target, *args), daemon=daemon)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _can_fork() -> bool:
    """Forking is fast, but only safe while this process has no other threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def _run(parents: Connection, pipe: Connection, target: Callable[..., None], *args: Any) -> None:
    parents.close()  # or this process would not notice that the parent is gone, and stay
    try:
        target(pipe, *args)
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _serve(pipe: Connection, preload: Sequence[str]) -> None:
    for module in preload:
        importlib.import_module(module)
    if _OVERDUE:
        signal.signal(_OVERDUE, signal.SIG_DFL)  # kills this process, also within a call of C
    tidied = time.monotonic()
    while True:
        function, items, limit = pipe.recv()
        for results in _grouped(_call_within(limit, function, item) for item in items):
            pipe.send(results)
        if time.monotonic() - tidied > _TIDY:
            del function, items, results
            gc.collect()
            tidied = time.monotonic()


_OVERDUE = getattr(signal, "SIGPROF", 0)
"""The signal for a process that used its processor time; 0 where there is none."""


def _call_within(limit: float, function: Function, item: Any) -> Any:
    if not _OVERDUE:
        return _call(function, item)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        return _call(function, item)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _grouped(results: Iterable[T]) -> Iterator[list[T]]:
    """The results of each ``_INTERVAL`` as one list: one by one, they cost a fifth more processor time."""
    group: list[T] = []
    sent = time.monotonic()
    for result in results:
        group.append(result)
        if time.monotonic() - sent > _INTERVAL:
            yield group
            group, sent = [], time.monotonic()
    if group:
        yield group


class _Raised(Record):
    """An exception of the function, with its cause, which pickling leaves out."""

    error: BaseException
    cause: BaseException | None


def _call(function: Function, item: Any) -> Any:
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 -- raised again in the parent process
        return _Raised(error, error.__cause__)


def _unwrap(result: Any) -> Any:
    if isinstance(result, _Raised):
        raise result.error from result.cause
    return result
