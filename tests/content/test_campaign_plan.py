"""Plans: which days they have. The browser makes the same ones, see ``tests/browser/test_planner.py``."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import planner as tools
from microsite.content.campaign_plan import PlanRequest, first_of_quarter, make_plan
from microsite.content.planner_file import REGIONS, Region
from microsite.core.holidays import public_holidays

VECTORS = json.loads(tools.VECTORS.read_text(encoding="utf-8"))
KNOWN = tools.planning().holidays
IDS = [id for id, _ in tools.planning().planner.activities]
MONDAY = dt.date(2027, 1, 4)


def test_the_vectors_are_about_the_planner_beside_them() -> None:
    assert VECTORS["data"] == tools.for_browser()
    assert [tools.request(one["asked"]) for one in VECTORS["plans"]] == list(tools.ASKED)


@pytest.mark.parametrize("vector", VECTORS["plans"], ids=lambda one: str(one["asked"]["start"]))
def test_a_plan_is_that_of_the_vectors(vector: dict[str, object]) -> None:
    asked = vector["asked"]
    assert isinstance(asked, dict)
    assert tools.made(make_plan(tools.planning(), tools.request(asked))) == vector["made"]


def days(*activities: str, start: dt.date = MONDAY, step: int = 0, region: Region | None = None) -> list[str]:
    plan = make_plan(tools.planning(), PlanRequest(start, "veel", activities, region))
    return [entry.day.isoformat() for entry in plan.entries if entry.step == step]


def test_an_answer_comes_in_the_week_between_two_columns_whatever_the_holidays() -> None:
    plan = make_plan(tools.planning(), PlanRequest(MONDAY, "veel", ("column",)))
    told = [(entry.number, entry.step) for entry in plan.entries if entry.step != 1]
    assert told == [(number, step) for number in range(1, 13) for step in (0, 2)]
    gaps = [(b - a).days for a, b in pairwise(entry.day for entry in plan.entries[1:])]
    assert min(gaps) >= 6  # a week, or a day less around a public holiday


def test_a_holiday_stops_the_rhythm_and_does_not_shift_it() -> None:
    assert days("column", region="midden")[:4] == ["2027-02-04", "2027-02-18", "2027-03-11", "2027-03-25"]
    assert days("column", region="zuid")[:3] == ["2027-02-04", "2027-02-25", "2027-03-11"]


def test_what_comes_every_two_months_keeps_its_weekday_of_the_month_and_waits_for_the_council() -> None:
    assert days("commissie", region="midden")[:6] == [
        "2027-02-16",
        "2027-04-20",
        "2027-06-15",
        "2027-08-31",
        "2027-10-19",
        "2027-12-21",
    ]


def test_what_would_come_right_before_the_next_is_left_out() -> None:
    summer = [day for day in days("maand", region="midden") if "2027-06" < day < "2027-10"]
    assert summer == ["2027-06-02", "2027-07-07", "2027-09-01"]


def test_once_a_year_in_its_month_and_not_before_it_can_be_prepared() -> None:
    assert days("zitting") == ["2027-10-05", "2028-10-03"]
    assert days("zitting", start=dt.date(2027, 8, 2)) == ["2028-10-03"]
    (prepared,) = days("zitting", start=dt.date(2027, 8, 2), step=1)
    assert prepared == "2028-05-30"  # twelve weeks, and six of summer


def test_a_public_holiday_gives_way_to_the_nearest_working_day() -> None:
    """Ascension Day 2027 is 6 May, after Liberation Day: Friday is the nearest. Easter Monday moves on."""
    assert {"2027-05-07"} & set(days("column"))
    mondays = days("week", start=dt.date(2027, 3, 1))
    assert "2027-03-30" in mondays
    assert "2027-03-29" not in mondays


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-11-30", "2027-01-04"),
        ("2027-01-01", "2027-04-05"),
        ("2027-03-31", "2027-04-05"),
        ("2027-09-30", "2027-10-04"),
    ],
)
def test_the_plan_of_nobody_begins_with_the_next_quarter(day: str, first: str) -> None:
    assert first_of_quarter(dt.date.fromisoformat(day)).isoformat() == first


def test_beyond_the_known_holidays_a_plan_says_so() -> None:
    assert make_plan(tools.planning(), PlanRequest(dt.date(2028, 3, 1), "veel")).beyond
    assert make_plan(tools.planning(), PlanRequest(dt.date(2026, 8, 31), "weinig")).beyond
    assert not make_plan(tools.planning(), PlanRequest(MONDAY, "weinig", ("column",))).beyond


@given(
    st.dates(KNOWN.known_from, KNOWN.known_until),
    st.sampled_from(["weinig", "veel"]),
    st.sets(st.sampled_from(IDS), min_size=1),
    st.sampled_from([None, *REGIONS]),
)
def test_nothing_is_planned_on_a_day_off_or_before_the_beginning(
    start: dt.date, effort: str, chosen: set[str], region: Region | None
) -> None:
    plan = make_plan(tools.planning(), PlanRequest(start, effort, tuple(chosen), region))
    regions = {*REGIONS} if region is None else {region}
    free = [one for one in KNOWN.holidays if not regions.isdisjoint(one.regions)]
    for entry in plan.entries:
        assert entry.activity in chosen
        assert entry.day >= start
        assert entry.day.isoweekday() <= 5
        assert entry.day not in public_holidays(entry.day.year)
        assert not [one for one in free if one.first <= entry.day <= one.last]
    assert [entry.day for entry in plan.entries] == sorted(entry.day for entry in plan.entries)
    ids = [(entry.activity, entry.number, entry.step) for entry in plan.entries]
    assert len(set(ids)) == len(ids)
    mains = [entry.day for entry in plan.entries if entry.step == 0]
    assert all(day <= plan.end + dt.timedelta(days=4) for day in mains)
