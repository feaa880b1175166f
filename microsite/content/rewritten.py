"""What a value that its field does not take was meant as, in the form that it does: a day, a number, a group.

These make hints only. Where what is meant is not certain, they return None.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

from microsite.content.quoting import quoted

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/. ]?(?P<month>\d{1,2})[-/. ]?(?P<day>\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(
    r"(?:[a-z]+,? )?(?P<day>\d{1,2})[-/. ]+(?P<month>\d{1,2}|[a-z]+)\.?[-/. ]+(?P<year>\d{4}|['’]?\d\d)"
    r"(?:[T, ].*)?",
    re.I,
)
_MONTH = re.compile(r"(?:(?P<name>[a-z]+)\.?|(?P<month>\d{1,2})[-/])[ ]?(?P<year>\d{4})", re.I)
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def day_in(words: str) -> dt.date | None:
    """The day of a date that is written as people do: with a time, 2-8-2026, 2 augustus '26, 2026-15-09."""
    found = _YEAR_FIRST.fullmatch(words) or _DAY_FIRST.fullmatch(words)
    if found is None:
        return None
    month, day = _month(found["month"]), int(found["day"])
    year = int(found["year"].strip("'’"))
    if month > 12 >= day and found.re is _YEAR_FIRST:
        month, day = day, month
    try:
        return dt.date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def last_of_month(words: str) -> dt.date | None:
    """The last day of the month for a day behind that: 2026-09-30 for 2026-09-31."""
    found = _YEAR_FIRST.fullmatch(words)
    if found is None or not 1 <= int(found["month"]) <= 12 or not 28 < int(found["day"]) < 32:
        return None
    year, month = int(found["year"]), int(found["month"])
    return dt.date(year, month, calendar.monthrange(year, month)[1]) if year else None


def month_in(words: str) -> str | None:
    """A month as ``2026-01``, that is written as: januari 2026, 1-2026."""
    found = _MONTH.fullmatch(words)
    month = _month(found["name"] or found["month"]) if found else 0
    return f"{found['year']}-{month:02}" if found and 1 <= month <= 12 else None


def _month(word: str) -> int:
    """The number of a month by its name in Dutch or its number; 0 for another word."""
    if word.isdigit():
        return int(word)
    name = word.lower().replace("maa", "mrt", 1)[:3]
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0


_AMOUNT = re.compile(
    r"(?:[€£$]\s*)?(-?\d{1,3}(?:\.\d{3})+|-?\d+)(?:,(\d{1,9}|-))?\s*(?:%|[a-z]\D*)?", re.I | re.A
)


def number_in(words: str) -> str | None:
    """A number with a point for its decimals, of one written in Dutch: € 1.250,50, 41,5, 12%, 34 jaar."""
    found = _AMOUNT.fullmatch(words.strip())
    if found is None or re.search(r"\d\s*(?:duizend|mil|mld|mln|k\b)", found[0], re.I):
        return None
    decimals = (found[2] or "").strip("-")
    number = found[1].replace(".", "") + (f".{decimals}" if decimals else "")
    return number if number != words else None


_ID = re.compile(r"[\w./-]*\w")


def as_list(words: str) -> str:
    """Words as a list of ids, or of one text."""
    ids = re.split(r"\s*[,;]\s*", words.strip(" ,;"))
    if len(ids) > 1 and all(map(_ID.fullmatch, ids)):
        return f"[{', '.join(ids)}]"
    return f"[{words if _ID.fullmatch(words) else quoted(words)}]"


def as_group(words: str, required: Iterable[str]) -> str:
    """A group with its ``required`` keys, the first with the words that were typed in its place."""
    first, *others = required
    value = words if re.fullmatch(r"[^\W_][\w .-]*", words) else quoted(words)
    return "{" + ", ".join([f"{first}: {value if words else '…'}", *(f"{key}: …" for key in others)]) + "}"
