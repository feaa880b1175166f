"""The plan that an organisation has in its brand.yaml: what is wrong with it, and what not to worry about."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import planner as tools
from helpers import sites
from helpers.sites import Campaign
from microsite.content.planner_file import HOLIDAYS, PLANNER

LINES = sites.BRAND_FILE.count("\n")


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    campaign = sites.campaign(tmp_path / "c")
    for name in (PLANNER, HOLIDAYS):
        campaign.write(f"content/{name}", (tools.FOLDER / name).read_bytes())
    return campaign


def with_plan(campaign: Campaign, *lines: str) -> None:
    campaign.write(sites.OWN, sites.BRAND_FILE + "plan:\n" + "".join(f"  {line}\n" for line in lines))


def test_a_plan_that_is_right_raises_nothing(campaign: Campaign) -> None:
    with_plan(
        campaign, "start: 2027-01-11", "effort: weinig", "activities: [column]", "school_holidays: midden"
    )
    campaign.build().fine()


@pytest.mark.parametrize(
    ("lines", "line", "severity", "message"),
    [
        (["start: 11-1-2027"], 2, "error", "'11-1-2027' is not a date ('start')"),
        (["start: 1827-01-11"], 2, "error", "a plan begins between 2014 and 2099"),
        (["start: 9999-12-31"], 2, "error", "a plan begins between 2014 and 2099"),
        (["effort: veel"], 2, "error", "'start' is missing"),
        (
            ["start: 2027-01-11", "effort: vel", "activities: [column]"],
            3,
            "warning",
            "there is no effort 'vel', so the plan has 'weinig'",
        ),
        (
            ["start: 2027-01-11", "activities: [colum, maand]"],
            3,
            "warning",
            "there is no activity 'colum', so it is not in the plan",
        ),
        (
            ["start: 2027-01-11", "activities: [maand]", "school_holidays: oost"],
            4,
            "error",
            "'oost' is not a 'school_holidays'",
        ),
        (
            ["start: 2028-06-01", "activities: [maand]"],
            2,
            "notice",
            "part of this plan is outside the years of which the school holidays are known",
        ),
    ],
)
def test_a_slip_is_told_with_its_line(
    campaign: Campaign, lines: list[str], line: int, severity: str, message: str
) -> None:
    with_plan(campaign, *lines)
    problem = campaign.build().only()
    assert problem["path"] == sites.OWN
    assert (problem["line"] - LINES, problem["message"]) == (line, message)
    assert problem["severity"] == severity


def test_a_plan_with_nothing_in_it_is_told(campaign: Campaign) -> None:
    with_plan(campaign, "start: 2027-01-11", "effort: weinig", "activities: [zitting]")
    message = "nothing of this plan is before its end, 2027-07-11"
    assert campaign.build().only()["message"] == message


def test_a_campaign_without_a_planner_cannot_make_a_plan(campaign: Campaign) -> None:
    campaign.remove(f"content/{PLANNER}")
    campaign.remove(f"content/{HOLIDAYS}")
    with_plan(campaign, "start: 2027-01-11")
    problem = campaign.build().only()
    assert (problem["severity"], problem["message"]) == (
        "warning",
        "there is no planner to make this plan with",
    )


def test_a_plan_is_looked_at_again_when_the_campaign_changes_its_planner(campaign: Campaign) -> None:
    with_plan(campaign, "start: 2027-01-11", "activities: [maand]")
    campaign.build().fine()
    campaign.edit(f"content/{PLANNER}", "  maand: {title: Elke maand", "  krant: {title: Elke maand")
    campaign.edit(f"content/{PLANNER}", "commissie, maand, zitting", "commissie, zitting")
    messages = [problem["message"] for problem in campaign.build().data["problems"]]
    assert "there is no activity 'maand', so it is not in the plan" in messages
