"""What holds on every worksheet: amounts by who has them, and what is refused of numbers.

The worksheets in the browser do the same (``assets/worksheets/10-sheet.js`` and the rules of each).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record

YEARS = (1990, 2100)
"""The first and the last year that a worksheet may be about."""

NOISE = Decimal("1e-6")
"""What a number may differ by from another and still be it: the browser computes in floating point."""

Bounds = tuple[str, Decimal | int, int, int]
"""A number by its key, with the least and the most that it may be."""


class Range(Record):
    """At the least, likely, and at the most: of a count as it is filled in, or of what follows."""

    low: Decimal
    likely: Decimal
    high: Decimal


def by_name(amounts: Iterable[tuple[str, Decimal]]) -> tuple[tuple[str, Decimal], ...]:
    """The sum of each name, the largest first, however it is written: "De gemeente " is "gemeente"."""
    names: dict[str, str] = {}
    total: defaultdict[str, Decimal] = defaultdict(Decimal)
    for written, amount in amounts:
        name = same(written)
        names.setdefault(name, written.strip())
        total[name] += amount
    ordered = sorted(total.items(), key=lambda one: one[1], reverse=True)
    return tuple((names[name], amount) for name, amount in ordered)


def same(written: str) -> str:
    """What is equal for two that are one, but for capitals, spaces and an article before it."""
    return _ARTICLE.sub("", " ".join(written.lower().split()))


_ARTICLE = re.compile("^(?:de|het|een) ")


def out_of_bounds(bounds: Iterable[Bounds], places: Mapping[str, Place]) -> Iterator[Problem]:
    for key, value, least, most in bounds:
        if not least <= value <= most:
            name = key.rpartition(".")[2]
            yield Problem(
                places[key], text("'{key}' runs from {least} to {most}", key=name, least=least, most=most)
            )


def out_of_order(count: Range, place: Place) -> Iterator[Problem]:
    if not count.low <= count.likely <= count.high:
        yield Problem(place, text("the least, the likely and the most are not in this order"))


def later(price_year: int, year: int, place: Place) -> Iterator[Problem]:
    """Prices of a year after the one that is reckoned in. One out of bounds is told itself."""
    if YEARS[0] <= year < price_year <= YEARS[1]:
        yield Problem(place, text("this is after the year of the worksheet"))


def differences(told: Range, found: Iterable[Decimal], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Where the ``result`` that a saved file tells is not what follows from it (low, likely, high)."""
    for name, value in zip(("low", "likely", "high"), found, strict=True):
        if abs(getattr(told, name) - value) > _PRECISION * max(Decimal(1), abs(value) * NOISE):
            message = text("computed from this sheet, it is {ratio}", ratio=f"{value:.4f}")
            yield Problem(
                places[f"result.{name}"], message, text("open it in the worksheet, and save it again")
            )


_PRECISION = Decimal("0.0001")
