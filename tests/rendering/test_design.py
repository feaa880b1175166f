"""The campaign's own templates and assets: file by file over ours, and which it replaces is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers import sites
from helpers.sites import OWN_DESIGN, Campaign


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return sites.campaign(tmp_path / "project")


def notices(report: sites.Report) -> dict[str, str]:
    """The message about each file; nothing else is said of a site."""
    assert report.status == 0, report.said
    assert {p["severity"] for p in report.data["problems"]} <= {"notice"}
    return {p["path"]: p["message"] for p in report.data["problems"]}


def undigested(campaign: Campaign) -> set[str]:
    """The paths of the site, without the digests in their names."""
    return {path.partition("-")[0] for path in campaign.tree()}


@pytest.mark.parametrize("part", ["assets", "templates"])
@pytest.mark.parametrize("content", [None, "README.txt", ".gitkeep"])
def test_an_empty_folder_changes_nothing(campaign: Campaign, part: str, content: str | None) -> None:
    campaign.build().fine()
    before = campaign.tree()
    (campaign.root / part).mkdir()
    if content:
        campaign.write(f"{part}/{content}", "Hier komt later iets.\n")
    campaign.build().fine()
    assert campaign.tree() == before


@pytest.mark.parametrize("part", ["assets", "templates"])
def test_a_copy_of_ours_changes_nothing_and_is_not_told(campaign: Campaign, part: str) -> None:
    campaign.build().fine()
    before = campaign.tree()
    campaign.with_own(part)
    assert notices(campaign.build()) == {}
    assert campaign.tree() == before


def test_one_template_is_replaced_and_the_others_are_ours(campaign: Campaign) -> None:
    campaign.write("templates/story.html", "<p>Ons verhaal: {{ page.title }}</p>")
    assert notices(campaign.build()) == {"templates/story.html": OWN_DESIGN}
    assert "Ons verhaal: " in campaign.shown("verhalen/bas.html")
    assert "<main" in campaign.shown("contact.html")


def test_a_part_of_ours_is_replaced_in_our_templates(campaign: Campaign) -> None:
    campaign.with_own("templates")
    ours = campaign.read("templates/partials/footer.html")
    shutil.rmtree(campaign.root / "templates")
    campaign.write("templates/partials/footer.html", f"<!-- van ons -->{ours}")
    assert notices(campaign.build()) == {"templates/partials/footer.html": OWN_DESIGN}
    assert "<!-- van ons -->" in campaign.shown("contact.html")


def test_a_stylesheet_is_added_or_replaces_one(campaign: Campaign) -> None:
    campaign.write("assets/css/99-own.css", ".eigen { margin: 3px }")
    assert notices(campaign.build()) == {}
    (screen,) = (data for path, data in campaign.tree().items() if path.startswith("css/site"))
    (paper,) = (data for path, data in campaign.tree().items() if path.startswith("css/druk"))
    assert b".eigen" in screen
    assert b"@page" in paper
    campaign.write("assets/print/10-print.css", ".papier { margin: 4px }")
    assert notices(campaign.build()) == {"assets/print/10-print.css": OWN_DESIGN}
    (replaced,) = (data for path, data in campaign.tree().items() if path.startswith("css/druk"))
    assert b".papier{margin:4px}" in replaced
    assert b"@page" not in replaced


def test_what_is_taken_away_gives_ours_back(campaign: Campaign) -> None:
    campaign.build().fine()
    before = campaign.tree()
    campaign.write("assets/js/site.js", "'eigen';")
    campaign.write("templates/story.html", "<p>Ons verhaal</p>")
    assert len(notices(campaign.build())) == 2
    assert campaign.tree() != before
    campaign.remove("assets/js/site.js")
    campaign.remove("templates/story.html")
    campaign.build().fine()
    assert campaign.tree() == before


def test_files_that_nothing_is_made_with_are_told(campaign: Campaign) -> None:
    campaign.write("templates/storry.html", "<p>Ons verhaal</p>")
    campaign.write("templates/news.htm", "<p>Ons nieuws</p>")
    campaign.write("templates/partials/los.html", "<p>Los</p>")
    campaign.write("assets/images/foto.png", b"\x89PNG")
    campaign.write("assets/css/site.scss", "a { b { margin: 0 } }")
    campaign.write("assets/toolkit/extra.css", "a { margin: 0 }")
    campaign.write("assets/fonts/OFL-LICENSE.txt", "Vrij.")
    report = campaign.build()
    template, asset = "no page is rendered with this template", "nothing of the site is made with this file"
    assert notices(report) == {
        "assets/css/site.scss": asset,
        "assets/images/foto.png": asset,
        "assets/toolkit/extra.css": asset,
        "templates/news.htm": template,
        "templates/partials/los.html": template,
        "templates/storry.html": template,
    }
    assert "did you mean 'story.html'?" in report.hints


def test_a_part_that_an_own_template_takes_is_used(campaign: Campaign) -> None:
    campaign.write("templates/partials/los.html", "<p>Los</p>")
    campaign.write("templates/story.html", "{% include 'partials/los.html' %}")
    assert notices(campaign.build()) == {"templates/story.html": OWN_DESIGN}
    assert "<p>Los</p>" in campaign.shown("verhalen/bas.html")


def test_a_template_that_cannot_be_read_is_all_that_is_told(campaign: Campaign) -> None:
    campaign.write("templates/base.html", "{% if")
    assert campaign.build().only()["path"] == "templates/base.html"


def test_a_name_that_differs_by_capitals_replaces_nothing_and_is_an_error(campaign: Campaign) -> None:
    campaign.write("templates/Story.html", "<p>Ons verhaal</p>")
    report = campaign.build()
    assert report.status == 1
    assert "has the same name as 'templates/Story.html' but for capitals" in report.said
