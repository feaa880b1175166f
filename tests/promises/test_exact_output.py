"""Promise 3: the output folder holds what the plan names and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import sites
from helpers.pages import undigested
from helpers.sites import ANOUK, BRAND, COR, Campaign


class Test3ExactOutput:
    def test_only_what_is_planned(self, campaign: Campaign) -> None:
        report = campaign.build().fine()
        assert sorted(campaign.tree()) == report.made
        assert [p for p in campaign.site.rglob("*") if p.is_symlink()] == []

    def test_a_page_that_is_gone_is_gone_with_all_that_told_of_it(self, campaign: Campaign) -> None:
        campaign.write("content/oud/blad.md", sites.page("Onvindbaar", "Kwijtgeraakt."))
        campaign.write(COR, sites.story("Onvindbaar verhaal", name="Zoekgeraakt", tags="meedoen"))
        campaign.build().fine()
        campaign.remove("content/oud/blad.md")
        campaign.remove(COR)
        report = campaign.build()
        assert "consent c-1 was published" in report.only()["message"]
        assert undigested(report.removed) == [
            "js/zoeken.js",
            "oud/blad.html",
            "themas/meedoen.html",
            "verhalen/cor.html",
        ]
        assert not (campaign.site / "oud").exists()
        left = [
            path
            for path, data in campaign.everything().items()
            for word in (b"Onvindbaar", b"Kwijtgeraakt", b"Zoekgeraakt")
            if word in data
        ]
        assert left == []

    @pytest.mark.parametrize("stranger", ["mijn.txt", "verhalen/notitie.html", ".htpasswd", "nieuw/a.txt"])
    def test_a_foreign_file_is_refused_before_anything_is_done(
        self, campaign: Campaign, stranger: str
    ) -> None:
        campaign.build().fine()
        file = campaign.site / stranger
        file.parent.mkdir(exist_ok=True)
        file.write_text("van iemand anders", encoding="utf-8")
        before = campaign.tree()
        campaign.remove(COR)
        campaign.edit(ANOUK, "vierde", "vijfde")
        report = campaign.build()
        assert report.status == 1
        # Urgent, for it is a person who has to go; and it is asked why the text with that consent is gone.
        urgent, told, missing = report.data["problems"]
        assert "c-13" in missing["message"]
        assert (urgent["path"], told["path"]) == (f"brands/{BRAND}", f"output/{BRAND}/{stranger}")
        assert "not a file of this site" in told["message"]
        assert campaign.tree() == before
        file.unlink()
        assert campaign.build().status == 0

    def test_a_foreign_file_is_found_when_nothing_else_changed(self, campaign: Campaign) -> None:
        campaign.build().fine()
        (campaign.site / "mijn.txt").write_text("x", encoding="utf-8")
        assert campaign.build().status == 1
        assert (campaign.site / "mijn.txt").exists()

    def test_a_folder_that_was_there_before_us_is_not_taken(self, campaign: Campaign) -> None:
        file = campaign.site / "foto.jpg"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x")
        assert campaign.build().status == 1
        assert campaign.tree() == {"foto.jpg": b"x"}

    def test_a_foreign_link_is_not_followed(self, campaign: Campaign, tmp_path: Path) -> None:
        campaign.build().fine()
        elsewhere = tmp_path / "elders"
        elsewhere.mkdir()
        (elsewhere / "kostbaar.txt").write_text("x", encoding="utf-8")
        (campaign.site / "elders").symlink_to(elsewhere)
        assert campaign.build().status == 1
        assert (elsewhere / "kostbaar.txt").exists()
        assert (campaign.site / "elders").is_symlink()

    def test_an_output_folder_that_is_a_link_is_never_mixed_with_what_is_behind_it(
        self, campaign: Campaign, tmp_path: Path
    ) -> None:
        """Somebody points ``output/<id>`` at the web server's folder: kept as a link, or refused in words."""
        served = tmp_path / "www"
        served.mkdir()
        campaign.output.mkdir()
        campaign.site.symlink_to(served)
        campaign.build()
        for floor in ("vijfde", "zesde", "zevende"):
            campaign.edit(ANOUK, campaign.read(ANOUK).split("Op de ")[1].split()[0], floor)
            report = campaign.build()
            behind = sites.tree(served)
            assert (report.status == 1 and not behind) or behind == campaign.tree()

    @pytest.mark.parametrize("how", ["changed", "gone", "emptied"])
    def test_a_file_of_ours_that_was_touched_is_put_right(self, campaign: Campaign, how: str) -> None:
        campaign.build().fine()
        before = campaign.tree()
        file = campaign.site / "contact.html"
        file.unlink() if how == "gone" else file.write_text("" if how == "emptied" else "x", encoding="utf-8")
        report = campaign.build().fine()
        assert (report.made, report.written) == (["contact.html"], ["contact.html"])
        assert report.because == {"contact.html": ["changed on disk"]}
        assert campaign.tree() == before

    @pytest.mark.parametrize("output", [".", "..", "content", "content/uit"])
    def test_an_output_among_the_sources_is_a_wrong_choice(self, campaign: Campaign, output: str) -> None:
        campaign.place = campaign.root / output
        assert campaign.build().status == 2
        assert not (campaign.root / "content" / ".microsite").exists()

    @pytest.mark.parametrize("output", ["brands", f"brands/{BRAND}", "templates", "assets"])
    def test_nor_can_it_be_another_folder_of_the_campaign(self, campaign: Campaign, output: str) -> None:
        for part in ("templates", "assets"):
            campaign.with_own(part)
        campaign.place = campaign.root / output
        before = sites.tree(campaign.root)
        assert campaign.build().status != 0
        after = sites.tree(campaign.root)
        assert {path: data for path, data in after.items() if ".microsite" not in path} == before
