"""What goes between threads: requests to the one that builds, and its news to open pages."""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from collections.abc import Iterator

from microsite.core.records import Record, field
from microsite.preview.pages import Pages
from microsite.preview.state import Request, Response, State

_PING = 10.0


class Live:
    """The current state, for the event streams of all open pages. Thread-safe."""

    def __init__(self, state: State, pages: Pages) -> None:
        self._pages = pages
        self._changed = threading.Condition()
        self._state = state
        self._closed = False

    @property
    def state(self) -> State:
        return self._state

    def publish(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _wait_for_change(self, known: State | None) -> State | None:
        """The state once it is another than ``known``, or after a while; None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._state is not known, _PING)
            return None if self._closed else self._state

    def events(self, version: str, path: str = "") -> Iterator[bytes]:
        """Server-sent events for a page that shows ``version``, until the client disconnects.

        ``path`` is that of a page of the site.
        """
        known: State | None = None
        while True:
            state = self._wait_for_change(known)
            if state is None:
                return
            if state is known:
                yield b": \n\n"  # fails when the client has disconnected
                continue
            known = state
            if version not in (state.version_of(path), state.name):
                version = state.version_of(path)
                yield b"event: reload\ndata: %b\n\n" % version.encode()
            yield b"event: problems\ndata: %b\n\n" % json.dumps(self._pages.told(state)).encode()


class Waiting(Record):
    """A request and where its response goes."""

    request: Request
    response: queue.SimpleQueue[Response] = field(default_factory=queue.SimpleQueue)


class Changed(Record):
    """Files that something has happened to, by their absolute paths."""

    files: tuple[str, ...]


class RequestQueue:
    """Requests and changes, from other threads to the one that builds."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Waiting | Changed] = queue.SimpleQueue()
        self._closed = threading.Event()

    def ask(self, request: Request) -> Response | None:
        """Wait for the response to a request; None when the preview stops."""
        waiting = Waiting(request)
        self._waiting.put(waiting)
        while not self._closed.is_set():
            with contextlib.suppress(queue.Empty):
                return waiting.response.get(timeout=0.5)
        return None

    def changed(self, *files: str) -> None:
        self._waiting.put(Changed(files))

    def next(self, seconds: float) -> Waiting | Changed | None:
        """The next request or change; None after ``seconds`` without one."""
        try:
            return self._waiting.get(timeout=seconds)
        except queue.Empty:
            return None

    def close(self) -> None:
        self._closed.set()
