"""Slides (PPTX): placeholders, pictures, charts and notes that can be read and changed anywhere."""

from __future__ import annotations

import io
import time
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import office
from helpers.office import DRAWN, PHOTO, SOURCES, A, example_deck, parts, words, xml
from microsite.rendering.office.fit import fit
from microsite.rendering.office.house_style import mark, typeface
from microsite.rendering.office.slides import (
    AskSlide,
    ChartSlide,
    ContactSlide,
    FigureSlide,
    PersonSlide,
    Portrait,
    Slide,
    TitleSlide,
)
from microsite.site.material.deck import MOST_IN_CAVEAT, MOST_IN_FIGURE, MOST_IN_LABEL, MOST_IN_QUOTE

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize("brand", ["wilgendam", "roetmolen", "vuurduin", "lichtveen", "sociaal-werkt"])
def test_every_part_is_typed_and_every_reference_leads_to_one(brand: str) -> None:
    office.check(example_deck(brand))


def test_each_slide_has_a_title_in_a_place_of_its_layout() -> None:
    found = parts(example_deck())
    layouts = ("title", "person", "person", "sentence", "figure", "chart", "chart", "ask", "contact")
    for number, layout in enumerate(layouts, 1):
        slide = xml(found[f"ppt/slides/slide{number}.xml"])
        places = [place.attrib for place in slide.iter(f"{P}ph")]
        offered = [place.attrib for place in xml(found[f"ppt/slideLayouts/{layout}.xml"]).iter(f"{P}ph")]
        assert {"type": "title"} in places
        assert all(place in offered for place in places), layout
        assert f"slideLayouts/{layout}.xml".encode() in found[f"ppt/slides/_rels/slide{number}.xml.rels"]


def test_what_is_said_is_read_on_the_slides_and_in_the_notes() -> None:
    data = example_deck()
    assert words(data, "ppt/slides/slide2.xml") == "“Ik kom.”\nBas\nWilgendam"
    assert "Bas kwam nooit." in words(data, "ppt/notesSlides/notes2.xml")
    assert "Dit verhaal is verzonnen." in words(data, "ppt/notesSlides/notes2.xml")
    assert "verzonnen" not in words(data, "ppt/notesSlides/notes3.xml")
    assert words(data, "ppt/slides/slide5.xml") == "€ 1,60\nOpbrengst\nBron: SEOR.\nEen gemiddelde."


def test_of_a_figure_the_number_is_large_and_the_words_around_it_are_small() -> None:
    slides = (
        FigureSlide("ruim € 1,90 per uur", "Opbrengst", "SEOR", "Een gemiddelde."),
        PersonSlide("Ik kom.", "Bas"),
    )
    found = parts(example_deck(slides=slides))
    title = next(xml(found["ppt/slides/slide1.xml"]).iter(f"{P}txBody"))
    sizes = {
        "".join(line.itertext()).strip(): int(next(line.iter(f"{A}rPr")).get("sz", "0"))
        for line in title.iter(f"{A}p")
    }
    before, number, after = sizes.values()
    assert list(sizes) == ["ruim", "€ 1,90", "per uur"]
    assert number > 3 * before == 3 * after
    quote = next(xml(found["ppt/slides/slide2.xml"]).iter(f"{A}pPr"))
    assert int(quote.get("indent", "0")) == -int(quote.get("marL", "0")) < 0  # its mark hangs


def test_what_the_brand_does_not_fill_stands_between_brackets() -> None:
    data = example_deck()
    last = len(office.SLIDES)
    assert "Sociaal werkt! in\u00a0Wilgendam" in words(data, "ppt/slides/slide1.xml")
    assert "0187 00 00 03\ndijkhuis@wilgendam.example" in words(data, f"ppt/slides/slide{last}.xml")
    bare = example_deck("roetmolen")
    assert "Sociaal werkt! in [onze\u00a0gemeente]" in words(bare, "ppt/slides/slide1.xml")
    assert "[telefoonnummer]\n[e-mailadres]" in words(bare, f"ppt/slides/slide{last}.xml")


def test_pictures_and_charts_have_alternatives_and_fields_are_decoration() -> None:
    found = parts(example_deck())
    for name, content in found.items():
        if name.endswith(".xml") and name.startswith(("ppt/slides/", "ppt/slideLayouts/")):
            root = xml(content)
            for picture in (*root.iter(f"{P}pic"), *root.iter(f"{P}graphicFrame")):
                described = next(picture.iter(f"{P}cNvPr"))
                assert described.get("descr"), name
    assert b'descr="Portret van Bas"' in found["ppt/slides/slide2.xml"]
    assert b"Wel: 5; Niet &amp; nooit: 2,5." in found["ppt/slides/slide6.xml"]


def test_portraits_are_png_of_a_drawing_and_jpeg_of_a_photo_and_fill_their_place() -> None:
    found = parts(example_deck())
    assert found["ppt/media/portrait2.png"].startswith(b"\x89PNG")
    assert found["ppt/media/portrait3.jpg"].startswith(b"\xff\xd8")
    assert DRAWN.crop(540, 750) == (23000, 0, 23000, 0)  # 80 × 60 in a place of 18:25
    assert PHOTO.crop(540, 750) == (2000, 0, 2000, 0)
    left, top, right, bottom = Portrait(SOURCES["bas.jpg"], 540, 1500, "").crop(540, 750)
    assert (left, right) == (0, 0)
    assert (top, bottom) == (9000, 41000)


def test_a_chart_can_be_edited() -> None:
    found = parts(example_deck())
    chart = xml(found["ppt/charts/chart6.xml"])
    assert [value.text for value in chart.iter(f"{C}v")] == ["projecten", "Wel", "Niet & nooit", "5", "2.5"]
    with zipfile.ZipFile(io.BytesIO(found["ppt/embeddings/cijfers6.xlsx"])) as book:
        sheet = xml(book.read("xl/worksheets/sheet1.xml"))
    assert [text.text for text in sheet.iter(f"{S}t")] == ["projecten", "Wel", "Niet & nooit"]
    assert [value.text for value in sheet.iter(f"{S}v")] == ["5", "2.5"]
    office.check(found["ppt/embeddings/cijfers6.xlsx"])


def test_a_part_of_a_whole_stands_in_a_full_bar() -> None:
    slide = ChartSlide("Vijf", "projecten", (("Van de 7", Decimal(5)),), "SEO", "Weinig.", Decimal(7), "rest")
    found = parts(example_deck(slides=(slide,)))
    chart = xml(found["ppt/charts/chart1.xml"])
    values = [value.text for value in chart.iter(f"{C}v")]
    assert values == ["projecten", "Van de 7", "5", "rest", "Van de 7", "2"]
    assert [most.get("val") for most in chart.iter(f"{C}max")] == ["7"]
    assert slide.alt == "Vijf: Van de 7: 5 / 7."


@pytest.mark.parametrize(
    ("values", "format"), [("5 2", '" "#,##0'), ("5 2.5", '" "#,##0.0'), ("1.125", '" "#,##0.00')]
)
def test_values_are_written_with_their_decimals(values: str, format: str) -> None:
    rows = tuple(("", Decimal(value)) for value in values.split())
    assert ChartSlide("", "", rows, "", "").number_format == format


def test_hostile_values_are_text() -> None:
    hostile = "a & b < c > \"d\" 'e' \x00\x0b\ufffe {quote} 🙂"
    slides: tuple[Slide, ...] = (
        TitleSlide(hostile),
        PersonSlide(hostile, hostile, hostile, DRAWN, hostile),
        FigureSlide(hostile, hostile, hostile, hostile),
        ChartSlide(hostile, hostile, ((hostile, Decimal(1)),), hostile, hostile),
        AskSlide(hostile, hostile),
        ContactSlide(hostile),
    )
    data = example_deck(slides=slides)
    office.check(data)
    assert "a & b < c > \"d\" 'e'  {quote}\u00a0🙂" in words(data, "ppt/slides/slide1.xml")


def test_it_is_in_dutch_in_the_colours_and_font_of_the_brand() -> None:
    found = parts(example_deck())
    theme = xml(found["ppt/theme/theme1.xml"])
    colours = {role.tag.removeprefix(A): role[0].get("val") for role in next(theme.iter(f"{A}clrScheme"))}
    assert colours["accent1"] == "5B2A86"
    assert {font.get("typeface") for font in theme.iter(f"{A}latin")} == {"Newsreader"}
    assert {font.get("typeface") for font in theme.iter(f"{A}cs")} == {"Georgia"}
    for name, content in found.items():
        if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notes")):
            assert {run.get("lang") for run in xml(content).iter(f"{A}rPr")} == {"nl-NL"}, name
    assert "Kies dan Georgia" in words(example_deck(), "ppt/notesSlides/notes1.xml")


def test_the_same_bytes_later() -> None:
    first = example_deck()
    typeface.cache_clear()
    mark.cache_clear()
    time.sleep(2.1)  # the times in a ZIP are even seconds
    assert example_deck() == first
    assert b"docProps" not in parts(first)["ppt/embeddings/cijfers6.xlsx"]


# ── what fits ────────────────────────────────────────────────────────────────────────────────────────

SIZES = (96, 48, 24)


def test_the_largest_size_that_fits_is_taken() -> None:
    assert fit("Kort.", 1000, 200, SIZES) == 96
    assert fit("Kort. " * 8, 1000, 200, SIZES) == 48
    assert fit("woord " * 400, 1000, 200, SIZES) == 24


def test_a_word_is_not_broken() -> None:
    assert fit("vrijwilligersorganisaties", 600, 600, SIZES) == 24
    assert fit("vrijwilligers", 600, 600, SIZES) == 48


LETTERS = st.text("abcdefghijklnoprstuvxyz", min_size=1, max_size=22)
"""Without m and w: no word is of these alone."""


@pytest.mark.parametrize(
    ("most", "width", "height", "smallest", "line", "bold"),
    [
        (MOST_IN_QUOTE, 588, 510, 24, 92, True),
        (MOST_IN_QUOTE, 1040, 510, 36, 92, True),
        (MOST_IN_FIGURE, 1170, 330, 48, 84, True),
        (MOST_IN_LABEL, 540, 240, 20, 104, True),
        (MOST_IN_LABEL, 1146, 130, 24, 98, True),
        (MOST_IN_CAVEAT, 570, 228, 12, 114, False),
        (MOST_IN_CAVEAT, 1100, 96, 12, 106, False),
    ],
)
@given(data=st.data())
def test_what_comes_on_a_slide_fits_there(
    data: st.DataObject, most: int, width: int, height: int, smallest: int, line: int, bold: bool
) -> None:
    """The places and the smallest sizes are those of the templates."""
    words = " ".join(data.draw(st.lists(LETTERS, min_size=1, max_size=most // 4)))[:most]
    assert fit(words, width, height, (smallest, 1), line, bold) == smallest
