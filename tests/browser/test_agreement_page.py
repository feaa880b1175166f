"""The file for the person a text is about, in a real Chromium: from disk, on a phone, and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from helpers import browser as tools
from helpers import sites
from helpers.browser import Look, Watch
from helpers.sites import BAS

SHEET = re.compile(rb"/Type\s*/Page\b")
BODY = (
    'Hij leest de brief nog een keer.\n\n![De bel](bel.jpg "Een bel. Foto: Sanne")\n\nVan {{ feit:deuren }}.'
)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    campaign = sites.campaign(tmp_path_factory.mktemp("agreement") / "campagne")
    campaign.write("content/verhalen/bel.jpg", sites.jpeg())
    agreed = sites.consent(ref="C-12", status="pending")
    picture = "image: {src: anouk.svg, alt: Een rond raam}\n"
    campaign.write(BAS, sites.story("Bas leest", name="Bas", agreed=agreed, extra=picture, body=BODY))
    report = campaign.run("preview", BAS)
    assert report.status == 0, report.said
    return campaign.root / "voor-akkoord/verhalen-bas.html"


def test_it_asks_for_nothing_and_shows_its_pictures_and_font(chromium: Browser, page_file: Path) -> None:
    with tools.opened(chromium) as page:
        watch = Watch(page)
        assert tools.open_and_look(page, page_file.as_uri()) == []
        assert [url for url in watch.asked if not url.startswith("data:")] == [page_file.as_uri()]
        assert page.evaluate(
            "async () => (await document.fonts.ready, [...document.fonts].some(f => f.status === 'loaded'))"
        )
        assert page.locator("nav, script, form").count() == 0


def test_it_can_be_read_on_a_phone_and_by_everybody(chromium: Browser, page_file: Path) -> None:
    looks = [Look("light", {"width": 390, "height": 844}), tools.in_the_dark({"width": 320, "height": 600})]
    assert tools.audit(chromium, [page_file.as_uri()], looks) == []
    with tools.opened(chromium, viewport={"width": 320, "height": 600}) as page:
        page.goto(page_file.as_uri())
        assert page.evaluate(tools.WIDTH) == []


def test_on_paper_it_begins_with_what_it_is(chromium: Browser, page_file: Path) -> None:
    with tools.opened(chromium) as page:
        page.goto(page_file.as_uri())
        page.emulate_media(media="print")
        assert page.locator(".agreement").is_visible()
        assert page.locator(".agreement a[href^=tel]").is_visible()
        assert len(SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True))) <= 2
