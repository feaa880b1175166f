"""An organisation's own campaign plan: what brand.yaml says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from microsite.content.campaign_plan import PlanRequest, make_plan
from microsite.content.planner_file import Planning, Region
from microsite.core.holidays import FIRST_YEAR, LAST_YEAR
from microsite.core.problems import Place, Problem, did_you_mean, text
from microsite.core.records import Record


class LocalPlan(Record):
    """When an organisation begins and what it does. ``effort`` and ``activities`` are ids in planner.yaml."""

    start: dt.date
    effort: str = ""
    activities: tuple[str, ...] = ()
    school_holidays: Region | None = None

    @property
    def request(self) -> PlanRequest:
        return PlanRequest(self.start, self.effort, self.activities, self.school_holidays)


def check_plan(plan: LocalPlan, places: Mapping[str, Place], planning: Planning | None) -> Iterator[Problem]:
    """What is wrong with a plan, or not as its writer may think. ``places`` are the positions of the keys."""
    if not FIRST_YEAR <= plan.start.year <= LAST_YEAR:
        message = text("a plan begins between {first} and {last}", first=FIRST_YEAR, last=LAST_YEAR)
        yield Problem(places["plan.start"], message, text("look at the year"))
        return
    if planning is None:
        message = text("there is no planner to make this plan with")
        hint = text("the campaign team makes one: {file}", file="content/planner.yaml")
        yield Problem(places["plan"], message, hint, "warning")
        return
    efforts, activities = dict(planning.planner.efforts), dict(planning.planner.activities)
    if plan.effort and plan.effort not in efforts:
        message = text(
            "there is no effort '{name}', so the plan has '{other}'",
            name=plan.effort,
            other=next(iter(efforts)),
        )
        yield Problem(places["plan.effort"], message, did_you_mean(plan.effort, efforts), "warning")
    for i, name in enumerate(plan.activities):
        if name not in activities:
            message = text("there is no activity '{name}', so it is not in the plan", name=name)
            place = places.get(f"plan.activities.{i}", places["plan"])
            yield Problem(place, message, did_you_mean(name, activities), "warning")
    made = make_plan(planning, plan.request)
    if not made.entries:
        message = text("nothing of this plan is before its end, {day}", day=made.end)
        hint = text("begin earlier, choose an effort that takes longer, or choose other activities")
        yield Problem(places["plan"], message, hint, "warning")
    if made.beyond:
        known = planning.holidays
        message = text("part of this plan is outside the years of which the school holidays are known")
        hint = text("they are known from {first} to {last}", first=known.known_from, last=known.known_until)
        yield Problem(places["plan.start"], message, hint, "notice")
