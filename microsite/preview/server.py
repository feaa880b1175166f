"""The web server of the preview, on the loopback interface only."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from microsite.core.problems import Translate, text
from microsite.preview.addresses import EVENTS, SCRIPT, STYLE
from microsite.preview.live import Live, RequestQueue
from microsite.preview.pages import HTML, TYPES
from microsite.preview.state import Request, Response
from microsite.preview.terminal import print_lines
from microsite.rendering.hosting import policy

HOST = "127.0.0.1"
LOOPBACK_NAMES = ("localhost", HOST, "[::1]")
PORTS_TO_TRY = 20
STATIC = Path(__file__).resolve().parent / "static"


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # on Windows it lets two servers bind one port

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # HTTPServer.server_bind resolves the host name

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that disconnects is no error
            super().handle_error(request, client_address)


def listen(port: int, handler: Callable[..., BaseHTTPRequestHandler], translate: Translate) -> Server | None:
    """A server on this port or the next free one; None, with a message printed, when there is none."""
    for number in range(port, port + PORTS_TO_TRY + 1):
        try:
            server = Server((HOST, number), handler)
        except OverflowError:
            break
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            reason = error.strerror or type(error).__name__
            print_lines(
                text("port {port} cannot be used: {reason}", port=number, reason=reason).render(translate)
            )
            return None
        if port not in (0, number):
            print_lines(
                text("port {port} is taken, so it is {number}", port=port, number=number).render(translate)
            )
        return server
    print_lines(
        text("there is no free port from {port} on; choose another with --port", port=port).render(translate)
    )
    return None


@contextlib.contextmanager
def running(server: Server, requests: RequestQueue, live: Live) -> Iterator[None]:
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


class Handler(BaseHTTPRequestHandler):
    server_version = "microsite"
    sys_version = ""
    timeout = 30

    def __init__(self, requests: RequestQueue, live: Live, token: str, *rest: Any) -> None:
        self.requests, self.live, self.token = requests, live, token
        super().__init__(*rest)

    def do_GET(self) -> None:
        self._respond(body=True)

    def do_HEAD(self) -> None:
        self._respond(body=False)

    def do_POST(self) -> None:
        """A form of the preview itself: from a page of ours, with the token that only those have."""
        form = self._form() if self._is_local_host() and self._is_own_page() else None
        if form is None or not secrets.compare_digest(form.get("token", "").encode(), self.token.encode()):
            self.close_connection = True
            self._send(_plain(HTTPStatus.FORBIDDEN), body=True)
        else:
            request = Request(unquote(self.path.partition("?")[0]), posted=form)
            self._send(self.requests.ask(request) or _plain(HTTPStatus.SERVICE_UNAVAILABLE), body=True)

    def _respond(self, *, body: bool) -> None:
        address, _, query = self.path.partition("?")
        if not self._is_local_host():
            self._send(_plain(HTTPStatus.FORBIDDEN), body=body)
        elif address == EVENTS:
            values = _values(query)
            self._stream(values.get("v", ""), values.get("page", ""), body=body)
        else:
            request = Request(unquote(address), _values(query))
            response = _static(address) or self.requests.ask(request)
            self._send(response or _plain(HTTPStatus.SERVICE_UNAVAILABLE), body=body)

    def _is_local_host(self) -> bool:
        """Whether the Host header names this computer: refuses DNS rebinding."""
        given = self.headers.get_all("Host", [])
        return len(given) == 1 and given[0].lower() in self._hosts()

    def _hosts(self) -> set[str]:
        port = self.connection.getsockname()[1]
        return {f"{name}:{port}" for name in LOOPBACK_NAMES} | (set(LOOPBACK_NAMES) if port == 80 else set())

    def _is_own_page(self) -> bool:
        """Whether a page of this server sent a form: browsers say so, and no page can make them lie."""
        given = self.headers.get_all("Origin", [])
        site = self.headers.get("Sec-Fetch-Site", "same-origin")
        return given == [f"http://{self.headers['Host']}"] and site == "same-origin"

    def _form(self) -> dict[str, str] | None:
        """The values of a form; None when it is not one, or too large."""
        size = self.headers.get("Content-Length", "")
        kind = self.headers.get_content_type()
        if kind != "application/x-www-form-urlencoded" or not re.fullmatch("[0-9]{1,6}", size):
            return None
        if int(size) > _LARGEST:
            return None
        return _values(self.rfile.read(int(size)).decode("utf-8", "replace"))

    def _send(self, answer: Response, *, body: bool) -> None:
        status, part, more = _range(answer, self.headers.get("Range", ""))
        self._begin(status, answer.kind, own=answer.own)
        self.send_header("Content-Length", str(len(part)))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(part)

    def _stream(self, version: str, path: str, *, body: bool) -> None:
        self._begin(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        if body:
            self.wfile.write(b"retry: 1000\n\n")
            for event in self.live.events(version, path):
                self.wfile.write(event)

    def _begin(self, status: HTTPStatus, kind: str, *, own: bool = False) -> None:
        """Send the status and the published site's headers, without caching.

        The preview's ``own`` pages may have forms, whose origin is told to this server.
        """
        self.send_response(status)
        csp = policy.SVG_CSP if kind == TYPES["svg"] else policy.HEADER_CSP
        headers = {**dict(policy.HEADERS), policy.CSP: csp, policy.CACHE_CONTROL: "no-store"}
        if own:
            csp = csp.replace("form-action 'none'", "form-action 'self'")
            headers |= {policy.CSP: csp, "Referrer-Policy": "same-origin"}
        headers |= {"Content-Type": kind, "Cross-Origin-Resource-Policy": "same-origin"}
        for name, value in headers.items():
            self.send_header(name, value)

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal shows the problems of the site only."""


def _values(query: str) -> dict[str, str]:
    """The values of a query or a form, the last of each name."""
    try:
        return dict(parse_qsl(query, keep_blank_values=True, max_num_fields=100))
    except ValueError:
        return {}


def _static(address: str) -> Response | None:
    """A script or stylesheet of the preview itself."""
    kind = _STATIC.get(address)
    if kind is None:
        return None
    return Response(HTTPStatus.OK, TYPES[kind], (STATIC / address.rpartition("/")[2]).read_bytes())


_STATIC = {SCRIPT: "js", STYLE: "css"}
_LARGEST = 65_536


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
