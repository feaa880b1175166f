"""The records of ``werkbladen.yaml``: what the worksheets of a campaign begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from microsite.content import schema
from microsite.content.files import Source
from microsite.content.worksheets import case, sroi
from microsite.content.worksheets.rules import YEARS, out_of_bounds
from microsite.core.problems import Place, Problem, errors, text
from microsite.core.records import Record

WORKSHEETS = "werkbladen.yaml"


class Rate(Record):
    """A discount rate that is in use, such as 0.0225, from a day on; ``note`` tells what it is for."""

    rate: Decimal
    title: str
    source: str
    valid_from: dt.date
    note: str = ""
    url: str = ""


class Sroi(Record):
    """The worksheet of a social return: the ``rates`` to choose from, and an example that is made up."""

    rates: tuple[Rate, ...]
    example: sroi.Sheet


class ListedTariff(Record):
    """What one ``unit`` costs in a list of prices."""

    what: str
    unit: str
    price: Decimal


class PriceList(Record):
    """A list of prices that visitors may use: all of ``price_year``. Without ``tariffs`` they look there."""

    title: str
    source: str
    price_year: int
    url: str = ""
    note: str = ""
    tariffs: tuple[ListedTariff, ...] = ()


class Cases(Record):
    """The worksheet of one case: ``lists`` of prices to choose from, and an example that is made up."""

    example: case.Case
    lists: tuple[PriceList, ...] = ()


class WorksheetsFile(Record):
    """The keys of werkbladen.yaml: a worksheet that is not in it is on no page."""

    sroi: Sroi | None = None
    case: Cases | None = None


def read_worksheets(source: Source | None) -> tuple[WorksheetsFile, tuple[Problem, ...]]:
    """What worksheets begin with, and problems; nothing when there is no file, or it cannot be used."""
    if source is None:
        return WorksheetsFile(), ()
    file, places, problems = schema.load(WorksheetsFile, source)
    if file is not None and file.sroi is not None:
        problems += tuple(_check_sroi(file.sroi, places))
    if file is not None and file.case is not None:
        problems += tuple(_check_case(file.case, places))
    if file is None or errors(problems):
        return WorksheetsFile(), problems
    return file, problems


def _check_sroi(given: Sroi, places: Mapping[str, Place]) -> Iterator[Problem]:
    if not given.rates:
        yield Problem(places["sroi.rates"], text("'{key}' is empty", key="rates"))
    for i, rate in enumerate(given.rates):
        if not 0 <= rate.rate < 1:
            message = text("'{key}' runs from {least} to {most}", key="rate", least=0, most=1)
            yield Problem(places[f"sroi.rates.{i}.rate"], message)
    yield from sroi.check(given.example, _within("sroi.example.", places))


def _check_case(given: Cases, places: Mapping[str, Place]) -> Iterator[Problem]:
    for i, prices in enumerate(given.lists):
        at = f"case.lists.{i}"
        yield from out_of_bounds([(f"{at}.price_year", prices.price_year, *YEARS)], places)
        for j, tariff in enumerate(prices.tariffs):
            yield from out_of_bounds([(f"{at}.tariffs.{j}.price", tariff.price, 0, case.DEAREST)], places)
    yield from case.check(given.example, _within("case.example.", places))


def _within(start: str, places: Mapping[str, Place]) -> Mapping[str, Place]:
    """The places of the keys in a part, as that part names them."""
    return {key.removeprefix(start): place for key, place in places.items() if key.startswith(start)}
