"""The preview shows what a build would publish, renews itself after a save, and is for this computer only."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from test_watch import made_again, plain, renamed, with_backup

from helpers import sites
from helpers.browser import PROJECT, executable, launch
from microsite.commands.preview import Preview, Response, State, content_type, problem_page, with_script
from microsite.commands.serve import Live, RequestQueue, _Terminal
from microsite.content.files import Changed
from microsite.core import i18n as catalogue
from microsite.core.problems import Place, Problem, text, untranslated
from microsite.core.settings import Options, Project
from microsite.pipeline import Pipeline
from microsite.publishing import maker as making
from microsite.rendering.artifact import Artifact
from microsite.rendering.hosting import policy as hosting
from microsite.session import Session

DEADLINE = 30.0
STORY = "content/verhalen/bas.md"
SHOWN = "/verhalen/bas.html"
SCRIPT = re.compile(rb'<script src="/__microsite/live\.js\?v=([0-9a-f]*)" defer></script>\n')


# ── what is shown, without a web server ──────────────────────────────────────────────────────────────


@contextlib.contextmanager
def previewing(campaign: sites.Campaign, *, strict: bool = False) -> Iterator[Preview]:
    project = Project(campaign.root, campaign.output)
    options = Options(dt.date.fromisoformat(sites.DAY), strict)
    with (
        Session(project, options, lambda *_: None) as session,
        Preview(session, campaign.root / "brands" / sites.BRAND, untranslated) as preview,
    ):
        preview.refresh()
        yield preview


@pytest.fixture
def preview(campaign: sites.Campaign) -> Iterator[Preview]:
    with previewing(campaign) as made:
        yield made


def messages(preview: Preview) -> list[str]:
    return [problem.render() for problem in preview.state.problems]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all artifacts that are made from now on."""
    paths: list[str] = []
    made = making._made

    def counted(make: Any, item: Artifact) -> Any:
        paths.append(item.path)
        return made(make, item)

    monkeypatch.setattr(making, "_made", counted)
    return paths


def test_every_file_is_the_one_that_a_build_publishes(campaign: sites.Campaign, photo: bytes) -> None:
    campaign.write("content/contact.jpg", photo)
    extra = "image: {src: contact.jpg, alt: Een deur, credit: 'Foto: Cor'}\n"
    campaign.write("content/contact.md", sites.page(extra=extra))
    campaign.build().fine()
    with previewing(campaign) as preview:
        for path, published in campaign.tree().items():
            answer = preview.respond(f"/{path}")
            assert answer.status == HTTPStatus.OK, path
            assert answer.kind == content_type(path)
            assert SCRIPT.sub(b"", answer.body) == published, path
            assert (answer.body != published) == path.endswith(".html")


def test_nothing_is_published(campaign: sites.Campaign, preview: Preview) -> None:
    assert preview.respond("/").status == HTTPStatus.OK
    assert not campaign.site.exists()
    assert [folder.name for folder in campaign.output.iterdir()] == [".microsite"]


def test_a_save_costs_one_text_and_one_page(
    campaign: sites.Campaign, preview: Preview, made: list[str]
) -> None:
    assert preview.respond(SHOWN).status == HTTPStatus.OK
    assert made == [SHOWN[1:]]
    made.clear()
    campaign.edit(STORY, "Hij leest", "Hij herleest")
    preview.refresh()
    assert preview.session.pipeline().parsed == (STORY,)
    assert b"Hij herleest" in preview.respond(SHOWN).body
    assert made == [SHOWN[1:]]


def test_looking_costs_nothing_while_nothing_changes(
    preview: Preview, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline, state = preview.session.pipeline(), preview.state
    monkeypatch.setattr(Pipeline, "plan", None)
    for _ in range(3):
        preview.refresh()
    assert preview.session.pipeline() is pipeline
    assert preview.state is state
    assert made == []


def test_files_that_were_seen_are_not_read_again(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microsite.content.files._SETTLED_NS", -(10**12))
    with previewing(campaign) as preview:
        read: list[str] = []
        monkeypatch.setattr("microsite.content.files._read", lambda file: read.append(file) or b"")
        preview.refresh()
        assert [file for file in read if str(campaign.root) in file] == []


def test_a_touch_changes_nothing(campaign: sites.Campaign, preview: Preview) -> None:
    state = preview.state
    (campaign.root / STORY).touch()
    preview.refresh()
    assert preview.state is state


@pytest.mark.parametrize("address", ["/", "/index.html", "/verhalen/", "/verhalen/index.html", SHOWN])
def test_a_folder_means_its_first_page(preview: Preview, address: str) -> None:
    answer = preview.respond(address)
    assert (answer.status, answer.kind) == (HTTPStatus.OK, "text/html; charset=utf-8")
    version = SCRIPT.search(answer.body)
    assert version is not None
    assert version[1].decode() == preview.state.version


def test_a_folder_without_its_slash_leads_to_the_one_with(preview: Preview) -> None:
    answer = preview.respond("/verhalen")
    assert (answer.status, answer.location) == (HTTPStatus.FOUND, "/verhalen/")


@pytest.mark.parametrize(
    "address",
    [
        "/nee.html",
        "/nee/",
        "/verhalen/bas",
        "/../content/site.yaml",
        "/verhalen/../index.html",
        "//index.html",
        "/.microsite/stamps.json",
        "index.html",
        "/\x00",
        "https://elders.example/",
    ],
)
def test_what_the_plan_does_not_name_is_not_there(preview: Preview, address: str) -> None:
    answer = preview.respond(address)
    assert answer.status == HTTPStatus.NOT_FOUND
    assert b'<body class="kind-missing">' in answer.body
    assert SCRIPT.search(answer.body)


def test_what_the_page_for_lost_visitors_refers_to_is_found(preview: Preview) -> None:
    """Its links begin at the folder in which the real site stands."""
    page = preview.respond("/nee.html").body.decode()
    links = [link for link in re.findall(r'(?:href|src)="(/[^"]*)"', page) if "__microsite" not in link]
    assert any(link.endswith(".css") for link in links)
    assert {preview.respond(link.partition("#")[0]).status for link in links} == {HTTPStatus.OK}


def test_types_come_from_the_table_of_all_hosts() -> None:
    for suffix, kind in hosting.TYPES:
        assert content_type(f"map/naam.{suffix}") == kind
    assert content_type("foto.AVIF") == "image/avif"
    assert content_type("feed.xml") == "application/atom+xml; charset=utf-8"
    assert content_type("index.html.br") == content_type("CNAME") == "application/octet-stream"


def test_the_last_good_site_stays_while_there_are_problems(
    campaign: sites.Campaign, preview: Preview
) -> None:
    campaign.edit(STORY, "title:", "titel:")
    campaign.edit("content/contact.md", "Bel", "Mail")
    version = preview.state.version
    preview.refresh()
    assert (
        "content/verhalen/bas.md:2:1: error: unknown key 'titel'\n    hint: did you mean 'title'?"
        in messages(preview)
    )
    assert preview.state.version == version
    for address in (SHOWN, "/contact.html", "/verhalen/anouk.html"):
        assert preview.respond(address).status == HTTPStatus.OK
    assert b"Mail" not in preview.respond("/contact.html").body
    campaign.edit(STORY, "titel:", "title:")
    preview.refresh()
    assert messages(preview) == []
    assert preview.state.version != version
    assert b"Mail" in preview.respond("/contact.html").body


def test_what_is_put_back_is_the_same_version(campaign: sites.Campaign, preview: Preview) -> None:
    state = preview.state
    campaign.edit(STORY, "title:", "titel:")
    preview.refresh()
    campaign.edit(STORY, "titel:", "title:")
    preview.refresh()
    assert preview.state == state


def test_pages_stay_when_all_templates_are_lost(campaign: sites.Campaign) -> None:
    campaign.with_own("templates")
    with previewing(campaign) as preview:
        for file in (campaign.root / "templates").rglob("*.html"):
            file.write_text("{% if")
        preview.refresh()
        assert messages(preview)
        assert preview.respond(SHOWN).status == HTTPStatus.OK


def test_when_nothing_was_ever_good_the_problems_are_the_page(campaign: sites.Campaign) -> None:
    campaign.edit(STORY, "title:", "titel:")
    with previewing(campaign) as preview:
        answer = preview.respond("/whatever")
        assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
        assert b"content/verhalen/bas.md:2:1" in answer.body
        version = SCRIPT.search(answer.body)
        assert version is not None
        assert version[1].decode() == preview.state.name
        campaign.edit(STORY, "titel:", "title:")
        preview.refresh()
        assert preview.respond("/").status == HTTPStatus.OK


def test_warnings_are_told_and_stand_in_nobodys_way(campaign: sites.Campaign, preview: Preview) -> None:
    campaign.edit(STORY, "Hij leest", "#### Diep\n\nHij leest")
    preview.refresh()
    assert [problem.severity for problem in preview.state.problems] == ["warning"]
    assert b"Diep" in preview.respond(SHOWN).body


def test_a_strict_preview_is_as_strict_as_a_build(campaign: sites.Campaign) -> None:
    campaign.edit(STORY, "Hij leest", "#### Diep\n\nHij leest")
    with previewing(campaign, strict=True) as preview:
        assert [problem.severity for problem in preview.state.problems] == ["error"]
        assert preview.respond(SHOWN).status == HTTPStatus.SERVICE_UNAVAILABLE


def test_a_page_that_cannot_be_drawn_says_why_and_the_others_stay(campaign: sites.Campaign) -> None:
    campaign.with_own("templates")
    campaign.write("templates/story.html", "<p>\n{{ nergens }}</p>")
    with previewing(campaign) as preview:
        answer = preview.respond(SHOWN)
        assert answer.status == HTTPStatus.INTERNAL_SERVER_ERROR
        assert b"templates/story.html:2" in answer.body
        assert [str(problem.place) for problem in answer.problems] == ["templates/story.html:2"]
        assert preview.respond("/contact.html").status == HTTPStatus.OK
        campaign.write("templates/story.html", "<p>goed</p>")
        preview.refresh()
        assert SCRIPT.sub(b"", preview.respond(SHOWN).body) == b"<p>goed</p>"


def test_a_file_that_changed_since_the_last_look_is_shown_as_it_is(campaign: sites.Campaign) -> None:
    campaign.write("content/poster.pdf", b"%PDF-1.7 een")
    campaign.write("content/contact.md", sites.page(body="[De poster](poster.pdf){.download}"))
    with previewing(campaign) as preview:
        (path,) = (path for path in preview._files if path.endswith(".pdf"))
        assert preview.respond(f"/{path}").body == b"%PDF-1.7 een"
        campaign.write("content/poster.pdf", b"%PDF-1.7 twee")
        assert preview.respond(f"/{path}").body == b"%PDF-1.7 twee"
        assert preview.state.version == preview.session.inputs(preview.folder)


def test_a_file_that_never_stands_still_is_not_waited_for(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(*_: object, **__: object) -> Any:
        raise Changed("content/index.md")

    monkeypatch.setattr(making.Maker, "make", changing)
    assert preview.respond("/").status == HTTPStatus.INTERNAL_SERVER_ERROR
    monkeypatch.undo()
    assert preview.respond("/").status == HTTPStatus.OK


def test_a_fault_of_ours_is_told_and_does_not_end_the_preview(
    campaign: sites.Campaign,
    preview: Preview,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def faulty(*_: object, **__: object) -> Any:
        raise RuntimeError("oei")

    with monkeypatch.context() as broken:
        broken.setattr(making.Maker, "make", faulty)
        assert b"RuntimeError: oei" in preview.respond("/").body
    with monkeypatch.context() as broken:
        broken.setattr(Pipeline, "plan", faulty)
        campaign.edit(STORY, "Hij leest", "Hij herleest")
        preview.refresh()
        assert messages(preview) == ["output: error: the program itself fails: RuntimeError: oei"]
        assert preview.respond("/").status == HTTPStatus.OK
    assert capsys.readouterr().err.count("Traceback") == 2
    campaign.edit(STORY, "Hij herleest", "Hij leest voor")
    preview.refresh()
    assert messages(preview) == []


def test_a_disk_that_does_not_take_it_is_a_sentence(
    campaign: sites.Campaign, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Pipeline, "plan", full)
        campaign.edit(STORY, "Hij leest", "Hij herleest")
        preview.refresh()
        assert messages(preview) == ["output: error: cannot work: No space left on device"]
    preview.refresh()
    assert messages(preview) == []
    assert b"Hij herleest" in preview.respond(SHOWN).body


def test_who_is_not_shown_is_not_kept_when_the_preview_ends(campaign: sites.Campaign) -> None:
    told = "Dit blijft tussen ons."
    withdrawn = sites.consent(status="withdrawn")
    campaign.write("content/verhalen/dirk.md", sites.story(name="Dirk", body=told, agreed=withdrawn))
    with previewing(campaign) as preview:
        assert preview.respond("/verhalen/dirk.html").status == HTTPStatus.NOT_FOUND
        preview.refresh()
    assert [path for path, data in campaign.everything().items() if told.encode() in data] == []


def test_the_script_goes_before_the_end_of_the_body() -> None:
    tag = b'<script src="/__microsite/live.js?v=1" defer></script>\n'
    assert with_script(b"<body>a</body> </body></html>", "1") == b"<body>a</body> " + tag + b"</body></html>"
    assert with_script(b"<p>", "1") == b"<p>" + tag


def test_the_page_of_problems_takes_everything_as_text() -> None:
    problem = Problem(Place("<i>.md", 3), text("no '{name}'", name="<script>"), text("'{x}' & more", x="<b>"))
    page = problem_page([problem], text("Problems"), untranslated).decode()
    assert "&lt;i&gt;.md:3" in page
    assert "no &#x27;&lt;script&gt;&#x27;" in page
    assert "&#x27;&lt;b&gt;&#x27; &amp; more" in page
    assert "<script>" not in page


# ── telling ──────────────────────────────────────────────────────────────────────────────────────────

WRONG = Problem(Place("content/index.md", 2, 1), text("unknown key 'titel'"), text("did you mean 'title'?"))
MILD = Problem(Place("content/index.md", 9), text("no text"), None, "warning")


def events(live: Live, version: str) -> Iterator[tuple[str, Any]]:
    for event in live.events(version, untranslated):
        kind, data = re.fullmatch(rb"event: (\w+)\ndata: (.*)\n\n", event).groups()  # type: ignore[union-attr]
        yield kind.decode(), json.loads(data)["problems"] if kind == b"problems" else data.decode()


def test_a_page_of_another_version_is_told_to_reload() -> None:
    live = Live(State("een"))
    told = events(live, "een")
    assert next(told) == ("problems", [])
    live.publish(State("een", (WRONG, MILD)))
    kind, (problem,) = next(told)
    assert kind == "problems"
    assert problem == {
        "place": "content/index.md:2:1",
        "severity": "error",
        "message": "unknown key 'titel'",
        "hint": "did you mean 'title'?",
    }
    live.publish(State("twee", (MILD,)))
    assert next(told) == ("reload", "twee")
    assert next(told) == ("problems", [])
    assert next(events(live, "een")) == ("reload", "twee")
    live.close()
    assert next(told, None) is None


def test_a_page_about_problems_is_told_to_reload_when_any_changes() -> None:
    live = Live(State("een", (WRONG,)))
    told = events(live, live.state.name)
    assert next(told)[0] == "problems"
    live.publish(State("een", (WRONG, MILD)))
    assert next(told)[0] == "reload"


def test_the_terminal_tells_each_problem_once(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = _Terminal(untranslated)
    terminal.report(State("een", (MILD,)))
    assert capsys.readouterr().out == "content/index.md:9: warning: no text\n"
    terminal.report(State("een", (MILD, WRONG)))
    out = capsys.readouterr().out
    assert out.startswith("content/index.md:2:1: error: unknown key 'titel'\n    hint: ")
    assert out.endswith("not renewed, see above; the last good site stays\n")
    terminal.report(State("twee", (MILD,)))
    assert capsys.readouterr().out == "renewed\n"
    terminal.report_page([WRONG])
    terminal.report_page([WRONG])
    assert capsys.readouterr().out.count("unknown key") == 1


def test_who_asks_when_all_is_over_gets_no_answer() -> None:
    requests = RequestQueue()
    requests.close()
    assert requests.ask("/") is None
    answered = RequestQueue()
    answer = Response(HTTPStatus.OK, "text/plain", b"ja")
    asking = threading.Thread(target=lambda: got.append(answered.ask("/")))
    got: list[Response | None] = []
    asking.start()
    request = answered.next(DEADLINE)
    assert request is not None
    assert not isinstance(request, str)
    request.response.set_result(answer)
    asking.join()
    assert got == [answer]
    assert answered.next(0) is None


# ── the server, as editors start it ──────────────────────────────────────────────────────────────────


@dataclass
class Server:
    """A running ``build.py serve``."""

    campaign: sites.Campaign
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    port: int = 0

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        try:
            connection.request(
                method, path, headers={name.replace("_", "-"): v for name, v in headers.items()}
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
    places = ["--project", str(campaign.root), "--output", str(campaign.output), "--date", sites.DAY]
    process = subprocess.Popen(
        [
            sys.executable,
            "-W",
            "error",
            str(PROJECT / "build.py"),
            "serve",
            *places,
            "--port",
            str(port),
            *more,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "MICROSITE_LANGUAGE": "en"},
    )
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


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that change nothing."""
    campaign = sites.campaign(tmp_path_factory.mktemp("lezen") / "campagne")
    campaign.write("content/contact.jpg", sites.jpeg())
    extra = "image: {src: contact.jpg, alt: Een deur, credit: 'Foto: Cor'}\n"
    campaign.write("content/contact.md", sites.page(extra=extra))
    with serving(campaign, "--jobs", "1") as server:
        yield server


@pytest.fixture
def writing(campaign: sites.Campaign) -> Iterator[Server]:
    with serving(campaign, "--jobs", "1") as server:
        yield server


class Ear:
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

    def __enter__(self) -> Ear:
        assert self.next() == ("problems", "[]")
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
                    told = json.dumps(json.loads(value)["problems"]) if kind == "problems" else value
                    self.heard.put((kind, told))

    def next(self) -> tuple[str, str]:
        return self.heard.get(timeout=DEADLINE)

    def until_reload(self) -> list[tuple[str, str]]:
        """All that is heard up to the next reload."""
        heard = [self.next()]
        while heard[-1][0] != "reload":
            heard.append(self.next())
        return heard


def test_pages_are_served_as_the_real_site_would_be(reading: Server) -> None:
    status, headers, body = reading.get("/verhalen/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-length"] == str(len(body))
    assert headers["content-security-policy"] == hosting.HEADER_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers


def test_every_file_that_a_page_needs_is_there(reading: Server) -> None:
    page = reading.page("/contact.html")
    needed = set(re.findall(r'(?:src|href|srcset)="((?:css|js|beeld|content)/[^" ]+)', page))
    kinds = {reading.get(f"/{path}")[1]["content-type"] for path in needed}
    assert {"text/css; charset=utf-8", "image/avif", "image/svg+xml"} <= kinds, needed
    assert all(reading.get(f"/{path}")[0] == 200 for path in needed)


def test_a_drawing_may_run_nothing(reading: Server) -> None:
    (logo,) = set(re.findall(r'src="([^"]*logo[^"]*\.svg)"', reading.page("/index.html")))
    status, headers, body = reading.get(f"/{logo}")
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    assert headers["content-security-policy"] == hosting.DRAWING_POLICY
    assert b"live.js" not in body


def test_head_says_the_same_without_the_page(reading: Server) -> None:
    _, full, body = reading.get("/contact.html")
    status, bare, nothing = reading.get("/contact.html", "HEAD")
    assert (status, nothing) == (200, b"")
    assert bare["content-length"] == full["content-length"] == str(len(body))
    assert reading.get("/__microsite/events", "HEAD")[:1] == (200,)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_there_is_nothing_to_do_but_look(reading: Server, method: str) -> None:
    assert reading.get("/", method)[0] == 501


@pytest.mark.parametrize(
    "path",
    ["/../content/site.yaml", "/%2e%2e/content/site.yaml", "/..%2fcontent%2fsite.yaml", "/css/", "/%ff"],
)
def test_only_the_plan_is_served(reading: Server, path: str) -> None:
    status, _, body = reading.get(path)
    assert status == 404
    assert b"core_message" not in body


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("127.0.0.1:{port}", 200),
        ("[::1]:{port}", 200),
        ("localhost", 403),
        ("localhost:1", 403),
        ("elders.example", 403),
        ("elders.example:{port}", 403),
        ("localhost.elders.example:{port}", 403),
        ("", 403),
    ],
)
def test_only_this_computer_is_answered_under_its_own_name(reading: Server, host: str, status: int) -> None:
    for path in ("/", "/__microsite/events", "/__problemen"):
        assert reading.get(path, "HEAD", Host=host.format(port=reading.port))[0] == status


def test_a_request_without_a_host_is_refused(reading: Server) -> None:
    with socket.create_connection(("127.0.0.1", reading.port), timeout=DEADLINE) as line:
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.0 403 ")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not have all of 127.0.0.0/8")
def test_no_other_address_listens(reading: Server) -> None:
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", reading.port), 1):
        pass


def test_a_film_can_be_asked_for_in_parts(reading: Server) -> None:
    whole = reading.get("/robots.txt")[2]
    size = len(whole)
    status, headers, body = reading.get("/robots.txt", Range="bytes=2-5")
    assert (status, headers["content-range"], body) == (206, f"bytes 2-5/{size}", whole[2:6])
    status, headers, body = reading.get("/robots.txt", Range="bytes=3-")
    assert (status, headers["content-range"], body) == (206, f"bytes 3-{size - 1}/{size}", whole[3:])
    assert reading.get("/robots.txt", Range=f"bytes=0-{size + 9}")[2] == whole
    assert reading.get("/robots.txt", Range=f"bytes={size}-")[0] == 416
    for odd in ("bytes=-3", "bytes=a-b", "lines=1-2", "bytes=1-2,4-5x"):
        assert reading.get("/robots.txt", Range=odd)[0] in (200, 206)
    assert reading.get("/", Range="bytes=0-3")[0] == 200


def test_what_is_of_the_preview_is_under_its_own_addresses(reading: Server) -> None:
    assert reading.get("/__microsite/live.js")[1]["content-type"] == "text/javascript; charset=utf-8"
    assert reading.get("/__microsite/live.css")[1]["content-type"] == "text/css; charset=utf-8"
    status, _, page = reading.get("/__problemen")
    assert status == 200
    assert b"No problems were found." in page


def test_who_hangs_up_is_no_problem(reading: Server) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", reading.port), timeout=DEADLINE) as line:
            line.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{reading.port}\r\n\r\n".encode())
    assert reading.get("/")[0] == 200


def test_many_ask_at_once(reading: Server) -> None:
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(reading.get("/verhalen/anouk.html")[0]))
        for _ in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 24


def test_every_way_of_saving_renews_the_page_once(writing: Server) -> None:
    file = writing.campaign.root / STORY
    original = file.read_text(encoding="utf-8")
    with Ear(writing) as ear:
        for count, save in enumerate((plain, renamed, with_backup, made_again)):
            save(file, original.replace("Hij leest", f"Keer {count}, hij leest"))
            writing.until(lambda: f"Keer {count}" in writing.page(SHOWN))  # noqa: B023
            ear.until_reload()
            assert ear.next()[0] == "problems"
        file.touch()
        plain(file, original)
        ear.until_reload()
        writing.until(lambda: "Keer" not in writing.page(SHOWN))


def test_reading_renews_nothing(writing: Server) -> None:
    version = writing.version()
    with Ear(writing) as ear:
        for path in ("/", SHOWN, "/contact.html", "/verhalen/"):
            writing.get(path)
        for file in (writing.campaign.root / "content").rglob("*.md"):
            file.read_bytes()
        with pytest.raises(queue.Empty):
            ear.heard.get(timeout=2.5)
    assert writing.version() == version
    assert not writing.has_said("renewed")


def test_problems_go_to_the_page_and_to_the_terminal(writing: Server) -> None:
    with Ear(writing) as ear:
        writing.campaign.edit(STORY, "title:", "titel:")
        kind, told = ear.next()
        while "titel" not in told:  # an editor may be seen half-way
            kind, told = ear.next()
        assert kind == "problems"
        (problem,) = [p for p in json.loads(told) if "titel" in p["message"]]
        assert problem["place"] == "content/verhalen/bas.md:2:1"
        assert problem["hint"] == "did you mean 'title'?"
        assert "Bas leest de brief" in writing.page(SHOWN)
        assert "unknown key &#x27;titel&#x27;" in writing.page("/__problemen")
        writing.until(lambda: writing.has_said("the last good site stays"))
        assert writing.has_said("content/verhalen/bas.md:2:1: error: unknown key 'titel'")
        writing.campaign.edit(STORY, "titel:", "title:")
        while told != "[]":
            kind, told = ear.next()
        writing.until(lambda: "titel" not in writing.page("/__problemen"))


def test_new_files_and_folders_are_found_and_lost_ones_go(writing: Server) -> None:
    writing.campaign.write("content/nieuws/later.md", sites.page("Later", "Straks.", "date: 2026-06-02\n"))
    writing.until(lambda: writing.get("/nieuws/later.html")[0] == 200)
    elsewhere = writing.campaign.root / "elders"
    elsewhere.mkdir()
    (elsewhere / "een.md").write_text(sites.page("Een"))
    elsewhere.rename(writing.campaign.root / "content" / "buurt")
    writing.until(lambda: writing.get("/buurt/een.html")[0] == 200)
    writing.campaign.remove("content/nieuws/later.md")
    writing.until(lambda: writing.get("/nieuws/later.html")[0] == 404)
    writing.campaign.with_own("assets")
    writing.campaign.write("assets/css/99-eigen.css", ".eigen{color:#123456}")
    writing.until(lambda: ".eigen" in writing.page(stylesheet(writing)))


def stylesheet(server: Server) -> str:
    (path,) = re.findall(r'href="(css/site-[^"]+)"', server.page("/"))
    return f"/{path}"


def test_a_site_that_cannot_be_shown_yet_comes_when_it_is_mended(campaign: sites.Campaign) -> None:
    campaign.edit(STORY, "title:", "titel:")
    with serving(campaign, "--jobs", "1") as server:
        status, headers, page = server.get("/")
        assert (status, headers["content-type"]) == (503, "text/html; charset=utf-8")
        assert b"content/verhalen/bas.md:2:1" in page
        assert SCRIPT.search(page)
        assert server.has_said("cannot be shown yet")
        campaign.edit(STORY, "titel:", "title:")
        server.until(lambda: server.get("/")[0] == 200)


def test_a_taken_port_is_passed_over(reading: Server, campaign: sites.Campaign) -> None:
    with serving(campaign, port=reading.port) as server:
        assert reading.port < server.port <= reading.port + 20
        assert server.has_said(f"port {reading.port} is taken, so it is {server.port}")
        assert server.get("/")[0] == 200


def test_a_port_that_is_none_is_a_sentence(campaign: sites.Campaign) -> None:
    report = campaign.run("serve", "--port", "70000")
    assert report.status == 1
    assert "there is no free port from 70000 on" in report.said


def descendants(pid: int) -> set[int]:
    tasks = Path(f"/proc/{pid}/task")
    children = {int(word) for task in tasks.iterdir() for word in (task / "children").read_text().split()}
    return children | {below for child in children for below in descendants(child)}


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].startswith(" Z")


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_everything_ends_with_the_preview(writing: Server, number: int) -> None:
    workers = descendants(writing.process.pid)
    assert workers
    with Ear(writing) as ear:
        writing.process.send_signal(number)
        assert writing.process.wait(DEADLINE) == 0
        ear._thread.join(DEADLINE)
    assert not [worker for worker in workers if alive(worker)]
    assert not writing.campaign.site.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")
def test_nothing_is_left_of_a_preview_that_is_killed(writing: Server) -> None:
    workers = descendants(writing.process.pid)
    writing.process.kill()
    writing.process.wait(DEADLINE)
    end = time.monotonic() + DEADLINE
    while any(map(alive, workers)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not [worker for worker in workers if alive(worker)]


# ── in a real browser ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def page() -> Iterator[Page]:
    executable()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            yield browser.new_context().new_page()
        finally:
            browser.close()


def test_an_open_page_lives(writing: Server, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if "localhost" not in request.url else None)
    page.set_default_timeout(DEADLINE * 1000)
    page.goto(f"http://localhost:{writing.port}{SHOWN}")
    expect(page.locator("h1")).to_contain_text("Bas leest de brief")
    writing.campaign.edit(STORY, "Bas leest de brief", "Bas schrijft terug")
    expect(page.locator("h1")).to_contain_text("Bas schrijft terug", timeout=DEADLINE * 1000)
    box = page.get_by_role("alert")
    expect(box).to_have_count(0)
    writing.campaign.edit(STORY, "title:", "titel:")
    expect(box).to_contain_text("content/verhalen/bas.md:2:1", timeout=DEADLINE * 1000)
    expect(box).to_contain_text("did you mean 'title'?")
    expect(box).to_be_in_viewport()
    assert box.evaluate("one => getComputedStyle(one).position") == "fixed"
    expect(page.locator("h1")).to_contain_text("Bas schrijft terug")
    writing.campaign.edit(STORY, "titel:", "title:")
    expect(box).to_have_count(0, timeout=DEADLINE * 1000)
    page.goto(f"http://localhost:{writing.port}/__problemen")
    expect(page.locator("main")).to_contain_text("No problems were found.")
    writing.campaign.edit(STORY, "title:", "titel:")
    expect(page.locator("main")).to_contain_text("unknown key 'titel'", timeout=DEADLINE * 1000)
    expect(box).to_have_count(0)
    assert said == []


def test_more_pages_can_be_open_than_a_browser_has_connections(writing: Server, page: Page) -> None:
    tabs = [page, *(page.context.new_page() for _ in range(7))]
    for tab in tabs:
        tab.goto(f"http://localhost:{writing.port}{SHOWN}", timeout=DEADLINE * 1000)
        tab.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    first = tabs[0]
    first.evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    writing.campaign.edit(STORY, "Bas leest de brief", "Bas schrijft terug")
    writing.until(lambda: "Bas schrijft terug" in writing.page(SHOWN))
    expect(first.locator("h1")).to_contain_text("Bas leest de brief")
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.locator("h1")).to_contain_text("Bas schrijft terug", timeout=DEADLINE * 1000)


def test_sentences_are_in_the_readers_language() -> None:
    say = catalogue.translator("nl")
    assert problem_page([WRONG], text("Problems"), say).startswith(b"<!doctype html>\n<html lang=")


def test_the_style_guide_is_in_the_preview_and_not_in_the_site(campaign: sites.Campaign) -> None:
    with previewing(campaign) as preview:
        answer = preview.respond("/stijlgids/")
    assert answer.status is HTTPStatus.OK
    assert b'class="poster-quote is-long' in answer.body
    campaign.build().fine()
    assert not (campaign.site / "stijlgids").exists()
