"""Material in a real Chromium: what a site gives, and the folder of a pack, opened from disk."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from helpers import browser as tools
from helpers import processes, sites
from helpers.browser import Look, Watch
from helpers.sites import ANOUK, BRAND, Campaign, jpeg

BAS_PHOTO = "content/verhalen/bas.jpg"
SAID = "Ik dacht dat ik de enige was."
POSTER = "anouk-poster-a4.pdf"
PAPER = {"A4": (210, 297), "A3": (297, 420), "A5": (148, 210)}
"""Width and height in millimetres."""
FIRST_BYTES = {
    "PDF": b"%PDF-",
    "PNG": b"\x89PNG",
    "JPG": b"\xff\xd8\xff",
    "DOCX": b"PK\3\4",
    "PPTX": b"PK\3\4",
    "TXT": b"BERICHT",
    "HTML": b"<!doctype html>",
}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """The small campaign with one story to print and to post, and a photo in another, packed as people do."""
    made = sites.campaign(tmp_path_factory.mktemp("packed") / "campagne", {BAS_PHOTO: jpeg()})
    made.edit(ANOUK, "scope: [web, social]", "scope: [web, social, print]")
    made.edit(sites.BAS, "---\nHij", 'image: {src: bas.jpg, alt: Een gang, credit: "Foto: Ada"}\n---\nHij')
    run = processes.run("pack", made, "--date", sites.DAY, "--material", "all", BRAND)
    assert run.returncode == 0, run.stdout + run.stderr
    return made


@pytest.fixture(scope="module")
def served(packed: Campaign) -> Iterator[str]:
    with tools.served(packed.site) as root:
        yield f"{root}/"


@pytest.fixture(scope="module")
def pack(packed: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of material, unpacked where nothing else of the campaign is."""
    place = tmp_path_factory.mktemp("Mijn downloads")
    with zipfile.ZipFile(packed.output / f"{BRAND}.zip") as archive:
        archive.extractall(place)
    return place / "materiaal"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with tools.opened(chromium, accept_downloads=True) as page:
        yield page


def downloaded(page: Page, link: Locator) -> tuple[str, bytes]:
    """The name and the bytes of what a link gives to who saves it: a click with Alt, as many files open."""
    with page.expect_download() as waiting:
        link.click(modifiers=["Alt"])
    file = waiting.value
    return file.suggested_filename, Path(file.path()).read_bytes()


def as_promised(promise: str, data: bytes) -> None:
    """The file is of the type, and of the size, that the words of its link say."""
    (format,) = (word for word in FIRST_BYTES if f"({word})" in promise)
    assert data.startswith(FIRST_BYTES[format]), (promise, data[:20])
    if format == "PDF" and (paper := re.search(r"\bA\d", promise)):
        with pypdfium2.PdfDocument(data) as sheets:
            across, down = (points / 72 * 25.4 for points in sheets[0].get_size())
        bleed = 3 if "afloop" in promise else 0
        width, height = PAPER[paper[0]]
        assert (round(across), round(down)) == (width + 2 * bleed, height + 2 * bleed), promise


@pytest.mark.parametrize("at", ["verhalen/anouk.html", "toolkit/materiaal.html"])
def test_a_visitor_downloads_the_poster_that_the_page_promises(page: Page, served: str, at: str) -> None:
    watch = Watch(page)
    page.goto(served + at)
    link = page.get_by_role("link", name="Poster, A4 (PDF)")
    expect(link).to_have_count(1)
    assert page.evaluate(tools.IMAGES) == []
    promise = link.inner_text()
    name, data = downloaded(page, link)
    assert name == POSTER
    as_promised(promise, data)
    with pypdfium2.PdfDocument(data) as sheets:
        assert len(sheets) == 1
        assert SAID in " ".join(sheets[0].get_textpage().get_text_range().split())
    assert watch.faults() == []


def test_the_folder_opens_from_disk_and_asks_nothing_of_anywhere_else(page: Page, pack: Path) -> None:
    watch = Watch(page)
    page.goto((pack / "index.html").as_uri())
    assert page.evaluate(tools.IMAGES) == []
    assert page.locator("main img").count() > 0
    assert [url for url in watch.asked if not url.startswith(pack.as_uri())] == []
    assert watch.said == []


def test_every_link_leads_to_what_it_says(page: Page, pack: Path) -> None:
    page.goto((pack / "index.html").as_uri())
    links = page.locator("a").evaluate_all("all => all.map(a => [a.href, a.parentElement.innerText])")
    listed = set()
    for address, promise in links:
        at = urlsplit(address)
        assert at.scheme == "file"
        file = Path(unquote(at.path))
        if at.fragment:
            assert page.locator(f"[id='{at.fragment}']").count() == 1
            continue
        listed.add(file)
        as_promised(promise.split("\n", maxsplit=1)[0], file.read_bytes())
    others = {pack / "index.html", pack / "SHA256SUMS.txt"}
    assert listed == {file for file in pack.rglob("*") if file.is_file()} - others


@pytest.mark.parametrize("words", ["Poster, A3 (PDF)", "Kaart, vierkant", "Brief aan de gemeenteraad"])
def test_a_click_on_it_gives_the_file(page: Page, pack: Path, words: str) -> None:
    page.goto((pack / "index.html").as_uri())
    link = page.locator("li", has_text=words).get_by_role("link").first
    name, data = downloaded(page, link)
    (file,) = {one for one in pack.rglob(name) if one.read_bytes() == data}
    assert file.is_file()


def test_everybody_can_use_it(chromium: Browser, pack: Path) -> None:
    names = ("index.html", "web/banners.html", "verhalen/anouk-insluiten.html")
    pages = [(pack / name).as_uri() for name in names]
    assert tools.audit(chromium, pages, [Look("light", {"width": 390, "height": 844})]) == []
