"""A running ``build.py serve``, and what its pages hear from it."""

from __future__ import annotations

import contextlib
import http.client
import json
import queue
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from helpers import processes, sites

DEADLINE = 120.0  # a machine may be busy with other things
STORY = "content/verhalen/bas.md"
SHOWN = "/verhalen/bas.html"
SCRIPT = re.compile(
    rb"(?:<microsite-bar>.*</microsite-bar>\n)?"
    rb'<script src="/__microsite/live\.js\?v=([0-9a-f]*)(?:&amp;page=[^"]*)?" defer></script>\n',
    re.S,
)
"""What the preview adds to a page of the site, with the version that the page is of."""


@dataclass
class Server:
    """A running ``build.py serve``."""

    campaign: sites.Campaign
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    port: int = 0

    def get(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        try:
            connection.request(
                method, path, body, headers={name.replace("_", "-"): v for name, v in headers.items()}
            )
            answer = connection.getresponse()
            body = answer.read()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
        finally:
            connection.close()

    def page(self, path: str) -> str:
        return self.get(path)[2].decode()

    def version(self) -> str:
        found = SCRIPT.search(self.get("/")[2])
        assert found is not None
        return found[1].decode()

    def until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + DEADLINE
        while not done():
            assert time.monotonic() < end, self.said
            assert self.process.poll() is None, self.said
            time.sleep(0.02)

    def has_said(self, sentence: str) -> bool:
        return any(sentence in line for line in self.said)


@contextlib.contextmanager
def serving(campaign: sites.Campaign, *more: str, port: int = 0) -> Iterator[Server]:
    chosen = ("--date", sites.DAY, "--port", str(port), *more)
    process = processes.start("serve", campaign, *chosen, flags=("-W", "error"))
    server = Server(campaign, process)
    assert process.stdout is not None
    listening = threading.Thread(target=server.said.extend, args=(process.stdout,))
    listening.start()
    try:
        server.until(lambda: server.has_said("http://localhost:"))
        server.port = int(re.findall(r"http://localhost:(\d+)/", "".join(server.said))[0])
        yield server
        assert not server.has_said("Traceback")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(DEADLINE)
        finally:
            process.kill()
            process.wait()
            listening.join()
            process.stdout.close()


class EventStream:
    """An EventSource that keeps what it hears."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=DEADLINE)
        self._connection.request("GET", f"/__microsite/events?v={server.version()}")
        self._line = self._connection.sock
        self._answer = self._connection.getresponse()
        assert self._answer.headers["Content-Type"] == "text/event-stream"
        self.heard: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def __enter__(self) -> EventStream:
        assert self.next() == ("problems", "")
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._answer.close()
        self._connection.close()

    def _listen(self) -> None:
        kind = ""
        with contextlib.suppress(OSError, http.client.HTTPException):
            for line in self._answer:
                name, _, value = line.decode().strip().partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    told = json.loads(value)["html"] if kind == "problems" else value
                    self.heard.put((kind, told))

    def next(self) -> tuple[str, str]:
        return self.heard.get(timeout=DEADLINE)

    def until_reload(self) -> list[tuple[str, str]]:
        """All that is heard up to the next reload."""
        heard = [self.next()]
        while heard[-1][0] != "reload":
            heard.append(self.next())
        return heard
