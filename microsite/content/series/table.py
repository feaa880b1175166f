"""The counts of one series: a table as spreadsheets save it, read strictly.

Excel in the Netherlands writes semicolons, decimal commas, CRLF, and UTF-8 with a mark or Windows-1252.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from microsite.content.files import Source
from microsite.content.personal_data import find
from microsite.content.series.quarters import Quarter, meant_quarter, parse_quarter
from microsite.core.invisible import harmful
from microsite.core.problems import Place, Problem, Text, did_you_mean, text
from microsite.core.records import Record

MAX_SIZE = 128 * 1024
"""The largest table, in bytes."""
MAX_ROWS = 240
MAX_NOTE = 300
"""The most quarters of a series, and characters of a remark."""
LARGEST = 999_999
"""The largest count. What is larger is no count of one organisation, and does not fit a chart."""
BOUND = 5
"""Counts of people below this are not told: they could point to somebody."""

QUARTER, COUNT, NOTE = "kwartaal", "aantal", "opmerking"
COLUMNS = (QUARTER, COUNT, NOTE)
"""The first line of a table. Remarks may be left out."""


class Count(Record):
    """What was counted in a quarter. ``value`` is None when nothing was counted, or when it is ``small``.

    A small count is one below ``BOUND`` that is not told; which one it is is not kept. ``note`` is why
    nothing was counted, or what else to know.
    """

    quarter: Quarter
    value: Decimal | None
    small: bool
    note: str
    place: Place

    @property
    def missing(self) -> bool:
        return self.value is None and not self.small


def read_table(source: Source, people: bool) -> tuple[tuple[Count, ...], tuple[Problem, ...]]:
    """The counts in a table in the order of time, and problems. Of ``people`` small counts are not told."""
    problems: list[Problem] = []
    try:
        found = [*_counts(source, people, problems)]
    except _Unreadable as stop:
        return (), (*problems, stop.problem)
    counts = [count for count in found if count is not None]
    if len(counts) < len(found):  # which quarters are missing cannot be said
        return (), tuple(problems)
    counts.sort(key=lambda count: count.quarter)
    problems += _gaps(counts)
    if not problems and all(count.missing for count in counts):
        problems.append(Problem(Place(source.name), _NOTHING, _FIRST_LINE))
    return tuple(counts), tuple(problems)


class _Unreadable(Exception):
    """The rest of a table cannot be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


_Row = tuple[Place, list[str]]


def _counts(source: Source, people: bool, problems: list[Problem]) -> Iterator[Count | None]:
    """The count of each row; nothing was counted where a row is wrong, and None is of no known quarter."""
    rows = _rows(source, _decoded(source))
    place, head = next(rows, (Place(source.name, 1), []))
    columns = _columns(place, head)
    seen: dict[Quarter, Place] = {}
    for place, cells in rows:
        if len(seen) == MAX_ROWS:
            raise _Unreadable(
                Problem(place, text("a series has at most {limit} quarters", limit=MAX_ROWS), _SPLIT)
            )
        values = {name: cells[i] if i < len(cells) else "" for name, i in columns.items()}
        quarter = _quarter(place, values[QUARTER], problems)
        if quarter is None:
            yield None
            continue
        found = _count(place, quarter, values, people, len(cells) > len(head))
        if isinstance(found, Problem):
            problems.append(found)
            found = Count(quarter, None, False, "", place)
        if quarter in seen:
            message = text(
                "{quarter} is in this table twice: it is on line {line} too",
                quarter=quarter,
                line=seen[quarter].line,
            )
            problems.append(Problem(place, message, text("take one of the two out; only you know which")))
        else:
            seen[quarter] = place
            yield found


# ── rows ──


def _decoded(source: Source) -> str:
    data, place = source.read(), Place(source.name)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _Unreadable(Problem(place, _WORKBOOK, _SAVE_AS))
    if len(data) > MAX_SIZE:
        message = text("this table is larger than {limit} kB", limit=MAX_SIZE // 1024)
        raise _Unreadable(Problem(place, message, _SPLIT))
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _Unreadable(Problem(place, text("this file is no text"), _SAVE_AS))


def _rows(source: Source, written: str) -> Iterator[_Row]:
    """The lines that have something in them, with the place where each begins."""
    if (sign := next(harmful(written), None)) is not None:
        line = written.count("\n", 0, sign[0]) + 1
        raise _Unreadable(Problem(Place(source.name, line), *sign[1:]))
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=_delimiter(written), strict=True)
    line = 1
    try:
        for row in reader:
            cells = [cell.replace("\u00a0", " ").strip() for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells and not (line == 1 and cells[0].lower().startswith("sep=")):
                yield Place(source.name, line), cells
            line = reader.line_num + 1
    except csv.Error:
        raise _Unreadable(Problem(Place(source.name, line), _QUOTES, _DOUBLE)) from None


def _delimiter(written: str) -> str:
    """What stands between the fields: the sign that the first line with one of our names has."""
    head = next((line for line in written.splitlines() if QUARTER in line.lower()), "")
    return max(";,\t", key=head.count) if any(sign in head for sign in ";,\t") else ";"


def _columns(place: Place, head: list[str]) -> Mapping[str, int]:
    """Where each column is, by its name."""
    names = [cell.lower() for cell in head]
    if QUARTER not in names and COUNT not in names:
        raise _Unreadable(Problem(place, text("the names of the columns are missing"), _FIRST_LINE))
    for name in names:
        if name not in COLUMNS:
            message = text("unknown column '{name}'", name=name)
            hint = did_you_mean(name, COLUMNS, _FIRST_LINE)
            raise _Unreadable(Problem(place, message, hint))
        if names.count(name) > 1:
            raise _Unreadable(Problem(place, text("two columns are called '{name}'", name=name), _FIRST_LINE))
    for name in (QUARTER, COUNT):
        if name not in names:
            raise _Unreadable(Problem(place, text("the column '{name}' is missing", name=name), _FIRST_LINE))
    return {name: names.index(name) for name in names}


# ── fields ──


def _quarter(place: Place, written: str, problems: list[Problem]) -> Quarter | None:
    """The quarter of a row, or the one that seems to be meant."""
    quarter = parse_quarter(written)
    if quarter is not None:
        return quarter
    meant = meant_quarter(written)
    message = text("'{value}' is no quarter ('{key}')", value=written, key=QUARTER)
    problems.append(Problem(place, message, text("write: {line}", line=meant or "2026-K3")))
    return meant


def _count(
    place: Place, quarter: Quarter, values: Mapping[str, str], people: bool, too_many: bool
) -> Count | Problem:
    if too_many:
        return Problem(place, _TOO_MANY, _DOUBLE)
    note = values.get(NOTE, "")
    if (wrong := _of_note(note)) is not None:
        return Problem(place, *wrong)
    written = values[COUNT].lower()
    if written in ("", _NOT_COUNTED):
        if not note:
            message = text("{quarter} has no count, and no remark says why", quarter=quarter)
            return Problem(place, message, _WHY.format(quarter=quarter))
        return Count(quarter, None, False, note, place)
    if _SMALL.fullmatch(written):
        return Count(quarter, None, True, note, place)
    value = _number(written, people)
    if isinstance(value, Text):
        message = text("'{value}' is no count ('{key}')", value=values[COUNT], key=COUNT)
        return Problem(place, message, value)
    if people and value < BOUND:
        return Count(quarter, None, True, note, place)
    return Count(quarter, value, False, note, place)


def _of_note(note: str) -> tuple[Text, Text] | None:
    """What is wrong with a remark, and what to do."""
    if len(note) > MAX_NOTE:
        message = text("a remark has at most {limit} characters ('{key}')", limit=MAX_NOTE, key=NOTE)
        return message, text("say it in one sentence")
    personal = next(find(note), None)
    return (personal.message, _NO_PERSON) if personal is not None else None


_NO_PERSON = text("take it out of the remark: everybody can read that on the site")
_NOT_COUNTED = "niet geteld"
_SMALL = re.compile(rf"<\s*{BOUND}|minder dan {BOUND}")
_DUTCH = re.compile(r"(?:\d{1,3}(?:[. ]\d{3})+|\d{1,9})(?:,\d{1,2})?", re.A)


def _number(written: str, people: bool) -> Decimal | Text:
    """A number in Dutch, whole of ``people``: ``1.250`` is twelve hundred and fifty. Else what to do."""
    value = Decimal(re.sub("[. ]", "", written).replace(",", ".")) if _DUTCH.fullmatch(written) else None
    if people and (value is None or value != value.to_integral_value()):
        return text("write a whole number in digits, such as 1250: people are not counted in parts")
    if value is None:
        return text("write digits only, such as 1250; with a comma before at most two decimals")
    if value > LARGEST:
        return text("at most {limit} is taken; look whether a digit is typed twice", limit=LARGEST)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


# ── the whole ──


def _gaps(counts: list[Count]) -> Iterator[Problem]:
    """Quarters between others that the table does not tell of."""
    for before, after in pairwise(counts):
        skipped = before.quarter.until(after.quarter) - 1
        if skipped:
            first, last = before.quarter.plus(1), after.quarter.plus(-1)
            message = text("{quarter} is missing before this line", quarter=first)
            if skipped > 1:
                message = text("{first} to {last} are missing before this line", first=first, last=last)
            yield Problem(after.place, message, _WHY.format(quarter=first))


_WHY = text("was nothing counted, say so: {quarter};;why nothing was counted")
_NOTHING = text("there is no count in this table")
_FIRST_LINE = text("begin with the line: {line}", line=";".join(COLUMNS))
_SPLIT = text("take the oldest quarters out, or what does not belong here")
_WORKBOOK = text("this is a workbook of a spreadsheet, and no CSV")
_SAVE_AS = text("open it in your spreadsheet and choose: save as CSV")
_QUOTES = text("the quotation marks in this line do not fit")
_TOO_MANY = text("this line has more fields than there are columns")
_DOUBLE = text("a field with a semicolon stands between quotation marks; one within it is typed twice")
