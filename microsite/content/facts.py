"""The facts register: every figure that the campaign prints, with its source and its caveat."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from microsite.core.records import Record


class Reference(Record):
    """Where a figure comes from."""

    title: str
    publisher: str
    author: str = ""
    date: dt.date | None = None
    url: str = ""


class Fact(Record):
    """One figure. ``text`` is how it reads in a sentence ("€ 1,60"), ``value`` is for charts."""

    text: str
    value: Decimal
    unit: str
    label: str
    source: Reference
    caveat: str
    as_of: dt.date
    valid_until: dt.date | None = None
    strength: int = 1
