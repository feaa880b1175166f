"""A story in the studio in Chromium: of what somebody did not read, nothing is on the site."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers import browser, studio, studio_page

pytestmark = pytest.mark.long

READ, OTHER = "Noor heeft een la.\n\nHij is vol.", "Noor heeft een la.\n\nZe heeft schulden."


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with browser.served(output) as root:
        yield f"{root}/studio/"


@pytest.fixture
def page(address: str, chromium: Browser) -> Iterator[Page]:
    with browser.opened(chromium, viewport={"width": 1280, "height": 900}) as page:
        page.set_default_timeout(180_000)
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        yield page


def download(page: Page, to: Path) -> Path:
    with page.expect_download() as found:
        page.click("#download")
    found.value.save_as(to)
    return to


def write_story(page: Page) -> None:
    page.click("#story-new")
    page.check("[name=story-role][value=client]")
    page.fill("#story-name", "Noor")
    page.fill("#story-headline", "Noor maakt haar post weer open")
    page.fill("#story-summary", "Een jaar lang gingen de enveloppen in een la.")
    page.fill("#story-text", READ)
    page.check("[name=story-status][value=valid]")
    page.fill("#story-given", "2026-11-01")
    page.check('[data-story="consent.scope"] [value=web]')
    page.check('[data-story="consent.audience"] [value=members]')
    page.fill("#story-until", "2028-11-01")
    page.fill("#story-ref", "Noor de Wit")


def test_another_text_than_she_read_is_not_on_the_site(page: Page, tmp_path: Path) -> None:
    studio_page.fill_in(page)
    write_story(page)
    expect(page.locator("#story-ref + .wrong")).to_contain_text("Dit lijkt een naam.")
    page.click("#story-number")
    expect(page.locator("#story-ref + .wrong")).to_have_count(0)
    page.set_input_files("#story-picture", studio.ROOT / "tests" / "studio" / "bare" / "raam.jpg")
    page.fill("#story-alt", "Een raam.")
    page.fill("#story-seen", "2026-11-20")
    expect(page.locator("#story-credit + .wrong")).to_have_text("Vul in wie het maakte.")
    page.fill("#story-credit", "Foto: wij")
    expect(page.locator("#story-verdict")).to_have_text("Dit verhaal staat op jullie site.")
    page.fill("#story-text", OTHER)
    expect(page.locator("#story-seen")).to_have_value("")
    expect(page.locator("#story-changed")).to_be_visible()
    expect(page.locator("#story-verdict")).to_contain_text("Staat niet op jullie site, om de toestemming")
    with zipfile.ZipFile(download(page, tmp_path / "ongelezen.zip")) as archive:
        (own,) = [name for name in archive.namelist() if name.endswith("maakt-haar-post-weer-open.md")]
        assert "final_text_seen_on" not in archive.read(own).decode()
        assert not [name for name in archive.namelist() if name.endswith("maakt-haar-post-weer-open.html")]
    page.reload()
    page.get_by_role("button", name="Bewerk ‘Noor").click()
    expect(page.locator("#story-seen")).to_have_value("")
    expect(page.locator("#story-changed")).to_be_visible()
    page.fill("#story-text", READ)
    expect(page.locator("#story-seen")).to_have_value("2026-11-20")
    expect(page.locator("#story-changed")).to_be_hidden()
    expect(page.locator("#story-verdict")).to_have_text("Dit verhaal staat op jullie site.")
    page.fill("#story-headline", "Noor en haar schulden")
    page.fill("#story-seen", "2026-11-21")  # she read it anew
    expect(page.locator("#story-changed")).to_be_hidden()
    expect(page.locator("#story-verdict")).to_have_text("Dit verhaal staat op jullie site.")
