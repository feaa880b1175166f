"""What an organisation counts by quarter, on its site: what is said of it, and for whom it fails."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpers import sites
from helpers.pages import nodes
from helpers.sites import BRAND, Campaign
from microsite.content.files import in_memory
from microsite.content.series.file import Counting, Series, read_series, tables_of
from microsite.content.series.quarters import Quarter
from microsite.content.series.table import BOUND, Count
from microsite.core.problems import Place
from microsite.site.series import DRAWN, sentences, series_view, table_rows

PAGE, TABLE = "onze-cijfers.html", "onze-cijfers/inloop.csv"
FOLDER = f"brands/{BRAND}/content"
FILE, COUNTS = f"{FOLDER}/reeksen.yaml", f"{FOLDER}/reeksen/inloop.csv"
YAML = """\
inloop:
  title: Het inloopspreekuur
  unit: bezoekers
  definition: Wie binnenkomt en iets vraagt.
  method: Een streepje per bezoeker.
  owner: Team inloop
"""
HEAD = "kwartaal;aantal;opmerking\r\n"
ROWS = (
    "2025-K2;150;\r\n2025-K3;198;\r\n2025-K4;;De zaal was dicht.\r\n"
    "2026-K1;3;\r\n2026-K2;140;\r\n2026-K3;1.212;\r\n"
)


@pytest.fixture
def counted(campaign: Campaign) -> Campaign:
    campaign.write(FILE, YAML)
    campaign.write(COUNTS, HEAD + ROWS)
    return campaign


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign with a series on one of two sites. No test changes it."""
    made = sites.campaign(tmp_path_factory.mktemp("reeks") / "campagne", {FILE: YAML, COUNTS: HEAD + ROWS})
    made.add_member("buur")
    assert made.build("--all").status == 0
    return made


def words(campaign: Campaign, selector: str, path: str = PAGE) -> list[str]:
    return [" ".join(node.text().split()) for node in nodes(campaign.shown(path), selector)]


def rows(campaign: Campaign) -> list[list[str]]:
    return [*csv.reader(io.StringIO(campaign.shown(TABLE).removeprefix("\ufeff")), delimiter=";")]


# ── what is shown ──


def test_the_page_says_what_was_counted_beside_a_year_before(built: Campaign) -> None:
    assert words(built, ".series-said") == ["In het derde kwartaal van 2026 telden we 1.212 bezoekers."]
    assert words(built, ".series-beside") == ["Dat is 1.014 meer dan in hetzelfde kwartaal een jaar eerder."]
    assert words(built, ".series-how dd") == [
        "Wie binnenkomt en iets vraagt.",
        "Een streepje per bezoeker.",
        "Team inloop",
    ]
    assert words(built, ".series-table tbody tr") == [
        "2026 minder dan 5 140 1.212",
        "2025 150 198 niet geteld noot 1",
    ]
    assert words(built, ".series-notes li") == ["Vierde kwartaal van 2025. De zaal was dicht."]
    assert len(nodes(built.shown(PAGE), ".series-limits li")) == 3


def test_the_page_is_in_the_menu_the_register_and_search_of_this_site_only(built: Campaign) -> None:
    assert PAGE in built.shown("contact.html")
    assert f'href="{PAGE}"' in built.shown("cijfers.html")
    (index,) = built.site.glob("js/zoeken-*.js")
    assert "Onze cijfers" in index.read_text("utf-8")
    assert f"{sites.ADDRESS}{PAGE}" in built.shown("sitemap.xml")
    assert "turflijst" not in built.shown("sitemap.xml")
    other = sites.tree(built.output / "buur")
    assert not [path for path, data in other.items() if "onze-cijfers" in path or b"onze-cijfers" in data]


def test_a_text_may_link_to_the_page(counted: Campaign) -> None:
    counted.write(f"{FOLDER}/meer.md", sites.page(body="Zie [onze cijfers](onze-cijfers.html)."))
    counted.build().fine()
    counted.remove(FILE)
    counted.remove(COUNTS)
    assert counted.build().only()["message"] == "there is no page or file 'onze-cijfers.html'"


def test_a_small_count_is_nowhere_in_what_is_made(counted: Campaign) -> None:
    counted.write(COUNTS, HEAD + ROWS.replace(";3;", ";4;"))
    counted.build().fine()
    pages = {path: data for path, data in counted.tree().items() if "onze-cijfers" in path}
    counted.write(COUNTS, HEAD + ROWS.replace(";3;", ";<5;"))
    counted.build().fine()
    assert pages == {path: data for path, data in counted.tree().items() if "onze-cijfers" in path}
    assert ["2026-K1", "minder dan 5"] in [row[:2] for row in rows(counted)]


def test_the_table_to_download_says_with_each_number_what_it_is(built: Campaign) -> None:
    head, *lines = rows(built)
    assert head[:4] == ["Kwartaal", "Aantal", "Eenheid", "Opmerking"]
    assert lines[-1][:4] == ["2026-K3", "1212", "bezoekers", ""]
    assert lines[2][1:4] == ["niet geteld", "bezoekers", "De zaal was dicht."]
    assert {tuple(line[4:]) for line in lines} == {
        (
            "Het inloopspreekuur",
            "Wie binnenkomt en iets vraagt.",
            "Een streepje per bezoeker.",
            "Team inloop",
        )
    }


def test_a_cell_that_a_spreadsheet_would_compute_is_quoted(counted: Campaign) -> None:
    counted.write(COUNTS, HEAD + ROWS.replace("De zaal was dicht.", "=HYPERLINK(1)"))
    counted.build().fine()
    assert "'=HYPERLINK(1)" in [row[3] for row in rows(counted)]


def test_the_tally_sheets_are_of_this_quarter_and_the_next(built: Campaign) -> None:
    for path, quarter, first, last in (
        ("onze-cijfers/inloop-turflijst.html", "2026-K4", "1 – 4 oktober", "28 – 31 december"),
        ("onze-cijfers/inloop-turflijst-volgend.html", "2027-K1", "1 – 3 januari", "29 – 31 maart"),
    ):
        assert path in [
            f"onze-cijfers/{at}" for at in re.findall(r"inloop-turflijst[\w-]*\.html", built.shown(PAGE))
        ]
        days = words(built, ".tally-table td:nth-child(2)", path)
        assert (days[0], days[-2]) == (first, last)
        assert words(built, ".tally-line", path) == [f"{quarter};……;"]
        assert "Wie binnenkomt en iets vraagt." in built.shown(path)
        assert 'name="robots" content="noindex"' in built.shown(path)


def test_a_change_in_counting_breaks_the_line_and_the_comparison(counted: Campaign) -> None:
    counted.write(FILE, YAML + "  breaks:\n    2026-K2: Sindsdien telt de avond mee.\n")
    counted.build().fine()
    assert words(counted, ".series-beside") == [
        "Een jaar eerder telden we anders. Daarom kun je de twee niet vergelijken."
    ]
    assert len(nodes(counted.shown(PAGE), ".chart-break")) == 1
    assert len(nodes(counted.shown(PAGE), ".chart-strong")) == 1
    assert words(counted, ".series-notes li")[-1].endswith(
        "Vanaf hier tellen we anders. Sindsdien telt de avond mee."
    )
    assert "Sindsdien telt de avond mee." in " ".join(row[3] for row in rows(counted))


def test_a_quarter_that_was_not_counted_is_not_to_be_compared(counted: Campaign) -> None:
    counted.build().fine()
    compared = "Gevuld: het derde kwartaal van elk jaar, vanaf 2025. Die mag je vergelijken."
    assert words(counted, ".series-key")[0].startswith(compared)
    counted.edit(COUNTS, "2025-K3;198;", "2025-K3;;Dicht.")
    counted.build().fine()
    assert words(counted, ".series-key")[0].startswith("Gevuld: het nieuwste kwartaal. ×: niet geteld.")
    assert len(nodes(counted.shown(PAGE), ".chart-strong")) == 1


def test_the_number_of_a_note_stays_with_the_last_word(built: Campaign) -> None:
    assert words(built, ".series-noted") == ["geteld noot 1"]


def test_one_wrong_cell_is_one_error_though_counting_changes_there(counted: Campaign) -> None:
    counted.write(FILE, YAML + "  breaks: {2026-K3: Anders.}\n")
    counted.edit(COUNTS, "2026-K3;1.212", "2026-K3;veel")
    assert counted.build().only()["message"] == "'veel' is no count ('aantal')"


def test_what_was_not_counted_is_a_cross_and_never_a_column(built: Campaign) -> None:
    html = built.shown(PAGE)
    assert words(built, ".chart text").count("×") == 1
    assert len(nodes(html, "rect.chart-column")) == 5
    assert len(nodes(html, "rect.chart-small")) == 1
    assert not nodes(html, ".series polyline")


# ── what is told, and for whom it fails ──


def test_a_broken_table_stops_this_site_only_and_the_last_good_one_stays(counted: Campaign) -> None:
    counted.add_member("buur")
    counted.build("--all")
    before = counted.tree()
    counted.edit(COUNTS, "2026-K2;140", "2026-K2;veel")
    counted.write("content/contact.md", sites.page(body="Anders."))
    report = counted.build("--all")
    assert report.status == 1
    assert report.data["brands"]["buur"]["done"]
    assert "Anders." in (counted.output / "buur/contact.html").read_text("utf-8")
    assert counted.tree() == before
    assert f"{COUNTS}:6:0: error: 'veel' is no count ('aantal')" in [
        problem.replace(f"{BRAND}/", "", 1) if problem.startswith(f"{BRAND}/") else problem
        for problem in report.problems
    ]


def test_a_broken_table_keeps_nobody_on_the_site(counted: Campaign) -> None:
    counted.build().fine()
    assert counted.shows("verhalen/anouk.html")
    counted.edit(COUNTS, "2026-K2;140", "2026-K2;veel")
    counted.edit("content/verhalen/anouk.md", "status: valid", "status: withdrawn")
    counted.edit("content/verhalen/bas.md", "[bij Anouk](anouk.md#de-hal)", "hem zelf")
    counted.edit("content/index.md", "lead: verhalen/anouk.md", "lead: verhalen/bas.md")
    counted.edit("content/contact.md", "[over Anouk](verhalen/anouk.md)", "verder")
    assert counted.build().status == 1
    assert not counted.shows("verhalen/anouk.html")
    assert counted.shows("verhalen/bas.html")
    assert not counted.shows(PAGE)


def test_a_quarter_that_is_not_over_is_no_count(counted: Campaign) -> None:
    counted.write(COUNTS, HEAD + ROWS + "2026-K4;80;\r\n")
    found = counted.build().only()
    assert (found["path"], found["line"]) == (COUNTS, 8)
    assert found["message"] == "2026-K4 is not over yet: it ends on 2026-12-31"
    counted.build(day="2027-01-01").fine()


def test_a_series_that_is_behind_is_told_and_shown(counted: Campaign) -> None:
    counted.build(day="2027-06-30").fine()
    report = counted.build(day="2027-07-01")
    assert report.status == 0
    assert (report.only()["severity"], report.only()["message"]) == (
        "notice",
        "the newest count is of 2026-K3",
    )


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        (YAML.replace("inloop:", "Inloop 1:"), 1, "'Inloop 1' cannot be the name of a file and an address"),
        (YAML.replace("  unit: bezoekers\n", ""), 2, "'unit' is missing"),
        (
            YAML + "  breaks: {2025-K2: anders}\n",
            7,
            "nothing changes in 2025-K2: the series runs from 2025-K2",
        ),
        (
            YAML + "  breaks: {2027-K1: anders}\n",
            7,
            "nothing changes in 2027-K1: the series runs from 2025-K2",
        ),
        (YAML + "  breaks: {zomer: anders}\n", 7, "'zomer' is no quarter ('breaks')"),
        (YAML + "  breaks: {2026-K1: a, 2026-Q1: b}\n", 7, "2026-K1 is here twice"),
        (YAML + YAML.replace("inloop:", "avond:"), 7, "there is no table with the counts: reeksen/avond.csv"),
        (YAML + "  brakes: {2026-K1: anders}\n", 7, "unknown key 'brakes'"),
    ],
)
def test_a_slip_in_the_file_is_told_at_its_line(file: str, line: int, message: str) -> None:
    files = in_memory(
        "lid", "lid", {"reeksen.yaml": file.encode(), "reeksen/inloop.csv": (HEAD + ROWS).encode()}
    )
    found, problems = read_series(files.by_path()["reeksen.yaml"], tables_of(files))
    (told,) = [problem for problem in problems if problem.severity == "error"]
    assert (told.place.path, told.place.line) == ("lid/reeksen.yaml", line)
    assert str(told.message).startswith(message)
    assert found == ()


def test_a_count_of_one_needs_its_word(counted: Campaign) -> None:
    counted.write(FILE, YAML + "  people: nee\n")
    counted.write(COUNTS, HEAD + "2026-K3;1;\r\n")
    found = counted.build().only()
    assert (found["path"], found["line"]) == (COUNTS, 2)
    assert found["hint"] == "write in reeksen.yaml, with 'inloop', what one is called, as 'one'"
    counted.write(FILE, YAML + "  people: nee\n  one: bezoeker\n")
    counted.build().fine()
    assert words(counted, ".series-said") == ["In het derde kwartaal van 2026 telden we 1 bezoeker."]


def test_a_table_without_a_series_is_told(counted: Campaign) -> None:
    counted.write(f"{FOLDER}/reeksen/inlop.csv", HEAD + ROWS)
    found = counted.build().only()
    assert (found["path"], found["severity"]) == (f"{FOLDER}/reeksen/inlop.csv", "warning")
    assert found["hint"] == "did you mean 'inloop'?"


def test_series_of_the_campaign_itself_are_told_not_to_be_read(campaign: Campaign) -> None:
    campaign.write("content/reeksen.yaml", YAML)
    found = campaign.build().only()
    assert found["message"] == "this is not read: series are of one organisation"
    assert not campaign.shows(PAGE)


@pytest.mark.parametrize("name", ["reeksen/inloop.csv", "reeksen/oud.CSV"])
def test_what_was_typed_in_is_never_published(counted: Campaign, name: str) -> None:
    counted.write(f"{FOLDER}/reeksen/oud.CSV", HEAD + ROWS)
    counted.write(f"{FOLDER}/meer.md", sites.page(body=f"Zie [de tabel]({name})."))
    found = [p for p in counted.build().data["problems"] if p["severity"] == "error"]
    assert [p["message"] for p in found] == [
        f"'{name}' has counts as they were typed in, also those that could point to somebody"
    ]
    assert found[0]["hint"] == "link to onze-cijfers.html: there is a table to download"


# ── sentences, whatever was counted ──


def say(words: object) -> str:
    return str(words)


COUNTS_OF_A_QUARTER = some.none() | some.just("small") | some.integers(0, 999_999)


def series(found: list[int | str | None], breaks: list[int] | None = None) -> Series:
    first = Quarter(2015, 2)
    counts = tuple(
        Count(
            first.plus(i),
            Decimal(n) if isinstance(n, int) else None,
            n == "small",
            "dicht" if n is None else "",
            Place("a.csv", i + 2),
        )
        for i, n in enumerate(found)
    )
    changed = tuple((first.plus(i), "anders") for i in breaks or () if 0 < i < len(found))
    return Series("a", Counting("A", "mensen", "wie", "zo", "wij", "mens"), changed, counts)


@given(
    some.lists(COUNTS_OF_A_QUARTER, min_size=1, max_size=30), some.lists(some.integers(1, 29), unique=True)
)
def test_a_comparison_is_with_the_same_quarter_a_year_before_or_not_made(
    found: list[int | str | None], breaks: list[int]
) -> None:
    said = " ".join(map(str, sentences(series(found, breaks), say, "nl")))
    now, before = found[-1], found[-5] if len(found) > 4 else None
    broken = any(len(found) - 5 < i <= len(found) - 1 for i in breaks)
    numbers = isinstance(now, int) and isinstance(before, int) and not broken
    compared = re.search(
        r"That is (?:([\d.]+) (more|fewer) than|as many as) in the same quarter a year", said
    )
    assert (compared is not None) is numbers
    if compared is not None and isinstance(now, int) and isinstance(before, int):
        change = int((compared[1] or "0").replace(".", "")) * (-1 if compared[2] == "fewer" else 1)
        assert change == now - before
    if now is None:
        assert "nothing was counted. dicht" in said
    if now == "small":
        assert f"fewer than {BOUND} mensen" in said


@given(
    some.lists(COUNTS_OF_A_QUARTER, min_size=1, max_size=60), some.lists(some.integers(1, 59), unique=True)
)
def test_a_chart_draws_what_was_counted_from_zero_and_nothing_else(
    found: list[int | str | None], breaks: list[int]
) -> None:
    one = series(found, breaks)
    view = series_view(one, say, "nl")
    drawn = found[-DRAWN:]
    heights = [float(n) for n in re.findall(r'<rect class="chart-column[^>]* height="([\d.]+)"', view.svg)]
    shown = [n for n in drawn if n not in (None, 0)]
    assert len(heights) == len(shown)
    pairs = sorted((n, h) for n, h in zip(shown, heights, strict=True) if isinstance(n, int))
    assert [h for _, h in pairs] == sorted(h for _, h in pairs)
    assert view.svg.count("×") == drawn.count(None)
    at = [float(x) for x in re.findall(r'<rect class="chart-column[^>]* x="([\d.]+)"', view.svg)]
    assert all(0 <= x <= 420 for x in at)
    cells = [cell for _, year in view.years for cell in year if cell.shown]
    assert len(cells) == len(found)
    assert len(table_rows(one, say, "nl")) == len(found)
