"""The demo campaign in a real Chromium: building and serving it, and what a page tells about itself."""

from __future__ import annotations

import functools
import os
import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Playwright, Request, Response, ViewportSize, expect
from selectolax.lexbor import LexborHTMLParser

from helpers import processes
from helpers.sites import Campaign
from microsite.core.languages import translated
from microsite.publishing import disk

PROJECT = processes.ENGINE
DAY = "2026-11-22"
BRAND = "sociaal-werkt"

# ── the browser ──────────────────────────────────────────────────────────────────────────────────────

expect.set_options(timeout=60_000)  # a machine that is busy with other things is no slower page
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "These tests need a real browser and found none: install Chromium (on Debian: apt install chromium), "
    f"so that one of {', '.join(NAMES)} can be started by its name."
)


def executable() -> str:
    """Where Chromium is. Without it the tests fail: what nobody looked at is not known to be good."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, MISSING
    return found


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page in a context of its own, so that nothing comes from a cache."""
    with closing(browser.new_context(**options)) as context:
        yield context.new_page()


# ── the site ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Site:
    """A built site in a folder."""

    folder: Path

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every HTML page, the first page first."""
        found = (file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*.html"))
        return tuple(sorted(found, key=lambda path: (path != "index.html", path)))

    @cached_property
    def sources(self) -> dict[str, str]:
        return {path: (self.folder / path).read_text(encoding="utf-8") for path in self.paths}

    @cached_property
    def trees(self) -> dict[str, LexborHTMLParser]:
        return {path: LexborHTMLParser(source) for path, source in self.sources.items()}

    @cached_property
    def linked(self) -> tuple[str, ...]:
        """Every page but the one for addresses that do not exist: its links begin at the root of the host."""
        return tuple(path for path in self.paths if path != "404.html")

    @cached_property
    def kinds(self) -> dict[str, str]:
        """One page of each kind: lists by their section, stories by who tells them."""
        found: dict[str, str] = {}
        for path in self.paths:
            found.setdefault(self._kind(path), path)
        return found

    def _kind(self, path: str) -> str:
        (kind,) = re.findall(r'<body class="kind-(\w+)"', self.sources[path])
        _, language = translated(path)
        if language:
            return f"{kind} in {language}"
        if kind == "listing":
            return f"listing {path.split('/', maxsplit=1)[0]}"
        if kind == "story":
            layers = (PROJECT, PROJECT / "brands" / self.folder.name)
            files = ((layer / "content" / path).with_suffix(".md") for layer in layers)
            source = next(file for file in files if file.exists()).read_text(encoding="utf-8")
            (role,) = re.findall(r"^role:\s*(\w+)", source, re.MULTILINE)
            return f"story {role}"
        return str(kind)

    @cached_property
    def address(self) -> str:
        """Where the site is meant to stand: what the canonical address of its first page says."""
        link = self.trees["index.html"].css_first('link[rel="canonical"]')
        assert link is not None
        return str(link.attributes["href"])


def build(output: Path, *brands: Path | str, material: str = "share") -> None:
    """Build the demo campaign in a process of its own."""
    chosen = [word for brand in brands for word in ("--brand", str(brand))]
    options = ("--date", DAY, "--material", material, *chosen)
    run = processes.run("build", Campaign(processes.ENGINE, output), *options)
    assert run.returncode == 0, f"the demo campaign cannot be built:\n{run.stdout}{run.stderr}"


def built_once(factory: pytest.TempPathFactory, *brands: str, material: str) -> Path:
    """The output of that build, which the processes that run tests side by side make once for all of them."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    name = "-".join((*brands, material))
    with disk.lock(shared / f"{name}.lock") as done:
        if not done.seek(0, os.SEEK_END):
            build(shared / name, *brands, material=material)
            done.write(b"done")
    return shared / name


# ── a host ───────────────────────────────────────────────────────────────────────────────────────────


class _Quiet(SimpleHTTPRequestHandler):
    """A folder as a plain host shows it, with the campaign's own page for what is not there."""

    lost = "404.html"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / self.lost
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, lost: str = "404.html") -> Iterator[str]:
    """The address at which the folder is served, without a slash at its end."""
    handler = type("_Handler", (_Quiet,), {"lost": lost})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def address(base: str, path: str) -> str:
    """The address of a page below a base that ends with a slash."""
    return base + quote(path)


FIRST_SCREEN = """() => {
  const bottom = (selector) => document.querySelector(selector).getBoundingClientRect().bottom;
  const picture = document.querySelector(".poster-picture").getBoundingClientRect();
  return [bottom(".shout blockquote"), bottom(".shout figcaption"), picture.height, picture.width];
}"""
"""The bottoms of the sentence and the name of a poster, and the height and width of its picture."""

# ── what a page does ─────────────────────────────────────────────────────────────────────────────────

HARMLESS = frozenset({"data"})  # drawn from the page itself: nothing leaves the browser


class Watch:
    """Everything that a page says and asks for from now on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"script error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", self._answered)

    def _failed(self, request: Request) -> None:
        """What the visitor's own next step broke off is no fault of the page."""
        if request.failure != "net::ERR_ABORTED":
            self.said.append(f"failed: {request.url} ({request.failure})")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.said.append(f"{answer.status}: {answer.url}")

    def faults(self) -> list[str]:
        """What was said, and each request that went to another host than that of the page."""
        own = urlsplit(self.page.url)
        asked = [(url, urlsplit(url)) for url in self.asked]
        foreign = [url for url, at in asked if at[:2] != own[:2] and at.scheme not in HARMLESS]
        return self.said + [f"foreign request: {url}" for url in foreign]


IMAGES = """async () => {
  const broken = [];
  for (const image of document.images) {
    image.loading = "eager";
    await image.decode().catch(() => {});
    if (!image.naturalWidth) broken.push(`no image: ${image.currentSrc || image.src}`);
  }
  return broken;
}"""
STYLED = """() => getComputedStyle(document.documentElement).getPropertyValue("--brand") !== ""
  && getComputedStyle(document.querySelector(".skip")).position === "absolute" """


def open_and_look(page: Page, at: str) -> list[str]:
    """Open an address in a page that was nowhere yet, load all its images, and tell what is wrong.

    A page that was elsewhere still hears of what it asked for there: the icon comes late.
    """
    watch = Watch(page)
    page.goto(at, wait_until="load")
    faults = list(page.evaluate(IMAGES))
    if not page.evaluate(STYLED):
        faults.append("the stylesheet is not applied")
    return faults + watch.faults()


# ── can everybody use it ─────────────────────────────────────────────────────────────────────────────

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOUR_RULES = ("color-contrast", "link-in-text-block")
START = """rules => {
  const options = {runOnly: rules, resultTypes: ["violations"], preload: false, iframes: false};
  window.audit = axe.run(document, options).then(result => ({
    passed: result.passes.length,
    violations: result.violations.flatMap(
      rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")} (${node.failureSummary})`)),
  }));
}"""
TABS = 6


@dataclass(frozen=True)
class Look:
    """How a page is looked at: the colour scheme, the size of the window, and by which of axe's rules."""

    scheme: Literal["light", "dark"]
    size: ViewportSize
    rules: tuple[str, ...] = RULES
    least: int = 15  # rules that apply to the barest page; fewer means that axe did not look


def in_the_dark(size: ViewportSize) -> Look:
    """By the rules for what differs in the dark: only the colours do."""
    return Look("dark", size, COLOUR_RULES, 1)


def audit(browser: Browser, addresses: Sequence[str], looks: Sequence[Look]) -> list[str]:
    """What axe finds at the addresses in each look. The tabs work at the same time."""
    found: list[str] = []
    with closing(browser.new_context(bypass_csp=True, reduced_motion="reduce")) as context:
        context.add_init_script(AXE_SCRIPT)
        tabs = [context.new_page() for _ in range(min(TABS, len(addresses)))]
        for first in range(0, len(addresses), len(tabs)):
            batch = list(zip(tabs, addresses[first : first + len(tabs)], strict=False))
            for tab, at in batch:
                tab.goto(at)
            for look in looks:
                found += _audit(batch, look)
    return found


def audit_open(page: Page, looks: Sequence[Look]) -> list[str]:
    """What axe finds in each look on a page as it is now."""
    page.evaluate(AXE_SCRIPT)
    return [fault for look in looks for fault in _audit([(page, page.url)], look)]


def _audit(batch: Sequence[tuple[Page, str]], look: Look) -> Iterator[str]:
    for tab, _ in batch:
        tab.emulate_media(color_scheme=look.scheme)
        tab.set_viewport_size(look.size)
        tab.evaluate(START, look.rules)
    for tab, at in batch:
        result = tab.evaluate("() => window.audit")
        assert result["passed"] >= look.least, f"axe did not look at {at}: {result}"
        for fault in result["violations"]:
            yield f"{at} ({look.scheme}, {look.size['width']}): {fault}"


WIDTH = """() => {
  const name = one => `${one.localName}.${one.className} "${one.textContent.trim().slice(0, 30)}"`;
  const page = document.documentElement, room = page.clientWidth;
  const all = [...document.body.querySelectorAll("*")];
  const cut = all.filter(one => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1
    && ["hidden", "clip"].includes(getComputedStyle(one).overflowX)).map(one => `cut off: ${name(one)}`);
  if (Math.max(page.scrollWidth, document.body.scrollWidth) <= room) return cut;
  const wide = all.filter(one => one.getBoundingClientRect().right > room + 0.5);
  const names = wide.filter(one => !one.closest(".table, pre")).slice(-3).map(name);
  return [...cut, `scrolls sideways because of ${names.join(", ")}`];
}"""
"""What is wider than the window, or cut off where it cannot be scrolled to."""

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
"""The text spacing that a reader may ask for (WCAG 1.4.12)."""

FOCUS = """() => {
  const one = document.activeElement;
  const shows = shown => getComputedStyle(shown).outlineStyle !== "none"
    && parseFloat(getComputedStyle(shown).outlineWidth) >= 2;
  const box = one.getBoundingClientRect();
  return {
    name: one.outerHTML.slice(0, 100),
    end: one === document.body,
    visible: shows(one) || Boolean(one.closest(".card") && shows(one.closest(".card"))),
    top: box.top + scrollY,
    left: box.left,
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""
"""Where the keyboard is, and whether that can be seen. Of a card the whole edge shows it."""
