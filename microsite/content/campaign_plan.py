"""A local campaign plan: from a beginning, an effort and activities to a list of days.

The planner in the browser does the same (``assets/planner/10-plan.js``). The plans in
``tests/content/planner/vectors.json`` hold them equal: a rule that changes here changes there.

- Weeks in a school holiday do not count: a rhythm of two weeks goes on where it was, and so does what comes
  some weeks before or after an activity.
- What comes back by the month keeps its weekday of the month. In a holiday it moves to the first week after
  it, and is left out when the next one is near: less than half a rhythm away.
- From a public holiday it moves to the nearest day of that week on which people work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from microsite.content.planner_file import REGIONS, WEEKDAYS, Activity, Planning, Region
from microsite.core.holidays import public_holidays
from microsite.core.records import Record

_WEEK = dt.timedelta(days=7)
_NEAREST = (-1, 1, -2, 2, -3, 3, -4, 4)
_LAST_SAFE_DAY = 28
"""The last day that every month has."""


class PlanRequest(Record):
    """What somebody chose. Without ``region``, the school holidays of all regions are skipped.

    ``effort`` and ``activities`` are ids in planner.yaml; those that are not there are passed over. Without
    ``activities`` the plan has those of its effort.
    """

    start: dt.date
    effort: str = ""
    activities: tuple[str, ...] = ()
    region: Region | None = None


class Entry(Record):
    """Something to do on a ``day``: the activity itself (``step`` is 0), or a step of it, counted from 1.

    ``number`` counts how often the activity was there, from 1.
    """

    day: dt.date
    activity: str
    number: int
    step: int
    title: str


class CampaignPlan(Record):
    """The days of a plan in order. ``beyond``: part of it is where no school holidays are known."""

    request: PlanRequest
    end: dt.date
    entries: tuple[Entry, ...]
    beyond: bool


def make_plan(planning: Planning, request: PlanRequest) -> CampaignPlan:
    """The plan that somebody asked for."""
    planner, holidays = planning.planner, planning.holidays
    efforts = dict(planner.efforts)
    effort = efforts.get(request.effort, planner.efforts[0][1])
    wanted = request.activities or effort.activities
    calendar = _Calendar(planning, request.region)
    begin = calendar.first_workday(request.start)
    end = _months_later(request.start, effort.months)
    found = [
        (entry.day, order, entry)
        for order, (id, activity) in enumerate(planner.activities)
        if id in wanted
        for entry in _entries(id, activity, calendar, begin, end)
    ]
    entries = tuple(
        entry for *_, entry in sorted(found, key=lambda row: (row[:2], row[2].number, row[2].step))
    )
    last = max((entry.day for entry in entries), default=end)
    beyond = request.start < holidays.known_from or max(last, end) > holidays.known_until
    return CampaignPlan(request, end, entries, beyond)


def first_of_quarter(day: dt.date) -> dt.date:
    """The first Monday of the quarter after the one with this day: when a plan of nobody begins."""
    month = (day.month - 1) // 3 * 3 + 4
    return _on_or_after(dt.date(day.year + month // 13, month % 12, 1), 0)


def _entries(
    id: str, activity: Activity, calendar: _Calendar, begin: dt.date, end: dt.date
) -> Iterator[Entry]:
    """The days of one activity, as often as it is in the plan, and of its steps."""
    days = _rhythm(activity, calendar, begin, end)
    for number, day in enumerate(days[: activity.times or None], start=1):
        yield Entry(calendar.workday(day), id, number, 0, activity.title)
        for i, step in enumerate(activity.steps, start=1):
            if not step.once or number == 1:
                at = max(calendar.weeks_later(day, step.weeks), begin)
                yield Entry(calendar.workday(at), id, number, i, step.title)


def _rhythm(activity: Activity, calendar: _Calendar, begin: dt.date, end: dt.date) -> list[dt.date]:
    """The days on which an activity comes back, up to the end of the plan."""
    weekday = WEEKDAYS.index(activity.weekday)
    first = calendar.working_week(_on_or_after(calendar.weeks_later(begin, activity.after_weeks), weekday))
    days = [first]
    if activity.month:
        years = range(begin.year, end.year + 1)
        yearly = (calendar.working_week(_on_or_after(dt.date(y, activity.month, 1), weekday)) for y in years)
        days = [day for day in yearly if day >= first]
    elif activity.every_weeks:
        while days[-1] <= end:
            days.append(calendar.weeks_later(days[-1], activity.every_weeks))
    elif activity.every_months:
        days = _monthly(first, activity.every_months, calendar, end)
    return [day for day in days if day <= end]


def _monthly(first: dt.date, every: int, calendar: _Calendar, end: dt.date) -> list[dt.date]:
    nth = min((first.day - 1) // 7, 3)
    days = [first]
    while days[-1] <= end:
        month = _months_later(first.replace(day=1), every * len(days))
        days.append(calendar.working_week(_on_or_after(month, first.weekday()) + nth * _WEEK))
    near = every * 2 * _WEEK
    return [day for day, following in pairwise(days) if following - day >= near] or days[:1]


class _Calendar:
    """On which days there is work, with the school holidays of a region, or of all."""

    def __init__(self, planning: Planning, region: Region | None) -> None:
        self._planning = planning
        self._regions = {*REGIONS} if region is None else {region}

    @cached_property
    def _holidays(self) -> tuple[tuple[dt.date, dt.date], ...]:
        given = self._planning.holidays.holidays
        return tuple((one.first, one.last) for one in given if not self._regions.isdisjoint(one.regions))

    def working_week(self, day: dt.date) -> dt.date:
        """This day, or the same weekday of the first week that is no holiday."""
        while self._in_holiday(day):
            day += _WEEK
        return day

    def first_workday(self, day: dt.date) -> dt.date:
        """This day, or the first after it on which there is work."""
        while self._in_holiday(day) or not self._is_workday(day):
            day += dt.timedelta(days=1)
        return day

    def weeks_later(self, day: dt.date, weeks: int) -> dt.date:
        """The day so many weeks later, or earlier if negative, without the weeks of holidays."""
        step = _WEEK if weeks > 0 else -_WEEK
        for _ in range(abs(weeks)):
            day += step
            while self._in_holiday(day):
                day += step
        return day

    def workday(self, day: dt.date) -> dt.date:
        """This day, or the nearest of its week that is neither a public holiday nor in a weekend."""
        if self._is_workday(day):
            return day
        week = day.isocalendar()[:2]
        near = (day + dt.timedelta(days=days) for days in _NEAREST)
        return next((one for one in near if one.isocalendar()[:2] == week and self._is_workday(one)), day)

    def _in_holiday(self, day: dt.date) -> bool:
        return any(first <= day <= last for first, last in self._holidays)

    @staticmethod
    def _is_workday(day: dt.date) -> bool:
        return day.weekday() < 5 and day not in public_holidays(day.year)


def _on_or_after(day: dt.date, weekday: int) -> dt.date:
    return day + dt.timedelta(days=(weekday - day.weekday()) % 7)


def _months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, min(day.day, _LAST_SAFE_DAY))
