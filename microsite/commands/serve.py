"""``serve``: the preview in a browser, on the loopback interface only.

The thread that calls ``serve`` does all the building. The threads of the web
server and of the file watcher put requests in a queue. Problems are printed in
the terminal and shown over the open page.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import queue
import re
import signal
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from microsite.commands.preview import (
    HTML,
    SCRIPT,
    STYLE,
    TYPES,
    Preview,
    Response,
    State,
    overlay,
    problem_page,
    with_script,
)
from microsite.commands.watch import Debounce, Watch
from microsite.core.problems import Problem, Translate, errors, text
from microsite.core.records import Record, field
from microsite.core.settings import Options, Project
from microsite.rendering.hosting import policy
from microsite.session import Session

STOPPED, FAILED = 0, 1
HOST = "127.0.0.1"
LOOPBACK_NAMES = ("localhost", HOST, "[::1]")
PORTS_TO_TRY = 20
PROBLEMS = "/__problemen"
EVENTS = "/__microsite/events"
STATIC = Path(__file__).resolve().parent

_PING = 10.0


def serve(project: Project, folder: Path, options: Options, port: int, translate: Translate) -> int:
    """Serve the site of the brand in ``folder`` until Ctrl-C; returns the exit status."""
    try:
        with _interruptible(), Session(project, options, lambda *_: None) as session:
            return _serve(session, folder, port, translate)
    except KeyboardInterrupt:
        _print(text("the preview has stopped").render(translate))
        return STOPPED


def _serve(session: Session, folder: Path, port: int, translate: Translate) -> int:
    terminal = _Terminal(translate)
    _print(text("reading the campaign").render(translate))
    with Preview(session, folder, translate) as preview:
        preview.refresh()
        terminal.report(preview.state)
        session.workers().start()  # before there are threads, and before the port is taken
        requests, live = RequestQueue(), Live(preview.state)
        server = _server(port, partial(_Handler, requests, live, translate), translate)
        if server is None:
            return FAILED
        with _running(server, requests, live), Watch(requests.changed) as watch:
            address = f"http://localhost:{server.server_address[1]}/"
            _print(text("the site is at {address} (Ctrl-C stops)", address=address).render(translate))
            _work(preview, requests, watch, live, terminal)
    return STOPPED


def _work(preview: Preview, requests: RequestQueue, watch: Watch, live: Live, terminal: _Terminal) -> None:
    """Respond to requests and refresh after changes, until interrupted."""
    debounce = Debounce()
    refreshed = 0.0
    while True:
        before = preview.state
        now = time.monotonic()
        due = min(refreshed + watch.poll_interval, debounce.due() or now + watch.poll_interval)
        if now >= due:
            preview.refresh()
            watch.follow(preview.folders)
            debounce.reset()
            refreshed = time.monotonic()
        else:
            request = requests.next(due - now)
            if isinstance(request, PageRequest):
                response = preview.respond(request.address)
                request.response.set_result(response)
                terminal.report_page(response.problems)
            elif request is not None:
                debounce.event(time.monotonic())
        if preview.state != before:
            live.publish(preview.state)
            terminal.report(preview.state)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Treat SIGTERM and SIGHUP as Ctrl-C, so that the context managers exit."""
    found = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    before = {s: signal.getsignal(s) for s in found if s and signal.getsignal(s) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


# ── telling ───────────────────────────────────────────────────────────────────


class _Terminal:
    """Prints each problem once for as long as it lasts."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._reported: set[Problem] | None = None

    def report(self, state: State) -> None:
        first = self._reported is None
        self._print_new(state.problems)
        self._reported = set(state.problems)
        if errors(state.problems):
            sentence = (
                text("not renewed, see above; the last good site stays")
                if state.version
                else text("the site cannot be shown yet, see above; it comes when this is mended")
            )
            _print(sentence.render(self._translate))
        elif not first:
            _print(text("renewed").render(self._translate))

    def report_page(self, problems: Iterable[Problem]) -> None:
        """The problems of one page, once for each state."""
        self._print_new(problems)
        self._reported = (self._reported or set()) | set(problems)

    def _print_new(self, problems: Iterable[Problem]) -> None:
        known = self._reported or set()
        _print(*(problem.render(self._translate) for problem in problems if problem not in known))


def _print(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


class Live:
    """The current state, for the event streams of all open pages. Thread-safe."""

    def __init__(self, state: State) -> None:
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

    def events(self, version: str, translate: Translate) -> Iterator[bytes]:
        """Server-sent events for a page that shows ``version``, until the client disconnects."""
        known: State | None = None
        while True:
            state = self._wait_for_change(known)
            if state is None:
                return
            if state is known:
                yield b": \n\n"  # fails when the client has disconnected
                continue
            known = state
            if version not in (state.version, state.name):
                version = state.version
                yield b"event: reload\ndata: %b\n\n" % version.encode()
            yield b"event: problems\ndata: %b\n\n" % json.dumps(overlay(state, translate)).encode()


# ── the web server ────────────────────────────────────────────────────────────


class PageRequest(Record):
    address: str
    response: Future[Response] = field(default_factory=Future)


class RequestQueue:
    """Requests and changes, from other threads to the one that builds."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[PageRequest | str] = queue.SimpleQueue()
        self._closed = threading.Event()

    def ask(self, address: str) -> Response | None:
        """Wait for the response to a page request; None when the preview stops."""
        request = PageRequest(address)
        self._waiting.put(request)
        while not self._closed.is_set():
            with contextlib.suppress(TimeoutError):
                return request.response.result(0.5)
        return None

    def changed(self) -> None:
        self._waiting.put("changed")

    def next(self, seconds: float) -> PageRequest | str | None:
        """The next page request or change; None after ``seconds`` without one."""
        try:
            return self._waiting.get(timeout=seconds)
        except queue.Empty:
            return None

    def close(self) -> None:
        self._closed.set()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # on Windows it lets two servers bind one port

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # HTTPServer.server_bind resolves the host name

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that disconnects is no error
            super().handle_error(request, client_address)


def _server(
    port: int, handler: Callable[..., BaseHTTPRequestHandler], translate: Translate
) -> _Server | None:
    """A server on this port or the next free one; None, with a message printed, when there is none."""
    for number in range(port, port + PORTS_TO_TRY + 1):
        try:
            server = _Server((HOST, number), handler)
        except OverflowError:
            break
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            reason = error.strerror or type(error).__name__
            _print(text("port {port} cannot be used: {reason}", port=number, reason=reason).render(translate))
            return None
        if port not in (0, number):
            _print(
                text("port {port} is taken, so it is {number}", port=port, number=number).render(translate)
            )
        return server
    _print(
        text("there is no free port from {port} on; choose another with --port", port=port).render(translate)
    )
    return None


@contextlib.contextmanager
def _running(server: _Server, requests: RequestQueue, live: Live) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        requests.close()
        live.close()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_version = "microsite"
    sys_version = ""
    timeout = 30

    def __init__(self, requests: RequestQueue, live: Live, translate: Translate, *rest: Any) -> None:
        self.requests, self.live, self.translate = requests, live, translate
        super().__init__(*rest)

    def do_GET(self) -> None:
        self._respond(body=True)

    def do_HEAD(self) -> None:
        self._respond(body=False)

    def _respond(self, *, body: bool) -> None:
        address, _, query = self.path.partition("?")
        if not self._is_local_host():
            self._send(_plain(HTTPStatus.FORBIDDEN), body=body)
        elif address == EVENTS:
            self._stream(parse_qs(query).get("v", [""])[0], body=body)
        else:
            response = self._preview_file(address) or self.requests.ask(unquote(address))
            self._send(response or _plain(HTTPStatus.SERVICE_UNAVAILABLE), body=body)

    def _is_local_host(self) -> bool:
        """Whether the Host header names this computer: refuses DNS rebinding."""
        port = self.connection.getsockname()[1]
        hosts = {f"{name}:{port}" for name in LOOPBACK_NAMES} | (set(LOOPBACK_NAMES) if port == 80 else set())
        given = self.headers.get_all("Host", [])
        return len(given) == 1 and given[0].lower() in hosts

    def _preview_file(self, address: str) -> Response | None:
        """A file of the preview itself."""
        if address == SCRIPT:
            return Response(HTTPStatus.OK, TYPES["js"], (STATIC / "live.js").read_bytes())
        if address == STYLE:
            return Response(HTTPStatus.OK, TYPES["css"], (STATIC / "live.css").read_bytes())
        if address == PROBLEMS:
            state = self.live.state
            page = problem_page(state.problems, text("Problems"), self.translate)
            return Response(HTTPStatus.OK, HTML, with_script(page, state.name))
        return None

    def _send(self, answer: Response, *, body: bool) -> None:
        status, part, more = _range(answer, self.headers.get("Range", ""))
        self._begin(status, answer.kind)
        self.send_header("Content-Length", str(len(part)))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(part)

    def _stream(self, version: str, *, body: bool) -> None:
        self._begin(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        if body:
            self.wfile.write(b"retry: 1000\n\n")
            for event in self.live.events(version, self.translate):
                self.wfile.write(event)

    def _begin(self, status: HTTPStatus, kind: str) -> None:
        """Send the status and the published site's headers, without caching."""
        self.send_response(status)
        csp = policy.SVG_CSP if kind == TYPES["svg"] else policy.HEADER_CSP
        headers = {**dict(policy.HEADERS), policy.CSP: csp, policy.CACHE_CONTROL: "no-store"}
        headers |= {"Content-Type": kind, "Cross-Origin-Resource-Policy": "same-origin"}
        for name, value in headers.items():
            self.send_header(name, value)

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal shows the problems of the site only."""


def _plain(status: HTTPStatus) -> Response:
    return Response(status, TYPES["txt"], f"{status.value} {status.phrase}\n".encode())


_BYTES = re.compile(r"bytes=([0-9]{1,18})-([0-9]{0,18})")


def _range(answer: Response, wanted: str) -> tuple[HTTPStatus, bytes, dict[str, str]]:
    """(status, body, headers) for a Range header: some browsers need it to play a video."""
    if answer.location:
        return answer.status, b"", {"Location": answer.location}
    asked = _BYTES.fullmatch(wanted)
    size = len(answer.body)
    if asked is None or answer.status is not HTTPStatus.OK or answer.kind == HTML:
        return answer.status, answer.body, {}
    start, end = int(asked[1]), min(int(asked[2] or size), size - 1)
    if start > end:
        return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", {"Content-Range": f"bytes */{size}"}
    about = {"Content-Range": f"bytes {start}-{end}/{size}"}
    return HTTPStatus.PARTIAL_CONTENT, answer.body[start : end + 1], about
