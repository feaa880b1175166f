"""File system events. What has changed is found by scanning.

Events are a hint only: network drives, folders behind a link, and systems that
are out of watches send none. So the caller also polls, and more often where
nothing can be watched.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection
from pathlib import Path

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from microsite.core.records import Struct

WATCHED, UNWATCHED = 2.0, 0.5
QUIET, LONGEST = 0.05, 0.5

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

_Identity = tuple[int, int]


class Watch:
    """Calls ``notify``, from its own thread, when something may have changed. Use as a context manager."""

    def __init__(self, notify: Callable[[], None]) -> None:
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
                self._observer = Observer()
                self._observer.start()
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
    def __init__(self, notify: Callable[[], None]) -> None:
        self._notify = notify

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        self._notify()


def _identity(folder: Path) -> _Identity | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Debounce(Struct):
    """When to refresh after events: after ``QUIET`` seconds without one, as one save is many events.

    At most ``LONGEST`` seconds after the first one. The caller passes the time, in seconds.
    """

    _first: float | None = None
    _last: float = 0.0

    def event(self, now: float) -> None:
        self._first = now if self._first is None else self._first
        self._last = now

    def due(self) -> float | None:
        """The time of the next refresh; None without events since the last one."""
        return None if self._first is None else min(self._last + QUIET, self._first + LONGEST)

    def reset(self) -> None:
        self._first = None
