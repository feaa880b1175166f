"""``check --links``: a server that is slow, sends on, says 404 or asks to wait, and what is told of each."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from helpers import sites
from helpers.sites import BAS, Campaign
from microsite.commands.asking import Answer, Limits, ask, is_public
from microsite.commands.links import check_links
from microsite.core.problems import Problem
from microsite.core.records import replace
from microsite.core.settings import Options, Project

pytestmark = pytest.mark.external

QUICK = Limits(pause=0, patience=30, may_ask=lambda _: True)
DAY = dt.date.fromisoformat(sites.DAY)


@dataclass
class Elsewhere:
    """A site of others, and what was asked of it."""

    port: int
    over: threading.Event
    asked: list[tuple[str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://elders.nl:{self.port}{path}"

    def count(self, path: str) -> int:
        return sum(asked == path for _, asked in self.asked)


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """elders.nl is here: of an address in numbers, a text is refused."""
    found = socket.getaddrinfo

    def here(host: str, *given: Any, **more: Any) -> Any:
        return found("127.0.0.1" if host == "elders.nl" else host, *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", here)


@pytest.fixture(scope="module")
def server() -> Iterator[Elsewhere]:
    site = Elsewhere(0, threading.Event())

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer()

        do_GET = do_HEAD  # noqa: N815 -- the name that the library calls

        def _answer(self) -> None:
            site.asked.append((self.command, self.path))
            place = self.path.partition("?")[0]
            if place == "/traag":
                site.over.wait(60)
                return
            if place == "/druppels":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                with contextlib.suppress(OSError):
                    while not site.over.wait(0.1):
                        self.wfile.write(b"X: y\r\n")
                        self.wfile.flush()
                return
            status, to = _SAID.get(place, (404, ""))
            if place == "/alleen-get":
                status = 200 if self.command == "GET" else 405
            if place == "/lange-get" and self.command == "HEAD":
                status = 403
            self.send_response(status)
            if to:
                self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = running.server_address[1]
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    site.over.set()
    running.shutdown()
    thread.join()
    running.server_close()


_SAID = {
    "/goed": (200, ""),
    "/alleen-get": (405, ""),
    "/lange-get": (200, ""),
    "/voorgoed": (301, "/goed"),
    "/even": (302, "/goed"),
    "/naar-weg": (301, "/weg"),
    "/rondje": (302, "/rondje"),
    "/weg": (404, ""),
    "/echt-weg": (410, ""),
    "/druk": (429, ""),
    "/kapot": (500, ""),
    "/besloten": (403, ""),
    "/naar-binnen": (302, "http://10.0.0.1/geheim"),
    "/naar-bestand": (302, "file:///etc/passwd"),
    "/caf%C3%A9": (200, ""),
}


@pytest.mark.parametrize(
    ("path", "outcome", "detail"),
    [
        ("/goed", "fine", ""),
        ("/goed?a=1&b=é", "fine", ""),
        ("/café", "fine", ""),
        ("/alleen-get", "fine", ""),
        ("/lange-get", "fine", ""),
        ("/even", "fine", ""),
        ("/voorgoed", "moved", "/goed"),
        ("/weg", "gone", ""),
        ("/echt-weg", "gone", ""),
        ("/naar-weg", "gone", ""),
        ("/rondje", "unclear", "endless"),
        ("/druk", "unclear", ""),
        ("/kapot", "unclear", ""),
        ("/besloten", "unclear", ""),
        ("/naar-bestand", "unclear", "address"),
    ],
)
def test_what_an_address_says(server: Elsewhere, path: str, outcome: str, detail: str) -> None:
    answer = ask(server.url(path), QUICK)
    assert answer.outcome == outcome
    assert answer.detail == (server.url(detail) if detail.startswith("/") else detail)


@pytest.mark.parametrize("path", ["/traag", "/druppels"])
def test_who_does_not_answer_is_not_waited_for(server: Elsewhere, path: str) -> None:
    """It answers after all other tests, and a drop each tenth of a second."""
    assert ask(server.url(path), replace(QUICK, patience=0.4)) == Answer("unclear", 0, "slow")


def test_what_nobody_listens_at_is_unclear() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/", QUICK) == Answer("unclear", 0, "unconnected")
    assert ask("http://gebruiker@127.0.0.1/", QUICK).detail == "address"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",  # noqa: S104 -- not bound to
        "224.0.0.1",
    ],
)
def test_no_address_of_an_office_is_public(address: str) -> None:
    assert not is_public(address)
    assert is_public("93.184.215.14")


def test_a_redirect_inside_is_not_followed(server: Elsewhere) -> None:
    limits = replace(QUICK, may_ask=lambda address: address == "127.0.0.1")
    assert ask(server.url("/naar-binnen"), limits) == Answer("unclear", 0, "inside")


# ── the links of a site ──


def checked(campaign: Campaign, limits: Limits = QUICK, day: dt.date = DAY) -> tuple[Problem, ...]:
    project = Project(campaign.root, campaign.output)
    brand = campaign.root / "brands" / sites.BRAND
    return check_links(project, [brand], Options(day), lambda *_: None, limits)


def linking(campaign: Campaign, server: Elsewhere, *paths: str) -> None:
    body = "\n\n".join(f"Zie [daar]({server.url(path)})." for path in paths)
    campaign.write("content/over.md", sites.page("Over ons", body))


def test_each_is_told_at_its_line(campaign: Campaign, server: Elsewhere) -> None:
    linking(campaign, server, "/goed#kop", "/weg", "/voorgoed", "/druk")
    campaign.edit(
        "content/feiten.yaml", "publisher: Welzijn Zandhage", f"publisher: W, url: {server.url('/echt-weg')}"
    )
    told = {
        str(p.place): (p.severity, p.message.render(), p.hint.render() if p.hint else "")
        for p in checked(campaign)
    }
    assert told["content/over.md:7:12"] == (
        "warning",
        f"nothing is at {server.url('/weg')} any more (status 404)",
        "look for the new address, or take the link out",
    )
    assert told["content/over.md:9:12"][::2] == ("notice", f"write: {server.url('/goed')}")
    assert told["content/over.md:11:12"][0] == "notice"
    assert [place for place, said in told.items() if "status 410" in said[1]] == ["content/feiten.yaml:6:57"]
    assert len(told) == 4


def test_what_was_found_is_remembered_with_its_day(campaign: Campaign, server: Elsewhere) -> None:
    linking(campaign, server, "/goed?dag", "/weg?dag", "/kapot?dag")
    before = checked(campaign)
    assert len(before) == 2
    first = [server.count(path) for path in ("/goed?dag", "/weg?dag", "/kapot?dag")]
    assert checked(campaign) == before
    again = [server.count(path) for path in ("/goed?dag", "/weg?dag", "/kapot?dag")]
    assert again[:2] == first[:2]
    assert again[2] > first[2]  # what is not clear is asked again
    checked(campaign, day=DAY + dt.timedelta(days=1))
    assert server.count("/goed?dag") == first[0]
    assert server.count("/weg?dag") > first[1]
    checked(campaign, day=DAY + dt.timedelta(days=8))
    assert server.count("/goed?dag") > first[0]
    kept = b"".join(data for path, data in sites.tree(campaign.state).items() if path.endswith("links.json"))
    assert b'"2026-11-30"' in kept
    assert b"elders.nl" not in kept


def test_a_site_that_asks_to_wait_is_left_alone(campaign: Campaign, server: Elsewhere) -> None:
    linking(campaign, server, "/druk?een", "/goed?een", "/goed?twee")
    told = checked(campaign)
    assert server.count("/goed?een") == server.count("/goed?twee") == 0
    assert sum("asked us to wait" in p.message.render() for p in told) == 2


def test_no_more_is_asked_than_the_limits_say(campaign: Campaign, server: Elsewhere) -> None:
    linking(campaign, server, *(f"/goed?nummer={number}" for number in range(6)))
    assert len(checked(campaign, replace(QUICK, addresses=4))) == 2
    asked = [path for _, path in server.asked if "nummer" in path]
    assert len(asked) == len(set(asked)) == 4
    linking(campaign, server, *(f"/goed?later={number}" for number in range(6)))
    told = checked(campaign, replace(QUICK, pause=0.5, seconds=1.2))
    assert 2 <= len(told) <= 5, "three are asked, or fewer where the machine is busy"


def test_nobody_who_is_not_shown_is_asked_for(campaign: Campaign, server: Elsewhere) -> None:
    agreed = sites.consent(ref="C-12", status="withdrawn")
    campaign.write(
        BAS, sites.story("Bas", name="Bas", agreed=agreed, body=f"Zie [dit]({server.url('/weg?bas')}).")
    )
    checked(campaign)
    assert server.count("/weg?bas") == 0


def test_without_the_internet_that_is_told_once(campaign: Campaign) -> None:
    nobody = "Zie [dit](http://elders.nl:9/a) en [dat](http://elders.nl:9/b)."
    campaign.write("content/over.md", sites.page("Over ons", nobody))
    (told,) = checked(campaign)
    assert told.message.render() == "no other site could be reached, of 2 addresses"


def test_without_being_asked_nothing_is_asked_and_never_inside(campaign: Campaign, server: Elsewhere) -> None:
    linking(campaign, server, "/goed?stil")
    assert "elders.nl" not in campaign.run("check").said
    report = campaign.run("check", "--links")
    assert report.status == 0
    assert "network that not everybody can reach" in report.said
    assert server.count("/goed?stil") == 0
