"""Who may not be shown any more goes from a member's site, also when something is wrong in its folder."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec import msgpack

from helpers import sites
from helpers.people import BODY, NAME, QUOTE, personal, traces
from helpers.sites import Campaign, story
from microsite.content import files as sources
from microsite.core.files import unseal

STYLE = "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n"
NEWS = sites.page("Buurtfeest", "Kom ook.", "date: 2026-05-01\n")
WRONG: dict[str, tuple[str, str]] = {
    "a text of its own": ("content/nieuws/kapot.md", NEWS.replace("title:", "titel:")),
    "a change of a national page": ("content/contact.md", "---\ntitel: Bij ons\n---\n"),
    "a change of the very page": ("content/verhalen/iemand.md", "---\ntitle: [Bij\n---\n"),
    "its own figures": ("content/feiten.yaml", "koffie: [\n"),
    "its series": ("content/reeksen.yaml", "inloop: {title: Inloop}\n"),
    "what only the campaign has": ("content/site.yaml", sites.SITE),
    "a text at the address of another": ("content/nieuws/Start.md", NEWS),
    "a link to a text that is wrong": ("content/nieuws/link.md", NEWS.replace("Kom", "[Weg](weg.md)")),
    "its settings": ("brand.yaml", "name: [Lid\n"),
    "its logo": ("logo.svg", "<svg"),
}
"""What may be wrong in a member's folder, with a file that has it."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """The campaign with a person whose words stand nowhere else, and a member that shows it, packed."""
    campaign = sites.campaign(tmp_path_factory.mktemp("goed") / "campagne")
    campaign.write("content/verhalen/iemand.md", personal(story()))
    campaign.write("brands/lid/brand.yaml", STYLE)
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    campaign.write("brands/lid/content/nieuws/feest.md", NEWS)
    assert campaign.build("--all").status == 0
    assert campaign.run("pack", "lid").status == 0
    assert NAME.encode() in sites.tree(campaign.output / "lid")["verhalen/iemand.html"]
    return campaign


@pytest.fixture
def member(built: Campaign, tmp_path: Path) -> Campaign:
    shutil.copytree(built.root, tmp_path / "campagne")
    return Campaign(tmp_path / "campagne")


def withdraw(campaign: Campaign) -> None:
    campaign.edit("content/verhalen/iemand.md", "status: valid", "status: withdrawn")


def standing(campaign: Campaign) -> dict[str, Any]:
    members = json.loads((campaign.output / "index.json").read_text(encoding="utf-8"))["members"]
    found: dict[str, Any] = members["lid"]
    return found


@pytest.mark.parametrize("what", WRONG)
def test_a_broken_member_shows_nobody_who_withdrew(member: Campaign, what: str, tmp_path: Path) -> None:
    path, content = WRONG[what]
    before = sites.tree(member.output / "lid")
    own = member.root / "brands/lid" / path
    good = own.read_bytes() if own.exists() else None
    member.write(f"brands/lid/{path}", content)
    withdraw(member)
    file = tmp_path / "junit.xml"
    report = member.build("--all", "--junit", str(file))
    assert report.status == 1
    assert traces(member, report) == []
    site = sites.tree(member.output / "lid")
    assert b"Kom ook." in site["nieuws/feest.html"]
    assert [name for name in site if name.startswith("css/")] == [
        name for name in before if name.startswith("css/")
    ]
    assert not (member.output / "lid.zip").exists()
    assert "lid: published without what is wrong, see above" in report.said
    assert (standing(member)["site"], standing(member)["overdue"]) == ("reduced", 0)
    assert next(case.get("name") for case in ElementTree.parse(file).iter("testcase") if len(case)) == "lid"

    report = member.build("--all")  # it stays as it is, and the member stays named
    assert (report.status, standing(member)["site"]) == (1, "reduced")
    assert sites.tree(member.output / "lid") == site
    if good is None:
        own.unlink()
    else:
        own.write_bytes(good)
    assert member.build("--all").status == 0
    assert standing(member)["site"] == "current"


def test_as_long_as_nobody_has_to_go_the_last_good_site_stays(member: Campaign) -> None:
    before = sites.tree(member.output / "lid")
    member.write("brands/lid/content/nieuws/kapot.md", WRONG["a text of its own"][1])
    member.write("content/nieuws/start.md", sites.page("Wij beginnen", "Morgen.", "date: 2026-06-01\n"))
    report = member.build("--all")
    assert (report.status, standing(member)["site"], standing(member)["overdue"]) == (1, "last good", 0)
    assert sites.tree(member.output / "lid") == before
    assert (member.output / "lid.zip").exists()


@pytest.mark.parametrize("how", ["it ends by itself", "the file is taken away", "it is unclear", "a copy"])
def test_it_does_not_matter_how_a_consent_ends(member: Campaign, how: str) -> None:
    member.write("brands/lid/content/nieuws/kapot.md", WRONG["a text of its own"][1])
    day = sites.DAY
    if how == "it ends by itself":
        day = "2028-01-01"
    elif how == "the file is taken away":
        member.remove("content/verhalen/iemand.md")
    elif how == "it is unclear":
        member.edit("content/verhalen/iemand.md", "status: valid", "status: vald")
    else:
        member.remove("brands/lid/content/nieuws/kapot.md")
        made_up = story(agreed=None, extra="fictional: true\n")
        member.write("brands/lid/content/verhalen/kopie.md", personal(made_up, f"{NAME} de Wit"))
        member.edit("content/verhalen/iemand.md", f"name: {NAME}", f"name: {NAME} de Wit")
        assert member.build("--all").status == 0
        member.write("brands/lid/content/nieuws/kapot.md", WRONG["a text of its own"][1])
        withdraw(member)
    report = member.build("--brand", "lid", day=day)
    assert (report.status, report.one["reduced"], report.one["overdue"]) == (1, True, 0)
    site = sites.tree(member.output / "lid")
    words = (NAME, QUOTE, BODY)
    assert [path for path, data in site.items() for word in words if word.encode() in data] == []


def test_a_strict_build_keeps_nobody_either(member: Campaign) -> None:
    """What a member changed stands on an older page: in a strict build that is an error."""
    member.write("brands/lid/content/contact.md", "---\ntitle: Bij ons\nbased_on: 3f9a1c20b7de\n---\n")
    member.build("--all")
    withdraw(member)
    report = member.build("--all", "--strict")
    assert (report.status, report.data["brands"]["lid"]["reduced"]) == (1, True)
    assert traces(member, report) == []
    assert b"Bij ons" in sites.tree(member.output / "lid")["contact.html"]


NATIONAL: dict[str, tuple[str, str | bytes]] = {
    "a news item": ("content/nieuws/start.md", WRONG["a text of its own"][1]),
    "a link to a page that is deleted": ("content/contact.md", sites.page(body="Lees [dit](nieuws/weg.md).")),
    "a link to a heading": ("content/contact.md", sites.page(body="Lees [dit](verhalen/bas.md#weg).")),
    "a figure that is not there": ("content/contact.md", sites.page(body="Er zijn {{ feit:weg }}.")),
    "another story": ("content/verhalen/cor.md", story("Cor").replace("summary:", "sumary:")),
    "a copy of the story": ("content/verhalen/kopie.md", personal(story()).replace("summary:", "sumary:")),
    "a picture": ("content/verhalen/anouk.svg", b"<svg"),
    "removed pages, a slip": ("content/weggehaald.yaml", "pages:\n  - {adress: x.html, until: 2027-01-01}\n"),
    "removed pages, no YAML": ("content/weggehaald.yaml", "pages: [\n"),
    "removed pages, an address": (
        "content/weggehaald.yaml",
        "pages:\n  - {address: verhalen/iemand, until: 2027-01-01}\n",
    ),
    "a text that is too large": ("content/nieuws/start.md", NEWS + "woord " * 400_000),
    "two pages with one address": ("content/nieuws/Start.md", NEWS),
    "a translation of nothing": ("content/nieuws/weg.en.md", NEWS),
    "a link in the menu": ("content/site.yaml", sites.SITE.replace("contact.md", "weg.md")),
}
"""What may be wrong in the campaign's own files."""


@pytest.mark.parametrize("what", NATIONAL)
@pytest.mark.parametrize("how", ["withdrawn", "deleted"])
def test_a_mistake_of_the_campaign_keeps_nobody_either(member: Campaign, what: str, how: str) -> None:
    """The text that has it is left out, or the words stay without the link, until it is mended."""
    path, content = NATIONAL[what]
    good = (member.root / path).read_bytes() if (member.root / path).exists() else None
    member.write(path, content)
    if how == "withdrawn" or what == "a copy of the story":
        withdraw(member)
    else:
        member.remove("content/verhalen/iemand.md")
    report = member.build("--all")
    assert report.status == 1
    assert traces(member, report) == []
    assert path in {problem["path"] for problem in report.data["problems"]}
    assert (standing(member)["site"], standing(member)["overdue"]) == ("reduced", 0)
    assert sites.shows(member.output / "lid", "verhalen/bas.html")
    assert sites.shows(member.output / "lid", "contact.html") == (what != "a figure that is not there")
    if good is None:
        member.remove(path)
    else:
        member.write(path, good)
    assert member.build("--all").status == 0
    assert standing(member)["site"] == "current"


def test_what_no_site_can_do_without_is_told_as_urgent(member: Campaign, tmp_path: Path) -> None:
    """A mistake of the campaign team: the site stays, and nobody can overlook that it must not."""
    withdraw(member)
    member.write("content/site.yaml", "title: [\n")
    before = sites.tree(member.output / "lid")
    file = tmp_path / "junit.xml"
    report = member.build("--all", "--junit", str(file))
    assert report.status == 1
    assert sites.tree(member.output / "lid") == before
    assert not (member.output / "lid.zip").exists()
    urgent = "URGENT: the site that stays shows 1 texts or photos that may not be shown any more"
    assert "lid: NOT PUBLISHED, and shows who may not be shown: see above" in report.said
    assert f"  lid: brands/lid: {urgent}" in report.said.splitlines()
    assert "or take these pages offline yourself: verhalen/iemand.md" in report.said
    assert (standing(member)["site"], standing(member)["overdue"]) == ("last good", 1)
    assert urgent.replace("1", "…") in [one["sentence"] for one in standing(member)["problems"]]
    assert "iemand" not in (member.output / "index.json").read_text(encoding="utf-8")
    failures = {case.get("name"): case.find("failure") for case in ElementTree.parse(file).iter("testcase")}
    failure = failures["lid"]
    assert failure is not None
    assert failure.get("message") == f"brands/lid: {urgent}"


def test_a_disk_that_takes_nothing_is_urgent_too(member: Campaign) -> None:
    withdraw(member)
    (member.output / "lid/van-een-ander.txt").write_text("Niet van ons.", encoding="utf-8")
    report = member.build("--brand", "lid")
    assert (report.status, report.one["overdue"]) == (1, 1)
    assert "is not a file of this site" in report.said


def test_the_site_of_an_older_program_says_nothing_of_people(member: Campaign) -> None:
    """Its pages are known all the same, and the house style is the present one."""
    file = member.state / "lid/manifest.json"
    known = json.loads(file.read_text(encoding="utf-8"))["manifest"]
    del known["people"]
    (member.output / ".backup/.microsite/lid.json").unlink()
    file.write_text(json.dumps(known), encoding="utf-8")
    (member.state / "lid/style.bin").unlink()
    member.write("brands/lid/content/nieuws/kapot.md", WRONG["a text of its own"][1])
    withdraw(member)
    report = member.build("--brand", "lid")
    assert report.one["reduced"] is True
    assert traces(member, report) == [at for at in traces(member, report) if not at[0].startswith("lid/")]


def test_of_a_house_style_only_that_of_the_last_good_site_is_kept(member: Campaign) -> None:
    def style() -> dict[str, bytes]:
        data = unseal((member.state / "lid/style.bin").read_bytes())
        assert data is not None
        return msgpack.decode(data, type=dict[str, bytes])

    assert sorted(style()) == ["brand.yaml", "logo.svg"]
    member.write("brands/lid/merk.svg", sites.LOGO)
    member.write("brands/lid/brand.yaml", STYLE.replace("logo.svg", "merk.svg"))
    member.remove("brands/lid/logo.svg")
    assert member.build("--brand", "lid").status == 0
    kept = style()
    assert sorted(kept) == ["brand.yaml", "merk.svg"]
    member.write("brands/lid/brand.yaml", "name: [Lid\n")
    assert member.build("--brand", "lid").status == 1
    assert style() == kept


def test_a_saved_house_style_that_is_damaged_is_not_used(member: Campaign) -> None:
    file = member.state / "lid/style.bin"
    data = bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(data)
    member.write("brands/lid/content/nieuws/kapot.md", WRONG["a text of its own"][1])
    withdraw(member)
    report = member.build("--brand", "lid")
    assert report.one["reduced"] is True
    assert "lid/style.bin: " in report.said


@pytest.mark.parametrize(
    "unread",
    ["content", "content/verhalen", "content/verhalen/iemand.md", "brands/lid", "brands/lid/content"],
)
def test_where_the_disk_gives_no_answer_nobody_has_withdrawn(
    member: Campaign, monkeypatch: pytest.MonkeyPatch, unread: str
) -> None:
    """What cannot be read today says nothing of consent: the last good site stays, and nothing is urgent."""
    at = str(member.root / unread)
    before = sites.tree(member.output / "lid")
    scan, read = os.scandir, sources._read

    def scanned(folder: Any) -> Any:
        if str(folder).rstrip("/") == at:
            raise OSError(errno.EIO, "Input/output error")
        return scan(folder)

    def opened(file: str) -> bytes:
        if file == at:
            raise OSError(errno.EIO, "Input/output error")
        return read(file)

    member.write("content/verhalen/iemand.md", personal(story()) + "\nEen zin meer.\n")
    monkeypatch.setattr(os, "scandir", scanned)
    monkeypatch.setattr(sources, "_read", opened)
    report = member.build("--brand", "lid")
    assert report.status == 1
    assert "Input/output error" in report.said
    assert "URGENT" not in report.said
    assert sites.tree(member.output / "lid") == before
    assert (member.output / "lid.zip").exists()
