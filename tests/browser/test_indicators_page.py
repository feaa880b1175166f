"""The indicators in a real Chromium: hours, advice, a plan on paper and as a table; nothing is sent."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers import browser as tools
from helpers import indicators
from helpers.browser import Look, Site, Watch
from microsite.content.indicators_file import INDICATORS, Effort, Reach, hours

PAGE = "indicatoren.html"
PHONE = {"width": 360, "height": 780}
MEMBER = "wilgendam"
SCRIPT = tools.PROJECT / "assets/indicators/10-measuring.js"
LIBRARY = indicators.library((tools.PROJECT / "content" / INDICATORS).read_text(encoding="utf-8"))
NAMES = {id: one.name for id, one in LIBRARY.indicators}
REACH = Reach(60, 50, 35)
"""What this member says of itself in its brand.yaml."""
HOURS = {id: hours(one.effort, REACH) for id, one in LIBRARY.indicators}
THREE = ["minder-alleen", "bezoekers-per-middag", "rust-over-geld"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    output = tmp_path_factory.mktemp("indicatoren")
    tools.build(output, MEMBER, material="none")
    return Site(output / MEMBER)


@pytest.fixture(scope="module")
def root(site: Site) -> Iterator[str]:
    with tools.served(site.folder) as root:
        yield f"{root}/{PAGE}"


@pytest.fixture
def page(chromium: Browser, root: str) -> Iterator[Page]:
    with tools.opened(chromium, locale="nl-NL", viewport=PHONE) as page:
        page.goto(root)
        yield page


def tick(page: Page, *ids: str) -> None:
    for id in ids:
        page.get_by_label(NAMES[id], exact=True).check()


def tally(page: Page) -> str:
    return page.locator("[data-tally]").inner_text()


def advice(page: Page) -> list[str]:
    return page.locator("[data-advice] li").all_inner_texts()


def table(page: Page) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar als tabel (CSV)").press("Enter")
    assert download.value.suggested_filename == "meetplan.csv"
    data = download.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in data.replace(b"\r\n", b"")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def with_script(browser: Browser, expression: str, argument: Any) -> Any:
    with tools.opened(browser) as page:
        page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        return page.evaluate(expression, argument)


# ── one computation in two languages ──


def test_the_browser_reckons_the_hours_that_python_does(chromium: Browser) -> None:
    chance = random.Random(21)  # noqa: S311 -- the same every time
    asked = [
        (
            Effort(
                chance.choice(["mens", "bijeenkomst", "vrijwilliger", "jaar"]),
                chance.randrange(601),
                chance.randrange(1, 367),
                chance.randrange(1001),
            ),
            Reach(*(chance.choice([1, 7, 60, chance.randrange(1, 100_001)]) for _ in range(3))),
        )
        for _ in range(2000)
    ]
    given = [
        [
            {"per": one.per, "minutes": one.minutes, "times": one.times, "fixed": one.fixed},
            {"mensen": reach.people, "bijeenkomsten": reach.meetings, "vrijwilligers": reach.volunteers},
        ]
        for one, reach in asked
    ]
    made = with_script(chromium, "all => all.map(one => window.measuring.hours(...one))", given)
    assert made == [hours(*one) for one in asked]


def test_a_table_can_be_read_back_and_holds_no_formula(chromium: Browser) -> None:
    chance = random.Random(12)  # noqa: S311 -- the same every time
    signs = ["=", "+", "-", "@", "\t", "\r", "\n", ";", ",", '"', "'", "a", "1", " ", "é", "🙂", "€"]
    rows = [["".join(chance.choices(signs, k=chance.randrange(7))) for _ in range(4)] for _ in range(400)]
    rows += [["=1+1", "-3", "-2,5", "-cmd"], ["@SUM(A1)", "+31", "a=b", ""]]
    for mark in ";,":
        made = with_script(chromium, "given => window.measuring.csv(...given)", [rows, mark])
        assert made[0] == "\ufeff"
        read = list(csv.reader(io.StringIO(made[1:], newline=""), delimiter=mark))
        for before, after in zip(rows, read, strict=True):
            for cell, found in zip(before, after, strict=True):
                assert found.removeprefix("'") == cell or found == cell
                assert not re.match(r"[=+@\t\r]|-(?![\d,]+$)", found)


def test_quarters_follow_each_other(chromium: Browser) -> None:
    made = with_script(chromium, "all => all.map(one => window.measuring.later(...one))",
                       [["2026-4", 1], ["2027-1", 2], ["2027-3", 4], ["2027-2", 0]])  # fmt: skip
    assert made == ["2027-1", "2027-3", "2028-3", "2027-2"]


# ── what a visitor does ──


def test_hours_follow_what_is_ticked_and_whom_it_is_for(page: Page) -> None:
    watch = Watch(page)
    expect(page.locator("[data-tally]")).to_be_hidden()
    expect(page.get_by_text("Vink aan wat je wilt meten.")).to_be_visible()
    tick(page, *THREE)
    assert tally(page) == f"3 gekozen: {sum(HOURS[id] for id in THREE)} uur per jaar"
    assert advice(page) == []
    page.get_by_label("Hoeveel mensen help je in een jaar?").fill("30")
    reach = Reach(30, REACH.meetings, REACH.volunteers)
    fewer = sum(hours(dict(LIBRARY.indicators)[id].effort, reach) for id in THREE)
    assert tally(page) == f"3 gekozen: {fewer} uur per jaar"
    page.get_by_label("Hoeveel mensen help je in een jaar?").fill("-3")
    expect(page.get_by_role("alert")).to_have_text(
        "Vul een heel getal in, van 1 tot 100.000. Tot dan telt het vorige getal."
    )
    assert tally(page) == f"3 gekozen: {fewer} uur per jaar"
    assert watch.faults() == []
    assert not [url for url in watch.asked if "minder-alleen" in url], "what somebody chooses stays here"
    assert page.evaluate(tools.WIDTH) == []


def test_it_advises_and_blocks_nothing(page: Page) -> None:
    tick(page, "bezoekers-per-middag", "dagen-tot-eerste-gesprek")
    assert [line[:38] for line in advice(page)] == ["Je meet alleen wat jullie zelf doen (o"]
    tick(page, "uren-spreekuur")
    assert advice(page) == ["Niets hiervan zegt wat er voor mensen verandert (outcome). Kies er zo een bij."]
    tick(page, "plannen-die-doorgaan")
    assert [line[:14] for line in advice(page)] == ["Je telt alleen"]
    tick(page, "minder-alleen")
    assert advice(page) == []
    tick(page, "iemand-om-te-bellen")
    ticked = page.locator("input:checked").evaluate_all("all => all.map(one => one.value)")
    total = sum(HOURS[id] for id in ticked)
    many, same = advice(page)
    assert many.startswith(f"Dit zijn 6 indicatoren, samen {total} uur per jaar. Wij raden er hooguit 5 aan.")
    assert same.endswith(f"Kies er één: {NAMES['minder-alleen']}; {NAMES['iemand-om-te-bellen']}")
    assert len(page.locator("[data-plan] article").all()) == 6


def test_goal_and_field_narrow_the_list_and_keep_the_choice(page: Page) -> None:
    tick(page, "minder-alleen")
    page.get_by_label("Welk werk?").select_option("Steun voor mantelzorgers")
    wanted = [id for id, one in LIBRARY.indicators if "mantelzorg" in one.fields]
    assert page.locator("[data-found]").inner_text() == f"{len(wanted)} voorbeelden"
    shown = page.locator("[data-indicator]:visible").evaluate_all(
        "all => all.map(one => one.dataset.indicator)"
    )
    assert shown == wanted
    page.get_by_label("Welk doel?").select_option("Rondkomen")
    assert page.locator("[data-found]").inner_text().startswith("Hier is geen voorbeeld van.")
    assert page.locator("[data-goal]:visible").count() == 0
    assert tally(page) == f"1 gekozen: {HOURS['minder-alleen']} uur per jaar"


def test_the_address_brings_the_plan_back(page: Page) -> None:
    tick(page, *THREE)
    page.get_by_label("Hoeveel vrijwilligers zijn er?").fill("7")
    page.get_by_label("Wanneer meet je voor het eerst?").select_option(index=3)
    before = page.locator("[data-plan]").inner_text()
    page.get_by_role("link", name="Naar je meetplan").press("Enter")
    expect(page.get_by_role("heading", name="Je meetplan")).to_be_focused()
    asked = parse_qs(page.url.partition("#")[2])
    assert set(asked) == {"kies", "vrijwilligers", "start"}
    assert set(asked["kies"][0].split()) == set(THREE)
    assert "?" not in page.url
    page.reload()
    assert page.locator("[data-plan]").inner_text() == before
    assert page.get_by_label("Hoeveel vrijwilligers zijn er?").input_value() == "7"
    page.get_by_role("button", name="Opnieuw beginnen").click()
    assert page.locator("[data-plan] article").count() == 0
    expect(page.get_by_role("checkbox").first).to_be_focused()


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("kies=minder-alleen+bestaat-niet+<b>&start=2029-3", 1),
        ("kies=minder-alleen,rust-over-geld&mensen=1e9&bijeenkomsten=-1&vrijwilligers=veel&start=1-1", 2),
        ("kies=__proto__+constructor&start=2027-9", 0),
        ("kies=" + "x" * 5000, 0),
        ("kies=%E0%A4%A&&&=", 0),
        ("<img src=x onerror=alert(1)>", 0),
    ],
)
def test_an_address_that_somebody_made_by_hand_is_told_and_harms_nothing(
    chromium: Browser, root: str, said: str, chosen: int
) -> None:
    with tools.opened(chromium, viewport=PHONE) as page:
        watch = Watch(page)
        page.goto(f"{root}#{quote(said, safe='=&+,%')}")
        assert page.locator("input:checked").count() == chosen
        assert page.locator("[data-plan] article").count() == chosen
        told = [
            line for line in advice(page) if line.startswith("In dit adres staan indicatoren die hier niet")
        ]
        assert bool(told) is ("kies=" in said and not said.startswith("kies=minder-alleen,"))
        assert all(len(line) < 400 for line in told)
        assert page.get_by_label("Hoeveel mensen help je in een jaar?").input_value() == "60"
        tick(page, "buren-bij-naam")
        assert page.locator("[data-plan] article").count() == chosen + 1
        assert watch.faults() == []
        assert page.evaluate(tools.WIDTH) == []


def test_the_table_has_all_that_the_plan_says(page: Page) -> None:
    tick(page, *THREE)
    page.evaluate("document.querySelector('[name=start]').value = '2027-1'")
    page.get_by_label("Wanneer meet je voor het eerst?").select_option("2027-1")
    head, *rows = table(page)
    assert head[:3] == ["Doel", "Indicator", "Soort"]
    assert all(len(row) == len(head) for row in rows)
    read = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert set(read) == {NAMES[id] for id in THREE}
    for id in THREE:
        one, row = dict(LIBRARY.indicators)[id], read[NAMES[id]]
        assert row["Doel"] == dict(LIBRARY.goals)[one.goal]
        assert (row["Omschrijving"], row["Kanttekening"]) == (one.definition, one.caution)
        assert (row["Wat je telt"], row["Van hoeveel"]) == (one.numerator, one.denominator)
        assert (row["Waar het vandaan komt"], row["Wie"], row["Naam"]) == (one.source, one.who, "")
        again = {"kwartaal": "2e kwartaal van 2027", "halfjaar": "3e kwartaal van 2027"}[one.frequency]
        assert (row["Nulmeting"], row["Volgende meting"]) == ("1e kwartaal van 2027", again)
        assert row["Uren per jaar"] == str(HOURS[id])


def test_it_works_by_keyboard(page: Page) -> None:
    box = page.get_by_label(NAMES["minder-alleen"], exact=True)
    box.focus()
    page.keyboard.press("Space")
    assert tally(page) == f"1 gekozen: {HOURS['minder-alleen']} uur per jaar"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Na een sterfgeval zegt een slechter antwoord").first).to_be_visible()
    covered = """() => {
      const focus = document.activeElement.getBoundingClientRect();
      const bar = document.querySelector(".picker-tally").getBoundingClientRect();
      return focus.bottom > bar.top && focus.top < bar.bottom;
    }"""
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(covered) is False or page.evaluate(
            "!!document.activeElement.closest('.picker-tally')"
        )


# ── without scripts, on paper, for everybody ──


def test_without_scripts_it_is_a_list_to_tick_and_to_print(chromium: Browser, root: str) -> None:
    with tools.opened(chromium, java_script_enabled=False, viewport=PHONE) as bare:
        bare.goto(root)
        assert bare.get_by_role("checkbox").count() == len(NAMES)
        assert (
            bare.locator("main button:visible, main select:visible, main input[type=number]:visible").count()
            == 0
        )
        expect(bare.get_by_text("Welke kiezen we (hooguit 5), en waarom deze?")).to_be_visible()
        tick(bare, "minder-alleen")
        bare.emulate_media(media="print")
        for one in (one for _, one in LIBRARY.indicators):
            assert one.caution in bare.locator(".picker").inner_text()
        assert bare.locator(".picker-row:visible").count() == len(NAMES)


def test_on_paper_what_was_ticked_is_the_plan(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator(".picker-row:visible").count() == len(NAMES)
    page.emulate_media(media="screen")
    tick(page, *THREE)
    page.emulate_media(media="print")
    assert page.locator(".picker-row:visible, .picker-own:visible").count() == 0
    assert page.locator("[data-plan] article:visible").count() == 3
    assert page.locator(".picker-open:visible").count() == 6
    assert page.locator("main button:visible, main select:visible").count() == 0


def test_everybody_can_use_it(chromium: Browser, root: str) -> None:
    phone, desk = {"width": 360, "height": 900}, {"width": 1440, "height": 900}
    looks = [Look("light", phone), tools.in_the_dark(phone)]
    asked = f"{root}#kies=minder-alleen+iemand-om-te-bellen+weg&mensen=20&start=2027-2"
    assert tools.audit(chromium, [asked], [*looks, Look("light", desk)]) == []
    assert tools.audit(chromium, [root], [Look("light", phone)]) == []


def test_the_member_shows_what_it_measures(page: Page) -> None:
    own = page.locator(".picker-own").inner_text()
    for words in (
        "Vanaf het 1e kwartaal van 2027.",
        "Wat er deze week misging",
        NAMES["iemand-om-te-bellen"],
    ):
        assert words in own
