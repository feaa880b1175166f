"""Work done in processes that can be killed: the only answer to a text that takes a parser for ever."""

from __future__ import annotations

import importlib
import multiprocessing
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, cast

from microsite.core.records import Record, Struct, field

_WORTH_SPREADING = 64
_AT_ONCE = 16
"""How many items a process is given at most: fewer messages, and fewer that wait for one that hangs."""
_OFTEN = 0.05
"""So many seconds of results come together: what takes longer comes by itself."""

_SOON = 0.01
"""So many seconds without new work, and a process has time for something else."""


class Stopped(Record):
    """No result: the work took longer than it may (``overdue``), or took its process down."""

    overdue: bool


class Workers:
    """Runs a function over items in ``jobs`` processes. Use as a context manager.

    A process is started when there is work for it and lives until the end; one
    that is killed is replaced. The function and the items must be picklable.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = max(1, jobs)
        self._idle: list[_Worker] = []
        self._here: Sequence[str] = ()
        self._later: Sequence[str] = ()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def dismiss(self) -> None:
        """Stop those that wait for work, without waiting until they are gone: ``close`` does."""
        for worker in self._idle:
            worker.process.kill()

    def close(self) -> None:
        for worker in self._idle:
            worker.kill()
        self._idle.clear()

    def warm(self, modules: Sequence[str] = (), later: Sequence[str] = (), here: Sequence[str] = ()) -> None:
        """Start a process now, for work that comes later: when threads run, or when we know what it is.

        It reads the ``modules`` that it will need meanwhile. This process reads those ``here`` the next
        time that it would only wait for others. The ``later`` ones are read by the one that has time for
        it: by this one if there is much to wait for, else by the other once it has done something.
        """
        self._idle.append(self._ready(modules, later))
        self._here, self._later = here, later

    def _ready(self, modules: Sequence[str] = (), later: Sequence[str] = ()) -> _Worker:
        """A process that waits for work; one that has died meanwhile is passed over."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.is_alive():
                return worker
            worker.kill()
        return _Worker.start(modules, later)

    def map(
        self, function: Callable[[Any], Any], items: Sequence[Any], limit: float
    ) -> Iterator[tuple[int, Any]]:
        """(index, result) as they come; the result is Stopped where ``limit`` seconds were not enough.

        The work begins at once, and goes on when it is asked for. What the function raises is raised here.
        """
        results = self._map(function, items, limit)
        next(results, None)
        return results

    def _map(
        self, function: Callable[[Any], Any], items: Sequence[Any], limit: float
    ) -> Iterator[tuple[int, Any]]:
        waiting = deque(range(len(items)))
        busy: dict[Any, _Worker] = {}
        suspect: set[int] = set()
        begun = False
        try:
            while waiting or busy:
                while waiting and len(busy) < self._jobs:
                    worker = self._ready()
                    many = 1 if waiting[0] in suspect else len(waiting) // (4 * self._jobs)
                    count = max(1, min(_AT_ONCE, many))
                    worker.give(function, {i: items[i] for i in (waiting.popleft() for _ in range(count))})
                    busy[worker.pipe] = worker
                if not begun:
                    begun = True
                    yield -1, None  # to ``map``
                _read(self._here)
                _read(self._later if len(items) > _AT_ONCE else ())
                self._here = self._later = ()
                soonest = min(worker.since for worker in busy.values()) + limit
                for pipe in wait(list(busy), max(0.0, soonest - time.monotonic())):
                    yield from self._collect(busy[pipe], busy, waiting, suspect)
                for pipe, worker in list(busy.items()):
                    if time.monotonic() - worker.since >= limit:
                        yield from _give_up(busy.pop(pipe), waiting, suspect, overdue=True)
        finally:
            for worker in busy.values():
                worker.kill()

    def alone(self) -> None:
        """Do what comes in one process at a time: for a process that is itself one of several."""
        self._jobs = 1

    def spread(
        self, function: Callable[[Any], Any], items: Sequence[Any], worth: int = _WORTH_SPREADING
    ) -> Iterator[tuple[int, Any]]:
        """(index, result) of work that needs no limit, over processes that share what this one holds.

        For pieces of which ``worth`` or more are worth a process: nothing is sent to
        the processes, only the results come back. Where a process cannot be split,
        the work is done here. A process that dies is raised as EOFError.
        """
        if self._jobs == 1 or len(items) < worth or not _can_fork():
            yield from ((i, function(item)) for i, item in enumerate(items))
            return
        context: Any = multiprocessing.get_context("fork")
        shares = [range(start, len(items), self._jobs) for start in range(self._jobs)]
        pipes = []
        processes = []
        for share in shares:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_do_share, args=(theirs, ours, function, items, share))
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        try:
            open_pipes: list[Any] = list(pipes)
            while open_pipes:
                for pipe in wait(open_pipes):
                    results = cast(Connection, pipe).recv()
                    if not results:
                        open_pipes.remove(pipe)
                    yield from _found(results)
        finally:
            for process, pipe in zip(processes, pipes, strict=True):
                process.kill()
                process.join()
                pipe.close()

    def _collect(
        self, worker: _Worker, busy: dict[Any, _Worker], waiting: deque[int], suspect: set[int]
    ) -> Iterator[tuple[int, Any]]:
        try:
            results = worker.pipe.recv()
        except (EOFError, OSError):
            yield from _give_up(busy.pop(worker.pipe), waiting, suspect, overdue=False)
            return
        found = [(worker.asked.popleft(), result) for result in results]
        worker.since = time.monotonic()
        if not worker.asked:
            self._idle.append(busy.pop(worker.pipe))
        yield from _found(found)


def _found(results: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    for index, result in results:
        if isinstance(result, _Raised):
            raise result.error from result.cause
        yield index, result


def _give_up(
    worker: _Worker, waiting: deque[int], suspect: set[int], overdue: bool
) -> Iterator[tuple[int, Stopped]]:
    """End a process. What it had not answered, perhaps without having come to it, is done one by one."""
    worker.kill()
    if len(worker.asked) == 1:
        yield worker.asked[0], Stopped(overdue)
    else:
        suspect.update(worker.asked)
        waiting.extendleft(reversed(worker.asked))


class _Worker(Struct):
    """A process. ``asked`` is what it has still to answer, in order; the first since ``since``."""

    process: Any
    pipe: Connection
    asked: deque[int] = field(default_factory=deque)
    since: float = 0.0

    @staticmethod
    def start(modules: Sequence[str], later: Sequence[str]) -> _Worker:
        context: Any = multiprocessing.get_context("fork" if _can_fork() else "spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, ours, modules, later), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def give(self, function: Callable[[Any], Any], items: Mapping[int, Any]) -> None:
        self.asked, self.since = deque(items), time.monotonic()
        self.pipe.send((function, list(items.values())))

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Raised(Record):
    """What work raised, and from what: that is not sent along with it."""

    error: BaseException
    cause: BaseException | None


def _can_fork() -> bool:
    """Forking is quick, but only safe while nothing else runs in this process."""
    return sys.platform == "linux" and threading.active_count() == 1


def _do_share(
    pipe: Connection,
    other_end: Connection,
    function: Callable[[Any], Any],
    items: Sequence[Any],
    share: Sequence[int],
) -> None:
    other_end.close()
    for numbered in _together((index, _done(function, items[index])) for index in share):
        pipe.send(numbered)
    pipe.send([])


def _read(modules: Iterable[str]) -> None:
    for module in modules:
        importlib.import_module(module)


def _serve(pipe: Connection, other_end: Connection, modules: Sequence[str], later: Sequence[str]) -> None:
    other_end.close()  # else this process would hear nothing of the other's end, and stay for ever
    asked = 0
    try:
        _read(modules)
        while True:
            function, items = pipe.recv()
            asked += len(items)
            for results in _together(_done(function, item) for item in items):
                pipe.send(results)
            if later and asked <= _AT_ONCE and not pipe.poll(_SOON):
                _read(later)
                later = ()
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _done(function: Callable[[Any], Any], item: Any) -> Any:
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 -- raised again where the work was asked for
        return _Raised(error, error.__cause__)


def _together(results: Iterable[Any]) -> Iterator[list[Any]]:
    """The results of a moment as one message: each costs the other side a call to wake up."""
    some: list[Any] = []
    since = time.monotonic()
    for result in results:
        some.append(result)
        if time.monotonic() - since > _OFTEN:
            yield some
            some, since = [], time.monotonic()
    if some:
        yield some
