"""The pages of what an organisation counts: its figures by quarter, their tables, sheets to tally on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from microsite.content.kinds import SERIES, TALLY
from microsite.content.series.file import Series
from microsite.content.series.quarters import quarter_of
from microsite.core.languages import MONTHS
from microsite.core.problems import text
from microsite.core.records import Record
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.views import NavLink
from microsite.site.context import SiteContext
from microsite.site.links import OWN_FIGURES
from microsite.site.series import TABLE_HEAD, SeriesView, quarter_name, series_view, table_rows

_FOLDER = OWN_FIGURES.removesuffix(".html")


class Week(Record):
    """A week of a quarter, with its number (ISO 8601) and the days of it that are in the quarter."""

    number: int
    first: dt.date
    last: dt.date


class Files(Record):
    """What belongs to a series: a table to download, and sheets to tally on, with their quarters."""

    view: SeriesView
    table: str
    sheets: tuple[tuple[str, str], ...]


def series_files(context: SiteContext) -> Iterator[Artifact]:
    """The page of all series first, then the files of each; nothing without series.

    There are sheets to tally on for the quarter of today and the next one.
    """
    series, day = context.library.series, context.library.day
    if not series:
        return
    language, say = context.language, context.translate
    head, months = tuple(map(say, TABLE_HEAD)), tuple(map(say, MONTHS))
    quarters = (quarter_of(day), quarter_of(day).plus(1))
    yield context.generated(
        OWN_FIGURES,
        SERIES,
        "",
        say(text("Our figures")),
        say(text("What we count ourselves, by quarter.")),
        series=tuple(
            Files(
                series_view(one, say, language),
                _table(one),
                tuple((quarter_name(quarter, say), _sheet(one, i)) for i, quarter in enumerate(quarters)),
            )
            for one in series
        ),
    )
    for one in series:
        rows = table_rows(one, say, language)
        yield artifact(_table(one), recipes.table, rows=rows, head=head, language=language)
        crumbs = (*context.crumbs(""), NavLink(say(text("Our figures")), OWN_FIGURES, ours=True))
        for i, quarter in enumerate(quarters):
            yield context.generated(
                _sheet(one, i),
                TALLY,
                "",
                say(text("Tally sheet: {title}", title=one.counting.title)),
                quarter_name(quarter, say),
                crumbs=crumbs,
                counting=one.counting,
                quarter=str(quarter),
                months=months,
                last=quarter.last,
                weeks=tuple(Week(first.isocalendar().week, first, last) for first, last in quarter.weeks()),
            )


def _table(series: Series) -> str:
    return f"{_FOLDER}/{series.id}.csv"


def _sheet(series: Series, later: int) -> str:
    return f"{_FOLDER}/{series.id}-turflijst{'-volgend' if later else ''}.html"
