"""Flyers, figures, certificates and the form for the jury: all of it is there, in every house style."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import pikepdf
import pytest
from msgspec.structs import asdict

from helpers.printing import EXAMPLES, faults, leaves, tags
from helpers.sheets import DEED, VIEWS, WAY, made
from microsite.core.records import Record
from microsite.rendering.print.sheets import FactView, InfographicView

SMALLEST = 8.9  # points
EDGE = 21.5 / 297  # of the width, at the right of all words
SILENT = ("language", "title", "alt", "page", "quoted", "most")
"""What is not to be read: what a program asks for, and what is said of pictures."""


def said(view: Record) -> Iterator[str]:
    for name, value in asdict(view).items():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Record):
                yield from said(part)
            elif isinstance(part, str) and name not in SILENT:
                yield part


@pytest.mark.parametrize("brand", EXAMPLES)
@pytest.mark.parametrize("kind", VIEWS)
def test_all_of_it_is_there(kind: str, brand: str) -> None:
    view = VIEWS[kind][1]
    texts = list(said(view))
    if isinstance(view, FactView) and view.own is None:
        texts.remove(view.ours)
    if isinstance(view, InfographicView) and all(row.own for row in view.rows):
        texts = [text for text in texts if text not in (view.write, view.write_figure, view.write_source)]
    pdf = made(kind, brand)
    assert faults(pdf, texts) == []
    assert all(box[2] <= leaf.sheet[2] * (1 - EDGE) for leaf in leaves(pdf) for _, box in leaf.words)
    assert len(leaves(pdf)) == (2 if kind.startswith("flyer") else 1)
    assert made(kind, brand) == pdf


@pytest.mark.parametrize("kind", VIEWS)
def test_nothing_is_too_small_to_read(kind: str) -> None:
    assert min(size for leaf in leaves(made(kind, "wilgendam")) for size in leaf.sizes) >= SMALLEST


@pytest.mark.parametrize("kind", VIEWS)
def test_it_begins_with_its_first_heading(kind: str) -> None:
    found = [tag for tag in tags(made(kind, "vuurduin")) if tag[0] == "H"]
    assert found[0] == "H1"
    assert set(found[1:]) <= {"H2"}


def test_the_two_codes_of_a_flyer_lead_to_the_story_and_to_what_you_can_do() -> None:
    front, back = leaves(made("flyer", "roetmolen"))
    assert WAY.alt in [alt for alt, _ in front.figures]
    assert DEED.alt in [alt for alt, _ in back.figures]


def test_a_sheet_is_dated_by_the_last_change_of_its_text() -> None:
    """PDF/A wants a date, and the day of the build would change the bytes."""
    with pikepdf.open(io.BytesIO(made("certificate", "wilgendam", changed=dt.date(2026, 5, 9)))) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260509")


def test_for_the_printer_all_fields_run_on() -> None:
    for kind in VIEWS:
        for leaf in leaves(made(kind, "wilgendam", bleed=True)):
            assert [round((a - b) * 25.4 / 72) for a, b in zip(leaf.sheet, leaf.paper, strict=True)] == [
                3,
                3,
                -3,
                -3,
            ]
