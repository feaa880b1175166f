"""What came of a build of many brands: the summary, the index without a person in it, and JUnit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from helpers import sites

LOGO_GONE = "name: Lid\nlogo: nergens.svg\ncolour: '#00506b'\n"
OWN = "brands/lid-1/content/verhalen/anouk.md"


@pytest.fixture(autouse=True)
def _members(campaign: sites.Campaign) -> None:
    for id in ("lid-1", "lid-2"):
        member(campaign, id)


def member(campaign: sites.Campaign, id: str) -> None:
    campaign.write(f"brands/{id}/brand.yaml", f"name: Kanarie {id}.\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write(f"brands/{id}/logo.svg", sites.LOGO)


def index(campaign: sites.Campaign) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((campaign.output / "index.json").read_text(encoding="utf-8"))
    return data


def test_the_end_of_a_build_names_who_failed(campaign: sites.Campaign) -> None:
    assert "3 built, 0 unchanged, 0 failed" in campaign.build("--all").said
    campaign.write("brands/lid-1/brand.yaml", LOGO_GONE)
    lines = campaign.build("--all").said.splitlines()
    at = lines.index("0 built, 2 unchanged, 1 failed")
    assert lines[at + 1].startswith("  lid-1: brands/lid-1/brand.yaml:2:")
    assert "failed" not in campaign.build("--brand", "lid-2").said


def test_the_index_tells_how_each_member_stands(campaign: sites.Campaign) -> None:
    campaign.build("--all")
    first = index(campaign)["members"]["lid-1"]
    assert (first["done"], first["site"], first["built"], first["behind"]) == (True, "current", sites.DAY, [])
    campaign.write("brands/lid-1/brand.yaml", LOGO_GONE)
    campaign.edit("content/contact.md", "Bel ", "Belt ")
    campaign.build("--all", day="2026-11-23")
    members = index(campaign)["members"]
    kept = members["lid-1"]
    assert (kept["done"], kept["site"], kept["built"]) == (False, "last good", sites.DAY)
    assert (kept["behind"], kept["national"]) == (["content"], first["national"])
    assert [one["severity"] for one in kept["problems"]] == ["error"]
    assert (members["lid-2"]["built"], members["lid-2"]["behind"]) == ("2026-11-23", [])


def test_who_never_had_a_site_has_none(campaign: sites.Campaign) -> None:
    campaign.write("brands/lid-1/brand.yaml", LOGO_GONE)
    assert "lid-1: not published, see above" in campaign.build("--all").said.splitlines()
    one = index(campaign)["members"]["lid-1"]
    assert (one["site"], one["built"], one["national"], one["behind"]) == ("none", "", {}, [])


def test_the_index_is_the_same_again_and_elsewhere(campaign: sites.Campaign, tmp_path: Path) -> None:
    other = sites.copy(campaign, tmp_path / "elders")
    campaign.build("--all")
    file = campaign.output / "index.json"
    before = file.read_bytes(), file.stat().st_mtime_ns
    campaign.build("--all")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    other.build("--all")
    assert (other.output / "index.json").read_bytes() == before[0]


def test_one_member_alone_keeps_the_index_in_step(campaign: sites.Campaign) -> None:
    campaign.build("--brand", "lid-1")
    assert not (campaign.output / "index.json").exists()
    campaign.build("--all")
    campaign.build("--brand", "lid-1", day="2026-11-23")
    members = index(campaign)["members"]
    assert [members[id]["built"] for id in ("lid-1", "lid-2")] == ["2026-11-23", sites.DAY]
    for name in ("brand.yaml", "logo.svg"):
        campaign.remove(f"brands/lid-2/{name}")
    assert "take the whole folder away" in campaign.build("--all").said
    assert index(campaign)["members"]["lid-2"]["done"] is False
    (campaign.root / "brands/lid-2").rmdir()
    campaign.build("--all")
    assert sorted(index(campaign)["members"]) == ["lid-1", sites.BRAND]


def test_changes_left_behind_are_counted(campaign: sites.Campaign) -> None:
    campaign.write(OWN, "---\ntitle: Anouk bij ons\nbased_on: 3f9a1c20b7de\n---\n")
    campaign.write("brands/lid-1/content/nieuws/weg.md", "---\ntitle: Weg\nbased_on: 3f9a1c20b7de\n---\n")
    campaign.edit("brands/lid-1/brand.yaml", "logo:", "hide: [nieuws/ook-weg.md]\nlogo:")
    campaign.build("--all")
    one, other = (index(campaign)["members"][id] for id in ("lid-1", "lid-2"))
    assert (one["stale_changes"], one["gone_pages"]) == (1, 2)
    assert (other["stale_changes"], other["gone_pages"]) == (0, 0)


@pytest.mark.parametrize(
    ("day", "where"),
    [
        ("2026-09-01", None),
        ("2026-09-02", "90"),
        ("2026-10-31", "90"),
        ("2026-11-01", "30"),
        ("2026-11-30", "30"),
        ("2026-12-01", "0"),
    ],
)
def test_consents_that_end_stand_under_the_days_they_have_left(
    campaign: sites.Campaign, day: str, where: str | None
) -> None:
    ends = sites.consent(ref="C-77", expires_on="2026-12-01")
    campaign.write("content/verhalen/iemand.md", sites.story(agreed=ends))
    campaign.build("--all", day=day)
    found = index(campaign)["members"]["lid-2"]["consents"]
    assert found == {days: ["C-77"] if days == where else [] for days in ("90", "30", "0")}


def test_nobody_is_named_in_the_index(campaign: sites.Campaign) -> None:
    """With as many kinds of problems as fit in one build, each in a file that is called after a person."""
    for name, text in {
        "fenna": sites.story(name="Fenna", agreed=sites.consent(expires_on="2026-12-01")),
        "gijs": sites.story(name="Gijs", agreed=sites.consent(status="withdrawn")),
        "hanne": sites.story(name="Hanne", body="Lees [over haar](hanna.md)."),
        "ilse": sites.story(name="Ilse", extra="image: {src: ilse.jpg, alt: Ilse lacht}\n"),
        "joep": sites.story(name="Joep", agreed=None),
    }.items():
        campaign.write(f"content/verhalen/{name}.md", text)
    campaign.write(OWN, "---\ntitle: Anouk bij ons\nbased_on: 3f9a1c20b7de\n---\n")
    campaign.build("--all")
    data = (campaign.output / "index.json").read_text(encoding="utf-8").casefold()
    assert "hanna" not in data
    for name in ("anouk", "bas", "cor", "fenna", "gijs", "hanne", "ilse", "joep", "kanarie", "zandhage"):
        assert f"{name}" not in data.replace("based_on", ""), name


def test_junit_has_a_test_case_for_each_brand(campaign: sites.Campaign, tmp_path: Path) -> None:
    campaign.write("brands/lid-1/brand.yaml", LOGO_GONE)
    file = tmp_path / "junit.xml"
    assert campaign.build("--all", "--junit", str(file)).status == 1
    suites = ElementTree.parse(file).getroot()
    assert (suites.get("tests"), suites.get("failures")) == ("3", "1")
    cases = {case.get("name"): case.find("failure") for case in suites.iter("testcase")}
    assert list(cases) == ["lid-1", "lid-2", sites.BRAND]
    failure = cases["lid-1"]
    assert failure is not None
    assert (failure.get("message") or "").startswith("brands/lid-1/brand.yaml:2:")
    assert "nergens.svg" in (failure.text or "")
    assert cases["lid-2"] is None


# ── thirty members, ten of them broken ──


def break_all(campaign: sites.Campaign) -> list[str]:
    """Break ten members, each in a way of its own; returns their ids."""
    brand = "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n"
    page = sites.page("Eigen", extra="date: 2026-05-01\n")
    slips: list[tuple[str, str | bytes]] = [
        ("brand.yaml", "name: [Lid\nlogo: logo.svg\n"),
        ("brand.yaml", LOGO_GONE),
        ("brand.yaml", brand.replace("#00506b", "#zz")),
        ("brand.yaml", brand + "name: Nog een keer\n"),
        ("logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"><!DOCTYPE x>'),
        ("content/nieuws/kapot.md", page.replace("title:", "titel:")),
        ("content/nieuws/start-2.md", b"---\ntitle: \xff\xfe\n---\n"),
        ("content/nieuws/Start.md", page),
        ("content/site.yaml", sites.SITE),
        ("content/nieuws/link.md", page.replace("Bel of schrijf.", "[Weg](weg.md)")),
    ]
    for i, (path, content) in enumerate(slips):
        campaign.write(f"brands/hub-{i:03}/{path}", content)
    return [f"hub-{i:03}" for i in range(len(slips))]


@pytest.mark.parametrize("count", [10, pytest.param(300, marks=pytest.mark.long)])
@pytest.mark.external
def test_a_hub_names_who_is_broken_and_builds_the_rest(campaign: sites.Campaign, count: int) -> None:
    ids = [f"hub-{i:03}" for i in range(count)]
    for id in ids:
        member(campaign, id)
    assert campaign.build("--all", "--jobs", "2").status == 0
    good = {id: sites.tree(campaign.output / id) for id in ids[:10]}
    broken = break_all(campaign)
    campaign.edit("content/contact.md", "Bel ", "Belt ")
    report = campaign.build("--all", "--jobs", "2")
    assert report.status == 1
    assert [id for id, one in report.data["brands"].items() if not one["done"]] == broken
    lines = report.said.splitlines()
    at = lines.index(f"{count - 7} built, 0 unchanged, 10 failed")
    assert [line.split(":")[0].strip() for line in lines[at + 1 : at + 11]] == broken
    for id in broken:
        assert sites.tree(campaign.output / id) == good[id]
    for id in ids[10:]:
        site = sites.tree(campaign.output / id)
        assert b"Belt " in site["contact.html"]
        named = {
            other for other in ids if any(f"Kanarie {other}.".encode() in data for data in site.values())
        }
        assert named == {id}


# ── advice ──


def test_what_is_not_filled_in_is_told_to_who_asks_or_goes_online(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not at every build: a member may begin with three lines. Its sentences are whole."""
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    file = f"brands/{sites.BRAND}/brand.yaml"
    words = "'contact.phone' is niet ingevuld. Op zoveel pagina’s staat alleen iets als ‘onze website’: 1"
    assert words not in campaign.build("--strict").said
    campaign.edit(file, ", phone: 010-1234567", "")
    told = f"{file}: let op: {words}\n    tip: vul het in; kijk bijvoorbeeld op contact.html"
    commands = (("build", False), ("build", False), ("check", True), ("pack", True))
    for command, heard in commands:
        report = campaign.run(command, *([sites.BRAND] if command == "pack" else []), "--strict")
        assert report.fine().one["advice"][0]["message"] == words
        assert (told in report.said) is heard
    assert "Bel <span>ons telefoonnummer</span> of" in campaign.shown("contact.html")
    campaign.edit("content/contact.md", "Bel {{ telefoon }} of l", "L")
    assert words not in campaign.build().said


def test_who_the_organisation_is_stands_on_the_page_about_the_campaign(campaign: sites.Campaign) -> None:
    campaign.write("content/wij-en-zij.md", sites.page("Over"))
    campaign.edit("content/site.yaml", "themes:", "about: wij-en-zij.md\nthemes:")
    campaign.build().fine()
    assert "afzender" not in campaign.shown("wij-en-zij.html")
    campaign.edit(f"brands/{sites.BRAND}/brand.yaml", "region:", "texts: {about: Wij <zijn> er.}\nregion:")
    campaign.build()
    assert "Wij &lt;zijn&gt; er." in campaign.shown("wij-en-zij.html")
    assert "Wij &lt;zijn&gt; er." not in campaign.shown("contact.html")
    for page, said in {"wij.md": "there is no page", "verhalen/cor.md": "is no page of its own"}.items():
        campaign.edit("content/site.yaml", "about: wij-en-zij.md", f"about: {page}")
        problem = campaign.build().only()
        assert (problem["path"], said in problem["message"]) == ("content/site.yaml", True)
        assert problem["line"] > 1
        campaign.edit("content/site.yaml", f"about: {page}", "about: wij-en-zij.md")


# ── colours ──


def test_it_is_told_which_shade_was_moved(campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the report of every build, and to who checks; it is nothing that has to be mended."""
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    file = f"brands/{sites.BRAND}/brand.yaml"
    campaign.edit(file, "'#c8102e'", "'#ffd400'")
    was = "in jouw #ffd400 was het contrast 1,27, nu is het"
    moved = [
        f"links op een lichte achtergrond zijn #846c00: {was} 4,51 (nodig: 4,5)",
        f"lijnen en randen op een lichte achtergrond zijn #a68900: {was} 3,00 (nodig: 3)",
    ]
    for report in (campaign.build("--strict"), campaign.build("--strict"), campaign.run("check", "--strict")):
        assert report.fine().data["advice"] == report.one["advice"]
        assert [shade["message"] for shade in report.one["advice"]] == moved
        assert {(shade["path"], shade["severity"]) for shade in report.one["advice"]} == {(file, "notice")}
    assert f"{file}: ter info: {moved[0]}" in report.said
    campaign.edit(file, "'#ffd400'", "'#767676'")
    assert campaign.build().one["advice"] != []
    campaign.edit(file, "colour:", "second_colour: '#00506b'\ncolour:")
    assert all("767676" in shade["message"] for shade in campaign.build().one["advice"])
