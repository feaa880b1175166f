"""Figures of squares: what an editor types, what a visitor gets, and what is said of what is wrong."""

from __future__ import annotations

import pytest

from helpers.markdown import FILE, html_of, marks, only
from helpers.pages import nodes
from helpers.sites import ANOUK, Campaign
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import RasterMark

ROWS = "rows:\n  2: . x d\n  1: .x.\n"
RASTER = f"```raster\ntitle: Het behang\ncolumn: deur\nsigns: {{x: schimmel, d: dicht}}\n{ROWS}```\n"


def raster(rows: str = ROWS, signs: str = "{x: schimmel, d: dicht}") -> str:
    return RASTER.replace(ROWS, rows).replace("{x: schimmel, d: dicht}", signs)


def test_a_raster_stands_between_blocks() -> None:
    rendered, problems = render(f"Kijk.\n\n{RASTER}\nEn dan.", FILE)
    assert problems == ()
    assert html_of(f"Kijk.\n{RASTER}En dan.") == "<p>Kijk.</p>\n«raster»\n<p>En dan.</p>"
    mark = RasterMark("Het behang", "deur", ("schimmel", "dicht"), (("2", (0, 1, 2)), ("1", (0, 1, 0))), 4)
    assert marks(rendered) == [mark]
    assert rendered.word_count == 4
    assert "«raster»" in html_of(f"- een\n- twee\n{RASTER}")
    assert "«raster»" in html_of(RASTER.replace("```", "~~~~").replace("raster", " Raster  ", 1))


def test_another_block_of_code_is_code() -> None:
    for typed in (RASTER.replace("raster", "yaml"), RASTER.replace("raster", ""), f"````\n{RASTER}````"):
        assert "<pre>" in html_of(typed)
        assert "«raster»" not in html_of(typed)
    assert "{{ organisatie }}" in html_of("```\n{{ organisatie }}\n```\n\n" + RASTER)


@pytest.mark.parametrize(
    ("typed", "line", "words"),
    [
        (raster("rows:\n  2: . x d\n  1: .x\n"), 7, "2 squares"),
        (raster("rows:\n  2: . q x\n  1: d..\n"), 6, "'q'"),
        (raster("rows:\n  2: . x x\n  1: ...\n"), 4, "'d'"),
        (raster("rows:\n  1: xd...........\n"), 6, "13 squares"),
        (raster(signs="{xx: schimmel, x: b, d: c}"), 4, "'xx'"),
        (raster(signs="{a: 1, b: 2, x: 3, d: 4}").replace(". x d", "abd"), 4, "2 signs"),
        (raster("rows:\n" + "".join(f"  r{n}: xd\n" for n in range(31))), 6, "30 rows"),
        (raster("rijen:\n  1: xd\n"), 5, "rijen"),
        (RASTER.replace("title: Het behang", "title: Het behang: vier"), 2, ""),
        (RASTER.replace("title: Het behang", "title: Hoi {{ organisatie }}"), 2, "organisatie"),
        (RASTER.replace("```raster", " ```raster").replace("\n```\n", "\n ```\n"), 1, "start of the line"),
        ("```raster\n```\n", 2, "title"),
    ],
)
def test_what_is_wrong_is_told_on_its_line(typed: str, line: int, words: str) -> None:
    problems = render(f"Kijk.\n\n{typed}", FILE, 20)[1]
    told = [(problem.place.line, problem.render()) for problem in problems]
    assert [said for at, said in told if at == 21 + line and words in said], told


def test_a_raster_without_an_end_is_told_once() -> None:
    assert only(RASTER.removesuffix("```\n")).place.line == 1


def test_a_page_has_it_as_a_table(campaign: Campaign) -> None:
    campaign.edit(ANOUK, "## De hal\n", f"{RASTER}\n## De hal\n")
    campaign.build().fine()
    html = campaign.shown("verhalen/anouk.html")
    assert [node.text() for node in nodes(html, ".raster caption")] == ["Het behang"]
    assert [node.text() for node in nodes(html, ".raster th")] == ["1", "2", "3", "2", "1"]
    assert [node.text() for node in nodes(html, ".raster td")][1:] == [
        "",
        "schimmel",
        "dicht",
        "",
        "schimmel",
        "",
    ]
    assert [node.text() for node in nodes(html, ".raster figcaption span")] == ["schimmel (2)", "dicht (1)"]
