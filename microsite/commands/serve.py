"""The preview in a browser, on this computer and for nobody else.

One thread builds: the one that calls ``serve``. The threads of the web server
and of the watch only leave word at its desk. What goes wrong is told in the
terminal and shown over the page that is open.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import queue
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
    Answer,
    Preview,
    State,
    overlay,
    problem_page,
    with_script,
)
from microsite.commands.watch import Calm, Watch
from microsite.core.problems import Problem, Translate, errors, text
from microsite.core.records import Record, field
from microsite.core.settings import Options, Project
from microsite.rendering.hosting import policy as hosting
from microsite.session import Session

STOPPED, FAILED = 0, 1
HOST = "127.0.0.1"
NAMES = ("localhost", HOST, "[::1]")
MORE_PORTS = 20
PROBLEMS = "/__problemen"
EVENTS = "/__microsite/events"
OWN = Path(__file__).resolve().parent

_PING = 10.0


def serve(project: Project, folder: Path, options: Options, port: int, say: Translate) -> int:
    """Show the site of the brand in ``folder`` on this computer until Ctrl-C; returns the exit status."""
    try:
        with _stoppable(), Session(project, options, lambda *_: None) as session:
            return _serve(session, folder, port, say)
    except KeyboardInterrupt:
        _print(text("the preview has stopped").render(say))
        return STOPPED


def _serve(session: Session, folder: Path, port: int, say: Translate) -> int:
    terminal = _Terminal(say)
    _print(text("reading the campaign").render(say))
    with Preview(session, folder, say) as preview:
        preview.look()
        terminal.tell(preview.state)
        session.workers().warm()  # before there are threads, and before the port is taken
        desk, live = Desk(), Live(preview.state)
        server = _server(port, partial(_Handler, desk, live, say), say)
        if server is None:
            return FAILED
        with _running(server, desk, live), Watch(desk.changed) as watch:
            address = f"http://localhost:{server.server_address[1]}/"
            _print(text("the site is at {address} (Ctrl-C stops)", address=address).render(say))
            _work(preview, desk, watch, live, terminal)
    return STOPPED


def _work(preview: Preview, desk: Desk, watch: Watch, live: Live, terminal: _Terminal) -> None:
    """Answer and look, by turns, until somebody interrupts."""
    calm = Calm()
    looked = 0.0
    while True:
        before = preview.state
        now = time.monotonic()
        due = min(looked + watch.patience, calm.due() or now + watch.patience)
        if now >= due:
            preview.look()
            watch.follow(preview.folders)
            calm.looked()
            looked = time.monotonic()
        else:
            question = desk.next(due - now)
            if isinstance(question, Question):
                answer = preview.answer(question.address)
                question.answer.set_result(answer)
                terminal.tell_of_page(answer.problems)
            elif question is not None:
                calm.heard(time.monotonic())
        if preview.state != before:
            live.tell(preview.state)
            terminal.tell(preview.state)


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Being told to end, or losing the terminal, is like Ctrl-C: everything is put away."""
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
    """Tells in the terminal what is new."""

    def __init__(self, say: Translate) -> None:
        self._say = say
        self._told: set[Problem] | None = None

    def tell(self, state: State) -> None:
        first = self._told is None
        self._tell(state.problems)
        self._told = set(state.problems)
        if errors(state.problems):
            sentence = (
                text("not renewed, see above; the last good site stays")
                if state.version
                else text("the site cannot be shown yet, see above; it comes when this is mended")
            )
            _print(sentence.render(self._say))
        elif not first:
            _print(text("renewed").render(self._say))

    def tell_of_page(self, problems: Iterable[Problem]) -> None:
        """What is wrong with one page only, once for each state."""
        self._tell(problems)
        self._told = (self._told or set()) | set(problems)

    def _tell(self, problems: Iterable[Problem]) -> None:
        known = self._told or set()
        _print(*(problem.render(self._say) for problem in problems if problem not in known))


def _print(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


class Live:
    """The state, and the browsers that wait for another. For any thread."""

    def __init__(self, state: State) -> None:
        self._news = threading.Condition()
        self._state = state
        self._closed = False

    @property
    def state(self) -> State:
        return self._state

    def tell(self, state: State) -> None:
        with self._news:
            self._state = state
            self._news.notify_all()

    def close(self) -> None:
        with self._news:
            self._closed = True
            self._news.notify_all()

    def _another(self, told: State | None) -> State | None:
        """Waits for a state that is not this one, but not for ever; None at the end."""
        with self._news:
            self._news.wait_for(lambda: self._closed or self._state is not told, _PING)
            return None if self._closed else self._state

    def events(self, version: str, say: Translate) -> Iterator[bytes]:
        """Server-sent events for a page that shows ``version``, for as long as anybody reads them."""
        told: State | None = None
        while True:
            state = self._another(told)
            if state is None:
                return
            if state is told:
                yield b": \n\n"  # finds out whether anybody is there
                continue
            told = state
            if version not in (state.version, state.name):
                version = state.version
                yield b"event: reload\ndata: %b\n\n" % version.encode()
            yield b"event: problems\ndata: %b\n\n" % json.dumps(overlay(state, say)).encode()


# ── the web server ────────────────────────────────────────────────────────────


class Question(Record):
    address: str
    answer: Future[Answer] = field(default_factory=Future)


class Desk:
    """Where other threads leave word for the one that builds."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Question | str] = queue.SimpleQueue()
        self._closed = threading.Event()

    def ask(self, address: str) -> Answer | None:
        """Waits for the answer; None when there will be none, as the preview ends."""
        question = Question(address)
        self._waiting.put(question)
        while not self._closed.is_set():
            with contextlib.suppress(TimeoutError):
                return question.answer.result(0.5)
        return None

    def changed(self) -> None:
        self._waiting.put("changed")

    def next(self, seconds: float) -> Question | str | None:
        """A question, a word of change, or None when there was nothing for so many seconds."""
        try:
            return self._waiting.get(timeout=seconds)
        except queue.Empty:
            return None

    def close(self) -> None:
        self._closed.set()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two servers have one port

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # the one in between asks the network what we are called

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # one who hangs up is no error
            super().handle_error(request, client_address)


def _server(port: int, handler: Callable[..., BaseHTTPRequestHandler], say: Translate) -> _Server | None:
    """A server on this port, or on the next that is free. None, and it was said, when there is none."""
    for number in range(port, port + MORE_PORTS + 1):
        try:
            server = _Server((HOST, number), handler)
        except OverflowError:
            break
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            reason = error.strerror or type(error).__name__
            _print(text("port {port} cannot be used: {reason}", port=number, reason=reason).render(say))
            return None
        if port not in (0, number):
            _print(text("port {port} is taken, so it is {number}", port=port, number=number).render(say))
        return server
    _print(text("there is no free port from {port} on; choose another with --port", port=port).render(say))
    return None


@contextlib.contextmanager
def _running(server: _Server, desk: Desk, live: Live) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        desk.close()
        live.close()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_version = "microsite"
    sys_version = ""
    timeout = 30

    def __init__(self, desk: Desk, live: Live, say: Translate, *rest: Any) -> None:
        self.desk, self.live, self.say = desk, live, say
        super().__init__(*rest)

    def do_GET(self) -> None:
        self._respond(body=True)

    def do_HEAD(self) -> None:
        self._respond(body=False)

    def _respond(self, *, body: bool) -> None:
        address, _, query = self.path.partition("?")
        if not self._is_ours():
            self._send(_plain(HTTPStatus.FORBIDDEN), body=body)
        elif address == EVENTS:
            self._stream(parse_qs(query).get("v", [""])[0], body=body)
        else:
            answer = self._own(address) or self.desk.ask(unquote(address))
            self._send(answer or _plain(HTTPStatus.SERVICE_UNAVAILABLE), body=body)

    def _is_ours(self) -> bool:
        """Another site can have its own name lead to this computer; the name is in the request."""
        port = self.connection.getsockname()[1]
        hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())
        given = self.headers.get_all("Host", [])
        return len(given) == 1 and given[0].lower() in hosts

    def _own(self, address: str) -> Answer | None:
        """What is not of the site but of the preview."""
        if address == SCRIPT:
            return Answer(HTTPStatus.OK, TYPES["js"], (OWN / "live.js").read_bytes())
        if address == STYLE:
            return Answer(HTTPStatus.OK, TYPES["css"], (OWN / "live.css").read_bytes())
        if address == PROBLEMS:
            state = self.live.state
            page = problem_page(state.problems, text("Problems"), self.say)
            return Answer(HTTPStatus.OK, HTML, with_script(page, state.name))
        return None

    def _send(self, answer: Answer, *, body: bool) -> None:
        status, part, more = _part(answer, self.headers.get("Range", ""))
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
            for event in self.live.events(version, self.say):
                self.wfile.write(event)

    def _begin(self, status: HTTPStatus, kind: str) -> None:
        """The headers of the real site, but for how long things may be kept."""
        self.send_response(status)
        policy = hosting.DRAWING_POLICY if kind == TYPES["svg"] else hosting.HEADER_POLICY
        headers = {**dict(hosting.HEADERS), hosting.POLICY: policy, hosting.CACHE: "no-store"}
        headers |= {"Content-Type": kind, "Cross-Origin-Resource-Policy": "same-origin"}
        for name, value in headers.items():
            self.send_header(name, value)

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal is for the site's own problems."""


def _plain(status: HTTPStatus) -> Answer:
    return Answer(status, TYPES["txt"], f"{status.value} {status.phrase}\n".encode())


def _part(answer: Answer, wanted: str) -> tuple[HTTPStatus, bytes, dict[str, str]]:
    """The part of the body that was asked for: some browsers show a film in no other way."""
    if answer.location:
        return answer.status, b"", {"Location": answer.location}
    first, dash, last = wanted.removeprefix("bytes=").partition("-")
    size = len(answer.body)
    whole = answer.status is not HTTPStatus.OK or answer.kind == HTML
    if whole or not (wanted.startswith("bytes=") and dash and first.isascii() and first.isdigit()):
        return answer.status, answer.body, {}
    start, end = int(first), min(int(last), size - 1) if last.isascii() and last.isdigit() else size - 1
    if start > end:
        return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", {"Content-Range": f"bytes */{size}"}
    about = {"Content-Range": f"bytes {start}-{end}/{size}"}
    return HTTPStatus.PARTIAL_CONTENT, answer.body[start : end + 1], about
