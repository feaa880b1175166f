"""The page of the studio, as a member uses it."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from helpers.studio import ROOT

KEPT = """async () => {
    const { keep } = await (await fetch("names.json")).json(), cache = await caches.open("studio");
    return (await Promise.all(keep.map(name => cache.match(name)))).every(Boolean);
}"""
"""Whether the studio in a page works without a network."""


def wait_for(page: Page, question: str, given: object = None) -> None:
    """Wait until a function answers yes later: ``wait_for_function`` takes a promise for an answer."""
    end = time.monotonic() + 180
    while not page.evaluate(question, given):
        assert time.monotonic() < end, question
        page.wait_for_timeout(100)


def fill_in(page: Page, **fields: str) -> None:
    """What a member fills in; the site is there afterwards."""
    page.fill("#name", "Welzijn Voorbeeldstad")
    page.set_input_files("#logo", ROOT / "brands" / "roetmolen" / "logo.svg")
    page.fill("#colour", "#0b6e4f")
    page.fill("#email", "post@voorbeeld.example")
    for field, value in fields.items():
        page.fill(f"#{field}", value)
    expect(page.locator("#download")).to_be_enabled()
