"""Series of counts in a real Chromium: on a phone, in the dark, with the widest numbers, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from helpers import browser as tools
from helpers import sites
from helpers.browser import WIDTH, Look
from microsite.content.series.quarters import Quarter

PAGE, SHEET = "onze-cijfers.html", "onze-cijfers/breed-turflijst-volgend.html"
FOLDER = f"brands/{sites.BRAND}/content"
LONG = "Elke keer dat iemand binnenkomt, en wie twee keer komt, telt twee keer. " * 3
YAML = f"""\
breed:
  title: De jeugdgezondheidszorgbijeenkomsten en de Woensdagmiddagmaaltijdgesprekken
  unit: jeugdgezondheidszorgbijeenkomsten
  definition: {LONG}
  method: {LONG}
  owner: Team Woensdagmiddagmaaltijdgesprekken
  breaks: {{2023-K2: Anders., 2026-K3: Weer anders.}}
smal:
  title: Smal
  unit: mensen
  definition: Wie er was.
  method: Een streepje.
  owner: Wij
"""
LABELS = """() => [...document.querySelectorAll(".chart-columns")].flatMap(chart => {
  const box = chart.getBoundingClientRect();
  const texts = [...chart.querySelectorAll("text")].map(one => {
    const {left, right, top, bottom, height} = one.getBoundingClientRect();
    return {words: one.textContent, left, right, top: top + height / 4, bottom: bottom - height / 4};
  });
  const outside = texts.filter(one => one.left < box.left - 1 || one.right > box.right + 1
    || one.top < box.top - 1 || one.bottom > box.bottom + 1).map(one => `outside: ${one.words}`);
  const meets = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;
  const over = texts.flatMap((one, i) => texts.slice(i + 1).filter(other => meets(one, other))
    .map(other => `${one.words} on ${other.words}`));
  return [...outside, ...over];
})"""
"""The labels of charts that stand outside their drawing, or on each other: a line has air above and below."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    widest = "".join(f"{Quarter(2021, 2).plus(i)};{999_999 - i};\r\n" for i in range(22))
    odd = "2024-K4;0;\r\n2025-K1;<5;\r\n2025-K2;;Dicht.\r\n2025-K3;7;\r\n2025-K4;6;Krap.\r\n2026-K1;5;\r\n"
    files: dict[str, str | bytes] = {
        f"{FOLDER}/reeksen.yaml": YAML,
        f"{FOLDER}/reeksen/breed.csv": f"kwartaal;aantal;opmerking\r\n{widest}",
        f"{FOLDER}/reeksen/smal.csv": f"kwartaal;aantal;opmerking\r\n{odd}2026-K2;9;\r\n2026-K3;4;\r\n",
    }
    campaign = sites.campaign(tmp_path_factory.mktemp("reeksen") / "campagne", files)
    campaign.build().fine()
    with tools.served(Path(campaign.site)) as address:
        yield f"{address}/"


def test_everybody_can_use_the_pages(chromium: Browser, root: str) -> None:
    phone, desk = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
    looks = [Look("light", phone), tools.in_the_dark(phone), Look("light", desk)]
    assert tools.audit(chromium, [root + PAGE, root + SHEET], looks) == []


@pytest.mark.parametrize("width", [320, 360, 800, 1280])
def test_nothing_is_wider_than_the_window_and_labels_stand_apart(
    chromium: Browser, root: str, width: int
) -> None:
    with tools.opened(chromium, viewport={"width": width, "height": 740}) as page:
        for path in (PAGE, SHEET):
            page.goto(root + path)
            assert page.evaluate(WIDTH) == []
            assert page.evaluate(LABELS) == []
        page.goto(root + PAGE)
        least = page.evaluate(
            "() => Math.min(...[...document.querySelectorAll('.chart-columns text')].map("
            "one => one.getBoundingClientRect().height))"
        )
        assert least >= 11


def sheets(chromium: Browser, address: str) -> list[str]:
    """What stands on each sheet of A4, without scripts."""
    with tools.opened(chromium, java_script_enabled=False) as page:
        page.goto(address)
        with pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as printed:
            return [" ".join(one.get_textpage().get_text_bounded().split()) for one in printed]


def test_a_tally_sheet_is_one_sheet_with_all_weeks(chromium: Browser, root: str) -> None:
    (sheet,) = sheets(chromium, root + SHEET)
    assert "Eerste kwartaal van 2027 (2027-K1)" in sheet
    assert "Zet geen namen op dit blad." in sheet
    assert "29 – 31 maart" in sheet
    assert "2027-K1;" in sheet


def test_the_figures_are_on_paper_with_how_they_were_counted(chromium: Browser, root: str) -> None:
    printed = " ".join(sheets(chromium, root + PAGE))
    assert "In het derde kwartaal van 2026 telden we minder dan 5 mensen." in printed
    assert "Wie er was." in printed
    assert "niet geteld" in printed
    assert "Een aantal is geen effect" in printed
