"""Material is set in letters that are there: names from all over Europe and Vietnam, in each family."""

from __future__ import annotations

from pathlib import Path

import pytest

from microsite.brand import fonts
from microsite.brand.document_fonts import code_points, print_font
from microsite.content.files import Source
from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile
from microsite.rendering.print.house import settable

PROJECT = Path(__file__).resolve().parents[3]
NAMES = "Şükran Łukasz Đorđe Ngọc 's-Hertogenbosch IJsbrand Ĳ İbrahim Ștefan Gőz Ðuro"


def source(path: str) -> Source:
    data = (PROJECT / path).read_bytes()
    return Source(path, path, "", digest(data), str(PROJECT / path), len(data))


@pytest.mark.parametrize("family", fonts.SHIPPED)
def test_names_are_set_as_they_are_written(family: str) -> None:
    files = tuple(print_font(source(f"assets/fonts/{name}.ttf")) for name in (family, fonts.DEFAULT))
    assert settable({"words": NAMES}, files) == {"words": NAMES}


def test_a_web_font_of_a_member_becomes_one_for_print() -> None:
    made = print_font(source("brands/vuurduin/fredoka.woff2"))
    assert made[:4] in (b"\0\1\0\0", b"OTTO")
    assert ord("ë") in code_points(made)
    assert (
        fonts.examine(made).metrics == fonts.examine(source("brands/vuurduin/fredoka.woff2").read()).metrics
    )


def test_a_letter_that_no_font_has_is_told() -> None:
    files = (print_font(source("assets/fonts/instrument-sans.ttf")),)
    with pytest.raises(InvalidFile) as caught:
        settable({"words": "Привет"}, files)
    assert "'П'" in caught.value.problem.message.render(str)


def test_signs_that_are_no_letters_are_left_out() -> None:
    files = (print_font(source("assets/fonts/hanken-grotesk.ttf")),)
    assert settable({"words": "Zij\u202f\u2011 🎉 ja", "year": 3}, files) == {
        "words": "Zij\u00a0-  ja",
        "year": 3,
    }
