"""The planner in a real Chromium: it plans as Python does, and its calendar can be read elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers import browser as tools
from helpers import planner
from helpers.browser import Look, Site, Watch
from microsite.content.campaign_plan import PlanRequest, make_plan
from microsite.content.planner_file import REGIONS
from microsite.rendering.calendar import calendar
from microsite.site.material.campaign_plan import calendar_days

PAGE = "toolkit/planner.html"
PHONE = {"width": 390, "height": 844}
SCRIPTS = sorted((tools.PROJECT / "assets/planner").glob("*.js"))
PLANS = """([data, asked]) => asked.map(one => {
  const plan = window.campaignPlan(data, one);
  const entries = plan.entries.map(e => `${e.day} ${e.activity.id} ${e.number} ${e.step}`);
  return {end: plan.end, beyond: plan.beyond, entries};
})"""

CALENDAR = """([data, asked, words]) =>
  window.planCalendar(window.campaignPlan(data, asked), words, "2026-11-30")"""


@pytest.fixture(scope="module")
def places(site: Site, root: str) -> dict[str, str]:
    return {"root": root, "file": f"{site.folder.as_uri()}/"}


@pytest.fixture
def page(chromium: Browser, places: dict[str, str]) -> Iterator[Page]:
    with tools.opened(chromium, viewport=PHONE) as page:
        page.goto(places["root"] + PAGE)
        yield page


def with_scripts(browser: Browser, expression: str, argument: Any = None) -> Any:
    """What a function of the planner's scripts, without a page, makes of this."""
    with tools.opened(browser) as page:
        for script in SCRIPTS[:2]:
            page.add_script_tag(content=script.read_text(encoding="utf-8"))
        return page.evaluate(expression, argument)


def planned(browser: Browser, requests: list[PlanRequest]) -> Any:
    return with_scripts(browser, PLANS, [planner.for_browser(), [planner.asked(one) for one in requests]])


# ── one computation in two languages ──


def test_the_browser_makes_the_plans_of_the_vectors(chromium: Browser) -> None:
    vectors = json.loads(planner.VECTORS.read_text(encoding="utf-8"))["plans"]
    asked = [planner.request(one["asked"]) for one in vectors]
    assert planned(chromium, asked) == [one["made"] for one in vectors]


def test_the_browser_plans_as_python_does_whatever_is_asked(chromium: Browser) -> None:
    chance = random.Random(18)  # noqa: S311 -- the same plans every time
    ids = [id for id, _ in planner.planning().planner.activities]
    asked = [
        PlanRequest(
            dt.date(2014, 1, 1) + dt.timedelta(days=chance.randrange(31_000)),
            chance.choice(["weinig", "veel", "iets"]),
            tuple(chance.sample(ids, chance.randrange(len(ids) + 1))),
            chance.choice([None, *REGIONS]),
        )
        for _ in range(300)
    ]
    asked += [
        PlanRequest(dt.date(2026, 8, 1) + dt.timedelta(days=n), "veel", (), REGIONS[n % 3])
        for n in range(0, 800, 5)
    ]
    assert planned(chromium, asked) == [planner.made(make_plan(planner.planning(), one)) for one in asked]


def test_the_browser_writes_the_calendars_that_python_writes(chromium: Browser) -> None:
    """Byte for byte, with an address and without."""
    site = planner.site_planner()
    for url, host in (("https://één.example/a/", "xn--n-bga.example"), ("", "lid")):
        words = {"name": "Plan – wij, Łukasz", "host": host, "url": url, "partOf": "Hoort bij:"}
        for request in planner.ASKED:
            plan = make_plan(site.planning, request)
            days = calendar_days(plan, site, url, "Hoort bij:")
            written = with_scripts(chromium, CALENDAR, [planner.for_browser(), planner.asked(request), words])
            assert written.encode() == calendar("Plan – wij, Łukasz", host, site.day, days)


# ── what a visitor does ──


def rows(page: Page) -> list[str]:
    return [row.inner_text() for row in page.locator(".planner-table tbody tr").all()]


def test_a_choice_changes_the_plan_and_stays_behind_the_hash(page: Page) -> None:
    watch = Watch(page)
    few = len(rows(page))
    page.get_by_role("radio", name="Groot").check()
    expect(page.get_by_role("checkbox", name="Column van een sociaal werker")).to_be_checked()
    assert len(rows(page)) > 2 * few
    page.get_by_role("checkbox", name="Column van een sociaal werker").uncheck()
    assert not [row for row in rows(page) if "Antwoord van de wethouder" in row]
    page.get_by_label("Wanneer begin je?").fill("2027-09-01")
    page.get_by_label("Welke vakanties slaan we over?").select_option("Regio Zuid")
    assert "september 2027" in rows(page)[0]
    assert "begin=2027-09-01" in page.url.partition("#")[2]
    before = rows(page)
    page.reload()
    assert rows(page) == before
    expect(page.get_by_role("checkbox", name="Column van een sociaal werker")).not_to_be_checked()
    assert watch.faults() == []
    assert not [url for url in watch.asked if "2027-09-01" in url], "what somebody chooses stays here"


def test_the_plan_of_the_page_is_what_its_script_makes(
    page: Page, chromium: Browser, places: dict[str, str]
) -> None:
    with tools.opened(chromium, java_script_enabled=False, viewport=PHONE) as bare:
        bare.goto(places["root"] + PAGE)
        expect(bare.get_by_label("Wanneer begin je?")).to_be_hidden()
        assert bare.locator(".button-row a:visible, main button:visible").count() == 0
        assert rows(bare) == rows(page)
        assert len(rows(bare)) > 15
        hrefs = "all => all.map(one => one.href)"
        guides = [one.locator(".planner-main a").evaluate_all(hrefs) for one in (bare, page)]
        assert guides[0] == guides[1] != []


def test_without_a_day_or_an_activity_there_is_a_sentence_and_no_plan(page: Page) -> None:
    page.get_by_label("Wanneer begin je?").fill("")
    page.get_by_label("Wanneer begin je?").blur()
    expect(page.get_by_role("status")).to_have_text("Kies een dag waarop je begint, en iets om te doen.")
    expect(page.locator("[data-calendar]")).to_be_hidden()
    page.get_by_label("Wanneer begin je?").fill("2027-01-04")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    assert rows(page) == []
    page.get_by_role("radio", name="Klein").focus()
    page.keyboard.press("ArrowDown")
    assert len(rows(page)) > 30


@pytest.mark.parametrize(
    "said", ["begin=1&tijd=x&doe=y&regio=z", "begin=2027-02-31", "begin=9999-12-31&doe=pers", "<b>", "doe="]
)
def test_an_address_that_nobody_made_harms_nothing(
    chromium: Browser, places: dict[str, str], said: str
) -> None:
    with tools.opened(chromium) as page:
        watch = Watch(page)
        page.goto(places["root"] + PAGE + "#" + quote(said, safe="=&"))
        expect(page.get_by_role("status")).not_to_be_empty()
        page.get_by_role("radio", name="Gewoon").check()
        page.get_by_label("Wanneer begin je?").fill("2027-01-04")
        assert len(rows(page)) > 30
        assert watch.faults() == []


def test_beyond_the_known_holidays_the_page_says_so(page: Page) -> None:
    beyond = page.get_by_text("Zoek de rest zelf op.")
    expect(beyond).to_be_hidden()
    page.get_by_label("Wanneer begin je?").fill("2029-06-01")
    page.get_by_label("Wanneer begin je?").blur()
    expect(beyond).to_be_visible()


@pytest.mark.parametrize("place", ["root", "file"])
def test_the_calendar_comes_from_the_browser(chromium: Browser, places: dict[str, str], place: str) -> None:
    with tools.opened(chromium) as page:
        watch = Watch(page)
        page.goto(places[place] + PAGE)
        with page.expect_download() as download:
            page.get_by_role("link", name="Zet het in je agenda").press("Enter")
        assert download.value.suggested_filename == "campagneplan.ics"
        data = download.value.path().read_bytes()
        assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        assert data.count(b"BEGIN:VEVENT") == len(page.locator(".planner-table td time").all())
        assert watch.faults() == []


# ── can everybody use it ──


def test_everybody_can_use_the_planner(page: Page, chromium: Browser, places: dict[str, str]) -> None:
    """As it is before somebody chooses it is looked at in test_pages.py."""
    phone, desk = {"width": 390, "height": 900}, {"width": 1440, "height": 900}
    asked = f"{places['root']}{PAGE}#begin=2029-06-01&tijd=groot&doe=column+commissie&regio=noord"
    looks = [Look("light", phone), tools.in_the_dark(phone), Look("light", desk)]
    assert tools.audit(chromium, [asked], looks) == []
    page.goto(asked)
    for size in (phone, desk):
        page.set_viewport_size(size)
        assert page.evaluate(tools.WIDTH) == []


def test_on_paper_there_is_room_for_names_and_no_choice(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.get_by_role("columnheader", name="Wie?")).to_be_visible()
    expect(page.get_by_text("Wat willen we aan het eind bereikt hebben?")).to_be_visible()
    assert page.locator("input:visible, button:visible, select:visible, output:visible").count() == 0
