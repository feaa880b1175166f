"""Markdown: what editors may write, what they are told about slips, and that nothing unsafe can come out."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from microsite.content.markdown import converter, links
from microsite.content.markdown.limits import limit_violations
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import (
    FactMark,
    Heading,
    ImageMark,
    LinkMark,
    Mark,
    RenderedText,
    SlotMark,
    VideoMark,
    find_heading,
    slug,
    split_pieces,
)
from microsite.content.markdown.source import SourceText
from microsite.content.markdown.speed import speed_up
from microsite.core.problems import Problem
from microsite.core.records import replace

FILE = "content/verhalen/amina.md"


def html_of(text: str) -> str:
    """The HTML of a text without errors, its marks as ``«name»``."""
    rendered, problems = render(text, FILE)
    assert not [p.render() for p in problems if p.severity == "error"]
    return joined(rendered)


def joined(rendered: RenderedText) -> str:
    names = [type(mark).__name__.removesuffix("Mark").lower() for mark in rendered.marks]
    first, *others = split_pieces(rendered.html)
    return first + "".join(f"«{name}»{piece}" for name, piece in zip(names, others, strict=True))


def marks(rendered: RenderedText) -> list[Mark]:
    """The marks of a text, wherever they stand in their line."""
    return [replace(mark, column=0) for mark in rendered.marks]


def only(text: str, first_line: int = 1) -> Problem:
    """The one problem of a text."""
    problems = render(text, FILE, first_line)[1]
    assert len(problems) == 1, [p.render() for p in problems]
    return problems[0]


# ── plain writing ──


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Een **vet** en *schuin* woord", "<p>Een <strong>vet</strong> en <em>schuin</em> woord</p>"),
        ("- een\n- twee", "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>"),
        ("3. drie\n4. vier", '<ol start="3">\n<li>drie</li>\n<li>vier</li>\n</ol>'),
        ("Wijkteam\n:   Mensen bij u in de buurt", "<dt>Wijkteam</dt>\n<dd>Mensen bij u in de buurt</dd>"),
        ("een  \ntwee", "<p>een<br>\ntwee</p>"),
        ("een\n\n---\n\ntwee", "<hr>"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("```html\n<b>**x**</b>\n```", "<pre><code>&lt;b&gt;**x**&lt;/b&gt;\n</code></pre>"),
        ("#jijdoetertoe is een hashtag", "<p>#jijdoetertoe is een hashtag</p>"),
        ("Prijs: 5 < 6 & 7", "<p>Prijs: 5 &lt; 6 &amp; 7</p>"),
        ("een\r\ntwee\r\n\r\ndrie", "<p>een\ntwee</p>\n<p>drie</p>"),
    ],
)
def test_markdown_is_written_as_everywhere(typed: str, expected: str) -> None:
    assert expected in html_of(typed)


def test_an_empty_text_is_an_empty_prose() -> None:
    assert render("", FILE) == (RenderedText(), ())
    assert render(" \n\n", FILE) == (RenderedText(), ())


def test_words_are_what_a_visitor_reads() -> None:
    text = "## Twee woorden\n\nDrie [*hele* woorden](a.md), & {{ organisatie }} — {{ feit:x }}."
    assert render(text, FILE)[0].word_count == 2 + 3 + 2


def test_the_same_text_gives_the_same_prose_whatever_went_before() -> None:
    text = "Noot[^1] {{ email }}\n\n[^1]: tekst\n\n## Kop\n\n[ref]: a.md\n\n[ref]"
    first = render(text, FILE)
    render("[ref]: b.md\n\n[^1]: anders\n\n> > > <div>", FILE)
    render("- " * 19 + "x", FILE)
    assert render(text, FILE) == first


# ── brand slots and facts ──


def test_slots_and_facts_become_marks_with_their_line() -> None:
    rendered, problems = render(
        "Wij zijn {{ organisatie }}.\n\n{{feit:rendement}} en {{ feit: x-2 }}", FILE, 8
    )
    assert split_pieces(rendered.html) == ["<p>Wij zijn ", ".</p>\n<p>", " en ", "</p>"]
    assert marks(rendered) == [SlotMark("organisatie", 8), FactMark("rendement", 10), FactMark("x-2", 10)]
    assert problems == ()


@pytest.mark.parametrize("name", links.SLOTS)
def test_every_slot_works_in_every_kind_of_text(name: str) -> None:
    slot = f"{{{{ {name} }}}}"
    text = (
        f"**{slot}**\n\n- {slot}\n\n> {slot}\n\n| {slot} | b |\n|---|---|\n| {slot} | c |\n\n[{slot}](a.md)"
    )
    assert [m for m in marks(render(text, FILE)[0]) if isinstance(m, SlotMark)] == [
        SlotMark(name, line) for line in (1, 3, 5, 7, 9, 11)
    ]


@pytest.mark.parametrize(
    "typed", ["{{ 7*7 }}", "{% raw %}", "{{ config.items() }}", "{{}}", "{ email }", "{{ email", "{# x #}"]
)
def test_other_braces_are_text(typed: str) -> None:
    rendered, problems = render(typed, FILE)
    assert split_pieces(rendered.html) == [f"<p>{typed}</p>"]
    assert problems == ()


@pytest.mark.parametrize(
    "typed",
    ["`{{ email }}`", "    {{ email }}", "```\n{{ email }}\n```", "<pre>{{ email }}</pre>", r"\{{ email }}"],
)
def test_code_and_escaped_braces_stay_as_typed(typed: str) -> None:
    rendered = render(typed, FILE)[0]
    assert rendered.marks == ()
    assert "{{ email }}" in split_pieces(rendered.html)[0]


def test_a_fact_in_code_is_escaped() -> None:
    assert html_of("`{{ feit:<b> }}`") == "<p><code>{{ feit:&lt;b&gt; }}</code></p>"


def test_an_almost_slot_is_pointed_out() -> None:
    problem = only("Bel {{ telefon }}")
    assert (problem.severity, problem.place.line, problem.place.column) == ("warning", 1, 5)
    assert "'telefoon'" in problem.render()


@pytest.mark.parametrize(
    "typed",
    [
        "[mail](mailto:{{ email }})",
        "[site]({{ website }})",
        "![Team {{ organisatie }}](a.jpg)",
        '![Team](a.jpg "{{ gemeente }}")',
        '<a href="{{ website }}">x</a>',
    ],
)
def test_a_slot_cannot_stand_in_an_attribute(typed: str) -> None:
    assert "cannot be filled in here" in only(f"Regel\n\n{typed}").render()
    assert only(f"Regel\n\n{typed}").place.line == 3


def test_a_slot_in_the_title_of_a_tag_takes_the_title_with_it() -> None:
    assert html_of('<abbr title="{{ email }}">x</abbr>') == "<p><abbr>x</abbr></p>"


def test_a_fact_cannot_stand_inside_a_link() -> None:
    problem = only("Lees [dat {{ feit:x }} klopt](bewijs.md)")
    assert problem.place.column == 11
    assert "inside a link" in problem.render()


# ── headings ──


def test_headings_have_ids_of_their_own() -> None:
    text = "## Hoe één vraag ’s nachts hielp\n\n### Nieuws\n\n## Nieuws\n\n## Nieuws-2\n\n## !?\n\n## عربي"
    assert render(text, FILE)[0].headings == (
        Heading(2, "kop-hoe-een-vraag-s-nachts-hielp", "Hoe één vraag ’s nachts hielp"),
        Heading(3, "kop-nieuws", "Nieuws"),
        Heading(2, "kop-nieuws-2", "Nieuws"),
        Heading(2, "kop-nieuws-2-2", "Nieuws-2"),
        Heading(2, "kop-zonder-naam", "!?"),
        Heading(2, "kop-عربي", "عربي"),
    )


def test_a_heading_is_plain_text() -> None:
    text = "## **Vet** &amp; `code` {{ organisatie }}[^1] [link](a.md) <i>x</i>\n\n[^1]: noot"
    rendered = render(text, FILE)[0]
    assert rendered.headings == (Heading(2, "kop-vet-code-link-x", "Vet & code {{ organisatie }} link x"),)
    assert (
        '<h2 id="kop-vet-code-link-x"><strong>Vet</strong> &amp; <code>code</code> '
        in split_pieces(rendered.html)[0]
    )


def test_find_heading_knows_what_authors_write() -> None:
    headings = (Heading(2, "kop-hoe-een-vraag", "Hoe één vraag"),)
    for fragment in ("hoe-een-vraag", "kop-hoe-een-vraag", "Hoe-één-vraag", "hoe%20een%20vraag"):
        assert find_heading(headings, fragment) == headings[0]
    assert find_heading(headings, "hoe") is None
    assert slug("Café ’t Zand & co.") == "cafe-t-zand-co"


def test_a_first_heading_is_an_error() -> None:
    problem = only("Tekst\n\n# Titel\n", first_line=20)
    assert (str(problem.place), problem.severity) == (f"{FILE}:22:1", "error")
    assert "'## Titel'" in problem.render()
    assert "<h1" not in joined(render("# Titel", FILE)[0])
    assert only("Titel\n=====").place.line == 1


def test_a_skipped_level_is_a_warning() -> None:
    problem = only("## Twee\n\ntekst\n\n#### Vier")
    assert (problem.place.line, problem.severity) == (5, "warning")
    assert "'###'" in problem.render()


def test_headings_are_found_back_past_code_and_comments() -> None:
    text = "```\n## Kop\n```\n\n<!-- ## Kop -->\n\n## Kop\n\nTekst\nmeer\n---\n\n> # Titel"
    assert only(text).place.line == 13


def test_a_heading_without_words_is_an_error() -> None:
    assert only("## \n\ntekst").place.line == 1


def test_braces_behind_a_heading_do_nothing() -> None:
    rendered, problems = render("## Kop {#anders}", FILE)
    assert rendered.headings == (Heading(2, "kop-kop", "Kop"),)
    assert [p.severity for p in problems] == ["warning"]


# ── links ──


def test_our_own_links_are_marks_with_their_line() -> None:
    text = (
        "[a](andere.md) en\n[b](../toolkit/raad.md#kop)\n[c](/toolkit/raad/)\n"
        "[d][ref] <a href='e.md'>e</a>\n\n[ref]: d.md"
    )
    rendered = render(text, FILE, 5)[0]
    assert marks(rendered) == [
        LinkMark("andere.md", 5),
        LinkMark("../toolkit/raad.md#kop", 6),
        LinkMark("/toolkit/raad/", 7),
        LinkMark("d.md", 10),
        LinkMark("e.md", 8),
    ]
    assert all(piece.endswith('href="') for piece in split_pieces(rendered.html)[:-1])
    assert all(piece.startswith('"') for piece in split_pieces(rendered.html)[1:])


def test_equal_targets_are_told_apart_and_code_is_not_counted() -> None:
    text = "`[x](a.md)`\n\n```\n[x](a.md)\n```\n\n[x](a.md)\n\n<!-- [x](a.md) -->\n\n[x](a.md)"
    assert [mark.line for mark in render(text, FILE)[0].marks] == [7, 11]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[x](https://x.nl/?a=1&b=2)", '<a href="https://x.nl/?a=1&amp;b=2" rel="noreferrer">x</a>'),
        ("<https://x.nl/>", '<a href="https://x.nl/" rel="noreferrer">https://x.nl/</a>'),
        ("[x](<https://x.nl/a b>)", '<a href="https://x.nl/a%20b" rel="noreferrer">x</a>'),
        ("[x](mailto:a@x.nl)", '<a href="mailto:a@x.nl">x</a>'),
        ("<a@x.nl>", '<a href="mailto:a@x.nl">a@x.nl</a>'),
        ("[x](<tel:010 123>)", '<a href="tel:010123">x</a>'),
        ('<a href="https://x.nl">x</a>', '<a href="https://x.nl" rel="noreferrer">x</a>'),
        ("[x](#top)", '<a href="#top">x</a>'),
        ("## Een kop\n\n[x](#een-kop)", '<a href="#kop-een-kop">x</a>'),
        ("## Een kop\n\n<a href='#kop-een-kop'>x</a>", '<a href="#kop-een-kop">x</a>'),
        ("[x](a.md){.knop}", '<a class="button" href="«link»">x</a>'),
        ("[x](a.pdf){: .download .knop }.", '<a class="download button" href="«link»">x</a>.'),
        ("[x](https://x.nl){.video}", '<a class="video-link" href="https://x.nl" rel="noreferrer">x</a>'),
        ('[x](a.md "Titel")', '<a href="«link»" title="Titel">x</a>'),
    ],
)
def test_links(typed: str, expected: str) -> None:
    assert expected in html_of(typed)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("javascript:alert(1)", "cannot begin with 'javascript:'"),
        ("JaVaScRiPt:alert(1)", "cannot begin with 'JaVaScRiPt:'"),
        ("java&#10;script:alert(1)", "cannot begin with 'javascript:'"),
        ("&#106;avascript:alert(1)", "cannot begin with 'javascript:'"),
        ("\uff4aavascript:alert(1)", "cannot begin with 'javascript:'"),
        ("j\u0430vascript:alert(1)", "cannot begin with 'j\u0430vascript:'"),
        ("java\u200bscript:alert(1)", "cannot begin with 'javascript:'"),
        ("data:text/html,x", "cannot begin with 'data:'"),
        ("vbscript:x", "cannot begin with 'vbscript:'"),
        ("file:///etc/passwd", "cannot begin with 'file:'"),
        ("ftp://x.nl", "cannot begin with 'ftp:'"),
        ("http\u200bs://x.nl", "cannot begin with 'https:'"),
        ("https:x", "not a complete address"),
        ("https://", "not a complete address"),
        ("mailto:x", "not a complete address"),
        ("//x.nl/a", "write 'https://x.nl/a'"),
        ("www.x.nl", "write 'https://www.x.nl'"),
        ("a@x.nl", "write 'mailto:a@x.nl'"),
        ("..\\raad.md", "write '../raad.md'"),
        ("", "goes nowhere"),
        ("#kwijt", "no heading '#kwijt'"),
    ],
)
def test_a_link_that_leads_nowhere_good_is_an_error(target: str, message: str) -> None:
    problem = only(f"Regel\n\nLees [dit]({target}) ook", first_line=4)
    assert (problem.severity, message in problem.render()) == ("error", True), problem.render()
    if not re.search("&#", target):
        assert (problem.place.line, problem.place.column) == (6, 12)
    assert "href" not in joined(render(f"[dit]({target})", FILE)[0])


def test_a_missing_heading_has_a_hint() -> None:
    assert "'hoe-het-begon'" in only("## Hoe het begon\n\n[x](#hoe-het-beging)").render()


def test_a_link_needs_words() -> None:
    assert "no words" in only("[](a.md)").render()


@pytest.mark.parametrize("choice", ["{.knopp}", "{#id}", "{target=_blank}", "{: .knop .rood }"])
def test_unknown_choices_behind_a_link_are_dropped(choice: str) -> None:
    rendered, problems = render(f"[x](a.md){choice}", FILE)
    assert choice not in joined(rendered)
    assert [p.severity for p in problems] == ["warning"]


# ── images and films ──


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("![Amina lacht](amina.jpg)", ImageMark("amina.jpg", "Amina lacht", "", "", 3)),
        ('![A](a.jpg "In de tuin. Foto: Jo Bos")', ImageMark("a.jpg", "A", "In de tuin.", "Jo Bos", 3)),
        ('![A](a.jpg "Foto: Jo Bos.")', ImageMark("a.jpg", "A", "", "Jo Bos", 3)),
        ('![A](a.svg "In de tuin (Illustratie: Jo)")', ImageMark("a.svg", "A", "In de tuin", "Jo", 3)),
        ('![A](a.jpg "Dit is mijn foto: mooi")', ImageMark("a.jpg", "A", "Dit is mijn foto: mooi", "", 3)),
        ('![A &amp; "B"](<mijn foto.jpg>)', ImageMark("mijn foto.jpg", 'A & "B"', "", "", 3)),
        ('![](a.jpg "decoratief")', ImageMark("a.jpg", "", "", "", 3)),
        ("![Buurttuin](film.mp4)", VideoMark("film.mp4", "Buurttuin", 3)),
        ("![Buurttuin](film.WEBM)", VideoMark("film.WEBM", "Buurttuin", 3)),
        ("- ![A](a.jpg)", ImageMark("a.jpg", "A", "", "", 3)),
        ("![A][ref]\n\n[ref]: a.jpg", ImageMark("a.jpg", "A", "", "", 5)),
    ],
)
def test_images_and_films_are_marks(typed: str, mark: object) -> None:
    rendered, problems = render(f"Tekst\n\n{typed}\n\nmeer", FILE)
    assert marks(rendered) == [mark]
    assert problems == ()


def test_an_image_stands_between_blocks() -> None:
    assert html_of("een\n\n![A](a.jpg)\n![B](b.jpg)\n\ntwee") == "<p>een</p>\n«image»\n«image»\n<p>twee</p>"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("![](a.jpg)", "has no description"),
        ("![](film.mp4)", "has no title"),
        ("tekst ![A](a.jpg) tekst", "in the middle of other text"),
        ("## ![A](a.jpg)", "in the middle of other text"),
        ("[![A](a.jpg)](b.md)", "in the middle of other text"),
        ("![A](https://x.nl/a.jpg)", "not a file of ours"),
        ("tekst ![A](https://x.nl/a.jpg)", "not a file of ours"),
        ("![A](//x.nl/a.jpg)", "not an address"),
        ("![A](data:image/png;base64,xx)", "cannot begin with 'data:'"),
        ("![A](#kop)", "not a file of ours"),
        ("![A]()", "goes nowhere"),
    ],
)
def test_an_image_that_cannot_be_shown_is_an_error(typed: str, message: str) -> None:
    problems = [p for p in render(f"Tekst\n\n{typed}", FILE, 11)[1] if message in p.render()]
    assert [(p.severity, p.place.line) for p in problems] == [("error", 13)]
    assert "<img" not in joined(render(typed, FILE)[0])


# ── quotes and call-outs ──


@pytest.mark.parametrize("dash", ["—", "–", "--"])
@pytest.mark.parametrize("empty", ["", ">\n"])
def test_a_quote_with_a_speaker_is_a_figure(dash: str, empty: str) -> None:
    assert html_of(f"> Zij *bleef*.\n{empty}> {dash} Amina, [buurvrouw](a.md)") == (
        '<figure class="quote">\n<blockquote>\n<p>Zij <em>bleef</em>.</p>\n</blockquote>\n'
        '<figcaption>Amina, <a href="«link»">buurvrouw</a></figcaption>\n</figure>'
    )


@pytest.mark.parametrize(
    "typed", ["> Zonder spreker", "> — alleen een naam", "> een\n> - twee", "> a\n> ---"]
)
def test_a_quote_without_a_speaker_stays_a_quote(typed: str) -> None:
    assert "<figure" not in joined(render(typed, FILE)[0])
    assert "<blockquote>" in joined(render(typed, FILE)[0])


def test_two_quotes_are_two() -> None:
    assert html_of("> een\n> — A\n\n> twee\n> — B\n\n> drie").count("<blockquote>") == 3


@pytest.mark.parametrize(
    ("kind", "css", "label"),
    [
        ("tip", "tip", "Tip"),
        ("TIP", "tip", "Tip"),
        ("let op", "let-op", "Let op"),
        ("voorbeeld", "voorbeeld", "Voorbeeld"),
        ("weetje", "weetje", "Weetje"),
        ("overnemen", "overnemen", "Om over te nemen"),
    ],
)
def test_call_outs(kind: str, css: str, label: str) -> None:
    assert html_of(f"> [!{kind}] Neem de *tijd*\n> Bel eerst.\n>\n> - a") == (
        f'<div class="callout callout-{css}" role="note">\n'
        f'<p class="callout-title"><span class="callout-kind">{label}</span>: Neem de <em>tijd</em></p>\n'
        "<p>Bel eerst.</p>\n<ul>\n<li>a</li>\n</ul>\n</div>"
    )
    assert f'<span class="callout-kind">{label}</span></p>' in html_of(f"> [!{kind}]\n> Bel eerst.")


def test_an_unknown_call_out_is_an_error() -> None:
    problem = only("tekst\n\n> [!weetj] Titel\n> tekst")
    assert (problem.place.line, problem.place.column) == (3, 3)
    assert "'weetje'" in problem.render()
    assert "let op, overnemen, tip, voorbeeld, weetje" in only("> [!warning]\n> x").render()


# ── tables and footnotes ──


def test_tables_can_be_scrolled_and_are_aligned_by_class() -> None:
    html = html_of("| | *Wat* | Keren |\n|---|:-:|--:|\n| a | {{ email }} | 3 |")
    assert '<div aria-label="Tabel 1: Wat, Keren" class="table" role="region" tabindex="0">\n<table>' in html
    assert '<td></td>\n<th class="align-center" scope="col"><em>Wat</em></th>' in html
    assert '<td class="align-right">3</td>' in html
    assert "style=" not in html
    assert " align=" not in html


def test_a_row_with_too_many_cells_is_an_error() -> None:
    assert only("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |").place.line == 4


def test_footnotes_link_both_ways_in_the_order_of_the_text() -> None:
    html = html_of("Een[^b] twee[^a] drie[^b].\n\n[^a]: Aa\n[^b]: Bee")
    assert re.findall(r'id="([^"]+)"', html) == [
        "noot-1-terug-1",
        "noot-2-terug-1",
        "noot-1-terug-2",
        "noot-1",
        "noot-2",
    ]
    assert set(re.findall(r'href="#([^"]+)"', html)) == set(re.findall(r'id="([^"]+)"', html))
    assert '<section aria-label="Voetnoten" class="footnotes">\n<ol>\n<li id="noot-1">\n<p>Bee' in html
    assert 'aria-label="Terug naar voetnoot 1 in de tekst (2)"' in html
    assert "rel=" not in html


def test_footnotes_that_miss_a_half_are_told() -> None:
    missing = only("tekst\n\nEen[^x]")
    assert (missing.severity, missing.place.line, missing.place.column) == ("error", 3, 4)
    unused = only("Een\n\n[^x]: noot")
    assert (unused.severity, unused.place.line) == ("warning", 3)
    assert "section" not in joined(render("Een\n\n[^x]: noot", FILE)[0])


def test_a_block_of_code_needs_an_end() -> None:
    problem = only("tekst\n\n```\ncode\n\n## Geen kop")
    assert (problem.severity, problem.place.line) == ("error", 3)


# ── typed HTML ──


def test_some_html_may_be_typed() -> None:
    text = '<details open><summary>Meer</summary>Een <span lang="ar">x</span> H<sub>2</sub>O</details>'
    assert html_of(text).replace('open=""', "open") == text
    assert render(text, FILE)[1] == ()


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


XSS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.nl/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<style>@import '//x.nl/x.css'</style>",
    "<link rel=stylesheet href=//x.nl/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='//x.nl/'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' &#1; javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#x6A;avascript&colon;alert(1)'>x</a>",
    "<a href='//x.nl' onclick='alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a id=location name=cookie href=a.md>x</a>",
    "<p id=top><p name=getElementById>x",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](  JAVASCRIPT:alert(1))",
    '[x](a.md "onmouseover=alert(1)//")',
    '[x](a.md" onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<javascript://x.nl/%0aalert(1)>",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](a.jpg)',
    '![x](a.jpg" onerror="alert(1))',
    "[x](a.md){onclick=alert(1)}",
    "## x {onclick=alert(1) style=color:red}",
    '> [!tip" onclick=alert(1)] x',
    '[^" onclick=alert(1)]\n\n[^" onclick=alert(1)]: x',
    '```"onclick=alert(1)\nx\n```',
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo '<script>alert(1)</script>' ?>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#xE000;onclick=x <b class='&#xE000;x' id=&#57344;y>x</b>",
    "<b title='&#xF0000;' lang=&#x0F0000>x</b> {{ email }} &#983040;",
    "&\\#xF0000; &\\#983040; {{ email }}",
    "\ue000 \U000f0000 \U00100000 [x](\ue000javascript:alert(1)) {{ email }} [y](a.md)",
    "{{ feit:<script>alert(1)</script> }}",
    "`{{ feit:<script>alert(1)</script> }}`",
]


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


class _Reading(HTMLParser):
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
    reading = _Reading(html)
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


MARKS = """
    # ## ### - 1. > >> | |---|---| ``` ~~~ ` * ** _ [ ] ( ) ! < > & \\ : { } {{ }} [!tip] [^1] [^1]: -- ---
    === [x](a.md) [x](#kop) ![a](b.jpg) ![a](b.mp4) {{email}} {{feit:x}} {.knop} <div> </div> <a </a> <p>
    <b> <table> <td> <li> <code> </code> <pre> &#xE000; &#983040; &amp; <!-- --> <h1> <x-lifted> [a]: href=
"""
BLOCKS = [
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\r\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n:   ",
    "\n\n## Kop\n\n",
    "\n[ref]: a.md\n",
]
BLOCKS += [
    "| a | b |\n|---|---|\n| c | d |\n",
    "{{ organisatie }}",
    "\ue000",
    "\U000f0000",
    "\U00100000",
    "\u2014 wie",
]
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


# ── what no parser is shown ──


@pytest.mark.parametrize(
    ("hostile", "line"),
    [
        ("![" * 16_000, 3),
        ("[" * 16_000, 3),
        ("[[[a]]]" * 4_000, 3),
        ("<![CDATA[" * 4_000, 3),
        ("[^a]" * 8_000, 3),
        ("[a](" * 8_000, 3),
        ("[a](<" * 8_000, 3),
        ("[a]\n" * 8_000, 1_003),
        ("``` \n" * 3_000, 336),
        ("# a\n" * 8_000, 503),
        ("<p m='1'\n" * 8_000, 2_003),
        ("* " * 495, 3),
        ("- " * 495, 3),
        ("1. " * 495, 3),
        ("> " * 495, 3),
        ("*" * 1_983 + "a" + "*" * 1_983, 3),
        ("<div markdown='1'>" * 330, 3),
        ("<div>\n" * 60, 53),
        ("a\n---\n" * 5_000, 404),
        ("a\n: b\n" * 5_000, 404),
        ("x" * 5_001, 3),
        (" " * 80 + "- x", 3),
        ("een\nt\x00wee", 4),
        ("een\nt\x92wee", 4),
        ("een\nt\ud800wee", 4),
        (("woord " * 100 + "\n") * 400, 335),
    ],
)
def test_what_would_take_minutes_is_refused_with_its_line(hostile: str, line: int) -> None:
    started = time.perf_counter()
    text = f"tekst\n\n{hostile}"
    rendered, problems = render(text, FILE)
    assert time.perf_counter() - started < 2
    assert rendered == RenderedText()
    assert problems == limit_violations(SourceText(text, FILE, 1))
    assert line in [p.place.line for p in problems], [p.render() for p in problems]
    assert {p.severity for p in problems} == {"error"}


def test_the_guard_lets_real_texts_through() -> None:
    story = "## Kop\n\n" + "Een zin van zes woorden hier. " * 100 + "\n\n- a\n    - b\n\n"
    assert limit_violations(SourceText(story + "-" * 100, FILE, 1)) == ()
    assert limit_violations(SourceText("<https://x.nl/>\n" * 200 + "<p>x\n" * 200, FILE, 1)) == ()


def test_a_private_character_is_left_out_with_a_warning() -> None:
    rendered, problems = render("een\n\uf0b7 twee", FILE, 4)
    assert split_pieces(rendered.html) == ["<p>een\n  twee</p>"]
    assert [(p.severity, p.place.line, p.place.column) for p in problems] == [("warning", 5, 1)]


@pytest.mark.parametrize("failure", [RecursionError, ValueError, KeyError])
def test_a_failing_parser_is_a_problem(failure: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, text: str) -> str:
        raise failure("x")

    with monkeypatch.context() as patch:
        patch.setattr("markdown.Markdown.convert", fail)
        rendered, problems = render("tekst", FILE, 6)
    assert rendered == RenderedText()
    assert [(p.severity, p.place.line) for p in problems] == [("error", 6)]
    assert html_of("tekst") == "<p>tekst</p>"


def test_deep_nesting_is_a_problem_not_a_crash() -> None:
    text = "".join("    " * depth + "- x\n" for depth in range(19)) + ("a\n: b\n" * 190)
    problems = render(text, FILE)[1]
    assert all(p.severity for p in problems)
    assert html_of("tekst") == "<p>tekst</p>"


def test_sanitised_html_is_stable() -> None:
    """What came out once goes through the sanitiser unchanged: nothing is left for a browser to repair."""
    html = html_of("## Kop\n\n> [!tip] x\n> y\n\n<div>**a**</div>\n\n| a | b |\n|--|--|\n| c | d |")
    ours = {"*": {"class", "id", "role", "tabindex", "aria-label"}, "th": {"scope"}}
    assert nh3.clean(html, attributes=ours) == html


@pytest.mark.parametrize(
    "typed",
    [
        "a `code` b ``c ` d`` e \\` f",
        "\\*geen nadruk\\* en \\[geen link\\]",
        "*een* **twee** ***drie*** _een_ __twee__ ___drie___ a_b_c *a _b_ c* _a *b* c_ * los * _ los _",
        "_een_ en __twee__",
        "*een* en _twee_, ***drie** en vier* los*",
        "[een](a.md) ![x](y.svg) [twee][ref] [drie][] [ref] <https://x.example/> <a@b.example>",
        "een  \ntwee\ndrie &amp; &euro; & < > <b>vet</b> <br> x",
        "[a *b* `c` **d [e](f.md)**](g.md)",
        "`` ` `` * a `*` b * \\\\ \\` \\_",
        "*een* voor de [link](a.md), **twee** erna",
        "*een* \\\\ _twee_ `code` ***drie*** <b>vet</b> *vier*",
        "# Een\ntekst\n\nTwee\n===\ntekst\n\n    # code\n\n- # Drie\n- a\n\n***\n- - -\na\n* * *",
        "---\n\n   - - -\n\n    ***\n\na\n   ___\nb\n\n \tx\n   \n  \n\ty\n\n* *\n\n--- x\n \n",
        "> quote\n> - a\n>   b\n\na\n> b\n\nTerm\n: uitleg\n\n:   los\n\n1. a\n2. b\n* c",
        "| a | b |\n|---|---|\n| c | d |\n\ne | f\n--|--\ng | h\n\n[^n] en [a]\n\n[a]: b.md\n\n[^n]: noot",
    ],
)
def test_a_pattern_that_is_passed_over_would_not_have_matched(typed: str) -> None:
    """Only what has its sign in the text is tried, which may not change what comes out."""
    results = []
    for quick in (False, True):
        markdown, _ = converter.build()
        if quick:
            speed_up(markdown)
        markdown.treeprocessors.deregister("visit")
        results.append(markdown.convert(f"{typed}\n\n[ref]: h.md\n"))
    assert results[0] == results[1]


# ── lines to tick off ──


def test_a_line_to_tick_off() -> None:
    assert html_of("- [ ] Koffie *staat* klaar\n- gewoon") == (
        '<ul>\n<li class="task">Koffie <em>staat</em> klaar</li>\n<li>gewoon</li>\n</ul>'
    )
    assert html_of("- [ ] Koffie\n\n- [ ] Thee").count('class="task"') == 2
    assert 'class="task"' not in html_of("[ ] Geen lijst")
