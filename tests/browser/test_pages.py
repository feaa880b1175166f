"""The demo campaign as visitors meet it: any host, any width, any colour scheme, with and without scripts."""

from __future__ import annotations

import functools
import io
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from helpers import browser as tools
from helpers.browser import Look, Site
from microsite.content.kinds import (
    BY_NAME,
    CALCULATION,
    LISTING,
    MISSING,
    MOVED,
    SECTIONS,
    SERIES,
    STORY,
    STYLE_GUIDE,
    TALLY,
)

VARIED = (STORY, LISTING, MISSING, MOVED, STYLE_GUIDE)
OF_MEMBERS = (CALCULATION, SERIES, TALLY)
"""What the demo campaign itself has none of: see test_examples.py."""
KINDS = (
    *(f"listing {section}" for section in SECTIONS),
    *("story worker", "story client", "story in en", "page in ar", "page in en"),
    *(name for name, kind in BY_NAME.items() if kind not in VARIED + OF_MEMBERS),
)
ALIKE = ("listing films", "listing geluid", "listing interviews")
"""Overviews that have nothing which that of opinions does not have; they are among the long tests."""
EACH = [pytest.param(kind, marks=pytest.mark.long if kind in ALIKE else ()) for kind in KINDS]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}  # also a window of 1280 at 400 % (WCAG 1.4.10)
FOLDERS = "campagnes/Wélzijn-één"  # two deep, and not ASCII
STILL = {"reduced_motion": "reduce"}  # nothing glides, so nothing has to be waited for

WAYS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE, **STILL},
    "desktop": {"viewport": DESKTOP, **STILL},
    "reader's own style": {"bypass_csp": True, **STILL},
    "no scripts": {"viewport": DESKTOP, "java_script_enabled": False, **STILL},
    "paper": {"viewport": DESKTOP, **STILL},
    "forced, light": {"viewport": PHONE, "forced_colors": "active", "color_scheme": "light", **STILL},
    "forced, dark": {"viewport": PHONE, "forced_colors": "active", "color_scheme": "dark", **STILL},
    "clipboard": {"permissions": ["clipboard-read", "clipboard-write"], **STILL},
}
ADDED = (
    "[data-share], [data-copy], [data-take], .tasks-note, [data-filter], [data-search], noscript, "
    ".planner-choices, .planner-result, [data-help]"
)
"""What scripts add, and what stands there without them."""
Visit = Callable[[str], Page]
"""A browser's page for one of the ways to visit; the same page each time, for that is quick."""


# ── the site, its places and the browser, once for all ───────────────────────────────────────────────


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a brand whose address is two folders deep."""
    place = tmp_path_factory.mktemp("below")
    shutil.copytree(tools.PROJECT / "brands" / tools.BRAND, place / "diep")
    file = place / "diep" / "brand.yaml"
    deep = re.sub(r"(?m)^url:.*$", f"url: https://deep.example/{quote(FOLDERS)}/", file.read_text("utf-8"))
    file.write_text(deep, "utf-8")
    tools.build(place / "output", place / "diep", material="none")
    return place / "output" / "diep"


@pytest.fixture(scope="module")
def places(
    site: Site, root: str, below: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Where the same site stands: the address of its folder at each place."""
    around, own = (tmp_path_factory.mktemp(name) for name in ("host", "own"))
    shutil.copytree(site.folder, around / FOLDERS)
    shutil.copytree(below, own / FOLDERS)
    with tools.served(around) as deep, tools.served(own, lost=f"{FOLDERS}/404.html") as named:
        yield {
            "file": f"{(around / FOLDERS).as_uri()}/",
            "root": root,
            "deep": f"{deep}/{quote(FOLDERS)}/",
            "own folder": f"{named}/{quote(FOLDERS)}/",
        }


@pytest.fixture(scope="module")
def visit(chromium: Browser) -> Iterator[Visit]:
    with ExitStack() as open_pages:
        yield functools.cache(lambda way: open_pages.enter_context(tools.opened(chromium, **WAYS[way])))


def test_there_is_a_page_of_each_kind(site: Site) -> None:
    assert set(site.kinds) == {*KINDS, "missing"}


# ── the observers see what they should ───────────────────────────────────────────────────────────────

BAD = """<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src *"><title>x</title></head>
<body><a class="skip">x</a><img src="gone.png"><img src="http://localhost:9/foreign.png"><script>1</script>
<p style="width:900px">x</p></body></html>"""


def test_the_observers_are_not_blind(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(BAD, "utf-8")
    with tools.served(tmp_path) as host, tools.opened(chromium, viewport=PHONE, bypass_csp=False) as page:
        faults = "\n".join(tools.open_and_look(page, f"{host}/bad.html"))
    for sign in (
        "no image",
        "stylesheet is not applied",
        "console error",
        "404",
        "foreign request: http://loc",
    ):
        assert sign in faults
    assert "script-src" in faults
    at = (tmp_path / "bad.html").as_uri()
    with tools.opened(chromium, viewport=PHONE, bypass_csp=True) as page:
        page.goto(at)
        assert "sideways" in "".join(page.evaluate(tools.WIDTH))
    found = "\n".join(tools.audit(chromium, [at], [Look("light", PHONE, least=1)]))
    assert "image-alt" in found
    assert "html-has-lang" in found


# ── hosted anywhere, and no third party ──────────────────────────────────────────────────────────────

DEEP = ("campaign", "story worker", "listing verhalen", "evidence", "planner", "search")
"""What is visited below two folders in each run; what stands on a disk is below those folders as well."""


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        pytest.param(kind, place, marks=pytest.mark.long if place == "deep" and kind not in DEEP else ())
        for kind in KINDS
        for place in ("file", "root", "deep")
    ],
)
def test_a_page_works_at_any_place(
    kind: str, place: str, site: Site, places: dict[str, str], visit: Visit
) -> None:
    with closing(visit("desktop").context.new_page()) as page:
        assert tools.open_and_look(page, tools.address(places[place], site.kinds[kind])) == []


@pytest.mark.parametrize("path", ["404.html", "weg.html", "verhalen/diep/weg.html"])
@pytest.mark.parametrize("place", ["root", "own folder"])
def test_not_found_is_at_home_at_any_depth(
    path: str, place: str, places: dict[str, str], visit: Visit
) -> None:
    with closing(visit("desktop").context.new_page()) as page:
        faults = tools.open_and_look(page, tools.address(places[place], path))
        itself = (f"404: {page.url}", "console error: Failed to load resource: the server responded")
        assert [fault for fault in faults if not fault.startswith(itself)] == []
        page.locator("main a").first.click()
        assert page.url == f"{places[place]}index.html"
        assert page.locator("body.kind-campaign").count() == 1


# ── everybody can use it ─────────────────────────────────────────────────────────────────────────────


LIGHT = Look("light", PHONE)
IN_THE_DARK = tools.in_the_dark(PHONE)


def test_axe_finds_nothing_on_a_page_of_each_kind(
    site: Site, places: dict[str, str], chromium: Browser
) -> None:
    each = [tools.address(places["root"], path) for kind, path in site.kinds.items() if kind not in ALIKE]
    assert tools.audit(chromium, each, [LIGHT]) == []


@pytest.mark.long  # minutes of the same: the pages of a member in the dark are looked at in test_examples.py
@pytest.mark.parametrize("look", [IN_THE_DARK, Look("light", DESKTOP)], ids=["dark", "desktop"])
def test_axe_finds_nothing_however_it_is_looked_at(
    look: Look, site: Site, places: dict[str, str], chromium: Browser
) -> None:
    each = [tools.address(places["root"], path) for path in site.kinds.values()]
    assert tools.audit(chromium, each, [look]) == []


@pytest.mark.long  # a minute and a half of the same: one page of each kind is looked at above
def test_axe_finds_nothing_on_any_other_page(site: Site, places: dict[str, str], chromium: Browser) -> None:
    seen = {path for kind, path in site.kinds.items() if kind not in ALIKE}
    others = [path for path in site.paths if path not in seen]
    every = [tools.address(places["root"], path) for path in others]
    assert tools.audit(chromium, every, [LIGHT, IN_THE_DARK]) == []


def sideways(page: Page, at: str) -> Iterator[str]:
    """What scrolls sideways or is cut off at any width, and where letters and words stand further apart."""
    page.goto(at)
    for size in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size(size)
        yield from (f"{at} at {size['width']}: {fault}" for fault in page.evaluate(tools.WIDTH))
    page.add_style_tag(content=tools.SPACED)
    yield from (f"{at} with text spacing: {fault}" for fault in page.evaluate(tools.WIDTH))


def test_nothing_scrolls_sideways_or_is_cut_off(site: Site, places: dict[str, str], visit: Visit) -> None:
    page = visit("reader's own style")
    each = [tools.address(places["root"], path) for path in site.kinds.values()]
    assert [fault for at in each for fault in sideways(page, at)] == []


@pytest.mark.long  # more of the same: one page of each kind is looked at above
def test_nothing_does_on_any_other_page(site: Site, places: dict[str, str], visit: Visit) -> None:
    page = visit("reader's own style")
    others = [path for path in site.paths if path not in site.kinds.values()]
    every = [tools.address(places["root"], path) for path in others]
    assert [fault for at in every for fault in sideways(page, at)] == []


@pytest.mark.parametrize("kind", ["campaign", "story worker", "evidence", "missing"])
def test_the_skip_link_is_first_and_works(
    kind: str, site: Site, places: dict[str, str], visit: Visit
) -> None:
    page = visit("phone")
    page.goto(tools.address(places["root"], site.kinds[kind]))
    page.keyboard.press("Tab")
    box = page.locator("a.skip:focus").bounding_box()
    assert box
    assert box["y"] >= 0, "the skip link stays out of sight"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.tagName") == "MAIN"
    page.keyboard.press("Tab")
    assert page.locator("main :focus, main ~ * :focus").count() == 1


WALKED = ("campaign", "story worker", "evidence", "guide", "listing verhalen", "search")
WIDE = ("campaign", "search")
"""What is walked through on a wide screen in each run; on a phone, where more is asked, all of these are."""
STOPS = ", ".join(
    f"{one}:visible" for one in ("a[href]", "button", "summary", "input", "select", "[tabindex='0']")
)
A_LINE = 48
"""How much higher a link may begin than the one before it that is in the same line of text."""


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        *((kind, "phone") for kind in WALKED),
        *(pytest.param(kind, "desktop", marks=() if kind in WIDE else pytest.mark.long) for kind in WALKED),
    ],
)
def test_the_keyboard_goes_down_the_page_past_everything_and_is_seen(
    kind: str, way: str, site: Site, places: dict[str, str], visit: Visit
) -> None:
    page = visit(way)
    page.goto(tools.address(places["root"], site.kinds[kind]))
    stops = page.locator(STOPS).count()
    above = before = 0.0
    for _ in range(stops):
        page.keyboard.press("Tab")
        focus = page.evaluate(tools.FOCUS)
        assert not focus["end"], "the keyboard does not reach everything"
        assert focus["visible"], f"focus cannot be seen on {focus['name']}"
        assert focus["inside"], f"focus is outside the window on {focus['name']}"
        down = focus["top"] > above - A_LINE or focus["left"] > before  # or on to the next column
        assert way != "phone" or down, f"focus goes back up to {focus['name']}"
        above, before = focus["top"], focus["left"]
    page.keyboard.press("Tab")
    focus = page.evaluate(tools.FOCUS)
    round_again = 'class="skip"' in focus["name"]  # a browser may leave the page at its end, or begin again
    assert focus["end"] or round_again, f"a focus stop that is nothing to use: {focus['name']}"


@pytest.mark.parametrize("kind", EACH)
def test_without_scripts_everything_is_there(
    kind: str, site: Site, places: dict[str, str], visit: Visit
) -> None:
    read = []
    for way in ("desktop", "no scripts"):
        page = visit(way)
        page.goto(tools.address(places["root"], site.kinds[kind]))
        page.evaluate("added => document.querySelectorAll(added).forEach(b => b.remove())", ADDED)
        read.append((page.locator("main").inner_text(), page.locator("main a:visible").count()))
    assert read[0] == read[1]
    assert len(read[0][0]) > 100


def test_the_script_offers_to_copy_the_address(site: Site, places: dict[str, str], visit: Visit) -> None:
    page, path = visit("clipboard"), site.kinds["story worker"]
    page.goto(tools.address(places["root"], path))
    button = page.locator("[data-copy]")
    button.click()
    expect(button).to_have_text(button.get_attribute("data-done") or "?")
    assert page.evaluate("() => navigator.clipboard.readText()") == site.address + path


def test_ticks_are_kept_on_this_device_and_can_be_cleared(
    site: Site, places: dict[str, str], visit: Visit
) -> None:
    page, path = visit("clipboard"), "toolkit/werkbezoek.html"
    page.goto(tools.address(places["root"], path))
    boxes = page.locator(".task input")
    assert boxes.count() > 4
    page.get_by_label(page.locator(".task").nth(1).inner_text()).check()
    page.reload()
    assert [box.is_checked() for box in boxes.all()] == [n == 1 for n in range(boxes.count())]
    page.goto(tools.address(places["root"], "toolkit/strategie.html"))
    assert page.locator(".task input:checked").count() == 0
    page.goto(tools.address(places["root"], path))
    page.locator("[data-clear]:visible").click()
    expect(boxes.first).to_be_focused()
    page.reload()
    assert page.locator(".task input:checked").count() == 0
    assert page.evaluate("() => localStorage.length") == 0


def test_a_text_is_copied_with_the_name_filled_in(site: Site, places: dict[str, str], visit: Visit) -> None:
    page = visit("clipboard")
    page.goto(tools.address(places["root"], "toolkit/werkbezoek.html"))
    button = page.locator(".callout-overnemen [data-take]").first
    button.click()
    expect(button).to_have_text(button.get_attribute("data-done") or "?")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Geachte heer of mevrouw,\n\n")
    assert "Sociaal werkt!" in copied
    assert (button.get_attribute("data-done") or "?") not in copied
    titles = [
        page.locator(f"[id='{one.get_attribute('aria-describedby')}']")
        for one in page.locator("[data-take]:visible").all()
    ]
    assert [title.inner_text() for title in titles] == [
        "Om over te nemen: Uitnodiging",
        "Om over te nemen: Bedankbrief",
    ]


def test_a_list_to_tick_off_has_its_boxes_without_scripts_and_on_paper(
    site: Site, places: dict[str, str], visit: Visit
) -> None:
    page = visit("no scripts")
    page.goto(tools.address(places["root"], "toolkit/werkbezoek.html"))
    box = "e => getComputedStyle(e, '::before').inlineSize"
    assert float(page.locator(".task").first.evaluate(box).removesuffix("px")) > 12
    assert page.locator("button:visible").count() == 0


# ── paper and other people's colours ─────────────────────────────────────────────────────────────────


def shown(page: Page) -> int:
    """How many colours the window shows; an empty page has one."""
    return len(Image.open(io.BytesIO(page.screenshot())).convert("RGB").getcolors(1 << 24) or ())


@pytest.mark.parametrize("kind", EACH)
def test_a_page_can_be_printed(kind: str, site: Site, places: dict[str, str], visit: Visit) -> None:
    page = visit("paper")
    page.goto(tools.address(places["root"], site.kinds[kind]))
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator("nav:visible, .skip:visible, button:visible").count() == 0
    assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    if kind in {"campaign", "evidence"}:
        assert shown(page) > 2
        assert page.pdf().startswith(b"%PDF-")


SHEET = re.compile(rb"/Type\s*/Page\b")


def test_a_story_is_one_sheet_of_paper_that_says_where_it_is_from(
    site: Site, places: dict[str, str], visit: Visit
) -> None:
    page = visit("paper")
    for path in site.paths:
        if '<body class="kind-story">' in site.sources[path]:
            page.goto(tools.address(places["root"], path))
            assert len(SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True))) <= 2, path
            page.emulate_media(media="print")
            assert page.get_by_text(f"{site.address}{path}", exact=True).is_visible()


UNSEEN = """() => [...document.querySelectorAll("body *")].filter(one => {
  const style = getComputedStyle(one);
  return one.innerText && style.color === style.backgroundColor;
}).map(one => one.className)"""


@pytest.mark.parametrize("way", ["forced, light", "forced, dark"])
@pytest.mark.parametrize("kind", ["campaign", "listing bewijs", "story worker", "evidence", "guide"])
def test_a_page_can_be_read_in_forced_colours(
    kind: str, way: str, site: Site, places: dict[str, str], visit: Visit
) -> None:
    page = visit(way)
    page.goto(tools.address(places["root"], site.kinds[kind]))
    for words in ("h1", ".menu a", "main a"):
        assert page.locator(words).first.is_visible()
    assert page.evaluate(UNSEEN) == []
    assert shown(page) > 2
