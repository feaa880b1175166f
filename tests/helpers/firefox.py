"""A real Firefox, driven by WebDriver BiDi: https://w3c.github.io/webdriver-bidi/

Playwright drives a Firefox of its own making, and Debian has no geckodriver. Firefox itself speaks
the protocol on a WebSocket; this is as much of it as our tests need.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from websocket import WebSocket, create_connection

from helpers.browser import HARMLESS

NAMES = ("firefox-esr", "firefox")
TIMEOUT = 120.0
QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,  # nothing glides, so nothing has to be waited for
}
"""Settings with which Firefox itself asks nothing of anybody."""

DARK = {"layout.css.prefers-color-scheme.content-override": 0}
LIGHT = {"layout.css.prefers-color-scheme.content-override": 1}
NO_SCRIPTS = {"javascript.enabled": False}
ABORTED = "NS_BINDING_ABORTED"  # by the visitor's own next step
LOADED = "browsingContext.load"
DOWNLOADED = "browsingContext.downloadEnd"
SAID = "log.entryAdded"
ASKED, ANSWERED, FAILED = "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"
REFUSED = """() => document.addEventListener("securitypolicyviolation", event =>
  console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`))"""
"""Firefox keeps to itself what a page's own policy refused, so the page says it."""
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Space": " "}


class Tab:
    """The one tab of a running Firefox, and all that it said and asked for."""

    def __init__(self, socket: WebSocket) -> None:
        self.events: list[dict[str, Any]] = []
        self.context = ""
        self._socket = socket
        self._ids = count(1)

    def call(self, method: str, **parameters: Any) -> Any:
        """The result of a command. Events that come meanwhile are kept.

        Raises:
            AssertionError: Firefox refuses the command.
        """
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (message := json.loads(self._socket.recv())).get("id") != number:
            self.events.append(message)
        assert message["type"] == "success", f"{method}: {message['error']}: {message['message']}"
        return message["result"]

    def here(self, method: str, **parameters: Any) -> Any:
        """``call`` for what is done in the tab."""
        return self.call(method, context=self.context, **parameters)

    def open(self, url: str, width: int = 390, height: int = 844) -> None:
        """Open an address in a window of this size, and wait until all of it is loaded."""
        self.here("browsingContext.setViewport", viewport={"width": width, "height": height})
        self.here("browsingContext.navigate", url=url, wait="complete")

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a function makes in the page. Arguments and result are what JSON can say."""
        result = self.call(
            "script.callFunction",
            functionDeclaration=f"given => JSON.stringify(({function})(...JSON.parse(given)))",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self.context},
            awaitPromise=False,
        )
        assert result["type"] == "success", result["exceptionDetails"]["text"]
        value = result["result"].get("value")
        return None if value is None else json.loads(value)

    def until(self, function: str, *arguments: Any) -> Any:
        """The first thing other than nothing, zero or false that the function makes."""
        end = time.monotonic() + TIMEOUT
        while not (found := self.evaluate(function, *arguments)):
            assert time.monotonic() < end, f"this did not come: {function}"
            time.sleep(0.05)
        return found

    def press(self, *keys: str) -> None:
        """Press keys by their names (``KEYS``); any other text is typed."""
        typed = [letter for key in keys for letter in KEYS.get(key, key)]
        actions = [{"type": kind, "value": letter} for letter in typed for kind in ("keyDown", "keyUp")]
        self.here("input.performActions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def click(self, selector: str) -> None:
        """Click in the middle of the first element, wherever on the page it is."""
        located = self.here("browsingContext.locateNodes", locator={"type": "css", "value": selector})
        assert located["nodes"], f"not there: {selector}"
        self.evaluate('s => document.querySelector(s).scrollIntoView({block: "center"})', selector)
        origin = {"type": "element", "element": {"sharedId": located["nodes"][0]["sharedId"]}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        actions = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.here("input.performActions", actions=[{"type": "pointer", "id": "mouse", "actions": actions}])

    def screenshot(self) -> bytes:
        return base64.b64decode(self.here("browsingContext.captureScreenshot")["data"])

    def pdf(self) -> bytes:
        """The page as it is printed on A4 (the sizes are in centimetres)."""
        printed = self.here("browsingContext.print", page={"width": 21.0, "height": 29.7})
        return base64.b64decode(printed["data"])

    def follow(self, selector: str) -> None:
        """Click on what leads to another page, and wait until that is loaded."""
        with self.waiting(LOADED):
            self.click(selector)

    def download(self, selector: str) -> Path:
        """Click on what gives a file, and wait until it is there."""
        with self.waiting(DOWNLOADED):
            self.click(selector)
        ended = self.named(DOWNLOADED)[-1]
        assert ended["status"] == "complete", ended
        return Path(ended["filepath"])

    @contextmanager
    def waiting(self, method: str) -> Iterator[None]:
        """Do something, and then wait until it made this event happen."""
        before = len(self.named(method))
        yield
        while len(self.named(method)) == before:
            self.events.append(json.loads(self._socket.recv()))

    def named(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every event with this name, in the order they came."""
        return [event["params"] for event in self.events if event["method"] == method]

    def faults(self) -> list[str]:
        """What went wrong until now: what was said, what did not come, and requests to another host."""
        own = urlsplit(self.evaluate("() => location.href"))
        said = [f"{one['level']}: {one['text']}" for one in self.named(SAID)]
        failed = [
            f"failed: {one['request']['url']} ({one['errorText']})"
            for one in self.named(FAILED)
            if one["errorText"] != ABORTED
        ]
        refused = [
            f"{one['response']['status']}: {one['request']['url']}"
            for one in self.named(ANSWERED)
            if one["response"]["status"] >= 400
        ]
        asked = [one["request"]["url"] for one in self.named(ASKED)]
        there = [(url, urlsplit(url)) for url in asked]
        foreign = [url for url, at in there if at[:2] != own[:2] and at.scheme not in HARMLESS]
        return [*said, *failed, *refused, *(f"foreign request: {url}" for url in foreign)]


@contextmanager
def started(home: Path, **settings: Any) -> Iterator[Tab]:
    """The tab of a Firefox of its own, with a profile in the empty folder ``home``, and these settings.

    Raises:
        AssertionError: there is no Firefox: what nobody looked at is not known to be good.
    """
    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, "Firefox is missing: python scripts/setup_tools.py long-tools"
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in (QUIET | settings).items()
    ]
    (home / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(home)]
    surroundings = {"HOME": str(home), "PATH": os.environ["PATH"]}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([*command, "about:blank"], env=surroundings, **quiet) as running:
        try:
            # It refuses who says to come from a page, as every page's own socket does.
            with closing(create_connection(_address(home), TIMEOUT, suppress_origin=True)) as socket:
                yield _tab(socket, home)
        finally:
            running.kill()


def _address(home: Path) -> str:
    """Where Firefox listens, which it writes into its profile."""
    told, end = home / "WebDriverBiDiServer.json", time.monotonic() + TIMEOUT
    while True:
        with suppress(OSError, ValueError):  # not there, or half written
            at = json.loads(told.read_text(encoding="utf-8"))
            return f"ws://{at['ws_host']}:{at['ws_port']}/session"
        assert time.monotonic() < end, "Firefox does not start"
        time.sleep(0.05)


def _tab(socket: WebSocket, home: Path) -> Tab:
    """The tab of a new session, which tells of everything and keeps what is downloaded in ``home``."""
    tab = Tab(socket)
    tab.call("session.new", capabilities={})
    # The keyboard is in a tab that is opened, and in none that Firefox begins with.
    tab.context = tab.call("browsingContext.create", type="tab")["context"]
    tab.call("session.subscribe", events=[LOADED, DOWNLOADED, SAID, ASKED, ANSWERED, FAILED])
    tab.call("script.addPreloadScript", functionDeclaration=REFUSED)
    folder = {"type": "allowed", "destinationFolder": str(home / "Downloads")}
    tab.call("browser.setDownloadBehavior", downloadBehavior=folder)
    return tab
