"""What may be said of a series: a sentence that compares with a year before, a table by year, a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from microsite.content.series.file import Counting, Series
from microsite.content.series.quarters import Quarter
from microsite.content.series.table import BOUND, Count
from microsite.core.languages import decimal, grouped
from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.media import charts

Say = Callable[[Text], str]

DRAWN = 20
"""So many quarters fit a chart on a phone; the table has all."""


class Cell(Record):
    """A quarter in the table of a series. ``note`` is the number of its note, 0 without one.

    ``shown`` is "" for a quarter outside the series. ``breaks``: from here on it is counted otherwise.
    """

    quarter: Quarter
    shown: str
    note: int
    breaks: bool


class SeriesView(Record):
    """A series as a page shows it. ``years`` are the rows of its table, the newest first.

    ``sentences`` say what was counted last, ``key`` what is in the chart, ``limits`` what to mind with this
    series. ``notes`` are by number, from 1.
    """

    id: str
    counting: Counting
    sentences: tuple[str, ...]
    svg: str
    key: tuple[str, ...]
    years: tuple[tuple[int, tuple[Cell, ...]], ...]
    notes: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]


def series_view(series: Series, say: Say, language: str) -> SeriesView:
    notes = _notes(series, say)
    numbers = {quarter: i for i, (quarter, _) in enumerate(notes, start=1)}
    return SeriesView(
        series.id,
        series.counting,
        tuple(map(say, sentences(series, say, language))),
        _drawn(series, language),
        tuple(map(say, _key(series, say))),
        _years(series, numbers, say, language),
        tuple((quarter_name(quarter, say), note) for quarter, note in notes),
        tuple(map(say, _limits(series))),
    )


def quarter_name(quarter: Quarter, say: Say) -> str:
    """``derde kwartaal van 2026``."""
    return say(_QUARTERS[quarter.number - 1].format(year=quarter.year))


_QUARTERS = (
    text("first quarter of {year}"),
    text("second quarter of {year}"),
    text("third quarter of {year}"),
    text("fourth quarter of {year}"),
)
_EACH_QUARTER = (
    text("the first quarter"),
    text("the second quarter"),
    text("the third quarter"),
    text("the fourth quarter"),
)


def count_text(count: Count, say: Say, language: str) -> str:
    """A count as it may be told: a number, that it is below the bound, or that nothing was counted."""
    if count.value is not None:
        return grouped(count.value, language)
    return say(SMALL if count.small else NOT_COUNTED)


SMALL = text("fewer than {bound}", bound=BOUND)
NOT_COUNTED = text("not counted")


# ── sentences ──


def sentences(series: Series, say: Say, language: str) -> tuple[Text, ...]:
    """What may be said of the newest quarter, beside the same quarter a year before: never why it is so."""
    newest = series.counts[-1]
    told = next((count for count in reversed(series.counts) if not count.missing), None)
    if told is None:
        return (_MISSING.format(quarter=quarter_name(newest.quarter, say), note=newest.note),)
    first = _counted(series.counting, told, say, language)
    if told is newest:
        before = {count.quarter: count for count in series.counts}.get(newest.quarter.plus(-4))
        return (first, *_beside(series, newest, before, language))
    missing = _MISSING.format(quarter=quarter_name(newest.quarter, say), note=newest.note)
    return missing, first


def _counted(counting: Counting, count: Count, say: Say, language: str) -> Text:
    unit = counting.one if count.value == 1 else counting.unit
    quarter = quarter_name(count.quarter, say)
    return _COUNTED.format(quarter=quarter, count=count_text(count, say, language), unit=unit)


def _beside(series: Series, newest: Count, before: Count | None, language: str) -> tuple[Text, ...]:
    """The comparison with a year before, as far as there may be one."""
    if before is None:
        return ()
    if any(before.quarter < quarter <= newest.quarter for quarter, _ in series.breaks):
        return (_OTHERWISE,)
    if before.missing:
        return (_NOT_THEN,)
    if before.small:
        return (_ALSO_SMALL if newest.small else _SMALL_THEN,)
    if newest.value is None or before.value is None:
        return (_THEN.format(count=grouped(before.value or Decimal(0), language)),)
    change = newest.value - before.value
    if not change:
        return (_EQUAL,)
    return ((_MORE if change > 0 else _FEWER).format(change=grouped(abs(change), language)),)


_COUNTED = text("In the {quarter} we counted {count} {unit}.")
_MORE = text("That is {change} more than in the same quarter a year before.")
_FEWER = text("That is {change} fewer than in the same quarter a year before.")
_EQUAL = text("That is as many as in the same quarter a year before.")
_SMALL_THEN = text("In the same quarter a year before it was fewer than {bound}.", bound=BOUND)
_ALSO_SMALL = text("In the same quarter a year before it was fewer than {bound} too.", bound=BOUND)
_THEN = text("In the same quarter a year before it was {count}.")
_NOT_THEN = text("In the same quarter a year before nothing was counted.")
_OTHERWISE = text("A year before we counted otherwise, so the two cannot be compared.")
_MISSING = text("In the {quarter} nothing was counted. {note}")


def _limits(series: Series) -> tuple[Text, ...]:
    """What to mind with this series, besides what goes for each."""
    found = []
    if series.breaks:
        found.append(_MIND_BREAKS)
    if any(count.missing for count in series.counts):
        found.append(_MIND_MISSING)
    if any(count.small for count in series.counts):
        found.append(_MIND_SMALL)
    if series.counting.people:
        found.append(_MIND_TOTALS)
    return tuple(found)


_MIND_BREAKS = text("The way of counting has changed. Only compare quarters on the same side of the change.")
_MIND_MISSING = text("Not counted is not zero: how many there were is not known.")
_MIND_SMALL = text(
    "With fewer than {bound} we do not say how many, so that nobody can be recognised. It can be none.",
    bound=BOUND,
)
_MIND_TOTALS = text("Quarters do not add up to people: who comes in each of them would count four times.")


# ── chart and table ──


def _drawn(series: Series, language: str) -> str:
    counts, alike = series.counts[-DRAWN:], _alike(series)
    breaks = {quarter for quarter, _ in series.breaks}

    def written(count: Count) -> str:
        return (
            f"<{BOUND}" if count.small else grouped(count.value, language) if count.value is not None else ""
        )

    points = [
        charts.Column(
            count.quarter.year,
            count.quarter.number,
            count.value,
            written(count),
            count.small,
            strong=count.quarter in alike,
            breaks=count.quarter in breaks,
        )
        for count in counts
    ]
    return charts.columns(points, BOUND, lambda value: grouped(value, language))


def _alike(series: Series) -> tuple[Quarter, ...]:
    """The quarters in the chart that can be compared with the newest that was counted, and that itself."""
    counted = [count.quarter for count in series.counts[-DRAWN:] if not count.missing]
    if not counted:
        return ()
    newest = counted[-1]
    since = max([counted[0], *(quarter for quarter, _ in series.breaks if quarter <= newest)])
    return tuple(one for one in counted if one.number == newest.number and one >= since)


def _key(series: Series, say: Say) -> tuple[Text, ...]:
    """What is in the chart, in words."""
    counts, alike = series.counts[-DRAWN:], _alike(series)
    found = []
    if len(alike) > 1:
        found.append(_DARK.format(quarter=say(_EACH_QUARTER[alike[-1].number - 1]), year=alike[0].year))
    elif alike:
        found.append(_DARK_ALONE)
    if any(count.missing for count in counts):
        found.append(_CROSS)
    if any(count.small for count in counts):
        found.append(_DASHED)
    if any(quarter >= counts[0].quarter for quarter, _ in series.breaks):
        found.append(_LINE)
    if len(series.counts) > len(counts):
        found.append(_NEWEST.format(count=DRAWN))
    return tuple(found)


_DARK = text("Filled: {quarter} of each year from {year} on. These can be compared.")
_DARK_ALONE = text("Filled: the newest quarter.")
_CROSS = text("×: not counted.")
_DASHED = text("Dashed: fewer than {bound}.", bound=BOUND)
_LINE = text("Upright line: from here on we count otherwise.")
_NEWEST = text("The chart has the newest {count} quarters, the table has all.")


def _notes(series: Series, say: Say) -> tuple[tuple[Quarter, str], ...]:
    """What is said with quarters, in the order of time: remarks, and changes in what is counted."""
    changed = dict(series.breaks)
    found = []
    for count in series.counts:
        change = changed.get(count.quarter, "")
        said = [say(_CHANGED.format(note=change))] if change else []
        said += [count.note] if count.note else []
        if said:
            found.append((count.quarter, " ".join(said)))
    return tuple(found)


_CHANGED = text("From here on we count otherwise. {note}")


def _years(
    series: Series, numbers: Mapping[Quarter, int], say: Say, language: str
) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    counts = {count.quarter: count for count in series.counts}
    breaks = dict(series.breaks)
    first, last = series.counts[0].quarter.year, series.counts[-1].quarter.year

    def cell(quarter: Quarter) -> Cell:
        count = counts.get(quarter)
        shown = count_text(count, say, language) if count is not None else ""
        return Cell(quarter, shown, numbers.get(quarter, 0), quarter in breaks)

    return tuple(
        (year, tuple(cell(Quarter(year, number)) for number in range(1, 5)))
        for year in range(last, first - 1, -1)
    )


def table_rows(series: Series, say: Say, language: str) -> tuple[tuple[object, ...], ...]:
    """The rows of the table to download: what is counted goes with each number, wherever that goes."""
    about, notes = series.counting, dict(_notes(series, say))
    return tuple(
        (
            str(count.quarter),
            _plain(count, say, language),
            about.unit,
            notes.get(count.quarter),
            *(about.title, about.definition, about.method, about.owner),
        )
        for count in series.counts
    )


def _plain(count: Count, say: Say, language: str) -> str:
    """Without points between thousands, which some spreadsheets take for decimals."""
    if count.value is None:
        return count_text(count, say, language)
    return decimal(f"{count.value:f}", language)


TABLE_HEAD = (
    text("Quarter"),
    text("Count"),
    text("Unit"),
    text("Remark"),
    text("Name"),
    text("What counts"),
    text("How it is counted"),
    text("Who keeps it"),
)
"""The columns of ``table_rows``."""
