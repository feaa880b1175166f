"""What may be typed as HTML, and that nothing unsafe can come out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.hostile import BLOCKS, MARKS, XSS
from helpers.markdown import FILE, html_of, joined, marks, only
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import (
    LinkMark,
    RenderedText,
    split_pieces,
)
from microsite.core.problems import Problem
from microsite.core.records import replace


def test_some_html_may_be_typed() -> None:
    text = '<div lang="en"><p>Een <span lang="ar">x</span> H<sub>2</sub>O</p></div>'
    assert html_of(text) == text
    assert render(text, FILE)[1] == ()


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("tekst\n\nDit is <b>vet en meer.\n\nNog een alinea.", [(3, 8)]),
        ("<b>een</b> en <b>twee<b>", [(1, 15), (1, 22)]),
        ("`<b>` en <b>een</b>\n\n<b>", [(3, 1)]),
        ("<!-- <b> -->\n\n- <sub>x", [(3, 3)]),
        ("<details>\n<summary>x</summary>\n\ntekst", [(1, 1)]),
        ("<div>\ntekst", [(1, 1)]),
        ("een <B title='a'>x</b> <mark/>y", [(1, 24)]),
    ],
)
def test_a_tag_without_an_end_is_an_error(typed: str, places: list[tuple[int, int]]) -> None:
    problems = render(typed, FILE)[1]
    assert [(p.place.line, p.place.column) for p in problems] == places
    assert all("has no end" in p.render() and p.severity == "error" for p in problems)


@pytest.mark.parametrize(
    "typed",
    [
        "<b>een\n\ntwee</b>",
        "<b><i>een</b></i>",
        "<ul>\n<li>een\n<li>twee\n</ul>",
        "<table>\n<tr><td>een<tr><td>twee\n</table>",
        "een<br>twee<br/>drie<wbr>vier\n\n<hr>",
        "5 < b en c > 3, &lt;b&gt; en `<b>`",
        "```\n<b>\n```\n\n    <b>",
        "<https://www.example.nl/> <info@example.nl>",
        "<details>\n<summary>x</summary>\n\n<details>\n<summary>y</summary>\n\nz\n\n</details>\n\n</details>",
        "<dl>\n<dt>a\n<dd>b\n</dl>",
        "<!-- <b> -->",
    ],
)
def test_a_tag_with_an_end_or_without_need_of_one_is_none(typed: str) -> None:
    assert [problem.render() for problem in render(typed, FILE)[1]] == []


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("<img src=a.jpg>", "the tag <img> is left out"),
        ("<script>x</script>", "the tag <script> is left out"),
        ("tekst <iframe src=x></iframe>", "the tag <iframe> is left out"),
        ("<h1>x</h1>", "the tag <h1> is left out"),
        ("<div style='color:red'>x</div>", "'style' is left out of the tag <div>"),
        ("<p id=main>x</p>", "'id' is left out of the tag <p>"),
        ("<b class=x onclick=y>x</b>", "'class' is left out of the tag <b>"),
    ],
)
def test_html_that_is_left_out_is_told(typed: str, message: str) -> None:
    problems = render(f"tekst\n\n{typed}", FILE, 3)[1]
    assert message in problems[0].render()
    assert {(p.severity, p.place.line) for p in problems} == {("warning", 5)}


def test_a_typed_link_with_a_bad_scheme_is_an_error() -> None:
    problem = only("tekst\n\n<a href='javascript:alert(1)'>x</a>")
    assert (problem.severity, problem.place.line) == ("error", 3)


@pytest.mark.parametrize("tag", ["textarea", "title", "plaintext", "xmp", "script", "style", "svg", "select"])
def test_no_typed_tag_can_swallow_the_rest_of_the_text(tag: str) -> None:
    for typed in (
        f"een <{tag}>\n\ntwee [x](a.md)",
        f"<{tag}>\n\ntwee\n\n## Kop",
        f"<<{tag}>{tag}>\n\n[x](a.md)",
    ):
        rendered = render(typed, FILE)[0]
        sound(rendered)
        assert [m for m in marks(rendered) if "a.md" in str(m)] == (
            [LinkMark("a.md", 3)] if "a.md" in typed else []
        )


@pytest.mark.parametrize("payload", XSS)
def test_nothing_that_runs_comes_out(payload: str) -> None:
    for text in (
        payload,
        f"tekst {payload} tekst",
        f"> - {payload}",
        f"| a | b |\n|---|---|\n| {payload} | c |",
    ):
        rendered, problems = render(text, FILE)
        sound(rendered)
        placed(problems, text)


class _AllowedOnly(HTMLParser):
    """What a browser would see: every tag and attribute must be on the list."""

    ATTRIBUTES = (
        "href title lang dir id class role tabindex aria-label rel start reversed colspan rowspan scope"
    )
    CLASSES = """button download video-link table align-left align-center align-right callout callout-tip
        callout-let-op callout-overnemen callout-voorbeeld callout-weetje task
        callout-title callout-kind quote footnotes
        footnote-ref footnote-back"""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.seen: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        for name, value in attributes:
            assert name in {*self.ATTRIBUTES.split(), "datetime", "open"}, (tag, name)
            if name == "href":
                assert re.match(r"#|https?://|mailto:|tel:|«link»$", value or ""), value
            elif name == "class":
                assert set((value or "").split()) <= set(self.CLASSES.split()), value
            elif name == "id":
                assert re.match(r"kop-|noot-\d", value or ""), value
                self.ids.append(value or "")
            assert name == "href" or "«" not in (value or ""), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def sound(rendered: RenderedText) -> None:
    assert len(split_pieces(rendered.html)) == len(rendered.marks) + 1
    html = joined(replace(rendered, html=rendered.html.replace("«".encode(), b"")))
    assert not re.search("[\ue000-\uf8ff\U000f0000-\U0010ffff\x02\x03]", html)
    reading = _AllowedOnly(html)
    forbidden = "script style img iframe form svg math object h1 x-lifted"
    assert not reading.seen & set(forbidden.split())
    assert len(reading.ids) == len(set(reading.ids))
    for mark, before, after in zip(
        rendered.marks, split_pieces(rendered.html), split_pieces(rendered.html)[1:], strict=False
    ):
        assert isinstance(mark, LinkMark) == (before.endswith('href="') and after.startswith('"'))
    for code in re.findall(r"<code>[^<]*</code>", html):
        assert not re.search("«(slot|fact|image|video)»", code)


def placed(problems: tuple[Problem, ...], text: str, first_line: int = 1) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in problems:
        assert problem.place.path == FILE
        assert problem.place.line == 0 or first_line <= problem.place.line < first_line + lines
        assert "cannot be read" not in problem.message.sentence, problem.render()
        assert problem.render()


PIECES = st.sampled_from([*XSS, *MARKS.split(), *BLOCKS])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join))
@example('![x](a.jpg" onerror="alert(1))\\`')
@example("<b <textarea>[x](a.md)</textarea>")
@example("[x](a.md)\n\n<div title='\n\n[x](a.md) {{ email }}\n\n'>")
@example("<code><code>{{ email }}</code>{{ email }}</code>")
@example("- ![a](b.jpg)\n\n    > ![a](b.jpg)")
def test_whatever_comes_in_what_comes_out_is_sound(text: str) -> None:
    rendered, problems = render(text, FILE, 7)
    sound(rendered)
    placed(problems, text, 7)


def test_sanitised_html_is_stable() -> None:
    """What came out once goes through the sanitiser unchanged: nothing is left for a browser to repair."""
    html = html_of("## Kop\n\n> [!tip] x\n> y\n\n<div>**a**</div>\n\n| a | b |\n|--|--|\n| c | d |")
    ours = {"*": {"class", "id", "role", "tabindex", "aria-label"}, "th": {"scope"}}
    assert nh3.clean(html, attributes=ours) == html
