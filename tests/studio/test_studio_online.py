"""The studio online: in the site of a campaign, replaced at night, after its end, and where it cannot run."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers import browser, servers, sites, studio, studio_page
from microsite.rendering.hosting.servers import FILES as OF_SITES

pytestmark = pytest.mark.long
expect.set_options(timeout=180_000)

READY = "body[data-ready]"
ENDED = "deze studio is van voor 30 december 2026"
STATE = "#state"


class Server:
    """Serves a folder, which can be replaced, and remembers what was asked of it.

    ``first`` are files that are the answer the first time that a name is asked for.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first: dict[str, Path] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(SimpleHTTPRequestHandler):
            def translate_path(self, path: str) -> str:
                name = path.partition("?")[0].removeprefix("/")
                outer.asked.append(name)
                return str(outer.first.pop(name, outer.folder / (name or "index.html")))

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    thread = threading.Thread(target=server.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.server.shutdown()
        thread.join()
        server.server.server_close()


@pytest.fixture
def server(output: Path) -> Iterator[Server]:
    with serving(output / "studio") as server:
        yield server


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    with browser.opened(chromium, viewport={"width": 1280, "height": 900}) as page:
        page.set_default_timeout(180_000)
        yield page


def begin(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(READY)


# ── in the campaign's own site ──


@pytest.mark.parametrize("start", [servers.nginx, servers.apache])
def test_it_works_in_a_folder_of_the_campaigns_site(
    output: Path, tab: Page, start: Any, tmp_path: Path
) -> None:
    def fill(folder: Path) -> None:
        site = {path: recipe(base="/") for path, recipe in OF_SITES}
        shutil.copytree(output / "studio", folder / "alone" / "studio")
        path = "hosting/nginx.conf"
        site[path] += (output / "studio" / path).read_bytes()
        servers.write(folder / "alone", {"index.html": b"<title>Campagne</title>", **site})
        servers.write(folder / "shared", {"index.php": b"", ".htaccess": servers.WORDPRESS})
        for base in servers.BASES[1:]:
            servers.write(folder / "shared" / base.strip("/"), {path: b""})

    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    with start(fill) as (port, _):
        begin(tab, f"http://127.0.0.1:{port}/studio/")
        studio_page.fill_in(tab)
        expect(tab.frame_locator("#preview").locator("body")).to_contain_text("Sociaal werkt!")
        studio_page.wait_for(tab, studio_page.KEPT)
    tab.reload()  # the server is gone
    expect(tab.locator("#download")).to_be_enabled()
    assert [line for line in said if "Content Security Policy" in line or "MIME" in line] == []


# ── another version ──


@pytest.fixture(scope="module")
def newer(output: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The studio of the next night: the campaign in a file of another name, and that of before gone."""
    folder = tmp_path_factory.mktemp("nieuwer") / "studio"
    shutil.copytree(output / "studio", folder)
    (old,) = folder.glob("campagne-*.bundle")
    new = old.rename(folder / "campagne-0123456789ab.bundle")
    for file in (folder / "names.json",):
        file.write_text(file.read_text().replace(old.name, new.name))
    return folder


def test_who_has_it_open_works_on_when_it_is_replaced(
    server: Server, newer: Path, tab: Page, tmp_path: Path
) -> None:
    begin(tab, server.address)
    studio_page.wait_for(tab, studio_page.KEPT)
    server.folder = newer
    other = tab.context.new_page()
    begin(other, server.address)
    studio_page.wait_for(other, studio_page.KEPT)
    assert "campagne-0123456789ab.bundle" in server.asked
    server.asked.clear()
    studio_page.fill_in(tab)
    with tab.expect_download() as found:
        tab.click("#download")
    assert found.value.path().stat().st_size > 100_000
    assert {*server.asked} <= {"service-worker.js"}  # which browsers look after by themselves


def test_who_comes_at_that_moment_gets_the_new_one(
    server: Server, newer: Path, tab: Page, output: Path
) -> None:
    server.folder = newer
    server.first["names.json"] = output / "studio" / "names.json"
    begin(tab, server.address)
    assert server.asked.count("names.json") >= 2
    assert "campagne-0123456789ab.bundle" in server.asked


def test_its_version_is_asked_for_and_nothing_else_that_is_there(server: Server, tab: Page) -> None:
    begin(tab, server.address)
    studio_page.wait_for(tab, studio_page.KEPT)
    server.asked.clear()
    tab.reload()
    tab.wait_for_selector(READY)
    assert "names.json" in server.asked
    assert [name for name in server.asked if name.endswith((".pack", ".bundle", ".wasm"))] == []


# ── the end ──


def test_after_its_end_it_refuses_and_says_why(server: Server, tab: Page) -> None:
    begin(tab, server.address)
    studio_page.wait_for(tab, studio_page.KEPT)
    studio_page.fill_in(tab)
    tab.clock.set_fixed_time("2026-12-29T22:59:00Z")  # one minute before midnight in Amsterdam
    tab.fill("#name", "Nog een dag")
    expect(tab.frame_locator("#preview").locator("body")).to_contain_text("Nog een dag")
    tab.clock.set_fixed_time("2026-12-29T23:01:00Z")
    tab.fill("#name", "Te laat")  # in a page that stood open: it is loaded again
    expect(tab.locator(STATE)).to_contain_text(ENDED)
    expect(tab.locator("#download")).to_be_disabled()
    assert "names.json" in server.asked


def test_without_a_network_it_refuses_too(server: Server, tab: Page) -> None:
    begin(tab, server.address)
    studio_page.wait_for(tab, studio_page.KEPT)
    tab.clock.set_fixed_time("2027-01-02T12:00:00Z")
    tab.context.set_offline(offline=True)
    tab.reload()
    expect(tab.locator(STATE)).to_contain_text(ENDED)
    assert tab.evaluate("document.body.dataset.ready") is None


# ── what hangs ──

KEPT_DRAFT = """region => new Promise((resolve, reject) => {
  const opening = indexedDB.open("studio", 1);
  opening.onerror = reject;
  opening.onsuccess = () => {
    const asked = opening.result.transaction("draft").objectStore("draft").get("now");
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result?.fields.region === region); };
  };
})"""
"""Whether the draft that the browser keeps has this region."""

LONG = "~~~\n" * 48_000
"""A text within all limits that keeps a parser of Markdown busy for more than ten seconds."""


def test_a_text_that_hangs_is_ended_and_named_and_all_else_stays(
    server: Server, tab: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "huisstijl"
    shutil.copytree(studio.ROOT / "brands" / "roetmolen", folder)
    text = folder / "content" / "nieuws" / "hangt.md"
    text.parent.mkdir(parents=True, exist_ok=True)
    text.write_text(sites.page("Hangt", LONG, "date: 2026-06-02\n"), "utf-8")
    begin(tab, server.address)
    tab.set_input_files("#folder", folder)
    problem = tab.locator("#todo li")
    expect(problem).to_contain_text("content/nieuws/hangt.md: het lezen van deze tekst duurt te lang")
    expect(tab.locator("#download")).to_be_disabled()
    tab.fill("#region", "Nieuwveld")
    studio_page.wait_for(tab, KEPT_DRAFT, "Nieuwveld")
    tab.reload()  # nothing is lost
    tab.wait_for_selector(READY)
    expect(tab.locator("#region")).to_have_value("Nieuwveld")
    expect(problem).to_contain_text("hangt.md")
    text.write_text(sites.page("Hangt", "Niet meer.", "date: 2026-06-02\n"), "utf-8")
    tab.on("dialog", lambda dialog: dialog.accept())  # it comes in the place of what is there
    tab.set_input_files("#folder", folder)
    expect(tab.locator("#download")).to_be_enabled()


# ── where it cannot run ──


def test_without_scripts_it_says_so(server: Server, chromium: Browser) -> None:
    with browser.opened(chromium, java_script_enabled=False) as page:
        page.goto(server.address)
        (notice,) = [each for each in page.locator(".notice").all() if each.is_visible()]
        assert "JavaScript" in notice.inner_text()


LACKING = {
    "no WebAssembly": ("delete window.WebAssembly", "in een nieuwe Chrome, Edge, Firefox of Safari"),
    "no modules in workers": (
        "Worker = class extends Worker { constructor(url) { super(url); } }",
        "Probeer het in een nieuwe Chrome",
    ),
    "no storage": (
        "navigator.serviceWorker.register = () => Promise.reject(new DOMException('', 'SecurityError'))",
        "die gegevens van deze site mag bewaren",
    ),
}


@pytest.mark.parametrize("lacking", LACKING)
def test_where_something_is_lacking_it_says_what_it_needs(server: Server, tab: Page, lacking: str) -> None:
    script, sentence = LACKING[lacking]
    tab.add_init_script(script)
    tab.goto(server.address)
    expect(tab.locator(STATE)).to_contain_text(sentence)


def test_without_https_it_says_what_it_needs(server: Server, chromium: Browser) -> None:
    rule = "--host-resolver-rules=MAP studio.example 127.0.0.1"
    arguments = {"executable_path": browser.executable(), "args": [*browser.ARGUMENTS, rule]}
    with closing(chromium.browser_type.launch(**arguments)) as other:
        page = other.new_page()
        page.goto(server.address.replace("127.0.0.1", "studio.example"))
        expect(page.locator(STATE)).to_contain_text("een adres dat met https begint")


def test_what_is_not_kept_is_told(server: Server, tab: Page) -> None:
    tab.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }")
    begin(tab, server.address)
    expect(tab.locator("#unkept")).to_be_visible()
    studio_page.fill_in(tab)
