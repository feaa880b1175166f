"""planner.yaml and vakanties.yaml: what is wrong with them, on which line, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import planner as tools
from helpers import sites
from helpers.sites import Campaign
from microsite.content.planner_file import HOLIDAYS, PLANNER

PAGE = "toolkit/planner.html"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    campaign = sites.campaign(tmp_path / "c")
    for name in (PLANNER, HOLIDAYS):
        campaign.write(f"content/{name}", (tools.FOLDER / name).read_bytes())
    return campaign


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "message"),
    [
        (
            PLANNER,
            "months: 6, activities: [column, eens]",
            "months: 60, activities: [column]",
            2,
            "a plan is from 1 to 36 months long",
        ),
        (PLANNER, "[column, eens]", "[colum, eens]", 2, "there is no activity 'colum' in this file"),
        (PLANNER, "every_weeks: 2", "every_weeks: 99", 10, "'every_weeks' runs from 0 to 52"),
        (
            PLANNER,
            "every_weeks: 2",
            "every_weeks: 2\n    month: 3",
            11,
            "'every_weeks' and 'month' do not go together",
        ),
        (PLANNER, "{weeks: -4,", "{weeks: -5,", 13, "this step would be before the beginning of the plan"),
        (
            PLANNER,
            "{weeks: 1,",
            "{weeks: 0,",
            14,
            "a step is from 1 to 52 weeks before (-) or after the activity",
        ),
        (PLANNER, "weekday: donderdag", "weekday: zondag", 8, "'zondag' is not a 'weekday'"),
        (HOLIDAYS, "known_until: 2028", "known_until: 2025", 4, "'known_until' is not after 'known_from'"),
        (HOLIDAYS, "last: 2026-10-18", "last: 2026-10-08", 6, "'last' is before 'first'"),
        (HOLIDAYS, "last: 2026-10-18", "last: 2027-10-18", 6, "a holiday of 374 days"),
        (HOLIDAYS, "18, regions: [noord]", "18, regions: []", 6, "'regions' is empty"),
        (HOLIDAYS, "18, regions: [noord]", "18, regions: [oost]", 6, "'oost' is not a 'regions'"),
    ],
)
def test_a_slip_is_told_with_its_line(
    campaign: Campaign, name: str, old: str, new: str, line: int, message: str
) -> None:
    campaign.edit(f"content/{name}", old, new)
    problem = campaign.build().only()
    assert (problem["path"], problem["line"], problem["message"]) == (f"content/{name}", line, message)


def test_without_holidays_there_is_no_planner(campaign: Campaign) -> None:
    campaign.remove(f"content/{HOLIDAYS}")
    problem = campaign.build().only()
    assert (problem["path"], problem["message"]) == (f"content/{PLANNER}", f"there is no {HOLIDAYS} here")


def test_a_campaign_without_a_planner_has_no_page_for_it_and_no_link_to_it(campaign: Campaign) -> None:
    campaign.build().fine()
    assert campaign.shows(PAGE)
    assert [path for path in campaign.tree() if path.startswith("js/planner-")]
    campaign.remove(f"content/{PLANNER}")
    report = campaign.build().fine()
    assert [path.partition("-")[0] for path in report.removed] == ["js/planner", "js/zoeken", PAGE]
    campaign.edit("content/toolkit/raad.md", "Zo doe je dat.", "Met [de planner](planner.html).")
    assert campaign.build().only()["message"] == "there is no page or file 'planner.html'"


def test_a_guide_that_a_member_hides_is_not_linked(campaign: Campaign) -> None:
    campaign.add_member("lid", hide="[toolkit/raad.md]")
    assert campaign.build("--brand", str(campaign.root / "brands/lid")).status == 0
    page = (campaign.output / "lid" / PAGE).read_text(encoding="utf-8")
    assert "Eén keer, met een titel" in page
    assert 'href="raad.html"' not in page


def test_the_page_says_where_the_holidays_are_from_and_until_when_they_are_known(campaign: Campaign) -> None:
    campaign.edit(f"content/{PLANNER}", "[column, eens]", "[column]")
    campaign.build().fine()
    page = campaign.shown(PAGE)
    assert "Overzicht" in page
    assert '<time datetime="2028-09-03">3 september 2028</time>' in page
    assert "data-beyond hidden" in page
    campaign.edit(f"content/{HOLIDAYS}", "known_until: 2028-09-03", "known_until: 2027-02-28")
    campaign.build().fine()
    assert "data-beyond>" in campaign.shown(PAGE)


def test_the_page_changes_with_the_quarter_and_not_with_the_day(campaign: Campaign) -> None:
    campaign.build(day="2026-11-22").fine()
    assert PAGE not in campaign.build(day="2026-12-31").fine().written
    assert PAGE in campaign.build(day="2027-01-01").fine().written


def test_a_member_has_no_planner_of_its_own(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write(f"brands/lid/content/{PLANNER}", "efforts: {}\n")
    problem = campaign.build("--brand", str(campaign.root / "brands/lid")).only()
    assert problem["message"] == f"only the campaign team has a {PLANNER}"
