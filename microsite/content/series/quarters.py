"""Quarters of a year: how they are written, when they begin and end, and the weeks in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from microsite.core.records import Record

YEARS = 1900, 2999
"""The first and last year that a quarter can be of."""


class Quarter(Record, order=True):
    """A quarter of a year; ``number`` is from 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-K{self.number}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> dt.date:
        return self.plus(1).first - dt.timedelta(days=1)

    def plus(self, quarters: int) -> Quarter:
        """The quarter that is so many later; earlier when it is negative."""
        year, number = divmod(4 * self.year + self.number - 1 + quarters, 4)
        return Quarter(year, number + 1)

    def until(self, other: Quarter) -> int:
        """How many quarters ``other`` is later than this one."""
        return 4 * (other.year - self.year) + other.number - self.number

    def weeks(self) -> Iterator[tuple[dt.date, dt.date]]:
        """The weeks of the quarter, as their first and last day: from Monday, as far as they are in it."""
        day = self.first
        while day <= self.last:
            end = min(day + dt.timedelta(days=6 - day.weekday()), self.last)
            yield day, end
            day = end + dt.timedelta(days=1)


def quarter_of(day: dt.date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


_YEAR_FIRST = re.compile(r"(\d{4})[ -]?[kq]([1-4])", re.I | re.A)
_YEAR_LAST = re.compile(r"[kq]([1-4])[ -]?(\d{4})", re.I | re.A)


def parse_quarter(written: str) -> Quarter | None:
    """The quarter that is written as ``2026-K3``, or as ``2026Q3`` or ``K3 2026``; None for anything else."""
    found = _YEAR_FIRST.fullmatch(written)
    year, number = found.groups() if found else ("", "")
    if (found := _YEAR_LAST.fullmatch(written)) is not None:
        number, year = found.groups()
    if not year or not YEARS[0] <= int(year) <= YEARS[1]:
        return None
    return Quarter(int(year), int(number))


_MEANT = (
    re.compile(r"(?P<year>\d{4})\W{1,3}(?P<number>[1-4])", re.A),
    re.compile(r"(?P<number>[1-4])\W{1,3}(?P<year>\d{4})", re.A),
    re.compile(r"(?P<number>[1-4])e? ?(?:kwartaal|kw\.?)(?: van)?,? ?(?P<year>\d{4})", re.I | re.A),
)


def meant_quarter(written: str) -> Quarter | None:
    """The quarter that seems to be meant, as with ``2026-3`` or ``3e kwartaal 2026``: only to propose."""
    found = next(filter(None, (pattern.fullmatch(written.strip()) for pattern in _MEANT)), None)
    return parse_quarter(f"{found['year']}-K{found['number']}") if found else None
