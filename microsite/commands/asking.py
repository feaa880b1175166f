"""Asking addresses on the internet whether they still answer, politely and only so long."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.core.settings import Progress

AGENT = "microsite (link check; asks each address once)"


def is_public(address: str) -> bool:
    """Whether an IP address is one that all of the internet can reach."""
    found = ipaddress.ip_address(address)
    inner = getattr(found, "ipv4_mapped", None) or found
    return inner.is_global and not inner.is_multicast


class Limits(Record):
    """How much is asked of others. Times are in seconds; ``fine_for`` and ``broken_for`` are in days.

    ``may_ask`` tells whether an IP address may be asked: only what all of the internet can reach, so that no
    text makes us knock on a device in the office.
    """

    addresses: int = 1_000
    seconds: float = 300.0
    patience: float = 10.0
    pause: float = 1.0
    redirects: int = 5
    hosts: int = 8
    fine_for: int = 7
    broken_for: int = 1
    may_ask: Callable[[str], bool] = is_public


LIMITS = Limits()


Outcome = Literal["fine", "gone", "moved", "unclear"]


class Answer(Record):
    """What an address said.

    ``status`` is that of HTTP, 0 for none; ``detail`` is where it leads now, or one of ``REASONS``.
    """

    outcome: Outcome
    status: int = 0
    detail: str = ""


UNCONNECTED = Answer("unclear", 0, "unconnected")


def ask_all(urls: Sequence[str], limits: Limits, progress: Progress) -> Mapping[str, Answer]:
    """The answers of these addresses: of several hosts at the same time, of each host one after the other."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    found: dict[str, Answer] = {}
    lock, end = threading.Lock(), time.monotonic() + limits.seconds

    def ask_host(waiting: Sequence[str]) -> None:
        for i, url in enumerate(waiting):
            if time.monotonic() > end:
                return
            if i:
                time.sleep(limits.pause)
            answer = ask(url, limits)
            with lock:
                found[url] = answer
                progress("links", len(found), len(urls))
            if answer.status == http.HTTPStatus.TOO_MANY_REQUESTS:
                return  # it asks us to stay away, so we do

    with ThreadPoolExecutor(limits.hosts) as threads:
        for done in [threads.submit(ask_host, waiting) for waiting in by_host.values()]:
            done.result()
    if any(answer.status for answer in found.values()):
        return found
    # nothing was reached, so it is us
    return {url: UNCONNECTED if answer.outcome == "gone" else answer for url, answer in found.items()}


_HEAD_MAY_LIE = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 503})
"""Answers to HEAD after which GET is tried: some servers know only that."""

_GONE = frozenset({404, 410})
_FOR_GOOD = frozenset({301, 308})
_ELSEWHERE = frozenset({301, 302, 303, 307, 308})


def ask(url: str, limits: Limits) -> Answer:
    """What an address says, after redirects. Nothing is raised."""
    try:
        return _followed(url, limits)
    except socket.gaierror as error:  # without a connection no host has a name: that tells nothing of it
        return Answer("gone") if error.errno == socket.EAI_NONAME else UNCONNECTED
    except (OSError, http.client.HTTPException, ValueError) as error:
        return next(answer for kind, answer in _FAILURES if isinstance(error, kind))


def _followed(url: str, limits: Limits) -> Answer:
    at, for_good = url, True
    for _ in range(limits.redirects + 1):
        status, location = _request(at, "HEAD", limits)
        if status in _HEAD_MAY_LIE:
            status, location = _request(at, "GET", limits)
        if status not in _ELSEWHERE or not location:
            break
        for_good = for_good and status in _FOR_GOOD
        at = urljoin(at, location).partition("#")[0]
    else:
        return Answer("unclear", status, "endless")
    if status >= http.HTTPStatus.BAD_REQUEST:
        return Answer("gone" if status in _GONE else "unclear", status)
    return Answer("moved", status, at) if for_good and at != url else Answer("fine", status)


class _NotAsked(ValueError):
    """An address of no page."""


class _Inside(ValueError):
    """An address within a network that only some can reach."""


_FAILURES: tuple[tuple[type[Exception], Answer], ...] = (
    (_Inside, Answer("unclear", 0, "inside")),
    (ssl.SSLError, Answer("unclear", 0, "certificate")),
    (TimeoutError, Answer("unclear", 0, "slow")),
    (OSError, UNCONNECTED),
    (http.client.HTTPException, UNCONNECTED),
    (ValueError, Answer("unclear", 0, "address")),
)
REASONS: Mapping[str, Text] = {
    "endless": text("{url} keeps sending on to other addresses"),
    "inside": text("{url} is in a network that not everybody can reach, so it was not asked"),
    "certificate": text("the certificate of {url} is not right, so browsers warn"),
    "slow": text("{url} took too long to answer"),
    "unconnected": text("no connection could be made with {url}"),
    "address": text("{url} is no address that a browser can open"),
}
"""Why nothing was heard, by the ``detail`` of an answer."""


def _request(url: str, method: str, limits: Limits) -> tuple[int, str]:
    """The status, and where the answer sends on to."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise _NotAsked
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(map(limits.may_ask, addresses)):
        raise _Inside
    secure = ssl.create_default_context() if parts.scheme == "https" else None
    connection = _connection(parts.hostname, addresses[0], port, limits.patience, secure)
    path = quote(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", safe=_IN_PATHS)
    host = parts.netloc.encode("idna").decode()
    cut_off = threading.Event()

    def cut() -> None:
        cut_off.set()
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    # A server that sends a letter now and then never takes longer than patience for one.
    end = threading.Timer(2 * limits.patience, cut)
    end.start()
    try:
        connection.request(method, path, headers={"Host": host, "User-Agent": AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        end.cancel()
        connection.close()
        if cut_off.is_set():  # what was read until then is no whole answer
            raise TimeoutError


_IN_PATHS = "/?%:@!$&'()*+,;=~-._[]"


def _connection(
    host: str, address: str, port: int, patience: float, secure: ssl.SSLContext | None
) -> http.client.HTTPConnection:
    """A connection with the IP address that was looked at, whatever the name says a moment later."""
    connection = http.client.HTTPConnection(host, port, timeout=patience)
    plain = socket.create_connection((address, port), patience)
    connection.sock = secure.wrap_socket(plain, server_hostname=host) if secure is not None else plain
    return connection
