"""The records of ``werkbladen.yaml``: what the worksheets of a campaign begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from microsite.content import schema
from microsite.content.files import Source
from microsite.content.worksheets.sroi import Sheet, check
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
    example: Sheet


class WorksheetsFile(Record):
    """The keys of werkbladen.yaml: a worksheet that is not in it is on no page."""

    sroi: Sroi | None = None


def read_worksheets(source: Source | None) -> tuple[WorksheetsFile, tuple[Problem, ...]]:
    """What worksheets begin with, and problems; nothing when there is no file, or it cannot be used."""
    if source is None:
        return WorksheetsFile(), ()
    file, places, problems = schema.load(WorksheetsFile, source)
    if file is not None and file.sroi is not None:
        problems += tuple(_check_sroi(file.sroi, places))
    if file is None or errors(problems):
        return WorksheetsFile(), problems
    return file, problems


def _check_sroi(sroi: Sroi, places: Mapping[str, Place]) -> Iterator[Problem]:
    if not sroi.rates:
        yield Problem(places["sroi.rates"], text("'{key}' is empty", key="rates"))
    for i, rate in enumerate(sroi.rates):
        if not 0 <= rate.rate < 1:
            message = text("'{key}' runs from {least} to {most}", key="rate", least=0, most=1)
            yield Problem(places[f"sroi.rates.{i}.rate"], message)
    start = "sroi.example."
    inner = {key.removeprefix(start): place for key, place in places.items() if key.startswith(start)}
    yield from check(sroi.example, inner)
