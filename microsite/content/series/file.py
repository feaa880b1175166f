"""``reeksen.yaml``: what an organisation counts each quarter. The counts are in tables beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from microsite.content import schema
from microsite.content.files import Layer, Source
from microsite.content.series.quarters import Quarter, meant_quarter, parse_quarter, quarter_of
from microsite.content.series.table import Count, read_table
from microsite.content.tree import key_positions
from microsite.core.problems import InvalidFile, Place, Problem, did_you_mean, errors, text
from microsite.core.records import Record
from microsite.core.urls import slugify

SERIES = "reeksen.yaml"
FOLDER = "reeksen"
"""The folder beside it with the tables, each named after its series."""

LATE = 2
"""So many quarters after its newest one a series is told to be behind."""


class Counting(Record):
    """What is counted, as reeksen.yaml says it. ``unit`` is in the plural, ``one`` is one of them.

    Of ``people`` counts below five are not told. ``breaks`` are the quarters from which it is counted
    otherwise, with what has changed.
    """

    title: str
    unit: str
    definition: str
    method: str
    owner: str
    one: str = ""
    people: bool = True
    breaks: tuple[tuple[str, str], ...] = ()


class Series(Record):
    """A series with its counts, one for each quarter from the first to the last."""

    id: str
    counting: Counting
    breaks: tuple[tuple[Quarter, str], ...]
    counts: tuple[Count, ...]


def is_table(path: str) -> bool:
    """Whether the file at this path of ``content/`` has counts: it is read, and never published as it is."""
    return path.startswith(f"{FOLDER}/") and path.lower().endswith(".csv")


def tables_of(layer: Layer) -> dict[str, Source]:
    """The tables of a layer of content, by the name of their series."""
    tables = (source for source in layer.sources if is_table(source.path))
    return {source.path[len(FOLDER) + 1 : -len(source.suffix)]: source for source in tables}


def read_series(
    source: Source | None, tables: Mapping[str, Source]
) -> tuple[tuple[Series, ...], tuple[Problem, ...]]:
    """The series of an organisation, and problems. ``tables`` have their counts, by name.

    With an error in one there is no series at all: none of them is shown with a part missing.
    """
    if source is None:
        return (), tuple(_unused(tables, ()))
    from microsite.content import yaml  # imports PyYAML, which a build without changes does not need

    try:
        tree = yaml.parse_source(source)
    except InvalidFile as stop:
        return (), (stop.problem,)
    validated = schema.validate_table(Counting, tree)
    if validated.record is None:
        return (), validated.problems
    places = dict(key_positions(tree)) | {key.text: key.place for key, _ in tree.items}
    problems = [*validated.problems]
    series = []
    for id, counting in validated.record:
        if id != slugify(id, ""):
            message = text("'{id}' cannot be the name of a file and an address", id=id)
            hint = text("write: {line}", line=f"{slugify(id)}:")
            problems.append(Problem(places[id], message, hint))
        elif id not in tables:
            path = f"{FOLDER}/{id}.csv"
            message = text("there is no table with the counts: {path}", path=path)
            saved = text("save it as CSV in the folder {folder}", folder=FOLDER)
            problems.append(Problem(places[id], message, did_you_mean(id, tables, saved)))
        else:
            counts, wrong = read_table(tables[id], counting.people)
            breaks = tuple(_breaks(id, counting, counts, places, problems))
            problems += wrong
            problems += _unnamed(id, counting, counts)
            series.append(Series(id, counting, breaks, counts))
    problems += _unused(tables, [id for id, _ in validated.record])
    return () if errors(problems) else tuple(series), tuple(problems)


def _breaks(
    id: str,
    counting: Counting,
    counts: tuple[Count, ...],
    places: Mapping[str, Place],
    problems: list[Problem],
) -> Iterator[tuple[Quarter, str]]:
    known = [count.quarter for count in counts]
    seen = set()
    for written, note in counting.breaks:
        place = places[f"{id}.breaks.{written}"]
        quarter = parse_quarter(written)
        if quarter is None:
            message = text("'{value}' is no quarter ('{key}')", value=written, key="breaks")
            hint = text("write: {line}", line=meant_quarter(written) or "2026-K3")
            problems.append(Problem(place, message, hint))
        elif known and quarter not in known[1:]:
            message = text(
                "nothing changes in {quarter}: the series runs from {first} to {last}",
                quarter=quarter,
                first=known[0],
                last=known[-1],
            )
            hint = text("write the first quarter that was counted otherwise, after the first of the series")
            problems.append(Problem(place, message, hint))
        elif quarter in seen:
            problems.append(Problem(place, text("{quarter} is here twice", quarter=quarter), _ONE_NOTE))
        else:
            seen.add(quarter)
            yield quarter, note


_ONE_NOTE = text("say in one line what has changed")


def _unnamed(id: str, counting: Counting, counts: tuple[Count, ...]) -> Iterator[Problem]:
    """A count of one, of which it is not known how one is called."""
    if not counting.one and (alone := next((c for c in counts if c.value == 1), None)) is not None:
        message = text("this count is 1, and '{unit}' is said of more", unit=counting.unit)
        hint = text("write in {file}, with '{id}', what one is called, as 'one'", file=SERIES, id=id)
        yield Problem(alone.place, message, hint)


def _unused(tables: Mapping[str, Source], known: list[str] | tuple[()]) -> Iterator[Problem]:
    for id, table in tables.items():
        if id not in known:
            message = text("this table is not read: no series in {file} is called '{id}'", file=SERIES, id=id)
            hint = did_you_mean(id, known, text("say there what is counted, or take the table away"))
            yield Problem(Place(table.name), message, hint, "warning")


def of_nobody(layer: Layer) -> Iterator[Problem]:
    """Series in the content of the campaign: they are of one organisation, and so in its folder."""
    for source in layer.sources:
        if source.path == SERIES:
            hint = text("move it to {folder}, with its tables", folder=f"brands/…/content/{SERIES}")
            yield Problem(
                Place(source.name), text("this is not read: series are of one organisation"), hint, "warning"
            )


def as_of(series: Series, day: dt.date) -> Iterator[Problem]:
    """What is wrong with a series on this day: quarters that are not over, and counts that are behind."""
    for count in series.counts:
        if count.quarter.last >= day:
            message = text(
                "{quarter} is not over yet: it ends on {day}", quarter=count.quarter, day=count.quarter.last
            )
            yield Problem(count.place, message, text("take it out until then: half a quarter is no count"))
    if series.counts and series.counts[-1].quarter.until(quarter_of(day)) > LATE + 1:
        newest = series.counts[-1]
        message = text("the newest count is of {quarter}", quarter=newest.quarter)
        hint = text("add the quarters since; of one in which nothing was counted, say why")
        yield Problem(newest.place, message, hint, "notice")
