"""A saved worksheet in a member's folder: where its figure stands, for whom, and when it is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from helpers import sites, worksheets
from helpers.pages import nodes
from helpers.sites import BRAND, COR, DAY, Campaign, page
from microsite.content.worksheets.figures import MOST, figure_of
from microsite.content.worksheets.saved import LONGEST, SavedSheet, read_saved
from microsite.site.material.deck import _fits

SHEET = worksheets.saved(worksheets.vectors("sroi")["sheets"][0]["sheet"])
MEMBER, OTHER = "wilgendam", "vuurduin"
NAME = worksheets.ACCOUNT["organisation"]
FOLDER = f"brands/{MEMBER}/content/rekenbladen"
FILE = f"{FOLDER}/jongerenwerk.json"
PAGE = "rekenbladen/jongerenwerk.html"
RANGE = "tussen € 0,30 en € 2,50, waarschijnlijk € 1,30"
CAVEAT = (
    "Hoe het met de anderen gaat, weten we niet. "
    "Het rust op eigen aannames, en je kunt het niet vergelijken met andere projecten."
)


def ranged() -> Any:
    sheet = worksheets.vectors("sroi")["sheets"][0]["sheet"]
    counts = {"outcomes.0.count.low": 10, "outcomes.0.count.high": 80, "title": "Jongerenwerk <op> straat"}
    return worksheets.saved(worksheets.changed(sheet, counts))


@pytest.fixture
def members(campaign: Campaign) -> Campaign:
    for path, content in worksheets.settings().items():
        campaign.write(path, content)
    for id in (MEMBER, OTHER):
        campaign.add_member(
            id, name=NAME, url=f"https://{id}.example/", contact="{email: post@voorbeeld.example}"
        )
    campaign.write(f"{FOLDER}/jongerenwerk.json", worksheets.written(SHEET))
    return campaign


def shown(campaign: Campaign, path: str, brand: str = MEMBER) -> str:
    return (campaign.output / brand / path).read_text(encoding="utf-8").replace("\xa0", " ")


def words(html: str, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in nodes(html, selector)]


def test_a_file_becomes_a_figure_with_a_page_of_all_that_is_assumed(members: Campaign) -> None:
    members.write(FILE, worksheets.written(ranged()))
    members.write(f"brands/{MEMBER}/content/wij.md", page("Wij", "Elke euro: {{ feit:jongerenwerk }}."))
    members.build("--brand", MEMBER).fine()
    html = shown(members, PAGE)
    assert words(html, ".figure-number") == [RANGE]
    low = "Aan de onderkant kost het meer dan het opbrengt."
    assert words(html, ".account-caveat") == [f"{CAVEAT} {low}"]
    assert words(html, ".figure-strength b") == ["3 van de 5"]
    assert words(html, "h1") == ["De berekening: Jongerenwerk <op> straat"]
    told = words(html, ".sheet-assumed td")
    for word in ("Fictief bedrag", "15000", "25 %: bij een op de vier", "de controller", "31 december 2025"):
        assert word in told
    (link,) = nodes(html, ".sheet-buttons a")
    assert (link.attributes["href"] or "").startswith("../rekenhulp.html#%7B")
    (row,) = nodes(shown(members, "cijfers.html"), "#bron-jongerenwerk")
    assert f'href="{PAGE}"' in (row.html or "")
    assert '"jongerenwerk"' in shown(members, "cijfers.csv") or "jongerenwerk" in shown(
        members, "cijfers.csv"
    )
    text = shown(members, "wij.html")
    assert words(text, "a.fact")[0].startswith(RANGE)
    assert words(text, ".account-caveat") == [f"{CAVEAT} {low}"]
    assert f'href="{PAGE}"' in text


def test_nobody_else_has_it_and_without_the_file_nobody(members: Campaign) -> None:
    members.write(f"brands/{MEMBER}/content/wij.md", page("Wij", "Elke euro: {{ feit:jongerenwerk }}."))
    members.build("--all").fine()
    for brand in (BRAND, OTHER):
        for path, data in sites.tree(members.output / brand).items():
            assert b"jongerenwerk" not in data, path
    members.remove(FILE)
    problem = members.build("--all").only()
    assert problem["path"] == f"brands/{MEMBER}/content/wij.md"
    assert problem["message"] == "there is no fact 'jongerenwerk' in the register"
    members.remove(f"brands/{MEMBER}/content/wij.md")
    members.build("--all").fine()
    for path, data in sites.tree(members.output / MEMBER).items():
        assert b"jongerenwerk" not in data, path


def refused(members: Campaign, sheet: Any, path: str = FILE) -> tuple[str, int, str, str]:
    members.write(path, sheet if isinstance(sheet, str) else worksheets.written(sheet))
    problem = members.build("--brand", MEMBER).only()
    return problem["path"], problem["line"], problem["severity"], problem["message"]


def test_a_figure_that_differs_stops_the_site_on_its_line(members: Campaign) -> None:
    altered = worksheets.changed(SHEET, {"result.likely": 1.9})
    line = worksheets.line_of(altered, "result.likely")
    assert refused(members, altered) == (FILE, line, "error", "computed from this sheet, it is 1,2676")
    assert not (members.output / MEMBER / PAGE).exists()


def test_a_figure_that_is_refused_is_not_told_to_be_missing_as_well(members: Campaign) -> None:
    for name in ("wij", "zij"):
        members.write(
            f"brands/{MEMBER}/content/{name}.md",
            page("Wij", "Elke euro: {{ feit:jongerenwerk }}, [zo gerekend](rekenbladen/jongerenwerk.html)."),
        )
    assert refused(members, worksheets.changed(SHEET, {"result.likely": 1.9}))[0] == FILE
    members.write(f"brands/{MEMBER}/content/zij.md", page("Wij", "Elke euro: {{ feit:jongerenwerkers }}."))
    told = [problem.split(":")[0] for problem in members.build("--brand", MEMBER).problems]
    assert sorted(told) == [FILE, f"brands/{MEMBER}/content/zij.md"]


@pytest.mark.parametrize("key", ["costs.0.source", "outcomes.0.measured", "outcomes.0.deadweight.why"])
def test_what_is_still_of_the_example_is_no_figure(members: Campaign, key: str) -> None:
    example = worksheets.invented(worksheets.vectors("sroi")["sheets"][0]["sheet"])
    *path, last = key.split(".")
    said = example
    for name in path:
        said = said[int(name)] if isinstance(said, list) else said[name]
    left = worksheets.changed(SHEET, {key: f" {said[last].upper()}!"})
    line = worksheets.line_of(left, key)
    assert refused(members, left) == (FILE, line, "error", "this is still of the example that is made up")
    members.write(
        "content/werkbladen.yaml",
        worksheets.settings()["content/werkbladen.yaml"].replace("Bedacht: ", "Elders: "),
    )
    members.build("--brand", MEMBER).fine()


def test_a_sheet_of_another_organisation_is_told(members: Campaign) -> None:
    other = worksheets.changed(SHEET, {"account.organisation": "Stichting Vuurduin"})
    line = worksheets.line_of(other, "account.organisation")
    assert refused(members, other) == (
        FILE,
        line,
        "warning",
        f"this is not the name of your organisation: {NAME}",
    )
    for same in (NAME.lower().replace(" ", "  "), f"{NAME}, in Zuid", NAME.split()[-1]):
        members.write(FILE, worksheets.written(worksheets.changed(SHEET, {"account.organisation": same})))
        members.build("--brand", MEMBER).fine()


def test_a_sheet_that_is_refused_keeps_nobody_on_the_site(members: Campaign) -> None:
    members.write(f"brands/{MEMBER}/content/wij.md", page("Wij", "Elke euro: {{ feit:jongerenwerk }}."))
    members.build("--brand", MEMBER).fine()
    members.edit(COR, "status: valid", "status: withdrawn")
    members.write(FILE, worksheets.written(worksheets.changed(SHEET, {"result.likely": 1.9})))
    members.build("--brand", MEMBER)
    assert not sites.shows(members.output / MEMBER, "verhalen/cor.html")
    assert sites.shows(members.output / MEMBER, "verhalen/bas.html")
    assert not sites.shows(members.output / MEMBER, PAGE)


def test_a_text_may_lead_to_the_calculation(members: Campaign) -> None:
    link = f"[de berekening](/{PAGE})"
    members.write(f"brands/{MEMBER}/content/wij.md", page("Wij", f"Lees {link}."))
    members.build("--brand", MEMBER).fine()
    assert f'href="{PAGE}"' in shown(members, "wij.html")
    members.write("content/wij.md", page("Wij", f"Lees {link}."))
    assert members.build("--brand", OTHER).only()["path"] == "content/wij.md"


def test_names_are_those_of_no_other_figure(members: Campaign) -> None:
    taken = f"{FOLDER}/deuren.json"
    members.remove(FILE)
    assert refused(members, SHEET, taken) == (taken, 0, "error", "there is a figure 'deuren' already")
    members.remove(taken)
    odd = f"{FOLDER}/Jongeren werk.json"
    assert refused(members, SHEET, odd)[3] == "'Jongeren werk' cannot be the name of a figure"


def test_too_high_for_a_campaign(members: Campaign) -> None:
    costs = {"costs.0.amount": 100, "costs.1.amount": 0, "remark": "Zo is het."}
    sheet = worksheets.saved(worksheets.changed(worksheets.vectors("sroi")["sheets"][0]["sheet"], costs))
    assert refused(members, sheet)[3] == "the ratio is above 100: that is no figure for a campaign"


def test_what_was_counted_is_shown_for_three_years_and_not_before(members: Campaign) -> None:
    for counted, is_shown in (("2023-11-22", True), ("2023-11-21", False)):
        old = worksheets.changed(SHEET, {"account.counted": counted})
        path, line, severity, message = refused(members, old)
        assert (path, line, severity) == (FILE, worksheets.line_of(old, "account.counted"), "warning")
        assert message.startswith("the fact 'jongerenwerk' is valid until") is is_shown
        assert (
            message.startswith("counted too long ago: this figure was shown until 2026-11-21") is not is_shown
        )
        assert sites.shows(members.output / MEMBER, PAGE) is is_shown
    late = worksheets.changed(SHEET, {"account.counted": "2026-11-23", "saved": "2027-01-01"})
    line = worksheets.line_of(late, "account.counted")
    assert DAY < "2026-11-23"
    assert refused(members, late) == (FILE, line, "error", "this day is still to come: 2026-11-23")


@pytest.mark.parametrize(
    "path",
    [
        f"brands/{MEMBER}/rekenbladen/jongerenwerk.json",
        f"brands/{MEMBER}/content/jongerenwerk.json",
        f"{FOLDER}/2025/jongerenwerk.json",
        "content/rekenbladen/jongerenwerk.json",
    ],
)
def test_a_file_in_another_place_is_told(members: Campaign, path: str) -> None:
    members.remove(FILE)
    members.write(path, worksheets.written(SHEET))
    problem = members.build("--brand", MEMBER).only()
    assert (problem["path"], problem["severity"]) == (path, "warning")
    assert problem["message"] == "this file is not read"
    assert "content/rekenbladen/" in problem["hint"]
    assert not (members.output / MEMBER / PAGE).exists()


def test_there_may_not_be_any_number_of_them(members: Campaign) -> None:
    for i in range(MOST):
        members.write(f"{FOLDER}/blad-{i:02}.json", worksheets.written(SHEET))
    problem = members.build("--brand", MEMBER).only()
    assert (problem["path"], problem["message"]) == (FILE, "there are more than 20 worksheets here")


def test_a_worksheet_without_settings_is_told_on_the_line_of_the_key(members: Campaign) -> None:
    members.remove("content/werkbladen.yaml")
    problem = members.build("--brand", OTHER).only()
    assert (problem["path"], problem["line"], problem["severity"]) == ("content/rekenhulp.md", 4, "error")
    assert problem["message"] == "the worksheet 'sroi' is not on this page: it has no settings"


# ── on paper ──


def office_words(file: Path) -> str:
    """All the words of an office file."""
    with zipfile.ZipFile(file) as archive:
        parts = [archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".xml")]
    return b" ".join(parts).decode("utf-8").replace("\xa0", " ")


def printed_words(file: Path) -> str:
    document = pypdfium2.PdfDocument(file.read_bytes())
    text = "".join(leaf.get_textpage().get_text_range() for leaf in document)
    return " ".join(text.replace("\xa0", " ").split())


def material_words(campaign: Campaign) -> Iterator[tuple[str, str]]:
    folder = campaign.output / f"{MEMBER}.materiaal"
    yield "infographic", printed_words(folder / "infographic-a3.pdf")
    yield "slides", office_words(folder / "presentatie.pptx")
    yield "letter", office_words(folder / "teksten/raadsbrief.docx")


def test_the_figure_stands_on_all_material_with_its_caveat(members: Campaign) -> None:
    members.write(FILE, worksheets.written(ranged()))
    assert members.run("pack", "--material", "all", MEMBER).status == 0
    for name, said in material_words(members):
        for part in ("€ 0,30 en € 2,50", "waarschijnlijk € 1,30", "weten we niet.", "andere projecten."):
            assert part in said, (name, part)
    members.remove(FILE)
    assert members.run("pack", "--material", "all", MEMBER).status == 0
    for name, said in material_words(members):
        assert "€ 0,30" not in said, name


# ── how sure, and how long ──


def sheet_with(*grades: tuple[str, float], shares: float = 0.25, **account: str) -> SavedSheet:
    """A sheet with a change for each grade, and what one of it is worth."""
    sheet = worksheets.vectors("sroi")["sheets"][0]["sheet"]
    outcome = sheet["outcomes"][0]
    names = ("deadweight", "displacement", "attribution", "drop_off")
    outcomes = [
        {
            **outcome,
            **{name: {"share": shares, "why": "daarom"} for name in names},
            "what": f"verandering {i}",
            "grade": grade,
            "value": value,
        }
        for i, (grade, value) in enumerate(grades)
    ]
    read, _, problems = read_saved(
        worksheets.source(worksheets.saved({**sheet, "outcomes": outcomes}, **account))
    )
    assert read is not None, problems
    return read


@pytest.mark.parametrize(
    ("grades", "shares", "strength"),
    [
        ([("gemeten", 1000)], 0.25, 3),
        ([("gemeten", 1000), ("aanname", 900)], 0.25, 3),
        ([("geschat", 900), ("aanname", 1000)], 0.25, 2),
        ([("geschat", 900), ("aanname", -1000)], 0.25, 2),
        ([("gemeten", 1000)], 0, 2),
        ([("aanname", 1000), ("aanname", 10)], 0.25, 1),
    ],
)
def test_how_sure_it_is_follows_from_the_sheet(grades: Any, shares: float, strength: int) -> None:
    assert figure_of(sheet_with(*grades, shares=shares), "blad", "nl").strength == strength


def test_the_longest_that_may_be_said_fits_on_a_slide() -> None:
    changes = {key if key == "title" else f"account.{key}": "w" * most for key, most in LONGEST.items()}
    read, _, problems = read_saved(worksheets.source(worksheets.changed(ranged(), changes)))
    assert read is not None, problems
    figure = figure_of(read, "blad", "nl")
    assert "Aan de onderkant" in figure.caveat
    assert _fits(figure)
