"""Open pages of the preview in a real browser: they renew themselves and show what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers import browser as tools
from helpers import sites
from helpers.preview import DEADLINE, SHOWN, STORY, Server, serving


@pytest.fixture
def writing(campaign: sites.Campaign) -> Iterator[Server]:
    with serving(campaign, "--jobs", "1") as server:
        yield server


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with tools.opened(chromium) as page:
        yield page


def test_an_open_page_lives(writing: Server, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if "localhost" not in request.url else None)
    page.set_default_timeout(DEADLINE * 1000)
    page.goto(f"http://localhost:{writing.port}{SHOWN}")
    expect(page.locator("h1")).to_contain_text("Bas leest de brief")
    writing.campaign.edit(STORY, "Bas leest de brief", "Bas schrijft terug")
    expect(page.locator("h1")).to_contain_text("Bas schrijft terug", timeout=DEADLINE * 1000)
    box = page.get_by_role("alert")
    expect(box).to_have_count(0)
    writing.campaign.edit(STORY, "title:", "titel:")
    expect(box).to_contain_text("content/verhalen/bas.md:2:1", timeout=DEADLINE * 1000)
    expect(box).to_contain_text("did you mean 'title'?")
    expect(box).to_be_in_viewport()
    assert box.evaluate("one => getComputedStyle(one).position") == "fixed"
    expect(page.locator("h1")).to_contain_text("Bas schrijft terug")
    writing.campaign.edit(STORY, "titel:", "title:")
    expect(box).to_have_count(0, timeout=DEADLINE * 1000)
    page.goto(f"http://localhost:{writing.port}/__problemen")
    expect(page.locator("main")).to_contain_text("No problems were found.")
    writing.campaign.edit(STORY, "title:", "titel:")
    expect(page.locator("main")).to_contain_text("unknown key 'titel'", timeout=DEADLINE * 1000)
    expect(box).to_have_count(0)
    assert said == []


def test_more_pages_can_be_open_than_a_browser_has_connections(writing: Server, page: Page) -> None:
    tabs = [page, *(page.context.new_page() for _ in range(7))]
    for tab in tabs:
        tab.goto(f"http://localhost:{writing.port}{SHOWN}", timeout=DEADLINE * 1000)
        tab.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    first = tabs[0]
    first.evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    writing.campaign.edit(STORY, "Bas leest de brief", "Bas schrijft terug")
    writing.until(lambda: "Bas schrijft terug" in writing.page(SHOWN))
    expect(first.locator("h1")).to_contain_text("Bas leest de brief")
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.locator("h1")).to_contain_text("Bas schrijft terug", timeout=DEADLINE * 1000)
