"""Members divided over machines: together they give what one machine gives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import sites
from helpers.sites import BRAND, Campaign, tree
from microsite import cli
from microsite.commands.shards import Shard

MEMBERS = [f"lid-{number}" for number in range(7)]
PARTS = 3


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    campaign = sites.campaign(tmp_path_factory.mktemp("shards") / "c")
    for id in MEMBERS:
        campaign.add_member(id)
    campaign.write("brands/lid-3/brand.yaml", "naam: Kapot\n")
    return campaign


@pytest.fixture(scope="module")
def parts(campaign: Campaign) -> list[Path]:
    """The output folders of the parts."""
    return [_part(campaign, number, PARTS) for number in range(1, PARTS + 1)]


def _part(campaign: Campaign, number: int, of: int) -> Path:
    folder = campaign.root.parent / f"part-{number}-of-{of}"
    machine = Campaign(campaign.root, folder)
    machine.build("--all", "--shard", f"{number}/{of}", "--junit", str(folder.with_suffix(".xml")))
    folder.mkdir(exist_ok=True)
    (folder / "junit.xml").write_bytes(folder.with_suffix(".xml").read_bytes())
    return folder


def _merge(campaign: Campaign, folders: list[Path], to: Path, *more: str) -> int:
    command = ["merge", *map(str, folders), "--project", str(campaign.root), "--output", str(to), *more]
    return cli.main(command)


def _sites(folder: Path) -> dict[str, bytes]:
    """The files of all sites; without the index and what a build remembers."""
    return {path: data for path, data in tree(folder).items() if "/" in path and not path.startswith(".")}


def test_the_parts_give_the_same_sites_as_one_machine(
    campaign: Campaign, parts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Campaign(campaign.root, tmp_path / "one")
    assert one.build("--all", "--junit", str(tmp_path / "one.xml")).status == 1
    assert _merge(campaign, parts, tmp_path / "together", "--junit", str(tmp_path / "all.xml")) == 1
    assert "lid-3: no part has a site of this member" in capsys.readouterr().out
    assert _sites(tmp_path / "together") == _sites(tmp_path / "one") != {}
    assert {path.name for path in (tmp_path / "together").iterdir()} == {
        "index.json",
        BRAND,
        *(id for id in MEMBERS if id != "lid-3"),
    }
    assert _index(tmp_path / "together") == _index(tmp_path / "one")
    assert _cases(tmp_path / "all.xml") == _cases(tmp_path / "one.xml")


def _index(folder: Path) -> dict[str, object]:
    """Without the problems: those of the campaign are told with the first site of each part."""
    members = json.loads((folder / "index.json").read_bytes())["members"]
    return {id: {**one, "problems": None} for id, one in members.items()}


def _cases(file: Path) -> dict[str, bool]:
    suites = ElementTree.fromstring(file.read_bytes())
    assert suites.get("tests") == "8"
    assert suites.get("failures") == "1"
    return {case.get("name", ""): case.find("failure") is None for case in suites.iter("testcase")}


def test_a_part_that_is_not_there_is_told(
    campaign: Campaign, parts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _merge(campaign, parts[1:], tmp_path / "together") == 1
    said = capsys.readouterr().out
    absent = {id for id in (BRAND, *MEMBERS) if Shard(1, PARTS).has(id)}
    assert {line.partition(":")[0] for line in said.splitlines() if "no part has" in line} == absent | {
        "lid-3"
    }


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("twice", "is in"),
        ("no index", "is no folder of sites: it has no index.json"),
        ("damaged index", "is no folder of sites: it has no index.json"),
        ("not empty", "is not empty"),
    ],
)
def test_what_cannot_be_put_together_writes_nothing(
    campaign: Campaign,
    parts: list[Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    wrong: str,
    sentence: str,
) -> None:
    folders, together = list(parts), tmp_path / "together"
    if wrong == "twice":
        folders.append(next(folder for folder in parts if (folder / BRAND).exists()))
    elif wrong == "not empty":
        (together / "x").mkdir(parents=True)
    else:
        folders.append(tmp_path / "odd")
        folders[-1].mkdir()
        if wrong == "damaged index":
            (folders[-1] / "index.json").write_text("[]")
    before = tree(together) if together.exists() else None
    assert _merge(campaign, folders, together) == 1
    assert sentence in capsys.readouterr().err
    assert (tree(together) if together.exists() else None) == before


def test_a_damaged_report_of_a_part_is_told_and_the_sites_are_there(
    campaign: Campaign, parts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut_off = tmp_path / "cut-off"
    shutil.copytree(parts[0], cut_off)
    (cut_off / "junit.xml").write_bytes((parts[0] / "junit.xml").read_bytes()[:40])
    together = tmp_path / "together"
    assert _merge(campaign, [cut_off, *parts[1:]], together, "--junit", str(tmp_path / "all.xml")) == 1
    assert "a part has a damaged junit.xml; the sites are put together" in capsys.readouterr().err
    assert (together / BRAND / "index.html").exists()
    assert not (tmp_path / "all.xml").exists()


def test_a_part_is_one_of_all(campaign: Campaign) -> None:
    report = campaign.build("--shard", "1/3")
    assert report.status == 2
    assert "--shard is for --all" in report.said


@pytest.mark.parametrize("written", ["0/3", "4/3", "1", "a/b", "1/2/3", "-1/3", "/"])
def test_what_is_no_part_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"invalid literal|unpack|/"):
        Shard.parse(written)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1), st.integers(1, 40))
def test_each_member_is_in_one_part(id: str, of: int) -> None:
    assert sum(Shard(number, of).has(id) for number in range(1, of + 1)) == 1


def test_parts_are_about_as_large() -> None:
    sizes = [sum(Shard(number, 4).has(f"welzijn-{i}") for i in range(500)) for number in range(1, 5)]
    assert sum(sizes) == 500
    assert min(sizes) > 90


@pytest.fixture(autouse=True)
def _unchanged(campaign: Campaign) -> Iterator[None]:
    before = tree(campaign.root / "content")
    yield
    assert tree(campaign.root / "content") == before
