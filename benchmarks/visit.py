#!/usr/bin/env python3
"""Let others judge the pages of the example members: python benchmarks/visit.py

Lighthouse looks as a phone does, at four kinds of page served by nginx with our own
rules; the Nu HTML checker reads every page, drawing and stylesheet. They want Node.js,
Java, nginx and Chromium, and who is missing is named.

--reps 3      times that Lighthouse looks at a page; the median counts
--json FILE   all numbers
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools import ENGINE, HERE

JUDGES = HERE / "judges"
INSTALLED = JUDGES / "node_modules"
LIGHTHOUSE = INSTALLED / "lighthouse/cli/index.js"
CHECKER = INSTALLED / "vnu-jar/build/dist/vnu.jar"
BRAND = "sociaal-werkt"
DAY = "2026-12-01"  # everybody in the examples may be shown then
PAGES = {
    "campaign": "index.html",
    "story": "verhalen/de-stapel-enveloppen.html",
    "evidence": "bewijs/wat-een-euro-oplevert.html",
    "toolkit": "toolkit/lokale-media.html",
}
JUDGED = ("performance", "accessibility", "best-practices", "seo")
FIRST = {"Document", "Stylesheet", "Script"}
FIRST_VIEW, ALL = 14 * 1024, 60 * 1024
TRIES = 3  # a browser may not start in time on a busy machine
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
)
UNKNOWN = re.compile(r"container-type|@container|“font-size”: Parse Error")
"""What the checker says of container queries, which it does not know; a size in cqi is a parse error."""

NGINX = """\
{user}
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        include "{site}/hosting/nginx.conf";
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What Lighthouse found: scores of 0 to 100, seconds, bytes as they were sent.

    ``first_view`` is without what stands above each answer, which HTTP/2 sends once.
    """

    scores: tuple[float, ...]
    largest_paint: float
    blocked: float
    shift: float
    first_view: float
    all: float

    def __str__(self) -> str:
        scores = "".join(f"{score:>16.0f}" for score in self.scores)
        times = f"{self.largest_paint:8.2f}{self.blocked:10.2f}{self.shift:8.3f}"
        return f"{scores}{times}{self.first_view / 1024:10.1f}{self.all / 1024:8.1f}"


class Missing(Exception):
    """A judge cannot be asked here. ``args[0]`` says why."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reps", default=3, type=int)
    parser.add_argument("--json", type=Path)
    choices = parser.parse_args()
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="visit-") as work:
        sites = Path(work, "sites")
        command = [sys.executable, str(ENGINE), "build", "--all", "--date", DAY, "--output", str(sites)]
        subprocess.run(command, check=True, capture_output=True)
        for name, judge in (("lighthouse", _lighthouse), ("checker", _checker)):
            try:
                found[name] = judge(sites, choices.reps)
            except Missing as missing:
                print(f"NOT MEASURED {name}: {missing.args[0]}")
    if choices.json is not None:
        choices.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


# ── Lighthouse ────────────────────────────────────────────────────────────────


def _lighthouse(sites: Path, reps: int) -> dict[str, object]:
    node, browser = _program("node"), _program(*CHROMIUM)
    _install()
    with _served(sites / BRAND) as address:
        visits = {
            name: _median([_visit(node, browser, address + path) for _ in range(reps)])
            for name, path in PAGES.items()
        }
    columns = "".join(f"{name:>16}" for name in JUDGED)
    print(f"{'':12}{columns}{'paint s':>8}{'blocked s':>10}{'shift':>8}{'first KB':>10}{'all KB':>8}")
    for name, visit in visits.items():
        print(f"{name:12}{visit}")
    print()
    for name, visit in visits.items():
        _judge(min(visit.scores) >= 100, f"{name}: 100 in all four of Lighthouse")
    story = visits["story"]
    _judge(
        story.first_view <= FIRST_VIEW, f"story: first view {story.first_view:,.0f} of {FIRST_VIEW:,} bytes"
    )
    _judge(story.all <= ALL, f"story: all {story.all:,.0f} of {ALL:,} bytes")
    _judge(story.shift == 0, f"story: nothing moves ({story.shift:.3f})")
    return {name: asdict(visit) for name, visit in visits.items()}


def _visit(node: str, browser: str, address: str) -> Visit:
    options = ["--output=json", "--quiet", "--no-enable-error-reporting", f"--chrome-flags={FLAGS}"]
    command = [node, str(LIGHTHOUSE), address, "--throttling-method=simulate", *options]
    environment = os.environ | {"CHROME_PATH": browser}
    for _ in range(TRIES):
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        if done.returncode == 0:
            break
    else:
        raise Missing(f"it stopped: {done.stderr[-1000:]}")
    told = json.loads(done.stdout)
    audits = told["audits"]
    sent = audits["network-requests"]["details"]["items"]
    return Visit(
        tuple(100 * told["categories"][name]["score"] for name in JUDGED),
        audits["largest-contentful-paint"]["numericValue"] / 1000,
        audits["total-blocking-time"]["numericValue"] / 1000,
        audits["cumulative-layout-shift"]["numericValue"],
        sum(_packed(item["url"]) for item in sent if item.get("resourceType") in FIRST),
        sum(item["transferSize"] for item in sent),
    )


def _packed(address: str) -> int:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 -- our own server
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return len(answer.read())


def _median(visits: Sequence[Visit]) -> Visit:
    scores = tuple(statistics.median(each) for each in zip(*(v.scores for v in visits), strict=True))
    numbers = ("largest_paint", "blocked", "shift", "first_view", "all")
    return Visit(scores, *(statistics.median(getattr(v, name) for v in visits) for name in numbers))


@contextlib.contextmanager
def _served(site: Path) -> Iterator[str]:
    """The address of the site on nginx, with the rules that come with it."""
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        raise Missing("nginx is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = site.parent.parent
    user = "user root;" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(NGINX.format(user=user, folder=folder, port=port, site=site), encoding="utf-8")
    server = subprocess.Popen([nginx, "-p", str(folder), "-c", str(conf), "-e", "stderr"])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


# ── the Nu HTML checker ───────────────────────────────────────────────────────


def _checker(sites: Path, _: int) -> dict[str, object]:
    java = _program("java")
    _install()
    found: dict[str, object] = {}
    for suffix in ("html", "svg", "css"):
        files = [str(file) for file in sorted(sites.rglob(f"*.{suffix}"))]
        command = [java, "-jar", str(CHECKER), "--errors-only", "--exit-zero-always", "--format", "gnu"]
        command += [] if suffix == "html" else [f"--also-check-{suffix}"]
        said = subprocess.run([*command, *files], capture_output=True, text=True, check=True).stderr
        errors = [line for line in said.splitlines() if ": error: " in line]
        wrong = [line for line in errors if suffix != "css" or not UNKNOWN.search(line)]
        apart = f", apart from {len(errors) - len(wrong)} about container queries" if suffix == "css" else ""
        _judge(not wrong, f"no error of the Nu HTML checker in {len(files)} {suffix} files{apart}")
        print("".join(f"         {line}\n" for line in wrong[:20]), end="")
        found[suffix] = {"files": len(files), "errors": wrong}
    return found


# ── judges ────────────────────────────────────────────────────────────────────


def _install() -> None:
    """The judges, as the lock file names them."""
    if not (LIGHTHOUSE.exists() and CHECKER.exists()):
        print("installing the judges", file=sys.stderr)
        if subprocess.run([_program("npm"), "ci", "--silent"], cwd=JUDGES, check=False).returncode:
            raise Missing("npm could not install it")


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    raise Missing(f"{names[0]} is not installed")


def _judge(met: bool, sentence: str) -> None:
    print(f"{'met' if met else 'NOT MET':8}{sentence}")


if __name__ == "__main__":
    sys.exit(main())
