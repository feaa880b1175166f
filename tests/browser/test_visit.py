"""How visitors find what they seek, in a real Chromium: at the root, in a folder, and from disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from helpers import browser as tools
from helpers.browser import Look, Site, Watch

FOLDERS = "campagnes/Wélzijn-één"
PLACES = ("root", "deep", "file")
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def places(site: Site, root: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    around = tmp_path_factory.mktemp("around")
    shutil.copytree(site.folder, around / FOLDERS)
    with tools.served(around) as deep:
        yield {
            "root": root,
            "deep": f"{deep}/{quote(FOLDERS)}/",
            "file": f"{(around / FOLDERS).as_uri()}/",
        }


# ── what people come for ──


@pytest.fixture
def phone(chromium: Browser, places: dict[str, str]) -> Iterator[Page]:
    """The first page, on a phone."""
    allowed = ["clipboard-read", "clipboard-write"]
    with tools.opened(chromium, viewport=PHONE, permissions=allowed) as page:
        page.goto(places["root"] + "index.html")
        yield page


def follow(page: Page, name: str) -> None:
    """Follow the first link with these words."""
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def test_a_neighbour_meets_somebody_and_finds_help(phone: Page) -> None:
    sentence, name, *_ = phone.evaluate(tools.FIRST_SCREEN)
    assert sentence < name < PHONE["height"]
    follow(phone, "Zij werden geholpen")
    follow(phone, "De stapel enveloppen")
    expect(phone.get_by_role("main")).to_contain_text("minuten lezen")
    expect(phone.get_by_text("Dit verhaal is verzonnen").first).to_be_visible()
    assert phone.locator(".help a[href^='tel:']").count() > 0


def test_a_journalist_finds_the_source_the_figures_and_whom_to_ask(phone: Page) -> None:
    follow(phone, "Alle cijfers met hun bron")
    figure = phone.locator(".register", has_text="€ 1,60").first
    assert figure.locator(".account-source a").get_attribute("href")
    with phone.expect_download() as download:
        follow(phone, "Download ze als tabel")
    assert b"\xe2\x82\xac 1,60" in download.value.path().read_bytes()
    figure.get_by_role("link", name="Wat een euro oplevert").click()
    expect(phone.get_by_role("heading", name="Vragen hierover?")).to_be_visible()
    assert phone.locator("section:has(#vraag--kop) a[href^='mailto:']").count() == 1


def test_an_alderman_sees_who_paid_and_what_is_not_said_before_the_long_text(phone: Page) -> None:
    follow(phone, "Bewijs")
    follow(phone, "Wat een euro oplevert")
    words = phone.get_by_role("main").inner_text()
    order = (
        "heeft nog niemand uitgerekend",
        "Dit is een gemiddelde",
        "Hoe zeker is dit?",
        "Wie de opdracht gaf en betaalde",
        "In het kort",
    )
    found = [words.index(part) for part in (*order, "Wat er is beweerd")]
    assert found == sorted(found)
    follow(phone, "Contact")
    assert phone.get_by_role("main").locator("dd a[href^='tel:'], dd a[href^='mailto:']").count() == 2
    help = phone.get_by_role("note").filter(has_text="hulp nodig").locator("a")
    assert [link.get_attribute("href") for link in help.all()] == ["tel:112", "tel:08000113"]


def test_a_social_worker_picks_a_guide_ticks_and_takes_a_text_along(phone: Page) -> None:
    follow(phone, "Toolkit")
    phone.get_by_label("Wie het doet").select_option("sociaal werker")
    phone.get_by_label("Hoeveel tijd het kost").select_option("Een paar uur")
    expect(phone.get_by_role("status")).to_have_text("1 handleiding")
    phone.locator("article.line a:visible").click()
    phone.get_by_role("checkbox").first.check()
    phone.get_by_role("button", name="Kopieer deze tekst").first.click()
    expect(phone.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert "campagne@sociaalwerkt.example" in phone.evaluate("() => navigator.clipboard.readText()")


# ── searching ──


@pytest.mark.parametrize("place", PLACES)
def test_searching_finds_other_forms_and_parts_of_words(
    chromium: Browser, places: dict[str, str], place: str
) -> None:
    with tools.opened(chromium, viewport=PHONE) as page:
        watch = Watch(page)
        page.goto(places[place] + "verhalen/index.html")
        page.get_by_role("link", name="Zoeken").click()
        page.wait_for_load_state()  # who types before the script is there sends the form, and comes back here
        box = page.get_by_role("searchbox")
        assert not [url for url in watch.asked if "zoeken-" in url], "loaded before anybody searched"
        box.fill("zorg")
        box.press("Enter")
        results = page.locator("[data-results] > li")
        expect(results.first).to_be_visible()
        assert page.url.endswith("zoeken.html?q=zorg")
        assert f"{results.count()} pagina" in page.get_by_role("search").locator("output").inner_text()
        assert any(
            "zorg" in one and one != "zorg" for one in words(results.locator("mark").all_inner_texts())
        )
        box.fill("schulden verhaal")
        box.press("Enter")
        expect(results.first).to_be_visible()
        page.go_back()
        expect(box).to_have_value("zorg")
        results.first.get_by_role("link").click()
        expect(page.locator("main h1")).to_be_visible()
        assert watch.faults() == []


def words(texts: list[str]) -> list[str]:
    return [text.lower() for text in texts]


CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent.parent / "site" / "searches.yaml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def searching(chromium: Browser, places: dict[str, str]) -> Iterator[Page]:
    """The search page with the index, as ``find(question)`` gives what it finds."""
    with tools.opened(chromium) as page:
        page.goto(places["root"] + "zoeken.html?q=zorg")
        expect(page.locator("[data-results] > li").first).to_be_visible()
        page.evaluate(
            "() => { const matching = window.matching(searchIndex); window.find = question => {"
            " const found = matching.pages(languages.words(question), false);"
            " return {...found, pages: found.pages.map(page => searchIndex.pages[page][0])}; };"
            " window.find.knows = matching.knows; }"
        )
        yield page


def test_words_are_cut_as_in_the_index_and_have_their_forms(searching: Page) -> None:
    """The same cases hold the program: see tests/site/test_search.py."""
    for typed, cut in CASES["words"].items():
        assert searching.evaluate("text => languages.words(text)", typed) == cut.split()
    share = "words => words.map(word => dutch.forms(languages.words(word)[0]))"
    for words in CASES["same"]:
        first, *others = searching.evaluate(share, words.split())
        assert all(set(first) & set(other) for other in others), (words, first, others)
    for words in CASES["other"]:
        one, other = searching.evaluate(share, words.split())
        assert not set(one) & set(other), words


def test_real_questions_find_their_page_and_other_words_find_nothing(searching: Page) -> None:
    for typed, expected in CASES["finds"].items():
        path, _, instead = expected.partition(" = ")
        found = searching.evaluate("typed => find(typed)", typed)
        assert path in found["pages"][:3], (typed, found)
        assert found["instead"] == instead, typed
    for typed, meant in CASES["suggests"].items():
        found = searching.evaluate("typed => find(typed)", typed)
        assert (found["pages"], found["guess"]) == ([], meant)
    unknown = searching.evaluate("all => all.filter(typed => !find.knows(typed))", CASES["nothing"].split())
    assert len(unknown) >= 100, "what the site has by now is no example any more"
    assert searching.evaluate("all => all.filter(typed => find(typed).pages.length)", unknown) == []


def test_help_comes_first_for_who_asks_and_for_nobody_else(searching: Page) -> None:
    box, lines = searching.get_by_role("searchbox"), searching.locator("[data-help] li:visible b")
    for typed, names in CASES["help"].items():
        box.fill(str(typed))
        box.press("Enter")
        expect(lines).to_have_count(len(str(names).split()))
        assert [name.split()[0] for name in lines.all_inner_texts()] == str(names).split(), typed
    said = searching.get_by_role("search").locator("output")
    expect(said).to_contain_text("Hieronder staat eerst wie je kan helpen.")
    for typed in CASES["no_help"]:
        box.fill(typed)
        box.press("Enter")
        expect(said).not_to_be_empty()
        assert lines.count() == 0, typed


def test_what_was_searched_instead_is_said_and_a_guess_is_a_link(
    chromium: Browser, places: dict[str, str]
) -> None:
    with tools.opened(chromium, viewport=PHONE) as page:
        page.goto(places["deep"] + "zoeken.html?q=schimel")
        said = page.get_by_role("search").locator("output")
        expect(said).to_contain_text("Niets gevonden voor “schimel”. Wel voor wat erop lijkt: 1 pagina")
        expect(page.locator("[data-results] mark").first).to_have_text("schimmel")
        page.get_by_role("searchbox").fill("hulb")
        page.keyboard.press("Enter")
        expect(page.locator("[data-results] > li")).to_have_count(0)
        page.get_by_text("Bedoel je dit?").get_by_role("link", name="hulp").press("Enter")
        expect(page.get_by_role("searchbox")).to_have_value("hulp")
        expect(page.locator("[data-results] > li").first).to_be_visible()


def test_help_is_shown_where_the_index_does_not_come(chromium: Browser, places: dict[str, str]) -> None:
    with tools.opened(chromium) as page:
        page.route("**/js/zoeken-*", lambda route: route.abort())
        page.goto(places["root"] + "zoeken.html?q=zelfmort")
        said = page.get_by_role("search").locator("output")
        expect(said).to_have_text("Hieronder staat eerst wie je kan helpen.")
        expect(page.locator("[data-help] a[href='tel:08000113']")).to_be_visible()


def test_what_is_not_there_is_said_and_never_taken_as_markup(
    chromium: Browser, places: dict[str, str]
) -> None:
    with tools.opened(chromium) as page:
        watch = Watch(page)
        page.goto(places["root"] + "zoeken.html?q=" + quote("<img src=x>qqq"))
        said = page.get_by_role("search").locator("output")
        expect(said).to_contain_text("Niets gevonden voor “<img src=x>qqq”")
        assert page.locator("[data-results] > li, output img").count() == 0
        expect(page.get_by_role("heading", name="Kijk rond")).to_be_visible()
        assert watch.faults() == []


def test_without_scripts_the_search_page_leads_elsewhere(chromium: Browser, places: dict[str, str]) -> None:
    with tools.opened(chromium, java_script_enabled=False) as page:
        page.goto(places["root"] + "zoeken.html")
        expect(page.locator("noscript p")).to_be_visible()
        expect(page.get_by_role("searchbox")).to_be_hidden()
        assert page.locator("[data-help] li:visible a[href^='tel:']").count() == 5
        page.locator("main").get_by_role("link", name="Verhalen").click()
        assert page.url.endswith("verhalen/index.html")


# ── the reasoning of the campaign ──


@pytest.mark.parametrize(
    ("motion", "moves"),
    [("no-preference", ["roll", "grow", "grow-on"]), ("reduce", ["come", "come-on", "come-on"])],
)
def test_the_reasoning_moves_on_request_and_stops_where_asked_without_scripts(
    chromium: Browser, places: dict[str, str], motion: Literal["no-preference", "reduce"], moves: list[str]
) -> None:
    with tools.opened(chromium, java_script_enabled=False, reduced_motion=motion) as page:
        page.goto(places["root"] + "index.html")
        coins = page.locator(".chain .coin")
        sizes = coins.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert max(sizes) - min(sizes) < 1, "a coin is as large on either side"
        style = "all => all.map(one => getComputedStyle(one))"
        assert (
            coins.evaluate_all(f"{style}.map(is => is.animationName)".replace(").map(is", ").map(is"))
            == moves
        )
        for asked, state in ((None, "paused"), (True, "running"), (False, "paused")):
            if asked is not None:
                page.get_by_role("checkbox", name="Laat de munten bewegen").set_checked(asked)
            assert coins.evaluate_all(f"{style}.map(is => is.animationPlayState)") == [state] * 3


# ── narrowing an overview ──


@pytest.mark.parametrize("place", PLACES)
def test_a_choice_narrows_the_overview_and_stays_in_the_address(
    chromium: Browser, places: dict[str, str], place: str
) -> None:
    with tools.opened(chromium, viewport=PHONE) as page:
        watch = Watch(page)
        page.goto(places[place] + "verhalen/index.html")
        cards = page.locator("[data-facets]:visible")
        everything = cards.count()
        theme = page.locator("select[name=thema]")
        theme.select_option("Wonen")
        fitting = cards.count()
        assert 0 < fitting < everything
        assert all('"Wonen"' in (card.get_attribute("data-facets") or "") for card in cards.all())
        assert page.url.endswith("?thema=Wonen")
        expect(page.locator(".filter output")).to_have_text(
            "1 verhaal" if fitting == 1 else f"{fitting} verhalen"
        )
        assert f"Wonen ({fitting})" in theme.inner_text()
        for option in page.locator("select[name=plaats] option:not([value=''])").all():
            place, count = option.inner_text().rstrip(")").rsplit(" (", 1)
            there = [
                card for card in cards.all() if f'"{place}"' in (card.get_attribute("data-facets") or "")
            ]
            assert int(count) == len(there), "it says how many are left with the other choice"
            assert option.is_disabled() == (not there)
        page.reload()
        expect(theme).to_have_value("Wonen")
        assert cards.count() == fitting
        page.go_back()
        expect(theme).to_have_value("")
        assert cards.count() == everything
        assert watch.faults() == []


def test_where_nothing_fits_there_is_a_way_out(chromium: Browser, places: dict[str, str]) -> None:
    with tools.opened(chromium) as page:
        page.goto(places["root"] + "verhalen/index.html")
        everything = page.locator("[data-facets]:visible").count()
        lonely = page.locator("select[name=plaats] option", has_text="(1)").first.get_attribute("value")
        page.locator("select[name=plaats]").select_option(lonely)
        theme = page.locator("select[name=thema]")
        other = theme.locator("option:disabled").first.get_attribute("value")
        page.goto(
            places["root"] + f"verhalen/index.html?plaats={quote(lonely or '')}&thema={quote(other or '')}"
        )
        nothing = page.locator("[data-nothing]")
        expect(nothing).to_be_visible()
        page.get_by_role("button", name="Laat alles zien").press("Enter")
        assert page.locator("form:not(:has([type=submit], button:not([type])))").count() == 0
        expect(nothing).to_be_hidden()
        assert page.locator("[data-facets]:visible").count() == everything
        assert theme.evaluate("one => one === document.activeElement")


def test_nothing_moves_when_the_choices_come(chromium: Browser, places: dict[str, str]) -> None:
    with tools.opened(chromium, viewport=PHONE) as page:
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
            "one => window.moved += one.value)).observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(places["root"] + "verhalen/index.html", wait_until="load")
        page.wait_for_timeout(200)
        assert page.evaluate("window.moved") == 0


def test_without_scripts_there_is_no_choice_that_does_nothing(
    chromium: Browser, places: dict[str, str]
) -> None:
    with tools.opened(chromium, java_script_enabled=False) as page:
        page.goto(places["root"] + "verhalen/index.html?thema=Wonen")
        expect(page.locator(".filter")).to_be_hidden()
        expect(page.locator("[data-nothing]")).to_be_hidden()
        assert page.locator("[data-facets]:visible").count() == page.locator("[data-facets]").count()
        page.goto(places["root"] + "toolkit/index.html")
        expect(page.locator(".indexes")).to_be_visible()


def test_axe_finds_nothing(chromium: Browser, places: dict[str, str]) -> None:
    paths = ("zoeken.html?q=zorg", "verhalen/index.html?thema=Wonen", "toolkit/index.html")
    looks = [Look("light", PHONE), tools.in_the_dark(PHONE)]
    assert tools.audit(chromium, [places["root"] + path for path in paths], looks) == []
