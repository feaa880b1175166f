"""Drawings of figures: they show what the words say, or they are refused; a title says its language."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from helpers import sites
from helpers.sites import Campaign
from microsite.content.drawing import Drawing, misfit
from microsite.core.title_language import language_of
from microsite.media.drawings import draw

REGISTER = "content/feiten.yaml"


def pieces(svg: str, name: str) -> int:
    """The number of closed shapes with a class."""
    return sum(path.get("d", "").count("z") for path in ET.fromstring(svg) if path.get("class") == name)


def test_a_share_is_so_many_of_so_many() -> None:
    svg = draw("share", Decimal(20), Decimal(32), Decimal(1), "square")
    assert (pieces(svg, "chart-mark"), pieces(svg, "chart-ground")) == (20, 12)


def test_a_percentage_is_a_bar_of_that_length() -> None:
    bar = ET.fromstring(draw("share", Decimal("5.2"), None, Decimal(1), "square"))
    assert bar[1].get("d", "").startswith("M0 0H12.5")  # 5.2 % of 240
    assert bar[0].get("width") == "240"


@pytest.mark.parametrize(("value", "out"), [("1.6", 16), ("1.65", 17), ("0.5", 5)])
def test_money_is_strips_of_a_tenth_of_what_went_in(value: str, out: int) -> None:
    svg = draw("money", Decimal(value), None, Decimal(1), "square")
    assert (pieces(svg, "chart-ground"), pieces(svg, "chart-mark")) == (10, out)


@pytest.mark.parametrize("mark", ["square", "house", "sheet"])
def test_a_count_in_marks_that_stand_for_many(mark: str) -> None:
    assert pieces(draw("count", Decimal(50000), None, Decimal(1000), mark), "chart-mark") == 50  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("drawing", "value", "words", "key"),
    [
        (Drawing("share", of=Decimal(10)), "3", "3 op de 10 inwoners", ""),
        (Drawing("share", of=Decimal(10)), "3", "drie op de tien inwoners", ""),
        (Drawing("share", of=Decimal(1000)), "250", "250 van de 1.000 deuren", ""),
        (Drawing("share"), "5.2", "5,2 procent", ""),
        (Drawing("share"), "62", "62% van de leden", ""),
        (Drawing("share", of=Decimal(10)), "20", "20 van de 32 aanpakken", "of"),
        (Drawing("share", of=Decimal(30)), "20", "20 van de 32 aanpakken", "of"),
        (Drawing("share"), "20", "20 aanpakken", "of"),
        (Drawing("share", of=Decimal(0)), "0", "0 van 0", "of"),
        (Drawing("count"), "26", "26 organisaties", ""),
        (Drawing("count"), "26.5", "26,5 organisatie", "each"),
        (Drawing("count"), "383", "383 rapporten", "each"),
        (Drawing("count", each=Decimal(1000)), "50500", "50.500 mensen", "each"),
        (Drawing("count", each=Decimal(0)), "5", "vijf", "each"),
        (Drawing("money"), "1.6", "€ 1,60", ""),
        (Drawing("money"), "90", "€ 90", "kind"),
        (Drawing("money", of=Decimal(50)), "90", "€ 90", ""),
    ],
)
def test_a_drawing_that_does_not_show_the_figure_is_refused(
    drawing: Drawing, value: str, words: str, key: str
) -> None:
    wrong = misfit(drawing, Decimal(value), words)
    assert (wrong[0] if wrong else "") == key


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("SROI Calculation Elements", "en"),
        ("Social Prescribing: Systematic Review of the Effectiveness", "en"),
        ("Is social work viable?", "en"),
        ("Wirkung sozialer Arbeit: eine Studie", "de"),
        ("Les effets du travail social en Belgique", "fr"),
        ("Hoe meet je de effecten van sociaal werk?", "nl"),
        ("Handreiking Social Return", ""),
        ("Evaluatie Youth at Risk", ""),
        ("De Social Work Academy", ""),
        ("Werk of uitkering", ""),
        ("Jaarverslag 2025", "nl"),
    ],
)
def test_the_language_of_a_title(title: str, language: str) -> None:
    assert language_of(title) == language


def test_figures_on_a_page_and_in_the_register(campaign: Campaign) -> None:
    facts = sites.FACTS.replace("title: Telling in de hal", "title: The doors of a house", 1)
    facts = facts.replace("  text: 64 deuren\n", "  text: 64 deuren\n  drawing: {kind: share, of: 70}\n", 1)
    campaign.write(REGISTER, facts)
    report = campaign.build()
    assert [(p["line"], p["severity"], p["message"]) for p in report.data["problems"]] == [
        (3, "error", "the drawing shows 64 of 70, and the words of the figure do not"),
        (7, "warning", "the title of this source seems to be in another language: English"),
    ]
    facts = facts.replace("{kind: share, of: 70}", "{kind: count, mark: house}")
    campaign.write(REGISTER, facts.replace("house, ", "house, lang: en, ", 1))
    campaign.build().fine()
    for page in ("bewijs/telling.html", "cijfers.html"):
        shown = campaign.shown(page)
        assert '<cite lang="en" dir="auto">' in shown
        assert shown.count('<svg class="drawing"') == 1
        assert shown.count("Alleen deze ene flat is geteld.") == 1  # one caveat, once


def test_a_chart_of_one_figure_is_told_and_left_out(campaign: Campaign) -> None:
    chart = "charts:\n  - {title: Eén balk, rows: [{label: Flat, fact: deuren}]}\nclaim:"
    campaign.edit("content/bewijs/telling.md", "claim:", chart)
    problem = campaign.build().only()
    assert problem["message"] == "a chart of one figure has nothing to compare with, and is left out"
    assert "Eén balk" not in campaign.shown("bewijs/telling.html")


def test_the_lightest_figures_come_first_and_the_others_stand_by_source(campaign: Campaign) -> None:
    one = sites.FACTS.split("koppen:")[0]
    more = "".join(
        one.replace("deuren:", f"meer-{n}:")
        .replace("64 deuren", f"{n} deuren")
        .replace("value: 64", f"value: {n}")
        for n in range(1, 8)
    )
    campaign.write(REGISTER, sites.FACTS + more.replace("  value: 7\n", "  value: 7\n  weight: -1\n"))
    named = ", ".join(f"meer-{n}" for n in range(1, 8))
    campaign.edit("content/bewijs/telling.md", "[deuren, koppen]", f"[deuren, koppen, {named}]")
    campaign.build().fine()
    shown = campaign.shown("cijfers.html")
    leading, _, others = shown.partition('class="by-source"')
    assert leading.count('<li class="register"') == 6
    assert leading.index('id="bron-meer-7"') < leading.index('id="bron-deuren"')
    assert others.count('class="figure-row"') == 3
    assert others.count("Alleen deze ene flat is geteld.") == 1
