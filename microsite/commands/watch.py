"""Says that files may have changed, so that somebody looks. What has changed is for the scan to find out.

Nobody relies on being told: network drives, folders behind a link, and systems
that are out of watches say nothing. So whoever waits here also looks now and
then, often where nothing can be watched.
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
PAUSE, LONGEST = 0.05, 0.5

# Reading gives events too (opened, closed without writing): who looks must not be told of its own looking.
_TOLD_OF: list[type[events.FileSystemEvent]] = [
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
    """Calls ``tell``, from a thread of its own, when something may have changed. Use as a context manager."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._handler = _Handler(tell)
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, tuple[_Identity, ObservedWatch | None]] = {}

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()

    @property
    def patience(self) -> float:
        """After how many seconds without a word one should look all the same."""
        blind = any(watch is None for _, watch in self._watches.values())
        return UNWATCHED if blind or not self._watches else WATCHED

    def follow(self, folders: Collection[Path]) -> None:
        """Watch these folders from now on, and no others. Call it after every look: a folder that was not
        there may have come, and one that was moved away and made again is another folder."""
        there = {folder: identity for folder in folders if (identity := _identity(folder)) is not None}
        for folder, (identity, watch) in list(self._watches.items()):
            if there.get(folder) != identity:
                del self._watches[folder]
                self._leave(watch)
        for folder, identity in there.items():
            if folder not in self._watches:
                self._watches[folder] = identity, self._watch(folder)

    def _watch(self, folder: Path) -> ObservedWatch | None:
        """None where it cannot be: no more watches to be had, or a folder that may not be read."""
        try:
            if self._observer is None:
                self._observer = Observer()
                self._observer.start()
            return self._observer.schedule(
                self._handler, str(folder), recursive=True, event_filter=list(_TOLD_OF)
            )
        except OSError:
            return None

    def _leave(self, watch: ObservedWatch | None) -> None:
        if watch is not None and self._observer is not None:
            with contextlib.suppress(KeyError, OSError):  # it may have ended by itself, with its folder
                self._observer.unschedule(watch)


class _Handler(events.FileSystemEventHandler):
    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        self._tell()


def _identity(folder: Path) -> _Identity | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Calm(Struct):
    """When to look after a word of change: once it has been quiet for a moment, as one save is many events.

    The caller tells the time, in seconds. Who keeps writing cannot put it off for ever.
    """

    _first: float | None = None
    _last: float = 0.0

    def heard(self, now: float) -> None:
        self._first = now if self._first is None else self._first
        self._last = now

    def due(self) -> float | None:
        """The time to look at; None when nothing was heard since the last look."""
        return None if self._first is None else min(self._last + PAUSE, self._first + LONGEST)

    def looked(self) -> None:
        self._first = None
