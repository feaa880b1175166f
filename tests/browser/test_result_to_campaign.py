"""From result to campaign in a real Chromium: filled in, saved, put in a folder, and found on paper."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, expect

from helpers import browser as tools
from helpers import sites, worksheets
from helpers.sites import BRAND

CAVEAT = "Of het blijft, weten we nog niet."
FIELDS = {
    "Wat reken je uit?": "Jongerenwerk op straat",
    "Hoeveel op z’n minst?": "25",
    "Hoeveel op z’n hoogst?": "60",
    "Van welke organisatie is het?": "Welzijn Zandhage",
    "Over welke tijd gaat het?": "het jaar 2025",
    "Tot welke dag is er geteld?": "2025-12-31",
    "Wat zegt de uitkomst niet?": CAVEAT,
}


def words_of(file: Path) -> str:
    if file.suffix == ".pdf":
        document = pypdfium2.PdfDocument(file.read_bytes())
        said = "".join(leaf.get_textpage().get_text_range() for leaf in document)
    else:
        with zipfile.ZipFile(file) as archive:
            parts = (archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
            said = b" ".join(parts).decode("utf-8")
    return " ".join(said.replace("\xa0", " ").split())


def test_from_result_to_infographic(chromium: Browser, tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "campagne", {**sites.SMALL, **worksheets.settings()})
    campaign.build().fine()
    with (
        tools.served(campaign.site) as root,
        tools.opened(chromium, locale="nl-NL", accept_downloads=True) as page,
    ):
        page.goto(f"{root}/rekenhulp.html")
        page.get_by_role("button", name="Vul het voorbeeld in").click()
        for label, value in FIELDS.items():
            page.get_by_label(label).fill(value)
        for field in page.locator("[data-key$=source], [data-key$=measured], [data-key$=why]").all():
            field.fill("Zo staat het in ons eigen verslag")  # the example's own sources are no figure
        note = page.locator("[data-unaccounted]")
        expect(note).to_have_text("Voor een cijfer in je campagne is dit nog nodig: Wie heeft het ingevuld?")
        page.get_by_label("Wie heeft het ingevuld?").fill("de controller")
        expect(note).to_be_hidden()
        shown = page.locator("[data-slot=range]").inner_text()
        with page.expect_download() as download:
            page.get_by_role("link", name="Bewaar het blad").click()
        name = download.value.suggested_filename
        assert name == "jongerenwerk-op-straat.json"
        folder = campaign.root / f"brands/{BRAND}/content/rekenbladen"
        folder.mkdir(parents=True)
        download.value.save_as(folder / name)
    assert shown == "Elke euro levert naar schatting 0,8 tot 1,9 euro op. Het waarschijnlijkst is 1,3."
    report = campaign.run("pack", "--material", "all", BRAND).fine()
    assert report.status == 0
    figure = "€ 0,80 en € 1,90"
    material = campaign.output / f"{BRAND}.materiaal"
    for path in ("infographic-a3.pdf", "presentatie.pptx", "teksten/raadsbrief.docx"):
        said = words_of(material / path)
        for part in (figure, "waarschijnlijk € 1,30", CAVEAT, "niet vergelijken met andere projecten."):
            assert part in said, (path, part)
    with tools.served(campaign.site) as root, tools.opened(chromium, locale="nl-NL") as page:
        page.goto(f"{root}/cijfers.html")
        page.get_by_role("link", name="Alle aannames van deze berekening").click()
        expect(page.locator(".figure-number")).to_contain_text(figure)  # which takes any space for one
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("axe.run(document).then(found => found.violations.map(one => one.id))")
        assert found == []
        page.get_by_role("link", name="Open dit blad in de rekenhulp").click()
        expect(page.locator("[data-slot=range]")).to_have_text(shown)
        expect(page.get_by_label("Wie heeft het ingevuld?")).to_have_value("de controller")
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{root}/rekenbladen/jongerenwerk-op-straat.html")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
