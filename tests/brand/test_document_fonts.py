"""The fonts of a brand as office programs take them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from microsite.brand.document_fonts import letters

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
SANS = (FONTS / "hanken-grotesk.woff2").read_bytes()


def changed(**values: int) -> bytes:
    """A font with other values in its OS/2 table."""
    font = TTFont(io.BytesIO(SANS))
    for name, value in values.items():
        setattr(font["OS/2"], name, value)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def test_a_variable_font_gives_a_regular_and_a_bold_of_one_family() -> None:
    made = letters(SANS)
    assert (made.family, made.fallback) == ("Hanken Grotesk", "Arial")
    for data, style, weight, selection in (
        (made.regular, "Regular", 400, 0x40),
        (made.bold, "Bold", 700, 0x20),
    ):
        font = TTFont(io.BytesIO(data))
        assert "fvar" not in font
        assert [font["name"].getDebugName(id) for id in (1, 2, 4, 6)] == [
            "Hanken Grotesk",
            style,
            f"Hanken Grotesk {style}",
            f"HankenGrotesk-{style}",
        ]
        assert font["OS/2"].usWeightClass == weight
        assert font["OS/2"].fsSelection & 0x60 == selection
    assert letters(SANS) == made


@pytest.mark.parametrize(
    ("file", "family", "fallback"),
    [
        ("newsreader.woff2", "Newsreader", "Georgia"),
        ("bricolage-grotesque.woff2", "Bricolage Grotesque", "Arial"),
        ("instrument-sans.ttf", "Instrument Sans", "Arial"),
    ],
)
def test_the_name_of_a_family_is_without_the_weight_of_its_file(
    file: str, family: str, fallback: str
) -> None:
    made = letters((FONTS / file).read_bytes())
    assert (made.family, made.fallback) == (family, fallback)
    assert made.regular


@pytest.mark.parametrize(
    ("fs_type", "embedded"),
    [(0x0000, True), (0x0008, True), (0x0002, False), (0x0004, False), (0x0200, False), (0x0100, False)],
)
def test_a_font_is_embedded_only_where_it_may_be_edited(fs_type: int, embedded: bool) -> None:
    """With 'preview and print' (4) Word would open the text for reading only."""
    made = letters(changed(fsType=fs_type))
    assert (bool(made.regular), bool(made.bold)) == (embedded, embedded)
    assert (made.family, made.fallback) == ("Hanken Grotesk", "Arial")


def test_the_letters_of_names_stay_in_the_whole_font() -> None:
    made = letters((FONTS / "hanken-grotesk.ttf").read_bytes())
    known = TTFont(io.BytesIO(made.bold)).getBestCmap()
    assert {ord(letter) for letter in "ŞükranŁukaszĐorđeNgọc"} <= known.keys()
