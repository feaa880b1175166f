"""The records of ``planner.yaml`` and ``vakanties.yaml``, from which local campaign plans are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from microsite.content import schema
from microsite.content.files import Source
from microsite.core.problems import Place, Problem, did_you_mean, errors, text
from microsite.core.records import Record

PLANNER, HOLIDAYS = "planner.yaml", "vakanties.yaml"

Region = Literal["noord", "midden", "zuid"]
REGIONS: tuple[Region, ...] = get_args(Region)
"""The regions over which the government spreads the school holidays."""

Weekday = Literal["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

LONGEST = 36
"""The longest plan, in months."""


class Step(Record):
    """What has to be done ``weeks`` before (negative) or after an activity; ``once``: only the first time."""

    weeks: int
    title: str
    once: bool = False


class Activity(Record):
    """Something to do on a ``weekday``, from ``after_weeks`` after the beginning of a plan on.

    It comes back ``every_weeks``, ``every_months`` or each year in a ``month``, at most ``times``
    (0: as often as the plan is long), or is done once. ``page`` is the guide that tells how.
    """

    title: str
    what: str
    weekday: Weekday
    page: str = ""
    after_weeks: int = 0
    every_weeks: int = 0
    every_months: int = 0
    month: int = 0
    times: int = 0
    steps: tuple[Step, ...] = ()


class Effort(Record):
    """How much is done: the length of the plan, and the activities that are in it when nobody chooses."""

    title: str
    what: str
    months: int
    activities: tuple[str, ...]


class PlannerFile(Record):
    """The keys of planner.yaml. The first of ``efforts`` is what a plan has that does not say."""

    efforts: tuple[tuple[str, Effort], ...]
    activities: tuple[tuple[str, Activity], ...]


class HolidaySource(Record):
    title: str
    publisher: str
    url: str = ""


class SchoolHoliday(Record):
    """A school holiday, from its ``first`` to its ``last`` day. ``mandatory``: schools may not deviate."""

    name: str
    first: dt.date
    last: dt.date
    regions: tuple[Region, ...]
    mandatory: bool


class HolidaysFile(Record):
    """The keys of vakanties.yaml. All holidays between ``known_from`` and ``known_until`` are in it."""

    source: HolidaySource
    checked_on: dt.date
    known_from: dt.date
    known_until: dt.date
    holidays: tuple[SchoolHoliday, ...]


class Planning(Record):
    """What plans are made from. ``places`` are the positions of the keys of planner.yaml."""

    planner: PlannerFile
    holidays: HolidaysFile
    places: Mapping[str, Place] = {}


def read_planning(
    planner: Source | None, holidays: Source | None
) -> tuple[Planning | None, tuple[Problem, ...]]:
    """What plans are made from, and problems; None without planner.yaml, or when one cannot be read."""
    if planner is None:
        return None, ()
    if holidays is None:
        message = text("there is no {file} here", file=HOLIDAYS)
        return None, (Problem(Place(planner.name), message, text("a plan skips the school holidays in it")),)
    file, places, problems = schema.load(PlannerFile, planner)
    free, free_places, free_problems = schema.load(HolidaysFile, holidays)
    problems = (*problems, *free_problems)
    if file is not None:
        problems += tuple(_check_planner(file, places))
    if free is not None:
        problems += tuple(_check_holidays(free, free_places))
    if file is None or free is None or errors(problems):
        return None, problems
    return Planning(file, free, places), problems


def _check_planner(file: PlannerFile, places: Mapping[str, Place]) -> Iterator[Problem]:
    for key in ("efforts", "activities"):
        if not getattr(file, key):
            yield Problem(places[key], text("'{key}' is empty", key=key))
    known = dict(file.activities)
    for id, effort in file.efforts:
        if not 1 <= effort.months <= LONGEST:
            message = text("a plan is from 1 to {most} months long", most=LONGEST)
            yield Problem(places[f"efforts.{id}.months"], message)
        for i, name in enumerate(effort.activities):
            if name not in known:
                message = text("there is no activity '{name}' in this file", name=name)
                yield Problem(places[f"efforts.{id}.activities.{i}"], message, did_you_mean(name, known))
    for id, activity in file.activities:
        yield from _check_activity(activity, f"activities.{id}", places)


def _check_activity(activity: Activity, key: str, places: Mapping[str, Place]) -> Iterator[Problem]:
    rhythms = [name for name in ("every_weeks", "every_months", "month") if getattr(activity, name)]
    if len(rhythms) > 1:
        message = text("'{one}' and '{other}' do not go together", one=rhythms[0], other=rhythms[1])
        yield Problem(places[f"{key}.{rhythms[1]}"], message, text("leave out one of the two"))
    for name, least, most in _BOUNDS:
        if not least <= getattr(activity, name) <= most:
            message = text("'{key}' runs from {least} to {most}", key=name, least=least, most=most)
            yield Problem(places[f"{key}.{name}"], message)
    for i, step in enumerate(activity.steps):
        place = places[f"{key}.steps.{i}.weeks"]
        if not -_WEEKS <= step.weeks <= _WEEKS or not step.weeks:
            message = text("a step is from 1 to {most} weeks before (-) or after the activity", most=_WEEKS)
            yield Problem(place, message)
        elif -step.weeks > activity.after_weeks:
            message = text("this step would be before the beginning of the plan")
            hint = text("write: {line}", line=f"after_weeks: {-step.weeks}")
            yield Problem(place, message, hint)


_WEEKS = 52
_BOUNDS = (
    ("after_weeks", 0, _WEEKS),
    ("every_weeks", 0, _WEEKS),
    ("every_months", 0, 12),
    ("month", 0, 12),
    ("times", 0, 99),
)


def _check_holidays(file: HolidaysFile, places: Mapping[str, Place]) -> Iterator[Problem]:
    if file.known_until <= file.known_from:
        message = text("'{key}' is not after '{other}'", key="known_until", other="known_from")
        yield Problem(places["known_until"], message)
    for i, holiday in enumerate(file.holidays):
        if holiday.last < holiday.first:
            message = text("'{key}' is before '{other}'", key="last", other="first")
            yield Problem(places[f"holidays.{i}.last"], message)
        elif (holiday.last - holiday.first).days > _LONGEST_HOLIDAY:
            message = text("a holiday of {days} days", days=(holiday.last - holiday.first).days + 1)
            yield Problem(places[f"holidays.{i}.last"], message, text("look at the year of both days"))
        if not holiday.regions:
            yield Problem(places[f"holidays.{i}.regions"], text("'{key}' is empty", key="regions"))


_LONGEST_HOLIDAY = 70
