"""The plan of an organisation is in its pack, and nowhere on its site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar
import pytest

from helpers import office, sites
from helpers import planner as tools
from helpers.pages import nodes
from helpers.sites import ADDRESS, BRAND, OWN, Campaign, tree
from microsite.content.planner_file import HOLIDAYS, PLANNER

PLAN = "plan:\n  start: 2027-01-11\n  effort: weinig\n  activities: [column]\n  school_holidays: midden\n"
CALENDAR, LISTED = "plan/campagneplan.ics", "plan/campagneplan.docx"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    campaign = sites.campaign(tmp_path / "c")
    for name in (PLANNER, HOLIDAYS):
        campaign.write(f"content/{name}", (tools.FOLDER / name).read_bytes())
    campaign.write(OWN, campaign.read(OWN) + PLAN)
    return campaign


def packed(campaign: Campaign, day: str = sites.DAY) -> dict[str, bytes]:
    """The material of a pack."""
    report = campaign.run("pack", "--material", "share", BRAND, day=day)
    assert report.status == 0, report.said
    return tree(campaign.output / f"{BRAND}.materiaal")


def test_the_plan_is_in_the_pack_and_not_on_the_site(campaign: Campaign) -> None:
    found = packed(campaign)
    assert CALENDAR in found
    listed = {str(node.attributes["href"]): node.text() for node in nodes(found["index.html"].decode(), "a")}
    assert listed[CALENDAR] == "Campagneplan, voor je agenda"
    assert [path for path in campaign.tree() if "campagneplan" in path] == []
    assert not [path for path, data in campaign.tree().items() if b"2027-01-11" in data and ".html" in path]


def test_the_calendar_has_the_days_of_the_plan(campaign: Campaign) -> None:
    events = icalendar.Calendar.from_ical(packed(campaign)[CALENDAR]).walk("VEVENT")
    columns = [event for event in events if str(event["summary"]).startswith("Column")]
    assert [event.decoded("dtstart").isoformat() for event in columns[:3]] == [
        "2027-02-11",
        "2027-03-04",
        "2027-03-18",
    ]
    assert str(columns[0]["uid"]) == "20270111-column-1-0@www.voorbeeld.example"
    assert events[0].decoded("dtstamp").date() == dt.date.fromisoformat(sites.DAY)
    (asked,) = (event for event in events if str(event["summary"]).startswith("Vraag"))
    assert str(asked["description"]).startswith("Hoort bij: Column")


def test_the_list_to_share_has_the_same_days_and_room_for_names(campaign: Campaign) -> None:
    data = packed(campaign)[LISTED]
    office.check(data)
    said = office.words(data, "word/document.xml")
    assert "Campagneplan van Welzijn Zandhage\njanuari 2027 – juli 2027\n" in said
    assert "\nfebruari 2027\n" in said
    assert "\ndo 11\nColumn" in said
    assert "[naam]" in said


def test_the_same_plan_is_the_same_bytes_and_another_only_changes_the_plan(
    campaign: Campaign, tmp_path: Path
) -> None:
    first = packed(campaign)
    assert packed(sites.copy(campaign, tmp_path / "elsewhere")) == first
    campaign.edit(OWN, "[column]", "[column, eens]")
    again = packed(campaign)
    assert {path for path in again if again[path] != first[path]} == {CALENDAR, LISTED}


def test_without_a_plan_or_with_nothing_in_it_there_is_no_file(campaign: Campaign) -> None:
    campaign.edit(OWN, f"url: {ADDRESS}\n", "")  # then share pictures are material, which stays
    packed(campaign)
    campaign.edit(OWN, "[column]", "[zitting]")
    assert CALENDAR not in packed(campaign)
    campaign.edit(OWN, PLAN.replace("[column]", "[zitting]"), "")
    found = packed(campaign)
    assert CALENDAR not in found
    assert "Campagneplan" not in found["index.html"].decode()


def test_only_the_organisation_with_a_plan_has_one(campaign: Campaign) -> None:
    campaign.add_member("lid")
    assert campaign.run("pack", "--material", "share", "lid").status == 0
    assert CALENDAR not in tree(campaign.output / "lid.materiaal")
