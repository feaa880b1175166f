"""A page in another language stands beside the page that it translates, and never without it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from helpers import sites
from helpers.sites import BRAND, Campaign, page
from microsite import cli
from microsite.core.i18n import translations

ANOUK = "content/verhalen/anouk.md"
ENGLISH = "content/verhalen/anouk.en.md"
TRANSLATION = """\
---
title: Anouk opens up
summary: How it went with a door.
quote: {text: I thought I was the only one., speaker: Anouk}
image: {alt: A round window}
---
On the fourth floor a door opens. Read [what Bas does](bas.md).

## The hall

There are {{ feit:deuren }} in a row.
"""
LINK = ".prose a:not([href^=tel])"
BARE = TRANSLATION.replace("image: {alt: A round window}\n", "")
START = page("We begin", "Today.", summary="In short.")
CONTACT = page(
    "Contact us", "Call {{ telefoon }} or read [about Anouk](verhalen/anouk.md).", summary="In short."
)


@pytest.fixture
def site(campaign: Campaign) -> Campaign:
    campaign.write(ENGLISH, TRANSLATION)
    campaign.write("content/contact.en.md", CONTACT)
    campaign.build().fine()
    return campaign


def nodes(html: str, selector: str) -> list[LexborNode]:
    return LexborHTMLParser(html).css(selector)


def alternates(html: str) -> list[tuple[str | None, str | None]]:
    found = nodes(html, 'link[rel="alternate"][hreflang]')
    return [(node.attributes["hreflang"], node.attributes["href"]) for node in found]


# ── the page ──


def test_it_is_the_same_page_in_other_words(site: Campaign) -> None:
    html = site.shown("verhalen/anouk.en.html")
    assert nodes(html, "html")[0].attributes == {"lang": "en"}
    assert [n.text() for n in nodes(html, "h1")] == ["Anouk opens up"]
    assert nodes(html, "meta[name=description]")[0].attributes["content"] == "How it went with a door."
    assert "“I thought I was the only\u00a0one.”" in html
    assert nodes(html, ".poster-picture img")[0].attributes["alt"] == "A round window"
    assert {"Zandhage", "Anouk"} <= {n.text() for n in nodes(html, ".particulars dd")}
    assert [n.attributes["datetime"] for n in nodes(html, ".byline time")] == ["2026-05-01"]
    for words in ("Anouk doet open", "Hoe het ging", "Ik dacht dat", "Een rond raam", "Op de vierde"):
        assert words not in html


def test_the_words_around_it_are_in_its_language_and_those_of_the_site_say_theirs(site: Campaign) -> None:
    html = site.shown("verhalen/anouk.en.html")
    assert "Skip to the content" in html
    assert "Sources of the figures" in html
    for selector in (".menu ul", ".crumbs ol", ".colophon-slogan", ".themes ul", "a.fact", ".sources li"):
        assert {n.attributes.get("lang") for n in nodes(html, selector)} == {"nl"}, selector
    assert "lang=" not in site.shown("verhalen/bas.html").partition("<body")[2]


def test_both_say_where_the_other_is(site: Campaign) -> None:
    full = [(code, f"{sites.ADDRESS}verhalen/anouk{part}.html") for code, part in (("nl", ""), ("en", ".en"))]
    expected = [full[0], ("x-default", full[0][1]), full[1]]
    for path, code, name, other in (
        ("verhalen/anouk.html", "en", "English", "anouk.en.html"),
        ("verhalen/anouk.en.html", "nl", "Nederlands", "anouk.html"),
    ):
        html = site.shown(path)
        assert alternates(html) == expected
        (link,) = nodes(html, "main a[hreflang]")
        assert (link.attributes, link.text()) == ({"href": other, "lang": code, "hreflang": code}, name)
    assert "hreflang" not in site.shown("verhalen/bas.html")


def test_the_sitemap_tells_of_both(site: Campaign) -> None:
    root = ET.fromstring(site.shown("sitemap.xml"))
    place = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {
        url.findtext(f"{place}loc", ""): [
            (link.get("hreflang"), link.get("href"))
            for link in url.findall("{http://www.w3.org/1999/xhtml}link")
        ]
        for url in root
    }
    one, other = (f"{sites.ADDRESS}contact{part}.html" for part in ("", ".en"))
    assert found[one] == found[other] == [("nl", one), ("en", other)]
    assert found[f"{sites.ADDRESS}verhalen/bas.html"] == []


def test_a_link_leads_to_the_page_in_the_same_language_where_there_is_one(site: Campaign) -> None:
    english = [n.attributes["href"] for n in nodes(site.shown("contact.en.html"), LINK)]
    assert english == ["verhalen/anouk.en.html"]
    assert nodes(site.shown("contact.html"), LINK)[0].attributes["href"] == "verhalen/anouk.html"
    assert nodes(site.shown("verhalen/anouk.en.html"), ".prose a")[0].attributes["href"] == "bas.html"


def test_it_is_in_search_and_in_no_list_or_feed(site: Campaign) -> None:
    for path, data in site.tree().items():
        told = b"Anouk opens up" in data or b"Contact us" in data
        assert told is (path.endswith(".en.html") or path.startswith("js/zoeken-")), path


def test_a_language_without_words_of_ours_runs_the_other_way(campaign: Campaign) -> None:
    campaign.write("content/contact.ar.md", page("اتصل بنا", "اتصل بنا: {{ telefoon }}.", summary="باختصار."))
    campaign.build().fine()
    html = campaign.shown("contact.ar.html")
    assert nodes(html, "html")[0].attributes == {"lang": "ar", "dir": "rtl"}
    for selector in (".skip", ".masthead", ".colophon", ".menu ul"):
        (node,) = nodes(html, selector)
        assert (node.attributes["lang"], node.attributes["dir"]) == ("nl", "ltr"), selector
    assert [node.text() for node in nodes(html, ".prose bdi")] == ["010-1234567"]
    assert nodes(html, ".skip")[0].text() == nodes(campaign.shown("contact.html"), ".skip")[0].text()


def test_a_name_of_the_other_direction_keeps_to_itself(campaign: Campaign) -> None:
    """A number or a place behind an Arabic name on a Dutch page, and behind a Dutch name on an Arabic one."""
    campaign.edit(ANOUK, "name: Anouk", "name: أمينة, age: 43")
    campaign.edit(ANOUK, "speaker: Anouk", "speaker: أمينة")
    campaign.write(ANOUK.replace(".md", ".ar.md"), TRANSLATION.replace("speaker: Anouk", "speaker: أمينة"))
    campaign.build().fine()
    for path, marked in {"anouk.html": {}, "anouk.ar.html": {"lang": "nl", "dir": "ltr"}}.items():
        html = campaign.shown(f"verhalen/{path}")
        speaker, about = nodes(html, ".shout figcaption bdi")
        assert (speaker.text(), about.text()) == ("أمينة", "Zandhage")
        assert {key: about.attributes[key] for key in about.attributes if key != "class"} == marked
        assert nodes(html, ".particulars bdi")[0].text() == "أمينة"
    names = nodes(campaign.shown("verhalen/index.html"), ".card-about b")
    assert "auto" in [name.attributes["dir"] for name in names if name.text() == "أمينة"]


def test_it_is_told_when_the_page_has_other_words(site: Campaign) -> None:
    """And not when what has changed need not be translated. The hint says what to write."""
    site.edit(ENGLISH, "title:", "based_on: nieuw\ntitle:")
    problem = site.build().only()
    assert (problem["path"], problem["line"], problem["severity"]) == (ENGLISH, 2, "warning")
    assert problem["message"] == "the page that this translates has other words now"
    line = problem["hint"].split("write: ")[1]
    site.edit(ENGLISH, "based_on: nieuw", line)
    site.build().fine()
    site.edit(ANOUK, "expires_on: 2028-01-01", "expires_on: 2028-06-01")
    site.edit(ANOUK, "date: 2026-05-01", "date: 2026-05-02")
    site.build().fine()
    for old, new in {"vierde": "vijfde", "de enige": "alleen", "Een rond raam": "Een raam"}.items():
        site.edit(ANOUK, old, new)
        assert site.build().only()["path"] == ENGLISH
        site.edit(ANOUK, new, old)
    site.build().fine()


def test_a_member_hears_of_its_own_words_too(campaign: Campaign) -> None:
    """Of a page that it changes, and of which the translation is its own."""
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    campaign.write("brands/lid/content/contact.md", "---\ntitle: Bij ons\n---\n")
    campaign.write("brands/lid/content/contact.en.md", CONTACT.replace("title:", "based_on: x\ntitle:"))

    def told() -> list[str]:
        found = campaign.build("--brand", "lid").data["problems"]
        return [one["hint"].split("write: ")[1] for one in found if "other words" in one["message"]]

    (line,) = told()
    campaign.edit("brands/lid/content/contact.en.md", "based_on: x", line)
    assert told() == []
    assert (campaign.output / "lid/contact.en.html").exists()
    campaign.edit("brands/lid/content/contact.md", "Bij ons", "Kom langs")
    assert told() != [line]


# ── what governs it ──


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: valid", "status: withdrawn"),
        ("status: valid", "status: pending"),
        ("status: valid", "status: vald"),
        ("scope: [web, social]", "scope: [print]"),
        ("expires_on: 2028-01-01", "expires_on: 2026-11-22"),
        ("final_text_seen_on: 2026-01-15", "minor: true"),
        ("consent:", "draft: true\nconsent:"),
        ("date: 2026-05-01", "date: 2026-12-01"),
        ("consent:", "expires_on: 2026-11-01\nconsent:"),
    ],
)
def test_where_its_page_is_not_shown_it_is_gone_everywhere(site: Campaign, old: str, new: str) -> None:
    site.edit(ANOUK, old, new)
    report = site.build()
    assert report.status == 0, report.said
    assert not [path for path, _ in site.pages() if "anouk" in path and site.shows(path)]
    named = {path for path, data in site.tree().items() if b"anouk.en" in data}
    assert named == ({"hosting/Caddyfile", "hosting/nginx.conf"} if "withdrawn" in new else set())
    assert not [path for path, data in site.tree().items() if b"opens up" in data]
    if "draft" not in new and "date: 2026-12" not in new:
        assert not [path for path, data in site.everything().items() if b"On the fourth" in data]


def test_a_withdrawal_that_cannot_be_read_counts_for_it_too(site: Campaign) -> None:
    site.edit(ANOUK, "status: valid", "status: withdrawn, : [")
    report = site.build()
    assert report.status == 0, report.said
    assert not [path for path, data in site.everything().items() if b"opens up" in data]


def test_a_member_that_hides_the_page_hides_it_in_every_language(site: Campaign) -> None:
    site.edit(f"brands/{BRAND}/brand.yaml", "region:", "hide: [verhalen/anouk.md]\nregion:")
    site.build()
    assert not [path for path, data in site.tree().items() if b"opens up" in data]


def test_a_translation_can_wait_while_its_page_is_shown(site: Campaign) -> None:
    site.edit(ENGLISH, "title:", "draft: true\ntitle:")
    assert site.build().status == 0
    assert "verhalen/anouk.en.html" not in site.tree()
    assert "hreflang" not in site.shown("verhalen/anouk.html")


def test_what_holds_for_the_person_cannot_be_said_anew(site: Campaign) -> None:
    site.edit(ENGLISH, "quote:", f"consent: {{{sites.VALID}}}\nrole: worker\nquote:")
    report = site.build()
    assert report.status == 1
    assert [problem.split(": ", 1)[0] for problem in report.problems] == [f"{ENGLISH}:4:1", f"{ENGLISH}:5:1"]
    assert "consent" in report.problems[0]


def test_an_image_is_described_anew(site: Campaign) -> None:
    site.edit(ENGLISH, "image: {alt: A round window}\n", "")
    report = site.build()
    assert report.status == 1
    assert report.only()["path"] == ENGLISH


# ── slips ──


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("content/verhalen/dirk.en.md", "verhalen/dirk.md"),
        ("content/contact.nl.md", "'nl'"),
        ("content/verhalen/index.en.md", "translations"),
    ],
)
def test_a_translation_of_nothing_is_a_sentence(campaign: Campaign, path: str, said: str) -> None:
    campaign.write(path, page("Something"))
    report = campaign.build()
    problem: dict[str, Any] = report.only()
    about_people = (
        path == "content/verhalen/dirk.en.md"
    )  # a page that is gone there must not hold up the site
    expected = (0, path, "warning") if about_people else (1, path, "error")
    assert (report.status, problem["path"], problem["severity"]) == expected
    assert said in problem["message"]
    assert problem["hint"]


# ── members ──


def test_a_member_translates_a_national_page(site: Campaign) -> None:
    site.write(f"brands/{BRAND}/content/nieuws/start.en.md", START)
    site.build().fine()
    assert "We begin" in site.shown("nieuws/start.en.html")


def test_a_member_changes_a_translation(site: Campaign) -> None:
    site.write(f"brands/{BRAND}/content/contact.en.md", "---\ntitle: Reach us\n---\n")
    assert site.build().status == 0
    html = site.shown("contact.en.html")
    assert "Reach us" in html
    assert "about Anouk" in html


def test_a_translation_does_not_stand_beside_a_member_s_own_text(site: Campaign) -> None:
    site.write(f"brands/{BRAND}/content/contact.md", "---\ntitle: Kom langs\n---\nElke dag.\n")
    report = site.build()
    assert report.status == 0, report.said
    assert "contact.en.html" not in site.tree()
    assert "contact.en.md" not in str(report.problems)
    assert b"Call" not in b"".join(data for path, data in site.tree().items() if path.endswith(".html"))


def test_a_member_s_translation_of_a_page_that_went_away_does_not_stop_its_site(site: Campaign) -> None:
    site.write(f"brands/{BRAND}/content/nieuws/start.en.md", START)
    site.build().fine()
    site.remove("content/nieuws/start.md")
    report = site.build()
    assert (report.status, report.only()["severity"]) == (0, "warning")
    assert not [path for path, data in site.tree().items() if b"start.en" in data]


# ── what it costs ──


def test_a_word_in_a_translation_is_one_text_and_one_page(site: Campaign) -> None:
    site.edit(ENGLISH, "a door opens", "a door closes")
    report = site.build().fine()
    assert (report.parsed, report.made) == ([ENGLISH], report.written)
    index, *made = report.made
    assert (index[:10], made) == ("js/zoeken-", ["verhalen/anouk.en.html", "zoeken.html"])


def test_a_new_translation_is_its_page_and_the_way_there(site: Campaign) -> None:
    site.write("content/verhalen/cor.en.md", BARE)
    report = site.build().fine()
    assert report.parsed == ["content/verhalen/cor.en.md"]
    index, *made = report.made
    assert (index[:10], made) == (
        "js/zoeken-",
        ["sitemap.xml", "verhalen/cor.en.html", "verhalen/cor.html", "zoeken.html"],
    )


# ── a site in English ──

ENGLISH_SITE = {
    "content/site.yaml": """\
title: Door to door
slogan: People first
core_message: Help in time helps everybody.
description: Stories and evidence.
language: en
menu: [{title: Contact, page: contact.md}]
themes: {wonen: {title: Housing, description: A roof and rest.}}
work_fields: {opbouwwerk: Community work}
criteria: {together: Was it done together}
help_lines: {line: {name: Somebody, what: Day and night., phone: 010-7654321, themes: [wonen]}}
brand: sociaal-werkt
""",
    "content/feiten.yaml": """\
doors: {text: 64 doors, value: 6.5, unit: doors, label: Front doors, caveat: One block., as_of: 2026-03-01,
  source: {title: A count, publisher: Neighbours, date: 2026-03-01}}
""",
    "content/index.md": page(
        "Door to door", "Welcome.", "lead: verhalen/ann.md\nfigures: [doors]\n", "In short."
    ),
    "content/contact.md": page("Contact", "Call.", "updated: 2026-05-02\n", "In short."),
    "content/verhalen/ann.md": """\
---
title: Ann opens up
summary: How it went.
in_short: [It went well.]
date: 2026-05-01
tags: [wonen]
role: client
person: {name: Ann, pseudonym: true, age: 40, job: baker, municipality: Springfield, work_field: opbouwwerk}
quote: {text: I was alone., speaker: Ann}
yields: [A door.]
facts: [doors]
fictional: true
---
A door[^1] and {{ feit:doors }}. Take [the form](form.pdf).

> [!let op] Fire
> Leave.

[^1]: Of wood.
""",
    "content/verhalen/form.pdf": "%PDF" + "x" * 1_200_000,
    "content/verhalen/bob.md": sites.story("Bob reads", name="Bob", quote="Hm.", body="He reads.").replace(
        "Hoe het ging met een deur.", "How it went."
    ),
    "content/bewijs/count.md": page(
        "The count",
        "We counted.",
        "claim: Doors.\nmethod: Counting.\ncaveat: One block.\nfacts: [doors]\ntags: [wonen]\n"
        "charts: [{title: Doors, rows: [{label: Block, fact: doors}, {label: Hall, fact: doors}]}]\n",
        "In short.",
    ),
    "content/toolkit/council.md": page(
        "To the council",
        "So.",
        "goal: A talk.\neffort: An evening.\nduration: days\nroles: [neighbour]\nneeds: [Chairs]\n",
        "In short.",
    ),
    "content/nieuws/start.md": page("We begin", "Today.", "date: 2026-06-01\n", "In short."),
    "content/ambassadeurs/cat.md": page(
        "Cat", "Hello.", "person: {name: Cat}\nfictional: true\n", "In short."
    ),
    "content/ambassadeurs/cat/first.md": page(
        "First", "Hi.", "date: 2026-06-02\nfictional: true\n", "In short."
    ),
    "content/brieven/talk.md": page("A talk", "Hello.", "dilemma: To pay or not.\n", "In short."),
    "content/brieven/talk/one.md": page(
        "One", "Dear.", "date: 2026-06-02\nrole: worker\nperson: {name: Dee}\nfictional: true\n", "In short."
    ),
    "content/goud/place.md": page(
        "A place", "Good.", "award: place\nyear: 2026\nscores: {together: 2}\nfictional: true\n", "In short."
    ),
    f"brands/{BRAND}/brand.yaml": sites.BRAND_FILE.replace(
        "name: Welzijn Zandhage", "name: Springfield Care\nlanguage: en"
    )
    .replace("role: Campagneteam", "role: Team")
    .replace("region: Zandhage\n", "region: Springfield\n"),
}
WORDS = ("alt", "aria-label", "title", "placeholder", "label", "content", "summary")
DUTCH = re.compile(
    r"\b(de|het|een|van|voor|niet|naar|deze|dit|bij|onder|over|zoek|zoeken|niets|geen|bron|terug|jaar|uur|alle|wie|waar"
    r"|verhaal|verhalen|bewijs|nieuws|je|jij|wij|ons|zij|wat|hoe|lees|deel|kort|meer|pagina|thema|rol|plaats|tijd|doel)\b",
    re.I,
)


def said(html: str) -> list[str]:
    """Everything on a page that somebody reads or hears."""
    tree = LexborHTMLParser(html)
    found = [n.attributes[a] or "" for a in WORDS for n in tree.css(f"[{a}]")]
    found += [
        v or ""
        for n in tree.css("*")
        for a, v in n.attributes.items()
        if a.startswith("data-") and a != "data-facets"
    ]
    for node in tree.css("script, style"):
        node.decompose()
    root = tree.root
    assert root is not None
    return [*found, *(root.text(separator="\n").split("\n"))]


def english_site(folder: Path) -> Campaign:
    campaign = Campaign(folder / "campaign")
    for path, content in {**ENGLISH_SITE, f"brands/{BRAND}/logo.svg": sites.LOGO}.items():
        campaign.write(path, content)
    return campaign


def test_a_site_in_english_says_nothing_in_dutch(tmp_path: Path) -> None:
    campaign = english_site(tmp_path)
    report = campaign.build()
    assert report.status == 0, report.said
    shown = dict(campaign.pages())
    assert len(shown) > 20
    catalogue = translations("nl")
    sentences = {words for words in catalogue._catalog.values() if isinstance(words, str)}  # type: ignore[attr-defined]
    english = {words for words in catalogue._catalog if isinstance(words, str)}  # type: ignore[attr-defined]
    for path, html in shown.items():
        assert nodes(html, "html")[0].attributes == {"lang": "en"}
        for words in said(html):
            assert not DUTCH.search(re.sub(r"[\w./-]*(/|\.html|\.xml)[\w./-]*", "", words)), (path, words)
            assert words.strip() not in sentences - english, (path, words)
    story = shown["verhalen/ann.html"]
    for words in ("1 May 2026", "Mind", "Footnote 1", "Back to footnote 1 in the text", "PDF, 1.2 MB"):
        assert words in story
    assert "They were helped" in shown["index.html"]
    assert "64 doors,6.5,doors" in campaign.shown("cijfers.csv")


def test_an_english_member_of_a_dutch_campaign_says_which_words_are_english(tmp_path: Path) -> None:
    campaign = english_site(tmp_path)
    campaign.edit("content/site.yaml", "language: en\n", "")
    assert campaign.build().status == 0
    catalogue = translations("nl")._catalog  # type: ignore[attr-defined]
    ours = {said for said, dutch in catalogue.items() if isinstance(dutch, str) and said and said != dutch}
    seen = set()
    for path, html in campaign.pages():
        root = LexborHTMLParser(html).root
        assert root is not None
        for node in root.traverse(include_text=True):
            words = node.text_content if node.tag == "-text" else node.attributes.get("aria-label")
            if (said := (words or "").strip()) in ours:
                assert _language(node) == "en", (path, said)
                seen.add(said)
    assert {"Main menu", "Search", "Themes", "Read all letters", "What the jury saw", "Read on"} <= seen


def _language(node: LexborNode) -> str | None:
    at: LexborNode | None = node
    while at is not None:
        if at.tag != "-text" and "lang" in at.attributes:
            return at.attributes["lang"]
        at = at.parent
    return None


TEMPLATES = Path(cli.__file__).parent.parent / "templates"
PREVIEW = Path(cli.__file__).parent / "preview" / "templates"


@pytest.mark.parametrize(
    "file",
    sorted({*TEMPLATES.rglob("*.html"), *PREVIEW.rglob("*.html")} - {TEMPLATES / "styleguide.html"}),
    ids=lambda file: file.stem,
)
def test_a_template_has_no_words_of_its_own(file: Path) -> None:
    """All that visitors read goes through the catalogue, or comes from the content."""
    html = re.sub(r"tel:|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", file.read_text(encoding="utf-8"), flags=re.S)
    html = re.sub(r"<style>.*?</style>|&lt;[^>]*>", "", html, flags=re.S)  # tags to copy are no words
    html = re.sub(r"^ [\w-]+=\"\"( [\w-]+=\"\")*$", "", html, flags=re.M)  # a macro that prints attributes
    named = re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"', html)
    for words in (re.sub(r"<[^>]*>", "", html, flags=re.S), *named):
        assert not re.search(r"[^\W\d_]{2,}", words.replace("&nbsp;", " "))


PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:margin|padding|border|inset)-(?:left|right)|(?:left|right)\s*:|(?:text-align|float|clear):\s*(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:min-|max-)?width\s*:)"
)


def test_the_stylesheet_knows_a_beginning_and_an_end_and_no_left_and_right() -> None:
    """So that a page can run from right to left. Conditions (``@media``) ask for a window's width."""
    for file in sorted((TEMPLATES.parent / "assets" / "css").glob("*.css")):
        css = re.sub(r"/\*.*?\*/|@[^{;]*", "", file.read_text(encoding="utf-8"), flags=re.S)
        assert PHYSICAL.findall(css) == [], file.name
