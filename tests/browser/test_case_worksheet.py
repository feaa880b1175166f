"""The worksheet of one case in a real Chromium: it computes as Python does, and keeps all of it to itself."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers import browser as tools
from helpers import worksheets
from helpers.browser import Site, Watch
from helpers.worksheets import BEGIN
from microsite.content.worksheets.case import read_case
from microsite.content.worksheets.persons import PATTERNS

PAGE = "werkblad.html"
PHONE = {"width": 360, "height": 740}
SCRIPT = tools.PROJECT / "assets/worksheets/case/10-case.js"
VECTORS = worksheets.vectors("case")
CASE = VECTORS["sheets"][0]["sheet"]
PLAIN = [list(pattern) for pattern in PATTERNS]

CALCULATED = """sheets => sheets.map(sheet => {
  const four = value => (value + 1e-9 * Math.sign(value)).toFixed(4).replace(/^-(0\\.0000)$/, "$1");
  const found = window.caseRules.calculate(sheet), ends = ["low", "likely", "high"];
  return [found.total, ...found.payers].map(share => [
    share.payer, four(share.happened), ...ends.map(end => four(share.otherwise[end])),
    ...ends.map(end => four(share.difference[end])),
  ]);
})"""


def test_the_browser_computes_what_python_does_and_refuses_the_same(chromium: Browser) -> None:
    with tools.opened(chromium) as page:
        page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        made = page.evaluate(CALCULATED, [vector["sheet"] for vector in VECTORS["sheets"]])
        told = page.evaluate(
            "([sheets, patterns]) => sheets.map(sheet => window.caseRules.problems(sheet, patterns))",
            [[worksheets.changed(CASE, refused["set"]) for refused in VECTORS["refused"]], PLAIN],
        )
        fine = page.evaluate(
            "([sheets, patterns]) => sheets.flatMap(sheet => window.caseRules.problems(sheet, patterns))",
            [[one["sheet"] for one in VECTORS["sheets"]], PLAIN],
        )
        kinds = page.evaluate(
            """([sheet, texts, patterns]) => texts
              .map(text => window.caseRules.problems({ ...sheet, unpriced: text }, patterns)[0])
              .map(first => first ? first.code : null)""",
            [CASE, [words for words, _ in VECTORS["persons"]], PLAIN],
        )
        after = page.evaluate(
            """rows => rows.map(([when, months]) => window.caseRules.beyond({
              months, otherwise: [],
              happened: [{ when, what: "hulp", tariff: 1 }, { when, what: "gratis", tariff: 0 }],
            }))""",
            [[when, months] for when, months, _ in VECTORS["beyond"]],
        )
        several = page.evaluate("lists => lists.map(window.caseRules.across)", VECTORS["several"])
    assert made == [vector["made"] for vector in VECTORS["sheets"]]
    assert [(first["at"], first["code"]) for first, *_ in told] == [
        (refused["at"], refused["code"]) for refused in VECTORS["refused"]
    ]
    assert fine == []
    assert kinds == [kind for _, kind in VECTORS["persons"]]
    assert after == [["hulp"] * is_after for _, _, is_after in VECTORS["beyond"]]
    assert several == [worksheets.across(given) for given in VECTORS["several"]]


# ── what a visitor does ──


@pytest.fixture
def page(chromium: Browser, root: str) -> Iterator[Page]:
    with tools.opened(chromium, locale="nl-NL", viewport=PHONE) as page:
        page.goto(root + PAGE)
        yield page


def plain(words: str) -> str:
    return words.replace("\xa0", " ")


def example(page: Page) -> None:
    page.get_by_role("button", name="Vul het voorbeeld in").click()


def saved(page: Page) -> Any:
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar in een bestand").press("Enter")
    assert re.fullmatch(r"geval-\d{4}-\d\d-\d\d\.json", download.value.suggested_filename)
    return json.loads(download.value.path().read_text(encoding="utf-8"))


def opened(page: Page, folder: Path, sheet: Any, within: str = "open") -> None:
    files = []
    for i, one in enumerate(sheet if isinstance(sheet, list) else [sheet]):
        files.append(folder / f"geval-{i + 1}.json")
        files[-1].write_text(one if isinstance(one, str) else json.dumps(one), encoding="utf-8")
    page.locator(f"[data-do={within}]").set_input_files(files)


LEAD = (
    "Dit ene geval kostte naar schatting € 650 tot € 9.180 minder dan wanneer het anders was gegaan. "
    "Het waarschijnlijkst is € 2.510 minder."
)


def test_no_difference_until_all_is_there_and_then_a_range_for_each_payer(page: Page, site: Site) -> None:
    watch = Watch(page)
    expect(page.locator("[data-outcome]")).to_be_hidden()
    status = page.locator(".sheet-missing output")
    expect(status).to_have_text(BEGIN)
    page.locator("[data-key=year]").fill("2026")
    expect(status).to_have_text(re.compile("Nog geen getal: er ontbreken 2[0-9] dingen."))
    example(page)
    assert plain(page.locator("[data-lead]").inner_text()) == LEAD
    assert page.locator("[data-slot=about]").inner_text() == (
        "Over: schulden en eenzaamheid. Periode: 12 maanden. Gerekend voor 2026."
    )
    rows = [
        plain(row) for row in page.locator("[data-rows=shares] tr, [data-rows=total] tr").all_inner_texts()
    ]
    assert [re.findall(r"€ -?[\d.]+", row) for row in rows] == [
        ["€ 1.600", "€ 3.900", "€ 2.300", "€ 650", "€ 2.900"],
        ["€ 140", "€ 350", "€ 210", "€ 0", "€ 280"],
        ["€ 0", "€ 0", "€ 0", "€ 0", "€ 6.000"],
        ["€ 1.740", "€ 4.250", "€ 2.510", "€ 650", "€ 9.180"],
    ]
    expect(page.locator("[data-slot=beyond]")).to_be_hidden()
    months = page.get_by_label("Hoeveel maanden bekijk je?")
    whole = months.input_value()
    months.fill("2")
    expect(page.locator("[data-slot=beyond]")).to_contain_text("je bekijkt 2 maanden")
    months.fill(whole)
    payer = page.get_by_label("Wie betaalt?").first
    payer.fill("")
    expect(status).to_have_text("Nog geen getal: er ontbreekt 1 ding.")
    page.get_by_role("link", name="Gebeurd 1, Wie betaalt?: nog leeg").press("Enter")
    expect(payer).to_be_focused()
    page.keyboard.type("de gemeente")
    expect(page.locator("[data-outcome]")).to_be_visible()
    page.get_by_label("Hoeveel?").first.fill("-3")
    expect(page.get_by_role("link", name="Gebeurd 1, Hoeveel?: van 0 tot 100.000")).to_be_visible()
    page.get_by_label("Hoeveel?").first.fill("1,500")
    expect(page.get_by_role("link", name="Gebeurd 1, Hoeveel?: dit is geen getal.")).to_be_visible()
    page.get_by_label("Hoeveel?").first.fill("1.500")
    expect(page.locator("[data-steps=happened] li").first).to_contain_text(
        "1.500 × €\xa080 per uur = €\xa0120.000"
    )
    assert plain(page.locator("[data-slot=loses]").inner_text()).endswith("meer voor: de gemeente")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert watch.faults() == []
    assert page.url.endswith(PAGE), "nothing stands in the address"
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, history.state]") == [
        0,
        0,
        "",
        None,
    ]


def test_a_case_is_saved_opened_and_computed_again_by_python(page: Page, tmp_path: Path) -> None:
    example(page)
    sheet = saved(page)
    case, problems = read_case(worksheets.source(sheet))
    assert problems == ()
    assert case is not None
    assert case.result is not None
    expect(page.locator("[data-said]")).to_contain_text("Bewaard als geval-")
    page.get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.locator("[data-outcome]")).to_be_hidden()
    opened(page, tmp_path, sheet)
    expect(page.locator("[data-said]")).to_have_text("Het blad is geopend.")
    assert plain(page.locator("[data-lead]").inner_text()) == LEAD
    assert saved(page) == sheet
    opened(page, tmp_path, {**sheet, "result": {"low": 650, "likely": 25100, "high": 9180}})
    expect(page.locator("[data-said]")).to_contain_text("klopt niet met de getallen")


def test_a_case_that_is_not_finished_is_saved_as_it_was_written(page: Page, tmp_path: Path) -> None:
    page.get_by_label("Waar gaat het geval over?").fill("schulden")
    page.get_by_label("Hoeveel kost één?").first.fill("ongeveer 80")
    sheet = saved(page)
    assert "result" not in sheet
    assert sheet["tariffs"][0]["price"] == "ongeveer 80"
    page.get_by_role("button", name="Opnieuw beginnen").click()
    opened(page, tmp_path, sheet)
    expect(page.get_by_label("Hoeveel kost één?").first).to_have_value("ongeveer 80")
    page.get_by_role("button", name="Opnieuw beginnen").click()
    page.get_by_role("button", name="Zet terug wat er stond").click()
    expect(page.get_by_label("Waar gaat het geval over?")).to_have_value("schulden")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Jan, 06-12345678", "dit lijkt op een telefoonnummer. Haal dat weg"),
        ("geboren 3 maart 1985", "dit lijkt op een geboortedatum"),
        ("bsn 111222333", "dit lijkt op een burgerservicenummer. Haal dat weg"),
        ("jan@voorbeeld.nl", "dit lijkt op een e-mailadres. Haal dat weg"),
        ("woont op 1234 AB", "dit lijkt op een adres of een postcode. Haal dat weg"),
        ("mevrouw Jansen", "dit lijkt op de naam van een persoon."),
    ],
)
def test_what_is_about_a_person_is_refused_and_not_saved(page: Page, typed: str, said: str) -> None:
    example(page)
    field = page.get_by_label("Wat gebeurde er?").first
    field.fill(typed)
    expect(page.locator("[data-outcome]")).to_be_hidden()
    expect(page.get_by_role("link", name=f"Gebeurd 1, Wat gebeurde er?: {said}")).to_be_visible()
    page.get_by_role("link", name="Bewaar in een bestand").click()
    expect(page.locator("[data-said]")).to_contain_text("Niet bewaard")
    page.keyboard.press("Enter")
    expect(field).to_be_focused()


def test_leaving_asks_as_long_as_something_is_not_saved(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == []
    page.get_by_label("Waar gaat het geval over?").press_sequentially("schulden")
    page.reload()
    assert asked == ["beforeunload"]
    assert page.get_by_label("Waar gaat het geval over?").input_value() == "", "nothing is kept"
    page.get_by_label("Waar gaat het geval over?").press_sequentially("schulden")
    saved(page)
    page.reload()
    assert asked == ["beforeunload"]


def test_a_price_that_goes_takes_its_choice_away_and_no_other(page: Page) -> None:
    example(page)
    chosen = "[...document.querySelectorAll('[data-number=choice]')].map(one => one.value)"
    assert page.evaluate(chosen) == ["1", "0", "3", "2", "3", "4"]
    page.get_by_role("button", name="Deze prijs weghalen").nth(1).click()
    assert page.evaluate(chosen) == ["1", "0", "2", "", "2", "3"]
    expect(page.get_by_role("link", name="Anders 1, Welke prijs?: nog leeg")).to_be_visible()
    page.get_by_role("button", name="Zet terug wat er stond").click()
    assert page.evaluate(chosen) == ["1", "0", "3", "2", "3", "4"]
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
    page.get_by_role("button", name="Neem deze bron over").click()
    expect(page.locator("#case-tariffs-4-price_year")).to_have_value("2024")
    expect(page.locator("#case-tariffs-4-what")).to_be_focused()


HOSTILE = [
    "",
    "[1]",
    '{"tariffs": 3, "happened": [], "otherwise": []}',
    '{"tariffs": [null], "happened": [], "otherwise": []}',
    "[" * 100_000,
    '{"__proto__": {"tariffs": []}}',
]


def test_a_file_that_is_no_case_changes_nothing(page: Page, tmp_path: Path) -> None:
    watch = Watch(page)
    example(page)
    for text in HOSTILE:
        opened(page, tmp_path, text)
        expect(page.locator("[data-said]")).to_have_text(
            "Dit is geen blad dat hier is bewaard. Er is niets veranderd."
        )
        opened(page, tmp_path, text, "cases")
        expect(page.locator("[data-cases-said]")).to_contain_text("geval-1.json: niet meegeteld.")
        assert plain(page.locator("[data-lead]").inner_text()) == LEAD
    odd = {
        **CASE,
        "subject": "<img src=x onerror=alert(1)>",
        "year": {"a": 1},
        "why": ["x"],
        "happened": [{"when": [[[[["mail@a.nl"]]]]], "tariff": 1e300, "count": {"low": "1"}, "payer": 5}],
        "otherwise": [{"tariff": 1.5, "count": 5}, {"tariff": -1, "count": None}],
    }
    opened(page, tmp_path, odd)
    expect(page.locator("#case-subject")).to_have_value("<img src=x onerror=alert(1)>")
    expect(page.locator("[data-outcome]")).to_be_hidden()
    opened(page, tmp_path, odd, "cases")
    expect(page.locator("[data-cases-said]")).to_contain_text("Het is niet af")
    assert page.locator("main img").count() == 0
    assert watch.faults() == []


def test_several_cases_have_no_average_under_five(page: Page, tmp_path: Path) -> None:
    def case(hours: float, months: int = 12) -> Any:
        return worksheets.changed(CASE, {"happened.0.count": hours, "months": months})

    four = [case(20), case(10), case(0), case(60)]
    unfinished = {**case(5), "why": ""}
    opened(page, tmp_path, [*four, case(20), unfinished], "cases")
    rows = [plain(row).split("\t")[-1] for row in page.locator("[data-rows=cases] tr").all_inner_texts()]
    assert rows == ["€ 2.510", "€ 3.310", "€ 4.110", "€ -690"]
    assert plain(page.locator("[data-slot=several]").inner_text()) == (
        "Bij 4 gevallen is het verschil naar schatting € -690 tot € 4.110. De middelste is € 2.910."
    )
    expect(page.locator("[data-slot=few]")).to_contain_text(
        "minstens vijf gevallen nodig, en hier staan er 4"
    )
    expect(page.locator("[data-slot=average]")).to_be_hidden()
    double, open_one = page.locator("[data-cases-said] p").all_inner_texts()
    assert double == "geval-5.json: niet meegeteld. Dit geval staat er al."
    assert open_one.startswith("geval-6.json: niet meegeteld. Het is niet af, of er staat iets in")
    opened(page, tmp_path, case(30, 24), "cases")
    expect(page.locator("[data-slot=average]")).to_have_text(
        "Gemiddeld is dat naar schatting €\xa02.190 per geval."
    )
    expect(page.locator("[data-slot=few]")).to_be_hidden()
    expect(page.locator("[data-slot=lengths]")).to_contain_text("12, 24 maanden")
    expect(page.locator("[data-slot=price_years]")).to_contain_text("2024, 2026")
    page.get_by_role("button", name="Haal alle gevallen weg").click()
    expect(page.locator("[data-cases]")).to_be_hidden()
    expect(page.locator("[data-do=cases]")).to_be_focused()


def test_without_scripts_it_is_a_form_to_print_and_a_worked_example(
    chromium: Browser, root: str, page: Page
) -> None:
    example(page)
    with tools.opened(chromium, java_script_enabled=False, viewport=PHONE) as bare:
        bare.goto(root + PAGE)
        assert bare.locator("main button:visible").count() == 0
        expect(bare.get_by_text("verzonnen voorbeeld")).to_be_visible()
        assert bare.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.emulate_media(media="print")
        bare.emulate_media(media="print")
        for part in ("[data-outcome] p:visible", "[data-outcome] li", "[data-outcome] tr"):
            shown = [plain(line) for line in bare.locator(part).all_inner_texts()]
            assert shown == [plain(line) for line in page.locator(part).all_inner_texts()] != []
        expect(page.locator(".sheet-form")).to_be_hidden()
        expect(bare.locator(".sheet-form")).to_be_visible()


def test_axe_finds_nothing_in_a_case_that_is_filled_in(page: Page, tmp_path: Path) -> None:
    example(page)
    opened(page, tmp_path, CASE, "cases")
    page.evaluate(tools.AXE_SCRIPT)
    found = page.evaluate("axe.run(document).then(found => found.violations.map(one => one.id))")
    assert found == []


def test_the_script_is_small_and_on_no_other_page(site: Site) -> None:
    (script,) = site.folder.glob("js/geval-*.js")
    assert len(gzip.compress(script.read_bytes(), 9)) <= 12 * 1024
    users = [file.name for file in site.folder.rglob("*.html") if script.name in file.read_text("utf-8")]
    assert users == [PAGE]
