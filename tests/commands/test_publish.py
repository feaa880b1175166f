"""Sites that are brought to a web server, with the rsync of this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers import sites
from helpers.sites import BRAND, Campaign, tree
from microsite import cli

pytestmark = pytest.mark.external


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    campaign = sites.campaign(tmp_path / "c")
    for id in ("lid", "buur"):
        campaign.add_member(id)
    assert campaign.build("--all").status == 0
    return campaign


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "server/sites"


def _publish(campaign: Campaign, target: Path | str) -> int:
    return cli.main(
        ["publish", str(target), "--project", str(campaign.root), "--output", str(campaign.output)]
    )


def _online(target: Path) -> dict[str, bytes]:
    found = tree(target)
    found.pop(".microsite-sites")
    return found


def _built(campaign: Campaign) -> dict[str, bytes]:
    return {
        path: data for path, data in tree(campaign.output).items() if "/" in path and not path.startswith(".")
    }


def test_the_sites_and_nothing_else_are_brought(
    campaign: Campaign, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _publish(campaign, target) == 0
    assert "sites online: 3; taken away, of members that left: 0" in capsys.readouterr().out
    assert _online(target) == _built(campaign)
    assert (target / ".microsite-sites").read_text() == f"buur\nlid\n{BRAND}\n"
    assert f"{BRAND}/.htaccess" in _online(target)


def test_the_studio_goes_along(campaign: Campaign, target: Path) -> None:
    here = campaign.output / "studio"
    here.mkdir()
    (here / "index.html").write_text("studio")
    (here / "oud.pack").write_text("van gisteren")
    assert _publish(campaign, target) == 0
    (here / "oud.pack").unlink()
    assert _publish(campaign, target) == 0
    assert tree(target / "studio") == {"index.html": b"studio"}
    shutil.rmtree(here)  # as on a machine that does not make it
    assert _publish(campaign, target) == 0
    assert tree(target / "studio") == {"index.html": b"studio"}


def test_what_is_gone_here_is_gone_there_and_other_folders_stay(campaign: Campaign, target: Path) -> None:
    _publish(campaign, target)
    (target / "webmail").mkdir()
    (target / "webmail/index.html").write_text("not ours")
    (target / "lid/left-over.html").write_text("of an older program")
    campaign.edit(sites.ANOUK, "status: valid", "status: withdrawn")
    shutil.rmtree(campaign.root / "brands/buur")
    campaign.build("--all")
    assert _publish(campaign, target) == 0
    online = _online(target)
    assert online.pop("webmail/index.html") == b"not ours"
    assert online == _built(campaign)
    assert not [data for data in online.values() if b"Daar hangen" in data]
    assert (target / ".microsite-sites").read_text() == f"lid\n{BRAND}\n"


def test_a_member_without_a_site_here_keeps_the_one_online_and_it_is_told(
    campaign: Campaign, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _publish(campaign, target)
    shutil.rmtree(campaign.output / "lid")
    before = tree(target / "lid")
    assert _publish(campaign, target) == 1
    assert "URGENT: there is no site of lid, so what is online stays as it was" in capsys.readouterr().out
    assert tree(target / "lid") == before


def test_one_that_cannot_be_brought_stops_no_other(
    campaign: Campaign, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target.mkdir(parents=True)
    (target / "buur").write_text("a file in the way")
    assert _publish(campaign, target) == 1
    assert "URGENT: buur is not brought up to date online: rsync" in capsys.readouterr().out
    assert (target / BRAND / "index.html").exists()
    assert (target / ".microsite-sites").read_text() == f"lid\n{BRAND}\n"
    (target / "buur").unlink()
    assert _publish(campaign, target) == 0
    assert _online(target) == _built(campaign)


def test_nothing_to_bring_and_nowhere_to_go(
    campaign: Campaign, target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _publish(campaign, "rsync://localhost:1/sites") == 1
    assert "cannot reach rsync://localhost:1/sites" in capsys.readouterr().err
    shutil.rmtree(campaign.output)
    assert _publish(campaign, target) == 1
    assert "build first" in capsys.readouterr().err
    monkeypatch.setenv("PATH", "")
    assert _publish(campaign, target) == 1
    assert "there is no rsync on this machine" in capsys.readouterr().err
    assert not target.exists()
