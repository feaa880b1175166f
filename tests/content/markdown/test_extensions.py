"""Quotes, call-outs, tables and footnotes."""

from __future__ import annotations

import re

import pytest

from helpers.markdown import FILE, html_of, joined, only
from microsite.content.markdown.reader import render


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


@pytest.mark.parametrize(
    "typed",
    [
        "- een[^a]\n- twee[^b]\n\ndrie[^c]",
        "> een[^a]\n\n1. twee[^b]\n    - drie[^c]",
        "een[^a]\n\n| twee[^b] | x |\n|---|---|\n| *y* | drie[^c] |\n\nvier[^a]",
        "## een[^a]\n\nTerm[^b]\n:   uitleg[^c]",
        "*een[^a] **twee[^b]*** drie[^c]",
        "- een[^a]\n\n    > [!tip] Titel[^b]\n    > drie[^c]",
    ],
)
def test_footnotes_are_numbered_as_the_text_is_read(typed: str) -> None:
    html = html_of(f"{typed}\n\n[^c]: C\n[^b]: B\n[^a]: A")
    numbers = re.findall(r'class="footnote-ref" href="#noot-(\d)">(\d)</a>', html)
    assert [one for one, _ in numbers][:3] == ["1", "2", "3"]
    assert all(one == other for one, other in numbers)
    assert re.findall(r'<li id="noot-(\d)">\n<p>(.)', html) == [("1", "A"), ("2", "B"), ("3", "C")]


def test_a_footnote_in_a_footnote_comes_behind_it() -> None:
    html = html_of("een[^a] drie[^c]\n\n[^b]: B[^a]\n[^a]: A[^b]\n[^c]: C")
    assert re.findall(r'<li id="noot-(\d)">\n<p>(.)', html) == [("1", "A"), ("2", "C"), ("3", "B")]
    assert html.count("noot-1-terug-2") == 2
    unused = render("een[^a]\n\n[^a]: A\n[^b]: B[^c]\n[^c]: C", FILE)[1]
    assert [problem.place.line for problem in unused] == [4, 5]


def test_footnotes_that_miss_a_half_are_told() -> None:
    missing = only("tekst\n\nEen[^x]")
    assert (missing.severity, missing.place.line, missing.place.column) == ("error", 3, 4)
    unused = only("Een\n\n[^x]: noot")
    assert (unused.severity, unused.place.line) == ("warning", 3)
    assert "section" not in joined(render("Een\n\n[^x]: noot", FILE)[0])
