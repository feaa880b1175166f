"""File system events. What has changed is found by scanning.

Events are a hint only: network drives, folders behind a link, and systems that
are out of watches send none. So the caller also polls, and more often where
nothing can be watched.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import events

from microsite.core.records import Struct, field

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

WATCHED, UNWATCHED = 2.0, 0.5
SETTLED, QUIET, AFTERWARDS, LONGEST = 0.02, 0.05, 0.3, 0.5

# Not the events of reading (opened, closed without writing): a scan would trigger itself.
_EVENTS: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
    events.FileClosedEvent,
    events.DirCreatedEvent,
    events.DirMovedEvent,
    events.DirDeletedEvent,
]

_COMPILED = "__pycache__"
"""The folder for templates that a build compiled, which may be another one than ours."""

_Identity = tuple[int, int]


class Watch:
    """Calls ``notify``, from its own thread, with files that may have changed. Use as a context manager."""

    def __init__(self, notify: Callable[..., None]) -> None:
        self._handler = _Handler(notify)
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, tuple[_Identity, ObservedWatch | None]] = {}

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()

    @property
    def poll_interval(self) -> float:
        """Seconds without an event after which to scan anyway."""
        blind = any(watch is None for _, watch in self._watches.values())
        return UNWATCHED if blind or not self._watches else WATCHED

    def follow(self, folders: Collection[Path]) -> None:
        """Watch exactly these folders. Call it after every scan: a folder may be new, or replaced."""
        there = {folder: identity for folder in folders if (identity := _identity(folder)) is not None}
        for folder, (identity, watch) in list(self._watches.items()):
            if there.get(folder) != identity:
                del self._watches[folder]
                self._leave(watch)
        for folder, identity in there.items():
            if folder not in self._watches:
                self._watches[folder] = identity, self._watch(folder)

    def _watch(self, folder: Path) -> ObservedWatch | None:
        """None when the system is out of watches, or the folder is not readable."""
        try:
            if self._observer is None:
                from watchdog.observers import Observer  # the first page does not wait for it

                observer = Observer()
                observer.start()
                self._observer = observer  # only now: one that never began cannot be waited for
            return self._observer.schedule(
                self._handler, str(folder), recursive=True, event_filter=list(_EVENTS)
            )
        except OSError:
            return None

    def _leave(self, watch: ObservedWatch | None) -> None:
        if watch is not None and self._observer is not None:
            with contextlib.suppress(KeyError, OSError):  # it ends by itself when its folder is deleted
                self._observer.unschedule(watch)


class _Handler(events.FileSystemEventHandler):
    def __init__(self, notify: Callable[..., None]) -> None:
        self._notify = notify

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        """A file that was moved is told of by both its paths."""
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if _COMPILED not in Path(paths[0]).parts:
            self._notify(*paths)


def _identity(folder: Path) -> _Identity | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Debounce(Struct):
    """When to do what after events, as one save is many of them. The caller passes the time, in seconds.

    After ``SETTLED`` seconds without one, the ``files`` of the events are looked at. After ``QUIET`` seconds
    all is refreshed, or ``AFTERWARDS`` where the browser has something to load first; ``LONGEST`` seconds
    after the first event in any case.
    """

    files: set[str] = field(default_factory=set)
    _first: float | None = None
    _last: float = 0.0
    _until: float = 0.0

    def event(self, now: float, *files: str) -> None:
        self._first = now if self._first is None else self._first
        self._last = now
        self.files.update(files)

    def look(self) -> float | None:
        """The time to look at the ``files``; None without any since the last look."""
        return self._last + SETTLED if self.files else None

    def looked(self, now: float, found: bool) -> None:
        """They were looked at; ``found`` something for the browser."""
        self._until = now + AFTERWARDS if found else 0.0
        self.files = set()

    def due(self) -> float | None:
        """The time of the next refresh; None without events since the last one."""
        if self._first is None:
            return None
        return min(max(self._last + QUIET, self._until), self._first + LONGEST)

    def reset(self) -> None:
        self._first = None
        self._until = 0.0
