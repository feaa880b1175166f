"""The studio in Firefox: from a logo and a colour to a site, and without a network after one visit."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import browser, firefox, studio
from helpers.firefox import Tab

pytestmark = [pytest.mark.long, pytest.mark.external]

READY = '() => "ready" in document.body.dataset'
TYPED = """values => { for (const [id, value] of Object.entries(values)) {
    const field = document.getElementById(id);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
} }"""
GIVEN = """svg => {
    const given = new DataTransfer(), field = document.getElementById("logo");
    given.items.add(new File([svg], "logo.svg", { type: "image/svg+xml" }));
    field.files = given.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
}"""
MADE = '() => !document.getElementById("download").disabled'
SHOWN = """word => document.getElementById("preview").contentDocument?.body?.innerText.includes(word)"""
KEPT = """() => { (async () => {
    const { keep } = await (await fetch("names.json")).json(), cache = await caches.open("studio");
    window.kept = (await Promise.all(keep.map(name => cache.match(name)))).every(Boolean);
})(); return window.kept; }"""


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    (tmp_path / "profile").mkdir()
    with firefox.started(tmp_path / "profile", **firefox.LIGHT) as tab:
        yield tab


def test_from_a_logo_to_a_site_and_on_without_a_network(output: Path, tab: Tab, tmp_path: Path) -> None:
    with browser.served(output) as root:
        tab.open(f"{root}/studio/", width=1280)
        tab.until(READY)
        tab.evaluate(GIVEN, (studio.ROOT / "brands" / "roetmolen" / "logo.svg").read_text("utf-8"))
        typed = {"name": "Welzijn Voorbeeldstad", "colour": "#0b6e4f", "email": "post@voorbeeld.example"}
        tab.evaluate(TYPED, typed)
        tab.until(MADE)
        tab.until(SHOWN, "Voorbeeldstad")
        zipped = tab.download("#download")
        tab.until(KEPT)
        assert tab.faults() == []
    zipfile.ZipFile(zipped).extractall(tmp_path / "open")
    own = tmp_path / "open" / "huisstijl"
    assert zipped.read_bytes() == studio.pack(own, tmp_path)
    tab.here("browsingContext.reload", wait="complete")  # the server is gone
    tab.until(READY)
    tab.until(SHOWN, "Voorbeeldstad")
