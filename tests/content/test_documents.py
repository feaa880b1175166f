"""Documents: kinds by folder, addresses, and what a file says of itself, without a site around it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import sites
from microsite.content import yaml
from microsite.content.documents import Document, crashed, parse, timed_out
from microsite.content.kinds import KINDS, AnyMeta, Kind, kind_of
from microsite.content.overrides import MarkdownFile
from microsite.content.tree import key_positions
from microsite.core.cache import Cache
from microsite.core.problems import Place
from microsite.core.settings import ENGINE_ROOT, NATIONAL
from microsite.core.urls import slugify


def read(text: str | bytes, path: str = "verhalen/anouk.md") -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return parse(MarkdownFile(path, f"content/{path}", NATIONAL, data))


def told(document: Document) -> list[str]:
    return [f"{p.place.line}:{p.place.column} {p.severity} {p.message}" for p in document.problems]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.md", "campaign"),
        ("contact.md", "page"),
        ("over/index.md", "page"),
        ("over/wie/wij.md", "page"),
        ("verhalen/index.md", "listing"),
        ("verhalen/anouk.md", "story"),
        ("verhalen/2026/anouk.md", "story"),
        ("bewijs/telling.md", "evidence"),
        ("toolkit/raad.md", "guide"),
        ("nieuws/start.md", "news"),
        ("verhalen.md", "page"),
        ("nieuws/oud/index.md", "news"),
    ],
)
def test_the_folder_says_what_a_text_is(path: str, kind: str) -> None:
    assert kind_of(path).name == kind


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("index.md", "index.html"),
        ("contact.md", "contact.html"),
        ("verhalen/index.md", "verhalen/index.html"),
        ("verhalen/amina.md", "verhalen/amina.html"),
        ("Over Ons/Één vraag & één antwoord.md", "over-ons/een-vraag-een-antwoord.html"),
        ("verhalen/v1.2 (nieuw).md", "verhalen/v1-2-nieuw.html"),
        ("Straße.md", "strasse.html"),
        ("שלום.md", "pagina.html"),
    ],
)
def test_the_address_is_the_file_s_name(path: str, page: str) -> None:
    assert read("", path).page == page


@given(st.text())
def test_any_words_can_be_part_of_an_address(words: str) -> None:
    slug = slugify(words)
    assert slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slugify(slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")


def test_a_story_is_read_whole() -> None:
    document = read(sites.SMALL["content/verhalen/anouk.md"])
    assert document.problems == ()
    assert document.meta is not None
    assert (document.meta.title, document.meta.tags) == ("Anouk doet open", ("wonen",))
    assert [heading.text for heading in document.prose.headings] == ["De hal"]
    assert document.section == "verhalen"


def test_keys_know_where_they_stand() -> None:
    document = read("---\ntitle: x\ntags: [a, b]\nperson:\n  name: Bas\n---\n")
    assert document.place("title") == Place("content/verhalen/anouk.md", 2, 8)
    assert document.place("tags.1") == Place("content/verhalen/anouk.md", 3, 11)
    assert document.place("person.name") == Place("content/verhalen/anouk.md", 5, 9)
    assert document.place("nergens") == Place("content/verhalen/anouk.md", 1)


def test_keys_in_a_list_of_groups_know_it_too() -> None:
    tree = yaml.parse("profiles:\n  - {name: a, url: b}\n", "f.yaml")
    assert dict(key_positions(tree))["profiles.0.url"] == Place("f.yaml", 2, 20)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("contact.md", "title: x", []),
        ("verhalen/index.md", "title: x", []),
        ("nieuws/a.md", "title: x\nsummary: y\ndate: 2026-01-01", []),
        ("nieuws/a.md", "title: x\nsummary: y", ["1:0 error 'date' is missing"]),
        ("nieuws/a.md", "title: x\ndate: 2026-01-01", ["1:0 error 'summary' is missing"]),
        (
            "contact.md",
            "title: x\ndate: 2026-02-01\nupdated: 2026-01-01",
            ["4:10 warning 'updated' lies before 'date'"],
        ),
        ("contact.md", f"title: x\nsummary: {'a' * 160}", []),
        (
            "contact.md",
            f"title: x\nsummary: {'a' * 161}",
            ["3:10 warning the summary has 161 characters"],
        ),
        ("contact.md", f"title: x\nshare: {'a' * 200}", []),
        (
            "contact.md",
            f"title: x\nshare: {'a' * 201}",
            ["3:8 warning the text to share has 201 characters"],
        ),
        ("contact.md", "title: x\nimage: {src: a.svg, decorative: true}", []),
        (
            "contact.md",
            "title: x\nimage: {src: a.svg}",
            ["3:8 error the image has no text for who cannot see it"],
        ),
        (
            "bewijs/a.md",
            "title: x\nsummary: y\nclaim: a\nmethod: b\ncaveat: c\nstrength: 6",
            ["7:11 error 'strength' runs from 1 to 5"],
        ),
        ("contact.md", "", ["2:1 error 'title' is missing"]),
    ],
)
def test_what_a_file_can_say_wrong(path: str, text: str, expected: list[str]) -> None:
    assert told(read(f"---\n{text}\n---\nTekst.\n", path)) == expected


NO_TEXT = "there is no text below the front matter"


@pytest.mark.parametrize("body", ["", "\n\n", "<!-- nog schrijven -->\n", "&nbsp;\n", "\u200b\n", "\u2800\n"])
def test_a_page_without_a_text_is_told(body: str) -> None:
    news = "---\ntitle: x\nsummary: y\ndate: 2026-01-01\n---\n"
    draft = news.replace("title", "draft: true\ntitle")
    (said,) = told(read(f"{news}{body}", "nieuws/a.md"))
    assert said.endswith(f"warning {NO_TEXT}")
    assert told(read(f"{draft}{body}", "nieuws/a.md")) == []
    assert told(read(f"---\ntitle: x\n---\n{body}", "verhalen/index.md")) == []


def test_an_empty_text_is_not_told_on_top_of_why_it_is_empty() -> None:
    said = told(read("---\ntitle: x\n---\n<iframe src='https://x.nl/'></iframe>\n", "contact.md"))
    assert not any(NO_TEXT in line for line in said)
    assert said


@pytest.mark.parametrize(
    "body", ["{{ telefoon }}", "![Een deur](deur.jpg)", "-", "\u0645\u0631\u062d\u0628\u0627"]
)
def test_a_short_text_is_a_text(body: str) -> None:
    assert told(read(f"---\ntitle: x\n---\n{body}\n", "contact.md")) == []


CONTROL = "a control character, which cannot stand in a text: {}"
TURNING = "an invisible sign that turns letters around: {}"


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ('"a\\u0001b"', CONTROL.format("U+0001")),
        ('"a\\x1bb"', CONTROL.format("U+001B")),
        ('"a\\uFFFEb"', CONTROL.format("U+FFFE")),
        ("Ria\u202e zegt", TURNING.format("U+202E")),
        ('"Ria\\u202e zegt"', TURNING.format("U+202E")),
        ("Ria\u2067 zegt", TURNING.format("U+2067")),
        ('"\u200b\u00a0"', "'title' is empty"),
        ('"\\u200b"', "'title' is empty"),
        ("\u3164", "'title' is empty"),
    ],
)
def test_what_nobody_sees_in_a_title_is_refused(title: str, message: str) -> None:
    assert told(read(f"---\ntitle: {title}\n---\nTekst.\n", "contact.md")) == [f"2:8 error {message}"]


@pytest.mark.parametrize(
    "title", ["\u2067\u0645\u0631\u2069 a", "a\u00adb", "\U0001f469\u200d\U0001f467", "\u200f\u0645"]
)
def test_signs_that_writing_needs_are_left_alone(title: str) -> None:
    assert told(read(f"---\ntitle: {title}\n---\n{title}\n", "contact.md")) == []


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("Een\n\ntwee &#1; drie", 6, CONTROL.format("U+0001")),
        ("Een &#x7F; drie", 4, CONTROL.format("U+007F")),
        ("Een\n\u202edrie", 5, TURNING.format("U+202E")),
        ("Een &#8238; drie", 4, TURNING.format("U+202E")),
    ],
)
def test_what_nobody_sees_in_a_text_is_refused(body: str, line: int, message: str) -> None:
    assert told(read(f"---\ntitle: x\n---\n{body}\n", "contact.md")) == [f"{line}:0 error {message}"]


def test_nothing_is_kept_of_who_has_withdrawn() -> None:
    document = read(sites.story(agreed=sites.consent(status="withdrawn"), extra="onbekend: Anouk\n"))
    kept = repr(document).replace("content/verhalen/anouk.md", "").replace("verhalen/anouk.md", "")
    for word in ("Anouk", "Ik dacht", "vierde", "Een deur"):
        assert word not in kept


def test_problems_of_a_text_name_the_line_of_the_file() -> None:
    document = read("---\r\ntitle: x\r\n---\r\n\r\nEerst.\r\n\r\n# Kop\r\n", "contact.md")
    assert [problem.place.line for problem in document.problems] == [7]


def test_a_text_that_took_too_long_is_told_by_its_name() -> None:
    document = timed_out(MarkdownFile("contact.md", "content/contact.md", NATIONAL, b""))
    assert document.meta is None
    assert told(document) == ["0:0 error this text takes too long to read, so it was stopped"]


def test_a_text_that_ended_the_program_is_not_called_slow() -> None:
    document = crashed(MarkdownFile("contact.md", "content/contact.md", NATIONAL, b""))
    assert document.meta is None
    assert told(document) == ["0:0 error the program was stopped while it read this"]


@pytest.mark.parametrize("kind", KINDS)
def test_documents_travel(kind: Kind) -> None:
    folder = f"{kind.section}/" if kind.section else ""
    document = read(sites.page(), f"{folder}a.md")
    copy = pickle.loads(pickle.dumps(document))
    assert copy == document
    assert copy.kind is document.kind


def test_the_store_gives_back_documents_of_every_kind(tmp_path: Path) -> None:
    content = ENGINE_ROOT / "content"
    read_now = {
        path: read(file.read_bytes(), path)
        for file in content.rglob("*.md")
        if (path := file.relative_to(content).as_posix())
    }
    found = {type(document.meta) for document in read_now.values() if document.meta is not None}
    assert found == {kind.record for kind in KINDS}
    assert {kind.record for kind in KINDS} == set(get_args(AnyMeta))
    cache = Cache(tmp_path)
    keys = dict.fromkeys(read_now, "1")
    cache.get_or_compute("document", "", keys, lambda _: read_now.items(), Document)
    assert cache.get_or_compute("document", "", keys, lambda _: pytest.fail("asked"), Document) == read_now


@given(st.binary(max_size=300))
def test_parsing_never_raises(data: bytes) -> None:
    assert read(b"---\ntitle: x\n---\n" + data).path
    assert read(data).path
