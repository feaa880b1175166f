"""The sanitiser for where nh3 is not installed: as safe, and the same for a text without typed HTML."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.hostile import BLOCKS, MARKS, XSS
from helpers.markdown import FILE
from helpers.modules import PACKAGE
from microsite.content.markdown.cleaner import clean
from microsite.content.markdown.reader import render
from microsite.content.markdown.sanitizer import ALLOWED, ATTRIBUTES, TAGS, URL_SCHEMES, sanitize

ROOT = PACKAGE.parent
VOID = {"br", "hr", "wbr", "col"}


def as_it_is(tag: str, name: str, value: str) -> str:
    return value


def cleaned(html: str) -> str:
    return clean(html, ALLOWED, as_it_is)


@contextmanager
def without_nh3() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "nh3", None)
        yield


def same(text: str) -> bool:
    """Does a text come out the same with nh3 and without?"""
    with_it = render(text, FILE)
    with without_nh3():
        return render(text, FILE) == with_it


# ── the same ──


def test_without_nh3_this_takes_its_place() -> None:
    with without_nh3():
        assert sanitize("<h1>a</h1><b onclick=x title=y>&copy;<p>", as_it_is) == 'a<b title="y">©<p></p></b>'


def test_our_own_texts_come_out_the_same() -> None:
    files = [file for folder in ("content", "brands", "docs") for file in (ROOT / folder).rglob("*.md")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert len(texts) > 100
    for text in texts:
        assert same(text.split("\n---\n", 1)[-1])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([piece for piece in (*MARKS.split(), *BLOCKS, "x") if "<" not in piece])
        | st.text(st.characters(exclude_characters="<", exclude_categories=["Cs"]), max_size=8),
        max_size=25,
    ).map("".join)
)
@example("~~~")
@example("a ![a](b.mp4)\n~~~\nx\n~~~\nb")
@example("&#1; &#0; &#x99999999; &#xfdd0; &#x81; &copy &copyx; &notit; \xa0 &#xE000;")
@example('[x](http://x.nl/?a=1&copy=2&reg=3&lt;) [y](http://x.nl "a \' \\" & < > &quot;") [z](http://[::)')
@example("5 < 6 <http://www.example.nl/> <a@example.nl>")
@example("(http://[b](http://x.nl) - <a@example.nl>")
def test_a_text_without_typed_html_comes_out_the_same(text: str) -> None:
    assert same(text)


@pytest.mark.parametrize(
    "html",
    [
        '<div lang="en"><p>a <span lang="ar">x</span> H<sub>2</sub>O<br/></p></div>',
        "<details open><summary>x</summary><ol start=3 reversed><li>y</li></ol></details>",
        '<a href="//x.nl"> a</a><a href="java\nscript:x">b</a><a href=" \x01x:y">c</a><a href=http:x>d</a>',
        "a<!-- <b> -->b<!-->c--><!--->d--!>e<?php x ?>f<!doctype html>g</ x>h</>i",
        "<p title='a>b' TITLE=z lang>x</p\ny>z</div><h1>k</h1><b onclick=x>l</b><a-b>m</a-b>",
        "<script>a<b></script>b<style>x</style>c<SCRIPT >d</script >e",
        "<b>een <b",
        "a\x00b<p title='a\x00'></p>",
        "<i title=a/b =x>c</i><i/title=d>e</i><i title='a'lang=b>f</i>",
    ],
)
def test_typed_html_that_is_well_formed_comes_out_the_same(html: str) -> None:
    assert cleaned(html) == sanitize(html, as_it_is)


# ── as safe ──

_WORDS = """
    script style img iframe form svg math object h1 template textarea title noscript plaintext xmp select
    option mtext mglyph annotation-xml foreignObject desc base link meta input button a b p div table tr td
    li ul pre
"""
_NAMES = """
    onclick onerror style src href xlink:href srcdoc action id class name formaction title lang
"""
EVERY_TAG = {*TAGS, *_WORDS.split()}
EVERY_ATTRIBUTE = {name for names in ATTRIBUTES.values() for name in names} | set(_NAMES.split())
EVERY_SCHEME = {*URL_SCHEMES, "javascript", "data", "vbscript", "file", "blob", "java"}
_SIGNS = """
    < > </ /> " ' = ` & ; : <!-- --> --!> <! <? ?> <![CDATA[ ]]> &lt; &#60; &#x3c; &Tab; &colon; javascript:
    data: JaVaScRiPt: ="javascript:x" ='x' =x // http://x.nl
"""
_FUZZ = [
    *XSS,
    *_SIGNS.split(),
    *(f"<{tag}>" for tag in sorted(EVERY_TAG)),
    *(f"</{tag}>" for tag in sorted(EVERY_TAG)),
    *(f"<{tag} " for tag in sorted(EVERY_TAG)),
    *(f" {name}=" for name in sorted(EVERY_ATTRIBUTE)),
    *" \n\t\r\x00\x01\x0c\xa0xyé",
]


class Nesting(HTMLParser):
    """Every tag that is opened is closed, and the other way round."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.feed(html)
        self.close()
        assert self.opened == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


LISTED: dict[str, Any] = {
    "tags": set(TAGS),
    "attributes": {tag: set(names) for tag, names in ATTRIBUTES.items()},
    "url_schemes": set(URL_SCHEMES),
}
EVERYTHING: dict[str, Any] = {
    "tags": EVERY_TAG,
    "attributes": {"*": EVERY_ATTRIBUTE},
    "url_schemes": EVERY_SCHEME,
    "strip_comments": False,
}


def left(html: str, allowed: dict[str, Any]) -> str:
    return nh3.clean(html, clean_content_tags=set(), link_rel=None, **allowed)


@pytest.mark.parametrize("count", [1000, pytest.param(10_000, marks=pytest.mark.long)])
def test_nh3_finds_nothing_forbidden_in_what_comes_out(count: int) -> None:
    """What it leaves of that with our list is what it leaves when it lets everything through."""
    source = random.Random(count)  # noqa: S311 -- the same texts each time
    for _ in range(count):
        typed = "".join(source.choice(_FUZZ) for _ in range(source.randrange(1, 30)))
        html = cleaned(typed)
        Nesting(html)
        assert left(html, LISTED) == left(html, EVERYTHING), typed


@pytest.mark.parametrize(
    "bad", ["<img src=x>", "<b onclick=x>y</b>", "<a href='javascript:x'>y</a>", "<!--x-->", "<p href=x>y"]
)
def test_nh3_would_have_found_what_is_forbidden(bad: str) -> None:
    assert left(bad, LISTED) != left(bad, EVERYTHING)


@pytest.mark.parametrize(
    "piece",
    ["<", "<b", "<b>", "</b>", '<b a="', "<b ='", "<!--", "<script>", "&#", "&#9", "&a", "<b a= ", "<hr><i>"],
)
def test_no_text_keeps_it_long(piece: str) -> None:
    began = time.process_time()
    cleaned(piece * 50_000)
    cleaned("<b>" * 25_000 + piece * 25_000)
    cleaned(f'<b title="{piece * 50_000}')
    cleaned(f"<b title=x{piece * 50_000}>")
    assert time.process_time() - began < 5
