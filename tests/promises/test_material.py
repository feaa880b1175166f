"""Material stands in the pack, and who withdrew is on none of it, whatever else is wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from itertools import combinations
from pathlib import Path

import pytest

from helpers.pages import nodes
from helpers.sites import ADDRESS, ANOUK, BAS, BRAND, DAY, OWN, Campaign, Report, consent, story, tree
from microsite.content.consent import CHANNELS
from microsite.core.settings import MATERIALS, Options, Project
from microsite.session import Session

SHARE = ("--material", "share")
NAME = "Zebedeus"
PICTURE = "verhalen/bas-plaatje-bij-link.png"


def packed(campaign: Campaign, *more: str, brand: str = BRAND) -> Report:
    report = campaign.run("pack", *SHARE, *more, brand)
    assert report.status == 0, report.said
    return report


def folder(campaign: Campaign, brand: str = BRAND) -> Path:
    return campaign.output / f"{brand}.materiaal"


def material(campaign: Campaign, brand: str = BRAND) -> set[str]:
    return set(tree(folder(campaign, brand))) if folder(campaign, brand).exists() else set()


def in_zip(campaign: Campaign) -> set[str]:
    with zipfile.ZipFile(campaign.output / f"{BRAND}.zip") as archive:
        return {name for name in archive.namelist() if name.startswith("materiaal/")}


@pytest.fixture
def somebody(campaign: Campaign) -> Campaign:
    """A site without an address: its share pictures are material, which is quickly made."""
    campaign.edit(OWN, f"url: {ADDRESS}\n", "")
    campaign.write(BAS, story(f"{NAME} leest", name=NAME))
    return campaign


def test_the_pack_has_all_material_and_a_page_that_lists_it(somebody: Campaign) -> None:
    report = packed(somebody)
    found = material(somebody)
    assert PICTURE in found
    assert f"your material: open output/{BRAND}.materiaal/index.html" in report.said
    assert in_zip(somebody) == {f"materiaal/{path}" for path in (*found, "SHA256SUMS.txt")}
    index = (folder(somebody) / "index.html").read_text(encoding="utf-8")
    listed = {node.attributes["href"] for node in nodes(index, "main section a")}
    assert listed == found - {"index.html"}
    assert "http" not in index.replace("http-equiv", "")


def test_the_checksums_are_those_of_the_files(somebody: Campaign) -> None:
    packed(somebody)
    with zipfile.ZipFile(somebody.output / f"{BRAND}.zip") as archive:
        lines = archive.read("materiaal/SHA256SUMS.txt").decode().splitlines()
    sums = dict(line.split("  ")[::-1] for line in lines)
    files = tree(folder(somebody))
    assert sums == {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def test_the_site_itself_has_no_other_material(somebody: Campaign) -> None:
    packed(somebody)
    assert [path for path in somebody.tree() if "materiaal" in path or path.endswith(PICTURE)] == []


def test_an_unchanged_pack_makes_nothing(somebody: Campaign) -> None:
    first = packed(somebody)
    assert f"materiaal/{PICTURE}" in first.made
    before = (somebody.output / f"{BRAND}.zip").read_bytes()
    assert packed(somebody).made == []
    assert (somebody.output / f"{BRAND}.zip").read_bytes() == before


def test_a_build_removes_what_changed_and_the_pack_makes_only_that(somebody: Campaign) -> None:
    packed(somebody)
    before = material(somebody)
    somebody.edit(ANOUK, "de enige was", "alleen was")
    assert somebody.build(*SHARE).status == 0
    gone = before - material(somebody)
    assert gone == {"verhalen/anouk-plaatje-bij-link.png", "index.html"}
    assert not (somebody.output / f"{BRAND}.zip").exists()
    made = {path.removeprefix("materiaal/") for path in packed(somebody).made if "materiaal/" in path}
    assert made == gone
    assert material(somebody) == before


@pytest.mark.parametrize(
    "agreed", [consent(status="withdrawn"), consent(scope="[web]"), consent(expires_on="2026-11-01")]
)
def test_who_may_not_be_shown_is_gone_after_any_build(somebody: Campaign, agreed: str) -> None:
    packed(somebody)
    somebody.write(BAS, story(f"{NAME} leest", name=NAME, agreed=agreed))
    assert somebody.build(*SHARE).status == 0
    assert PICTURE not in material(somebody)
    for path, data in tree(folder(somebody)).items():
        assert NAME.encode() not in data, path


@pytest.mark.parametrize("agreed", [consent(status="withdrawn"), consent(scope="[web]")])
def test_with_an_error_elsewhere_too(somebody: Campaign, agreed: str) -> None:
    packed(somebody)
    somebody.write(BAS, story(f"{NAME} leest", name=NAME, agreed=agreed))
    somebody.write("content/nieuws/fout.md", "---\ntitle: [\n---\n")
    report = somebody.build(*SHARE)
    assert report.status == 1
    assert "published without what is wrong here: 1 texts" in report.said
    assert PICTURE not in material(somebody)
    assert not (somebody.output / f"{BRAND}.zip").exists()


def test_a_channel_that_is_withdrawn_is_gone_from_the_site_with_an_error_elsewhere(
    campaign: Campaign,
) -> None:
    assert campaign.build(*SHARE).status == 0
    shared = "delen/verhalen/anouk.png"
    assert shared in campaign.tree()
    campaign.edit(ANOUK, "scope: [web, social]", "scope: [web, print]")
    campaign.write("content/nieuws/fout.md", "---\ntitle: [\n---\n")
    assert campaign.build(*SHARE).status == 1
    assert shared not in campaign.tree()
    assert campaign.shows("verhalen/anouk.html")
    assert campaign.shows("nieuws/start.html")


def test_when_the_site_cannot_be_made_all_material_goes(somebody: Campaign) -> None:
    packed(somebody)
    somebody.write(BAS, story(f"{NAME} leest", name=NAME, agreed=consent(status="withdrawn")))
    somebody.write("content/site.yaml", "title: [\n")
    report = somebody.build(*SHARE)
    assert report.status == 1
    assert "URGENT" in report.said
    assert material(somebody) == set()
    assert not (somebody.output / f"{BRAND}.zip").exists()


def test_somebody_s_own_file_stays_and_does_not_keep_who_withdrew(somebody: Campaign) -> None:
    packed(somebody)
    own = folder(somebody) / "teksten" / "mijn brief.docx"
    own.parent.mkdir()
    own.write_bytes(b"van mij")
    assert packed(somebody).problems == []
    assert "materiaal/teksten/mijn brief.docx" not in in_zip(somebody)
    somebody.edit(ANOUK, "de enige was", "alleen was")
    assert somebody.build(*SHARE).problems == []
    somebody.write(BAS, story(f"{NAME} leest", name=NAME, agreed=consent(status="withdrawn")))
    report = somebody.build(*SHARE)
    assert report.status == 0, report.said
    assert PICTURE not in material(somebody)
    assert own.read_bytes() == b"van mij"
    told = f"output/{BRAND}.materiaal/teksten/mijn brief.docx:0:0: warning: this file is not of the program"
    assert [problem for problem in report.problems if problem.startswith(told)]
    assert not [problem for problem in somebody.build(*SHARE).problems if problem.startswith(told)]


def test_when_all_material_goes_somebody_s_own_file_is_told(somebody: Campaign) -> None:
    packed(somebody)
    (folder(somebody) / "notitie.txt").write_text("van mij", encoding="utf-8")
    somebody.write(BAS, story(f"{NAME} leest", name=NAME, agreed=consent(status="withdrawn")))
    somebody.write("content/site.yaml", "title: [\n")
    report = somebody.build(*SHARE)
    assert report.status == 1
    assert material(somebody) == {"notitie.txt"}
    assert f"output/{BRAND}.materiaal/notitie.txt" in report.said


def test_of_a_member_that_left_nothing_stays(somebody: Campaign) -> None:
    somebody.add_member("lid")
    packed(somebody, brand="lid")
    assert PICTURE in material(somebody, "lid")
    for file in (somebody.root / "brands/lid").iterdir():
        file.unlink()
    (somebody.root / "brands/lid").rmdir()
    assert somebody.build("--all", *SHARE).status == 0
    assert [path for path in somebody.everything() if "lid" in path.split("/")[0]] == []


def test_a_brand_without_material_packs_none(somebody: Campaign) -> None:
    report = somebody.run("pack", "--material", "none", BRAND)
    assert report.status == 0, report.said
    assert in_zip(somebody) == set()
    assert not folder(somebody).exists()


STATES = {
    "valid": consent(scope="SCOPE"),
    "pending": consent(scope="SCOPE", status="pending"),
    "expired": consent(scope="SCOPE", expires_on="2026-11-01"),
    "withdrawn": consent(scope="SCOPE", status="withdrawn"),
    "not yet begun": consent(scope="SCOPE", given_on="2026-12-01"),
    "unclear": consent(scope="SCOPE", status="misschien"),
    "absent": None,
}


@pytest.mark.parametrize("layer", ["content", f"brands/{BRAND}/content"])
@pytest.mark.parametrize("state", STATES)
def test_a_valid_consent_for_its_channel_puts_somebody_on_material(
    campaign: Campaign, state: str, layer: str
) -> None:
    """Each set of channels that has the web: networks for pictures and cards, print for posters."""
    agreed = STATES[state]
    sets = [("web", *more) for n in range(4) for more in combinations(CHANNELS[1:], n)]
    for i, channels in enumerate(sets):
        scope = f"[{', '.join(channels)}]"
        text = agreed.replace("SCOPE", scope).replace("C-1", f"C-5{i}") if agreed else None
        campaign.write(f"{layer}/verhalen/p{i}.md", story(f"Deur {i}", name=f"{NAME}{i}", agreed=text))
    planned = material_planned(campaign)
    for i, channels in enumerate(sets):
        made = {path for path in planned if path.startswith(f"verhalen/p{i}-")}
        posters = {path for path in made if path.endswith(".pdf")}
        shown = state == "valid"
        assert bool(posters) == (shown and "print" in channels), (channels, made)
        assert bool(made - posters) == (shown and "social" in channels), (channels, made)


def material_planned(campaign: Campaign) -> set[str]:
    """The paths of all material, which takes long to make."""
    options = Options(dt.date.fromisoformat(DAY), materials=MATERIALS)
    with Session(Project(campaign.root, campaign.output), options, lambda *_: None) as session:
        plan = session.pipeline().plan(session.files(campaign.root / "brands" / BRAND))
        return {item.path for item in plan.material}
