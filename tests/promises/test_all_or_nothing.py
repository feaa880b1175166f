"""Promise 4: a build that fails leaves the last good site. Kills and full disks are in test_crash.py."""

from __future__ import annotations

import errno
import os

import pytest

from helpers import processes, sites
from helpers.sites import ANOUK, BAS, OWN, Campaign
from microsite.content.files import FileChanged, Source


class Test4AllOrNothing:
    def _stays(self, campaign: Campaign, before: dict[str, bytes], *more: str) -> sites.Report:
        report = campaign.build(*more)
        assert report.status == 1
        assert (report.made, report.written, report.removed) == ([], [], [])
        assert campaign.tree() == before
        assert "the last good site stays" in report.said
        return report

    @pytest.fixture
    def before(self, campaign: Campaign) -> dict[str, bytes]:
        campaign.build().fine()
        campaign.edit(ANOUK, "vierde", "vijfde")  # so that there is something to publish
        return campaign.tree()

    def test_an_error_in_a_text(self, campaign: Campaign, before: dict[str, bytes]) -> None:
        campaign.edit(BAS, "title:", "titel:")
        self._stays(campaign, before)

    def test_a_warning_in_a_strict_build(self, campaign: Campaign, before: dict[str, bytes]) -> None:
        campaign.edit(BAS, "expires_on: 2028-01-01", "expires_on: 2026-12-01")
        self._stays(campaign, before, "--strict")
        assert campaign.build().status == 0

    @pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
    @pytest.mark.parametrize("path", ["content/contact.md", "content/feiten.yaml", OWN])
    def test_a_file_that_is_none(
        self, campaign: Campaign, before: dict[str, bytes], kind: str, path: str
    ) -> None:
        file = campaign.root / path
        file.unlink()
        if kind == "folder":
            file.mkdir()
        elif kind == "link":
            file.symlink_to(campaign.root / BAS)
        else:
            os.mkfifo(file)
        report = self._stays(campaign, before)
        blamed = {p["path"] for p in report.data["problems"]}
        assert path in blamed or kind == "folder"

    @pytest.mark.parametrize(
        "broken",
        [
            "{% if %}",
            "{{ onbekend }}",
            "{{ 1 // 0 }}",
            "{{ page.title.nope.nope }}",
            "{{ [1][7] }}",
            "{% for x in 3 %}{% endfor %}",
            "{{ longdate('x') }}",
            "{{ 'a' * (2 ** 200) }}",
        ],
    )
    def test_a_template_that_fails(self, campaign: Campaign, before: dict[str, bytes], broken: str) -> None:
        campaign.with_own("templates")
        campaign.edit("templates/story.html", "<dl ", f"\n{broken}\n<dl ")
        report = self._stays(campaign, before)
        line = campaign.read("templates/story.html").split("\n").index(broken) + 1
        problem = report.only()
        assert (problem["path"], problem["line"]) == ("templates/story.html", line)

    def test_a_template_that_draws_itself(self, campaign: Campaign, before: dict[str, bytes]) -> None:
        campaign.with_own("templates")
        campaign.edit("templates/story.html", "<dl ", "{% include 'story.html' %}<dl ")
        assert self._stays(campaign, before).only()["path"] == "templates/story.html"

    def test_a_file_that_cannot_be_read_any_more(
        self, campaign: Campaign, before: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It was read when it was found; that it changes all the time is not what to say of it."""

        def refused(source: Source) -> bytes:
            raise FileChanged(source.name) from PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Source, "read", refused)
        problem = self._stays(campaign, before).only()
        assert problem["message"] == "cannot read this: Permission denied"

    def test_two_builds_of_one_site_wait_for_each_other(self, campaign: Campaign) -> None:
        running = [processes.start("build", campaign, "--date", sites.DAY) for _ in range(3)]
        said = [process.communicate()[0] for process in running]
        assert [process.returncode for process in running] == [0, 0, 0], said
        tree = campaign.tree()
        assert campaign.build().made == []
        assert campaign.tree() == tree
