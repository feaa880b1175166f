"""Charts: drawn to scale from zero, in words that are data, and only of figures of one kind."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from helpers.sites import Campaign
from microsite.content.facts import Fact, Reference
from microsite.media.charts import WIDTH, Point, chart
from microsite.rendering.recipes import register
from microsite.rendering.views import FactRow, NavLink

DAY = "2026-03-01"
MORE = """\
ramen:
  text: 16 ramen
  value: 16
  unit: deuren
  label: Ramen in de flat
  source: {title: Telling in de hal, publisher: Welzijn Zandhage}
  caveat: Alleen deze ene flat is geteld.
  as_of: 2026-03-01
"""
PROOF = """\
---
title: Wat een deur zegt
summary: Er zijn er veel.
claim: Er zijn meer deuren dan ramen.
method: Geteld.
caveat: Eén flat.
facts: [deuren]
charts:
  - title: Deuren en ramen
    {whole}rows:
      - {{label: Deuren, fact: deuren}}
      - {{label: "<b>Ramen</b> & zo", fact: {second}}}
---
Tekst.
"""


def marks(svg: str) -> list[float]:
    return [
        float(mark.get("width", "0")) for mark in ET.fromstring(svg).iterfind("rect[@class='chart-mark']")
    ]


def points(*values: str) -> list[Point]:
    return [(f"nr {value}", value, Decimal(value)) for value in values]


def test_twice_as_much_is_twice_as_long() -> None:
    assert marks(chart("bars", points("10", "20", "0"))) == [WIDTH / 2, WIDTH, 0]


def test_a_whole_is_what_a_full_bar_stands_for() -> None:
    assert marks(chart("bars", points("5"), Decimal(7))) == [pytest.approx(WIDTH * 5 / 7, abs=0.1)]
    assert marks(chart("bars", points("8"), Decimal(7))) == [WIDTH]


def test_a_line_rises_with_its_values() -> None:
    line = ET.fromstring(chart("line", points("1", "3", "2"))).find("polyline")
    assert line is not None
    spots = [tuple(map(float, spot.split(","))) for spot in line.get("points", "").split()]
    assert [x for x, _ in spots] == sorted({x for x, _ in spots})
    assert spots[1][1] < spots[2][1] < spots[0][1]


@given(
    st.lists(st.tuples(st.text(), st.text(), st.decimals(-1000, 10**9, places=2)), max_size=6),
    st.sampled_from(["bars", "line"]),
)
def test_whatever_is_said_it_stays_words_in_a_drawing(given_points: list[Point], shape: Any) -> None:
    clean = [("".join(c for c in a if c.isprintable()), "x", v) for a, _, v in given_points]
    tree = ET.fromstring(chart(shape, clean))
    assert [text.text or "" for text in tree.iterfind("text[@class='chart-label']")] == [a for a, *_ in clean]
    assert "nan" not in chart(shape, clean)


def test_a_chart_stands_on_the_page_with_its_table_and_its_sources(campaign: Campaign) -> None:
    campaign.write("content/feiten.yaml", campaign.read("content/feiten.yaml") + MORE)
    campaign.write("content/bewijs/deur.md", PROOF.format(whole="", second="ramen"))
    campaign.build().fine()
    page = LexborHTMLParser(campaign.shown("bewijs/deur.html"))
    figure = page.css_first("figure.plot")
    assert figure is not None
    svg = figure.css_first("svg")
    assert svg is not None
    assert svg.attributes["aria-hidden"] == "true"
    assert [cell.text().strip() for cell in figure.css("tbody th")] == ["Deuren", "<b>Ramen</b> & zo"]
    assert not figure.css("svg b")
    for link in figure.css("td a"):
        assert page.css_first(link.attributes["href"] or "?") is not None
    assert campaign.shown("bewijs/deur.html").count("Alleen deze ene flat is geteld.") == 1


def test_figures_of_different_kinds_are_not_set_side_by_side(campaign: Campaign) -> None:
    campaign.write("content/bewijs/deur.md", PROOF.format(whole="whole: 100\n    ", second="koppen"))
    report = campaign.build()
    assert (
        "bewijs/deur.md:9:5: error: this chart sets figures of different kinds side by side: deuren; koppen"
        in report.said
    )


def test_a_figure_of_a_chart_must_be_in_the_register(campaign: Campaign) -> None:
    campaign.write("content/bewijs/deur.md", PROOF.format(whole="", second="deurn"))
    assert "there is no fact 'deurn' in the register" in campaign.build().said


def test_the_register_as_a_table_holds_no_formula() -> None:
    source = Reference("=2+3", "Welzijn; Zandhage")
    fact = Fact("-3 %", Decimal("-1.5"), "%", "@label", source, 'Een "regel"\nen nog een', as_of=DAY)  # type: ignore[arg-type]
    data = register((FactRow("a", fact, (NavLink("Een", "een.html"),)),), tuple("abcdefghijklmno"), "nl")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows[0]) == len(rows[1]) == 15
    assert rows[1][1:6] == ["'-3 %", "-1,5", "%", "'@label", "'=2+3"]
    assert rows[1][10] == 'Een "regel"\nen nog een'
    assert rows[1][14] == "een.html"


def test_the_register_can_be_downloaded_where_there_is_one(campaign: Campaign) -> None:
    campaign.build().fine()
    assert (campaign.site / "cijfers.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert 'href="cijfers.csv"' in campaign.shown("cijfers.html")
