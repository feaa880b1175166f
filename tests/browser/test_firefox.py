"""The main ways through the site in Firefox: what Chromium shows is not all that visitors see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from icalendar import Calendar
from PIL import Image
from pypdfium2 import PdfDocument, PdfPage

from helpers import browser as tools
from helpers import firefox
from helpers.browser import Site
from helpers.firefox import Tab
from helpers.worksheets import BEGIN

pytestmark = [pytest.mark.long, pytest.mark.external]

SMALL = (390, 664)
NARROW = (320, 640)
STORY = "verhalen/amina.html"
TEXTS = """selector => [...document.querySelectorAll(selector)]
  .filter(one => one.checkVisibility()).map(one => one.innerText.trim())"""
COLOURS = """() => [getComputedStyle(document.documentElement).backgroundColor,
  getComputedStyle(document.body).color]"""
DRAWN = """selector => [...document.querySelectorAll(selector)]
  .filter(one => one.complete && one.naturalWidth > 1).length"""
FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one);
  return [one.innerText, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2]; }"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with firefox.started(tmp_path_factory.mktemp("profile"), **firefox.LIGHT) as tab:
        yield tab


@pytest.fixture
def tab(running: Tab) -> Iterator[Tab]:
    """The one tab, which has to come through each test without a fault."""
    running.events.clear()
    yield running
    assert running.faults() == []


BAD = """<link rel="icon" href="data:,"><style>p { color: red }</style>
<meta http-equiv="Content-Security-Policy" content="style-src 'none'"><p style="color: red">
<img src="weg.png"><img src="//elders/oei.png"><script>console.error("oei"); weg()</script>"""


def test_the_observer_is_not_blind(running: Tab, tmp_path: Path) -> None:
    with tools.served(tmp_path) as host:
        elsewhere = host.removeprefix("http:").replace("127.0.0.1", "localhost")
        (tmp_path / "slecht.html").write_text(BAD.replace("//elders", elsewhere), "utf-8")
        running.open(f"{host}/slecht.html")
        found = "\n".join(running.faults())
    for sign in ("error: oei", "weg is not defined", "404: ", "policy: style-src", "foreign request: "):
        assert sign in found


# ── looking ──


@pytest.mark.parametrize("path", ["index.html", STORY])
def test_the_words_are_in_the_first_screen_with_a_face(tab: Tab, root: str, path: str) -> None:
    tab.open(root + path, *SMALL)
    sentence, name, height, width = tab.evaluate(tools.FIRST_SCREEN)
    assert 0 < sentence < name <= SMALL[1]
    assert height > 100 < width
    assert tab.evaluate(DRAWN, ".poster-picture img") == 1
    colours = Image.open(io.BytesIO(tab.screenshot())).convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 20


def test_nothing_scrolls_sideways_on_a_narrow_phone(tab: Tab, root: str, site: Site) -> None:
    found = []
    for path in site.kinds.values():
        if path != "404.html":
            tab.open(root + path, *NARROW)
            found += [f"{path}: {fault}" for fault in tab.evaluate(tools.WIDTH)]
    assert found == []


def test_the_menu_works_by_keyboard_and_shows_where_one_is(tab: Tab, root: str) -> None:
    tab.open(root + "index.html")
    tab.press("Tab")
    assert tab.evaluate(FOCUSED) == ["Ga direct naar de inhoud", True]
    tab.press("Tab")
    names = tab.evaluate(TEXTS, ".menu a")
    walked = []
    for _ in names:
        tab.press("Tab")
        name, seen = tab.evaluate(FOCUSED)
        walked.append(name)
        assert seen, f"focus cannot be seen on {name}"
    assert walked == names
    assert names[-1] == "Zoeken"
    with tab.waiting(firefox.LOADED):
        tab.press("Enter")
    assert tab.evaluate("() => location.pathname") == "/zoeken.html"


def test_a_story_can_be_passed_on(tab: Tab, root: str) -> None:
    tab.open(root + "verhalen/index.html")
    tab.follow("a[href='amina.html']")
    links = tab.evaluate("() => [...document.querySelectorAll('.pass-on a')].map(one => one.href)")
    hosts = ("wa.me", "www.facebook.com", "www.linkedin.com", "bsky.app", "share.joinmastodon.org")
    assert all(any(link.startswith(f"https://{host}/") for link in links) for host in hosts)
    tab.click("[data-copy]")
    done = tab.evaluate("() => document.querySelector('[data-copy]').dataset.done")
    tab.until("done => document.querySelector('[data-copy]').innerText === done", done)


# ── finding ──


def test_searching_finds_pages_and_help(tab: Tab, root: str) -> None:
    tab.open(root + "zoeken.html")
    tab.click("input[type=search]")
    tab.press("schimmels", "Enter")
    tab.until("() => document.querySelector('[data-results] mark') !== null")
    assert tab.evaluate("() => location.search") == "?q=schimmels"
    assert tab.evaluate(TEXTS, "[data-help] li") == []
    tab.open(root + "zoeken.html?q=zelfmort")
    assert any("113" in line for line in tab.until(f"() => ({TEXTS})('[data-help] li')"))


def test_a_choice_narrows_the_stories_and_stays_in_the_address(tab: Tab, root: str) -> None:
    tab.open(root + "verhalen/index.html")
    everything = len(tab.evaluate(TEXTS, "[data-facets]"))
    tab.evaluate("() => document.querySelector('select[name=thema]').focus()")
    tab.press("Wonen")
    tab.until("() => location.search === '?thema=Wonen'")
    left = len(tab.evaluate(TEXTS, "[data-facets]"))
    assert 0 < left < everything
    assert tab.evaluate(TEXTS, ".filter output") == [f"{left} verhalen"]
    tab.open(tab.evaluate("() => location.href"))
    assert len(tab.evaluate(TEXTS, "[data-facets]")) == left


# ── working with it ──


def test_the_planner_makes_a_plan_and_a_calendar(tab: Tab, root: str) -> None:
    tab.open(root + "toolkit/planner.html")
    few = len(tab.evaluate(TEXTS, ".planner-table tbody tr"))
    tab.click("input[name=tijd][value=groot]")
    many = tab.evaluate(TEXTS, ".planner-table tbody tr")
    assert len(many) > 2 * few
    (said,) = tab.evaluate(TEXTS, ".planner output")
    assert " dingen om te doen, van 4\xa0januari 2027 tot en met " in said
    file = tab.download("[data-calendar]")
    assert file.name == "campagneplan.ics"
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) > few


def test_the_worksheet_computes_its_example(tab: Tab, root: str) -> None:
    tab.open(root + "rekenhulp.html")
    assert tab.evaluate(TEXTS, ".sheet-missing output") == [BEGIN]
    tab.click("[data-do=example]")
    (said,) = tab.evaluate(TEXTS, "[data-slot=range]")
    assert said.replace("\xa0", " ") == (
        "Elke euro levert naar schatting 1,5 tot 2,5 euro op. Het waarschijnlijkst is 2,1."
    )


def test_an_address_book_gets_a_card(tab: Tab, root: str) -> None:
    tab.open(root + "contact.html")
    file = tab.download("a[href='contact.vcf']")
    assert file.name == "contact.vcf"
    assert file.read_bytes().startswith(b"BEGIN:VCARD\r\n")
    (answer,) = (one for one in tab.named(firefox.ANSWERED) if one["request"]["url"].endswith(".vcf"))
    assert answer["response"]["mimeType"] in {"text/vcard", "text/x-vcard"}


@pytest.mark.parametrize("path", ["index.html", STORY, "rekenhulp.html", "toolkit/planner.html"])
def test_a_page_can_be_printed(tab: Tab, root: str, path: str) -> None:
    tab.open(root + path)
    with closing(PdfDocument(tab.pdf())) as printed:
        assert all(ink_below(page, page.get_height()) for page in printed)
        assert path != STORY or len(printed) <= 2


@pytest.mark.parametrize("path", ["toolkit/strategie.html", "bewijs/wat-een-euro-oplevert.html"])
def test_on_paper_something_follows_a_heading(tab: Tab, root: str, path: str) -> None:
    tab.open(root + path)
    names = {heading.splitlines()[-1] for heading in tab.evaluate(TEXTS, ".prose > :is(h2, h3, h4)")}
    with closing(PdfDocument(tab.pdf())) as printed:
        found = [line for page in printed for line in lines(page) if line[0] in names]
        assert len({name for name, _, _ in found}) > 3
        assert [name for name, page, bottom in found if not ink_below(page, bottom)] == []


def lines(page: PdfPage) -> Iterator[tuple[str, PdfPage, float]]:
    """Lines of text on a sheet with their bottom in points. Firefox writes those in bold as text."""
    words = page.get_textpage()
    for rect in map(words.get_rect, range(words.count_rects())):
        yield words.get_text_bounded(*rect).strip(), page, rect[1]


def ink_below(page: PdfPage, bottom: float) -> bool:
    """Whether anything is drawn on the sheet below this height."""
    sheet = page.render(scale=1).to_pil().convert("L")
    below = sheet.crop((0, round(page.get_height() - bottom) + 4, *sheet.size))
    return bool(below.getextrema()[0] < 128)


# ── in other circumstances ──


def test_at_night_the_page_has_other_colours(tab: Tab, root: str, tmp_path: Path) -> None:
    tab.open(root + STORY)
    day = tab.evaluate(COLOURS)
    with firefox.started(tmp_path, **firefox.DARK) as night:
        night.open(root + STORY)
        assert all(one != other for one, other in zip(day, night.evaluate(COLOURS), strict=True))
        assert night.evaluate(DRAWN, ".poster-picture img") == 1
        assert night.faults() == []


def test_without_scripts_help_is_listed_and_stories_can_be_read(root: str, tmp_path: Path) -> None:
    with firefox.started(tmp_path, **firefox.NO_SCRIPTS) as bare:
        bare.open(root + "zoeken.html")
        assert len(bare.evaluate(TEXTS, "[data-help] li a[href^='tel:']")) == 5
        assert bare.evaluate(TEXTS, "input[type=search], main button") == []
        bare.follow("main a[href='verhalen/index.html']")
        assert len(bare.evaluate(TEXTS, "[data-facets]")) > 8
        assert bare.evaluate(TEXTS, ".filter, button") == []
        bare.follow("main a[href='amina.html']")
        (text,) = bare.evaluate(TEXTS, "main")
        assert "Op elke verdieping zeiden ze hetzelfde" in text
        assert len(text) > 2000
        assert bare.faults() == []
