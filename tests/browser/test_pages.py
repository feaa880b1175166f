"""The demo campaign as visitors meet it: any host, any width, any colour scheme, with and without scripts."""

from __future__ import annotations

import functools
import gzip
import io
import itertools
import json
import re
import shutil
import urllib.robotparser
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect
from selectolax.lexbor import LexborNode

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
from microsite.core.languages import translated

VARIED = (STORY, LISTING, MISSING, MOVED, STYLE_GUIDE)
OF_MEMBERS = (CALCULATION, SERIES, TALLY)
"""What the demo campaign itself has none of: see test_examples.py."""
KINDS = (
    *(f"listing {section}" for section in SECTIONS),
    *("story worker", "story client", "story in en", "page in ar", "page in en"),
    *(name for name, kind in BY_NAME.items() if kind not in VARIED + OF_MEMBERS),
)
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
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo campaign, and the same for a brand whose site stands two folders deep."""
    place = tmp_path_factory.mktemp("browser")
    demo = tools.PROJECT / "brands" / tools.BRAND
    shutil.copytree(demo, place / "diep")
    file = place / "diep" / "brand.yaml"
    deep = re.sub(r"(?m)^url:.*$", f"url: https://deep.example/{quote(FOLDERS)}/", file.read_text("utf-8"))
    file.write_text(deep, "utf-8")
    tools.build(place / "output", tools.BRAND, place / "diep", material="all")
    return place / "output"


@pytest.fixture(scope="module")
def site(output: Path) -> Site:
    return Site(output / tools.BRAND)


@pytest.fixture(scope="module")
def places(output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the same site stands: the address of its folder at each place."""
    around, own = (tmp_path_factory.mktemp(name) for name in ("host", "own"))
    shutil.copytree(output / tools.BRAND, around / FOLDERS)
    shutil.copytree(output / "diep", own / FOLDERS)
    with ExitStack() as hosts:
        root = hosts.enter_context(tools.served(output / tools.BRAND))
        deep = hosts.enter_context(tools.served(around))
        named = hosts.enter_context(tools.served(own, lost=f"{FOLDERS}/404.html"))
        yield {
            "file": f"{(around / FOLDERS).as_uri()}/",
            "root": f"{root}/",
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


@pytest.mark.parametrize("place", ["file", "root", "deep"])
@pytest.mark.parametrize("kind", KINDS)
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
IN_THE_DARK = Look("dark", PHONE, tools.COLOUR_RULES, 1)  # where only colours differ


def test_axe_finds_nothing_on_a_page_of_each_kind(
    site: Site, places: dict[str, str], chromium: Browser
) -> None:
    each = [tools.address(places["root"], path) for path in site.kinds.values()]
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
    others = [path for path in site.paths if path not in site.kinds.values()]
    every = [tools.address(places["root"], path) for path in others]
    assert tools.audit(chromium, every, [LIGHT, IN_THE_DARK]) == []


def test_nothing_scrolls_sideways_or_is_cut_off(site: Site, places: dict[str, str], visit: Visit) -> None:
    page, found = visit("reader's own style"), []
    for path in site.paths:
        page.goto(tools.address(places["root"], path))
        for size in (DESKTOP, PHONE, NARROW) if path in site.kinds.values() else (NARROW,):
            page.set_viewport_size(size)
            found += [f"{path} at {size['width']}: {fault}" for fault in page.evaluate(tools.WIDTH)]
        page.add_style_tag(content=tools.SPACED)
        found += [f"{path} with text spacing: {fault}" for fault in page.evaluate(tools.WIDTH)]
    assert found == []


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
STOPS = ", ".join(
    f"{one}:visible" for one in ("a[href]", "button", "summary", "input", "select", "[tabindex='0']")
)
A_LINE = 48
"""How much higher a link may begin than the one before it that is in the same line of text."""


@pytest.mark.parametrize("way", ["phone", "desktop"])
@pytest.mark.parametrize("kind", WALKED)
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


@pytest.mark.parametrize("kind", KINDS)
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


@pytest.mark.parametrize("kind", KINDS)
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


# ── links ────────────────────────────────────────────────────────────────────────────────────────────

HOST = "http://site.invalid/"


def references(node: LexborNode) -> Iterator[str]:
    for name in ("href", "src", "poster"):
        if value := node.attributes.get(name):
            yield value
    for part in (node.attributes.get("srcset") or "").split(","):
        if part.strip():
            yield part.split()[0]


def broken(site: Site, path: str, reference: str) -> str:
    """Why a reference to something of ours does not lead there, or ""."""
    target = urlsplit(urljoin(HOST + quote(path), reference))
    if f"{target.scheme}://{target.netloc}/" != HOST:
        return ""
    if reference.startswith("/") and path != "404.html":
        return "not relative"
    file = unquote(target.path).lstrip("/")
    if not (site.folder / file).is_file():
        return "no such file"
    if not target.fragment or file not in site.trees:
        return ""
    goal = f'[id="{unquote(target.fragment)}"]'
    return "" if site.trees[file].css_first(goal) else "no such place on that page"


def test_every_link_leads_somewhere(site: Site) -> None:
    found, count = set(), 0
    for path, tree in site.trees.items():
        for node in tree.css("[href], [src], [srcset], [poster]"):
            for reference in references(node):
                count += 1
                if why := broken(site, path, reference):
                    found.add(f"{path}: {reference}: {why}")
    assert sorted(found) == []
    assert count > 20 * len(site.paths)


def test_every_page_can_be_reached_from_the_first(site: Site) -> None:
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for link in site.trees[path].css("a[href]"):
            target = urlsplit(urljoin(HOST + quote(path), link.attributes["href"] or ""))
            file = unquote(target.path).lstrip("/")
            if target.netloc == urlsplit(HOST).netloc and file in site.trees and file not in seen:
                seen.add(file)
                waiting.append(file)
    assert seen == set(site.linked)


def test_nothing_is_fetched_from_others(site: Site) -> None:
    for path, tree in site.trees.items():
        fetched = "[src], [srcset], [poster], link:not([rel=canonical], [hreflang])"
        for reference in (reference for node in tree.css(fetched) for reference in references(node)):
            captions = reference.startswith("data:text/vtt;")  # within the page: see docs/decisions/clips.md
            assert captions or urlsplit(reference)[:2] == ("", ""), f"{path}: {reference}"


def test_links_to_others_do_not_tell_where_the_reader_was(site: Site) -> None:
    for path, tree in site.trees.items():
        policy = tree.css_first('meta[name="referrer"]')
        assert policy is not None, path
        assert policy.attributes["content"] == "no-referrer", path
        for link in tree.css('a[href^="http"]'):
            assert "noreferrer" in (link.attributes.get("rel") or "").split(), f"{path}: {link.html}"
            assert link.attributes.get("target") is None, f"{path}: {link.html}"


# ── the HTML itself ──────────────────────────────────────────────────────────────────────────────────


def one_heading_first_and_no_level_left_out(tree: LexborNode) -> bool:
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    steps = itertools.pairwise(levels)
    return levels[:1] == [1] and levels.count(1) == 1 and all(after - before <= 1 for before, after in steps)


def test_headings_make_an_outline(site: Site) -> None:
    for path, tree in site.trees.items():
        assert tree.root is not None
        assert one_heading_first_and_no_level_left_out(tree.root), path


def test_ids_are_unique_and_those_that_are_named_exist(site: Site) -> None:
    for path, tree in site.trees.items():
        ids = Counter(node.attributes["id"] for node in tree.css("[id]"))
        assert [id for id, times in ids.items() if times > 1 or not id] == [], path
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"):
            for node in tree.css(f"[{name}]"):
                assert set((node.attributes[name] or "").split()) <= set(ids), f"{path}: {node.html}"


def test_each_page_says_its_language_and_its_own_title(site: Site) -> None:
    titles = Counter[str]()
    for path, tree in site.trees.items():
        _, language = translated(f"{path.removesuffix('.html')}.md")
        assert tree.css_first("html").attributes.get("lang") == (language or "nl"), path
        title = tree.css_first("title").text().strip()
        assert title, path
        assert title == " ".join(title.split()), path
        titles[title] += 1
    assert [title for title, times in titles.items() if times > 1] == []


def test_images_have_their_words_and_their_room(site: Site) -> None:
    for path, tree in site.trees.items():
        for image in tree.css("img"):
            assert image.attributes.get("alt") is not None, f"{path}: {image.html}"
            for side in ("width", "height"):
                assert (image.attributes.get(side) or "").isdigit(), f"{path}: {image.html}"


def test_no_style_and_no_script_inside_a_page(site: Site) -> None:
    for path, tree in site.trees.items():
        assert tree.css_first("style, [style]") is None, path
        for node in tree.css("*"):
            assert [name for name in node.attributes if name.startswith("on")] == [], f"{path}: {node.html}"
        for script in tree.css("script:not([src])"):
            assert script.attributes["type"] == "application/ld+json", path
            assert json.loads(script.text())["@context"] == "https://schema.org", path
        for link in tree.css("[href]"):
            scheme = urlsplit(link.attributes["href"] or "").scheme
            assert scheme in {"", "https", "http", "mailto", "tel"}, f"{path}: {link.html}"


def test_the_policy_is_strict_and_comes_before_all_that_it_governs(site: Site) -> None:
    for path, tree in site.trees.items():
        first, second = [node for node in tree.head.iter() if node.tag != "-text"][:2]
        assert first.attributes.get("charset") == "utf-8", path
        assert "<meta charset" in site.sources[path][:1000], path
        assert second.attributes.get("http-equiv") == "Content-Security-Policy", path
        policy = second.attributes["content"] or ""
        assert policy.startswith("default-src 'none'; "), path
        for weak in ("unsafe", "*", "http:", "https:", "blob:", "frame-ancestors", "sandbox", "report"):
            assert weak not in policy, path


VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class Tags(HTMLParser):
    """Notes what is not closed in the order in which it was opened: our templates leave nothing out."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = [name for name, times in Counter(name for name, _ in attrs).items() if times > 1]
        if twice:
            self.faults.append(f"line {self.getpos()[0]}: <{tag}> has {twice} twice")
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes {self.open[-1:]}")
        while self.open and self.open.pop()[0] != tag:
            pass


def test_what_is_opened_is_closed(site: Site) -> None:
    for path, source in site.sources.items():
        tags = Tags()
        tags.feed(source)
        tags.close()
        assert (path, tags.faults, tags.open) == (path, [], [])


def test_no_mark_of_a_template_or_of_markdown_is_left(site: Site) -> None:
    for path, tree in site.trees.items():
        words = tree.body.text(separator=" ")
        for mark in ("{{", "}}", "{%", "](", "[!", "None", "Undefined", "\ufffd"):
            assert mark not in words, f"{path}: {mark}"


# ── for machines ─────────────────────────────────────────────────────────────────────────────────────


def file_of(site: Site, at: str) -> Path:
    """The file that is served at one of our absolute addresses."""
    assert at.startswith(site.address), at
    path = unquote(at.removeprefix(site.address))
    return site.folder / (f"{path}index.html" if not path or path.endswith("/") else path)


def test_the_feed_can_be_read_anywhere(site: Site) -> None:
    raw = (site.folder / "feed.xml").read_bytes()
    feed = feedparser.parse(raw)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id == feed.feed.link == site.address
    assert feed.feed.updated_parsed
    assert feed.entries
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.title
        assert entry.summary
        assert entry.updated_parsed
        assert file_of(site, entry.link).is_file()
    for node in ET.fromstring(raw).iter("{http://www.w3.org/2005/Atom}link"):
        assert file_of(site, node.attrib["href"]).is_file()


def test_the_sitemap_lists_exactly_the_pages_that_may_be_found(site: Site) -> None:
    tree = ET.fromstring((site.folder / "sitemap.xml").read_bytes())
    listed = [node.text or "" for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    canonical = set()
    for page in site.trees.values():
        robots = page.css_first('meta[name="robots"]')
        link = page.css_first('link[rel="canonical"]')
        if robots is None or "noindex" not in (robots.attributes["content"] or ""):
            canonical.add(link.attributes["href"])
    assert len(listed) == len(set(listed))
    assert set(listed) == canonical
    assert all(file_of(site, at).is_file() for at in listed)


def test_each_page_names_its_own_address(site: Site) -> None:
    for path, tree in site.trees.items():
        canonical = tree.css_first('link[rel="canonical"]').attributes["href"] or ""
        assert file_of(site, canonical) == site.folder / path
        for name in ("og:url", "og:image"):
            shared = tree.css_first(f'meta[property="{name}"]')
            assert shared is None or file_of(site, shared.attributes["content"] or "").is_file(), path


def test_robots_may_read_everything_and_find_the_sitemap(site: Site) -> None:
    rules = urllib.robotparser.RobotFileParser()
    rules.parse((site.folder / "robots.txt").read_text("utf-8").splitlines())
    assert rules.site_maps() == [f"{site.address}sitemap.xml"]
    assert all(rules.can_fetch("*", f"/{quote(path)}") for path in site.paths)


# ── weight ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_story_is_there_in_one_round_trip(output: Path) -> None:
    """What is needed to read comes in the first packets; with letter and portrait it is a small page.

    The rules for paper come after it, and are not waited for.
    """
    site = output / tools.BRAND
    letters = sum(font.stat().st_size for font in (site / "fonts").glob("*.woff2"))
    assert letters <= 32 * 1024
    for file in sorted((site / "verhalen").glob("*.html")):
        page = file.read_text("utf-8")
        if 'class="kind-story"' not in page:
            continue  # an overview
        needed = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', page)
        first = [_sent(file), *(_sent(file.parent / name) for name in needed)]
        assert len(first) <= 3, (file.name, needed)
        assert sum(first) <= 14 * 1024, (file.name, first)
        (portrait,) = re.findall(r'<div class="poster-picture">\s*<picture>\s*<img src="([^"]+)"', page)
        assert sum(first) + letters + _sent(file.parent / portrait) <= 60 * 1024, file.name


def _sent(file: Path) -> int:
    """How many bytes a server sends."""
    return len(gzip.compress(file.read_bytes(), 9))
