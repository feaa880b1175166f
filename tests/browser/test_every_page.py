"""Every page of the demo campaign as it is written: links, outline, policy, weight, what machines read."""

from __future__ import annotations

import gzip
import itertools
import json
import re
import urllib.robotparser
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
from selectolax.lexbor import LexborNode

from helpers.browser import Site
from microsite.core.languages import translated

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


def test_a_story_is_there_in_one_round_trip(site: Site) -> None:
    """What is needed to read comes in the first packets; with letter and portrait it is a small page.

    The rules for paper come after it, and are not waited for.
    """
    letters = sum(font.stat().st_size for font in (site.folder / "fonts").glob("*.woff2"))
    assert letters <= 32 * 1024
    for file in sorted((site.folder / "verhalen").glob("*.html")):
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
