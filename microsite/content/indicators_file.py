"""The records of ``indicatoren.yaml``: examples of what a team can measure, and what each costs in hours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from microsite.content import schema
from microsite.content.files import Source
from microsite.core.problems import Place, Problem, did_you_mean, errors, text
from microsite.core.records import Record

INDICATORS = "indicatoren.yaml"

ADVISED = 5
"""How many indicators a team can keep up, and still talk about."""

Chain = Literal["input", "output", "outcome"]

Form = Literal["tellen", "vragen", "verhaal"]
"""How one gets to know: by counting, by a question, or in somebody's own words."""

Frequency = Literal["kwartaal", "halfjaar", "jaar"]
QUARTERS: Mapping[Frequency, int] = {"kwartaal": 1, "halfjaar": 2, "jaar": 4}
"""After how many quarters one measures again."""

Direction = Literal["omhoog", "omlaag", "bespreken"]

Per = Literal["mens", "bijeenkomst", "vrijwilliger", "jaar"]


class Reach(Record):
    """How many there are in a year of what an indicator is asked of, or counted at."""

    people: int
    meetings: int
    volunteers: int

    def of(self, per: Per) -> int:
        return {"mens": self.people, "bijeenkomst": self.meetings, "vrijwilliger": self.volunteers}.get(
            per, 1
        )


class Effort(Record):
    """What an indicator asks of a team: ``minutes``, so many ``times`` a year ``per`` one of the ``Reach``.

    ``fixed`` are the hours a year to prepare it, to work it out and to talk about it.
    """

    per: Per
    minutes: int
    times: int = 1
    fixed: int = 0


class Measure(Record):
    """Something to measure. A share has a ``numerator`` and a ``denominator``; ``source`` is how one gets it.

    ``direction`` is where one hopes that it goes; ``caution`` what it does not say.
    """

    name: str
    chain: Chain
    definition: str
    source: str
    who: str
    frequency: Frequency
    effort: Effort
    form: Form = "tellen"
    numerator: str = ""
    denominator: str = ""
    direction: Direction = "bespreken"
    caution: str = ""


class Indicator(Measure, kw_only=True):
    """An example of the library, with a ``goal`` and ``fields`` of it.

    Of two that have the same ``measures`` one is enough.
    """

    goal: str
    fields: tuple[str, ...]
    caution: str
    measures: str = ""


class IndicatorsFile(Record):
    """The keys of indicatoren.yaml. Hours are reckoned with ``reach`` until somebody says otherwise."""

    reach: Reach
    goals: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    indicators: tuple[tuple[str, Indicator], ...]


def hours(effort: Effort, reach: Reach) -> int:
    """The hours a year that an indicator takes; a part of an hour is one. The script does the same."""
    return effort.fixed + -(-effort.minutes * effort.times * reach.of(effort.per) // 60)


def read_indicators(source: Source | None) -> tuple[IndicatorsFile | None, tuple[Problem, ...]]:
    """The library, and problems; None when there is no file, or it cannot be used."""
    if source is None:
        return None, ()
    file, places, problems = schema.load(IndicatorsFile, source)
    if file is not None:
        problems += tuple(_check(file, places))
    return (None if errors(problems) else file), problems


def _check(file: IndicatorsFile, places: Mapping[str, Place]) -> Iterator[Problem]:
    for key in ("goals", "fields", "indicators"):
        if not getattr(file, key):
            yield Problem(places[key], text("'{key}' is empty", key=key))
    yield from check_reach({key: getattr(file.reach, key) for key in REACHED}, "reach", places)
    goals, fields = dict(file.goals), dict(file.fields)
    for id, one in file.indicators:
        key = f"indicators.{id}"
        if not _ID.fullmatch(id):
            hint = text("write the name in small letters, digits and hyphens: it is in addresses too")
            yield Problem(places[key], text("'{name}' cannot be the name of an indicator", name=id), hint)
        if one.goal not in goals:
            message = text("there is no goal '{name}' in this file", name=one.goal)
            yield Problem(places[f"{key}.goal"], message, did_you_mean(one.goal, goals))
        if not one.fields:
            yield Problem(places[f"{key}.fields"], text("'{key}' is empty", key="fields"))
        for i, field in enumerate(one.fields):
            if field not in fields:
                message = text("there is no field of work '{name}' in this file", name=field)
                yield Problem(places[f"{key}.fields.{i}"], message, did_you_mean(field, fields))
        yield from check_measure(one, key, places)


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

REACHED = ("people", "meetings", "volunteers")
MOST = 100_000


def check_reach(
    values: Mapping[str, int], key: str, places: Mapping[str, Place], needed: bool = True
) -> Iterator[Problem]:
    """What is wrong with numbers of people, meetings and volunteers: without ``needed`` 0 is none."""
    for name, value in values.items():
        if not 1 <= value <= MOST and (value or needed):
            message = text("'{key}' runs from {least} to {most}", key=name, least=1, most=MOST)
            yield Problem(places.get(f"{key}.{name}", places[key]), message)


def check_measure(measure: Measure, key: str, places: Mapping[str, Place]) -> Iterator[Problem]:
    """What is wrong with something to measure, whose keys are below this one."""
    for one, other in (("numerator", "denominator"), ("denominator", "numerator")):
        if getattr(measure, one) and not getattr(measure, other):
            message = text("'{one}' goes with '{other}', and that is not there", one=one, other=other)
            hint = text("a share needs both: what you count, and out of how many")
            yield Problem(places[f"{key}.{one}"], message, hint)
    for name, least, most in _BOUNDS:
        if not least <= getattr(measure.effort, name) <= most:
            message = text("'{key}' runs from {least} to {most}", key=name, least=least, most=most)
            yield Problem(places.get(f"{key}.effort.{name}", places[f"{key}.effort"]), message)
    if measure.effort.per == "bijeenkomst" and measure.effort.times != 1:
        message = text("'{one}' and '{other}' do not go together", one="times", other="per: bijeenkomst")
        hint = text("how many meetings there are is told elsewhere; leave 'times' out")
        yield Problem(places[f"{key}.effort.times"], message, hint)


_BOUNDS = (("minutes", 0, 600), ("times", 1, 366), ("fixed", 0, 1000))
