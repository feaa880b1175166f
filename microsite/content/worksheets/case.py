"""One case in two timelines: what happened, what would likely have happened, the difference by payer.

The sum is that of comparisons case by case, as in a session with the Effectencalculator::

    difference = sum of count * price in what would have happened - the same sum in what happened

Positive is what was not spent. What would have happened is an estimate with a least, a likely and a most. The
worksheet in the browser does the same (``assets/worksheets/case/10-case.js``). The cases in
``tests/content/worksheets/case.json`` hold them equal: a rule that changes here changes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Literal

from microsite.content.files import Source
from microsite.content.schema import load
from microsite.content.worksheets.persons import about_persons
from microsite.content.worksheets.rules import (
    YEARS,
    Bounds,
    Range,
    differences,
    later,
    out_of_bounds,
    out_of_order,
    same,
)
from microsite.core.problems import Place, Problem, errors, text
from microsite.core.records import Record

LONGEST = 120
"""The longest time that a case is about, in months."""

DEAREST = 10**6
"""The most that one unit costs, in euros."""

_MOST = 10**5
_ENDS = ("low", "likely", "high")


class Tariff(Record):
    """What one ``unit`` costs, such as an hour, in prices of ``price_year``."""

    what: str
    unit: str
    price: Decimal
    price_year: int
    source: str


class Activity(Record):
    """Something that happened. ``tariff`` is its number, from 1 on; 0 is an event without a price.

    With a price, ``payer`` paid ``count`` units, and ``source`` says where that stands.
    """

    when: str
    what: str
    tariff: int
    count: Decimal | None = None
    payer: str = ""
    source: str = ""


class Expected(Record):
    """Something that would have happened: as an :class:`Activity`, with a count that is not certain."""

    when: str
    what: str
    tariff: int
    count: Range | None = None
    payer: str = ""
    source: str = ""


class Case(Record):
    """A case that is filled in, without anything about a person. Both timelines are about ``months``.

    ``why`` is the reason to think that it would have gone as in ``otherwise``.
    """

    subject: str
    year: int
    months: int
    tariffs: tuple[Tariff, ...]
    happened: tuple[Activity, ...]
    otherwise: tuple[Expected, ...]
    why: str
    unpriced: str = ""
    learned: str = ""


class SavedCase(Case, kw_only=True):
    """A case as the page saves it. ``result`` is the difference that it says follows, once it is complete."""

    worksheet: Literal["case"] = "case"
    result: Range | None = None


class Share(Record):
    """What a payer, or all of them, spent and would have spent."""

    payer: str
    happened: Decimal
    otherwise: Range

    @property
    def difference(self) -> Range:
        other = self.otherwise
        return Range(other.low - self.happened, other.likely - self.happened, other.high - self.happened)


class Outcome(Record):
    """What follows from a case, in euros. The ``payers`` with the largest likely difference come first."""

    total: Share
    payers: tuple[Share, ...]


def calculate(case: Case) -> Outcome:
    """What follows from a case in which :func:`check` finds no problem."""
    names: dict[str, str] = {}
    for row in _rows(case):
        if row.tariff:
            names.setdefault(same(row.payer), row.payer.strip())
    shares = [
        Share(written, _spent(case, case.happened, name).likely, _spent(case, case.otherwise, name))
        for name, written in names.items()
    ]
    total = Share("", _spent(case, case.happened).likely, _spent(case, case.otherwise))
    return Outcome(total, tuple(sorted(shares, key=lambda share: -share.difference.likely)))


def _rows(case: Case) -> Iterator[Activity | Expected]:
    return chain(case.happened, case.otherwise)


def _spent(case: Case, rows: Iterable[Activity | Expected], name: str | None = None) -> Range:
    """What the rows cost: those of one payer, or all."""
    low = likely = high = Decimal(0)
    for row in rows:
        if row.tariff and row.count is not None and name in (None, same(row.payer)):
            price = case.tariffs[row.tariff - 1].price
            count = row.count if isinstance(row.count, Range) else Range(row.count, row.count, row.count)
            low += count.low * price
            likely += count.likely * price
            high += count.high * price
    return Range(low, likely, high)


def beyond(case: Case) -> tuple[str, ...]:
    """What is counted, and names a month after the period that the case is about."""
    return tuple(
        row.what
        for row in _rows(case)
        if row.tariff
        and any(
            max(int(number) for number in found if number) > case.months
            for found in _MONTHS.findall(row.when)
        )
    )


_MONTHS = re.compile(
    r"\bmaand(?:en)? +(\d{1,3})(?: *(?:-|–|t/m|tot en met|tot|en) *(\d{1,3}))?(?!\d)", re.I | re.A
)


# ── what is refused ──


def read_case(source: Source) -> tuple[SavedCase | None, tuple[Problem, ...]]:
    """The case in a saved file, and problems; None where nothing can be computed from it."""
    case, places, problems = load(SavedCase, source)
    if case is not None:
        problems += tuple(check(case, places))
    if case is not None and case.result is not None and not errors(problems):
        found = calculate(case).total.difference
        problems += tuple(differences(case.result, (found.low, found.likely, found.high), places))
    return (None if errors(problems) else case), problems


def check(case: Case, places: Mapping[str, Place]) -> Iterator[Problem]:
    """What keeps a difference from being told. ``places`` are the positions of the keys."""
    problems = [*about_persons(case, places, dated="tariffs."), *_check_values(case, places)]
    yield from problems
    if not problems and not any(row.tariff for row in _rows(case)):
        yield Problem(places["happened"], text("nothing in the two timelines has a price"))


def _check_values(case: Case, places: Mapping[str, Place]) -> Iterator[Problem]:
    for name in ("tariffs", "happened", "otherwise"):
        if not getattr(case, name):
            yield Problem(places[name], text("'{key}' is empty", key=name))
    yield from out_of_bounds(_bounds(case), places)
    for i, tariff in enumerate(case.tariffs):
        yield from later(tariff.price_year, case.year, places[f"tariffs.{i}.price_year"])
    yield from _check_rows("happened", case.happened, places)
    yield from _check_rows("otherwise", case.otherwise, places)
    yield from _check_twice(case, places)


def _check_rows(
    name: str, rows: Iterable[Activity | Expected], places: Mapping[str, Place]
) -> Iterator[Problem]:
    for i, row in enumerate(rows):
        at = f"{name}.{i}"
        for key in ("count", "payer", "source") if row.tariff else ():
            if getattr(row, key) in (None, ""):
                yield Problem(places.get(f"{at}.{key}", places[at]), text("'{key}' is empty", key=key))
        if isinstance(row.count, Range):
            yield from out_of_order(row.count, places[f"{at}.count"])


def _check_twice(case: Case, places: Mapping[str, Place]) -> Iterator[Problem]:
    told: set[tuple[str, ...]] = set()
    for name in ("tariffs", "happened", "otherwise"):
        for i, row in enumerate(getattr(case, name)):
            keys = (
                ("what", "unit", "price_year") if name == "tariffs" else ("when", "what", "tariff", "payer")
            )
            line = name, *(same(str(getattr(row, key))) for key in keys)
            if line in told:
                yield Problem(places[f"{name}.{i}.what"], text("this is already there: put it in once"))
            told.add(line)


def _bounds(case: Case) -> Iterator[Bounds]:
    """Each number of a case."""
    yield "year", case.year, *YEARS
    yield "months", case.months, 1, LONGEST
    for i, tariff in enumerate(case.tariffs):
        yield f"tariffs.{i}.price", tariff.price, 0, DEAREST
        yield f"tariffs.{i}.price_year", tariff.price_year, *YEARS
    for i, activity in enumerate(case.happened):
        yield f"happened.{i}.tariff", activity.tariff, 0, len(case.tariffs)
        if activity.count is not None:
            yield f"happened.{i}.count", activity.count, 0, _MOST
    for i, expected in enumerate(case.otherwise):
        yield f"otherwise.{i}.tariff", expected.tariff, 0, len(case.tariffs)
        if expected.count is not None:
            for end in _ENDS:
                yield f"otherwise.{i}.count.{end}", getattr(expected.count, end), 0, _MOST
