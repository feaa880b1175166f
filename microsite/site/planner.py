"""The planner of one site: what plans are made from, and where the guides of the activities are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from microsite.content.campaign_plan import CampaignPlan, PlanRequest, first_of_quarter, make_plan
from microsite.content.planner_file import Planning
from microsite.core.records import Record
from microsite.site.links import LinkResolver


class PlanRow(Record):
    """A day of a campaign plan. ``part_of`` is the activity that it is a step of; "" for an activity itself.

    ``guide`` is the path of the page that tells how, or "".
    """

    day: dt.date
    title: str
    part_of: str
    guide: str


class PlanMonth(Record):
    """A month of a campaign plan, with its days in order."""

    year: int
    month: int
    rows: tuple[PlanRow, ...]


class Planner(Record):
    """``guides`` are the paths of the pages of activities, by their id; a hidden page has none.

    ``standard`` is the plan of somebody who chooses nothing on this ``day``.
    """

    planning: Planning
    guides: Mapping[str, str]
    standard: CampaignPlan
    day: dt.date


def planner_of(planning: Planning, links: LinkResolver, day: dt.date) -> Planner:
    """The planner of a site with these links, on this day. Broken links become problems."""
    guides = {}
    for id, activity in planning.planner.activities:
        if activity.page:
            link = links.resolve(activity.page, "", planning.places[f"activities.{id}.page"])
            if link is not None:
                guides[id] = link.path
    return Planner(planning, guides, make_plan(planning, PlanRequest(first_of_quarter(day))), day)


def months(plan: CampaignPlan, planner: Planner) -> tuple[PlanMonth, ...]:
    """The days of a plan as they are shown, by month."""
    return tuple(
        PlanMonth(*month, tuple(rows))
        for month, rows in groupby(_rows(plan, planner), key=attrgetter("day.year", "day.month"))
    )


def _rows(plan: CampaignPlan, planner: Planner) -> Iterator[PlanRow]:
    activities = dict(planner.planning.planner.activities)
    for entry in plan.entries:
        title = activities[entry.activity].title
        yield PlanRow(
            entry.day, entry.title, title if entry.step else "", planner.guides.get(entry.activity, "")
        )


def for_script(planner: Planner) -> Mapping[str, Iterable[object]]:
    """What the planner in the browser computes with: lists of texts and numbers. Days are ISO 8601."""
    file, holidays = planner.planning.planner, planner.planning.holidays
    return {
        "efforts": tuple((id, effort.months, effort.activities) for id, effort in file.efforts),
        "activities": tuple(
            {
                "id": id,
                "title": one.title,
                "what": one.what,
                "guide": planner.guides.get(id, ""),
                "weekday": one.weekday,
                "afterWeeks": one.after_weeks,
                "everyWeeks": one.every_weeks,
                "everyMonths": one.every_months,
                "month": one.month,
                "times": one.times,
                "steps": tuple((step.weeks, step.title, step.once) for step in one.steps),
            }
            for id, one in file.activities
        ),
        "known": (holidays.known_from.isoformat(), holidays.known_until.isoformat()),
        "holidays": tuple(
            (one.first.isoformat(), one.last.isoformat(), one.regions) for one in holidays.holidays
        ),
    }
