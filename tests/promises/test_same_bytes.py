"""Promise 1: the same inputs give the same bytes, on any machine and in any order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpers import processes, sites
from helpers.sites import Campaign


class Test1SameInputsSameBytes:
    def test_another_zone_locale_hash_seed_folder_and_number_of_workers(
        self, campaign: Campaign, tmp_path: Path, photo: bytes
    ) -> None:
        campaign.write("content/nieuws/straat.jpg", photo)
        campaign.edit("content/nieuws/start.md", "Vandaag.", '![Een straat](straat.jpg "Foto: J. de Wit")')
        other = sites.copy(campaign, tmp_path / "één andere map")
        other.place = tmp_path / "heel" / "ergens anders"
        far_east = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
        far_west = {"TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}
        first = processes.run("build", campaign, "--date", sites.DAY, "--jobs", "1", **far_east)
        second = processes.run("build", other, "--date", sites.DAY, "--jobs", "2", **far_west)
        assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
        assert campaign.tree() == other.tree()

    def test_the_order_in_which_files_were_made_and_their_times_do_not_matter(
        self, campaign: Campaign, tmp_path: Path
    ) -> None:
        other = Campaign(tmp_path / "andersom")
        for number, (path, content) in enumerate(reversed(sites.SMALL.items())):
            os.utime(other.write(path, content), (number * 10**8, number * 10**8))
        campaign.build().fine()
        other.build().fine()
        assert campaign.tree() == other.tree()

    def test_the_day_is_an_input(self, campaign: Campaign) -> None:
        campaign.edit(
            "content/nieuws/start.md", "date: 2026-06-01", "date: 2026-06-01\nexpires_on: 2026-12-01"
        )
        campaign.build(day="2026-11-30")
        assert "nieuws/start.html" in campaign.tree()
        report = campaign.build(day="2026-12-01")
        assert "nieuws/start.html" in report.removed

    @pytest.mark.parametrize(
        ("epoch", "there"),
        [
            ("1796079599", True),  # 2026-11-30 23:59:59 in Amsterdam
            ("1796079600", False),  # midnight there, 23:00 in London
        ],
    )
    def test_source_date_epoch_is_a_day_in_amsterdam(
        self, campaign: Campaign, epoch: str, there: bool
    ) -> None:
        campaign.edit(
            "content/nieuws/start.md", "date: 2026-06-01", "date: 2026-06-01\nexpires_on: 2026-12-01"
        )
        done = processes.run("build", campaign, "--jobs", "1", SOURCE_DATE_EPOCH=epoch, TZ="America/Adak")
        assert done.returncode == 0, done.stderr
        assert ("nieuws/start.html" in campaign.tree()) is there

    def test_the_chosen_day_goes_before_source_date_epoch(
        self, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
        campaign.build().fine()
        assert "nieuws/start.html" in campaign.tree()

    def test_nothing_of_the_machine_is_in_the_site(self, campaign: Campaign) -> None:
        campaign.build().fine()
        traces = [str(campaign.root).encode(), str(processes.ENGINE).encode(), os.uname().nodename.encode()]
        assert [path for path, data in campaign.tree().items() if any(t in data for t in traces)] == []
