"""Who left the campaign is not shown by it any more; what others put in the output folder stays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers import sites
from helpers.people import NAME, personal, traces
from helpers.sites import Campaign, story

OWN = "Zij van hiernaast"
"""Somebody who is on the site of one member only."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A person nationally, and a member with a person of its own; its site is packed."""
    campaign = sites.campaign(tmp_path_factory.mktemp("goed") / "campagne")
    campaign.write("content/verhalen/iemand.md", personal(story()))
    campaign.add_member("lid")
    campaign.add_member("blijft")
    own = story(OWN, name="Zus", agreed=sites.VALID.replace("C-1", "C-77"))
    campaign.write("brands/lid/content/verhalen/eigen.md", own)
    return campaign


@pytest.fixture
def campaign(built: Campaign, tmp_path: Path) -> Campaign:
    shutil.copytree(built.root, tmp_path / "campagne")
    copy = Campaign(tmp_path / "campagne")
    assert copy.build("--all").status == 0
    assert copy.run("pack", "lid").status == 0
    return copy


def withdraw(campaign: Campaign) -> None:
    campaign.edit("content/verhalen/iemand.md", "status: valid", "status: withdrawn")


def standing(campaign: Campaign) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((campaign.output / "index.json").read_bytes())["members"]
    return found


def leave(campaign: Campaign, to: Path | None = None) -> None:
    folder = campaign.root / "brands/lid"
    if to is None:
        shutil.rmtree(folder)
    else:
        folder.rename(to)


def test_who_leaves_is_gone_with_all_that_was_kept(campaign: Campaign) -> None:
    leave(campaign)
    withdraw(campaign)
    report = campaign.build("--all")
    assert report.status == 0
    assert traces(campaign, report) == []
    assert not (campaign.output / "lid").exists()
    assert not (campaign.output / "lid.zip").exists()
    assert not (campaign.state / "lid").exists()
    assert sorted(standing(campaign)) == ["blijft", sites.BRAND]
    assert [path for path, data in campaign.everything().items() if OWN.encode() in data] == []
    assert (
        "output/lid: notice: there is no folder brands/lid any more, so its site is taken away" in report.said
    )
    assert "output/lid/ is taken away: this organisation has left" in report.said
    assert "lid" not in campaign.build("--all").data["brands"]


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


@pytest.mark.parametrize("names", [["folder"], ["manifest.json"], ["folder", "manifest.json"], [""]])
@pytest.mark.parametrize("harm", [Path.unlink, cut_off])
def test_what_is_known_twice_may_be_lost_once(
    campaign: Campaign, names: list[str], harm: Callable[[Path], object]
) -> None:
    for name in names:
        file = campaign.state / "lid" / name
        if name:
            harm(file)
        else:
            shutil.rmtree(campaign.state)
    leave(campaign)
    withdraw(campaign)
    assert campaign.build("--all").status == 0
    assert [path for path, data in campaign.everything().items() if NAME.encode() in data] == []
    assert not (campaign.output / "lid").exists()
    assert not (campaign.output / "lid.zip").exists()
    assert "lid" not in standing(campaign)
    assert [path for path in campaign.everything() if "lid" in path] == []


@pytest.mark.parametrize("byte", range(0, 60, 25))
def test_a_damaged_note_removes_no_site(campaign: Campaign, tmp_path: Path, byte: int) -> None:
    """The folder of a brand elsewhere, with another letter, may be one that is not there."""
    leave(campaign, tmp_path / "lid")
    assert campaign.build("--brand", str(tmp_path / "lid")).status == 0
    for note in (campaign.state / "lid/folder", campaign.output / ".backup/.microsite/lid.folder"):
        data = bytearray(note.read_bytes())
        data[-1 - byte % len(data)] ^= 1
        note.write_bytes(data)
    assert campaign.build("--all").data["brands"]["lid"]["left"] is False
    assert (campaign.output / "lid/index.html").exists()


def test_other_builds_touch_nothing_of_it(campaign: Campaign) -> None:
    before = sites.tree(campaign.output / "lid")
    leave(campaign)
    assert campaign.build("--brand", "blijft").status == 0
    assert campaign.run("check", "--all").status == 0
    assert sites.tree(campaign.output / "lid") == before
    assert "lid" in standing(campaign)


@pytest.mark.parametrize("how", ["a file of another", "a page that was changed", "a ZIP of another"])
def test_only_what_we_made_is_taken_away(campaign: Campaign, how: str) -> None:
    """A page that somebody changed shows who was on it: it stays, and is told until it is gone."""
    page = campaign.output / "lid/verhalen/iemand.html"
    kept = {
        "a file of another": campaign.output / "lid/van-een-ander.txt",
        "a page that was changed": page,
        "a ZIP of another": campaign.output / "lid.zip",
    }[how]
    kept.write_bytes(page.read_bytes() + b"<!-- x -->")
    leave(campaign)
    withdraw(campaign)
    for _ in range(2):
        report = campaign.build("--all")
        assert kept.exists()
        if how == "a page that was changed":
            assert sorted(sites.tree(campaign.output / "lid")) == ["verhalen/iemand.html"]
            assert (report.status, standing(campaign)["lid"]["overdue"]) == (1, 1)
            assert "output/lid: error: URGENT: this organisation has left" in report.said
            assert "take it away yourself: output/lid/verhalen/iemand.html" in report.said
    if how == "a page that was changed":
        kept.unlink()
        assert campaign.build("--all").status == 0
    assert "lid" not in standing(campaign)


def test_a_disk_that_removes_nothing_is_urgent(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.unlink

    def refused(file: Path, missing_ok: bool = False) -> None:
        if file.suffix == ".html" and "lid" in file.parts:
            raise PermissionError(13, "Permission denied")
        real(file, missing_ok)

    leave(campaign)
    monkeypatch.setattr(Path, "unlink", refused)
    report = campaign.build("--all")
    assert (report.status, standing(campaign)["lid"]["done"]) == (1, False)
    assert standing(campaign)["lid"]["overdue"] > 3
    monkeypatch.undo()
    monkeypatch.setenv("MICROSITE_LANGUAGE", "en")
    assert campaign.build("--all").status == 0
    assert not (campaign.output / "lid").exists()


def test_who_has_a_folder_elsewhere_did_not_leave(campaign: Campaign, tmp_path: Path) -> None:
    """Its site is left alone by a build of the others, unless it shows somebody who has to go."""
    leave(campaign, tmp_path / "lid")
    assert campaign.build("--brand", str(tmp_path / "lid")).status == 0
    before = sites.tree(campaign.output / "lid")
    campaign.write("content/contact.md", sites.page(body="Bel."))
    report = campaign.build("--all")
    assert (report.status, sorted(report.data["brands"])) == (0, ["blijft", sites.BRAND])
    assert sites.tree(campaign.output / "lid") == before
    assert "lid" in standing(campaign)
    withdraw(campaign)
    report = campaign.build("--all")
    assert (report.status, "lid" in report.data["brands"]) == (0, True)
    assert traces(campaign, report) == []
    shutil.rmtree(tmp_path / "lid")
    assert campaign.build("--all").status == 0
    assert not (campaign.output / "lid").exists()


@pytest.mark.parametrize("how", ["its drive is not there", "nothing is known of it", "the state is lost"])
def test_a_site_of_which_little_is_known_stays_and_is_told(
    campaign: Campaign, tmp_path: Path, how: str
) -> None:
    leave(campaign, tmp_path / "lid")
    if how == "its drive is not there":
        drive = tmp_path / "schijf"
        drive.mkdir()
        (tmp_path / "lid").rename(drive / "lid")
        assert campaign.build("--brand", str(drive / "lid")).status == 0
        (drive / "lid").rename(tmp_path / "lid")  # an empty folder, as of a drive that is not mounted
    elif how == "nothing is known of it":
        (campaign.state / "lid/folder").unlink()
        (campaign.output / ".backup/.microsite/lid.folder").unlink()
    else:
        shutil.rmtree(campaign.state / "lid")
        shutil.rmtree(campaign.output / ".backup")
    before = sites.tree(campaign.output / "lid")
    withdraw(campaign)
    report = campaign.build("--all")
    assert (report.status, standing(campaign)["lid"]["done"]) == (1, False)
    assert "output/lid: error: it is not known whose site this is, so it was not built" in report.said
    assert sites.tree(campaign.output / "lid") == before
    if how != "the state is lost":
        assert standing(campaign)["lid"]["overdue"] == 1
        assert "URGENT: the site that stays shows 1 texts" in report.said
        assert campaign.build("--brand", str(tmp_path / "lid")).status == 0
        assert traces(campaign, campaign.build("--all")) == []


def test_a_member_without_its_settings_did_not_leave(campaign: Campaign) -> None:
    """A slip, such as another name for the file, keeps nobody on its site."""
    settings = campaign.root / "brands/lid/brand.yaml"
    settings.rename(settings.with_name("brand.yml"))
    withdraw(campaign)
    report = campaign.build("--all")
    assert (report.status, report.data["brands"]["lid"]["reduced"]) == (1, True)
    assert traces(campaign, report) == []
    settings.with_name("brand.yml").rename(settings)
    assert campaign.build("--all").status == 0
    assert NAME.encode() not in b"".join(sites.tree(campaign.output / "lid").values())


def test_what_else_lies_in_the_output_folder_is_left_alone(campaign: Campaign) -> None:
    """Folders of others, and such that cannot be read as a site."""
    for path, content in {
        "oud/index.html": b"<html>",
        "x/index.html/a": b"",
        ".microsite/weg/x": b"",
    }.items():
        campaign.write(f"output/{path}", content)
    (campaign.output / "y").symlink_to(campaign.output / "y")
    before = campaign.everything().keys()
    report = campaign.build("--all").fine()
    assert sorted(report.data["brands"]) == ["blijft", "lid", sites.BRAND]
    assert campaign.everything().keys() == before
    leave(campaign)
    assert campaign.build("--all").status == 0
    assert not (campaign.output / "lid").exists()
    assert (campaign.output / "oud/index.html").exists()
