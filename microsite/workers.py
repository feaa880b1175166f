"""Work done in processes that can be killed: the only answer to a text that takes a parser for ever."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any


@dataclass(frozen=True, slots=True)
class Stopped:
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

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for worker in self._idle:
            worker.end()
        self._idle.clear()

    def map(
        self, function: Callable[[Any], Any], items: Sequence[Any], limit: float
    ) -> Iterator[tuple[int, Any]]:
        """(index, result) as they come; the result is Stopped where ``limit`` seconds were not enough.

        What the function raises is raised here.
        """
        waiting = deque(enumerate(items))
        busy: dict[Any, _Worker] = {}
        try:
            while waiting or busy:
                while waiting and len(busy) < self._jobs:
                    worker = self._idle.pop() if self._idle else _Worker.start()
                    worker.give(*waiting.popleft(), function)
                    busy[worker.pipe] = worker
                soonest = min(worker.since for worker in busy.values()) + limit
                for pipe in wait(list(busy), max(0.0, soonest - time.monotonic())):
                    yield from self._collect(busy.pop(pipe))
                for pipe, worker in list(busy.items()):
                    if time.monotonic() - worker.since >= limit:
                        del busy[pipe]
                        worker.kill()
                        yield worker.index, Stopped(overdue=True)
        finally:
            for worker in busy.values():
                worker.kill()

    def _collect(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            worker.kill()
            yield worker.index, Stopped(overdue=False)
            return
        self._idle.append(worker)
        if isinstance(result, _Raised):
            raise result.error
        yield worker.index, result


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    index: int = 0
    since: float = field(default=0.0)

    @staticmethod
    def start() -> _Worker:
        # Forking is quick, but only safe while nothing else runs in this process.
        quick = sys.platform == "linux" and threading.active_count() == 1
        context: Any = multiprocessing.get_context("fork" if quick else "spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def give(self, index: int, item: Any, function: Callable[[Any], Any]) -> None:
        self.index, self.since = index, time.monotonic()
        self.pipe.send((function, item))

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def end(self) -> None:
        self.pipe.close()
        self.process.join(1)
        if self.process.is_alive():
            self.kill()


@dataclass(frozen=True, slots=True)
class _Raised:
    error: BaseException


def _serve(pipe: Connection) -> None:
    try:
        while True:
            function, item = pipe.recv()
            try:
                result = function(item)
            except Exception as error:
                result = _Raised(error)
            pipe.send(result)
    except (EOFError, OSError, KeyboardInterrupt):
        return
