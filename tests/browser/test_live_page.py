"""Open pages of the preview in a real browser: they renew themselves and show what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from helpers import browser as tools
from helpers import sites
from helpers.browser import Look
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
    expect(box.locator("mark").first).to_have_text("titel: Bas schrijft terug")
    link = box.get_by_role("link", name="open the file there").first.get_attribute("href")
    assert link == f"vscode://file{writing.campaign.root}/{STORY}:2:1"
    expect(page.locator("h1")).to_contain_text("Bas schrijft terug")  # the last good page, marked as such
    expect(page.locator("#frame")).to_be_visible()
    writing.campaign.edit(STORY, "titel:", "title:")
    expect(page.locator("#frame")).to_be_hidden(timeout=DEADLINE * 1000)
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


PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with something of each kind to tell, for tests that change no file."""
    campaign = sites.campaign(tmp_path_factory.mktemp("kijken") / "campagne")
    asked = sites.consent(ref="C-31", status="pending", final_text_seen_on=None)
    broken = "[nergens](nergens.md)\n\n" + "Een zin die nergens ophoudt, " * 20
    campaign.write("content/verhalen/dirk.md", sites.story("Dirk", name="Dirk", agreed=asked, body=broken))
    campaign.write("content/verhalen/niemand.md", sites.story("Ido", name="Ido", agreed=None))
    campaign.write("content/nieuws/later.md", sites.page("Later", "Straks.", "date: 2026-12-24\n"))
    campaign.edit("content/contact.md", "(verhalen/anouk.md)", "(verhalen/anouck.md)")
    with serving(campaign, "--jobs", "1") as server:
        yield server


OWN = ("/_redactie/", "/_redactie/?sort=words&attention=1", "/__problemen", "/verhalen/niemand.html")
WITHDRAW = ("/_redactie/intrekken?ref=C-11", "/_redactie/intrekken?ref=C-x")


def test_axe_finds_nothing_on_what_only_the_preview_has(reading: Server, chromium: Browser) -> None:
    pages = (*OWN, "/verhalen/dirk.html", "/nieuws/later.html")
    addresses = [f"http://localhost:{reading.port}{path}" for path in pages]
    looks = [Look("light", PHONE), Look("light", DESKTOP), tools.in_the_dark(PHONE)]
    assert tools.audit(chromium, addresses, looks) == []


def test_nothing_of_the_preview_scrolls_sideways(reading: Server, page: Page) -> None:
    found = []
    for path in (*OWN, *WITHDRAW):
        page.goto(f"http://localhost:{reading.port}{path}")
        for width in (320, 390, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{path} at {width}: {fault}" for fault in page.evaluate(tools.WIDTH)]
    assert found == []


def test_another_day_is_chosen_with_the_keyboard(reading: Server, page: Page) -> None:
    page.set_default_timeout(DEADLINE * 1000)
    page.goto(f"http://localhost:{reading.port}/nieuws/later.html")
    ribbon = page.get_by_role("complementary", name="Not public")
    expect(ribbon).to_contain_text("Public from 24 December 2026")
    page.get_by_label("See the site on").fill("2026-12-24")
    page.get_by_label("See the site on").press("Enter")
    expect(ribbon).to_have_count(0)
    expect(page.get_by_text("The site as on 24 December 2026")).to_be_visible()
    back = page.get_by_role("button", name="Back to today")
    back.focus()
    back.press("Enter")
    expect(ribbon).to_be_visible()


def test_the_desk_works_without_a_script(reading: Server, chromium: Browser) -> None:
    with tools.opened(chromium, java_script_enabled=False) as page:
        page.goto(f"http://localhost:{reading.port}/_redactie/")
        page.get_by_role("columnheader").get_by_role("link", name="Words").press("Enter")
        expect(page.locator("th[aria-sort=ascending]")).to_have_text("Words")
        page.get_by_role("combobox", name="Status").select_option("asked")
        page.get_by_role("button", name="Choose").press("Enter")
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_label("See the site on").fill("2026-12-25")
        page.get_by_role("button", name="Show", exact=True).press("Enter")
        expect(page.get_by_role("button", name="Back to today")).to_be_visible()
        page.get_by_role("button", name="Back to today").press("Enter")
        expect(page.get_by_role("button", name="Back to today")).to_have_count(0)


def test_a_story_is_taken_away_without_a_script(writing: Server, chromium: Browser) -> None:
    started = f"http://localhost:{writing.port}/_redactie/"
    with tools.opened(chromium, java_script_enabled=False) as page:
        page.set_default_timeout(DEADLINE * 1000)
        page.goto(started)
        page.get_by_role("link", name="Take away C-12").press("Enter")
        page.get_by_label("Type the number C-12.").fill("C-11")
        page.get_by_label("Type the number C-12.").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Nothing was changed")
        expect(page.get_by_label("Type the number C-12.")).to_be_focused()
        page.get_by_label("Type the number C-12.").fill("C-12")
        page.get_by_role("button", name="Take all of this away").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("All sites were made again")
        done = page.url
        with page.expect_download() as saving:
            page.get_by_role("link", name="Save the receipt").press("Enter")
        assert saving.value.suggested_filename == "bewijs-c-12.txt"
    assert "status: withdrawn" in writing.campaign.read(STORY)
    address = done.replace(f"http://localhost:{writing.port}", "")
    addresses = [f"http://localhost:{writing.port}{path}" for path in (*WITHDRAW, address)]
    assert tools.audit(chromium, addresses, [Look("light", PHONE), Look("light", DESKTOP)]) == []
