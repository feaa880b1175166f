"""What an organisation measures: what brand.yaml says of it, and the measuring plan that follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from microsite.content.indicators_file import (
    ADVISED,
    QUARTERS,
    REACHED,
    Frequency,
    IndicatorsFile,
    Measure,
    Reach,
    check_measure,
    check_reach,
    hours,
)
from microsite.content.personal_data import find
from microsite.core.holidays import FIRST_YEAR, LAST_YEAR
from microsite.core.problems import Place, Problem, did_you_mean, text
from microsite.core.records import Record


class LocalIndicators(Record):
    """The indicators of an organisation: ids of the library in ``chosen``, and ``own`` ones in full.

    The quarter of ``start`` is that of the first measurement. A number that is 0 is the library's.
    """

    start: dt.date
    chosen: tuple[str, ...] = ()
    own: tuple[Measure, ...] = ()
    people: int = 0
    meetings: int = 0
    volunteers: int = 0


class Measured(Record):
    """Something that an organisation measures, and the hours a year that it takes.

    ``again`` is the first day of the quarter after the first in which it is measured.
    """

    measure: Measure
    hours: int
    again: dt.date


class Measuring(Record):
    """A measuring plan. ``first`` is the first day of the quarter of the zero measurement.

    ``reach`` is what the hours are reckoned with.
    """

    first: dt.date
    reach: Reach
    measures: tuple[Measured, ...]

    @property
    def hours(self) -> int:
        """The hours a year that all takes."""
        return sum(one.hours for one in self.measures)


_REACH = Reach(100, 40, 20)
"""What hours are reckoned with where there is no library."""


def measuring_of(local: LocalIndicators, library: IndicatorsFile | None) -> Measuring | None:
    """The measuring plan of an organisation; None when nothing is left to measure."""
    known = dict(library.indicators) if library is not None else {}
    usual = library.reach if library is not None else _REACH
    reach = Reach(*(getattr(local, key) or getattr(usual, key) for key in REACHED))
    chosen = [known[id] for id in dict.fromkeys(local.chosen) if id in known]
    first = local.start.replace(month=(local.start.month - 1) // 3 * 3 + 1, day=1)
    measures = tuple(
        Measured(one, hours(one.effort, reach), _after(first, one.frequency)) for one in (*chosen, *local.own)
    )
    return Measuring(first, reach, measures) if measures else None


def _after(first: dt.date, frequency: Frequency) -> dt.date:
    years, month = divmod(first.month - 1 + 3 * QUARTERS[frequency], 12)
    return first.replace(year=min(first.year + years, dt.MAXYEAR), month=month + 1)


def check_indicators(
    local: LocalIndicators, places: Mapping[str, Place], library: IndicatorsFile | None
) -> Iterator[Problem]:
    """What is wrong with it, or not as its writer may think. ``places`` are the positions of the keys."""
    here = places["indicators"]
    if not FIRST_YEAR <= local.start.year <= LAST_YEAR:
        message = text("a measuring plan begins between {first} and {last}", first=FIRST_YEAR, last=LAST_YEAR)
        yield Problem(places["indicators.start"], message, text("look at the year"))
    given = {key: getattr(local, key) for key in REACHED}
    yield from check_reach(given, "indicators", places, needed=False)
    for i, one in enumerate(local.own):
        yield from check_measure(one, f"indicators.own.{i}", places)
        if (personal := next(find(one.who), None)) is not None:
            hint = text("name the work and no person, such as: the coordinator")
            yield Problem(places[f"indicators.own.{i}.who"], personal.message, hint)
    if library is None and local.chosen:
        message = text("there is no library of indicators to choose from")
        hint = text("the campaign team makes one: {file}", file="content/indicatoren.yaml")
        yield Problem(places["indicators.chosen"], message, hint, "warning")
        return
    known = dict(library.indicators) if library is not None else {}
    seen = set[str]()
    for i, id in enumerate(local.chosen):
        place = places.get(f"indicators.chosen.{i}", here)
        if id not in known:
            message = text("there is no indicator '{name}', so it is not in the measuring plan", name=id)
            yield Problem(place, message, did_you_mean(id, known), "warning")
        elif id in seen:
            message = text("the indicator '{name}' is here twice, and counts once", name=id)
            yield Problem(place, message, text("take one of the two away"), "warning")
        seen.add(id)
    if seen or local.own:
        yield from _advice(local, here, library)
    elif "indicators.own" not in places:
        message = text("this plan has no indicators, so there is none")
        yield Problem(here, message, text("name some in 'chosen', or write one in 'own'"), "warning")


def _advice(local: LocalIndicators, here: Place, library: IndicatorsFile | None) -> Iterator[Problem]:
    """What an organisation may want to know of all that it measures together."""
    measuring = measuring_of(local, library)
    if measuring is None:
        return
    count = len(measuring.measures)
    if count > ADVISED:
        message = text(
            "{count} indicators take {hours} hours a year; choose at most {most}",
            count=count,
            hours=measuring.hours,
            most=ADVISED,
        )
        hint = text("with more figures nobody finds the time to talk about them")
        yield Problem(here, message, hint, "warning")
    if all(one.measure.chain != "outcome" for one in measuring.measures):
        message = text("none of these indicators says what changes for people")
        yield Problem(here, message, text("choose one whose 'chain' is outcome as well"), "warning")
