"""Headings, images and lines to tick off."""

from __future__ import annotations

import pytest

from helpers.markdown import FILE, html_of, joined, marks, only
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import (
    Heading,
    ImageMark,
    VideoMark,
    find_heading,
    heading_slug,
    split_pieces,
)


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
    assert heading_slug("Café ’t Zand & co.") == "cafe-t-zand-co"
    assert heading_slug("Schuld\xadhulp\u200bverlening") == "schuldhulpverlening"


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


@pytest.mark.parametrize("choice", ["{.knopp}", "{#id}", "{target=_blank}", "{: .knop .rood }"])
def test_unknown_choices_behind_a_link_are_dropped(choice: str) -> None:
    rendered, problems = render(f"[x](a.md){choice}", FILE)
    assert choice not in joined(rendered)
    assert [p.severity for p in problems] == ["warning"]


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


def test_a_line_to_tick_off() -> None:
    assert html_of("- [ ] Koffie *staat* klaar\n- gewoon") == (
        '<ul>\n<li class="task">Koffie <em>staat</em> klaar</li>\n<li>gewoon</li>\n</ul>'
    )
    assert html_of("- [ ] Koffie\n\n- [ ] Thee").count('class="task"') == 2
    assert 'class="task"' not in html_of("[ ] Geen lijst")
