"""The preview's server renews pages after a save, and is for this computer only."""

from __future__ import annotations

import os
import queue
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import sites
from helpers.preview import DEADLINE, SCRIPT, SHOWN, STORY, EventStream, Server, serving
from helpers.saving import made_again, plain, renamed, with_backup
from microsite.rendering.hosting import policy


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


def test_pages_are_served_as_the_real_site_would_be(reading: Server) -> None:
    status, headers, body = reading.get("/verhalen/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-length"] == str(len(body))
    assert headers["content-security-policy"] == policy.HEADER_CSP
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
    assert headers["content-security-policy"] == policy.SVG_CSP
    assert b"live.js" not in body


def test_head_says_the_same_without_the_page(reading: Server) -> None:
    _, full, body = reading.get("/contact.html")
    status, bare, nothing = reading.get("/contact.html", "HEAD")
    assert (status, nothing) == (200, b"")
    assert bare["content-length"] == full["content-length"] == str(len(body))
    assert reading.get("/__microsite/events", "HEAD")[:1] == (200,)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_there_is_nothing_to_do_but_look(reading: Server, method: str) -> None:
    assert reading.get("/", method)[0] == 501


DAY_FORM = "/__microsite/day"
FORM = "application/x-www-form-urlencoded"


def token(server: Server) -> str:
    (found,) = set(re.findall(r'name="token" value="([^"]+)"', server.page("/")))
    return found


def posted(server: Server, headers: dict[str, str], key: str, day: str = "2027-03-01") -> int:
    own = {"Origin": f"http://localhost:{server.port}", "Host": f"localhost:{server.port}"}
    given = {"Content-Type": FORM, **own, **headers}
    sent = {name: value.format(port=server.port) for name, value in given.items() if value}
    return server.get(DAY_FORM, "POST", f"day={day}&token={key}", **sent)[0]


@pytest.mark.parametrize(
    "forged",
    [
        {"Origin": "http://elders.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "https://localhost:{port}"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Host": "elders.example:{port}", "Origin": "http://elders.example:{port}"},
        {"Host": "elders.example:{port}"},
        {"Origin": "http://127.0.0.1:{port}"},  # a page of this server, but not of this name of it
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": ""},
    ],
)
def test_a_forged_request_changes_nothing(reading: Server, forged: dict[str, str]) -> None:
    before = reading.version()
    assert posted(reading, forged, token(reading)) == 403
    assert reading.version() == before


@pytest.mark.parametrize("key", ["", "geheim", "{token}x", "%00"])
def test_nor_does_one_without_the_token(reading: Server, key: str) -> None:
    before = reading.version()
    assert posted(reading, {}, key.replace("{token}", token(reading))) == 403
    assert posted(reading, {}, "x" * 70_000) == 403
    assert reading.version() == before


def test_a_look_changes_nothing(reading: Server) -> None:
    before = reading.version()
    reading.get(f"{DAY_FORM}?day=2027-03-01&token={token(reading)}")
    assert reading.version() == before


def test_a_form_of_the_preview_is_heard(writing: Server) -> None:
    before = writing.version()
    assert posted(writing, {}, token(writing)) == 303
    assert writing.version() != before
    assert 'value="2027-03-01"' in writing.page("/")
    assert posted(writing, {"Sec-Fetch-Site": "same-origin"}, token(writing), sites.DAY) == 303
    assert writing.version() == before


def test_only_pages_of_the_preview_itself_may_send_forms(reading: Server) -> None:
    _, headers, _ = reading.get("/_redactie/")
    assert "form-action 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"  # or a browser sends no origin with the form
    assert "form-action 'none'" in reading.get("/")[1]["content-security-policy"]


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
    digits = "9" * 5_000
    for odd in (
        "bytes=-3",
        "bytes=a-b",
        "lines=1-2",
        "bytes=1-2,4-5x",
        f"bytes=0-{digits}",
        f"bytes={digits}-",
    ):
        assert reading.get("/robots.txt", Range=odd)[0] in (200, 206)
    assert reading.get("/", Range="bytes=0-3")[0] == 200


def test_what_is_of_the_preview_is_under_its_own_addresses(reading: Server) -> None:
    assert reading.get("/__microsite/live.js")[1]["content-type"] == "text/javascript; charset=utf-8"
    assert reading.get("/__microsite/preview.css")[1]["content-type"] == "text/css; charset=utf-8"
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
    with EventStream(writing) as ear:
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
    with EventStream(writing) as ear:
        for path in ("/", SHOWN, "/contact.html", "/verhalen/"):
            writing.get(path)
        for file in (writing.campaign.root / "content").rglob("*.md"):
            file.read_bytes()
        with pytest.raises(queue.Empty):
            ear.heard.get(timeout=2.5)
    assert writing.version() == version
    assert not writing.has_said("renewed")


def test_problems_go_to_the_page_and_to_the_terminal(writing: Server) -> None:
    with EventStream(writing) as ear:
        writing.campaign.edit(STORY, "title:", "titel:")
        kind, told = ear.next()
        while "titel" not in told:  # an editor may be seen half-way
            kind, told = ear.next()
        assert kind == "problems"
        assert "<code>content/verhalen/bas.md:2:1</code>" in told
        assert "did you mean &#39;title&#39;?" in told
        assert "Bas leest de brief" in writing.page(SHOWN)
        assert "unknown key &#39;titel&#39;" in writing.page("/__problemen")
        writing.until(lambda: writing.has_said("the last good site stays"))
        assert writing.has_said("content/verhalen/bas.md:2:1: error: unknown key 'titel'")
        writing.campaign.edit(STORY, "titel:", "title:")
        while told:
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
    with EventStream(writing) as ear:
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
