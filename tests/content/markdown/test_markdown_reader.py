"""A text as a whole: its HTML and its problems."""

from __future__ import annotations

import pytest

from helpers.markdown import FILE, html_of, only
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import (
    RenderedText,
    split_pieces,
)


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


def test_an_empty_text_renders_to_nothing() -> None:
    assert render("", FILE) == (RenderedText(), ())
    assert render(" \n\n", FILE) == (RenderedText(), ())


def test_words_are_what_a_visitor_reads() -> None:
    text = "## Twee woorden\n\nDrie [*hele* woorden](a.md), & {{ organisatie }} — {{ feit:x }}."
    assert render(text, FILE)[0].word_count == 2 + 3 + 2


def test_a_text_renders_the_same_whatever_was_rendered_before() -> None:
    text = "Noot[^1] {{ email }}\n\n[^1]: tekst\n\n## Kop\n\n[ref]: a.md\n\n[ref]"
    first = render(text, FILE)
    render("[ref]: b.md\n\n[^1]: anders\n\n> > > <div>", FILE)
    render("- " * 19 + "x", FILE)
    assert render(text, FILE) == first


def test_an_almost_slot_is_pointed_out() -> None:
    problem = only("Bel {{ telefon }}")
    assert (problem.severity, problem.place.line, problem.place.column) == ("warning", 1, 5)
    assert "'telefoon'" in problem.render()


def test_a_block_of_code_needs_an_end() -> None:
    problem = only("tekst\n\n```\ncode\n\n## Geen kop")
    assert (problem.severity, problem.place.line) == ("error", 3)


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
