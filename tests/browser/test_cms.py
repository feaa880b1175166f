"""A story made in the real Decap CMS, in Chromium, is built as it was written; so is one changed there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from playwright.sync_api import Browser, Page
from yaml import safe_load

from helpers import browser, decap, npm, sites
from helpers.yaml_values import values
from microsite.content import yaml

pytestmark = [pytest.mark.long, pytest.mark.external]

TEXT = """\
De bel deed het weer.

## Een kop

> [!tip] Bel op dinsdag
> Dan is er iemand bij {{ organisatie }}.

In de flat zijn {{ feit:deuren }}. *Echt* waar.[^telling]

- [ ] De zaal is open.

[Naar de contactpagina](/contact.md){.knop}

[^telling]: We telden op een dinsdag."""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sites.Campaign]:
    made = sites.campaign(tmp_path_factory.mktemp("cms") / "campagne")
    made.write("content/verhalen/bas.en.md", "---\ntitle: Bas reads\nsummary: He reads.\n---\nHe reads.\n")
    decap.prepare(made, "decap")
    with decap.local_backend(made):
        yield made


@pytest.fixture
def page(campaign: sites.Campaign, chromium: Browser) -> Iterator[Page]:
    with (
        browser.served(campaign.root / "admin") as address,
        browser.opened(chromium, locale="nl-NL", viewport={"width": 1280, "height": 1000}) as opened,
    ):
        opened.set_default_timeout(20_000)
        opened.on("dialog", lambda dialog: dialog.accept())
        decap.log_in(opened, address)
        yield opened


def test_a_story_is_written_with_consent_and_published(
    campaign: sites.Campaign, page: Page, tmp_path: Path
) -> None:
    picture = tmp_path / "noor.svg"
    picture.write_text(sites.drawing(), encoding="utf-8")
    page.locator('a[href$="/collections/verhalen/new"]').first.click()
    decap.fill(page, "Titel", "De bel gaat")
    decap.fill(page, "Samenvatting", "Een bel die het niet deed: en toen wel.")
    decap.choose(page, "Rol", "geholpen")
    decap.fill(page, "Naam", "Noor")
    decap.fill(page, "Leeftijd", "34")
    decap.write(page, TEXT)
    decap.unfold(page, "Beeld (")
    decap.upload(page, picture)
    decap.fill(page, "Wat er te zien is", "Een rond raam.")
    decap.unfold(page, "Citaat")
    decap.fill(page, "De zin", "“Ik dacht: nou ja.”")
    decap.choose(page, "Thema’s", "Wonen", "Meedoen")
    decap.fill(page, "Datum", "2026-05-01")
    decap.fill(page, "Nummer in jullie", "C-21")
    decap.choose(page, "Stand", "afgesproken")
    decap.fill(page, "Zei ja op", "2026-01-01")
    decap.fill(page, "Toestemming eindigt op", "2028-01-01")
    decap.choose(page, "Waarvoor (", "site", "sociale")
    decap.choose(page, "Wie het mag plaatsen", "landelijke", "andere")
    decap.fill(page, "Heeft de laatste tekst", "2026-01-15")
    decap.save(page)
    assert "de-bel-gaat.md" not in decap.git(campaign, "ls-tree", "main", "content/verhalen/")
    decap.publish(page)
    written = campaign.read("content/verhalen/de-bel-gaat.md")
    assert written.startswith("---\ndraft: true\ntitle: De bel gaat\n")
    assert written.endswith(f"---\n{TEXT}\n")
    assert (campaign.root / "content/verhalen/noor.svg").read_bytes() == picture.read_bytes()
    assert campaign.build().only()["message"] == "left out: it is a draft"

    decap.switch(page, "Nog niet op de site")
    decap.save(page)
    decap.publish(page)
    report = campaign.build("--strict").fine()
    shown = (campaign.site / "verhalen" / "de-bel-gaat.html").read_text(encoding="utf-8")
    assert "Noor" in shown
    assert "Bel op dinsdag" in shown
    assert not [path for path in report.written if "admin" in path]


def test_a_change_changes_nothing_else(campaign: sites.Campaign, page: Page) -> None:
    """Neither dates, nor the keys that nobody touched, nor the marks in the text."""
    before = campaign.read(sites.ANOUK)
    page.locator('a[href$="/collections/verhalen/entries/anouk"]').click()
    decap.fill(page, "Samenvatting", "Hoe het verder ging.")
    decap.save(page)
    decap.publish(page)
    after = campaign.read(sites.ANOUK)
    old, new = (values(yaml.split_front_matter(text, "f.md")[0]) for text in (before, after))
    added = {key: value for key, value in new.items() if key not in old}
    assert added == {}
    assert {key for key in old if old[key] != new[key]} == {"summary"}
    assert (
        after.partition("---\n")[2].partition("---\n")[2]
        == before.partition("---\n")[2].partition("---\n")[2]
    )
    campaign.build()


def test_overviews_and_translations_are_not_in_the_list_of_stories(
    campaign: sites.Campaign, page: Page
) -> None:
    shown = page.locator("main li a[href*='/entries/']")
    page.locator("a[href$='/entries/anouk']").wait_for()
    names = {str(link.get_attribute("href")).rpartition("/")[2] for link in shown.all() if link.is_visible()}
    assert {"anouk", "bas", "cor"} <= names
    assert "index" not in names
    assert "bas.en" not in names


def test_sveltia_reads_its_configuration(tmp_path: Path, chromium: Browser) -> None:
    """Both by its own schema and in a browser, as far as the page where one logs in."""
    made = sites.campaign(tmp_path / "campagne")
    admin = decap.prepare(made, "sveltia")
    schema = json.loads((npm.MODULES / "@sveltia/cms/schema/sveltia-cms.json").read_text(encoding="utf-8"))
    config = safe_load((admin / "config.yml").read_text(encoding="utf-8"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(config)] == []
    with browser.served(admin) as address, browser.opened(chromium) as opened:
        opened.route(
            "**/*", lambda route: route.continue_() if address in route.request.url else route.abort()
        )
        opened.goto(f"{address}/index.html")
        opened.get_by_role("button", name="GitHub").first.wait_for(timeout=20_000)
        assert "errors in the CMS configuration" not in opened.inner_text("body")
