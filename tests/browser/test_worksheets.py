"""The worksheet of a social return in a real Chromium: it computes as Python does, and sends nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers import browser as tools
from helpers import worksheets
from helpers.browser import Site, Watch
from helpers.worksheets import BEGIN
from microsite.content.worksheets.saved import read_saved

PAGE = "rekenhulp.html"
PHONE = {"width": 390, "height": 844}
SCRIPT = tools.PROJECT / "assets/worksheets/sroi/10-sroi.js"
VECTORS = worksheets.vectors("sroi")
SHEET = VECTORS["sheets"][0]["sheet"]

CALCULATED = """sheets => sheets.map(sheet => {
  const up = value => (value + 1e-9 * Math.sign(value)).toFixed(4); // halves, as Python rounds them
  const four = value => value === null ? null : up(value).replace(/^-(0\\.0000)$/, "$1");
  const found = window.sroi.calculate(sheet), pairs = list => list.map(pair => [pair[0], four(pair[1])]);
  return {
    low: four(found.low), likely: four(found.likely), high: four(found.high),
    ratio: four(found.likely / found.costs), breakEven: four(found.breakEven), payback: four(found.payback),
    years: found.years.map(four),
    uncorrected: four(found.uncorrected / found.costs),
    payers: pairs(found.payers), gains: pairs(found.gains),
    needed: found.needed.map(line => [line.bound, four(line.count)]),
    bars: found.bars.map(bar => [bar.outcome, bar.what, four(bar.low), four(bar.high)]),
  };
})"""


def test_the_browser_computes_what_python_does_and_refuses_the_same(chromium: Browser) -> None:
    with tools.opened(chromium) as page:
        page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        made = page.evaluate(CALCULATED, [vector["sheet"] for vector in VECTORS["sheets"]])
        told = page.evaluate(
            "sheets => sheets.map(window.sroi.problems)",
            [worksheets.changed(SHEET, refused["set"]) for refused in VECTORS["refused"]],
        )
        fine = page.evaluate(
            "sheets => sheets.flatMap(window.sroi.problems)", [one["sheet"] for one in VECTORS["sheets"]]
        )
    assert made == [vector["made"] for vector in VECTORS["sheets"]]
    assert [(first["at"], first["code"]) for first, *_ in told] == [
        (refused["at"], refused["code"]) for refused in VECTORS["refused"]
    ]
    assert fine == []


# ── what a visitor does ──


@pytest.fixture
def page(chromium: Browser, root: str) -> Iterator[Page]:
    with tools.opened(chromium, locale="nl-NL", viewport=PHONE) as page:
        page.goto(root + PAGE)
        yield page


def said(page: Page, name: str) -> str:
    return page.locator(f"[data-slot={name}]").inner_text().replace("\xa0", " ")


def saved(page: Page) -> Any:
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar het blad").press("Enter")
    assert download.value.suggested_filename.endswith(".json")
    return json.loads(download.value.path().read_text(encoding="utf-8"))


def test_no_number_until_all_is_there_and_then_a_range(page: Page, site: Site) -> None:
    watch = Watch(page)
    status = page.locator(".sheet-missing output")
    expect(status).to_have_text(BEGIN)
    assert page.locator(".sheet-missing a").count() == 0, "nobody made a mistake yet"
    year = page.get_by_label("Voor welk jaar reken je?")
    year.fill("2026")
    expect(status).to_have_text("Nog geen getal: er ontbreken 26 dingen.")
    year.fill("")
    expect(status).to_have_text(BEGIN)
    expect(page.locator("[data-outcome]")).to_be_hidden()
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    found = "Elke euro levert naar schatting 1,5 tot 2,5 euro op. Het waarschijnlijkst is 2,1."
    assert said(page, "range") == found
    assert said(page, "uncorrected") == "Zonder de vier correcties stond hier 7,2 euro: zo zwaar tellen ze."
    reason = page.get_by_label("Waarom dit antwoord?").first
    reason.fill(" ")
    expect(status).to_have_text("Nog geen getal: er ontbreekt 1 ding.")
    expect(page.locator("[data-outcome]")).to_be_hidden()
    page.get_by_role(
        "link", name="Verandering 1, Wat was toch wel gebeurd?, Waarom dit antwoord?: nog leeg"
    ).press("Enter")
    expect(reason).to_be_focused()
    page.keyboard.type("Dat zeiden ze.")
    expect(page.locator("[data-outcome]")).to_be_visible()
    page.get_by_label("Hoeveel is het?").first.fill("1.5e4")
    expect(page.get_by_role("link", name="Kosten 1, Hoeveel is het?: dit is geen getal.")).to_be_visible()
    for written in ("15.000", "15000,00", "€ 15 000", "15.000,-"):
        page.get_by_label("Hoeveel is het?").first.fill(written)
        assert said(page, "range") == found
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert watch.faults() == []
    assert not [url for url in watch.asked if "%7B" in url], "what somebody fills in stays here"


def test_a_sheet_is_kept_saved_opened_and_computed_again(page: Page, tmp_path: Path, root: str) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    page.get_by_role("button", name="Nog meer kosten").click()
    page.keyboard.type("Nog iets")
    page.get_by_label("Wie betaalt?").last.fill("de gemeente")
    page.get_by_label("Hoeveel is het?").last.fill("2.000,50")
    page.get_by_label("Waar staat dat?").last.fill("Offerte")
    sheet = saved(page)
    assert [cost["amount"] for cost in sheet["costs"]] == [15000, 3500, 1500, 2000.5]
    assert sheet["result"]["costs"] == 22000.5
    _, _, problems = read_saved(worksheets.source(sheet))
    assert {str(problem.message) for problem in problems} == {
        f"'{key}' is empty" for key in ("organisation", "by", "period", "counted", "caveat")
    }, "a figure needs who answers for it, and a sheet does not"
    before = said(page, "range")
    page.reload()
    assert said(page, "range") == before
    page.get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.locator("[data-outcome]")).to_be_hidden()
    file = tmp_path / "blad.json"
    file.write_text(json.dumps(sheet), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("status").first).to_have_text("Het blad is geopend.")
    assert said(page, "range") == before
    assert saved(page) == sheet


@pytest.mark.parametrize("text", ["", "[1]", '{"costs": 3}', '{"costs": [null], "outcomes": []}', "<b>"])
def test_a_file_that_is_no_worksheet_changes_nothing(page: Page, tmp_path: Path, text: str) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    before = said(page, "range")
    file = tmp_path / "iets.json"
    file.write_text(text, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("[data-said]")).to_have_text(
        "Dit is geen blad dat hier is bewaard. Er is niets veranderd."
    )
    assert said(page, "range") == before


def test_a_file_that_somebody_edited_is_computed_again_and_nothing_in_it_is_lost(
    page: Page, tmp_path: Path
) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    before = said(page, "range")
    edited = worksheets.changed(SHEET, {"outcomes.0.deadweight.share": 0.125, "discount.first_year": False})
    edited["result"] = {"low": 1.6, "likely": 1.6, "high": 1.6}
    edited["outcomes"][0]["price_year"] = 2019
    file = tmp_path / "blad.json"
    file.write_text(json.dumps(edited), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("[data-said]")).to_have_text(
        "De uitkomst in dit bestand klopt niet met de getallen. Onderaan staat wat er wel uit volgt."
    )
    kept = saved(page)
    assert kept["discount"]["first_year"] is False
    assert kept["outcomes"][0]["deadweight"]["share"] == 0.125
    assert said(page, "prices") == "De prijzen van 2019 zijn niet omgerekend naar prijzen van 2026."
    assert "gelijk bij: Ouderen die weer onder de mensen komen." in said(page, "point")
    page.go_back()
    expect(page.locator("[data-slot=range]")).to_have_text(before)


def test_what_can_be_read_in_two_ways_is_no_number(page: Page) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    amount = page.get_by_label("Hoeveel is het?").first
    for written in ("1,500", "15\t000", "30 40 50", "1.500.00", "12 %", "🙂"):
        amount.fill(written)
        expect(page.get_by_role("link", name="Kosten 1, Hoeveel is het?: dit is geen getal.")).to_be_visible()


def test_bounds_are_told_as_one_fills_them_in(page: Page) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    for label, written, told in (
        ("Hoeveel procent?", "150", "Hoeveel procent?: van 0 % tot 100 %"),
        ("Hoeveel procent?", "-5", "Hoeveel procent?: van 0 % tot 100 %"),
        ("Voor welk jaar reken je?", "1800", "Voor welk jaar reken je?: van 1990 tot 2100"),
        ("Prijzen van welk jaar?", "1800", "Verandering 1, Prijzen van welk jaar?: van 1990 tot 2100"),
        ("Hoeveel is het?", "-5", "Kosten 1, Hoeveel is het?: van 0 tot 1.000.000.000"),
    ):
        field = page.get_by_label(label).first
        before = field.input_value()
        field.fill(written)
        assert page.locator(".sheet-missing a").first.inner_text().replace("\xa0", " ").startswith(told)
        assert page.locator(".sheet-missing a").count() == 1, "one slip is one sentence"
        field.fill(before)


def test_how_somebody_is_reached_is_told_and_a_loss_is_no_yield(page: Page) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    note = page.locator("[data-contacts]")
    expect(note).to_be_hidden()
    page.get_by_label("Wie heeft het ingevuld?").fill("Els, els.dijk@voorbeeld.nl")
    page.get_by_label("Waar staat dat?").first.fill("Bel 06 12345678")
    expect(note).to_contain_text("Kosten 1, Waar staat dat?; ")
    expect(note).to_contain_text("Wie heeft het ingevuld?.")
    for value in page.get_by_label("Wat is één zo’n verandering per jaar waard?").all():
        value.fill("-1000")
    expect(page.locator("[data-slot=range]")).to_be_hidden()
    assert said(page, "lost").endswith("Onder de 0 gaat er meer verloren dan het werk opbrengt.")
    assert said(page, "lost").startswith("Elke euro die erin gaat, komt naar schatting uit op -")


def test_rows_go_and_the_last_is_emptied(page: Page) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    page.get_by_role("button", name="Deze verandering weghalen").first.click()
    assert page.locator("[data-row=outcomes] legend").all_inner_texts() == ["Verandering 1"]
    expect(page.get_by_label("Wat verandert er?")).to_be_focused()
    expect(page.locator("#sroi-outcomes-0-what")).to_have_value("gezinnen lopen hun huurschuld in")
    page.get_by_role("button", name="Deze verandering weghalen").click()
    expect(page.locator("#sroi-outcomes-0-what")).to_have_value("")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_without_scripts_it_is_a_form_to_print_and_a_worked_example(
    chromium: Browser, root: str, page: Page
) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    with tools.opened(chromium, java_script_enabled=False, viewport=PHONE) as bare:
        bare.goto(root + PAGE)
        assert not bare.get_by_text("Het staat in het adres").is_visible(), "without a script it does not"
        assert page.get_by_text("Het staat in het adres").is_visible()
        assert bare.locator("main button:visible").count() == 0
        expect(bare.get_by_text("verzonnen voorbeeld")).to_be_visible()
        page.emulate_media(media="print")  # where all that is assumed stands too
        bare.emulate_media(media="print")
        for part in ("[data-outcome] p:visible", "[data-outcome] li", "[data-outcome] tr"):
            shown = [line.replace("\xa0", " ") for line in bare.locator(part).all_inner_texts()]
            live = [line.replace("\xa0", " ") for line in page.locator(part).all_inner_texts()]
            assert shown == [line for line in live if not line.startswith("Bewaar het blad")] != []


def test_axe_finds_nothing_in_a_sheet_that_is_filled_in(page: Page) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()
    page.evaluate(tools.AXE_SCRIPT)
    found = page.evaluate("axe.run(document).then(found => found.violations.map(one => one.id))")
    assert found == []
