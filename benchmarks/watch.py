#!/usr/bin/env python3
"""How soon an edit is in the browser, beside other generators: python benchmarks/watch.py

--sizes 60,1000     stories
--edits 10          edits of a story for each: from the end of the write to the new text in the response
--peers hugo        the others, each with its own watch mode
--engines DIR,…     other checkouts of this engine, to compare with
--peers-dir DIR     where the peers are; installed in benchmarks/.peers when not given

The tools take turns, in one run, each with a preview of its own of the same campaign. The first page is timed
too: from the start of the program to its first response, when it ran before.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import corpus
import tools
from run import equip, installed
from tools import RUNTIME, Hugo, Ours, Tool

DEADLINE = 60.0
LOOK = 0.001


class Watched:
    """A tool with its watch mode."""

    def __init__(self, tool: Tool, name: str, engine: Path | None = None) -> None:
        self.tool = tool
        self.name = name
        self.engine = engine

    def command(self, folder: Path, port: int) -> list[str]:
        if isinstance(self.tool, Hugo):
            flags = ["--port", str(port), "--bind", "127.0.0.1", "--disableLiveReload", "--renderToMemory"]
            return [self.tool.program, "server", "--quiet", "--noBuildLock", *flags]
        engine = str((self.engine or tools.HERE.parent) / "build.py")
        flags = ["--project", ".", "--date", tools.DAY, "--material", "none", "--port", str(port)]
        return [str(RUNTIME / "bin/python"), engine, "serve", *flags]

    @contextlib.contextmanager
    def running(self, folder: Path) -> Iterator[tuple[int, float]]:
        """(port, seconds until the first response)."""
        port = _free_port()
        with (folder / "watch.log").open("wb") as log:
            began = time.perf_counter()
            command = self.command(folder, port)
            process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=_environment())
            try:
                while not _page(port, "/"):
                    _in_time(began, f"{self.name} shows nothing")
                yield port, time.perf_counter() - began
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(DEADLINE)


def main() -> int:
    choices = _choices()
    equip()
    peers = installed(choices.peers_dir) if choices.peers else None
    for stories in map(int, choices.sizes):
        watched = [Watched(Ours(), "microsite")]
        engines = (Path(engine).resolve() for engine in choices.engines)
        watched += [Watched(Ours(), f"microsite in {engine.name}", engine) for engine in engines]
        watched += [Watched(tools.PEERS[name](peers), name) for name in choices.peers if peers is not None]
        with tempfile.TemporaryDirectory(prefix="watch-") as work:
            _measure(Path(work), watched, stories, choices.edits)
    return 0


def _measure(work: Path, watched: Sequence[Watched], stories: int, edits: int) -> None:
    with contextlib.ExitStack() as stack:
        ports, first = {}, {}
        for one in watched:
            folder = work / one.name.replace(" ", "-")
            one.tool.stage(folder, stories)
            with one.running(folder):
                pass  # for what is remembered
            ports[one], first[one] = stack.enter_context(one.running(folder))
        times: dict[Watched, list[float]] = {one: [] for one in watched}
        for number in range(edits):
            for one in watched:
                times[one].append(_edit(one, work / one.name.replace(" ", "-"), ports[one], number))
    print(f"\n{stories} stories, {edits} edits: ms until the new text is there")
    print(f"{'':24} {'median':>8} {'worst':>8} {'first page':>12}")
    for one in watched:
        numbers = (statistics.median(times[one]), max(times[one]), first[one])
        median, worst, begin = (round(1000 * seconds) for seconds in numbers)
        print(f"{one.name:24} {median:8,} {worst:8,} {begin:12,}", flush=True)


def _edit(one: Watched, folder: Path, port: int, number: int) -> float:
    """Seconds from the end of a write to the new text in the response."""
    time.sleep(0.5)
    page = f"/{corpus.story(tools.EDITED).page}.html"
    wanted = f"Bijgewerkt: {number}.".encode()
    _page(port, page)
    one.tool.edit(folder, number)
    written = time.perf_counter()
    while wanted not in _page(port, page):
        _in_time(written, f"{one.name} does not show the edit")
    return time.perf_counter() - written


def _page(port: int, path: str) -> bytes:
    """The body of a response; nothing when there is none yet, or not a good one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        if response.status == 200:
            return response.read()
    time.sleep(LOOK)
    return b""


def _in_time(began: float, otherwise: str) -> None:
    if time.perf_counter() - began > DEADLINE:
        sys.exit(f"stopped: {otherwise}")
    time.sleep(LOOK)


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def _environment() -> dict[str, str]:
    unset = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "SOURCE_DATE_EPOCH")
    return {name: value for name, value in os.environ.items() if name not in unset} | {"NO_COLOR": "1"}


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=_words, default="60,1000")
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument("--peers", type=_words, default="hugo")
    parser.add_argument("--engines", type=_words, default="")
    parser.add_argument("--peers-dir", type=Path)
    return parser.parse_args()


def _words(given: str) -> list[str]:
    return [word for word in given.split(",") if word]


if __name__ == "__main__":
    sys.exit(main())
